"""Figures of policy tools, priorities and topics."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from analysis.draw import grids, labels, marks, theme, wrapping
from analysis.draw.labels import say
from analysis.draw.theme import Figure

_FACTS = {"instrument", "group", "n", "share", "share_of_items", "expected", "residual", "codebook"}
_GROUPS = {"supply": theme.SUBJECT, "environment": "#7fb2d9", "demand": theme.ACCENT, "other": theme.GREY}


@marks.drawing
def instruments(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """The X-Y table as a heat map: counts in the cells, shades by standardised residual; empty cells stay white."""
    by = next((c for c in frame.columns if c not in _FACTS), "domain")
    order = list(dict.fromkeys(frame["instrument"]))
    if by == "domain":
        books = frame["codebook"] if "codebook" in frame.columns else [context.get("sector")] * len(frame)
        frame = frame.assign(domain=[labels.domain(d, lang, b) for d, b in zip(frame["domain"], books, strict=True)])
    counts = frame.pivot_table(index="instrument", columns=by, values="n", aggfunc="sum").reindex(order)
    counts = counts[counts.sum().sort_values(ascending=False, kind="stable").index]
    residual = frame.pivot_table(index="instrument", columns=by, values="residual", aggfunc="first", dropna=False)
    residual = residual.reindex(index=order, columns=counts.columns)
    group = frame.drop_duplicates("instrument").set_index("instrument")["group"]
    rows = [f"{labels.instrument(i, lang)} · {labels.instrument(group[i], lang)}" for i in order]
    columns = [labels.group(by, c, lang) for c in counts.columns]
    n = int(counts.to_numpy().sum())
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"使用次数（{n} 次）；蓝：多于独立时的期望，橙：少于期望（调整标准化残差）",
            f"Uses ({n}); blue: more than expected under independence, orange: fewer (adjusted residuals)",
        ),
    )
    margin = max(wrapping.width(r) for r in rows) * 9.5 / 72 + 0.3
    cell = min((grids.WIDTH - margin) / len(columns), 0.9)
    fig, axes = theme.figure(grids.WIDTH, 0.27 * len(rows) + marks.head_height(columns, cell), title, **context)
    texts = marks.texts(counts.to_numpy(dtype=float), lambda v: f"{v:.0f}" if v > 0 else "")
    shades = np.where(counts.to_numpy() > 0, residual.to_numpy(dtype=float), np.nan)
    reach = max(4.0, float(np.nanquantile(np.abs(shades), 0.95))) if np.isfinite(shades).any() else 4.0
    texts, size = grids.fitted(texts, cell)
    marks.heat(axes, shades, rows, columns, texts, theme.DIVERGING, (-reach, reach), size)
    marks.heads(axes, columns, cell)
    for at in range(1, len(order)):
        if group[order[at]] != group[order[at - 1]]:
            axes.axhline(at, color=theme.MUTED, linewidth=1)
    return fig


@marks.drawing
def structure(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Supply, environment and demand tools as parts of a whole bar, a bar a group, most supply on top."""
    by = next(c for c in frame.columns if c not in {"group", "n", "share", "low", "high"})
    wide = frame.pivot_table(index=by, columns="group", values="share", aggfunc="sum", fill_value=0.0)
    groups = [g for g in _GROUPS if g in wide.columns and (g != "other" or wide[g].any())]
    wide = wide.sort_values(groups[0], ascending=False, kind="stable")
    context.setdefault("subtitle", say(lang, "各类政策工具占使用次数的份额（%）", "Share of uses by kind of tool (%)"))
    fig, axes = theme.figure(7.6, 0.26 * len(wide) + 0.45, title, **context)
    left = np.zeros(len(wide))
    for group in groups:
        share = wide[group].to_numpy(dtype=float)
        axes.barh(np.arange(len(wide)), share, left=left, color=_GROUPS[group], height=0.72)
        for at, (start, size) in enumerate(zip(left, share, strict=True)):
            if size >= 0.06:
                ink = "white" if group in ("supply", "demand") else theme.INK
                axes.text(start + size / 2, at, f"{100 * size:.0f}", ha="center", va="center", fontsize=8, color=ink)
        left = left + share
    axes.set_yticks(range(len(wide)), [str(name) for name in wide.index])
    axes.set(ylim=(len(wide) - 0.5, -0.5), xlim=(0, 1))
    axes.xaxis.set_visible(False)
    axes.spines[["left", "bottom"]].set_visible(False)
    square: dict[str, Any] = {"marker": "s", "linestyle": "", "markersize": 8}
    marks.key(axes, [(labels.instrument(g, lang), {**square, "color": _GROUPS[g]}) for g in groups])
    marks.embolden(axes, context.get("region"))
    return fig


_LENSES = {
    "space_rank": ("篇幅", "Space", "o", theme.SUBJECT),
    "strength_rank": ("力度", "Strength", "s", theme.ACCENT),
    "substance_rank": ("实质", "Substance", "^", "#00795a"),
}


@marks.drawing
def priorities(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """One plan: each domain's rank through three lenses, joint rank on top. Several plans: joint ranks as a heat map.

    `region` picks a region's plan out of several.
    """
    region = context.get("region")
    own = frame[frame["region"].eq(region)] if region is not None else frame
    if own.empty:
        return marks.silent("no_region", title, lang, **context)
    if own["plan_id"].nunique() > 1:
        return _joint_ranks(own, title, lang, context)
    context.setdefault(
        "subtitle",
        say(
            lang,
            "领域在三种视角下的名次（1 最先）；橙字：三者不一",
            "Rank by three lenses (1 first); orange: they disagree",
        ),
    )
    table = own.sort_values(["joint_rank", "space_rank"], kind="stable")
    fig, axes = theme.figure(7.6, 0.28 * len(table) + 0.6, title, **context)
    at = np.arange(len(table))
    ranks = table[list(_LENSES)].to_numpy(dtype=float)
    axes.hlines(at, ranks.min(axis=1), ranks.max(axis=1), color=theme.GREY, linewidth=1.5, zorder=1)
    for i, (_, _, marker, colour) in enumerate(_LENSES.values()):
        axes.scatter(ranks[:, i], at, marker=marker, color=colour, s=34, zorder=2, alpha=0.9)
    axes.set_yticks(at, [labels.domain(d, lang, b) for d, b in zip(table["domain"], table["codebook"], strict=True)])
    axes.set(ylim=(len(table) - 0.5, -0.5), xlim=(0.3, len(table) + 0.7))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="x")
    for label, disagree in zip(axes.get_yticklabels(), table["lenses_disagree"], strict=True):
        label.set_color(theme.ACCENT if disagree else theme.INK)
    marks.key(
        axes, [(say(lang, zh, en), {"marker": m, "color": c, "linestyle": ""}) for zh, en, m, c in _LENSES.values()]
    )
    return fig


def _joint_ranks(frame: pd.DataFrame, title: str | None, lang: str, context: dict[str, Any]) -> Figure:
    domains = [labels.domain(d, lang, b) for d, b in zip(frame["domain"], frame["codebook"], strict=True)]
    wide = frame.assign(label=domains).pivot_table(index="label", columns="region", values="joint_rank", aggfunc="min")
    wide = wide.loc[grids.by_size(-wide.median(axis=1), labels.rest(lang))]
    context.setdefault(
        "subtitle", say(lang, "综合名次（1 最先），空白为未涉及", "Joint rank (1 first); blank: no item")
    )
    values = wide.to_numpy(dtype=float)
    texts = marks.texts(np.round(values), lambda v: f"{v:g}")
    limits = (1.0, float(np.nanmax(values)))
    return grids.crossed(wide, texts, title, context, theme.SEQUENTIAL.reversed(), limits, ascending=True)[0]


@marks.drawing
def topics(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """The words of each topic: small bars a topic where the frame holds `term` and `weight`, else a list of terms."""
    if {"term", "weight"} <= set(frame.columns):
        return _words(frame, title, lang, context)
    table = frame.sort_values("share", ascending=False, kind="stable")
    context.setdefault(
        "subtitle", say(lang, "主题占条目的份额（%）与代表词", "Share of items by topic (%) and its terms")
    )
    fig, axes = theme.figure(7.6, 0.42 * len(table) + 0.2, title, **context)
    texts = [
        f"{100 * s:.1f}  {wrapping.shorten(_terms(t), 26)}" for s, t in zip(table["share"], table["terms"], strict=True)
    ]
    names = [wrapping.wrap(str(label), 11) for label in table["label"]]
    marks.bars(axes, names, list(table["share"]), theme.SUBJECT, texts)
    axes.set_xlim(0, float(table["share"].max()) * 2.6)
    return fig


def _terms(terms: Any) -> str:
    return terms if isinstance(terms, str) else "、".join(map(str, terms))


def _words(frame: pd.DataFrame, title: str | None, lang: str, context: dict[str, Any], n: int = 8) -> Figure:
    codes = list(dict.fromkeys(frame["topic"]))
    across = min(4, len(codes))
    down = -(-len(codes) // across)
    context.setdefault("subtitle", say(lang, "各主题权重最大的词", "The weightiest terms of each topic"))
    fig = theme.canvas(7.6, 2.25 * down, title, **context)
    names = frame.drop_duplicates("topic").set_index("topic").get("label")
    for at, code in enumerate(codes):
        axes = fig.add_subplot(down, across, at + 1)
        axes.tick_params(labelfontfamily=theme.FAMILY)
        part = frame[frame["topic"].eq(code)].nlargest(n, "weight", keep="first")
        marks.bars(axes, list(part["term"]), list(part["weight"]), theme.SUBJECT)
        head = str(names[code]) if names is not None else say(lang, f"主题 {code}", f"Topic {code}")
        axes.set_title(wrapping.even(head, 8), fontsize=9, loc="left", fontweight="bold")
    return fig


@marks.drawing
def topic_shares(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Topic × region as a heat map of shares (%); names come from a `label` column where there is one."""
    name = "label" if "label" in frame.columns else "topic"
    shown = frame.assign(
        name=[str(v) if name == "label" else say(lang, f"主题 {v}", f"Topic {v}") for v in frame[name]]
    )
    by = next(
        c for c in shown.columns if c not in {"topic", "label", "share", "name", "n_items", "weight", "low", "high"}
    )
    wide = shown.pivot_table(index="name", columns=by, values="share", aggfunc="sum", fill_value=0.0)
    wide = wide.loc[wide.mean(axis=1).sort_values(ascending=False, kind="stable").index]
    context.setdefault("subtitle", say(lang, "各主题占条目的份额（%）", "Share of items by topic (%)"))
    wide = 100 * wide
    texts = marks.texts(wide.to_numpy(dtype=float), lambda v: f"{v:.0f}" if v >= 0.5 else "")
    return grids.crossed(wide, texts, title, context)[0]


def _plans(table: pd.DataFrame) -> list[str]:
    """The names of plans: their regions, with years where a region has several."""
    names = table["region"].where(table["region"].notna(), table["plan_id"]).astype(str)
    several = names.duplicated(keep=False)
    years = [
        f" {int(y)}" if many and not pd.isna(y) else "" for y, many in zip(table["plan_year"], several, strict=True)
    ]
    return [name + year for name, year in zip(names, years, strict=True)]


_GRADES = {
    "perfect": ("完美", "Perfect"),
    "excellent": ("优秀", "Excellent"),
    "acceptable": ("可接受", "Acceptable"),
    "low": ("不良", "Low"),
}


@marks.drawing
def pmc_index(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Plans × first-level variables as a heat map, the index and its grade at the right; `limit` (40) plans."""
    table = frame.head(context.get("limit") or 40)
    firsts = [c for c in table.columns if str(c).startswith("X") and str(c)[1:].isdigit()]
    names = labels.pmc_variables(lang)
    context.setdefault(
        "subtitle",
        say(
            lang,
            "各一级变量得分（0–1），右为 PMC 指数与等级",
            "Score of each first-level variable (0–1); right: PMC index and grade",
        ),
    )
    heads = [*(names.get(c, c) for c in firsts), say(lang, "指数", "Index"), say(lang, "等级", "Grade")]
    rows = [wrapping.shorten(name, 14) for name in _plans(table)]
    scores = table[firsts].to_numpy(dtype=float)
    values = np.hstack([scores, np.full((len(table), 2), np.nan)])
    right = [[f"{i:.2f}", say(lang, *_GRADES[g])] for i, g in zip(table["index"], table["grade"], strict=True)]
    left = marks.texts(scores, lambda v: f"{v:.2f}")
    cell = 6.3 / len(heads)
    fig, axes = theme.figure(7.6, 0.26 * len(rows) + marks.head_height(heads, cell, 8), title, **context)
    marks.heat(
        axes, values, rows, heads, np.hstack([left, np.array(right, dtype=object)]), limits=(0, 1.2), fontsize=7.5
    )
    marks.heads(axes, heads, cell, 8)
    marks.embolden(axes, context.get("region"))
    return fig
