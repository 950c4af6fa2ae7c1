"""The marks that figures are made of: heat map, bars with intervals, strips of dots, tables of words."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, Normalize, to_rgb

from analysis import regions
from analysis.draw import areas, theme, wrapping
from analysis.draw.labels import say
from analysis.draw.theme import Figure

Drawing = Callable[..., Figure]

_WHY = {
    "no_rows": ("没有可用的记录", "There are no rows to show"),
    "one_group": ("只有一个可比对象，无从比较", "There is only one place, so nothing to compare it with"),
    "few_groups": ("可比对象不足三个，画不成分布图", "There are fewer than three places, too few for a map"),
    "one_year": ("只有一个年份，无从比较变化", "There is only one year, so no change to show"),
    "no_region": ("所选文本中没有这个地区", "The region is not among the plans chosen"),
    "no_place": ("这些地方不在地名表中，画不成地图", "None of these places is in the gazetteer, so there is no map"),
    "no_indicator": ("没有两地以上共同提出的指标", "No indicator is stated by enough places"),
}


def drawing(function: Drawing) -> Drawing:
    """Makes a drawing function work under the theme and say so in words when its frame is empty."""

    @functools.wraps(function)
    def wrapped(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
        say(lang, "", "")
        if context.get("period"):
            context["period"] = say(lang, f"；{context['period']} 年", f"; {context['period']}")
        if lang == "en":
            frame, context = regions.in_english(frame), regions.named_in_english(context)
        with theme.themed():
            if not len(frame):
                return theme.finish(silent(frame.attrs.get("reason", "no_rows"), title, lang, **theme.known(context)))
            return theme.finish(function(frame, title, lang, **context))

    return wrapped


def silent(reason: str, title: str | None, lang: str, **context: Any) -> Figure:
    """A figure that says in words why there is nothing to see."""
    fig, axes = theme.figure(7.6, 1.4, title, **context)
    axes.set_axis_off()
    axes.text(0.5, 0.5, say(lang, *_WHY.get(reason, _WHY["no_rows"])), ha="center", va="center", color=theme.MUTED)
    return fig


def heat(
    axes: Axes,
    values: np.ndarray,
    rows: Sequence[str],
    columns: Sequence[str],
    texts: np.ndarray | None = None,
    cmap: Colormap = theme.SEQUENTIAL,
    limits: tuple[float, float] | None = None,
    fontsize: float = 8,
    line: str = "white",
) -> None:
    """A heat map with its numbers in the cells; null cells stay white, `line` parts the cells.

    Cell (row, column) covers the unit square whose upper left corner is (column, row).
    """
    import seaborn  # here, not above: it takes seconds and only heat maps need it

    known = values[np.isfinite(values)]
    low, high = limits or (0.0, float(known.max()) if known.size and known.max() > 0 else 1.0)
    seaborn.heatmap(
        values,
        ax=axes,
        cmap=cmap,
        vmin=low,
        vmax=high,
        linewidths=0.8,
        linecolor=line,
        cbar=False,
        xticklabels=False,
        yticklabels=False,
    )
    axes.set_xticks(np.arange(len(columns)) + 0.5, list(columns))
    axes.set_yticks(np.arange(len(rows)) + 0.5, list(rows))
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    if texts is not None:
        _cells(axes, values, texts, cmap, Normalize(low, high), fontsize)


def _cells(axes: Axes, values: np.ndarray, texts: np.ndarray, cmap: Colormap, norm: Normalize, fontsize: float) -> None:
    for (i, j), text in np.ndenumerate(texts):
        if text:
            value = values[i, j]
            hue = ink(cmap(norm(value))) if np.isfinite(value) else theme.INK
            axes.text(j + 0.5, i + 0.5, text, ha="center", va="center", fontsize=fontsize, color=hue)


def ink(colour: Sequence[float]) -> str:
    """White or the theme's ink, whichever is easier to read on a colour.

    Source: WCAG 2.2, relative luminance and contrast ratio.
    """
    light = luminance(colour)
    return "white" if 1.05 / (light + 0.05) > (light + 0.05) / (luminance(to_rgb(theme.INK)) + 0.05) else theme.INK


def luminance(colour: Sequence[float]) -> float:
    """The relative luminance of a colour, 0 (black) to 1 (white)."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def texts(values: np.ndarray, write: Callable[[float], str]) -> np.ndarray:
    """The words of each cell, "" where its value is null."""
    cells = [["" if np.isnan(v) else write(float(v)) for v in row] for row in values]
    return np.array(cells, dtype=object).reshape(values.shape)


def embolden(axes: Axes, name: str | None) -> None:
    """Sets the tick labels that bear the subject's name in its colour and in bold."""
    if name is None:
        return
    for label in [*axes.get_xticklabels(), *axes.get_yticklabels()]:
        if name in (label.get_text().replace("\n", ""), label.get_text().replace("\n", " ")):
            label.set(color=theme.SUBJECT, fontweight="bold")


def upright(name: str) -> str:
    """A Chinese name written from top to bottom; other names as they are (turn them by 90°)."""
    return "\n".join(name) if all(ord(c) > 0x2E7F for c in name) else name


def heads(axes: Axes, columns: Sequence[str], cell: float, size: float = 9) -> list[str]:
    """Sets column labels above a heat map whose cells are `cell` inches wide: wrapped where they fit, else upright."""
    ems = cell * 72 / size
    wrapped = [wrapping.even(name, ems - 0.2) for name in columns]
    fits = _fit(wrapped, ems)
    names = wrapped if fits else _turned(columns, cell, size)
    axes.set_xticks(np.arange(len(names)) + 0.5, names, fontsize=size)
    for label in axes.get_xticklabels():
        label.set_rotation(0 if fits or not _latin(label.get_text()) else 90)
        label.set_linespacing(1.05)
    return names


def _turned(columns: Sequence[str], cell: float, size: float) -> list[str]:
    """Labels for narrow cells: Chinese ones upright, others to be turned, in as many lines as the cells are wide (three)."""
    lines = min(3, int(cell * 72 / (size * 1.15))) or 1
    longest = max((wrapping.width(name) for name in columns if _latin(name)), default=0.0)
    return [wrapping.even(name, 1.15 * longest / lines) if _latin(name) else upright(name) for name in columns]


def _latin(name: str) -> bool:
    """Whether a label is turned when there is no room for it (Chinese ones stand upright)."""
    return upright(name.replace("\n", "")) == name.replace("\n", "") and len(name) > 1


def _fit(wrapped: Sequence[str], ems: float) -> bool:
    """Whether wrapped labels stand well side by side: none too wide, no narrow columns, four lines at most."""
    longest = max((wrapping.width(line) for text in wrapped for line in text.split("\n")), default=0)
    lines = max((text.count("\n") for text in wrapped), default=0) + 1
    return longest <= ems and (lines == 1 or (lines <= 4 and ems >= 3.4))


def head_height(columns: Sequence[str], cell: float, size: float = 9) -> float:
    """The inches that `heads` needs for its labels."""
    ems = cell * 72 / size
    wrapped = [wrapping.even(name, ems - 0.2) for name in columns]
    if _fit(wrapped, ems):
        return 0.2 * (max(text.count("\n") for text in wrapped) + 1) * size / 9 + 0.1
    heights = [
        wrapping.width(n) * 1.05 if _latin(n) else (n.count("\n") + 1) * 1.2 for n in _turned(columns, cell, size)
    ]
    return max(heights) * size / 72 + 0.15


def bars(
    axes: Axes,
    names: Sequence[str],
    values: Sequence[float],
    colour: str | Sequence[str] = theme.SUBJECT,
    texts: Sequence[str] | None = None,
    intervals: tuple[Sequence[float], Sequence[float]] | None = None,
    ticks: Sequence[float] | None = None,
    opens: Sequence[Any] | None = None,
) -> None:
    """Horizontal bars from top to bottom, labelled at their ends, without an axis of numbers.

    Intervals are thin grey lines under the bars; `ticks` are marks of other values, which labels keep clear of; `opens`
    are what each bar opens.
    """
    at, lengths = np.arange(len(names)), np.asarray(values, dtype=float)
    high = lengths if intervals is None else np.asarray(intervals[1], dtype=float)
    other = np.full(len(at), np.nan) if ticks is None else np.asarray(ticks, dtype=float)
    reach = float(np.nanmax(np.concatenate([lengths, high, other]), initial=0.0)) * 1.16 or 1.0
    axes.barh(at, lengths, color=colour, height=0.68 if intervals is None else 0.54)
    if intervals is not None:
        axes.hlines(at + 0.37, np.asarray(intervals[0], dtype=float), high, color=theme.GREY, linewidth=1)
    if ticks is not None:
        axes.vlines(other, at - 0.38, at + 0.38, color=theme.ACCENT, linewidth=2)
    for i, text in enumerate(texts or []):
        _end(axes, i, text, lengths[i], other[i], reach)
    for i, held in enumerate(opens or []):
        text = texts[i] if texts else ""
        box = (0.0, i + 0.4, lengths[i] + wrapping.width(text) * 0.022 * reach, i - 0.4)
        areas.opens(axes, box, held, areas.called(names[i], text))
    axes.set_yticks(at, list(names))
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlim(min(0.0, float(np.nanmin(lengths, initial=0.0))), reach)
    axes.xaxis.set_visible(False)
    axes.spines[["bottom", "left"]].set_visible(False)


def _end(axes: Axes, at: int, text: str, length: float, tick: float, reach: float) -> None:
    """The label of a bar: behind its end, or within it where a tick stands behind, or behind the tick of a short bar."""
    wide = wrapping.width(text) * 0.022 * reach  # of the axes' five and a half inches, in letters of nine points
    blocked = length - 0.01 * reach <= tick <= length + wide + 0.02 * reach
    inside = blocked and length > wide + 0.03 * reach
    x = min(length, tick) if inside else tick if blocked else length
    axes.annotate(
        text,
        (x, at),
        (-4 if inside else 4, 0),
        textcoords="offset points",
        va="center",
        ha="right" if inside else "left",
        fontsize=9,
        color="white" if inside else theme.INK,
    )


def table(
    axes: Axes, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], size: float = 8.5
) -> None:
    """A table of wrapped words; `widths` are inches, the axes should be `table_height` inches tall."""
    wrapped = _wrapped(rows, widths, size)
    lines = [max(text.count("\n") + 1 for text in row) for row in wrapped]
    total, line = sum(widths), size / 72 * 1.35
    axes.set(xlim=(0, total), ylim=(table_height(rows, widths, size), 0))
    axes.set_axis_off()
    lefts = np.concatenate([[0.0], np.cumsum(widths)[:-1]])
    for left, head in zip(lefts, heads, strict=True):
        axes.text(left, 0.15, head, fontsize=size, fontweight="bold", va="center", color=theme.MUTED)
    top = 0.3
    for row, n in zip(wrapped, lines, strict=True):
        axes.hlines(top, 0, total, color=theme.PALE, linewidth=0.8)
        for left, text in zip(lefts, row, strict=True):
            axes.text(left, top + 0.06, text, fontsize=size, va="top", linespacing=1.25)
        top += n * line + 0.1


def _wrapped(rows: Sequence[Sequence[str]], widths: Sequence[float], size: float) -> list[list[str]]:
    return [[wrapping.wrap(c, w * 72 / size - 1) for c, w in zip(row, widths, strict=True)] for row in rows]


def table_height(rows: Sequence[Sequence[str]], widths: Sequence[float], size: float = 8.5) -> float:
    """The inches that a table of these rows needs."""
    lines = [max(text.count("\n") + 1 for text in row) for row in _wrapped(rows, widths, size)]
    return 0.3 + sum(n * size / 72 * 1.35 + 0.1 for n in lines) + 0.05


def key(axes: Axes, entries: Sequence[tuple[str, dict[str, Any]]]) -> None:
    """A legend above the axes, from names and the properties of their marks: in one line, or two where one is too long."""
    fig = axes.get_figure(root=True)
    assert fig is not None
    labels = [label.get_text() for label in axes.get_yticklabels()] if axes.yaxis.get_visible() else []
    room = fig.get_figwidth() - max(map(wrapping.width, labels), default=0) * 9.5 / 72 - 0.4
    fits = sum(wrapping.width(name) * 9 / 72 + 0.4 for name, _ in entries) <= room
    handles = [axes.plot([], [], label=name, **style)[0] for name, style in entries]
    axes.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=len(entries) if fits else (len(entries) + 1) // 2,
        borderpad=0.2,
        handletextpad=0.3,
        columnspacing=1.2,
    )
