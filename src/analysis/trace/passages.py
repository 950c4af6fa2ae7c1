"""Passages that two texts share: found by seeds, chained over edits, grown to their ends."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

import numpy as np

from analysis import shingles

SEED = 6  # characters of a seed
WINDOW = 5  # every run of SEED + WINDOW - 1 = 10 equal characters gives a seed
GAP = 40  # characters between seeds that one passage may bridge: a replaced name with its clause
DRIFT = 20  # how much longer the bridge may be on one side
LOOK = 8  # characters that an end may skip to go on
AGAIN = 4  # equal characters that must follow such a skip
SHORTEST = 30  # characters of a passage: shorter ones are phrases
ALIKE = 0.6  # the share of characters that both sides of a passage have in order
LONG = 3000  # characters above which comparing them one by one takes too long
AT_MOST = 3  # times that a text may give the same seed

_TOKEN = re.compile(r"\d[\d.,]*|[^\d]", re.DOTALL)


class Passage(NamedTuple):
    """A span of one text and the span of another that says the same; alike is 1 where they are equal."""

    start: int
    end: int
    other_start: int
    other_end: int
    alike: float

    def moved(self, by: int, other_by: int) -> Passage:
        """The passage in longer texts that hold the two."""
        ends = (self.start + by, self.end + by, self.other_start + other_by, self.other_end + other_by)
        return Passage(*ends, self.alike)


def passages(text: str, other: str, runs: Iterable[tuple[int, int, int]]) -> list[Passage]:
    """The passages of two folded texts that grow from equal runs (place, other place, length), in order of the first."""
    grown: list[Passage] = []
    for start, end, other_start, other_end in _chains(runs):
        start, other_start = _left(text, other, start, other_start)
        end, other_end = _right(text, other, end, other_end)
        if min(end - start, other_end - other_start) < SHORTEST:
            continue
        alike = likeness(text[start:end], other[other_start:other_end])
        if alike >= ALIKE:
            grown.append(Passage(start, end, other_start, other_end, round(alike, 4)))
    return grown


def likeness(text: str, other: str) -> float:
    """0 to 1: the share of characters that two folded texts have in order; of long ones the share of shingles."""
    if text == other:
        return 1.0
    if max(len(text), len(other)) <= LONG:
        return 2 * _in_order(text, other) / (len(text) + len(other))
    own, others = np.unique(shingles.hashes(text, AGAIN)), np.unique(shingles.hashes(other, AGAIN))
    return 2 * len(np.intersect1d(own, others, assume_unique=True)) / (len(own) + len(others))


def _in_order(text: str, other: str) -> int:
    """The length of the longest row of characters that two texts have in order, a row of the table in one number.

    Source: Hyyrö 2004, "Bit-parallel LCS-length computation revisited".
    """
    holders: dict[str, int] = {}
    for at, c in enumerate(text):
        holders[c] = holders.get(c, 0) | 1 << at
    full = (1 << len(text)) - 1
    row = full
    for c in other:
        held = row & holders.get(c, 0)
        row = (row + held | row - held) & full
    return len(text) - row.bit_count()


def _chains(runs: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Runs in one order on both sides, near each other, as spans; a run goes to the chain that it follows nearest."""
    done: list[list[int]] = []
    open_: list[list[int]] = []
    for at, other, n in runs:
        done += [chain for chain in open_ if at - chain[1] > GAP]
        open_ = [chain for chain in open_ if at - chain[1] <= GAP]
        fitting = [chain for chain in open_ if _follows(chain, at, other)]
        if fitting:
            best = min(fitting, key=lambda chain: abs((at - chain[1]) - (other - chain[3])))
            best[1], best[3] = max(best[1], at + n), max(best[3], other + n)
        else:
            open_.append([at, at + n, other, other + n])
    return sorted((c[0], c[1], c[2], c[3]) for c in done + open_)


def _follows(chain: list[int], at: int, other: int) -> bool:
    step, other_step = at - chain[1], other - chain[3]
    return -SEED < other_step <= GAP and abs(step - other_step) <= DRIFT


def _right(text: str, other: str, end: int, other_end: int) -> tuple[int, int]:
    """Both ends moved on over equal characters and small edits."""
    n, n_other = len(text), len(other)
    while True:
        while end < n and other_end < n_other and text[end] == other[other_end]:
            end, other_end = end + 1, other_end + 1
        reach = LOOK + AGAIN
        skip = _skip(text[end : end + reach], other[other_end : other_end + reach])
        if skip is None:
            return end, other_end
        end, other_end = end + skip[0] + AGAIN, other_end + skip[1] + AGAIN


def _skip(ahead: str, other: str) -> tuple[int, int] | None:
    """The least numbers of characters to leave out on both sides so that AGAIN equal ones follow."""
    first: dict[str, int] = {}
    for j in range(len(other) - AGAIN + 1):
        first.setdefault(other[j : j + AGAIN], j)
    found = [(i, first.get(ahead[i : i + AGAIN])) for i in range(len(ahead) - AGAIN + 1)]
    return min(((i, j) for i, j in found if j is not None), key=sum, default=None)


def _left(text: str, other: str, start: int, other_start: int) -> tuple[int, int]:
    """Both starts moved back over equal characters and small edits."""
    reach = 4096
    low, other_low = max(0, start - reach), max(0, other_start - reach)
    end, other_end = _right(text[low:start][::-1], other[other_low:other_start][::-1], 0, 0)
    return start - end, other_start - other_end


def apart(grown: list[Passage]) -> list[Passage]:
    """The passages without those that mostly lie in a longer one of the first text, in its order."""
    kept: list[Passage] = []
    for own in sorted(grown, key=lambda p: (-(p.end - p.start) * p.alike, p.start, p.other_start)):
        if not any(_covered(own.start, own.end, p.start, p.end) for p in kept):
            kept.append(own)
    return sorted(kept)


def _covered(start: int, end: int, other_start: int, other_end: int) -> bool:
    return min(end, other_end) - max(start, other_start) > (end - start) / 2


def edits(text: str, other: str) -> list[tuple[str, str, str]]:
    """What turns a passage into its other side: (equal, replace, delete or insert; own words; other words).

    Numbers are exchanged whole: 120 for 130, not 2 for 3.
    """
    own, others = _TOKEN.findall(text), _TOKEN.findall(other)
    steps = SequenceMatcher(None, own, others, autojunk=False).get_opcodes()
    return [(kind, "".join(own[a:b]), "".join(others[c:d])) for kind, a, b, c, d in steps]
