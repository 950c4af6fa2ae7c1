"""Names of rates and shares."""

from __future__ import annotations

import re

import rjieba

from analysis.extract import phrases
from analysis.extract.clauses import Slot

_SHARE = re.compile(
    r"^(?P<part>.*?)(?P<count>人数|数)?占(?!比|地)(?P<whole>.+?)(?:总数|总量|总人数|总额)?的?(?P<word>比例|比重|百分比)?$"
)
_OF = re.compile(r"^(?P<part>.+?)(?:不低于|不少于|不超过|达到|超过|占到?|为)(?P<whole>.+)的$")
_PLANNED = re.compile(r"(?:完成|为|达到?|占)(?:了)?(?P<what>(?:年度?|全年)?(?:任务|计划|目标|预算)(?:任务|数)?)的?$")
_BARE = re.compile(
    r"[^率]{2}率|平均利率|(?:参赛|参与|参训|受益|覆盖|普及)面|权重|增速|涨幅|降幅|占比|比例|比重|覆盖率|参与率|达标率|合格率|完成率|优良率"
)
# 硕士以上不少于三成
_GRADE = re.compile(
    r"^((?:博士|硕士|研究生|本科|大专|专科|中级|副高级?|高级)(?:学历|学位|职称)?及?以上(?:学历|学位|职称)?)(?:的|者|教师|人员)?(?:占|达|不少于|不低于|超过|至少|到|比例|为)*$"
)
_MARK = re.compile(r"(?:平均分|均分|得分|成绩|分数)$")
_RATE = re.compile(r"(?:率|占比|比例|比重)$")


def name(slot: Slot, before: str, text: str, noun: str, earlier: str) -> str:
    """The name of a rate, from the words before it, those after it, and the number before."""
    before = phrases.QUOTES.sub("", before)
    said = _said_after(slot, before, text)
    if said:
        return said
    planned = _PLANNED.search(before) if slot.amount.kind == "rate" else None
    if planned:
        return (
            (earlier if len(before) - len(planned[0]) < 2 and not before.startswith("完成") else "")
            + planned["what"]
            + "完成率"
        )
    grade = _GRADE.search(before) if slot.amount.kind == "rate" else None
    if grade and not _RATE.search(text):
        return noun + grade[1] + "比例"
    of = _OF.match(before) if slot.amount.kind == "rate" else None
    if of:
        part = phrases.clean(of["part"])
        if _RATE.search(part):
            return part
        return _joined(part or earlier, phrases.clean(of["whole"]), None)
    if text == "占" and earlier:
        return re.sub(r"(?:人数|数)$", "", earlier) + "占比"
    if text.endswith("占") and len(text) > 2:
        return text + "比"
    share = _SHARE.match(text)
    if share and share["whole"]:
        return _joined(share["part"] or earlier, share["whole"], share["word"])
    if not text or len(text) < 2:
        return earlier
    if re.fullmatch(phrases.STAGE, text):
        return other_stage(earlier, text) or text
    if _BARE.fullmatch(text):
        return _bare(text, noun, earlier)
    return _shared_head(text, earlier)


def _joined(part: str, whole: str, word: str | None) -> str:
    whole = re.sub(r"(?:总数|总量|总人数|总额)$", "", whole)
    return f"{part.strip('的，,、')}占{whole}{word or '比例'}"


def _said_after(slot: Slot, before: str, text: str) -> str:
    """半数以上乡镇建成公办中心园; 将招生指标的70%分配到初中学校: what the share is of stands after it."""
    if slot.amount.kind != "rate":
        return ""
    if text and re.search(r"的$|指标$", before) and re.match(r"分配|用于|安排|投入|下达|纳入|定向", slot.after):
        return text + re.sub(r"[,，。；;].*$", "", slot.after)[:14] + "比例"
    if text and len(text) > 1:
        return ""
    noun, rest = phrases.noun_after(slot.after.lstrip("的"))
    if len(noun) < 2:
        return ""
    said = phrases.said_of(rest) or (rest[:18] if rest.startswith(("建成", "完成")) else "")
    return re.sub(r"^(?:实现|达到)", "", said) + noun + ("" if _RATE.search(noun) else "比例")


def _bare(text: str, noun: str, earlier: str) -> str:
    """整改率 after 整改校园安全隐患328处: the thing counted before it, then the rate."""
    if _RATE.search(earlier) and len(text) > 2:
        shared = _shared_head(text, earlier)
        if shared != text:
            return shared
    if text in ("占比", "比例", "比重", "权重", "增速", "涨幅", "降幅") and earlier:
        return earlier + text
    if _MARK.search(earlier):  # the rate is of the exam whose mark was told before it
        return _MARK.sub("", earlier) + text
    stem = text[:-1]
    if stem and earlier.startswith(stem) and len(earlier) < len(stem) + 3:
        return text
    return noun.removeprefix(stem) + text if noun else text


def _shared_head(text: str, earlier: str) -> str:
    """A short rate with the head of the one before it: 义务教育阶段入学率…、巩固率 is 义务教育阶段巩固率."""
    if not (_RATE.search(text) and _RATE.search(earlier)) or text == earlier or len(text) > 6:
        return text
    tail = next((earlier[-n:] for n in range(min(len(text), len(earlier)), 0, -1) if text.endswith(earlier[-n:])), "")
    own, head = list(rjieba.cut(text[: -len(tail)])), list(rjieba.cut(earlier[: -len(tail)]))
    if len(text) - len(tail) > 2 and not text.startswith(("学生", "教师", "家长", "群众")):
        return text
    if own and own[0] in head:
        return text
    return "".join(head[: len(head) - max(1, len(own))]) + text if own else text


def other_stage(earlier: str, stage: str) -> str:
    """The name before, said of another stage: 小学生均公用经费 and 初中 give 初中生均公用经费; "" if it names none."""
    years = r"(?:[一二三四五六七八九十至、]+年级)?"
    m = re.search(
        phrases.GRADE if re.fullmatch(phrases.GRADE, stage) else f"(?P<stage>{phrases.STAGE}){years}", earlier
    )
    return earlier[: m.start()] + stage + earlier[m.end() :] if m and not m[0].startswith(stage) else ""
