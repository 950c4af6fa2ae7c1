"""Numbering that does not run as it should: wrong levels, lost numbers, gaps and repeats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from analysis.parse.blocks import Block
from analysis.parse.heading import BARE, SALUTATION, Heading, announces, title_end

_AHEAD = 100  # headings in which a number that was passed over may still come
_LEAD = 30  # characters: the longest lead of a heading whose number was lost


def wrong_levels(found: Sequence[Heading]) -> list[str]:
    """Gives headings that carry the marker of another level the family of their neighbours; says which.

    三、 between （二） and （四） is （三）, when the next 一、-heading does not need it.
    """
    notes = []
    for i, heading in enumerate(found):
        before = found[i - 1] if i else None
        after = found[i + 1] if i + 1 < len(found) else None
        family = _fitting(heading, before, after) or _astray(found, i)
        if family is not None and not _needed(found, i):
            notes.append(
                f"{heading.marker} {heading.title[:20]} stands among {family} headings; it was read as one of them"
            )
            heading.family = family
    return notes


def _fitting(heading: Heading, before: Heading | None, after: Heading | None) -> str | None:
    """The family of the neighbours that this number would continue, None where it continues none."""
    number = heading.number
    if number is None or before is None or before.family == heading.family or before.number != number - 1:
        return None
    if after is not None and after.family == before.family and after.number == number + 1:
        return before.family
    return None


def _astray(found: Sequence[Heading], i: int) -> str | None:
    """The family of the heading before, where a number counts on from it and breaks its own family's count by far."""
    heading, before = found[i], found[i - 1] if i else None
    own = next((h.number for h in reversed(found[:i]) if h.family == heading.family), None)
    if before is None or None in (heading.number, before.number, own) or before.family == heading.family:
        return None
    later = any(h.family == heading.family and h.number == (own or 0) + 1 for h in found[i + 1 : i + _AHEAD])
    breaks_off = (heading.number or 0) > (own or 0) + (1 if later else 2)
    counts_on = heading.number == (before.number or 0) + 1 and breaks_off
    after = found[i + 1].family if i + 1 < len(found) else before.family
    return before.family if counts_on and after in (before.family, heading.family) else None


def _needed(found: Sequence[Heading], i: int) -> bool:
    """Whether a heading's own family would have a gap without it."""
    same = [h.number for h in found[:i] if h.family == found[i].family]
    later = next((h.number for h in found[i + 1 :] if h.family == found[i].family), None)
    last = same[-1] if same else 0
    return found[i].number == (last or 0) + 1 and later in (None, 1, (last or 0) + 2)


def lost(found: Sequence[Heading], blocks: Sequence[Block]) -> list[Heading]:
    """Headings whose number was lost: where a family skips a number, the paragraph that looks like its siblings.

    A bare title that stands in the gap is given the family.
    """
    starts = {h.start for h in found}
    out: list[Heading] = []
    last: dict[str, Heading] = {}
    for i, heading in enumerate(found):
        missing, begin = _missing(heading, last.get(heading.family), found[i - 1] if i else None)
        last[heading.family] = heading
        if not missing:
            continue
        bare = [h for h in found[:i] if h.family == BARE and h.start >= begin]
        if len(bare) != missing and heading.number == 2:  # its first one stands above the children of its own
            bare = [h for h in found[:i] if h.family == BARE]
        if len(bare) == missing:
            for title in bare:
                title.family = heading.family
            continue
        between = [b for b in blocks if begin <= b.start < heading.start and b.start not in starts]
        alike = [h for h in (_as_heading(b, heading) for b in between) if h is not None]
        out += alike if len(alike) == missing else []
    _last_ones(found)
    return out


def _last_ones(found: Sequence[Heading]) -> None:
    """Gives bare titles behind the last of a family its name, where children begin anew below them as below the others."""
    parents = Counter(
        (below.family, above.family)
        for above, below in pairwise(found)
        if below.number == 1 and BARE not in (above.family, below.family) and above.family != below.family
    )
    outer = {child: max(parents, key=lambda pair: (pair[0] == child, parents[pair]))[1] for child, _ in parents}
    holding = {above.family for above, below in pairwise(found) if below.family == BARE}  # bare ones are its children
    for i, (bare, below) in enumerate(pairwise(found)):
        family = outer.get(below.family) if bare.family == BARE and below.number == 1 else None
        if family not in (None, *holding) and not any(h.family == family for h in found[i + 1 :]):
            bare.family = str(family)


def _missing(heading: Heading, before: Heading | None, above: Heading | None) -> tuple[int, int]:
    """How many numbers a family skips before a heading, and from where on they may stand."""
    if heading.number is None or heading.family == BARE:
        return 0, 0
    if before is not None and before.number is not None and 2 <= heading.number - before.number <= 3:
        return heading.number - before.number - 1, before.body_start
    if heading.number == 2 and (before is None or before.number != 1):
        return 1, 0 if above is None else above.start if above.family == BARE else above.body_start
    return 0, 0


def _as_heading(block: Block, sibling: Heading) -> Heading | None:
    """The block read as a heading in the manner of a sibling: a lead before its text, or a line of its own."""
    if block.marker is not None or SALUTATION.match(block.text) or announces(block.text):
        return None
    cut = title_end(block.text)
    has_text = cut + 1 < len(block.text)
    runs_in = sibling.body_start > sibling.start + len(sibling.marker) + len(sibling.title)
    if not 4 <= cut <= _LEAD or has_text != runs_in or "；" in block.text[:cut]:
        return None
    after = block.start + cut + (1 if has_text else 0)
    return Heading(block.start, block.end, sibling.family, None, "", block.text[:cut], after)


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
