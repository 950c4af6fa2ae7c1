"""Files that hold several plans (篇一, 篇二; 第一篇 …), taken apart."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from analysis.parse import titles
from analysis.text import Edit, Repaired

_PART = re.compile(
    r"^[ \u3000#*【《]{0,4}(?:[^\n。]{0,30}?[（(]?篇\s?([一二三四五六七八九十]{1,3}|\d{1,2})[）)]?|第([一二三四五六七八九十]{1,3})篇)(?=$|[\s:：、】》])[^\n。]{0,40}$",
    re.M,
)
_LEAST = 200  # characters: a shorter piece is a line of a list, no plan


def split(repaired: Repaired) -> list[Repaired]:
    """One Repaired a plan, each with the map back to the whole source; usually the document itself alone."""
    text = repaired.text.clean
    starts = [m.start() for m in _PART.finditer(text) if not _is_part_of_one(m)]
    whole = [(a, b) for a, b in pairwise([*starts, len(text)]) if b - a >= _LEAST]
    if len(whole) < 2:
        return [repaired]
    return [_piece(repaired, a, b) for a, b in whole]


def _is_part_of_one(label: re.Match[str]) -> bool:
    """Whether a label is that of a part of one long plan (第二篇 建设现代产业体系), which names no plan."""
    words = re.sub(r"^[ \u3000#*【《]*第[一二三四五六七八九十]{1,3}篇[\s:：、】》]*", "", label.group())
    return label.group(2) is not None and words != "" and not titles.is_title(titles.clean(words))


def _piece(repaired: Repaired, start: int, end: int) -> Repaired:
    """The part start:end of a document."""
    text = repaired.text.edit([Edit(0, start, ""), Edit(end, len(repaired.text.clean), "")])
    return replace(
        repaired,
        text=text,
        headings=[(a - start, b - start, n) for a, b, n in repaired.headings if start <= a and b <= end],
        tables=[(a - start, b - start) for a, b in repaired.tables if start <= a and b <= end],
        masks=[
            {**m, "start": m["start"] - start, "end": m["end"] - start}
            for m in repaired.masks
            if start <= m["start"] and m["end"] <= end
        ],
    )
