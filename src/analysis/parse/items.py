"""Items: the lowest-level parts with body text."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.parse import foot, outline
from analysis.parse.blocks import Block
from analysis.parse.heading import SALUTATION, Heading, announces, leads_on, title_end

LEAD = 25  # characters: the longest lead that is a heading (codebook, section 2)
LEAD_IN = 60  # characters: a single sentence before the paragraphs of a part is no longer
_UNITS = re.compile(
    r"^[（(【]?(?:牵头|责任|配合|承办|主办|协办|完成时限|时限|落实|参与)(?:单位|处室|科室|部门|领导|人|时间)?[:：]"
)
_LEAD_LINE = re.compile(r"[^。；：！？:，,]{2,}(?:[，,、][^。；：！？:]{2,}){0,3}[。]?$")
_COUNTS = re.compile(
    r"\d|[一二两三四五六七八九十百千万]+(?:[个所座条套名人项家亩处户件场次]|公里)"
)  # 新建幼儿园三所 is a task
_LISTS = ("num", "num_paren", "circle")
_PARAGRAPH = 40  # characters: a shorter line is no paragraph that has its lead above
_CLAUSE = ("——", "--", "－－", "●", "·", "■", "◆")
_COUNTS_OFF = re.compile(
    r"(?:抓好|做好|实施|推进|开展|突出|聚焦|落实|做了).{0,8}[几\d一二三四五六七八九十](?:个|大|项|方面).{0,10}(?:工作|任务|工程|行动|方面|重点)$"
)
_TO_ALL = re.compile(r"^各位代表[！!，,]")

Span = tuple[int, int]


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
        spans = [(b.start, b.end) for b in blocks if start <= b.start < end and not b.is_table and not b.is_aside]
        return _split(text, [s for s in spans if s[1] - s[0] > LEAD], None)
    out: list[Item] = []
    leaf = set(outline.leaves(found))
    ends = [b.end for b in blocks]
    families: dict[tuple[int | None, str], list[int]] = defaultdict(list)
    for i, heading in enumerate(found):
        families[heading.parent, heading.family].append(i)
    in_text = {h.parent for h in found if h.family != "box"}
    bodies = [list(_spans(text, blocks, ends, h.body_start, _stop(found, i))) for i, h in enumerate(found)]
    for i, heading in enumerate(found):
        if i not in leaf:
            own = _split(text, bodies[i], i) if i in in_text else _leaf(text, heading, bodies[i], i)
            out += [item for item in own if i not in in_text or not _is_lead_in(text, item)]
            continue
        same = families[heading.parent, heading.family]
        own_spans, left = _own(text, same, bodies, i)
        is_listed = len(same) > 1 and not any(bodies[j] for j in same)
        out += _leaf(text, heading, own_spans, i, is_listed) + _split(text, left, heading.parent)
    return sorted(out, key=lambda item: item.start)


def _stop(found: Sequence[Heading], i: int) -> int:
    return found[i + 1].start if i + 1 < len(found) else found[i].end


def _spans(text: str, blocks: Sequence[Block], ends: Sequence[int], start: int, stop: int) -> Iterator[Span]:
    for n in range(bisect.bisect_right(ends, start), len(blocks)):
        block = blocks[n]
        if block.start >= stop:
            break
        a, b = max(block.start, start), min(block.end, stop)
        while a < b and text[a] in " \t\u3000\n":
            a += 1
        is_own = not block.is_table and not block.is_aside and not (b - a < 60 and foot.NAV.search(text[a:b]))
        if a < b and is_own and text[a:b].strip("。；; \u3000"):
            yield a, b


def _own(text: str, same: Sequence[int], bodies: Sequence[list[Span]], i: int) -> tuple[list[Span], list[Span]]:
    """A leaf's own paragraphs, and those behind the last of its siblings that belong to their parent.

    They do where no sibling has more than one paragraph, and from an address (各位代表，) on.
    """
    spans = bodies[i]
    if len(same) < 2 or same[-1] != i or len(spans) < 2:
        return spans, []
    cut = next((n for n, (a, b) in enumerate(spans) if n and _TO_ALL.match(text[a:b])), len(spans))
    if len(same) > 2 and all(len(_joined(text, bodies[j])) == 1 for j in same[:-1]):
        cut = next((n for n, (a, b) in enumerate(spans) if n and not _continues(text[a:b])), cut)
    return spans[:cut], spans[cut:]


def _continues(line: str) -> bool:
    return line.startswith(_CLAUSE) or _UNITS.match(line) is not None or len(line) < 20


def _leaf(text: str, heading: Heading, spans: list[Span], part: int, is_listed: bool = False) -> list[Item]:
    if not spans:
        return _bodiless(heading, part, is_listed)
    joined = _joined(text, spans)
    if len(joined) == 1:
        return [Item(spans[0][0], spans[-1][1], heading.title, part)]
    first = _split(text, spans[:1], part) if spans[0][1] <= _line_end(text, heading.start) else []
    rest = _split(text, spans[1:] if first else spans, part)
    return [item for item in first if not _is_lead_in(text, item)] + rest


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _is_lead_in(text: str, item: Item) -> bool:
    """Whether a text only leads in to what follows: one short sentence without a number."""
    body = text[item.start : item.end].rstrip("。：:；")
    if item.end - item.start <= 2 * LEAD_IN and _COUNTS_OFF.search(body):
        return True
    return item.end - item.start <= LEAD_IN and not re.search(r"[\d。]", body) and not item.heading


def _bodiless(heading: Heading, part: int, is_listed: bool) -> list[Item]:
    """A heading that is its whole sentence is an item of its own; so are short ones in a list of such (1.运动会)."""
    least = 3 if is_listed and heading.family in _LISTS else 5 if _COUNTS.search(heading.title) else 8
    if len(heading.title) < least or not heading.marker:
        return []
    start = heading.start + len(heading.marker)
    return [Item(start, max(start, min(heading.body_start, heading.end)), "", part)]


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """The paragraphs of a part: clauses (——), lines of units and stray short lines go with the paragraph before.

    A lead on a line of its own (扩大有效投资。) goes with the paragraph below.
    """
    out: list[Span] = []
    lead: int | None = None
    for n, (a, b) in enumerate(spans):
        line = text[a:b]
        if SALUTATION.match(line) or (announces(line) and len(spans) > 1):
            continue
        if lead is None and n + 1 < len(spans) and _is_lead(line, text[slice(*spans[n + 1])]):
            lead = a
        elif lead is not None:
            out.append((lead, b))
            lead = None
        elif out and _continues(line):
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def _is_lead(line: str, below: str) -> bool:
    """Whether a short sentence on a line of its own leads to the paragraph below it."""
    if not 4 <= len(line) <= LEAD + 1 or _UNITS.match(line) or line.startswith(_CLAUSE):
        return False
    return _LEAD_LINE.match(line) is not None and len(below) >= _PARAGRAPH and title_end(below) > 0


def _split(text: str, spans: Sequence[Span], part: int | None) -> list[Item]:
    """An item a paragraph, its short lead as heading."""
    out = []
    for a, b in _joined(text, spans):
        cut = title_end(text[a:b])
        if 0 < cut <= LEAD and a + cut + 1 < b and not leads_on(text[a : a + cut], text[a + cut]):
            start = a + cut + 1
            start += len(text[start:b]) - len(text[start:b].lstrip())
            out.append(Item(start, b, text[a : a + cut], part))
        else:
            out.append(Item(a, b, "", part))
    return out
