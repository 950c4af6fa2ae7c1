"""Word's automatic numbers as they are printed: 一、 （一） 1. 第一章.

Source: ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DIGITS = "〇一二三四五六七八九"
LEGAL = "零壹贰叁肆伍陆柒捌玖"
HOLDER = re.compile(r"%([1-9])")


def chinese(n: int, digits: str = DIGITS, tens: str = "十", hundreds: str = "百") -> str:
    """A number below 1000 in Chinese numerals: 1 → 一, 12 → 十二, 20 → 二十, 105 → 一百〇五."""
    if not 0 < n < 1000:
        return str(n)
    h, t, o = n // 100, n // 10 % 10, n % 10
    out = digits[h] + hundreds if h else ""
    if t:
        out += ("" if t == 1 and not h else digits[t]) + tens
    elif h and o:
        out += digits[0]
    return out + (digits[o] if o else "")


def roman(n: int) -> str:
    """A number in Roman numerals."""
    out = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        out += sign * (n // value)
        n %= value
    return out


def letter(n: int) -> str:
    """a, b, …, z, aa, bb, … as Word counts letters."""
    return chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1) if n > 0 else str(n)


def circled(n: int) -> str:
    """① to ⑳."""
    return chr(0x2460 + n - 1) if 1 <= n <= 20 else str(n)


FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": chinese,
    "japaneseCounting": chinese,
    "japaneseDigitalTenThousand": chinese,
    "koreanDigital2": chinese,
    "chineseLegalSimplified": lambda n: chinese(n, LEGAL, "拾", "佰"),
    "ideographLegalTraditional": lambda n: chinese(n, LEGAL, "拾", "佰"),
    "ideographTraditional": lambda n: "甲乙丙丁戊己庚辛壬癸"[(n - 1) % 10],
    "ideographZodiac": lambda n: "子丑寅卯辰巳午未申酉戌亥"[(n - 1) % 12],
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedParen": lambda n: f"({n})",
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "decimalZero": lambda n: f"{n:02d}",
    "upperLetter": lambda n: letter(n).upper(),
    "lowerLetter": letter,
    "upperRoman": roman,
    "lowerRoman": lambda n: roman(n).lower(),
    "none": lambda n: "",
}


@dataclass
class Level:
    """A level of a list: how its number is written, and where it starts."""

    start: int = 1
    written: str = "decimal"
    text: str = ""
    is_legal: bool = False
    style: str | None = None


@dataclass
class Lists:
    """The lists of a document, counting as its paragraphs pass by."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # abstract list → level → form
    abstract: dict[str, str] = field(default_factory=dict)  # list → abstract list
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def number(self, list_id: str, depth: int) -> str:
        """The printed number of the next paragraph of a list at a level, "" for bullets and unknown lists."""
        name = self.abstract.get(list_id)
        levels = self.levels.get(name or "", {})
        if name is None or depth not in levels:
            return ""
        counts = self.counts.setdefault(name, {})
        if list_id not in self.seen:
            self.seen.add(list_id)
            for (owner, level), start in self.restarts.items():
                if owner == list_id:
                    counts[level] = start - 1
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        return self._printed(levels, counts, depth)

    def _printed(self, levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
        this = levels[depth]
        if this.written == "bullet":
            return ""

        def one(m: re.Match[str]) -> str:
            at = int(m.group(1)) - 1
            level = levels.get(at, Level())
            value = counts.get(at, level.start)
            write = str if this.is_legal and at < depth else FORMATS.get(level.written, str)
            return write(value)

        printed = HOLDER.sub(one, this.text)
        return printed + " " if printed and printed[-1].isalnum() else printed


def lists(part: etree._Element | None) -> Lists:
    """The lists that numbering.xml defines."""
    made = Lists()
    if part is None:
        return made
    links: dict[str, str] = {}
    for node in part.findall(f"{W}abstractNum"):
        name = node.get(f"{W}abstractNumId", "")
        made.levels[name] = {int(lvl.get(f"{W}ilvl", "0")): _level(lvl) for lvl in node.findall(f"{W}lvl")}
        link = node.find(f"{W}styleLink")
        if link is not None:
            links[link.get(f"{W}val", "")] = name
    for node in part.findall(f"{W}abstractNum"):
        link = node.find(f"{W}numStyleLink")
        if link is not None and link.get(f"{W}val", "") in links:
            made.levels[node.get(f"{W}abstractNumId", "")] = made.levels[links[link.get(f"{W}val", "")]]
    for node in part.findall(f"{W}num"):
        _num(node, made)
    return made


def _level(node: etree._Element) -> Level:
    def value(tag: str, default: str) -> str:
        found = node.find(f"{W}{tag}")
        return default if found is None else found.get(f"{W}val", default)

    style = value("pStyle", "")
    is_legal = node.find(f"{W}isLgl") is not None
    return Level(int(value("start", "1")), value("numFmt", "decimal"), value("lvlText", ""), is_legal, style or None)


def _num(node: etree._Element, made: Lists) -> None:
    name = node.get(f"{W}numId", "")
    of = node.find(f"{W}abstractNumId")
    made.abstract[name] = "" if of is None else of.get(f"{W}val", "")
    for override in node.findall(f"{W}lvlOverride"):
        depth = int(override.get(f"{W}ilvl", "0"))
        start = override.find(f"{W}startOverride")
        if start is not None:
            made.restarts[name, depth] = int(start.get(f"{W}val", "1"))
        form = override.find(f"{W}lvl")
        if form is not None:
            own = dict(made.levels.get(made.abstract[name], {}))
            own[depth] = _level(form)
            made.levels[f"num{name}"] = own
            made.abstract[name] = f"num{name}"
