"""How an item speaks: `task` (what is to be done), `review` (what was done), `problem` (shortcomings)."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PROBLEM = re.compile(r"问题|不足|困难|短板|挑战|薄弱环节|差距|制约")
_REVIEW = re.compile(
    r"回顾|总结|进展|成效|成绩|完成情况|落实情况|取得|做法|开展情况|主要工作情况|工作情况|亮点|现状|基础"
)
_TASK = re.compile(r"打算|安排|重点|任务|计划|下一步|今后|目标|思路|部署|措施|要求|保障|主要工作$|工作要点|努力方向")
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_DONE = re.compile(r"了(?!解)|已经?|累计|较上年|比上年|同比|过去[一五]年|一年来|五年来|以来")
_TO_DO = re.compile(r"将|要(?!求|素)|力争|确保|计划|继续|进一步|加快|推进|今年|明年|打造|力争")
_BODY_PROBLEM = re.compile(
    r"^(?:同时|各位代表)?[，,！!]?\s?(?:我们|也)?.{0,24}(?:清醒|深刻)(?:地)?(?:认识|看)到|(?:还|仍)?存在(?:一些|不少|着|许多).{0,16}(?:问题|不足|困难|短板)"
)


def of(body: str, titles: Sequence[str], doc_type: str, plan_year: int | None) -> str:
    """The tense of an item, from the headings above it (innermost first), else its own words, else the document.

    Args: titles: the headings above the item, outermost first, its own last.
    """
    if _BODY_PROBLEM.search(body[:120]):
        return "problem"
    for title in reversed(titles):
        said = _said(title, plan_year)
        if said:
            return said
    if doc_type == "work_report":
        return "task" if len(_TO_DO.findall(body)) > 2 * len(_DONE.findall(body)) + 1 else "review"
    return "review" if len(_DONE.findall(body)) > 2 * len(_TO_DO.findall(body)) + 2 else "task"


def _said(title: str, plan_year: int | None) -> str | None:
    """The tense that a heading announces, None where it announces none."""
    if len(title) > 40:
        return None
    if (
        _PROBLEM.search(title)
        and re.search(r"存在|面临|主要|困难|不足", title)
        and not re.search(r"解决|着力|化解|整治", title)
    ):
        return "problem"
    if re.search(r"打算|下一步|今后|安排|工作思路", title):
        return "task"
    if re.search(r"回顾|总结|进展情况|成效$|完成情况|落实情况|工作情况|取得", title):
        return "review"
    year = _YEAR.search(title)
    if year and plan_year and re.search(r"工作|任务|目标|发展", title):
        return "review" if int(year.group(1)) < plan_year else "task"
    return None
