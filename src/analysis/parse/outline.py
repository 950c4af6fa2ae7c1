"""Headings and their levels: the document's own use of markers decides."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from analysis.parse import bare, markers, numbering, sense
from analysis.parse.blocks import Block
from analysis.parse.heading import BARE, Heading, blank_end, title_end

Span = tuple[int, int, int]
_LONG = 26  # characters: where half the titles of siblings are longer, they hold the beginning of the text


def headings(blocks: Sequence[Block], end: int, formats: Sequence[Span] = ()) -> tuple[list[Heading], list[str]]:
    """The headings among the blocks, in order, with level and parent (an index); and what was assumed.

    Args: end: where the plan's own text ends; the last heading covers up to there. formats: spans that the file's
        format marks as headings.
    """
    own = [b for b in blocks if b.end <= end and not b.is_table and not b.is_aside]
    marked = [b for b in own if b.marker is not None]
    found = [_heading(b) for b in marked if _is_heading(b, marked)]
    found = _without_contents([h for h in found if h.title])
    notes = numbering.wrong_levels(found)
    found += bare.titles(own, found, formats)
    found.sort(key=lambda h: h.start)
    lost = numbering.lost(found, own)
    notes += [f"{h.title[:20]} has lost its number; it was read as a heading by its neighbours" for h in lost]
    found = sorted(found + lost, key=lambda h: h.start)
    _nest(found)
    notes += _cut_by_sense(found, blocks)
    _close(found, end)
    return found, notes + numbering.gaps(found)


def _heading(block: Block) -> Heading:
    assert block.marker is not None
    marker = block.marker
    rest = block.text[marker.length :]
    blank = blank_end(rest)
    cut = title_end(rest) if blank is None else blank
    title = rest[:cut].strip(" \t\u3000；;，,")
    after = cut + (1 if rest[cut : cut + 1] in ("。", "：", ":") else 0)
    body = block.start + marker.length + after
    runs_on = block.is_cut and blank is None and cut < len(rest)
    return Heading(block.start, block.end, marker.family, marker.number, marker.printed, title, body, runs_on)


def _is_heading(block: Block, marked: Sequence[Block]) -> bool:
    assert block.marker is not None
    family, number = block.marker.family, block.marker.number
    if family in ("shi", "ordinal"):
        return _stands_alone(block, marked)
    if family in ("num_paren", "circle") and block.is_cut:
        return False
    if family == "num" and (number is None or number > 150):
        return False
    return bool(re.search(r"[\u4e00-\u9fffA-Za-z]", block.text[block.marker.length :]))


def _stands_alone(block: Block, marked: Sequence[Block]) -> bool:
    """Whether an 一是 begins a paragraph of its own run; several in one paragraph are clauses."""
    assert block.marker is not None
    if re.search(r"[。；][二三四五六七八九十](?:是|要)", block.text) or block.is_cut:
        return False
    family = block.marker.family
    return any(o is not block and o.marker is not None and o.marker.family == family for o in marked)


def _without_contents(found: list[Heading]) -> list[Heading]:
    """The headings but those of a contents list: a run without text whose titles come again later."""
    titles = [_fold(h.title) for h in found]
    last = {title: i for i, title in enumerate(titles)}
    dropped: set[int] = set()
    for i, heading in enumerate(found):
        near = i + 1 < len(found) and heading.end + 3 >= found[i + 1].start
        is_alone = heading.body_start >= heading.end
        if is_alone and (near or i - 1 in dropped) and last[titles[i]] > i:
            dropped.add(i)
    return [h for i, h in enumerate(found) if i not in dropped]


def _fold(title: str) -> str:
    return re.sub(r"[\s\W\d_]+", "", title)


def order(found: Sequence[Heading]) -> dict[str, int]:
    """Family → its place from outside to inside in this document.

    The customary order, but a family that begins anew at 1 under each heading of another lies inside it.
    """
    families = sorted({h.family for h in found}, key=lambda f: markers.RANK.get(f, len(markers.RANK)))
    for i in range(len(families)):
        for j in range(i + 1, len(families)):
            if _restarts(found, families[i], families[j]) >= 2 and not _restarts(found, families[j], families[i]):
                families[i], families[j] = families[j], families[i]
    if BARE in families:
        families.remove(BARE)
        families.insert(bare.place(found, families), BARE)
    return {family: i for i, family in enumerate(families)}


def _restarts(found: Sequence[Heading], inner: str, outer: str) -> int:
    """How often a family begins anew at 1 while the outer one counts on."""
    n, count, last = 0, 0, 0
    for heading in found:
        if heading.family == outer and heading.number is not None and heading.number == last + 1:
            last, n = heading.number, 0
        elif heading.family == inner:
            n += 1
            count += heading.number == 1 and n == 1 and last > 0
    return count


def _nest(found: list[Heading]) -> None:
    """Sets level and parent by nesting: an outer family closes the inner ones."""
    rank = order(found)
    stack: list[int] = []
    for i, heading in enumerate(found):
        while stack and rank[found[stack[-1]].family] >= rank[heading.family]:
            stack.pop()
        heading.parent = stack[-1] if stack else None
        heading.level = len(stack) + 1
        stack.append(i)


def _cut_by_sense(found: Sequence[Heading], blocks: Sequence[Block]) -> list[str]:
    """Cuts titles that run into their text, siblings together; says so."""
    text = {b.start: b.text for b in blocks}
    groups: dict[tuple[int | None, str], list[Heading]] = defaultdict(list)
    for heading in found:
        whole = text.get(heading.start, "").endswith(heading.title) and len(heading.title) <= _LONG  # 2 组织机构和职责
        if ((heading.is_numbered_only and not whole) or heading.runs_on) and len(heading.title) > sense.LEAST:
            groups[heading.parent, heading.family].append(heading)
    n = 0
    for group in groups.values():
        bodies = [text.get(h.start, h.title)[len(h.marker) :].lstrip() for h in group]
        cuts = sense.cuts(bodies) if _run_in(group) else sense.pairs([h.title for h in group])
        for heading, body, cut in zip(group, bodies, cuts, strict=True):
            if 0 < cut < len(heading.title):
                heading.title = body[:cut]
                heading.body_start = heading.start + text[heading.start].index(body) + cut
                n += 1
    return [f"{n} headings ran into their text without a mark; they were cut by sense"] if n else []


def _run_in(group: Sequence[Heading]) -> bool:
    """Whether the titles of siblings run into their text: numbers alone say so, or titles that are too long for it."""
    lengths = sorted(len(h.title) for h in group)
    return group[0].is_numbered_only or lengths[len(lengths) // 2] > _LONG


def _close(found: list[Heading], end: int) -> None:
    """Sets the end of what each heading covers: the next heading of its level or above."""
    open_: list[Heading] = []
    for heading in found:
        while open_ and open_[-1].level >= heading.level:
            open_.pop().end = heading.start
        open_.append(heading)
    for heading in open_:
        heading.end = end


def leaves(found: Sequence[Heading]) -> Iterator[int]:
    """The indices of headings that no other heading lies in."""
    held = {h.parent for h in found}
    return (i for i in range(len(found)) if i not in held)
