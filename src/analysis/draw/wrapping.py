"""Lines of Chinese and English text that fit a width."""

from __future__ import annotations

import functools
import re
from pathlib import Path

from matplotlib.ft2font import FT2Font, LoadFlags

FONTS = Path(__file__).parent / "fonts"
_UNIT = re.compile(r"[A-Za-z0-9.,%+\-–−≈≤≥<>=‰/'’()~:]+|.", re.DOTALL)
_NOT_FIRST = "，。、；：！？）》】〕”’%％‰…,.;:!?)]}"
_PAUSE = re.compile(rf"(?:[，。；：！？）》】〕”]|(?<![\d ]) )(?=[^{re.escape(_NOT_FIRST)}])")
_NOT_LAST = "（《【〔“‘([{"


def width(text: str, weight: str = "Regular") -> float:
    """The width of a text's longest line in ems, measured in our font: a Chinese character is 1, a digit 0.56, % 0.92."""
    return max(sum(_advance(c, weight) for c in line) for line in text.split("\n"))


@functools.cache
def _advance(c: str, weight: str) -> float:
    font = _font(weight)
    if not font.get_char_index(ord(c)):
        return 1.0  # a box, of which matplotlib warns
    return float(font.load_char(ord(c), flags=LoadFlags.NO_SCALE).horiAdvance) / float(font.units_per_EM)


@functools.cache
def _font(weight: str) -> FT2Font:
    return FT2Font(str(FONTS / f"NotoSansSC-{weight}.ttf"))


def wrap(text: str, ems: float, weight: str = "Regular") -> str:
    """The text broken into lines of at most `ems`, never before a closing mark or inside a word or number."""
    return "\n".join(line for part in text.split("\n") for line in _lines(part, ems, weight))


def even(text: str, ems: float, weight: str = "Regular") -> str:
    """The text broken into lines of at most `ems` that are about equally long."""
    lines = wrap(text, ems, weight).count("\n") + 1
    narrow = width(text, weight) / lines
    while narrow < ems and wrap(text, narrow, weight).count("\n") + 1 > lines:
        narrow += 0.5
    return wrap(text, min(narrow, ems), weight)


def full(text: str, ems: float, weight: str = "Regular") -> str:
    """The text broken into full lines of at most `ems`; where the last would hold less than a quarter of it more evenly.

    Two lines then part behind a mark or between words, if they can.
    """
    lines = wrap(text, ems, weight)
    if "\n" not in lines or 4 * width(lines.split("\n")[-1], weight) >= ems:
        return lines
    ends = [m.end() for m in _PAUSE.finditer(text)]
    cuts = [(text[:at].rstrip(), text[at:].lstrip()) for at in ends]
    sizes = [(width(one, weight), width(other, weight)) for one, other in cuts]
    held = [
        (abs(a - b), cut) for (a, b), cut in zip(sizes, cuts, strict=True) if ems >= max(a, b) and min(a, b) > ems / 4
    ]
    return "\n".join(min(held)[1]) if held else even(text, ems, weight)


def _lines(text: str, ems: float, weight: str) -> list[str]:
    lines, line = [], ""
    for unit in _UNIT.findall(text):
        if line and width(line + unit, weight) > ems and unit[0] not in _NOT_FIRST:
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
