"""Masked words: stars, XX, ××, 20** stay as printed; each is entered with its kind and, where the text says it, the
likely word.  Lost digits (投资万元, 年是…之年) are entered too, as empty spans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from analysis import regions

MASK = re.compile(
    r"(?P<year>(?:19|20)(?:[*＊×✕╳xXＸ○]{1,2}|[0-9][*＊×xX])(?=\s?(?:年|[-—~至]|学年|届|级|\b))"
    r"|(?<![A-Za-z0-9])(?:[xXＸ×]{2,4}|[*＊]{2,6})(?=年(?!级|龄|度?以)))"
    r"|(?P<number>十[*＊×xX](?=[大届])|第[*＊×xXＸ]{1,3}(?=[届次个章条])|(?<=[0-9])[*＊]{1,6}(?=[万亿元人所个%名])"
    r"|(?<=[了为达投资约共入金计到至])[*＊×]{1,6}(?=[万亿]?[元人名所个]))"
    r"|(?P<word>[*＊]{2,40}|(?<![0-9A-Za-z])[xXＸ×✕]{2,6}(?![0-9A-Za-z])"
    r"|(?<=[\u4e00-\u9fff“（《])[*＊](?=[\u4e00-\u9fff])|[○□■▲]{2,40}|_{3,40}|某某|\$?\{\w{1,20}\})"
)
PLACE_AFTER = re.compile(r"\s?(省|自治区|市|州|盟|县|区|旗|镇|乡|街道|村|社区)(?!域|间|分|别|位|块|级)")
PERSON_BEFORE = re.compile(
    r"(?:市长|县长|区长|省长|镇长|乡长|局长|书记|主任|主席|校长|院长|部长|处长|科长|会长|同志们?)\s?$"
)
PERSON_AFTER = re.compile(r"\s?(?:同志|先生|女士|市长|县长|区长|局长|书记|主任)")
NO_PLACE = re.compile(r"型|性|化|体系|的|事|精神|主义|思想")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=\s?年)")
NUMERALS = frozenset("一二三四五六七八九十0123456789")
LEVELS = {"市": "city", "州": "city", "盟": "city", "县": "county", "区": "county", "旗": "county"}
RULER = 60  # characters: a line of signs that parts two texts
READ = 20_000  # characters in which years are looked for
SIGNS = ("*", "＊", "×", "XX", "xx", "ＸＸ", "20X", "20x", "✕", "○", "□", "■", "▲", "___", "某某", "{")
SIGN = re.compile(r"[*＊×✕╳○□■▲{]|[xXＸ]{2}|20[xX]|___|某某")
NO_YEAR = ("。年", "！年", "？年", "；年", "\n年", "展望年", "回顾年")
LOST_YEAR = re.compile(
    r"(?:(?<=[。！？；\n])|(?<=展望)|(?<=回顾))(?=年(?:是|来[，,]|以来[，,]|[，,]|我|全|的?工作(?:回顾|要点|计划)))"
)
NO_NUMBER = (
    *(word + unit for word in ("投资", "新增", "完成", "资金", "收入") for unit in ("万元", "亿元")),
    "面积㎡", "面积平方", "面积亩", "面积公顷", "增长%", "降长%", "达到%", "人口万人",
)  # fmt: skip
LOST_NUMBER = re.compile(
    r"(?:投资|新增|完成|资金|收入)(?=[万亿]元(?!以上|级|以下))|面积(?=㎡|平方米|平方公里|亩|公顷)|增长(?=%)|达到(?=%)|人口(?=万人)"
)


def find(text: str) -> list[dict[str, Any]]:
    """A row of `masks` for each masked word or lost number; spans count characters of the text."""
    found = [m for m in _masked(text) if not _is_sign(text, m)] if _has(text, SIGNS) else []
    has_lost_year = _has(text, NO_YEAR)
    years = Counter(YEAR.findall(text[:READ]) if found or has_lost_year else ())
    rows = [_row(text, m, years) for m in found]
    _places(text, rows)
    _likely_places(text, rows, years)
    if has_lost_year:
        rows += [_lost(m.end(), "year", years) for m in LOST_YEAR.finditer(text)]
    if _has(text, NO_NUMBER):
        rows += [_lost(m.end(), "number", years) for m in LOST_NUMBER.finditer(text)]
    return sorted(rows, key=lambda row: row["start"])


def _masked(text: str) -> Iterator[re.Match[str]]:
    """The matches of MASK, asked only in the lines that hold a sign."""
    at = 0
    while (sign := SIGN.search(text, at)) is not None:
        start, end = text.rfind("\n", 0, sign.start()) + 1, text.find("\n", sign.start())
        at = end if end >= 0 else len(text)
        yield from MASK.finditer(text, start, at)


def _has(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _is_sign(text: str, m: re.Match[str]) -> bool:
    """Whether the signs multiply, stand for a zero, or draw a line instead of hiding a word."""
    before, after = text[max(0, m.start() - 1) : m.start()], text[m.end() : m.end() + 1]
    printed = m.group()
    if set(printed) == {"○"} and (before in NUMERALS or after in NUMERALS):  # 二○○四年
        return True
    if m.lastgroup == "word" and len(printed) == 1 and before.isdigit() and after.isdigit():
        return True
    return len(printed) > 12 or _stands_alone(text, m.start(), m.end())


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the line holds nothing but signs; a longer line holds something else."""
    before = text[max(0, start - RULER) : start].rpartition("\n")[2]
    after = text[end : end + RULER].partition("\n")[0]
    return len(before) + len(after) < RULER and not (before + after).strip("*＊×_-—=□■○▲ ")


def _row(text: str, m: re.Match[str], years: Counter[str]) -> dict[str, Any]:
    kind = m.lastgroup or "word"
    likely, confidence = None, None
    if kind == "word":
        kind = _kind_of_word(text, m)
    if kind == "year":
        likely, confidence = _likely_year(m.group(), years)
    return {
        "start": m.start(), "end": m.end(), "printed": m.group(), "kind": kind, "likely": likely, "confidence": confidence,
    }  # fmt: skip


def _kind_of_word(text: str, m: re.Match[str]) -> str:
    before, after = text[max(0, m.start() - 6) : m.start()], text[m.end() : m.end() + 6]
    if m.group().endswith("}"):
        return "year" if after.startswith("年") else "word"
    if PLACE_AFTER.match(after):
        return "place"
    if PERSON_BEFORE.search(before) or PERSON_AFTER.match(after):
        return "person"
    return "word"


def _places(text: str, rows: list[dict[str, Any]]) -> None:
    """Where the same signs hide a place elsewhere in the text, they do so in running text too."""
    hiding = {row["printed"] for row in rows if row["kind"] == "place"}
    for row in rows:
        if row["kind"] == "word" and row["printed"] in hiding and not NO_PLACE.match(text, row["end"]):
            row["kind"], row["confidence"] = "place", 0.6


def _likely_places(text: str, rows: list[dict[str, Any]], years: Counter[str]) -> None:
    """The name that a mask hides, where the place printed before it leaves one: the only 区 of a city, say."""
    year = int(years.most_common(1)[0][0]) if years else None
    names: dict[tuple[str, str], list[str]] = {}
    for row in rows if any(row["kind"] == "place" for row in rows) else ():
        suffix = PLACE_AFTER.match(text, row["end"])
        level = LEVELS.get(suffix.group(1)) if suffix and row["kind"] == "place" else None
        before = text[max(0, row["start"] - 12) : row["start"]].rstrip()
        above = next((p.region for p in regions.places(before, year) if p.end == len(before)), None) if level else None
        if above is None or suffix is None or level is None:
            continue
        key = (above.code, suffix.group(1))
        if key not in names:
            held = regions.children(above.code, year, level if above.level == "province" else "county")
            names[key] = [r.name for r in held if r.name.endswith(key[1])]
        if len(names[key]) == 1:
            row["likely"], row["confidence"] = names[key][0].removesuffix(key[1]), 0.7


def _likely_year(printed: str, years: Counter[str]) -> tuple[str | None, float | None]:
    """The one year that the text prints, or prints most, when it fits the mask; with how sure that is."""
    prefix = re.match(r"\d*", printed)
    start = prefix.group() if prefix else ""
    fitting = [(year, n) for year, n in years.most_common() if year.startswith(start)]
    if not fitting:
        return None, None
    share = fitting[0][1] / sum(n for _, n in fitting)
    return (fitting[0][0], round(0.8 * share, 2)) if share > 0.6 else (None, None)


def _lost(at: int, kind: str, years: Counter[str]) -> dict[str, Any]:
    likely, confidence = _likely_year("", years) if kind == "year" else (None, None)
    return {"start": at, "end": at, "printed": "", "kind": kind, "likely": likely, "confidence": confidence}
