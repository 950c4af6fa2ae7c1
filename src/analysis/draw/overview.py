"""Figures of what a corpus holds and of the way through it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from analysis.draw import labels, marks, theme, wrapping
from analysis.draw.labels import say
from analysis.draw.theme import Figure

_HUES = {
    "national": theme.INK, "province": "#083d6e", "city": "#2f7fbf", "county": "#8fbfe3", "town": "#d3e5f3",
    "unknown": theme.GREY,
}  # fmt: skip


@marks.drawing
def documents(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Documents by year as upright bars, parted by level; the total stands on each bar."""
    held = frame.assign(year=["?" if pd.isna(y) else str(int(y)) for y in frame["plan_year"]])
    wide = held.pivot_table(index="year", columns="region_level", values="n", aggfunc="sum", fill_value=0)
    wide = wide.loc[sorted(wide.index, key=lambda year: (year == "?", year))]
    levels = [level for level in _HUES if level in wide.columns]
    n = int(frame["n"].sum())
    context.setdefault(
        "subtitle", say(lang, f"各年文件数，按层级；共 {n} 份", f"Documents by year and level; {n} in all")
    )
    fig, axes = theme.figure(theme.WIDTH, 2.6, title, **context)
    at, below = np.arange(len(wide)), np.zeros(len(wide))
    broad = min(0.7, 0.12 * max(len(wide), 3))
    for level in levels:
        n = wide[level].to_numpy(dtype=float)
        axes.bar(at, n, bottom=below, color=_HUES[level], width=broad)
        below = below + n
    for x, total in zip(at, below, strict=True):
        axes.annotate(f"{total:.0f}", (x, total), (0, 3), textcoords="offset points", ha="center", fontsize=9)
    names = [say(lang, "年份不明", "year unknown") if year == "?" else year for year in wide.index]
    axes.set_xticks(at, names)
    axes.set(xlim=(-0.6, max(len(wide), 4) - 0.4), ylim=(0, float(below.max()) * 1.15))
    axes.yaxis.set_visible(False)
    axes.spines[["left"]].set_visible(False)
    square: dict[str, Any] = {"marker": "s", "linestyle": "", "markersize": 8}
    marks.key(axes, [(labels.group("region_level", k, lang), {**square, "color": _HUES[k]}) for k in levels])
    return fig


_STEPS = {
    "documents": ("读入的文件", "Documents read"),
    "plans": ("其中的计划", "of these plans"),
    "copies": ("去掉副本", "without copies"),
    "placed": ("地区、年份可知", "place and year known"),
    "chosen": ("进入比较", "compared"),
    "items": ("条目", "Items"),
    "tasks": ("其中的任务", "of these tasks"),
    "tagged": ("识别出领域", "with a domain"),
    "numbers": ("数字", "Numbers"),
    "targets": ("可比的目标", "comparable targets"),
}
_WHY = {
    "plans": ("新闻、通知等", "news, notices"),
    "copies": ("同一文件的副本", "copies of a plan"),
    "placed": ("地区或年份不明", "place or year unknown"),
    "chosen": ("不在所选之列", "not chosen"),
    "tasks": ("回顾、问题", "review, problems"),
    "tagged": ("没有识别出领域", "no domain found"),
    "targets": ("成绩或不在编码表内", "results, not in the codebook"),
}
_ROWS = (("documents", "plans", "copies", "placed", "chosen"), ("items", "tasks", "tagged"), ("numbers", "targets"))


@marks.drawing
def pipeline(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """The steps of the work as boxes with their counts, and below the arrows what was left out."""
    n = frame.set_index("step")
    lanes = [[step for step in lane if step in n.index] for lane in _ROWS]
    longest = max(len(lane) for lane in lanes)
    context.setdefault(
        "subtitle",
        say(lang, "框内为数量，箭头下为这一步去掉的", "In the boxes: counts; below the arrows: what a step left out"),
    )
    fig, axes = theme.figure(theme.WIDTH, 1.02 * len(lanes), title, **context)
    axes.set(xlim=(-0.46, longest - 0.5), ylim=(len(lanes) - 0.4, -0.6))
    axes.set_axis_off()
    for row, lane in enumerate(lanes):
        for column, step in enumerate(lane):
            _box(axes, column, row, f"{int(n.loc[step, 'n']):,}", say(lang, *_STEPS[step]))
            if column:
                dropped = n.loc[step, "n_dropped"]
                _arrow(axes, column, row, 0 if pd.isna(dropped) else int(dropped), say(lang, *_WHY[step]))
        if row:
            axes.annotate("", (0, row - 0.36), (0, row - 0.62), arrowprops={"arrowstyle": "->", "color": theme.GREY})
    return fig


def _box(axes: Axes, x: float, y: float, count: str, name: str) -> None:
    shape: dict[str, Any] = {
        "boxstyle": "round,pad=0,rounding_size=0.06",
        "facecolor": "#eaf2f9",
        "edgecolor": theme.SUBJECT,
    }
    axes.add_patch(FancyBboxPatch((x - 0.35, y - 0.32), 0.62, 0.6, linewidth=0.8, **shape))
    axes.text(x - 0.04, y - 0.1, count, ha="center", va="center", fontsize=12, fontweight="bold", color=theme.SUBJECT)
    axes.text(x - 0.04, y + 0.14, wrapping.wrap(name, 8.2), ha="center", va="center", fontsize=8, linespacing=1.1)


def _arrow(axes: Axes, x: float, y: float, dropped: int, why: str) -> None:
    axes.annotate("", (x - 0.36, y - 0.02), (x - 0.72, y - 0.02), arrowprops={"arrowstyle": "->", "color": theme.MUTED})
    if dropped:
        text = f"−{dropped:,}\n{wrapping.even(why, 5.2)}"
        axes.text(x - 0.55, y + 0.06, text, ha="center", va="top", fontsize=7, color=theme.MUTED, linespacing=1.1)
