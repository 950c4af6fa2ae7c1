"""Sentences on the attention that places give to domains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis import numerals
from analysis.describe import base
from analysis.describe.base import domain, join, percent, say
from analysis.describe.said import cited

_LABELS = {"codebook", "domain", "n_items", "n_chars", "share", "low", "high"}


@base.sentence
def emphasis(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, detail: bool = False, **_: Any) -> str:
    """What a region (or the only group) writes most about, or what all groups do and where they differ most."""
    by = base.group_column(frame, _LABELS)
    frame = frame.assign(**{by: [base.group(by, value, lang) for value in frame[by]]})
    groups = sorted(frame[by].unique())
    if region is None and len(groups) > 1:
        return _many(frame, by, lang)
    subject = region if region is not None else groups[0]
    own = frame[frame[by].eq(subject)]
    if own.empty:
        return base.why("no_region", lang)
    first = _first(own, str(subject), lang)
    return first + _beside(frame, by, subject, lang) if detail else first


emphasis_bars = emphasis


def _first(own: pd.DataFrame, subject: str, lang: str) -> str:
    spoken = own[own["share"].gt(0)].sort_values("share", ascending=False, kind="stable")
    known = spoken[~spoken["domain"].isin(base.REST)]
    top = (known if len(known) else spoken).head(3)
    named = [f"{domain(r.domain, lang, r.codebook)}{_in(cited(percent(r.share), r), lang)}" for r in base.rows(top)]
    return say(lang, f"{subject}着墨最多的是{join(named, lang)}。", f"{subject} writes most about {join(named, lang)}.")


def _in(text: str, lang: str) -> str:
    return say(lang, f"（{text}）", f" ({text})")


def _many(frame: pd.DataFrame, by: str, lang: str) -> str:
    known = frame[~frame["domain"].isin(base.REST)]
    shares = (known if len(known) else frame).groupby(["codebook", "domain"])["share"]
    mean, spread = shares.mean(), shares.max() - shares.min()
    book, top = base.peak(mean)
    book2, apart = base.peak(spread)
    part = frame[frame["domain"].eq(apart) & frame["codebook"].eq(book2)].set_index(by)
    high, low = (at(part["share"]) for at in (base.peak, base.trough))
    most, they = domain(top, lang, book), f"{frame[by].nunique()} {base.kind(by, lang)}"
    ends = say(lang, "，", ", ").join(
        f"{end} {cited(percent(part.loc[end, 'share']), part.loc[end])}" for end in (high, low)
    )
    average = cited(percent(mean.max()), frame[frame["domain"].eq(top) & frame["codebook"].eq(book)])
    if (top, book) == (apart, book2):
        return say(
            lang,
            f"{they}着墨最多、差别也最大的是{most}（平均 {average}；{ends}）。",
            f"The {they} write most about {most} (mean {average}) and differ most in it ({ends}).",
        )
    return say(
        lang,
        f"{they}着墨最多的是{most}（平均 {average}），差别最大的是{domain(apart, lang, book2)}（{ends}）。",
        f"The {they} write most about {most} (mean {average}) and differ most in "
        f"{domain(apart, lang, book2)} ({ends}).",
    )


def _beside(frame: pd.DataFrame, by: str, subject: Any, lang: str) -> str:
    others = frame[frame[by].ne(subject)]
    if others.empty:
        return ""
    mine = frame[frame[by].eq(subject)]
    own = mine.set_index(["codebook", "domain"])["share"]
    distance = (own - others.groupby(["codebook", "domain"])["share"].median()).dropna()
    distance = distance[~distance.index.get_level_values("domain").isin(base.REST)]
    if distance.empty:
        return ""
    told = _more_and_less(distance, mine, others, lang)
    if not told:
        return ""
    n = others[by].nunique()
    return say(
        lang,
        f"与其余 {n} 地的中位数相比，{'，'.join(told)}。",
        f" Against the median of {n} others it gives {' and '.join(told)}.",
    )


def _more_and_less(distance: pd.Series, mine: pd.DataFrame, others: pd.DataFrame, lang: str) -> list[str]:
    """Of which domain a group writes more than the others by most, and of which less."""
    told: list[str] = []
    for (book, code), size in ((base.peak(distance), distance.max()), (base.trough(distance), distance.min())):
        both = pd.concat([table[table["domain"].eq(code) & table["codebook"].eq(book)] for table in (mine, others)])
        label, points = domain(code, lang, book), cited(percent(abs(size))[:-1], both)
        if size > 0 and not told:
            told.append(say(lang, f"{label}多 {points} 个百分点", f"{points} points more to {label}"))
        elif size < 0:
            told.append(say(lang, f"{label}少 {points} 个百分点", f"{points} points less to {label}"))
    return told


@base.sentence
def radar(
    frame: pd.DataFrame, lang: str = "zh", region: str | None = None, regions: Sequence[str] = (), **_: Any
) -> str:
    """In what a region differs most from a few others (`regions`, else all); without a region what all write."""
    by = base.group_column(frame, _LABELS)
    named = [name for name in regions if name != region and name in set(frame[by])]
    others = frame[frame[by].isin(named)] if named else frame[frame[by].ne(region)]
    mine = frame[frame[by].eq(region)] if region is not None else frame.iloc[:0]
    if mine.empty or others.empty:
        return emphasis(frame, lang, region=region)
    keys = ["codebook", "domain"]
    distance = (mine.set_index(keys)["share"] - others.groupby(keys)["share"].median()).dropna()
    distance = distance[~distance.index.get_level_values("domain").isin(base.REST)]
    told = _more_and_less(distance, mine, others, lang) if len(distance) else []
    if not told:
        return emphasis(frame, lang, region=region)
    n = others[by].nunique()
    whom = join(named, lang) if 0 < len(named) <= 3 else say(lang, f"其余 {n} 地", f"{n} others")
    of = say(lang, "的中位数" if n > 1 else "", "the median of " if n > 1 else "")
    return say(
        lang,
        f"与{whom}{of}相比，{region}的{'，'.join(told)}。",
        f"{region} gives {' and '.join(told)} than {of}{whom}.",
    )


def measure(frame: pd.DataFrame, lang: str = "zh") -> str:
    """What a share of one domain measures, as maps name it; empty without rows."""
    if frame.empty:
        return ""
    label = domain(frame["domain"].iloc[0], lang, frame["codebook"].iloc[0])
    return say(lang, f"{label}所占篇幅", f"Share of text on {label}")


@base.sentence
def specialisation(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, **_: Any) -> str:
    """The domain in which a region (or any) stands out most by its location quotient."""
    by = base.group_column(frame, {*_LABELS, "total_share", "quotient", "symmetric"})
    own = frame if region is None else frame[frame[by].eq(region)]
    own = own[own["share"].ge(0.03) & ~own["domain"].isin(base.REST)].dropna(subset=["quotient"])
    if own.empty:
        return base.why("no_rows", lang)
    written = frame[frame["share"].gt(0)].groupby("domain")[by].nunique()
    common = (
        own["domain"].map(written).ge(max(2, frame[by].nunique() / 4))
    )  # where one writes alone there is no contest
    own = own[common] if common.any() else own
    top = own.loc[base.peak(own["quotient"].astype(float))]
    label = domain(top["domain"], lang, top["codebook"])
    times = cited(numerals.printed(round(float(top["quotient"]), 1)), top)
    return say(
        lang,
        f"最突出的专长是{top[by]}的{label}，份额为总体的 {times} 倍。",
        f"{top[by]} stands out most in {label}: {times} times everybody's share.",
    )


@base.sentence
def focus(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """Which group is the most focused and which the most even."""
    by = base.group_column(frame, {"codebook", "entropy", "evenness", "herfindahl", "n_domains", "top", "top_share"})
    ordered = frame.sort_values("evenness", kind="stable")
    least, most = ordered.iloc[0], ordered.iloc[-1]
    label, share = domain(least["top"], lang, least["codebook"]), cited(percent(least["top_share"]), least)
    if len(ordered) == 1:
        even = numerals.printed(round(float(least["evenness"]), 2))
        return say(
            lang,
            f"{least[by]}的均匀度为 {even}，篇幅最大的是{label}（{share}）。",
            f"{least[by]} has an evenness of {even}; its largest domain is {label} ({share}).",
        )
    return say(
        lang,
        f"重点最集中的是{least[by]}（{label}占 {share}），最均匀的是{most[by]}。",
        f"{least[by]} is the most focused ({label} takes {share}), {most[by]} the most even.",
    )
