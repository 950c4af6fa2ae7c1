"""Figures of coding by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.draw import marks, theme
from analysis.draw.labels import say
from analysis.draw.theme import Figure

# Krippendorff 2018, "Content Analysis", chapter 12
RELIABLE, TENTATIVE = 0.800, 0.667


@marks.drawing
def agreement(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Krippendorff's alpha with its interval, a dot a field (code null) or code, highest on top, or lowest with `ascending`.

    Context: `names`: field or code → what stands beside its dot; `n_codes`: at most so many rows.
    """
    table = frame[frame["alpha"].notna()].sort_values("alpha", ascending=context.pop("ascending", False), kind="stable")
    names = context.pop("names", {})
    table = table.head(context.pop("n_codes", 30))
    if table.empty:
        return marks.silent("no_rows", title, lang, **context)
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"克里彭多夫 α，线为 95% 自助区间；虚线：{TENTATIVE}、{RELIABLE}",
            f"Krippendorff's alpha, line: 95% bootstrap interval; dashed: {TENTATIVE}, {RELIABLE}",
        ),
    )
    fig, axes = theme.figure(7.6, 0.3 * len(table) + 0.5, title, **context)
    at, alpha = np.arange(len(table)), table["alpha"].to_numpy(dtype=float)
    low, high = (table[c].fillna(table["alpha"]).to_numpy(dtype=float) for c in ("alpha_low", "alpha_high"))
    axes.hlines(at, low, high, color=theme.GREY, linewidth=2, zorder=1)
    axes.scatter(alpha, at, color=theme.SUBJECT, s=36, zorder=2)
    for line in (TENTATIVE, RELIABLE):
        axes.axvline(line, color=theme.ACCENT, linewidth=1, linestyle="--", zorder=0)
    for y, value in zip(at, alpha, strict=True):
        axes.annotate(f"{value:.2f}", (1.03, y), va="center", fontsize=8, annotation_clip=False)
    keys = table["code"].where(table["code"].notna(), table["field"])
    axes.set_yticks(
        at,
        [
            f"{names.get(k, k)}（{n}）" if lang == "zh" else f"{names.get(k, k)} ({n})"
            for k, n in zip(keys, table["n_units"], strict=True)
        ],
    )
    axes.set(ylim=(len(table) - 0.5, -0.8), xlim=(min(0.0, float(low.min())) - 0.02, 1.02))
    axes.grid(axis="x")
    return fig
