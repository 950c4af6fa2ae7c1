"""One number with its unit, or the two ends of a range, read at a place of the text."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from analysis.numerals.numeral import DIGITS, HAN, MYRIADS, TENS, number, product
from analysis.numerals.units import openers, unit_at

_ARABIC = r"(?:\d{1,3}+(?:,\d{3})++(?![\d])(?:\.\d++)?+|\d++(?:\.\d++)?+)"
_NUMBER = (
    rf"(?<![\d.A-Za-z第])(?:"
    rf"(?P<parts>[百千万佰]++)分之(?P<of>[{HAN}点]++|{_ARABIC})"
    rf"|(?P<arabic>(?:(?<![\w)])-|负)?+{_ARABIC}FOLLOW)"
    rf"|(?P<vague>(?<=[数几])[十百千万亿]++)"
    rf"|(?P<demi>半)(?=成|[小个]?小?时|天(?![候空])|斤|公里|亩|吨|[倍])"
    rf"|(?P<half>对折|半数|一半|过半数|过半)"
    rf"|(?<![{HAN}])(?P<han>负?+[{HAN}]++(?:点[{HAN}]++)?+FOLLOW)"
    rf")"
)
NUMBER = re.compile(_NUMBER.replace("FOLLOW", ""))
_SEPARATOR = re.compile(r" ?(?:[-—–─~]{1,2}|至|到) ?(?=[\d一二两三四五六七八九十百])")
_SLASH = re.compile(r"/(\d{1,2})(?![\d/万亿千])")
EACH = re.compile(r"/(?P<who>[人生年])元")
_HAN_RUN = re.compile(rf"[{HAN}]++")
_SCALE = re.compile(r" ?(?P<more>[多余来几]?)(?P<scale>[十百千万亿]{0,3}+)(?P<tail>[多余]?)")
_ABOUT = re.compile(r"([一二两三四五六七八])([二三四五六七八九])([十百千万亿]*)")
_PARTS = {"百": 1.0, "佰": 1.0, "千": 0.1, "万": 0.01}
_TENTHS = re.compile(r"(?P<sign>[成折])(?P<tail>[一二三四五六七八九])?(?![立果功效为员本长都人套绩熟品就因])")
LISTED = re.compile(r"(?P<scale>[万亿]{0,2}+)(?=[、和]\d)")
BEFORE = re.compile(
    r"(?P<word>不(?:得)?(?:少|低|小)于|不(?:得)?(?:超过|高于|多于|大于)|大于等于|小于等于|至少|最少|最低|最高|最多|至多|控制在|"
    r"超过|高于|突破|大于|多于|超|逾|低于|少于|小于|不足|不到|接近|将近|未满|大约|约为|约|近|达到?以上|≥|≤|>|<)"
    r"(?:了|到|达|为|有|在)? ?$"
)


@functools.cache
def pattern() -> re.Pattern[str]:
    """The pattern of the numbers that a unit may follow."""
    return re.compile(_NUMBER.replace("FOLLOW", f"(?=[{re.escape(''.join(sorted(openers())))}])"))


class Read(NamedTuple):
    """A number with its unit read from a text at `start`; `comparator` only where the number itself says it."""

    start: int
    end: int
    value: float
    unit: str
    kind: str
    comparator: str | None
    is_han: bool
    scale: float


def _share(start: int, end: int, value: float, comparator: str | None = None, is_han: bool = True) -> Read:
    return Read(start, end, round(value, 10), "%", "rate", comparator, is_han, 1.0)


def _read(text: str, m: re.Match[str]) -> Read | None:
    """The amount that begins with a match of the number pattern."""
    if m["parts"]:
        value = number(m["of"])
        factor = 1.0
        for sign in m["parts"]:
            factor *= _PARTS[sign] if factor == 1.0 else _PARTS[sign] / 100
        return None if value is None else _share(m.start(), m.end(), value * factor)
    if m["demi"]:
        return _demi(text, m)
    if m["half"]:
        return _share(m.start(), m.end(), 50.0, "gt" if "过" in m["half"] else None)
    if m["vague"]:
        return _with_unit(text, m.start(), m.end(), 1.0, m["vague"], is_han=True, more=True)
    if m["arabic"]:
        printed = m["arabic"]
        return None if len(printed) > 24 else _arabic(text, m, float(printed.replace(",", "").replace("负", "-")))
    return _han(text, m)


def _demi(text: str, m: re.Match[str]) -> Read | None:
    """Half of a unit: 半小时, 半斤, 半成."""
    if text.startswith("成", m.end()):
        return _share(m.start(), m.end() + 1, 5.0) if _TENTHS.match(text, m.end()) else None
    return _with_unit(text, m.start(), m.end(), 0.5, "", is_han=True, more=False)


def _arabic(text: str, m: re.Match[str], value: float) -> Read | None:
    if text[m.end() : m.end() + 1] == "+" or text[m.start() - 1 : m.start()] == "+":
        return None
    slash = _SLASH.match(text, m.end())
    if slash and 0 < value < float(slash[1]) and text[m.start() - 1 : m.start()] != "/":
        return _share(m.start(), slash.end(), round(100 * value / float(slash[1]), 2), is_han=False)
    tenth = _TENTHS.match(text, m.end())
    if tenth:
        return _tenths(m.start(), tenth, value, is_han=False)
    plain = unit_at(text, m.end())
    if plain is not None and len(plain.name) > 1 and plain.name[0] in "千百兆":
        return Read(m.start(), m.end() + len(plain.name), value, plain.name, plain.kind, None, False, 1.0)
    s = _SCALE.match(text, m.end())
    assert s is not None  # the pattern may be empty
    return _with_unit(text, m.start(), s.end(), value, s["scale"], is_han=False, more=bool(s["more"] or s["tail"]))


def _tenths(start: int, m: re.Match[str], value: float, is_han: bool) -> Read | None:
    factor = 10.0 if m["sign"] == "成" or value < 10 else 1.0
    value = value * factor + (DIGITS[m["tail"]] if m["tail"] else 0)
    is_name = value in (10, 100) and m["sign"] == "折"  # 十折 is the full price
    return None if value > 100 or is_name else _share(start, m.end(), value, is_han=is_han)


def _han(text: str, m: re.Match[str]) -> Read | None:
    printed, end = m["han"], m.end()
    if printed[-1] == "千" and len(printed) > 1 and printed[-2] in TENS and unit_at(text, end - 1):
        value = number(printed[:-1])  # 一百千瓦
        return None if value is None else _with_unit(text, m.start(), end - 1, value, "", is_han=True, more=False)
    if text.startswith("分之", end):
        below = _HAN_RUN.match(text, end + 2)
        value, of = number(printed), number(below[0]) if below else None
        ok = value and of and below and value > of
        return _share(m.start(), below.end(), round(100 * of / value, 2)) if ok and below and of and value else None
    tenth = _TENTHS.match(text, end)
    value = number(printed)
    if value is None:
        return None
    if tenth and value <= 100:
        return _tenths(m.start(), tenth, value, is_han=True)
    bare = printed.rstrip("万亿")
    scale = printed[len(bare) :]
    value = number(bare) if bare else 1.0
    if value is None:
        return None
    s = _SCALE.match(text, end)
    assert s is not None  # the pattern may be empty
    more = bool(s["more"] or s["tail"]) or (printed[0] in "百千万亿" and text[m.start() - 1 : m.start()] == "上")
    if printed[0] in "百千万亿" and not more and not _is_measured(text, m.start(), s.end()):
        return None
    return _with_unit(text, m.start(), s.end(), value, scale + s["scale"], is_han=True, more=more)


def _is_measured(text: str, start: int, end: int) -> bool:
    """Whether 百万 or 千亿 is a number rather than a class of things: compared, or a mass that is kept."""
    if BEFORE.search(text, max(0, start - 6), start):
        return True
    unit = unit_at(text, end)
    kept = unit is not None and unit.kind == "mass" and text[max(0, start - 2) : start] in ("定在", "持在", "达到")
    return kept and not text.startswith("级", end + len(unit.name if unit else ""))


def _with_unit(text: str, start: int, at: int, value: float, scale: str, is_han: bool, more: bool) -> Read | None:
    """The number with the unit at a place; 十, 百, 千 go into the value, a final 万 or 亿 stays in the unit."""
    if scale.endswith("千") and text[at - 1] == "千" and unit_at(text, at) is None:
        scale, at = scale[:-1], at - 1  # 100万千瓦
    kept = scale[len(scale.rstrip("万亿")) :]
    for c in scale[: len(scale) - len(kept)]:
        value *= TENS.get(c) or MYRIADS[c]
    if text[at : at + 1] == " ":
        at += 1
    each = EACH.match(text, at)  # 1000/人元
    unit = unit_at(text, each.end() - 1 if each else at)
    if unit is None:
        return None
    end = (each.end() - 1 if each else at) + len(unit.name)
    factor = 1.0
    for c in kept:
        factor *= MYRIADS[c]
    name = {"％": "%", "个百分点": "百分点"}.get(unit.name, unit.name)
    if text[end : end + 1] == "半" and value == int(value) and unit.kind in ("length", "mass", "time"):
        value, end = value + 0.5, end + 1
    return Read(start, end, round(value, 10), kept + name, unit.kind, "gt" if more else None, is_han, factor)


def read(text: str, m: re.Match[str]) -> tuple[Read, Read] | None:
    """The number that begins with a match: its two ends (3—4所, 60%~70%, 10至15个), twice the same without a range.

    The first end of a range may leave its unit to the second.
    """
    about = _ABOUT.fullmatch(m["han"]) if m["han"] else None
    if about and DIGITS[about[1]] + 1 == DIGITS[about[2]]:
        return _between(text, m, about)
    low = _read(text, m)
    at = low.end if low else _after_scale(text, m)
    sign = _SEPARATOR.match(text, at)
    second = NUMBER.match(text, sign.end()) if sign else None
    high = _read(text, second) if second else None
    if high is not None and (low is None or low.kind == high.kind):
        first = low or _without_unit(text, m, at, high)
        if first is not None and first.value * first.scale < high.value * high.scale:
            return first._replace(value=round(first.value * first.scale / high.scale, 10)), high
    return None if low is None else (low, low)


def _between(text: str, m: re.Match[str], about: re.Match[str]) -> tuple[Read, Read] | None:
    """Two digits that follow each other are a range: 三四个, 二三十所."""
    more = _SCALE.match(text, m.end())
    at = more.end() if more else m.end()
    low, high = (
        _with_unit(text, m.start(), at, float(DIGITS[d]), about[3], is_han=True, more=False)
        for d in (about[1], about[2])
    )
    return None if low is None or high is None else (low, high)


def _after_scale(text: str, m: re.Match[str]) -> int:
    scaled = _SCALE.match(text, m.end()) if m["arabic"] else None
    return scaled.end() if scaled else m.end()


def _without_unit(text: str, m: re.Match[str], at: int, high: Read) -> Read | None:
    value = number(m["arabic"] or m["han"] or "")
    if value is None:
        return None
    return high._replace(start=m.start(), value=value * _own_scale(text[m.end() : at], high))


def _own_scale(printed: str, high: Read) -> float:
    factor = product(printed)
    return factor / high.scale if factor > 1 else 1.0


def wait(text: str, waiting: list[re.Match[str]], m: re.Match[str]) -> list[re.Match[str]]:
    """The numbers of a list that still wait for their unit, with this one if it stands in such a list."""
    listed = LISTED.match(text, m.end()) if m["arabic"] else None
    if listed is None:
        return []
    follows = waiting and LISTED.match(text, waiting[-1].end())
    return [*waiting[-11:], m] if follows and follows.end() + 1 == m.start() else [m]  # a list of at most 12
