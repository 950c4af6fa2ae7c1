"""Figures of trees of likeness, alone and beside a table."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.draw import grids, labels, marks, theme, wrapping
from analysis.draw.labels import say
from analysis.draw.theme import Figure

MOST = 45  # leaves that a page holds with their names
_LINKAGES = {"ward": ("离差平方和法", "Ward's linkage"), "average": ("类平均法", "average linkage")}


@marks.drawing
def dendrogram(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """The tree from its leaves at the left to the last joining at the right; `region` in colour."""
    leaves = frame[frame["name"].notna()].sort_values("position")
    row = frame.iloc[-1]
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"层次聚类（{labels.distance(row['metric'], 'zh')}，{_LINKAGES[row['linkage']][0]}）；横轴：合并时的距离；{len(leaves)} 个对象",
            f"Hierarchical clustering ({labels.distance(row['metric'], 'en')}, {_LINKAGES[row['linkage']][1]}); across: distance at "
            f"the joining; {len(leaves)} groups",
        )
        + _unnamed(len(leaves), lang),
    )
    fig, axes = theme.figure(theme.WIDTH, 0.22 * min(len(leaves), MOST) + 0.55, title, **context)
    _branches(axes, frame)
    axes.set_yticks(range(len(leaves)), _leaves(list(leaves["name"]), 14, context.get("region")))
    axes.set(ylim=(len(leaves) - 0.4, -0.6), xlim=(0, float(frame["height"].max()) * 1.04 or 1))
    axes.spines[["left"]].set_visible(False)
    axes.set_xlabel(labels.distance(row["metric"], lang))
    axes.tick_params(axis="x", labelsize=8)
    marks.embolden(axes, context.get("region"))
    return fig


def _leaves(names: list[Any], ems: float, region: str | None) -> list[str]:
    """The labels of leaves; of more than a page holds only the subject's."""
    told = [wrapping.shorten(str(name), ems) for name in names]
    return told if len(told) <= MOST else [name if names[at] == region else "" for at, name in enumerate(told)]


def _unnamed(n: int, lang: str) -> str:
    return say(lang, "；名称从略", "; names left out") if n > MOST else ""


def _branches(axes: Axes, frame: pd.DataFrame) -> None:
    """Each joining as a bracket: two lines from its parts and one across."""
    place = frame.set_index("node")[["position", "height"]]
    for row in frame[frame["name"].isna()].to_dict("records"):
        ends = place.loc[[row["left"], row["right"]]]
        hue: dict[str, Any] = {"color": theme.SUBJECT, "linewidth": 1.1}
        axes.hlines(ends["position"], ends["height"], row["height"], **hue)
        axes.vlines(row["height"], *ends["position"], **hue)


@marks.drawing
def clustered(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Shares of attention as a heat map whose rows (groups) and columns (domains) stand beside those most like them.

    `tree` (from `compare.dendrogram` of the same groups) in the context is drawn at the left.
    """
    by = next(c for c in frame.columns if c not in _COLUMNS)
    label = [labels.domain(d, lang, b) for d, b in zip(frame["domain"], frame["codebook"], strict=True)]
    shown = frame.assign(label=label)
    wide = 100 * shown.pivot_table(index=by, columns="label", values="share", aggfunc="sum", fill_value=0.0)
    groups = shown.groupby(by)["order"].first().sort_values().index
    things = shown.groupby("label")["domain_order"].first().sort_values().index
    wide = wide.loc[groups, things]
    items = int(frame["n_items"].sum())
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"各领域所占篇幅（%）；行与列按层次聚类（海林格距离）排列，相近者相邻；{len(wide)} 个对象，{items} 个条目",
            f"Share of text by domain (%); rows and columns in the order of hierarchical clustering (Hellinger distance), "
            f"like beside like; {len(wide)} groups, {items} items",
        )
        + _unnamed(len(wide), lang),
    )
    return _with_tree(wide, context.get("tree"), title, context)


_COLUMNS = {"codebook", "domain", "n_items", "n_chars", "share", "low", "high", "order", "domain_order"}


def _with_tree(wide: pd.DataFrame, tree: pd.DataFrame | None, title: str | None, context: dict[str, Any]) -> Figure:
    rows, columns = _leaves(list(wide.index), 12, context.get("region")), [str(c) for c in wide.columns]
    side = 0.9 if tree is not None else 0.0
    margin = max(wrapping.width(r) for r in rows) * 9.5 / 72 + 0.3
    cell = (grids.WIDTH - margin - side) / len(columns)
    body = max(0.235 * min(len(rows), MOST), 1.2) + marks.head_height(columns, cell, 8.5)
    fig = theme.canvas(grids.WIDTH, body, title, **context)
    if tree is None:
        axes = fig.add_subplot()
    else:
        left, axes = fig.subplots(1, 2, width_ratios=[side, grids.WIDTH - side - 0.3])
        _branches_to_the_left(left, tree, len(rows))
    axes.tick_params(labelfontfamily=theme.FAMILY)
    values = wide.to_numpy(dtype=float)
    texts = marks.texts(values, lambda v: "" if v < 0.5 else f"{v:.0f}")
    shown, size = grids.fitted(texts, cell, 7.5)
    marks.heat(axes, values, rows, columns, shown if len(rows) <= MOST else None, fontsize=size)
    marks.heads(axes, columns, cell, 8.5)
    marks.embolden(axes, context.get("region"))
    return fig


def _branches_to_the_left(axes: Axes, tree: pd.DataFrame, n: int) -> None:
    _branches(axes, tree)
    axes.set(xlim=(float(tree["height"].max()) * 1.02 or 1, 0), ylim=(n - 0.5, -0.5))
    axes.set_axis_off()
