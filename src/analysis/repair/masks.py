"""Masked words: stars, XX, ××, 20** stay as printed; each is entered with its kind and, where the text says it, the
likely word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

STARS = r"[*＊×✕╳Ｘ○□■◆▲_]"
MASK = re.compile(
    r"(?P<year>(?:19|20)(?:[*＊×✕╳xXＸ○]{1,2}|[0-9][*＊×xX])(?=\s?(?:年|[-—~至]|学年|届|级|\b))"
    r"|(?<![A-Za-z0-9])(?:[xXＸ×]{2,4}|[*＊]{2,6})(?=年(?!级|龄|度?以)))"
    r"|(?P<number>十[*＊×xX](?=[大届])|第[*＊×xXＸ]{1,3}(?=[届次个章条])|(?<=[0-9])[*＊]{1,6}(?=[万亿元人所个%名])|(?<=[了为达投资约共])[*＊×]{1,4}(?=[万亿]?[元人名所个]))"
    r"|(?P<word>[*＊]{2,}|(?<![0-9A-Za-z])[xXＸ×✕]{2,6}(?![0-9A-Za-z])|(?<=[\u4e00-\u9fff“（《])[*＊×✕](?=[\u4e00-\u9fff])|[○□■▲]{2,}|_{3,}|某某)"
)
PLACE_AFTER = re.compile(r"\s?(省|自治区|市|州|盟|县|区|旗|镇|乡|街道|村|社区)(?!域|间|分|别|位|块|级)")
PERSON_BEFORE = re.compile(
    r"(?:市长|县长|区长|省长|镇长|乡长|局长|书记|主任|主席|校长|院长|部长|处长|科长|会长|同志们?)\s?$"
)
PERSON_AFTER = re.compile(r"\s?(?:同志|先生|女士|市长|县长|区长|局长|书记|主任)")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=\s?年)")
NUMERALS = frozenset("一二三四五六七八九十0123456789")


def find(text: str) -> list[dict[str, Any]]:
    """A row of `masks` for each masked word; spans count characters of the text."""
    return [_row(text, m) for m in MASK.finditer(text) if not _is_sign(text, m)]


def _is_sign(text: str, m: re.Match[str]) -> bool:
    """Whether the signs multiply, draw a line, or mark bold text instead of hiding a word."""
    before, after = text[m.start() - 1 : m.start()], text[m.end() : m.end() + 1]
    printed = m.group()
    if set(printed) <= {"○"} and (before in NUMERALS or after in NUMERALS):  # 二○○四年
        return True
    if m.lastgroup == "word" and len(printed) == 1 and before.isdigit() and after.isdigit():
        return True
    return len(printed) > 12 or _line_of(text, m.start()).strip("*＊×_-—=□■○▲ ") == ""


def _line_of(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : end if end >= 0 else len(text)]


def _row(text: str, m: re.Match[str]) -> dict[str, Any]:
    kind = m.lastgroup or "word"
    likely, confidence = None, None
    if kind == "word":
        kind = _kind_of_word(text, m)
    if kind == "year":
        likely, confidence = _likely_year(text, m.group())
    return {
        "start": m.start(),
        "end": m.end(),
        "printed": m.group(),
        "kind": kind,
        "likely": likely,
        "confidence": confidence,
    }


def _kind_of_word(text: str, m: re.Match[str]) -> str:
    before, after = text[max(0, m.start() - 6) : m.start()], text[m.end() : m.end() + 6]
    if PLACE_AFTER.match(after):
        return "place"
    if PERSON_BEFORE.search(before) or PERSON_AFTER.match(after):
        return "person"
    return "word"


def _likely_year(text: str, printed: str) -> tuple[str | None, float | None]:
    """The one year that the text's first lines print, or that it prints most, when it fits the mask."""
    prefix = re.match(r"\d*", printed)
    fitting = [y for y in YEAR.findall(text[:20_000]) if y.startswith(prefix.group() if prefix else "")]
    if not fitting:
        return None, None
    (year, n), *others = Counter(fitting).most_common()
    share = n / len(fitting)
    return (year, round(0.8 * share, 2)) if not others or share > 0.6 else (None, None)


def lost(text: str) -> Iterator[tuple[int, int]]:
    """Places where a year's or a number's digits are missing, as empty spans."""
    for m in re.finditer(
        r"(?:^|(?<=[。！？；，\s展望在从自于至到]))(?=年(?:是|来|以来|，|度|底|末|初|春|秋|，|全|我|工作|计划))", text
    ):
        yield m.start(), m.start()
