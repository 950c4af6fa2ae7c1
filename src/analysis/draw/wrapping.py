"""Lines of Chinese and English text that fit a width."""

from __future__ import annotations

import re
import unicodedata

_UNIT = re.compile(r"[A-Za-z0-9.,%+\-‰/'’()~:]+|.", re.DOTALL)
_NOT_FIRST = "，。、；：！？）》】〕”’%％‰…,.;:!?)]}"
_NOT_LAST = "（《【〔“‘([{"


def width(text: str) -> float:
    """The width of a text in ems: a Chinese character is 1, a Latin letter or digit about 0.56."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.56 for c in text)


def wrap(text: str, ems: float) -> str:
    """The text broken into lines of at most `ems`, never before a closing mark or inside a word or number."""
    return "\n".join(line for part in text.split("\n") for line in _lines(part, ems))


def even(text: str, ems: float) -> str:
    """The text broken into lines of at most `ems` that are about equally long."""
    lines = wrap(text, ems).count("\n") + 1
    narrow = width(text) / lines
    while narrow < ems and wrap(text, narrow).count("\n") + 1 > lines:
        narrow += 0.5
    return wrap(text, min(narrow, ems))


def _lines(text: str, ems: float) -> list[str]:
    lines, line = [], ""
    for unit in _UNIT.findall(text):
        if line and width(line + unit) > ems and unit[0] not in _NOT_FIRST:
            carried = line[-1] if line[-1] in _NOT_LAST and len(line) > 1 else ""
            lines.append(line[: len(line) - len(carried)].rstrip())
            line = carried + unit.lstrip()
        else:
            line += unit
    return [*lines, line] if line or not lines else lines


def shorten(text: str, ems: float) -> str:
    """The text cut to `ems` with … at the end, or as it is where it fits."""
    if width(text) <= ems:
        return text
    kept = ""
    for c in text:
        if width(kept + c) > ems - 1:
            break
        kept += c
    return kept + "…"
