"""Figures of promises, likeness and reuse."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.draw import grids, marks, theme, wrapping
from analysis.draw.labels import say
from analysis.draw.theme import Figure

_OUTCOMES = {
    "reported done": ("报告完成", "Reported done", "#00795a"),
    "reported missed": ("报告未完成", "Reported missed", "#c8500a"),
    "raised": ("提高", "Raised", "#0b5fa5"),
    "kept": ("保持", "Kept", "#6ba3d0"),
    "repeated": ("照抄", "Repeated", "#c6dbec"),
    "lowered": ("降低", "Lowered", "#f0b48a"),
    "dropped": ("没有下文", "Dropped", "#8c6a52"),
    "unanswered": ("无从核对", "Unanswered", "#e3e3e0"),
}


@marks.drawing
def ledger(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """What became of the promises: a bar a region and year, its parts by outcome with their counts."""
    year = [("" if pd.isna(y) else f" {int(y)}") for y in frame["plan_year"]]
    name = frame["region"].fillna("").astype(str) + pd.Series(year, index=frame.index)
    counts = pd.crosstab(name, frame["outcome"])
    kinds = [k for k in _OUTCOMES if k in counts.columns]
    context.setdefault(
        "subtitle", say(lang, f"承诺的下落（项），共 {len(frame)} 项", f"What became of {len(frame)} promises")
    )
    fig, axes = theme.figure(7.6, 0.3 * len(counts) + 0.7, title, **context)
    left = np.zeros(len(counts))
    for kind in kinds:
        held = counts[kind].to_numpy(dtype=float)
        axes.barh(np.arange(len(counts)), held, left=left, color=_OUTCOMES[kind][2], height=0.7)
        for at, (start, size) in enumerate(zip(left, held, strict=True)):
            if size >= 0.035 * counts.sum(axis=1).max():
                ink = "white" if kind in ("reported done", "reported missed", "raised", "dropped") else theme.INK
                axes.text(start + size / 2, at, f"{size:.0f}", ha="center", va="center", fontsize=8, color=ink)
        left = left + held
    axes.set_yticks(range(len(counts)), list(counts.index))
    axes.set_ylim(len(counts) - 0.5, -0.5)
    axes.xaxis.set_visible(False)
    axes.spines[["left", "bottom"]].set_visible(False)
    square: dict[str, Any] = {"marker": "s", "linestyle": "", "markersize": 8}
    handles = [axes.plot([], [], color=_OUTCOMES[k][2], label=say(lang, *_OUTCOMES[k][:2]), **square)[0] for k in kinds]
    axes.legend(handles=handles, loc="upper left", bbox_to_anchor=(0, 0), ncols=4, handletextpad=0.3, columnspacing=1.1)
    return fig


@marks.drawing
def likeness(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Plan × plan: below the diagonal what they share without formulae, above it the formulae (%); `limit` (25) plans."""
    pairs = frame.assign(
        a=[_plan(r, y) for r, y in zip(frame["region"], frame["year"], strict=True)],
        b=[_plan(r, y) for r, y in zip(frame["other_region"], frame["other_year"], strict=True)],
    )
    both = pd.concat([pairs[["a", "substance"]], pairs[["b", "substance"]].rename(columns={"b": "a"})])
    order = list(both.groupby("a")["substance"].max().sort_values(ascending=False, kind="stable").index)
    order = order[: context.get("limit") or 25]
    at = {name: i for i, name in enumerate(order)}
    values = np.full((len(order), len(order)), np.nan)
    for row in pairs.to_dict("records"):
        if row["a"] in at and row["b"] in at and row["a"] != row["b"]:
            i, j = sorted((at[row["a"]], at[row["b"]]))
            values[j, i], values[i, j] = 100 * row["substance"], 100 * row["formula"]
    context.setdefault(
        "subtitle",
        say(
            lang,
            "共有文字（%）：左下为除去套话后，右上为套话",
            "Shared text (%): lower left without formulae, upper right the formulae",
        ),
    )
    margin = max(wrapping.width(name) for name in order) * 9.5 / 72 + 0.3
    cell = min((grids.WIDTH - margin) / len(order), 1.0)
    fig, axes = theme.figure(grids.WIDTH, 0.28 * len(order) + marks.head_height(order, cell), title, **context)
    texts = marks.texts(values, lambda v: f"{v:.0f}" if v >= 0.5 else "")
    texts, size = grids.fitted(texts, cell)
    marks.heat(axes, values, order, order, texts, limits=(0, 100), fontsize=size)
    marks.heads(axes, order, cell)
    marks.embolden(axes, context.get("region"))
    return fig


def _plan(region: Any, year: Any) -> str:
    return ("—" if pd.isna(region) else str(region)) + ("" if pd.isna(year) else str(int(year)))


@marks.drawing
def reuse(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """The longest shared passages as a table of words, with where the text comes from where that is known."""
    rows = frame.sort_values("n_chars", ascending=False, kind="stable").head(context.get("limit") or 10)
    cells = [
        [
            _plan(r["region"], r["year"]),
            _plan(r["other_region"], r["other_year"]),
            str(int(r["n_chars"])),
            wrapping.shorten(str(r["text"]), 110),
        ]
        for r in rows.to_dict("records")
    ]
    heads = say(lang, "文件|另一份|字数|共有文字", "Document|Other|Characters|Shared text").split("|")
    widths = [1.2, 1.2, 0.7, 4.4]
    context.setdefault(
        "subtitle",
        say(lang, f"最长的 {len(cells)} 段，共 {len(frame)} 段", f"The longest {len(cells)} of {len(frame)} passages"),
    )
    fig, axes = theme.figure(7.6, marks.table_height(cells, widths), title, **context)
    marks.table(axes, heads, cells, widths)
    return fig
