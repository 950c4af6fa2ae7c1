"""Sentences on promises, likeness and reuse."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.describe import base
from analysis.describe.base import percent, say
from analysis.describe.said import cited

MANY = 10  # promises from which a domain's shares are told
_SILENT = ("dropped", "unreported", "not found")
_FATES = {
    ("reported done",): ("报告完成", "are reported done"),
    ("reported missed",): ("报告未完成", "missed"),
    ("repeated", "kept", "raised", "lowered"): ("继续写入", "carried on"),
    ("named",): ("仅被提及、没有可比的数字", "named without a number to compare"),
    ("dropped",): ("不再写入", "dropped"),
    ("unreported",): ("未见结果", "without a reported result"),
    ("not found",): ("未找到下文", "not found again"),
}
_ALWAYS = 3  # the first of them are told of none, too
_MEANT = (
    "不再写入：可以年年提出，下一份同类文件全文却没有相近的话；未见结果：当年的报告全文没有相近的话；"
    "未找到下文：有相近的话而不能确定，或后来的文件残缺、不是同类。",
    " Dropped: it could be promised every year, and the next document of the same kind has nothing like it. Without a "
    "reported result: the year's report has nothing like it. Not found again: something like it is said, or the later "
    "documents are incomplete or of another kind.",
)


@base.sentence
def ledger(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, detail: bool = False, **_: Any) -> str:
    """What became of the promises that later documents could answer; the detail says what the kinds of silence mean."""
    own = frame[frame["region"].eq(region)] if region is not None else frame
    if own.empty:
        return base.why("no_region", lang)
    answered = own[own["outcome"].ne("unanswered")]
    subject = region or say(lang, "各地", "the places")
    if answered.empty:
        return say(
            lang,
            f"{subject}的 {cited(len(own), own)} 项承诺尚无后续文件可核对。",
            f"No later document answers the {cited(len(own), own)} promises of {subject}.",
        )
    n, told = cited(len(answered), answered), _fates(answered, lang)
    first = say(
        lang,
        f"{subject}可核对的 {n} 项承诺中，{'，'.join(told)}。",
        f"Of {n} promises of {subject} that can be checked {', '.join(told[:-1])} and {told[-1]}.",
    )
    is_silent = answered["outcome"].isin(_SILENT).any()
    return first + say(lang, *_MEANT) if detail and is_silent else first


def _fates(answered: pd.DataFrame, lang: str) -> list[str]:
    """How many promises are reported done, missed, carried on, and so on; of silence only the kinds that there are."""
    parts = [(answered[answered["outcome"].isin(kinds)], words) for kinds, words in _FATES.items()]
    shown = [(cited(len(part), part), words) for i, (part, words) in enumerate(parts) if len(part) or i < _ALWAYS]
    return [say(lang, f"{n} 项{zh}", f"{n} {en}") for n, (zh, en) in shown]


@base.sentence
def outcomes(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """In which domains most promises are reported done, and in which most are left without a word (of ten at least)."""
    answered = frame[frame["outcome"].ne("unanswered") & frame["domain"].notna()]
    wide = answered.pivot_table(index="domain", columns="outcome", values="n", aggfunc="sum", fill_value=0)
    silent = wide.reindex(columns=list(_SILENT), fill_value=0).sum(axis=1)
    wide = wide.reindex(columns=["reported done"], fill_value=0).assign(silent=silent, n=wide.sum(axis=1))
    many = wide[wide["n"].ge(MANY) & ~wide.index.isin(base.REST)]
    if many.empty:
        return say(lang, f"各领域可核对的承诺都不足 {MANY} 项。", f"No domain has {MANY} promises that can be checked.")
    best, worst = ((many[k] / many["n"]) for k in ("reported done", "silent"))
    sector = frame["sector"].iloc[0] if "sector" in frame else None
    top, low = base.peak(best), base.peak(worst)
    done, gone = (base.domain(str(code), lang, sector) for code in (top, low))
    part = answered.set_index(["domain", "outcome"])
    high = cited(percent(best[top]), part[part.index.isin([(top, "reported done")])])
    lost = cited(percent(worst[low]), part[part.index.isin([(low, kind) for kind in _SILENT])])
    return say(
        lang,
        f"报告完成的比例最高的是{done}（{high}），没有下文的比例最高的是{gone}（{lost}）。",
        f"Most promises are reported done in {done} ({high}), most are left without a word in {gone} ({lost}).",
    )


@base.sentence
def moves(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """How many targets were raised, kept and lowered, and how many were met."""
    kinds = (("raised",), ("lowered",), ("kept", "repeated"), ("raised", "lowered", "kept", "repeated"))
    again = [frame[frame["renewal"].isin(kind)] for kind in kinds]
    raised, lowered, same, every = (cited(len(part), part) for part in again)
    judged = frame[frame["reported"].notna()]
    done = judged[judged["outcome"].eq("reported done")]
    told, met = cited(len(judged), judged), cited(len(done), done)
    return say(
        lang,
        f"再次提出的 {every} 个目标中，{raised} 个提高，{same} 个不变，{lowered} 个降低；报告了结果的 {told} 个中，{met} 个达到。",
        f"Of {every} targets set again {raised} were raised, {same} kept and {lowered} lowered; of "
        f"{told} with a reported result {met} were met.",
    )


@base.sentence
def streaks(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """How many promises are made again year after year, and which for longest."""
    top = frame.iloc[0]
    thing = top["indicator"] if pd.notna(top["indicator"]) else top["sentence"]
    n, longest = cited(len(frame), frame), cited(int(top["n_years"]), top)
    return say(
        lang,
        f"{n} 项承诺连续三年以上原样提出，最久的是{top['region']}的“{thing}”（{longest} 年）。",
        f"{n} promises were made unchanged three years running or more, the longest in {top['region']}: "
        f"{thing} ({longest} years).",
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
    plans = pd.concat([frame["plan_id"], frame["other_plan_id"]]).nunique()
    is_whole = len(frame) == plans * (plans - 1) // 2  # of many plans only the nearest pairs are told
    median = percent(own["substance"].median()) if is_whole else ""
    between = own[own["region"].ne(own["other_region"])]
    first = say(
        lang,
        f"除去套话，最相像的是{_pair(top, lang)}（共有 {percent(top['substance'])}{median and f'，中位数 {median}'}）",
        f"Without the formulae {_pair(top, lang)} are most alike ({percent(top['substance'])} shared{median and f', median {median}'})",
    )
    if top["region"] != top["other_region"] or between.empty:
        return first + say(lang, "。", ".")
    best = between.loc[base.peak(between["substance"].astype(float))]
    return first + say(
        lang,
        f"；不同地区之间是{_pair(best, lang)}（{percent(best['substance'])}）。",
        f"; of different places {_pair(best, lang)} ({percent(best['substance'])}).",
    )


def _pair(row: pd.Series, lang: str) -> str:
    """The two plans of a row, each by its place and year."""
    between = "" if lang == "zh" else " "
    plans = (("region", "year"), ("other_region", "other_year"))
    one, other = (f"{row[r]}{'' if pd.isna(row[y]) else f'{between}{int(row[y])}'}" for r, y in plans)
    return say(lang, f"{one}与{other}", f"{one} and {other}")


@base.sentence
def reuse(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """How many passages are shared, and who shares the longest, formulae taken out."""
    top = frame.loc[base.peak(frame["n_own" if "n_own" in frame else "n_chars"].astype(float))]
    pairs = frame[["plan_id", "other_plan_id"]].drop_duplicates()
    return say(
        lang,
        f"{len(pairs)} 对文件共有 {len(frame)} 段相同文字，除去套话最长的见于{top['region']}和{top['other_region']}（{int(top['n_chars'])} 字）。",
        f"{len(pairs)} pairs of documents share {len(frame)} passages, the longest without the formulae in {top['region']} "
        f"and {top['other_region']} ({int(top['n_chars'])} characters).",
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
