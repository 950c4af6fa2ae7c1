"""Figures of topics: their terms, how many there are and why, whose they are."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, PercentFormatter

from analysis.draw import areas, grids, labels, marks, theme, wrapping
from analysis.draw.labels import say
from analysis.draw.theme import Figure

_FACTS = {"topic", "label", "label_en", "share", "n_items", "weight", "low", "high", "total"}


def names(frame: pd.DataFrame, lang: str) -> pd.Series:
    """For each row its topic's name in a language, its number where it has none."""
    for column in ["label"] if lang == "zh" else ["label_en", "label"]:
        if column in frame.columns:
            return frame[column].astype(str)
    return frame["topic"].map(lambda topic: say(lang, f"主题 {topic}", f"Topic {topic}"))


def short(frame: pd.DataFrame, lang: str) -> pd.Series:
    """For each row the part of its topic's name before the colon, the domain, where no other topic has the same."""
    full = names(frame, lang)
    heads = full.str.split(r"[：:]", n=1).str[0]
    several = heads.map(pd.DataFrame({"head": heads, "full": full}).groupby("head")["full"].nunique()) > 1
    return full.where(several, heads)


def _broken(name: str, ems: float) -> str:
    """A name on two lines at its colon where it is too long for one."""
    if wrapping.width(name) <= ems:
        return name
    return "\n".join(wrapping.wrap(part.strip(), ems) for part in re.split(r"(?<=[：:])", name, maxsplit=1))


@marks.drawing
def topics(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """The words of each topic: small bars a topic where the frame holds `term` and `weight`, else a list of terms.

    Topics that do not come back from other samples are grey.
    """
    if {"term", "weight"} <= set(frame.columns):
        return _words(frame, title, lang, context)
    table = frame.sort_values("share", ascending=False, kind="stable")
    stable = table["is_stable"].astype(bool) if "is_stable" in table.columns else pd.Series(True, index=table.index)
    context.setdefault(
        "subtitle",
        say(lang, "主题占条目的份额（%）与代表词", "Share of items by topic (%) and its terms")
        + ("" if stable.all() else say(lang, "；灰：不稳定", "; grey: not stable")),
    )
    heads = [_broken(name, 13 if lang == "zh" else 17) for name in names(table, lang)]
    lines = [wrapping.wrap(wrapping.shorten(_terms(t), 62), 32) for t in table["terms"]]
    tall = [0.19 * max(h.count("\n"), t.count("\n")) + 0.3 for h, t in zip(heads, lines, strict=True)]
    fig, axes = theme.figure(7.6, sum(tall) + 0.15, title, **context)
    at = np.cumsum(tall) - np.array(tall) / 2
    shares = table["share"].to_numpy(dtype=float)
    axes.barh(at, shares, height=0.2, color=np.where(stable, theme.SUBJECT, theme.GREY))
    reach = float(shares.max()) or 1.0
    for y, row, head in zip(at, table.to_dict("records"), heads, strict=True):
        name = areas.called(head, f"{100 * row['share']:.1f}%")
        areas.opens(axes, (0, y + 0.12, row["share"] + 0.2 * reach, y - 0.12), row, name)
    for y, share, terms in zip(at, shares, lines, strict=True):
        axes.text(share + 0.02 * reach, y, f"{100 * share:.1f}", va="center", fontsize=9)
        axes.text(1.28 * reach, y, terms, va="center", fontsize=8.5, color=theme.MUTED, linespacing=1.2)
    axes.set_yticks(at, heads)
    axes.set(ylim=(sum(tall), 0), xlim=(0, 4.0 * reach))
    axes.xaxis.set_visible(False)
    axes.spines[["bottom", "left"]].set_visible(False)
    return fig


def _terms(terms: Any) -> str:
    return terms if isinstance(terms, str) else "、".join(map(str, terms))


def _words(frame: pd.DataFrame, title: str | None, lang: str, context: dict[str, Any], n: int = 8) -> Figure:
    codes = list(dict.fromkeys(frame["topic"]))
    across = min(4, len(codes))
    down = -(-len(codes) // across)
    context.setdefault("subtitle", say(lang, "各主题权重最大的词", "The weightiest terms of each topic"))
    fig = theme.canvas(7.6, 2.25 * down, title, **context)
    heads = names(frame.drop_duplicates("topic").set_index("topic").assign(topic=codes), lang)
    for at, code in enumerate(codes):
        axes = fig.add_subplot(down, across, at + 1)
        axes.tick_params(labelfontfamily=theme.FAMILY)
        part = frame[frame["topic"].eq(code)].nlargest(n, "weight", keep="first")
        marks.bars(axes, list(part["term"]), list(part["weight"]), theme.SUBJECT)
        axes.set_title(wrapping.even(heads[code], 8), fontsize=9, loc="left", fontweight="bold")
    return fig


_CURVES = {
    "stability": ("稳定性（± 标准误）", "Stability (± standard error)"),
    "coherence": ("一致性 c_v（± 标准误）", "Coherence c_v (± standard error)"),
    "gain": ("留出词的预测（比特/词）", "Left-out words (bits a word)"),
}


@marks.drawing
def topic_choice(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """What speaks for each number of topics: stability, coherence, left-out words; the chosen number stands out."""
    table = frame.sort_values("n_topics", kind="stable")
    context.setdefault(
        "subtitle",
        say(lang, "横轴为主题数；橙色为选定的数目", "By number of topics; the one chosen in orange"),
    )
    shown = [c for c in _CURVES if table[c].notna().any()]
    if not shown:
        return marks.silent("no_rows", title, lang, **context)
    fig = theme.canvas(7.6, 2.1, title, **context)
    for at, column in enumerate(shown):
        axes = fig.add_subplot(1, len(shown), at + 1)
        _curve(axes, table, column)
        axes.set_title(say(lang, *_CURVES[column]), fontsize=9, loc="left", color=theme.MUTED)
    return fig


def _curve(axes: Axes, table: pd.DataFrame, column: str) -> None:
    x, y = table["n_topics"].to_numpy(dtype=float), table[column].to_numpy(dtype=float)
    chosen = table["chosen"].to_numpy(dtype=bool)
    axes.plot(x, y, color=theme.SUBJECT, linewidth=1.5, marker="o", markersize=3.5)
    if f"{column}_se" in table.columns:
        spread = table[f"{column}_se"].to_numpy(dtype=float)
        axes.fill_between(x, y - spread, y + spread, color=theme.SUBJECT, alpha=0.15, linewidth=0)
    axes.scatter(x[chosen], y[chosen], color=theme.ACCENT, s=42, zorder=3)
    for k, value in zip(x[chosen], y[chosen], strict=True):
        label = axes.annotate(
            f"{k:.0f}: {value:.2f}", (k, value), (0, 8), textcoords="offset points", ha="center", fontsize=9,
            color=theme.ACCENT,
        )  # fmt: skip
        label.set_path_effects([patheffects.withStroke(linewidth=2.5, foreground="white")])
    axes.margins(y=0.25)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    axes.tick_params(labelfontfamily=theme.FAMILY)
    axes.grid(axis="y")


@marks.drawing
def topic_shares(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Topic × group as a heat map of shares (%), starred where the interval does not hold the share in all groups.

    With a `region` in the context, or one group only: bars of its shares with intervals, a tick for all groups.
    """
    by = next(c for c in frame.columns if c not in _FACTS)
    named = frame.assign(name=short(frame, lang), total=_total(frame))
    subject = context.get("region") if named[by].nunique() > 1 else named[by].iloc[0]
    if subject is not None and named[by].eq(subject).any() and "low" in named.columns:
        return _own(named[named[by].eq(subject)], title, lang, context, alone=named[by].nunique() == 1)
    stars = _apart(named).map({True: "*", False: ""})
    named = named.assign(
        text=[f"{100 * s:.0f}{star}" if s >= 0.005 else "" for s, star in zip(named["share"], stars, strict=True)]
    )
    wide = named.pivot_table(index="name", columns=by, values="share", aggfunc="sum", fill_value=0.0)
    wide = wide.loc[wide.mean(axis=1).sort_values(ascending=False, kind="stable").index]
    texts = named.pivot_table(index="name", columns=by, values="text", aggfunc="first").reindex(index=wide.index)
    context.setdefault(
        "subtitle",
        say(lang, "各主题占条目的份额（%）", "Share of items by topic (%)")
        + (
            say(lang, "；*：95% 区间不含总体份额", "; *: the 95% interval does not hold the share in all")
            if stars.any()
            else ""
        ),
    )
    rows = areas.keyed(named, "name", by)
    return grids.crossed(100 * wide, texts.fillna("").to_numpy(dtype=object), title, lang, context, opens=rows)[0]


def _total(frame: pd.DataFrame) -> pd.Series:
    """For each row its topic's share in all groups; by items where they are counted."""
    if "n_items" not in frame.columns:
        return frame.groupby("topic")["share"].transform("mean")
    return frame.groupby("topic")["n_items"].transform("sum") / max(int(frame["n_items"].sum()), 1)


def _apart(frame: pd.DataFrame) -> pd.Series:
    if not {"low", "high"} <= set(frame.columns):
        return pd.Series(False, index=frame.index)
    return (frame["low"] > frame["total"]) | (frame["high"] < frame["total"])


def _own(own: pd.DataFrame, title: str | None, lang: str, context: dict[str, Any], alone: bool) -> Figure:
    table = own.sort_values("share", ascending=False, kind="stable")
    context.setdefault(
        "subtitle",
        say(lang, "占条目的份额（%）；细线：95% 区间", "Share of items (%); thin line: 95% interval")
        + ("" if alone else say(lang, "；橙：全部地区", "; orange: all regions")),
    )
    heads = [_broken(name, 13 if lang == "zh" else 17) for name in table["name"]]
    lines = max(head.count("\n") + 1 for head in heads)
    fig, axes = theme.figure(7.6, (0.3 if lines == 1 else 0.19 * lines + 0.06) * len(table) + 0.3, title, **context)
    marks.bars(
        axes, heads, list(table["share"]), theme.SUBJECT, [f"{100 * s:.1f}" for s in table["share"]],
        (list(table["low"]), list(table["high"])), None if alone else list(table["total"]), table.to_dict("records"),
    )  # fmt: skip
    return fig


@marks.drawing
def topic_domains(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """Topic × codebook domain as a heat map: the parts of a topic's items (%), each topic's largest domain in order."""
    sector = context.get("sector")
    named = frame.assign(name=short(frame, lang), head=[labels.domain(d, lang, sector) for d in frame["domain"]])
    wide = named.pivot_table(index="name", columns="head", values="share", aggfunc="sum", fill_value=0.0)
    wide = wide.reindex(list(dict.fromkeys(named["name"])))
    order = dict.fromkeys(wide.idxmax(axis=1)) | dict.fromkeys(
        wide.mean().sort_values(ascending=False, kind="stable").index
    )
    wide = wide[sorted(order, key=lambda head: head in labels.rest(lang))]
    context.setdefault("subtitle", say(lang, "每个主题的条目属于哪些领域（%）", "Domains of each topic's items (%)"))
    rows = [_broken(name, 13 if lang == "zh" else 17) for name in wide.index]
    columns = list(wide.columns)
    margin = max(wrapping.width(line) for row in rows for line in row.split("\n")) * 9.5 / 72 + 0.3
    cell = min((grids.WIDTH - margin) / len(columns), 0.9)
    lines = max(row.count("\n") + 1 for row in rows)
    tall = (0.26 if lines == 1 else 0.17 * lines + 0.06) * len(rows) + marks.head_height(columns, cell)
    fig, axes = theme.figure(grids.WIDTH, tall, title, **context)
    shares = 100 * wide.to_numpy(dtype=float)
    told = marks.texts(shares, lambda v: f"{v:.0f}" if v >= 2.5 else "")
    areas.cells(axes, wide, told, areas.keyed(named, "name", "head"))
    texts, size = grids.fitted(told, cell)
    marks.heat(axes, shares, rows, columns, texts, limits=(0, 100), fontsize=size)
    marks.heads(axes, columns, cell)
    return fig


@marks.drawing
def topic_trends(frame: pd.DataFrame, title: str | None = None, lang: str = "zh", **context: Any) -> Figure:
    """The share of each topic from year to year with its interval, a panel a topic; those that surely changed stand out."""
    codes = list(dict.fromkeys(frame.sort_values("share", ascending=False, kind="stable")["topic"]))
    across, down = 4, -(-len(codes) // 4)
    context.setdefault(
        "subtitle",
        say(
            lang,
            "占当年条目的份额与 95% 区间；橙：与上一年的区间不相交",
            "Share of the year's items with 95% intervals; orange: apart from the year before",
        ),
    )
    fig = theme.canvas(7.6, 1.75 * down, title, **context)
    top = float(frame["high"].max()) * 1.05
    heads = dict(zip(frame["topic"], short(frame, lang), strict=True))
    for at, code in enumerate(codes):
        own = frame[frame["topic"].eq(code)].sort_values("plan_year")
        axes = fig.add_subplot(down, across, at + 1)
        is_apart = own["state"].iloc[-1] in ("rising", "fading", "new", "gone")
        years, colour = own["plan_year"].astype(int).to_numpy(), theme.ACCENT if is_apart else theme.SUBJECT
        axes.fill_between(years, own["low"], own["high"], color=colour, alpha=0.16, linewidth=0)
        axes.plot(years, own["share"], color=colour, marker="o", markersize=3, linewidth=1.4)
        for row in own.to_dict("records"):
            x, y, name = int(row["plan_year"]), row["share"], f"{heads[code]} · {int(row['plan_year'])}"
            areas.opens(axes, (x, y, x, y), row, areas.called(name, f"{100 * y:.0f}%"))
        axes.set(ylim=(0, top), xlim=(years.min() - 0.3, years.max() + 0.3))
        axes.set_xticks(years[:: max(1, -(-len(years) // 4))])
        axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        axes.yaxis.set_major_locator(MaxNLocator(3))
        axes.tick_params(labelfontfamily=theme.FAMILY, labelsize=8)
        axes.set_title(_broken(heads[code], 11), fontsize=8.5, loc="left")
        if at % across:
            axes.set_yticklabels([])
    return fig
