"""White space: a paragraph a line, no blank lines, no blanks at the ends of lines nor between Han and digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.text import Edit

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇"
BLANK = r" \u00a0\u3000\u2000-\u200a\u202f\u205f\u1680"
INVISIBLE = re.compile(r"[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u202a-\u202e\x00-\x08\x0e-\x1f\x7f]+")
BREAK = re.compile(r"[ \t\u00a0\u3000\u2000-\u200a\u202f\u205f]*[\r\n\x0b\x0c\x85\u2028\u2029][\s\u200b\ufeff\u3000]*")
# a blank beside Han punctuation; between Han and a digit or letter (but not after a line's own number: 1 总则)
NEAR_MARK = re.compile(
    f"(?<=[，。；：、？！“（《〈【〔「〕])[{BLANK}]+(?=[^\\s{BLANK}])|(?<=[^\\s{BLANK}])[{BLANK}]+(?=[，。；：、？！”）》〉】〔〕」])"
)
NEAR_DIGIT = re.compile(f"(?<=[{HAN}])[{BLANK}]+(?=[0-9])|(?<=[0-9%])[{BLANK}]+(?=[{HAN}])|(?<=[0-9])[{BLANK}]+(?=%)")
NUMBERED = re.compile(
    r"(?:附?[表图件]|专栏|附录)?\s?[0-9]{1,2}(?:\.[0-9]{1,2})*\.?$"
)  # 1 总则; 表1 任务: the number of a title
LONG_LINE = 1500  # characters: in a text without line breaks a blank may stand for one
MANY = re.compile(f"[{BLANK}][{BLANK}]+|[\\u00a0\\u3000\\u2000-\\u200a\\u202f\\u205f\\u1680]")


def invisible(text: str) -> Iterator[Edit]:
    """Deletions of characters that print nothing."""
    return (Edit(m.start(), m.end(), "") for m in INVISIBLE.finditer(text))


def lines(text: str) -> Iterator[Edit]:
    """One line break between lines, none at the ends; blanks at a line's ends go too."""
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    if first:
        yield Edit(0, first, "")
    for m in BREAK.finditer(text, first, last):
        if m.group() != "\n":
            yield Edit(m.start(), m.end(), "\n")
    if first <= last < len(text):
        yield Edit(last, len(text), "")


def inner(text: str) -> Iterator[Edit]:
    """Blanks inside lines: none beside Han punctuation, one elsewhere."""
    for m in NEAR_MARK.finditer(text):
        yield Edit(m.start(), m.end(), "")


def near_digits(text: str) -> Iterator[Edit]:
    """Blanks between Han characters and figures (2024 年 3 月), but not behind the number of a heading."""
    start = end = -1
    for m in NEAR_DIGIT.finditer(text):
        if m.start() > end:
            start, end = text.rfind("\n", 0, m.start()) + 1, text.find("\n", m.end())
            end = end if end >= 0 else len(text)
        if end - start < LONG_LINE and not NUMBERED.match(text, start, m.start()):
            yield Edit(m.start(), m.end(), "")


def squeezed(text: str) -> Iterator[Edit]:
    """Several blanks, or a wide one, become one plain blank."""
    return (Edit(m.start(), m.end(), " ") for m in MANY.finditer(text))
