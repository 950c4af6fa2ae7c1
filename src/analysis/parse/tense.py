"""How an item speaks: `task` (what is to be done), `review` (what was done), `problem` (shortcomings)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.parse import dates

Chain = Sequence[str]  # the titles above an item, outermost first, its own lead last

_PROBLEM = re.compile(
    r"(?:存在|面临|主要|突出).{0,6}(?:问题|困难|不足|短板|挑战)|(?:问题|不足|困难|短板|薄弱环节|差距)(?:和|与|及|、).{0,10}$|^(?:主要)?(?:问题|不足|困难)$|(?:困难|问题|不足)(?:与|和)挑战"
)
_SOLVES = re.compile(r"解决|着力|化解|整治|破解|补齐|聚焦|防范")
_TASK = re.compile(
    r"打算|下一步|今后|工作安排|工作思路|工作计划|工作部署|努力方向|对策|措施建议|重点任务|重点工作|主要任务|目标任务|总体要求|主要目标|预期目标|保障措施|组织实施"
)
_REVIEW = re.compile(
    r"回顾|总结|进展情况|开展情况|完成情况|落实情况|主要成效|工作成效|主要做法|主要成绩|发展成就|工作情况|基本情况|(?:取得|迈出|实现)新.{0,4}(?:成效|进展|成就|成绩|步伐|突破)$|成效$"
)
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_BODY_PROBLEM = re.compile(
    r"(?:清醒|深刻|客观)(?:地)?(?:认识|看)到.{0,60}(?:困难|问题|不足|挑战|短板|差距)|^.{0,40}(?:还|仍|依然|也)?存在.{0,12}(?:问题|不足|困难|短板)"
    r"|^(?:同时|各位代表)?[，,！!]?.{0,10}(?:我们)?(?:也|还).{0,4}(?:清醒|深刻)(?:地)?(?:认识|看)到"
    r"|^[^。]{0,30}清醒(?:地)?(?:认识|看|意识)到(?!.{0,20}(?:机遇|优势|有利))"
    r"|^[^。；]{0,60}(?:问题|矛盾|困难|短缺|不足|短板)(?:依然|仍然|仍|还|较为|比较|十分)(?:突出|明显|存在|严峻|尖锐|较大)(?!的)"
    r"|^[^。；]{0,8}(?:但|同时|然而)[^。；]{0,12}(?:也|还|仍)[^。；]{0,8}(?:(?:看|认识|意识)到|面临|存在)(?!.{0,20}(?:机遇|优势|有利))"
)
_HANDLES = re.compile(  # what is done about shortcomings: 针对存在的问题; 存在问题及建议
    r"针对|查找|查摆|梳理|剖析|分析|解决|整改|化解|聚焦|围绕|通报|反馈|破解|问题(?:及|和|、)(?:建议|对策|整改|原因|不足及建议)"
)
# 短板不容忽视：… leads to shortcomings, 短板加快补齐：… to what was done
_SHORTCOMING = re.compile(r"差距|短板|弱项|不足|困难(?!群众|家庭|学生|学子|职工|人员|党员|企业)|问题")
_MENDED = re.compile(
    r"解决|化解|整治|治理|破解|破题|补|聚焦|防范|缩小|整改|清零|销号|妥善|消除|克服|攻坚|攻克|突破|导向|弥补|应对|战胜|着力|面对|迎难|奋|缓解|改善|回应|办"
)
_LEAD = re.compile(r"[^。；：:\n]{2,30}(?=[：:])")
_BODY_TASK = re.compile(
    r"^(?:各位代表[！!，,])?\s?(?:做好|实现|完成|根据|综合|对照|围绕)?.{0,12}(?:今年|明年|下一步|新的一年|全年目标)"
)
_FIVE_PAST = re.compile(r"(?:过去|这)的?五年|五年[来间](?!的?(?:规划|计划))")
_FIVE_AHEAD = re.compile(r"(?:今后|未来)的?五年")
_OF_FIVE_YEARS = re.compile(r"[“\"]?十[一二三四五六]五[”\"]?(?:时期|期间|以来)|(?:过去|这|今后|未来)的?五年")
_OPENING = re.compile(r"^(?:各位代表[！!，,])?\s?(?:根据|按照)?([^。，,：:；]{0,60})")
_DONE = re.compile(r"了(?!解)|已经?|累计|较上年|比上年|同比|过去[一五]年|一年来|五年来|以来")
_TO_DO = re.compile(r"将|要(?!求|素)|力争|确保|计划|继续|进一步|今年|明年|打造|加快|推进|探索")


def _is_problem(body: str) -> bool:
    """Whether a text begins with shortcomings, and not with what is done about them."""
    match = _BODY_PROBLEM.search(body[:140])
    return match is not None and not _HANDLES.search(body[: match.end() + 6])


def of(body: str, doc_type: str) -> str:
    """The tense of a text by its own words alone."""
    if _is_problem(body):
        return "problem"
    done, to_do = len(_DONE.findall(body)), len(_TO_DO.findall(body))
    if doc_type == "work_report":
        return "task" if to_do > 2 * done + 2 else "review"
    return "review" if done > 2 * to_do + 2 else "task"


def tenses(
    bodies: Sequence[str], chains: Sequence[Chain], doc_type: str, year: int | None, is_government: bool
) -> list[str]:
    """The tense of each item of a document, in order.

    The headings above it decide, the innermost that says anything first; else what the document has come to: a report
    begins with review and goes over to tasks, a plan speaks of tasks in every part that does not say otherwise. In a
    政府工作报告 the shortcomings close the review, and five years are done or ahead as they lie before or after its year.

    Args: year: the plan's. is_government: whether it is a 政府工作报告, whose own year is still to come.
    """
    usual = "review" if doc_type == "work_report" else "task"
    state, part = usual, None
    out = []
    for body, chain in zip(bodies, chains, strict=True):
        top = chain[0] if chain else None
        if top != part and doc_type != "work_report":
            state = usual
        if top != part and is_government and "problem" in out and len(_five_years(top or "", year)) < 2:
            state = "task"
        part = top
        said = _from_chain(chain, year, is_government)
        if said is None and doc_type == "work_report":
            said = _turns(body, year, is_government, top or "")
        if said in ("task", "review"):
            state = said
        falls_short = state == "review" and _tells_shortcomings(body, chain)
        out.append("problem" if falls_short or _is_problem(body) else said or state)
    return out


def _tells_shortcomings(body: str, chain: Chain) -> bool:
    """Whether the lead of a text (its own, else the one in its heading) names what falls short."""
    lead = _LEAD.match(body)
    said = lead[0] if lead else chain[-1] if chain and len(chain[-1]) <= 30 else ""
    return _SHORTCOMING.search(said) is not None and not _MENDED.search(said)


def _from_chain(chain: Chain, year: int | None, is_government: bool) -> str | None:
    """What the innermost telling heading says."""
    for depth in range(len(chain) - 1, -1, -1):
        said = _said(chain[depth], depth == 0, year, is_government)
        if said:
            return said
    return None


def _said(title: str, is_top: bool, year: int | None, is_government: bool) -> str | None:
    """The tense that a heading announces, None where it announces none."""
    if len(title) > 45:
        return None
    five = _five_years(title, year) if is_top or _OF_FIVE_YEARS.match(title) else set()
    if len(five) == 2:
        return None  # “十四五”发展成就和“十五五”主要目标: the text tells which
    if _PROBLEM.search(title) and not _SOLVES.search(title):
        return "problem"
    if re.search(r"打算|下一步|今后|工作安排|工作思路|工作计划", title) or (is_top and _TASK.search(title)):
        return "task"
    if re.search(r"工作回顾|工作总结|进展情况|完成情况", title) or (is_top and _REVIEW.search(title)):
        return "review"
    if five:
        return five.pop()
    named = _YEAR.search(title)
    if named and year and is_top:
        ahead = int(named.group(1)) > year or (is_government and int(named.group(1)) == year)
        return "task" if ahead else "review" if int(named.group(1)) < year or is_government else None
    return None


def _turns(body: str, year: int | None, is_government: bool, top: str) -> str | None:
    """What a paragraph of a report turns to: tasks (今年是…, 做好今年工作…), or one of the five years that its part tells."""
    opening = _OPENING.match(body)
    five = _five_years(opening[1], year) if opening and is_government else set()
    if len(five) == 1 and len(_five_years(top, year)) == 2:
        return five.pop()
    if year and is_government and re.match(rf"(?:各位代表[！!，,])?{year}年(?:是|，|政府|全省|全市|全县)", body):
        return "task"
    return "task" if _BODY_TASK.match(body[:40]) and not re.match(r".{0,20}(?:以来|过去)", body) else None


def _five_years(text: str, year: int | None) -> set[str]:
    """How a text speaks by the five years that it names: `review` of those before the year, `task` of those from it on."""
    said = {"review"} if _FIVE_PAST.search(text) else set()
    said |= {"task"} if _FIVE_AHEAD.search(text) else set()
    if year:
        for first, last in dates.five_years(text):
            said |= {"review"} if last < year else {"task"} if first >= year else set()
    return said
