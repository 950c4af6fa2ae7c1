"""Dates and years as plans print them: 2019年9月23日, 二〇一九年九月二十三日, 2019-09-23, 十四五, 2018—2020年."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

_HAN_DIGIT = {**{c: i for i, c in enumerate("〇一二三四五六七八九")}, "○": 0, "零": 0, "O": 0}
_ARABIC = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?(?:年|[-/.])\s?(\d{1,2})\s?(?:月|[-/.])\s?(\d{1,2})(?!\d)\s?日?")
_HAN4 = re.compile(
    r"([一二][九〇○零O][一二三四五六七八九〇○零O]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=\s?年|[-—–～~至]|[^\d年%％.]|$)")
_HAN_YEAR = re.compile(r"([一二][九〇○零O][一二三四五六七八九〇○零O]{2})年")
RANGE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?年?\s?(?:[-—–－～~至到]{1,2})\s?((?:19|20)?\d\d)(?!\d)\s?年?(?!\d)")
SCHOOL = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?学年")
_FIVE_YEARS = {"十": 2001, "十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026, "十六": 2031}
FIVE = re.compile(
    r"[“\"「]?(十[一二三四五六]?)五[”\"」]?(?=规划|时期|期间|以来|[^，。、]{0,24}(?:规划|纲要|计划|方案|发展))"
)
_FIVE_QUOTED = re.compile(r"[“\"「](十[一二三四五六])五[”\"」]")
FIVE_LONG = re.compile(r"第(十[一二三四五六]?)个五年(?:规划|计划)")


class Dated(NamedTuple):
    """A date or year at `start:end` of a text."""

    start: int
    end: int
    value: str


def dates(text: str) -> Iterator[Dated]:
    """Full dates, as YYYY-MM-DD, from left to right; impossible ones are passed over."""
    found = []
    for match in _ARABIC.finditer(text):
        found.append((match, tuple(int(g) for g in match.groups())))
    for match in _HAN4.finditer(text):
        found.append((match, (han_year(match.group(1)) or 0, _small(match.group(2)), _small(match.group(3)))))
    for match, (year, month, day) in sorted(found, key=lambda pair: pair[0].start()):
        try:
            yield Dated(match.start(), match.end(), datetime.date(year, month, day).isoformat())
        except ValueError:
            continue


def han_year(printed: str) -> int | None:
    """二〇一九 → 2019."""
    digits = [_HAN_DIGIT.get(c) for c in printed]
    return None if None in digits else int("".join(map(str, digits)))


def _small(printed: str) -> int:
    """十二 → 12, 二十三 → 23, 九 → 9."""
    if "十" not in printed:
        return _HAN_DIGIT.get(printed, 0)
    tens, ones = printed.split("十", 1)
    return (_HAN_DIGIT.get(tens, 1) if tens else 1) * 10 + (_HAN_DIGIT.get(ones, 0) if ones else 0)


def years(text: str) -> list[Dated]:
    """The years that a text names, in order (二〇一九年 too)."""
    found = [Dated(m.start(1), m.end(1), m.group(1)) for m in YEAR.finditer(text)]
    found += [Dated(m.start(), m.end(), str(han_year(m.group(1)))) for m in _HAN_YEAR.finditer(text)]
    return sorted(found)


def period(text: str) -> tuple[int, int, str] | None:
    """The period of several years that a title names, as first, last and the words; None where it names none.

    Example: period("发展学前教育行动计划（2017-2020年）")[:2] == (2017, 2020); period("“十四五”教育规划")[:2] == (2021, 2025)
    """
    match = RANGE.search(text)
    if match:
        first = int(match.group(1))
        last = int(match.group(2)) if len(match.group(2)) == 4 else first // 100 * 100 + int(match.group(2))
        if first < last <= first + 30:
            return first, last, match.group(0)
    match = FIVE_LONG.search(text) or FIVE.search(text)
    if match and match.group(1) in _FIVE_YEARS:
        first = _FIVE_YEARS[match.group(1)]
        return first, first + 4, match.group(0)
    return None


def five_years(text: str) -> list[tuple[int, int]]:
    """First and last year of each five-year plan that a text names: “十四五” → (2021, 2025)."""
    named = [m.group(1) for pattern in (FIVE_LONG, _FIVE_QUOTED) for m in pattern.finditer(text)]
    named += [m.group(1) for m in FIVE.finditer(text) if text[: m.start()][-1:] != "第"]
    return [(_FIVE_YEARS[n], _FIVE_YEARS[n] + 4) for n in named if n in _FIVE_YEARS]


def school_year(text: str) -> tuple[int, int, str] | None:
    """The two years of a school year that is named by its first: 2023学年 → (2023, 2024, "2023学年"); None without one."""
    match = SCHOOL.search(text)
    return (int(match.group(1)), int(match.group(1)) + 1, match.group(0)) if match else None
