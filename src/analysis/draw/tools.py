"""Figures of policy tools and priorities."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from analysis.draw import areas, grids, labels, marks, theme, wrapping
from analysis.draw.labels import say
from analysis.draw.theme import Figure

_FACTS = {"instrument", "group", "n", "share", "share_of_items", "expected", "residual", "codebook", "ids"}
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
    named = counts.set_axis(rows).set_axis(columns, axis=1)
    own = frame.assign(instrument=frame["instrument"].map(dict(zip(order, rows, strict=True))))
    own[by] = own[by].map(dict(zip(counts.columns, columns, strict=True)))
    areas.cells(axes, named, texts, areas.keyed(own[own["n"].gt(0)], "instrument", by))
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
    n, uses = len(wide), int(frame["n"].sum())
    wide = wide.iloc[grids.ends(list(range(n)))]
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"各类政策工具占使用次数的份额（%）；{n} {labels.kind(str(by), lang)}，{uses} 次使用",
            f"Share of uses by kind of tool (%); {n} {labels.kind(str(by), lang)}, {uses:,} uses",
        )
        + grids.cut(len(wide), n, lang),
    )
    fig, axes = theme.figure(7.6, 0.26 * len(wide) + 0.45, title, **context)
    left, own = np.zeros(len(wide)), areas.keyed(frame, by, "group")
    for group in groups:
        share = wide[group].to_numpy(dtype=float)
        axes.barh(np.arange(len(wide)), share, left=left, color=_GROUPS[group], height=0.72)
        for at, (start, size) in enumerate(zip(left, share, strict=True)):
            name = f"{wide.index[at]} · {labels.instrument(group, lang)}"
            box = (start, at + 0.36, start + size, at - 0.36)
            areas.opens(axes, box, own.get((wide.index[at], group), []), areas.called(name, f"{100 * size:.0f}%"))
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
            f"领域在三种视角下的名次（1 最先）；橙字：三者不一；{len(own)} 个领域，{int(own['n_items'].sum())} 项任务",
            f"Rank by three lenses (1 first); orange: they disagree; {len(own)} domains, {int(own['n_items'].sum())} tasks",
        ),
    )
    table = own.sort_values(["joint_rank", "space_rank"], kind="stable")
    fig, axes = theme.figure(7.6, 0.28 * len(table) + 0.6, title, **context)
    at = np.arange(len(table))
    ranks = table[list(_LENSES)].to_numpy(dtype=float)
    axes.hlines(at, ranks.min(axis=1), ranks.max(axis=1), color=theme.GREY, linewidth=1.5, zorder=1)
    lifts = _lifts(ranks)
    for i, (_, _, marker, colour) in enumerate(_LENSES.values()):
        axes.scatter(ranks[:, i], at + lifts[:, i], marker=marker, color=colour, s=30, zorder=2)
    names = [labels.domain(d, lang, b) for d, b in zip(table["domain"], table["codebook"], strict=True)]
    for i, row in enumerate(table.to_dict("records")):
        areas.opens(axes, (ranks[i].min() - 0.3, i + 0.4, ranks[i].max() + 0.3, i - 0.4), row, names[i])
    axes.set_yticks(at, names)
    axes.set(ylim=(len(table) - 0.5, -0.5), xlim=(0.3, len(table) + 0.7))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="x")
    for label, disagree in zip(axes.get_yticklabels(), table["lenses_disagree"], strict=True):
        label.set_color(theme.ACCENT if disagree else theme.INK)
    marks.key(
        axes, [(say(lang, zh, en), {"marker": m, "color": c, "linestyle": ""}) for zh, en, m, c in _LENSES.values()]
    )
    return fig


def _lifts(ranks: np.ndarray) -> np.ndarray:
    """How far marks of one rank stand above and below their row, so that none hides another."""
    same = np.abs(ranks[:, :, None] - ranks[:, None, :]) < 0.25
    return 0.3 * (np.tril(same, -1).sum(axis=2) - (same.sum(axis=2) - 1) / 2)


def _joint_ranks(frame: pd.DataFrame, title: str | None, lang: str, context: dict[str, Any]) -> Figure:
    domains = [labels.domain(d, lang, b) for d, b in zip(frame["domain"], frame["codebook"], strict=True)]
    wide = frame.assign(label=domains).pivot_table(index="label", columns="region", values="joint_rank", aggfunc="min")
    wide = wide.loc[grids.by_size(-wide.median(axis=1), labels.rest(lang))]
    n = wide.shape[1]
    context.setdefault(
        "subtitle",
        say(
            lang,
            f"篇幅、力度、实质三种视角的综合名次（1 最先），空白为没有任务；{n} 个地区",
            f"Joint rank of space, strength and substance (1 first), blank: no task; {n} regions",
        ),
    )
    values = wide.to_numpy(dtype=float)
    texts = marks.texts(np.round(values), lambda v: f"{v:g}")
    limits = (1.0, float(np.nanmax(values)))
    rows = areas.keyed(frame.assign(label=domains), "label", "region")
    shades = theme.SEQUENTIAL.reversed()
    return grids.crossed(wide, texts, title, lang, context, shades, limits, ascending=True, opens=rows)[0]
