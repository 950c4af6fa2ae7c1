"""Amounts, units and hedges as plans print them.

An amount is a number with a unit of `codebook/common/units.csv`.  Ordinals, dates, document numbers, list numbers,
ages, names of programmes and slogans are told apart and never returned.  Every pattern runs once over the text with
possessive quantifiers, so time grows with the length of the text and with nothing else.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from analysis.numerals.names import Names
from analysis.numerals.numeral import WIDTH, number, product
from analysis.numerals.printing import printed
from analysis.numerals.reading import BEFORE, EACH, LISTED, Read, pattern, read, wait
from analysis.numerals.units import Unit, bare, unit_at, units

__all__ = ["HEDGE", "Amount", "Unit", "amounts", "number", "printed", "unit_at", "units"]

AFTER = re.compile(r" ?(?:\(含\))?(?P<word>及?以上|及?以内|之内|以下|左右|上下|之多|多(?!种|样|元|功|层|媒)|余)")
FAR = re.compile(
    r"(至少|最少|不少于|不低于|最多|不超过|控制在|(?:最高|最低)(?=每[年月天周次生人校班户亩位名个园]))[^\d，,。；;、]{1,12}$"
)
HEDGE = re.compile(
    r"力争|确保|争取|力求|(?<!辛勤|共同|不懈)努力(?=[实使达完做在把让争建保])|预计|"
    r"(?<![行年施])计划(?=[新建到安招完用年在启总投实改培引组]|\d)|原则上|(?<![模虚草])拟(?![合态人定])"
)
COMPARATORS = {
    "ge": ["以上", "及以上", "不少于", "不低于", "不小于", "不得少于", "不得低于", "至少", "最少", "最低", "大于等于", "≥", "达到以上", "达以上"],
    "le": ["以内", "及以内", "之内", "以下", "及以下", "不超过", "不高于", "不多于", "不大于", "不得超过", "不得高于", "小于等于", "最高", "最多", "至多", "控制在", "≤"],
    "gt": ["超过", "高于", "突破", "大于", "多于", "超", "逾", "多", "余", "之多", ">"],
    "lt": ["近", "不足", "低于", "少于", "小于", "不到", "接近", "将近", "未满", "<"],
    "approx": ["左右", "上下", "大约", "约为", "约"],
}  # fmt: skip
_COMPARATOR = {word: name for name, words in COMPARATORS.items() for word in words}
# a gap between characters of one number; digits are never joined
_APART = re.compile(
    r"(?<=[0-9.零一二三四五六七八九十百千万亿两点佰拾仟分之成负几多余百个]) +(?=[一-鿿％%])|(?<=之) +(?=\d)|(?<=[一-鿿]) +(?=[零一二三四五六七八九十百千万亿两点成折])"
)
_ENDS = frozenset("于过少低高多在破超逾足到近满约为上了达有≥≤>< ")  # of what BEFORE reads
_STOP = re.compile(r"[^,，。；;：:\n、]*+$")
_PER = re.compile(
    r" ?/ ?(?P<who>人|生|年|月|天|周|学期|学年|校|班|户|亩|亿元|万元|小时|平方米|公里)(?:元|[·/.](?P<and>年|月|天))?"
)


class Amount(NamedTuple):
    """A number with its unit.

    `start:end` is the number with its unit; `left:right` adds the words that compare (不少于 … 以上).  `value` is in
    `unit` as printed, where a final 万 or 亿 belongs to the unit; `base_value` resolves it.
    """

    start: int
    end: int
    value: float
    unit: str
    comparator: str
    kind: str
    base_value: float
    base_unit: str
    value_high: float | None = None
    hedge: str | None = None
    per: str | None = None
    left: int = 0
    right: int = 0
    is_han: bool = False


def amounts(text: str) -> list[Amount]:
    """The amounts of a text in order; numbers that are names, dates, orders or ages are not among them."""
    flat = text.translate(WIDTH)
    if _APART.search(flat):
        return _closed(flat)
    names = Names(flat)
    found: list[Amount] = []
    at = 0
    waiting: list[re.Match[str]] = []  # numbers of a list that share the unit of its last member
    for m in pattern().finditer(flat):
        if m.start() < at:
            continue
        ends = read(flat, m)
        if ends is None:
            waiting = wait(flat, waiting, m)
            continue
        low, high = ends
        at = high.end
        if not names.hold(low, high):
            found += [*_shared(flat, waiting, m.start(), high), _amount(flat, low, high)]
        waiting = []
    return _points(flat, found)


_JOINT = ("、", "和", "及", "与", "，", ",")


def _points(text: str, found: list[Amount]) -> list[Amount]:
    """The amounts with 个 before an amount in 个百分点 read as such: 分别提高3个和5个百分点."""
    for i in range(len(found) - 2, -1, -1):
        own, after = found[i], found[i + 1]
        if own.unit == "个" and after.kind == "points" and text[own.end : after.start] in _JOINT:
            found[i] = own._replace(unit=after.unit, kind="points", base_value=own.value, base_unit=after.base_unit)
    return found


def _closed(text: str) -> list[Amount]:
    """The amounts of a text whose characters stand apart (5 所, 百 分 之 五), at their places in it."""
    gaps = [m.span() for m in _APART.finditer(text)]
    kept: list[str] = []
    places: list[int] = []
    at = 0
    for start, end in [*gaps, (len(text), len(text))]:
        kept.append(text[at:start])
        places += range(at, start)
        at = end
    places.append(len(text))
    return [_moved(a, places) for a in amounts("".join(kept))]


def _moved(amount: Amount, places: list[int]) -> Amount:
    """The amount with its spans counted in the text before it was closed."""
    start, left = places[amount.start], places[amount.left]
    return amount._replace(start=start, left=left, end=places[amount.end - 1] + 1, right=places[amount.right - 1] + 1)


def _shared(text: str, waiting: list[re.Match[str]], start: int, last: Read) -> list[Amount]:
    """The amounts of the numbers before the last of a list (29.9、4.9个百分点; 1.28万亿、8200亿元)."""
    ends = [listed.end() for w in waiting if (listed := LISTED.match(text, w.end()))]
    if not ends or ends[-1] + 1 != start:
        return []
    found = []
    for w, end in zip(waiting, ends, strict=True):
        scale = text[w.end() : end]
        factor = product(scale) if scale else last.scale
        unit = scale + bare(last.unit) if scale else last.unit
        own = last._replace(start=w.start(), end=end, value=number(w["arabic"]) or 0.0, unit=unit, scale=factor)
        found.append(_amount(text, own, own))
    return found


def _amount(text: str, low: Read, high: Read) -> Amount:
    stop = _STOP.search(text, max(0, low.start - 60), low.start)
    clause = low.start - len(stop[0]) if stop else low.start
    compared = text[low.start - 1 : low.start] in _ENDS
    before = BEFORE.search(text, max(clause, low.start - 12), low.start) if compared else None
    after = AFTER.match(text, high.end)
    per = _PER.match(text, high.end) if text[high.end : high.end + 1] in ("/", " ") else None
    ranged = low is not high
    table = units().get(bare(high.unit)) or Unit(high.unit, high.kind, high.unit, 1.0)
    left, right = before.start() if before else low.start, after.end() if after else per.end() if per else high.end
    return Amount(
        start=low.start,
        end=high.end,
        value=low.value,
        value_high=high.value if ranged else None,
        unit=high.unit,
        comparator="range" if ranged else _comparator(text, clause, low, high, before, after),
        kind=high.kind,
        base_value=round(low.value * high.scale * table.factor, 6),
        base_unit=table.base,
        hedge=_hedge(text, clause, low.start),
        per=_per(per or (EACH.search(text, low.start, high.end) if "/" in text[low.start : high.end] else None)),
        left=left,
        right=right,
        is_han=low.is_han,
    )


def _per(m: re.Match[str] | None) -> str | None:
    return None if m is None else "".join(f"每{who}" for who in m.groupdict().values() if who)


def _comparator(
    text: str, clause: int, low: Read, high: Read, before: re.Match[str] | None, after: re.Match[str] | None
) -> str:
    if after and (name := _COMPARATOR.get(after["word"].lstrip("及"))):
        return name
    if high.comparator:
        return high.comparator
    far = before or FAR.search(text, max(clause, low.start - 18), low.start)
    return _COMPARATOR.get(far[1], "eq") if far else "eq"


def _hedge(text: str, clause: int, start: int) -> str | None:
    if start - clause < 2:
        return None
    found = HEDGE.findall(text, clause, start)
    return found[-1] if found else None
