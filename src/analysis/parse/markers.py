"""The markers of official Chinese writing: 第一章, 一、, （一）, 1., （1）, ①, 一是, 一要, 第一，.

A family is a way of marking (`han` is 一、 and 一.); `box` is 专栏1; families have a customary order from outside to inside, which the
document's own use may overrule.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# customary order, outermost first; num_dec (1.1) takes its place from its dots
FAMILIES = (
    "part", "chapter", "section", "han", "han_paren", "box", "article", "num", "num_dec", "num_dec3", "num_paren", "circle", "letter",
    "ordinal", "shi",
)  # fmt: skip
RANK = {family: i for i, family in enumerate(FAMILIES)}

_HAN = "一二三四五六七八九十"
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_UNITS = "个项所名人万亿元年月日时点分米吨亩套辆座条次倍位家户件%％‰℃度号级届期类大种周课天岁折寸斤吨幢栋处支场批轮"

# at the start of a line
_PATTERNS: list[tuple[str, re.Pattern[str]]] = [
    ("part", re.compile(rf"第\s?([{_HAN}百零〇\d]{{1,4}})\s?(?:编|篇|部分)[\s:：、.．]{{0,3}}")),
    ("chapter", re.compile(rf"第\s?([{_HAN}百零〇\d]{{1,4}})\s?章[\s:：、.．]{{0,3}}")),
    ("section", re.compile(rf"第\s?([{_HAN}百零〇\d]{{1,4}})\s?节[\s:：、.．]{{0,3}}")),
    ("article", re.compile(rf"第\s?([{_HAN}百零〇\d]{{1,4}})\s?条[\s:：、.．]{{0,3}}")),
    ("box", re.compile(rf"专\s?栏\s?([{_HAN}]{{1,3}}|\d{{1,2}})[\s:：、.．]{{0,3}}(?=[\u4e00-\u9fff“])")),
    ("shi", re.compile(rf"([{_HAN}]{{1,3}})(?:是|要)(?:要)?(?![一否])[:：,，]?")),
    ("han_paren", re.compile(rf"[（(〔【［\[]\s?([{_HAN}]{{1,3}})\s?[）)〕】］\]][\s、.．:：]{{0,2}}")),
    ("han_paren", re.compile(rf"([{_HAN}]{{1,3}})[）)][\s、.．]{{0,2}}")),
    ("han", re.compile(rf"([{_HAN}]{{1,3}})\s?[、.．,，:：]\s{{0,3}}")),
    ("han", re.compile(rf"([{_HAN}]{{1,3}})\s{{1,4}}(?=[\u4e00-\u9fff])")),
    ("ordinal", re.compile(rf"第([{_HAN}]{{1,2}})(?:[,，、:：]|是)\s?")),
    ("num_paren", re.compile(r"[（(]\s?(\d{1,2})\s?[）)][\s、.．]{0,2}")),
    ("num_paren", re.compile(r"(\d{1,2})[）)][\s、.．]{0,2}")),
    ("num_dec3", re.compile(r"\d{1,2}(?:\.\d{1,2}){1,2}\.(\d{1,2})[.．、]?\s{0,3}(?=[\u4e00-\u9fff“《])")),
    ("num_dec", re.compile(rf"\d{{1,2}}\.(\d{{1,2}})(?:[.．、]\s{{0,3}}|\s{{1,3}})(?=[\u4e00-\u9fff“《])(?![{_UNITS}])")),
    ("num", re.compile(r"(\d{1,3})\s?[.．、,，]\s{0,3}(?!\d)")),
    ("num", re.compile(rf"(\d{{1,2}})\s{{1,4}}(?=[\u4e00-\u9fff“《])(?![{_UNITS}])")),
    ("circle", re.compile(r"([①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])\s?")),
]  # fmt: skip

# inside a line, after the end of a sentence, or glued to the word before
INLINE = re.compile(
    rf"第[{_HAN}]{{1,3}}[章节](?=\s)|[（(](?:[{_HAN}]{{1,3}}|\d{{1,2}})[）)]|[{_HAN}]{{1,3}}、(?![{_HAN}])|\d{{1,3}}[.．、](?!\d)|[①-⑳]"
)
BARE_NUMBER = re.compile(
    rf"(?<![\d.%年月第])(\d{{1,2}})(?=[\u4e00-\u9fff“])(?![{_UNITS}堂册间门份笔篇多余]|节(?![约能水]))"
)


class Marker(NamedTuple):
    """A marker as printed, with the length it takes at the start of its text."""

    family: str
    number: int | None
    printed: str
    length: int


def value(printed: str) -> int | None:
    """The number that Chinese or Arabic digits say (十二 → 12), None where they say none."""
    if printed.isdecimal():
        return int(printed)
    if len(printed) == 1 and "①" <= printed <= "⑳":
        return ord(printed) - ord("①") + 1
    total, digit = 0, 0
    for character in printed:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            return None
    return total + digit if total + digit or printed in "零〇" else None


def at_start(text: str) -> Marker | None:
    """The marker that a line begins with, None where it begins with none.

    Example: at_start("（三）推进改革").number == 3
    """
    for family, pattern in _PATTERNS:
        match = pattern.match(text)
        if match:
            return Marker(family, value(match.group(1)), match.group(0).strip(), match.end())
    return None
