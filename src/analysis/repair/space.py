"""White space: a paragraph a line, no blank lines, no blanks at the ends of lines nor between Han and digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.text import Edit

INVISIBLE = re.compile(r"[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u202a-\u202e\x00-\x08\x0e-\x1b\x7f]+")
RUN = re.compile(r"[^\S\n]\s*|\n\s+|\A\n|\n\Z")  # white space but single line breaks between lines
BREAKS = frozenset("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
OPENERS = frozenset("，。；：、？！“（《〈【〔「〕")  # no blank behind these
CLOSERS = frozenset("，。；：、？！”）》〉】〔〕」")  # no blank before these
NUMBERED = re.compile(
    r"(?:附?[表图件]|专栏|附录)?\s?[0-9]{1,2}(?:\.[0-9]{1,2})*\.?$"
)  # 1 总则; 表1 任务: the number of a title
MARKER = re.compile(r"[（(][一二三四五六七八九十0-9]{1,3}[）)]$")
LONG_LINE = 1500  # characters: in a text without line breaks a blank may stand for one


def invisible(text: str) -> Iterator[Edit]:
    """Deletions of characters that print nothing."""
    return (Edit(m.start(), m.end(), "") for m in INVISIBLE.finditer(text))


def tidy(text: str) -> Iterator[Edit]:
    """One line break between lines and none at the ends; inside lines one blank, or none where none belongs."""
    line = (-1, -1)
    for m in RUN.finditer(text):
        run, (start, end) = m.group(), m.span()
        if start == 0 or end == len(text):
            new = ""
        elif not BREAKS.isdisjoint(run):
            new = "\n"
        else:
            if start > line[1]:
                line = _line(text, start, end)
            new = _inside(text, start, end, line)
        if new != run:
            yield Edit(start, end, new)


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """The ends of the line around a run of blanks."""
    last = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, last if last >= 0 else len(text)


def _inside(text: str, start: int, end: int, line: tuple[int, int]) -> str:
    """What a run of blanks inside a line becomes."""
    before, after = text[start - 1], text[end]
    if "\t" in text[start:end]:
        return "" if before == "、" else "\t"  # a tab parts cells, but for one behind a number
    if before in OPENERS or after in CLOSERS:
        return ""
    if before in "）)" and MARKER.match(text, line[0], start):
        return ""
    if before.isascii() == after.isascii():
        return "" if before.isdigit() and after == "%" else " "
    figures = (_is_han(before) and after.isdigit()) or ((before.isdigit() or before == "%") and _is_han(after))
    if not figures or line[1] - line[0] >= LONG_LINE or _is_number(text, line[0], start, after):
        return " "
    return ""


def _is_number(text: str, start: int, end: int, after: str) -> bool:
    """Whether the line's own number stands before a blank, and no amount (3.5 万人)."""
    return after not in "万亿元%" and NUMBERED.match(text, start, end) is not None


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char == "〇"
