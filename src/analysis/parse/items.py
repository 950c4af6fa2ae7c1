"""Items: the lowest-level parts with body text, and how their text speaks (task, review, problem)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.parse import outline
from analysis.parse.blocks import Block
from analysis.parse.heading import SALUTATION, Heading, announces, title_end

LEAD = 25  # characters: the longest lead that is a heading (codebook, section 2)
_UNITS = re.compile(
    r"^[（(【]?(?:牵头|责任|配合|承办|主办|协办|完成时限|时限)(?:单位|处室|科室|部门|领导|人|时间)?[:：]"
)


@dataclass
class Item:
    """The unit that is tagged: `start:end` is its body without marker and heading."""

    start: int
    end: int
    heading: str
    part: int | None


def items(text: str, blocks: Sequence[Block], found: Sequence[Heading], start: int, end: int) -> list[Item]:
    """The items of a plan whose body is start:end, in order."""
    if not found:
        return _split(
            text,
            [(b.start, b.end) for b in blocks if start <= b.start < end and not b.is_table and not b.is_aside],
            None,
        )
    out: list[Item] = []
    leaf = set(outline.leaves(found))
    for i, heading in enumerate(found):
        stop = found[i + 1].start if i + 1 < len(found) else heading.end
        spans = list(_spans(blocks, heading.body_start, stop))
        if i in leaf:
            out += _leaf(text, heading, spans, i)
        else:
            out += [item for item in _split(text, spans, i) if item.end - item.start > 40]
    return out


def _spans(blocks: Sequence[Block], start: int, stop: int) -> Iterator[tuple[int, int]]:
    for block in blocks:
        a, b = max(block.start, start), min(block.end, stop)
        if a < b and not block.is_table and not block.is_aside:
            yield a, b


def _leaf(text: str, heading: Heading, spans: list[tuple[int, int]], part: int) -> list[Item]:
    spans = [(a, b) for a, b in spans if text[a:b].strip(" 。；;\n\u3000")]
    if not spans:
        return _bodiless(heading, part)
    if len(_joined(text, spans)) == 1:
        return [Item(spans[0][0], spans[-1][1], heading.title, part)]
    return _split(text, spans, part)


def _bodiless(heading: Heading, part: int) -> list[Item]:
    """A heading that is its whole sentence is an item of its own."""
    if len(heading.title) < 8:
        return []
    start = heading.start + len(heading.marker)
    return [Item(start, max(start, min(heading.body_start, heading.end)), "", part)]


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The paragraphs of a part: clauses (——), lines of units and stray short lines go with the paragraph before."""
    out: list[tuple[int, int]] = []
    for a, b in spans:
        line = text[a:b]
        if SALUTATION.match(line) or (announces(line) and len(spans) > 1):
            continue
        if out and (line.startswith(("——", "--", "－－", "●", "·")) or _UNITS.match(line) or b - a < 20):
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def _split(text: str, spans: Sequence[tuple[int, int]], part: int | None) -> list[Item]:
    """An item a paragraph, its short lead as heading."""
    out = []
    for a, b in _joined(text, spans):
        cut = title_end(text[a:b])
        if 0 < cut <= LEAD and a + cut + 1 < b:
            start = a + cut + 1
            start += len(text[start:b]) - len(text[start:b].lstrip())
            out.append(Item(start, b, text[a : a + cut], part))
        else:
            out.append(Item(a, b, "", part))
    return out
