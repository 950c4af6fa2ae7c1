"""What a document is, of which subject and period: section 1 of the codebook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from analysis import lexicon
from analysis.parse import dates

_MASKED_YEAR = re.compile(r"(?:(?:19|20)\d?[*＊×Xx]{1,3}|[*＊×]{2,4})\s?年")
_OWN_YEAR = re.compile(
    r"(?<![-—–~～至到\d])((?:19|20)\d\d)年(?=是|全[省市县区校]|我[省市县区局]|[市县区]教育局|教育工作|(?:的)?工作|[，,]|度)"
)
_REPORT = "政府工作报告"
_PLANS_TOO = re.compile(
    r"(?:总结|汇报|报告|情况).{0,4}(?:19|20)\d\d年.{0,12}(?:计划|要点|思路|打算|安排|重点|预算|草案|谋划|展望|部署)"
)
PLANS = ("work_points", "work_plan", "long_term_plan", "action_plan", "opinion", "work_report")


class Period(NamedTuple):
    """First and last year of a plan, the words that say so, why, and what disagrees."""

    first: int | None
    last: int | None
    cue: str
    rule: str
    notes: list[str]


def doc_type(title: str) -> str:
    """What a document is, by the last noun of its title; a combined 总结和计划 is what comes first."""
    bare = re.sub(r"[（(【][^（()）】]{0,30}[）)】]\s*$", "", title)
    if re.search(rf"{_REPORT}(?!.{{0,12}}(?:任务|分解|分工|清单|台账|重点工作|实施|方案|解读|起草|意见))", bare):
        return "work_report"
    bare = re.sub(
        r"(?<=计划|方案|要点|思路|规划|纲要)(?:及|和|与|暨|并).{0,8}(?:分解|分工|清单|台账|一览)表?$", "", bare
    )
    cues = [(cue, row["id"]) for row in lexicon.table("common/doc_types") for cue in lexicon.cells(row["cues"])]
    found = [(m.end(), len(cue), m.start(), kind) for cue, kind in cues for m in re.finditer(re.escape(cue), bare)]
    if not found:
        return "other"
    end, _, start, kind = max(found)
    if kind in ("work_plan", "work_points") and _reports_first(bare, start):
        return "work_report"
    if kind == "notice":
        inner = re.search(r"(?:措施|意见|方案|要点|计划|规划)(?=的通知$)", bare)
        return doc_type(bare[: inner.end()]) if inner else "notice"
    if kind == "other" and end < len(bare) - 8:
        return "other"
    return kind


def _reports_first(title: str, start: int) -> bool:
    """Whether 总结 or 汇报 stands before the plan in a combined title (2023年工作总结和2024年工作计划)."""
    return re.search(r"(?:总结|汇报|报告|情况)(?:和|与|及|暨|以及|、|，|,|\s).{0,20}$", title[:start]) is not None


def by_text(text: str, tenses: Sequence[str], n_headings: int) -> str:
    """What a document without a telling title is: a plan or a report where its items are tasks or results."""
    if n_headings < 3 or len(tenses) < 3:
        return "other"
    tasks = sum(t == "task" for t in tenses)
    return "work_plan" if tasks >= 0.6 * len(tenses) else "work_report"


def period(title: str, notice: str, kind: str, body: str, parts: Sequence[str], when: str | None) -> Period:
    """The years that a plan is for.

    Args: parts: titles of its outermost headings. when: the day on which it was written. body: its own text.
    """
    for words in (title, notice):
        span = dates.period(words)
        if span:
            return Period(span[0], span[1], span[2], "the period that the title names", [])
    for words in (title, notice):
        school = dates.school_year(words)
        if school:
            return Period(*school, "the school year that the title names", [])
    spoken = _own_year(body)
    for words in (title, notice):
        named = dates.years(words)
        if named:
            year = int(named[-1 if _PLANS_TOO.search(words) else 0].value)
            notes = [f"the title says {year}, the text speaks of {spoken}"] if spoken and abs(spoken - year) > 1 else []
            return Period(year, year, words, "the year that the title names", notes)
    if _MASKED_YEAR.search(title):
        return Period(None, None, title, "masked", ["the year is masked in the title"])
    if _REPORT in title:
        return _report_year(parts, when, spoken)
    return _undated(body, when, spoken if kind in ("work_points", "work_plan", "work_report") or not when else None)


def _report_year(parts: Sequence[str], when: str | None, spoken: int | None) -> Period:
    """A government report is of the year of its session, which is the last that its parts name."""
    if when:
        return Period(int(when[:4]), int(when[:4]), when, "the year of the session", [])
    named = [int(y.value) for part in parts for y in dates.years(part)]
    year = max(named, default=spoken)
    return Period(year, year, "", "the last year that its parts name", [])


def _own_year(body: str) -> int | None:
    """The year that the beginning of a text speaks of as its own."""
    found = Counter(int(m.group(1)) for m in _OWN_YEAR.finditer(body[:500]))
    return max(found, key=lambda y: (found[y], y)) if found else None


def _undated(body: str, when: str | None, spoken: int | None) -> Period:
    """The period where the title names none: the year the text speaks of when it is near its date, else the date's."""
    if when:
        year = int(when[:4])
        if spoken and spoken != year and abs(spoken - year) <= 1:
            return Period(spoken, spoken, str(spoken), "the year that the text speaks of", [f"it is dated {when}"])
        return Period(year, year, when, "the year of its date", [])
    if _MASKED_YEAR.search(body):
        return Period(None, None, "", "masked", ["the years are masked in the text"])
    if spoken:
        return Period(
            spoken,
            spoken,
            str(spoken),
            "the year that the text speaks of",
            [f"no date is printed; {spoken} was read in the text"],
        )
    return Period(None, None, "", "none", ["no year is printed"])
