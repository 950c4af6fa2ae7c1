"""Which years a passage of a yearly text speaks of: five years behind, the year before, this year, five years ahead."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

FIVE_END = {"二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035}
_LOOSE = 1500  # how far a passage reaches that no later one ends
_OPENING = 60  # a paragraph names its years in its first words
_PAST = re.compile(
    r"(?:过去|这)的?五年|五年[来间](?!的?(?:规划|计划))|是[^。，,\d]{2,30}的五年|标志着[^。，]{0,8}十.五"
)
_CUE = re.compile(
    r"(?P<past>(?:过去|这)的?五年|五年[来间]|^[^。，,\d]{0,8}这?是[^。，,\d]{2,30}的五年)|"
    r"(?P<ahead>(?:今后|未来)的?五年)|"
    r"(?<![编划究动制定接为])(?<![编划究动制定接为][“\"])[“\"]?十(?P<five>[二三四五六])五[”\"]?(?:时期|期间|(?P<since>以来))(?!的?(?:建议|规划))|"
    r"第十(?P<drawn>[二三四五六])个五年规划|"
    r"(?P<now>今年|明年)|(?P<last>过去一年|一年来|去年)|(?<![到较比从由于])(?P<year>20\d\d)年(?!以来|前)"
)
_HINT = re.compile(r"五年|十[二三四五六]个?五|[今明去]年|过去一年|一年来|20\d\d年")  # what every cue holds
_PARAGRAPH = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r"(?<=[。！？；])(?=([^。！？；]{4,20}))")
_FRONT = re.compile(r"[—\-―]*|各位代表[！!，,]?|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|[“\"]")


class Era(NamedTuple):
    """A passage from `start` on: past, last, now or ahead; the last of its years; whether a later passage ends it."""

    start: int
    name: str
    until: int
    is_closed: bool = False


def of(text: str, plan: dict[str, Any]) -> Eras:
    """The passages of a plan's text."""
    return _of(text, plan.get("plan_year"), plan.get("plan_until"))


@functools.lru_cache(maxsize=4)
def _of(text: str, year: int | None, until: int | None) -> Eras:
    return Eras(text, year, until)


class Eras:
    """The passages of one text; none where the text is not for a single year."""

    def __init__(self, text: str, year: int | None, until: int | None) -> None:
        is_yearly = year is not None and until in (year, None)
        found = list(_read(text, int(year))) if is_yearly and year is not None else []
        ends = [era.start for era in found if era.name == "now"]
        self.found = [era._replace(is_closed=bool(ends) and ends[-1] > era.start) for era in found]
        self.starts = [era.start for era in found]

    def at(self, place: int) -> Era | None:
        """The passage that holds a place of the text."""
        i = bisect.bisect_right(self.starts, place) - 1
        if i < 0 or (not self.found[i].is_closed and place - self.found[i].start > _LOOSE):
            return None
        return self.found[i]

    def ahead(self, place: int) -> int | None:
        """The last of the five years to come, where a place of the text speaks of them."""
        era = self.at(place)
        return era.until if era and era.name == "ahead" else None

    def coming(self, place: int) -> int | None:
        """The last of the five years to come, where the text has spoken of them before a place."""
        i = bisect.bisect_right(self.starts, place)
        return next((era.until for era in reversed(self.found[:i]) if era.name == "ahead"), None)


def _read(text: str, year: int) -> Iterator[Era]:
    before: Era | None = None
    for m in _PARAGRAPH.finditer(text):
        if not _HINT.search(m[0]):
            continue
        opened = _opening(m[0][:_OPENING], m[0][_OPENING : 2 * _OPENING], year)
        if opened:
            before = Era(m.start(), *opened)
            yield before
        lent = False
        for s in _SENTENCE.finditer(m[0]):
            turned = _turn(s[1], year)
            if turned and turned[0] in ("now", "ahead"):
                lent = turned[0] == "ahead"
                yield Era(m.start() + s.start(), *turned)
        if lent and before:  # a sentence ahead within a paragraph ends with it
            yield before._replace(start=m.end())


def _opening(head: str, more: str, year: int) -> tuple[str, int] | None:
    """The years that a paragraph names first; none for a heading that names two."""
    kinds = [kind for m in _CUE.finditer(head) if (kind := _kind(m, year))]
    if not kinds:
        return None
    if len(head) < 45 and not head.endswith(("。", "：", ":")) and len({k for k, _ in kinds}) > 1:
        return None
    if kinds[0][0] == "last" and _PAST.search(head + more):
        return "past", year - 1
    near = _CUE.search(_FRONT.sub("", head, count=3)[:24])
    return kinds[0] if kinds[0][0] in ("ahead", "past") or near else None


def _turn(head: str, year: int) -> tuple[str, int] | None:
    m = _CUE.search(head)
    return _kind(m, year) if m else None


def _kind(m: re.Match[str], year: int) -> tuple[str, int] | None:
    """What a cue says of a text for one year; None where it names a year of neither."""
    five = m["five"] or m["drawn"]
    if five:
        end = FIVE_END[five]
        if m["since"]:
            return "past", year - 1
        return ("ahead", end) if end > year else ("past", end) if end < year else None
    if m["year"]:
        return {year: ("now", year), year - 1: ("last", year - 1)}.get(int(m["year"]))
    if m["ahead"]:
        end = (year - 1) // 5 * 5 + 5
        return ("ahead", end) if end > year else None
    return ("past", year - 1) if m["past"] else ("last", year - 1) if m["last"] else ("now", year)
