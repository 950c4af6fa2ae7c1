"""When a number holds and whether it is a target or a result."""

from __future__ import annotations

import functools
import re
from typing import Any

from analysis.extract.eras import FIVE_END

_YEAR = re.compile(r"(?<!\d)(20[0-4]\d|19\d\d)(?:[—-](20[0-4]\d))?(?=年|学年)")
_FIVE = re.compile(r"[“\"]?十([二三四五六])五[”\"]?(?:规划)?(时期|期间|末|期末|收官|以来)?")
_NOT_ITS = re.compile(
    r"年(?:以来|起|\d{1,2}月\d{1,2}日|的|相比|同期|基础上|增长|水平|度(?![内前末])|行动|计划|工作|规划|版)"
)
_RELATIVE = {"去年": -1, "上年末": -1, "今年": 0, "本年": 0, "年内": 0, "全年": 0, "年底前": 0, "明年": 1}
_RELATIVE_WORD = re.compile(r"(?<![较比])(去年|上年末|今年|明年)(?!相比|同期|以来)")
# 用两年时间, 三年内: counted from the plan's year
_WITHIN = re.compile(r"用([两二三四五2-5])年(?:左右)?(?:的)?时间|(?<![近过去前])(?<!\d)([两二三四五2-5])年之?内")
_SPAN = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "2": 2, "3": 3, "4": 4, "5": 5}
_FROM = re.compile(r"[由从自较比](?:[^,，。；;]{0,2})$")
_FOR = re.compile(rf"{_FROM.pattern}|(?:为|谋划|编制|研究|衔接)[“\"]?$")  # 为“十五五”时期打基础 is before it
_DONE = re.compile(r"了|已经?|累计(?!到)|截至|截止|目前|现有|共有|先后|以来|总结|去年|(?<![较比])上年")
_STANDING = re.compile(r"截至|截止|目前|以来|去年|(?:了|(?<![早而])已经?|现有)[^,，]*$")
MASKED = re.compile(r"20[*×Xx]{2}年")
_HELD = re.compile(r"(?:总结|依托)[^,，。；;、]{0,6}$")
_TODO = re.compile(
    r"规划(?:在|新建|建设|到)|将(?![^,，]{0,20}(?:纳入|作为|列入|列为|分配|用于|转))|力争|计划(?:投|新|建|到|安|招|实)|(?<![模虚草])拟(?![合态人定])|今年要|明年"
)
_ORDER = re.compile(r"(?:制定|制订|出台|印发)(?!了)[^。；;]{0,30}(?:办法|方案|规划|计划)[^。；;]{0,4}》")


def stated_year(text: str, plan_year: int | None) -> int | None:
    """The year that a stretch of text names for its numbers, None if it names none."""
    found = None
    for m in _YEAR.finditer(text):
        if _NOT_ITS.match(text, m.end()) or _FROM.search(text, max(0, m.start() - 3), m.start()):
            continue
        found = int(m[2] or m[1])
    if found is not None:
        return found
    five = [
        m
        for m in _FIVE.finditer(text)
        if m[2] in ("末", "期末", "期间", "时期") and not _FOR.search(text, max(0, m.start() - 4), m.start())
    ]
    if five:
        return FIVE_END[five[-1][1]]
    within = _WITHIN.search(text)
    if within and plan_year is not None:
        return plan_year + _SPAN[within[1] or within[2]] - 1
    relative = _RELATIVE_WORD.search(text)
    return plan_year + _RELATIVE[relative[1]] if relative and plan_year is not None else None


_REPORTED = re.compile(r"(20\d\d)年?度?[^，。\d]{0,12}?(?:总结|汇报|回顾|小结|完成情况)")
_BOTH = re.compile(r"总结.{0,12}(?:计划|思路|打算|安排|要点)")  # its year is the one planned for
_PLANNED = re.compile(r"(20\d\d)年?度?[^，。\d]{0,12}?(?:计划|思路|打算|安排|要点)")


def five_years(text: str, start: int, sentence: str) -> int | None:
    """The end of the five years that a yearly mean (年均) is said of, from the words before the sentence; else None."""
    if "年均" not in sentence:
        return None
    named = [
        m
        for m in _FIVE.finditer(text, max(0, start - 400), start + len(sentence))
        if m[2] != "以来" and not _FROM.search(text, m.start() - 3, m.start())
    ]
    return FIVE_END[named[-1][1]] if named else None


_SUM = re.compile(r"[五5]年(?!行动|计划|规划)|十[二三四五]五|累计")
_LATER = re.compile(r"20\d\d年(?!以来)|今年|去年|明年|收官|开局|过去一年")
_OPENED = re.compile(r"(?:这|过去|[的是])五年|五年[来间]|十[二三四]五[”\"]?(?:时期|期间|以来)")


_YEARLY = re.compile(r"每年|年度|连续\d+年")
_CLAUSE = re.compile(r"[，,；;]")


def span(before: str, opening: str) -> str:
    """Whether a change is said of several years: 年均 (a mean), 累计 (a sum), "" for one year.

    Args: before: the words before the number; opening: its paragraph up to its sentence.
    """
    if "年均" in before[-24:]:
        return "年均"
    *earlier, clause = _CLAUSE.split(before)
    before = "，".join([c for c in earlier if "累计" not in c] + [clause])  # a sum is one in its own clause
    if not (_SUM.search(before) or _OPENED.search(opening)) or _YEARLY.search(clause):
        return ""
    own = _LATER.split(before)
    named = _SUM.search(own[-1]) or (len(own) == 1 and _OPENED.search(_LATER.split(opening)[-1]))
    return "累计" if named else ""


def default_year(plan: dict[str, Any], status: str, tense: str | None) -> int | None:
    """The year of a number whose text names none."""
    year, until, title = plan.get("plan_year"), plan.get("plan_until"), plan.get("title") or ""
    return _default(status, tense, year, until, title, plan.get("doc_type"), plan.get("sector"))


@functools.lru_cache(maxsize=512)
def _default(
    status: str, tense: str | None, year: int | None, until: int | None, title: str, doc_type: str | None,
    sector: str | None,
) -> int | None:  # fmt: skip
    named = (_REPORTED if status == "achieved" else _PLANNED).search(title)
    if named and _REPORTED.search(title):
        return int(named[1])
    if year is not None and _BOTH.search(title):
        return int(year) - 1 if status == "achieved" else until if until is not None else int(year)
    if status == "target" and tense == "task" and "总结" in title and year is not None:
        return int(year) + 1  # what a report of a year says is to be done is for the next
    if status == "target":
        return until if until is not None else year
    if year is None:
        return until
    if "政府工作报告" in title or (doc_type == "work_report" and sector == "government"):
        return int(year) - 1
    if doc_type == "work_report":
        return int(year)
    return int(year) - 1 if tense in ("review", "problem") else until if until is not None else int(year)


def status(sentence: str, clause: str, before: str, tense: str | None, plan: dict[str, Any], year: int | None) -> str:
    """`target` or `achieved`, from the words of the clause, then the item's tense, then the kind of document."""
    if tense in ("review", "problem"):
        future = _TODO.search(before) or (_ORDER.search(sentence) and "了" not in clause)
        late = year is not None and plan.get("plan_year") is not None and year > plan["plan_year"]
        return "target" if late or (future and not _DONE.search(before)) else "achieved"
    if tense == "task":
        past = year is not None and plan.get("plan_year") is not None and year < plan["plan_year"]
        return (
            "achieved"
            if past or _HELD.search(before) or (_STANDING.search(before) and not _TODO.search(before))
            else "target"
        )
    if plan.get("doc_type") == "work_report":
        return "target" if _TODO.search(before) else "achieved"
    return "achieved" if _DONE.search(before) and not _TODO.search(before) else "target"
