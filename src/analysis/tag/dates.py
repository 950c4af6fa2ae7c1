"""By when an item is to be done: a date where the text settles it, else the words (每季度, 开学前)."""

from __future__ import annotations

import calendar
import re
from typing import NamedTuple

MONTH = r"(1[0-2]|0?[1-9])月"
DAY = r"(?:(3[01]|[12]\d|0?[1-9])日|(底|末|上旬|中旬|下旬|份)?)"
ON_DAY = re.compile(rf"(?:(20\d\d)年|今年|明年)?{MONTH}{DAY}(?:之?前|以前|完成|完工|建成|投入使用|投用)")
LIMIT = re.compile(rf"(?:时限|时间|期限|时间节点)[:：为]\s*(?:(20\d\d)年)?{MONTH}{DAY}")
YEAR_END = re.compile(
    r"(?:(20\d\d)年|[今本当]年|(?<![\d一二三四五六七八九十几两每近])年)(?:底|末|内)前?(?!到期|以来|开始)"
)
BY_YEAR = re.compile(r"(?:到|至|截至|力争)(20\d\d)年(?![度\d]|1?\d月)")
BEFORE_YEAR = re.compile(r"(20\d\d)年(?:之前|以前|前(?!后))")
PERIOD = re.compile(r"[“\"]?十([三四五六])五[”\"]?(?:规划)?(?:期?末|时期末)")
HALF = re.compile(r"(?:(20\d\d)年|今年)?(上半年|[第]?[一二三四1-4]季度[末底]?)(?:之?前|内|完成)?")
WORDS = re.compile(
    r"(?<![生人校班户均])每(?:季度|月|年|学期|学年|周|半年|两年|旬)(?!新增|增长|增加|平均|递增)|(?:20\d\d年)?(?:春季|秋季)?(?:学期)?开学前|"
    r"(?:20\d\d年)?[春秋]季学期前|暑假前|寒假前|学年末|学期末|[高中]考前|汛期前|入冬前|春节前"
)
QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
PART_OF_MONTH = {"上旬": 10, "中旬": 20}


class Deadline(NamedTuple):
    """A date as YYYY-MM-DD or the words of the text, and where it stands."""

    value: str
    start: int
    end: int


def deadline(text: str, year: int | None) -> Deadline | None:
    """The first deadline of a text, a date before words; None where the text names none.

    Args: year: the plan's year, which 年底前 and 6月底前 count in; without it they stay words.
    """
    dated = [found for find in (_on_day, _year_end, _year, _period, _half) for found in find(text, year)]
    if dated:
        return min(dated, key=lambda d: d.start)
    words = WORDS.search(text)
    return Deadline(words.group(), words.start(), words.end()) if words else None


def _on_day(text: str, year: int | None) -> list[Deadline]:
    found = []
    for m in (*ON_DAY.finditer(text), *LIMIT.finditer(text)):
        at = int(m[1]) if m[1] else year
        if at is None:
            found.append(Deadline(m.group(), m.start(), m.end()))
            continue
        month = int(m[2])
        last = calendar.monthrange(at, month)[1]
        day = min(int(m[3]), last) if m[3] else PART_OF_MONTH.get(m[4] or "", last)
        found.append(Deadline(f"{at}-{month:02}-{day:02}", m.start(), m.end()))
    return found


def _year_end(text: str, year: int | None) -> list[Deadline]:
    return [_end_of(m, int(m[1]) if m[1] else year) for m in YEAR_END.finditer(text)]


def _year(text: str, _year: int | None) -> list[Deadline]:
    found = [_end_of(m, int(m[1])) for m in BY_YEAR.finditer(text)]
    return found + [_end_of(m, int(m[1]) - 1) for m in BEFORE_YEAR.finditer(text)]


def _end_of(match: re.Match[str], year: int | None) -> Deadline:
    value = f"{year}-12-31" if year is not None else match.group()
    return Deadline(value, match.start(), match.end())


def _period(text: str, _year: int | None) -> list[Deadline]:
    """Ends of five-year plans: 十四五 ends in 2025, 十五五 in 2030."""
    return [_end_of(m, 2010 + 5 * "一二三四五六".index(m[1])) for m in PERIOD.finditer(text)]


def _half(text: str, year: int | None) -> list[Deadline]:
    found = []
    for m in HALF.finditer(text):
        at = int(m[1]) if m[1] else year
        month = 6 if m[2] == "上半年" else QUARTERS[m[2].lstrip("第")[0]]
        day = calendar.monthrange(2001, month)[1]
        found.append(Deadline(f"{at}-{month:02}-{day:02}" if at is not None else m.group(), m.start(), m.end()))
    return found
