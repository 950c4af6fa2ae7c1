"""Sentences and clauses with their amounts: what stands before and after each number."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.numerals import Amount

# longer ones are cut: no plan writes such, damaged text does
_SENTENCE = re.compile(r"[^。！？!?\n]{1,1500}+")
_COMMA = re.compile(r"(?<!\d)[,，]|[,，](?!\d{3})|[；;：:\t]")
_BRACKET = re.compile(r"[（(]([^（()）\n]{0,60})[)）]")
_LINK = re.compile(r"以及|、|并(?![购网轨])|(?<![普以涉])及(?![格时])|(?<![参给])与|和(?![谐美平])")


@dataclass(eq=False)
class Slot:
    """An amount with its left and right context within its clause."""

    amount: Amount
    before: str
    after: str
    linked: bool = False  # joined to the amount before it by 、 or 和 in the same clause


@dataclass(eq=False)
class Clause:
    """A stretch between commas; `start` counts characters of the whole text, `sign` is the mark that ends it."""

    start: int
    end: int
    text: str
    sign: str = ""
    slots: list[Slot] = field(default_factory=list)


@dataclass(eq=False)
class Sentence:
    """A sentence with its clauses."""

    start: int
    end: int
    text: str
    clauses: list[Clause]
    opening: str = ""  # the paragraph before it
    lead: str = ""  # the short sentence that the paragraph begins with


def sentences(text: str, amounts: list[Amount]) -> Iterator[Sentence]:
    """The sentences that hold an amount, in order."""
    starts = [a.start for a in amounts]
    for m in _SENTENCE.finditer(text):
        low, high = bisect.bisect_left(starts, m.start()), bisect.bisect_left(starts, m.end())
        if low < high:
            yield sentence(text, m.start(), m.end(), amounts[low:high])


def sentence(text: str, start: int, end: int, amounts: list[Amount]) -> Sentence:
    """One sentence cut into clauses, each amount in its clause."""
    cuts = [(m.start(), m.end()) for m in _COMMA.finditer(text, start, end)]
    for m in _BRACKET.finditer(text, start, end):
        if any(m.start() < a.start < m.end() for a in amounts):
            cuts += [(m.start(), m.start() + 1), (m.end() - 1, m.end())]
    clauses, at = [], start
    for left, right in [*sorted(cuts), (end, end)]:
        if left > at:
            clauses.append(Clause(at, left, text[at:left], text[left:right]))
        at = max(at, right)
    starts = [a.start for a in amounts]
    for clause in clauses:
        low, high = bisect.bisect_left(starts, clause.start), bisect.bisect_left(starts, clause.end)
        clause.slots = _slots(text, clause, amounts[low:high])
    return Sentence(start, end, text[start:end], clauses)


def _slots(text: str, clause: Clause, amounts: list[Amount]) -> list[Slot]:
    slots: list[Slot] = []
    left, linked = clause.start, False
    for i, amount in enumerate(amounts):
        last = i + 1 == len(amounts)
        between = text[amount.right : clause.end if last else amounts[i + 1].left]
        after, before, joined = (between, "", False) if last else _part(between)
        slots.append(Slot(amount, text[left : amount.left], after, linked))
        left, linked = amount.right + len(between) - len(before), joined
    return slots


def _part(between: str) -> tuple[str, str, bool]:
    """What belongs to the number before, what to the number after, and whether a list joins them."""
    links = list(_LINK.finditer(between))
    if not links:
        return between, between, False
    link = links[-1] if links[-1].end() == len(between) else links[0]
    if link is links[0] and link.start() > 0 and link[0] != "、":
        link = next((x for x in links if x[0] == "、"), link)
    return between[: link.start()], between[link.end() :], True
