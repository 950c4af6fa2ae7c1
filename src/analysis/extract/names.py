"""The name of what a number measures, built from its clause and what the sentence carried so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import rjieba

from analysis.extract import phrases
from analysis.extract.clauses import Clause, Sentence, Slot

_QUOTES = re.compile(r"[“”\"‘’「」\s]")
_GRADE = re.compile(r"^((?:国家|省|市|县|区|校|[^,，、]{2,4}[省市区县])(?:级)?)(?=[“\"])")
_PER = re.compile(
    r"每(?:个|名|位|所|家|户|校|生|人|班|年|月|周|日|天|季度|学期|学年|两周|半年|亩|镇|村|万|千|百)(?:[^\s,，。、；;每不至应须]{0,8}?(?=每|不|至少|应|须|建|配|安排|完成|高标准|开展|研究|补助|达|$))?(?:[(（][镇乡村市区县街道]+[)）])?"
)
_PER_NAME = re.compile(r"每[万千百]")
_MONEY_VERB = re.compile(
    r"(?:总投资|计划总投资|计划投资|完成投资|概算投资|投资|投入资金|投入经费|投入|筹资|筹措资金|筹集资金|筹措|筹集|安排资金|安排|拨付资金|拨付|落实资金|争取资金|下达资金|支出|斥资|募集|资金|经费|发放|整合资金|统筹资金|累计投入资金|累计投入|财政投入)$"
)
_PURPOSE = re.compile(r"^(?:资金|经费)?(?:用于|用来|支持|，|,)?")
_PROGRESS = re.compile(
    r"^(?:主体|前期|项目|竣工|完工|开工|投产|落地|建成|投用|动工|封顶|验收|通过|考核|考试|招聘|转岗|聘用|公开|选调|引进|调入|退出|新增|新开工|续建|主体完成|前期项目|完成|启动|交付|入库|签约|已|新建|改建|扩建|在建|其中|省级|国家级|市级|摘帽)+$"
)
_SHARE = re.compile(r"^(?P<part>.+?)(?:数|人数)?占(?P<whole>.+?)(?:总数|总量|总人数|总额)?的?(?P<word>比例|比重)?$")
_HEAD = re.compile(r"[^、，,和及与]+$")


@dataclass
class Carried:
    """What a sentence hands from number to number."""

    name: str = ""  # the last indicator
    noun: str = ""  # the last thing counted, without verb and suffix
    verb: str = ""
    grade: str = ""
    measure: str = ""  # a measure that the next stage shares (小学为…, 初中为…)
    recent: list[str] = field(default_factory=list)


def clean(text: str) -> str:
    """A phrase without quotes, per-words, time, place and leading manner, and without trailing verbs."""
    text = _QUOTES.sub("", text)
    m = None if _PER_NAME.search(text) else _PER.search(text)
    if m:
        text = text[: m.start()] + text[m.end() :]
    before = None
    while before != text:
        before = text
        text = phrases.tail_off(phrases.lead_off(text))
        agent = phrases.AGENT.match(text)
        if agent and agent.end() < len(text):
            text = text[agent.end() :]
    return text.strip("的了、,，")


def per(slot: Slot, clause: Clause) -> str | None:
    """The denominator as written (每生每年), None where the number stands for itself."""
    if slot.amount.per:
        return slot.amount.per
    found = [m[0] for m in _PER.finditer(slot.before) if not _PER_NAME.match(m[0])]
    return "".join(found) or None


def names(sentence: Sentence, clause: Clause, slot: Slot, carried: Carried) -> list[str]:
    """The indicator of a number; several where one number is said of several things (A和B各n); [] if none is found."""
    kind = slot.amount.kind
    if kind in ("money",):
        found = _money(sentence, clause, slot, carried)
    elif kind in ("rate", "points", "ratio", "concentration", "age", "score", "place"):
        found = [_rate(slot, carried)]
    else:
        found = _count(sentence, clause, slot, carried)
    found = [f for f in (x.strip("的、，, ") for x in found) if len(f) > 1]
    if found:
        carried.name = found[-1]
        carried.recent += found
    return found


def _rate(slot: Slot, carried: Carried) -> str:
    text = clean(phrases.CHANGE.sub("", slot.before)) if slot.amount.kind != "ratio" else clean(slot.before)
    while phrases.CHANGE_WORD.search(text):
        text = clean(phrases.CHANGE_WORD.sub("", text))
    text = re.sub(r"^(?:由|从).*$", "", text) or re.sub(r"(?:由|从).*$", "", text)
    share = _SHARE.match(text)
    if share and not text.endswith("占比"):
        text = f"{share['part']}占{share['whole']}{share['word'] or '比例'}"
    if not text:
        after = phrases.noun_after(slot.after.lstrip("的"))
        return carried.name if len(after) < 2 else after
    return _shared_head(text, carried.name)


def _shared_head(text: str, earlier: str) -> str:
    """A bare rate with the head of the one before it: 义务教育阶段入学率…、巩固率 is 义务教育阶段巩固率."""
    m = re.search(
        r"(?:上线率|录取率|入学率|入园率|巩固率|就业率|合格率|优良率|覆盖率|率|占比|比例|比重|面积|投资)$", text
    )
    if not m or not earlier or earlier == text or len(text) > 6:
        return text
    tail = m[0]
    if not earlier.endswith(tail):
        if not (tail.endswith("率") and earlier.endswith("率")):
            return text
        tail = "率"
    own, head = list(rjieba.cut(text[: -len(tail)])), list(rjieba.cut(earlier[: -len(tail)]))
    kept = head[: len(head) - max(1, len(own))]
    return "".join(kept) + text if own and kept and own[0] not in head else text


def _money(sentence: Sentence, clause: Clause, slot: Slot, carried: Carried) -> list[str]:
    before = slot.before
    text = clean(phrases.CHANGE.sub("", before))
    text = re.sub(r"(?:由|从)[^,，]*$", "", text) or text
    if re.search(r"分别$|分别为$", _QUOTES.sub("", before)) and re.search(r"[、和]", text):
        return [x for x in re.split(r"[、和]", text) if x]
    m = _MONEY_VERB.search(text)
    if m and m.start() <= 4 and text not in ("总投资", "计划总投资"):
        purpose = _purpose(sentence, clause, slot)
        verb = re.sub(r"^(?:计划|完成|累计)", "", text) or text
        if purpose:
            word = (
                "投资"
                if "投资" in verb
                else "投入"
                if "投入" in verb or "斥资" in verb
                else "资金"
                if not verb.endswith("经费")
                else "经费"
            )
            return [purpose + word]
    stage = re.search(rf"^(.{{2,}}?(?:费|经费|标准|补助|支出|工资|收入))({phrases.STAGES})$", text)
    if stage:
        carried.measure = stage[1]
        return [stage[2] + stage[1]]
    if carried.measure and re.fullmatch(phrases.STAGES, text):
        return [text + carried.measure]
    text = re.sub(r"^(?:落实|安排|筹措|拨付|争取|下达|完成|实现|统筹|整合|发放)(?=.{3,})", "", text)
    if text in ("总投资", "计划总投资", "投资", "资金", "") or len(text) < 3:
        return [carried.noun + text] if carried.noun else [text or carried.name]
    purpose = re.match(r"用于([^,，。；;]{2,14})", slot.after)
    return [(purpose[1] if purpose else "") + text]


def _purpose(sentence: Sentence, clause: Clause, slot: Slot) -> str:
    """What money is for: the words after it, else the next clause."""
    text = _PURPOSE.sub("", slot.after)
    if len(text) < 3:
        i = sentence.clauses.index(clause)
        text = sentence.clauses[i + 1].text if i + 1 < len(sentence.clauses) else ""
    text = re.sub(r"[\d.]+[^\d、]{0,3}$", "", text)
    text = re.sub(r"^\d+[所个套台间座条名]", "", clean(text))
    m = re.match(r"(建设|新建|改造|改扩建|实施|推进|完成|开展|用于|装备|配备|购置|表彰|奖励|资助|发放)(.+)$", text)
    if not m:
        return text[:16]
    body = re.sub(r"\d+[万]?[所个套台间座条名处]", "", m[2])
    body = re.split(r"等", body)[-1] if "等" in body[:-2] else body
    return {"建设": body + "建设", "改造": body + "改造", "装备": body + "装备"}.get(
        m[1], body if m[1] in ("实施", "推进", "完成", "开展", "用于") else m[1] + body
    )


def _count(sentence: Sentence, clause: Clause, slot: Slot, carried: Carried) -> list[str]:
    before = _QUOTES.sub("", slot.before)
    noun = phrases.noun_after(slot.after)
    text = clean(before)
    if before.endswith("各") and not noun:
        verb, nouns = _split_verb(text)
        return [_finish(verb, x, slot, carried) for x in re.split(r"[、和及与]", nouns) if x]
    if noun and not (slot.amount.kind in ("area", "length", "mass") and phrases.MEASURED.search(text)):
        return [_prenominal(text, noun, slot, carried)]
    grade = _GRADE.match(phrases.lead_off(slot.before).lstrip("有"))
    if grade:
        carried.grade = grade[1]
    elif slot.linked and carried.grade and slot.before[:1] in '“"':
        text = carried.grade + text
    if not text:
        return [carried.name] if carried.name else []
    if _PROGRESS.match(text) and carried.noun:
        return [carried.noun + text + phrases.suffix(carried.noun + text, slot.amount)]
    verb, nouns = _split_verb(text)
    if not verb and slot.linked and carried.verb and not phrases.MEASURED.search(nouns):
        verb = carried.verb
    return [_finish(verb, nouns, slot, carried)]


def _split_verb(text: str) -> tuple[str, str]:
    """Verb and object of a phrase; verbs that name no deed (建成, 达到) are dropped."""
    m = phrases.DROP_FIRST.match(text)
    while m and len(text) - m.end() > 1:
        text = text[m.end() :]
        m = phrases.DROP_FIRST.match(text)
    for verb in phrases.KEPT_FIRST:
        if text.startswith(verb) and len(text) > len(verb) + 1:
            rest = text[len(verb) :].lstrip("了、和")
            more, rest = _split_verb(rest) if text[len(verb) : len(verb) + 1] in "、" else ("", rest)
            return (verb + "、" + more if more else verb), rest
    return "", text


def _prenominal(text: str, noun: str, slot: Slot, carried: Carried) -> str:
    """5所中等职业教育特色学校: the noun stands after the number, the verb before it."""
    m = phrases.VERBS.search(text)
    verb = re.sub(r"[了好出]$", "", m[0]) if m else ""
    if verb and not _kept(verb):
        verb = ""
    if not text and slot.linked:
        verb = carried.verb
    return _finish(verb, noun, slot, carried)


def _kept(verb: str) -> bool:
    return any(verb.endswith(v) for v in phrases.KEPT_FIRST)


def _finish(verb: str, noun: str, slot: Slot, carried: Carried) -> str:
    noun = noun.strip("、和的")
    if verb in ("增加",):
        verb = ""
    carried.verb, carried.noun = verb, noun
    return verb + noun + phrases.suffix(noun, slot.amount)
