"""Sentences on promises, likeness and reuse."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.describe import base
from analysis.describe.base import percent, say

MANY = 10  # promises from which a domain's shares are told
_HELD = ("repeated", "kept", "raised", "lowered")


@base.sentence
def ledger(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, detail: bool = False, **_: Any) -> str:
    """What became of the promises that later documents could answer; the detail says how surely silence was found."""
    own = frame[frame["region"].eq(region)] if region is not None else frame
    if own.empty:
        return base.why("no_region", lang)
    answered = own[own["outcome"].ne("unanswered")]
    subject = region or say(lang, "各地", "The places")
    if answered.empty:
        return say(
            lang,
            f"{subject}的 {len(own)} 项承诺尚无后续文件可核对。",
            f"No later document answers the {len(own)} promises of {subject}.",
        )
    counts = answered["outcome"].value_counts()
    done, missed, dropped = (int(counts.get(k, 0)) for k in ("reported done", "reported missed", "dropped"))
    held, named = sum(int(counts.get(k, 0)) for k in _HELD), int(counts.get("named", 0))
    only = (
        say(lang, f"{named} 项仅被提及、没有可比的数字，", f"{named} only named without a number to compare, ")
        if named
        else ""
    )
    first = say(
        lang,
        f"{subject}可核对的 {len(answered)} 项承诺中，{done} 项报告完成，{missed} 项未完成，{held} 项继续写入，{only}{dropped} 项未再提及。",
        f"Of {len(answered)} promises of {subject} that can be checked {done} are reported done, {missed} missed, {held} "
        f"carried on{', ' + only.rstrip(', ') if only else ''} and {dropped} dropped.",
    )
    return first + (" " if lang == "en" else "") + _silence(answered, lang) if detail and dropped else first


def _silence(answered: pd.DataFrame, lang: str) -> str:
    """Of what kind the dropped promises are: silence about an indicator of the codebook says more than about a name."""
    dropped = answered[answered["outcome"].eq("dropped")].reindex(columns=["promise", "indicator_id"])
    known, tasks = int(dropped["indicator_id"].notna().sum()), int(dropped["promise"].eq("task").sum())
    named = len(dropped) - known - tasks
    return say(
        lang,
        f"未再提及的 {len(dropped)} 项中，{known} 项是编码表内的指标，{named} 项只能按名称查找，{tasks} 项是没有数字的任务；后两类可能换了说法。",
        f"Of the {len(dropped)} dropped {known} are indicators of the codebook, {named} could only be looked for by name and "
        f"{tasks} are tasks without a number; the latter two may have been put in other words.",
    )


@base.sentence
def outcomes(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """In which domains most promises are reported done, and in which most are dropped (of those with ten at least)."""
    answered = frame[frame["outcome"].ne("unanswered") & frame["domain"].notna()]
    wide = answered.pivot_table(index="domain", columns="outcome", values="n", aggfunc="sum", fill_value=0)
    wide = wide.reindex(columns=["reported done", "dropped"], fill_value=0).assign(n=wide.sum(axis=1))
    many = wide[wide["n"].ge(MANY) & ~wide.index.isin(base.REST)]
    if many.empty:
        return say(lang, f"各领域可核对的承诺都不足 {MANY} 项。", f"No domain has {MANY} promises that can be checked.")
    best, worst = ((many[k] / many["n"]) for k in ("reported done", "dropped"))
    sector = frame["sector"].iloc[0] if "sector" in frame else None
    top, low = base.peak(best), base.peak(worst)
    done, gone = (base.domain(str(code), lang, sector) for code in (top, low))
    return say(
        lang,
        f"报告完成的比例最高的是{done}（{percent(best[top])}），未再提及最多的是{gone}（{percent(worst[low])}）。",
        f"Most promises are reported done in {done} ({percent(best[top])}), most are dropped in "
        f"{gone} ({percent(worst[low])}).",
    )


@base.sentence
def moves(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """How many targets were raised, kept and lowered, and how many were met."""
    again = frame["renewal"].value_counts()
    raised, lowered = int(again.get("raised", 0)), int(again.get("lowered", 0))
    same = int(again.get("kept", 0) + again.get("repeated", 0))
    judged = frame[frame["reported"].notna()]
    met = int(judged["outcome"].eq("reported done").sum())
    return say(
        lang,
        f"再次提出的 {raised + lowered + same} 个目标中，{raised} 个提高，{same} 个不变，{lowered} 个降低；报告了结果的 {len(judged)} 个中，{met} 个达到。",
        f"Of {raised + lowered + same} targets set again {raised} were raised, {same} kept and {lowered} lowered; of "
        f"{len(judged)} with a reported result {met} were met.",
    )


@base.sentence
def streaks(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """How many promises are made again year after year, and which for longest."""
    top = frame.iloc[0]
    thing = top["indicator"] if pd.notna(top["indicator"]) else top["sentence"]
    return say(
        lang,
        f"{len(frame)} 项承诺连续三年以上原样提出，最久的是{top['region']}的“{thing}”（{int(top['n_years'])} 年）。",
        f"{len(frame)} promises were made unchanged three years running or more, the longest in {top['region']}: "
        f"{thing} ({int(top['n_years'])} years).",
    )


@base.sentence
def likeness(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, **_: Any) -> str:
    """Which two plans are most alike once the formulae are taken out."""
    own = frame
    if region is not None:
        own = frame[frame["region"].eq(region) | frame["other_region"].eq(region)]
    if own.empty:
        return base.why("no_region", lang)
    top = own.loc[base.peak(own["substance"].astype(float))]
    names = [
        f"{top[r]}{'' if pd.isna(top[y]) else int(top[y])}"
        for r, y in (("region", "year"), ("other_region", "other_year"))
    ]
    share, median = percent(top["substance"]), percent(own["substance"].median())
    return say(
        lang,
        f"除去套话，最相像的是{names[0]}与{names[1]}（共有 {share}，中位数 {median}）。",
        f"Without the formulae {names[0]} and {names[1]} are most alike ({share} shared, median {median}).",
    )


@base.sentence
def reuse(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """How many passages are shared, and who shares the longest."""
    top = frame.loc[base.peak(frame["n_own" if "n_own" in frame else "n_chars"].astype(float))]
    pairs = frame[["plan_id", "other_plan_id"]].drop_duplicates()
    return say(
        lang,
        f"{len(pairs)} 对文件共有 {len(frame)} 段相同文字，最长的 {int(top['n_chars'])} 字，见于{top['region']}和{top['other_region']}。",
        f"{len(pairs)} pairs of documents share {len(frame)} passages, the longest of {int(top['n_chars'])} characters, "
        f"in {top['region']} and {top['other_region']}.",
    )


@base.sentence
def flows(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, **_: Any) -> str:
    """Whose text is taken most, and by how many places."""
    own = frame if region is None else frame[frame["region"].eq(region) | frame["source_region"].eq(region)]
    if own.empty:
        return base.why("no_region", lang)
    given = own.groupby("source_region").agg(n=("n_chars", "sum"), places=("region", "nunique"))
    top = base.peak(given["n"])
    n, places = int(given.loc[top, "n"]), int(given.loc[top, "places"])
    return say(
        lang,
        f"被沿用最多的是{top}：{n} 字见于 {places} 个地区后来的文件；先后以年份、日期和层级推断，不等于抄袭。",
        f"Most is taken up from {top}: {n} characters in later documents of {places} places; the order is inferred from "
        "year, date and level and proves no copying.",
    )


@base.sentence
def phrases(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """How many formulae were learnt, and the most spread of them."""
    top = frame.iloc[0]
    return say(
        lang,
        f"从这些文件学到 {len(frame)} 句套话，流传最广的是“{top['phrase']}”（{int(top['n_places'])} 个地区）。",
        f"{len(frame)} formulae were learnt from these documents; the most spread is “{top['phrase']}” "
        f"({int(top['n_places'])} places).",
    )
