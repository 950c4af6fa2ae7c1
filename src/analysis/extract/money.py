"""Names of sums of money."""

from __future__ import annotations

import re

from analysis.extract import phrases
from analysis.extract.clauses import Clause, Sentence, Slot
from analysis.extract.shares import other_stage

_SPENT = re.compile(
    r"(?:计划|完成|累计|预算|财政)*(?:总投资|投资|投入|筹资|筹措|筹集|安排|拨付|落实|争取|下达|支出|斥资|募集|整合|统筹|兑现|发放|拿出|列支)*(?:财政)?(?:专项|补助|建设)?(?:资金|经费)?"
)
_PURPOSE = re.compile(r"(?:资金|经费)?(?:专项)?(?:用于|用来|专门用于|支持)?")
_DEED = re.compile(
    r"(建设|新建|改造|改扩建|实施|推进|完成|开展|装备|配备|购置|表彰奖励|表彰|奖励|资助|发放|落实|为|对|给)(.+)$"
)
_NUMBERED = re.compile(
    r"[\d,.]+(?:多|余)?[万亿]?(?:平方米|公里|所|个|套|台|间|座|条|名|处|人|万名|万人|户|亩|家|件|辆|栋|幢)?(?:以上)?"
)
_GIVEN = re.compile(r"[为给对向](?P<who>.{2,14}?)(?:发放|给予|提供|落实)(?P<what>.{2,10})$")
_FOR = re.compile(r"^为[一-龥]{2,8}?(?=减税|降费|减负|减免|降本)")
_FRONT = re.compile(r"^(?:落实|安排|筹措|拨付|争取|下达|完成|实现|统筹|整合|发放|引导|设立|实际到位)(?=.{3,})")


def name(clause: Clause, sentence: Sentence, slot: Slot, text: str, topic: str, earlier: str) -> str:
    """The name of a sum: its own noun, or what it is spent on, or the thing that the sentence is about."""
    given, stage = (
        _given(slot, text, topic),
        re.match(rf"(.{{2,}}?(?:费|经费|标准|补助|支出|工资|收入))({phrases.STAGE})$", text),
    )
    if given:
        return given
    if stage:
        return stage[2] + stage[1]
    if re.fullmatch(phrases.STAGE, text):
        return other_stage(earlier, text) or text + earlier
    if len(text) < 2 and slot.after.startswith("标准") and (whose := _standard(clause, sentence)):
        return whose
    if not text:
        return earlier or (
            topic if phrases.MEASURED.search(topic + "量") and re.search(r"(?:值|收入|额|量)$", topic) else ""
        )
    if _SPENT.fullmatch(text):
        return _spent(clause, sentence, slot, text, topic, earlier)
    rest = _FRONT.sub("", _FOR.sub("", text))
    purpose = re.match(r"用于([^,，。；;]{2,14})", slot.after)
    return (purpose[1] if purpose and rest.endswith(("经费", "资金")) else "") + rest


def _given(slot: Slot, text: str, topic: str) -> str:
    """500万元的职业教育专项资金, 2000元奖励: the noun stands after the sum."""
    noun, _ = phrases.noun_after(slot.after.lstrip("的"))
    if slot.after.startswith("的") and (_SPENT.fullmatch(text) or text == "给予"):
        return noun
    if len(text) < 4 and re.search(r"(?:资金|经费|基金|债券|贷款)$", noun) and not phrases.MEASURED.search(text):
        return noun
    if noun in ("奖励", "补助", "补贴", "资助", "奖补", "津贴"):
        return (text if len(text) > 1 else topic) + noun
    return ""


def _standard(clause: Clause, sentence: Sentence) -> str:
    """按照每人900元标准，为老师发放补助: the standard is of what the next clause gives."""
    i = sentence.clauses.index(clause) + 1
    given = _GIVEN.search(_NUMBERED.sub("", sentence.clauses[i].text)) if i < len(sentence.clauses) else None
    return f"{given['who']}{given['what']}标准" if given else ""


def _spent(clause: Clause, sentence: Sentence, slot: Slot, text: str, topic: str, earlier: str) -> str:
    own = re.search(r"(?:专项|补助)?(?:经费|资金)$", text)
    word = (
        own[0]
        if own and "投入" not in text
        else "投资"
        if "投资" in text
        else "投入"
        if re.search(r"投入|斥资", text) and "资金" not in text
        else "资金"
    )
    after = _PURPOSE.sub("", clause.text[slot.amount.right - clause.start :], count=1)
    if len(after) < 3:
        i = sentence.clauses.index(clause)
        after = sentence.clauses[i + 1].text if i + 1 < len(sentence.clauses) and clause.sign in ",，" else ""
        after = after if _DEED.match(phrases.clean(_NUMBERED.sub("", phrases.QUOTES.sub("", after)))) else ""
    spent_on = _on(after)
    if len(spent_on) > 1:
        return spent_on if phrases.MEASURED.search(spent_on) and word == "资金" else spent_on + word
    if topic and text and text not in topic and len(topic) <= 12 and "、" not in topic:
        return topic + (word if _SPENT.fullmatch(text) and text.startswith(("落实", "安排", "兑现")) else text)
    return text or earlier


def _on(text: str) -> str:
    """What the money is spent on, as a noun: 建设A和B gives A和B建设, 实施X工程 gives X工程."""
    text = phrases.clean(_NUMBERED.sub("", phrases.QUOTES.sub("", text)))
    m = _DEED.match(text)
    if not m:
        return text[:20]
    deed, body = m[1], m[2].strip("了、")
    if "等" in body[1:-2]:
        body = body.rsplit("等", 1)[1]
    if deed in ("建设", "改造", "装备"):
        return body[:20] + deed
    if deed in ("为", "对", "给"):
        return re.sub(r"^(.+?)(安装|配备|购置|实施|进行)(.+)$", r"\1\2\3", body)[:20]
    return body[:20] if deed in ("实施", "推进", "完成", "开展", "落实") else (deed + body)[:22]
