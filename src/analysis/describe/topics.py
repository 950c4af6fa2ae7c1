"""Sentences on topics: which there are, how far to trust them, whose they are, how they change."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.describe import base
from analysis.describe.base import domain, join, percent, say
from analysis.describe.said import cited

FORMULAIC = 1 / 3  # the share of formula from which a topic is said to be of it
_FACTS = {"topic", "label", "label_en", "share", "n_items", "weight", "low", "high"}
_STATES = {
    "rising": ("上升", "rising"),
    "fading": ("下降", "fading"),
    "new": ("新出现", "new"),
    "gone": ("消失", "gone"),
}
_KINDS = {"continued": ("延续", "continued"), "split": ("分出", "split"), "merged": ("合并", "merged")}


def _name(frame: pd.DataFrame, lang: str) -> str:
    """The column that names topics in a language."""
    return next(c for c in (["label"] if lang == "zh" else ["label_en", "label"]) + ["topic"] if c in frame.columns)


def _quoted(names: list[Any], lang: str) -> str:
    return join([f"“{name}”" for name in names], lang)


@base.sentence
def topics(frame: pd.DataFrame, lang: str = "zh", detail: bool = False, **_: Any) -> str:
    """How many topics there are, the largest, and in detail those that do not come back from other samples."""
    if "share" not in frame.columns:
        n = frame["topic"].nunique()
        return say(lang, f"共 {n} 个主题。", f"There are {n} topics.")
    name = _name(frame, lang)
    top = frame.sort_values("share", ascending=False, kind="stable").iloc[0]
    share = cited(percent(top["share"]), top)
    found = say(
        lang,
        f"{len(frame)} 个主题中最大的是“{top[name]}”，占条目的 {share}。",
        f"The largest of {len(frame)} topics is “{top[name]}”, with {share} of the items.",
    )
    if not detail or "is_stable" not in frame.columns:
        return found
    return found + _doubt(frame, name, lang) + _formulaic(frame, name, lang)


def _formulaic(frame: pd.DataFrame, name: str, lang: str) -> str:
    """Which topics are mostly what everybody writes."""
    if "formula" not in frame.columns:
        return ""
    own = frame.loc[frame["formula"].ge(FORMULAIC), name].tolist()
    if not own:
        return ""
    return say(
        lang,
        f"{_quoted(own, lang)}的文字有三分之一以上是各地通用的套话。",
        f" A third or more of the text of {_quoted(own, lang)} is formula that many places share.",
    )


def _doubt(frame: pd.DataFrame, name: str, lang: str) -> str:
    """Which topics do not come back from other starts and samples."""
    doubt = frame.loc[~frame["is_stable"].astype(bool), name].tolist()
    if not doubt:
        return say(
            lang, "换起点、换样本后，各主题都重新出现。", " All of them come back from other starts and samples."
        )
    return say(
        lang,
        f"其中 {len(doubt)} 个不稳定（图中灰色）：{_quoted(doubt, lang)}；换起点、换样本后，它们的条目大半散开，引用要谨慎。",
        f" {len(doubt)} of them {'are' if len(doubt) > 1 else 'is'} not stable (grey): {_quoted(doubt, lang)}; their items part in other samples, so quote "
        "them with care.",
    )


@base.sentence
def topic_choice(frame: pd.DataFrame, lang: str = "zh", detail: bool = False, **_: Any) -> str:
    """How many topics were chosen and how many of them come back; in detail why."""
    row = frame[frame["chosen"].astype(bool)].iloc[0]
    why = row[say(lang, "reason", "reason_en")]
    said = say(lang, f"{why}。", f"{why[0].upper()}{why[1:]}.")
    if not row["n_topics"]:
        return said
    n, stable = int(row["n_topics"]), int(row["n_stable"])
    found = say(
        lang,
        f"取 {n} 个主题，其中 {stable} 个换起点、换样本后仍重新出现。",
        f"{n} topics are taken; {stable} of them come back from other starts and samples.",
    )
    return found + say(lang, said, f" {said}") if detail else found


@base.sentence
def topic_shares(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, **_: Any) -> str:
    """A region's largest topic, or the topic that differs most between groups."""
    name, by = _name(frame, lang), base.group_column(frame, _FACTS)
    own = frame[frame[by].eq(region)] if region is not None else frame.iloc[:0]
    if frame[by].nunique() == 1:
        own, region = frame, str(frame[by].iloc[0])
    if len(own):
        top = own.loc[base.peak(own["share"].astype(float))]
        share = cited(percent(top["share"]), top)
        return say(
            lang,
            f"{region}最大的主题是“{top[name]}”（{share}）。",
            f"The largest topic of {region} is “{top[name]}” ({share}).",
        )
    wide = frame.pivot_table(index=name, columns=by, values="share", aggfunc="sum", fill_value=0.0)
    apart = base.peak(wide.max(axis=1) - wide.min(axis=1))
    high, low = base.peak(wide.loc[apart]), base.trough(wide.loc[apart])
    part = frame[frame[name].eq(apart)]
    ends = ((high, wide.loc[apart].max()), (low, wide.loc[apart].min()))
    most, least = (cited(percent(share), part[part[by].eq(group)]) for group, share in ends)
    return say(
        lang,
        f"各地差别最大的主题是“{apart}”：{high} {most}，{low} {least}。",
        f"The topic that differs most is “{apart}”: {high} {most}, {low} {least}.",
    )


@base.sentence
def topic_domains(frame: pd.DataFrame, lang: str = "zh", sector: str | None = None, **_: Any) -> str:
    """Which topic lies most within one domain of the codebook, and which runs across them."""
    name = _name(frame, lang)
    best = frame.sort_values(["topic", "share"], ascending=[True, False], kind="stable").drop_duplicates("topic")
    near, far = best.loc[base.peak(best["share"])], best.loc[base.trough(best["share"])]
    nearest, most, least = (
        domain(str(near["domain"]), lang, sector),
        *(cited(percent(row["share"]), row) for row in (near, far)),
    )
    found = say(
        lang,
        f"最贴近编码表的主题是“{near[name]}”：{most}的条目属于{nearest}",
        f"The topic nearest to the codebook is “{near[name]}”: {most} of its items are {nearest}",
    )
    if len(best) < 2:
        return found + say(lang, "。", ".")
    return found + say(
        lang,
        f"；最跨领域的是“{far[name]}”，最多的领域只占{least}。",
        f"; the one that runs across domains is “{far[name]}”, its largest has {least}.",
    )


@base.sentence
def topic_trends(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """Which topics take surely more or less of the last year's items than of the year before."""
    name, last = _name(frame, lang), frame["plan_year"].max()
    now = frame[frame["plan_year"].eq(last)]
    parts = []
    for state, (zh, en) in _STATES.items():
        own = now[now["state"].eq(state)]
        if len(own):
            names = _quoted(own.loc[own["change"].abs().sort_values(ascending=False).index, name].tolist(), lang)
            parts.append(say(lang, f"{zh}的是{names}", f"{en}: {names}"))
    if not parts:
        return say(
            lang,
            f"{last} 年各主题的占比与上一年相比没有超出区间的变化。",
            f"No topic's share of {last} lies outside the interval of the year before.",
        )
    return say(lang, f"{last} 年{'；'.join(parts)}。", f"In {last} {'; '.join(parts)}.")


@base.sentence
def evolution(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """What became of the topics of the year before the last, and which are new."""
    years = sorted(frame["plan_year"].unique())
    before, now = frame[frame["plan_year"].eq(years[-2])], frame[frame["plan_year"].eq(years[-1])]
    counts = [(int(before["fate"].eq(kind).sum()), words) for kind, words in _KINDS.items()]
    told = [say(lang, f"{n} 个{zh}", f"{n} {en}") for n, (zh, en) in counts if n]
    gone, new = before.loc[before["fate"].eq("gone"), "label"], now.loc[now["origin"].eq("new"), "label"]
    if len(gone):
        told.append(say(lang, f"{len(gone)} 个不再成题（{'；'.join(gone)}）", f"{len(gone)} ended ({'; '.join(gone)})"))
    found = say(
        lang,
        f"{years[-2]} 年的 {len(before)} 个主题到 {years[-1]} 年：{'，'.join(told)}",
        f"Of {len(before)} topics of {years[-2]}, by {years[-1]}: {', '.join(told)}",
    )
    if new.empty:
        return found + say(lang, "；没有新主题。", "; none is new.")
    return found + say(lang, f"；新出现 {len(new)} 个（{'；'.join(new)}）。", f"; {len(new)} new ({'; '.join(new)}).")


@base.sentence
def topic_map(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """What stands on the map and how to read it."""
    n = frame["topic"].nunique()
    return say(
        lang,
        f"{len(frame)} 个条目、{n} 个主题：离得近的条目说的事相近。",
        f"{len(frame)} items in {n} topics: items that stand near speak of like things.",
    )
