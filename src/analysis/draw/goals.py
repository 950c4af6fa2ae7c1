"""Figures of targets: the table indicator × region, and each region's number among the others'."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap

from analysis import frames, numerals
from analysis.draw import areas, grids, labels, marks, theme, wrapping
from analysis.draw.labels import say
from analysis.draw.theme import Figure

# white for silence, grey where the copy is to blame, two blues for what is said
_STATES = {"not_stated": 0, "not_found": 1, "stated_in_words": 2, "stated": 3}
_SHADES = ListedColormap(["#ffffff", "#e3e3e0", "#dcebf6", "#a9cde9"])


@marks.drawing
def targets(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Indicator × region with the numbers in the cells and the four states as shades; `limit` indicators.

    With more than a dozen regions they stand in rows, and the 12 indicators that most of them state in columns.
    """
    by = _by(frame)
    n = frame[by].nunique()
    order = _order(frame, by, context.get("limit") or (24 if n <= grids.MANY else 12))
    shown = frame[frame["indicator_id"].isin(order)]
    columns = sorted(shown[by].unique())
    states, texts = _grid(shown, by, order, columns, lang)
    context.setdefault("subtitle", _legend(shown, by, lang))
    wide = pd.DataFrame(states, _names(shown, order, lang), columns)
    rows = areas.keyed(
        shown.assign(name=shown["indicator_id"].map(dict(zip(order, wide.index, strict=True)))), "name", by
    )
    said = np.isin(states, [2, 3]).sum(axis=0)
    most = np.argsort(-said, kind="stable")
    wide, texts = wide.iloc[:, most], texts[:, most]
    return grids.crossed(wide, texts, title, lang, context, _SHADES, (0, 3), theme.PALE, opens=rows)[0]


def _by(frame: pd.DataFrame) -> str:
    return "region" if "region" in frame.columns else str(frame.columns[3])


def _order(frame: pd.DataFrame, by: str, limit: int) -> list[str]:
    said = frame[frame["state"].isin(["stated", "stated_in_words"])].groupby("indicator_id")[by].nunique()
    said = said.reindex(sorted(frame["indicator_id"].unique()), fill_value=0)
    return list(said.sort_values(ascending=False, kind="stable").index[:limit])


def _grid(
    shown: pd.DataFrame, by: str, order: list[str], columns: list[Any], lang: str
) -> tuple[np.ndarray, np.ndarray]:
    cells = {(row["indicator_id"], row[by]): row for row in shown.to_dict("records")}
    states = np.array([[_STATES[cells[i, c]["state"]] for c in columns] for i in order], dtype=float)
    texts = np.array([[_text(cells[i, c], lang) for c in columns] for i in order], dtype=object)
    return states, texts


def _text(cell: dict[Any, Any], lang: str) -> str:
    if cell["state"] == "stated":
        sign = "+" if cell.get("kind") == "change" and cell["value"] > 0 and not cell["comparator"] else ""
        return sign + numerals.printed(cell["value"], cell["unit"], cell["comparator"], cell["value_high"], lang)
    return {"stated_in_words": say(lang, "文", "w"), "not_found": "?", "not_stated": ""}[cell["state"]]


def _names(shown: pd.DataFrame, order: list[str], lang: str) -> list[str]:
    printed = shown.drop_duplicates("indicator_id").set_index("indicator_id")["indicator"]
    return [labels.indicator(i, lang, printed.get(i)) for i in order]


def _legend(shown: pd.DataFrame, by: str, lang: str) -> str:
    n, k = shown[by].nunique(), shown["indicator_id"].nunique()
    return say(
        lang,
        f"深蓝：写明数值；浅蓝“文”：只有文字表述；白：通读全文未提；灰“?”：文本残缺或遮蔽，未能确认；{k} 项指标，{n} {labels.kind(by, lang)}",
        f"Dark blue: a number; pale blue w: in words only; white: not stated in the whole plan; grey ?: the copy is cut, "
        f"damaged or masked; {k} indicators, {n} {labels.kind(by, lang)}",
    )


@marks.drawing
def standing(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """A strip an indicator: every region's number as a dot from smallest to greatest, `region` in colour.

    The others' median is a tick, the national value a diamond. Rates and means alone where there are any, since sums
    grow with the place; of these `limit` (15), see `_apart`.
    """
    by = _by(frame)
    held = frame[frame["n"].ge(2)].reset_index(drop=True)
    relative = held["is_relative"].astype(bool) if "is_relative" in held.columns else pd.Series(True, held.index)
    held = held[relative] if relative.any() else held
    order = _apart(held, by, context.get("region"), context.get("limit") or 15)
    if not order:
        return marks.silent("no_indicator", title, lang, **context)
    held = held[held["indicator_id"].isin(order)]
    names = [wrapping.wrap(name, 16) for name in _names(held, order, lang)]
    measure = _strip_legend(lang, context.get("region"), bool(held["national"].notna().any()))
    n = held[by].nunique()
    context.setdefault(
        "subtitle", measure + say(lang, f"；{n} {labels.kind(by, lang)}", f"; {n} {labels.kind(by, lang)}")
    )
    fig, axes = theme.figure(7.6, 0.42 * len(order) + 0.25, title, **context)
    for at, code in enumerate(order):
        _strip(axes, at, held[held["indicator_id"].eq(code)], by, context.get("region"), lang)
    axes.set_yticks(range(len(order)), names)
    axes.set(ylim=(len(order) - 0.5, -0.6), xlim=(-0.25, 1.25))
    axes.xaxis.set_visible(False)
    axes.spines[["left", "bottom"]].set_visible(False)
    return fig


def _apart(held: pd.DataFrame, by: str, region: str | None, limit: int) -> list[str]:
    """The indicators that lie widest apart: a region's own from furthest above the others' median to furthest below."""
    middle = held["peers_median" if "peers_median" in held.columns else "median"].astype(float)
    scale = middle.abs().where(middle.ne(0))
    own = held[by].eq(region or "")
    if not own.any():
        spread = held.groupby("indicator_id")["value"].agg(np.ptp) / scale.groupby(held["indicator_id"]).first()
        return list(spread.fillna(0).sort_values(ascending=False, kind="stable").index[:limit])
    far = ((held["value"].astype(float) - middle) / scale)[own].fillna(0)
    far = far[far.abs().sort_values(ascending=False, kind="stable").index[:limit]]
    return list(held["indicator_id"].loc[far.sort_values(ascending=False, kind="stable").index])


def _strip_legend(lang: str, region: str | None, has_national: bool) -> str:
    own = say(lang, f"蓝点：{region}；", f"Blue: {region}; ") if region else ""
    nation = say(lang, "；菱形：全国", "; diamond: national") if has_national else ""
    rest = say(lang, "灰点：各地；竖线：中位数", "grey: each place; tick: median")
    return own + rest + nation + say(lang, "；每行从最小值到最大值", "; each row from its least to its greatest value")


def _strip(axes: Axes, at: int, part: pd.DataFrame, by: str, region: str | None, lang: str) -> None:
    national = part["national"].dropna().iloc[:1]
    every = np.concatenate([part["value"].to_numpy(dtype=float), national.to_numpy(dtype=float)])
    low, high = float(every.min()), float(every.max())
    scale = high - low or 1.0
    axes.hlines(at, 0, 1, color=theme.PALE, linewidth=2, zorder=1)
    place = (part["value"].to_numpy(dtype=float) - low) / scale if high > low else np.full(len(part), 0.5)
    axes.scatter(place, [at] * len(part), s=22, color=theme.GREY, zorder=2)
    middle = (float(part["median"].iloc[0]) - low) / scale if high > low else 0.5
    axes.vlines(middle, at - 0.22, at + 0.22, color=theme.MUTED, linewidth=1.5, zorder=2)
    areas.opens(axes, (middle, at + 0.22, middle, at - 0.22), part, say(lang, "中位数", "Median"))
    for x, row in zip(place, part.to_dict("records"), strict=True):
        printed = numerals.printed(row["value"], row["unit"], lang=lang)
        areas.opens(axes, (x, at, x, at), row, areas.called(row[by], printed))
    if len(national):
        axes.scatter((national.to_numpy() - low) / scale, [at], s=34, marker="D", color=theme.ACCENT, zorder=3)
    unit = str(part["unit"].iloc[0])
    mine = set(part.loc[part[by].eq(region or ""), "value"])
    ends = [(low, -0.02, "right"), (high, 1.02, "left")] if high > low else [(high, 1.02, "left")]
    for value, x, side in ends:
        if value not in mine:  # the subject's number is written above its dot
            axes.text(
                x, at, numerals.printed(value, unit, lang=lang), ha=side, va="center", fontsize=8, color=theme.MUTED
            )
    own = part[part[by].eq(region or "")]
    if len(own):
        x = (float(own["value"].iloc[0]) - low) / scale if high > low else 0.5
        axes.scatter([x], [at], s=52, color=theme.SUBJECT, zorder=4)
        text = numerals.printed(float(own["value"].iloc[0]), unit, lang=lang)
        axes.annotate(
            text,
            (x, at),
            (0, 6),
            textcoords="offset points",
            ha="center",
            fontsize=8.5,
            color=theme.SUBJECT,
            fontweight="bold",
        )


@marks.drawing
def headline(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """The most telling numbers side by side: the amount in large type, its name below, the others' median."""
    rows = frame.head(5).to_dict("records")
    wide = 7.4 / len(rows)
    notes = [_note(row, wide, lang) for row in rows]
    body = 0.55 + 0.16 * max(note.count("\n") + 1 for note in notes)
    year = frame["year"].dropna() if "year" in frame.columns else frame["value"].iloc[:0]
    context.setdefault("subtitle", _headline_measure(year, lang))
    fig, axes = theme.figure(7.6, body, title, **context)
    axes.set(xlim=(0, len(rows)), ylim=(body, 0))
    axes.set_axis_off()
    for i, (row, note) in enumerate(zip(rows, notes, strict=True)):
        value = numerals.printed(row["value"], row["unit"], row["comparator"], row["value_high"], lang)
        size = min(19.0, 72 * wide * 0.9 / max(wrapping.width(value, "Bold"), 1))
        large = axes.text(i + 0.02, 0.4, value, fontsize=size, fontweight="bold", color=theme.SUBJECT, va="baseline")
        small = axes.text(i + 0.02, 0.52, note, fontsize=8.5, va="top", linespacing=1.3)
        areas.artist(large, row, value)
        areas.artist(small, frames.ids(row, "ids_peers_median"), note.split("\n")[-1])
    return fig


def _headline_measure(years: pd.Series, lang: str) -> str:
    span = "–".join(dict.fromkeys(str(int(year)) for year in (years.min(), years.max()))) if len(years) else ""
    measure = say(lang, "所定目标，下为他地的中位数", "Targets, below them the median of the others")
    return measure + (say(lang, f"；目标年份 {span}", f"; to be reached in {span}") if span else "")


def _note(row: dict[Any, Any], wide: float, lang: str) -> str:
    ems = wide * 72 / 8.5 - 1.2
    kept = [wrapping.wrap(labels.indicator(row["indicator_id"], lang, row["indicator"]), ems)]
    if row["n_peers"] and row["peers_median"] == row["peers_median"]:
        median = numerals.printed(row["peers_median"], row["unit"], lang=lang)
        kept.append(say(lang, f"{row['n_peers']} 地中位数 {median}", f"median of {row['n_peers']}: {median}"))
    return "\n".join(kept)


@marks.drawing
def oddities(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Own value and the others' median for each oddity: a line from grey to blue."""
    context.setdefault(
        "subtitle",
        say(
            lang,
            "灰：其余各地中位数；蓝：本地；每行各用自己的尺度，从 0 起",
            "Grey: median of the others; blue: own; each row on its own scale from 0",
        ),
    )
    rows = frame.to_dict("records")
    fig, axes = theme.figure(7.6, 0.5 * len(rows) + 0.2, title, **context)
    names = []
    for at, row in enumerate(rows):
        emphasis = row["kind"] == "emphasis"
        factor, unit = (100, "%") if emphasis else (1, row["unit"])
        own, median = row["own"] * factor, row["median"] * factor
        scale = max(abs(own), abs(median)) or 1.0
        axes.hlines(at, min(0.0, own / scale, median / scale), 1, color=theme.PALE, linewidth=2, zorder=0)
        axes.vlines(0, at - 0.14, at + 0.14, color=theme.GREY, linewidth=1, zorder=0)
        axes.plot([median / scale, own / scale], [at, at], color=theme.GREY, linewidth=2, zorder=1)
        axes.scatter([median / scale], [at], s=40, color=theme.GREY, zorder=2)
        axes.scatter([own / scale], [at], s=60, color=theme.SUBJECT, zorder=3)
        for value, of, colour, lift in ((median, "ids_median", theme.MUTED, -13), (own, "ids", theme.SUBJECT, 7)):
            text = numerals.printed(round(value, 1), unit, lang=lang)
            areas.opens(axes, (value / scale, at, value / scale, at), frames.ids(row, of), text)
            axes.annotate(
                text,
                (value / scale, at),
                (0, lift),
                textcoords="offset points",
                ha="center",
                fontsize=8.5,
                color=colour,
            )
        code = row["subject"]
        label = (
            labels.domain(code, lang, row.get("codebook")) if emphasis else labels.indicator(code, lang, row["name"])
        )
        names.append(wrapping.wrap(say(lang, "篇幅：", "Space: ") + label if emphasis else label, 16))
    axes.set_yticks(range(len(rows)), names)
    least = min(min(row["own"], row["median"]) / (max(abs(row["own"]), abs(row["median"])) or 1) for row in rows)
    axes.set(ylim=(len(rows) - 0.5, -0.5), xlim=(min(0.0, least) - 0.1, 1.15))
    axes.xaxis.set_visible(False)
    axes.spines[["left", "bottom"]].set_visible(False)
    return fig
