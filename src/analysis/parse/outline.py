"""Headings and their levels: the document's own use of markers decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from analysis.parse import markers
from analysis.parse.blocks import Block

BARE = "bare"
_PAIRS = {"“": "”", "《": "》", "（": "）", "(": ")", "「": "」", "‘": "’"}
_ANNOUNCES = re.compile(
    r"(?:以下|下列|如下|八方面|[几\d一二三四五六七八九十]+(?:个|大)?方面|重点(?:做好|抓好)|主要(?:做了|抓了|做好|是)).{0,12}[：:。]?$"
)


@dataclass
class Heading:
    """A heading: its printed span, its title, and the span of the text that it covers (`start:end`)."""

    start: int
    end: int
    family: str
    number: int | None
    marker: str
    title: str
    body_start: int
    level: int = 1
    parent: int | None = None
    notes: list[str] = field(default_factory=list)


def headings(blocks: Sequence[Block], end: int) -> list[Heading]:
    """The headings among the blocks, with level and parent (an index), in order.

    Args: end: where the plan's own text ends; the last heading covers up to there.
    """
    marked = [b for b in blocks if b.marker is not None and not b.is_table and b.end <= end]
    found = [_heading(b) for b in marked if _is_heading(b, marked)]
    found = [h for h in found if h.title]
    found = _without_contents(found)
    _nest(found)
    _close(found, end)
    return found


def _heading(block: Block) -> Heading:
    assert block.marker is not None
    marker = block.marker
    rest = block.text[marker.length :]
    cut = title_end(rest)
    title = rest[:cut].strip(" \t\u3000；;，,")
    after = cut + (1 if rest[cut : cut + 1] in ("。", "：", ":") else 0)
    body = block.start + marker.length + after
    return Heading(block.start, block.end, marker.family, marker.number, marker.printed, title, body)


def title_end(text: str) -> int:
    """Where a title ends: the first 。 or ： outside brackets and quotes, else the end of the line.

    Example: title_end("推进公平（一）。继续") == 7
    """
    closing = ""
    for i, character in enumerate(text):
        if closing:
            closing = "" if character == closing else closing
        elif character in _PAIRS and _PAIRS[character] in text[i + 1 : i + 80]:
            closing = _PAIRS[character]
        elif character in "。：\n" or (character == ":" and not text[i + 1 : i + 2].isdigit()):
            return i
    return len(text)


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
    dropped = set()
    for i, heading in enumerate(found):
        if (i + 1 < len(found) and heading.end + 3 >= found[i + 1].start and titles[i] in titles[i + 1 :]) or (i - 1 in dropped and titles[i] in titles[i + 1 :]):
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


def _close(found: list[Heading], end: int) -> None:
    """Sets the end of what each heading covers: the next heading of its level or above."""
    for i, heading in enumerate(found):
        later = (other.start for other in found[i + 1 :] if other.level <= heading.level)
        heading.end = next(later, end)


def leaves(found: Sequence[Heading]) -> Iterator[int]:
    """The indices of headings that no other heading lies in."""
    held = {h.parent for h in found}
    return (i for i in range(len(found)) if i not in held)


def announces(text: str) -> bool:
    """Whether a line only announces what follows (重点做好以下工作。)."""
    return len(text) <= 45 and _ANNOUNCES.search(text) is not None


def gaps(found: Sequence[Heading]) -> list[str]:
    """What is odd in the numbering, one sentence each; empty where it runs as it should."""
    last: dict[str, tuple[int, int | None]] = {}
    out = []
    for heading in found:
        if heading.number is None or heading.family == BARE:
            continue
        before = last.get(heading.family)
        expected = {1} if before is None else {before[0] + 1} | ({1} if before[1] != heading.parent else set())
        if heading.number not in expected:
            after = "nothing" if before is None else f"number {before[0]}"
            out.append(f"{heading.marker} {heading.title[:20]} follows {after}; the number was kept as printed")
        last[heading.family] = (heading.number, heading.parent)
    return out
