"""Targets said in words: 全覆盖, 清零, 翻番, and levels such as 与经济增长同步."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from analysis.extract import levels, phrases

_WORDED = re.compile(
    r"(?P<all>全覆盖(?<![不健]全覆盖)|全面覆盖|全部覆盖|应[入助保]尽[入助保]|应收尽收|全员覆盖|全部达标|全面达标|全部清零|动态清零|清零|零增长|零发生|零事故|零报告|"
    r"翻了?一番|翻了?两番|翻了?番|翻倍|只增不减|只减不增|双下降|应查尽查|一个不少|一个都不能少|"
    r"大体相当|(?<![以认称定设])为零(?![距容])|全部(?:搬入|入住|纳入|建成|完成|整改|化解|投用|兑现|到位|销号|办结|消除|拆除|撤并)|"
    r"覆盖(?:所有|全部|全体)[^，,。；;、\n]{2,12}|全面消除(?P<gone>[^，,。；;\n]{2,16})|"
    r"不让一[名个](?P<lost>[^，,。；;\n]{1,16}?(?:失学|辍学|掉队|返贫)))"
)
_VALUES = {
    "翻一番": (2.0, "倍"), "翻番": (2.0, "倍"), "翻倍": (2.0, "倍"), "翻两番": (4.0, "倍"), "全部清零": (0.0, "个"), "动态清零": (0.0, "个"), "清零": (0.0, "个"),
    "零发生": (0.0, "起"), "零事故": (0.0, "起"), "零增长": (0.0, "%"), "零报告": (0.0, "起"), "只增不减": (None, None), "只减不增": (None, None), "双下降": (None, None), "大体相当": (None, None), "为零": (0.0, "个"), "全部消除": (0.0, "个"), "一个不少": (100.0, "%"), "一个都不能少": (100.0, "%"),
}  # fmt: skip
_VERB = re.compile(r"(?:基本)?(?:实现|做到|达到|推动|确保|保持|推进|力争|完成)(?:了)?$")


_BY_WHEN = re.compile(r"在[^,，、]{1,8}[前内]$|(?:较|同比|环比|(?<=[数量额率值])比)[^,，、]{2,12}$")


class Worded(NamedTuple):
    """A worded target with its place, name and value."""

    start: int
    end: int
    quote: str
    sentence: str
    before: str
    indicator: str | None
    value: float | None
    unit: str | None
    kind: str


def worded(text: str) -> list[Worded]:
    """The worded targets of a text in order."""
    found = [*_whole(text), *(_level(text, level) for level in levels.levels(text))]
    return sorted(found, key=lambda one: (one.start, one.end))


def _whole(text: str) -> Iterator[Worded]:
    """What is said of a whole, of nothing, or of a multiple."""
    for m in _WORDED.finditer(text):
        clause = _clause(text, m.start(), m.end())
        before = text[clause[0] : m.start()]
        if before.endswith(("“", '"', "《")) and m[0] != "双下降":
            continue
        lost = m["gone"] or m["lost"]
        usual = (0.0, "名" if m["lost"] else "个") if lost else (100.0, "%")
        value, unit = _VALUES.get(m[0].replace("了", ""), usual)
        kind = "change" if unit == "倍" or m[0] == "双下降" else "level"
        sentence = text[max(0, clause[0] - 80) : clause[1]].split("。")[-1]
        yield Worded(
            m.start(),
            m.end(),
            text[clause[0] : clause[1]].strip(),
            sentence,
            before,
            lost + ("人数" if m["lost"] else "数") if lost else _name(before, m[0]),
            value,
            unit,
            kind,
        )


def _level(text: str, found: levels.Level) -> Worded:
    end = _clause(text, found.start, found.end)[1]
    quote, before = text[found.head : end].strip(), text[found.head : found.start]
    kind = "change" if found.name.endswith(("增长", "增速", "增幅", "涨幅")) else "level"
    return Worded(found.start, found.end, quote, quote, before, found.name, None, None, kind)


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the clause around a span, at most 60 characters to either side."""
    low, high = max(0, start - 60), min(len(text), end + 60)
    left = max((m.end() for m in re.finditer(r"[，,；;。！？：:\n]", text[low:start])), default=0)
    right = re.search(r"[，,；;。！？：:\n]", text[end:high])
    return low + left, end + (right.start() if right else high - end)


def _name(before: str, word: str) -> str | None:
    before = _BY_WHEN.sub("", _VERB.sub("", phrases.QUOTES.sub("", before)))
    text = phrases.clean(before)
    text = phrases.clean(_VERB.sub("", text))
    text = re.sub(r"(?<=..)(?:实现|达到|做到|推动).{0,14}$", "", text)
    if len(text) < 2:
        return None
    if "覆盖" in word and not text.endswith(("率", "覆盖")):
        return text + "覆盖率"
    return text


def row(found: Worded, fields: dict[str, Any]) -> dict[str, Any]:
    """A row of `metrics` without keys and places in the source."""
    reason = None if found.indicator else "indicator: the clause names nothing that the words measure"
    return {
        **fields,
        "quote": found.quote,
        "start": found.start,
        "end": found.end,
        "indicator": found.indicator,
        "value": found.value,
        "value_high": None,
        "unit": found.unit,
        "per": None,
        "comparator": "eq" if found.value is not None else None,
        "kind": found.kind,
        "baseline": None,
        "worded": True,
        "base_value": found.value,
        "base_unit": found.unit,
        "reason": reason,
    }
