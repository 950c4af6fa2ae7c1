"""Every cue of every table found in one pass over a text.

Cues are kept by their first two characters, so that a position of the text costs one look into a dictionary and not
one comparison a cue: the time is linear in the text, whatever the size of the tables.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from analysis import lexicon, words

GAP = 24  # characters that a cue in two parts (制定…规划) spans at most
STOP = re.compile(r"[，,；;。！？!?：:\n]")  # and not beyond its clause


STARTS = attrgetter("start")


class Hit(NamedTuple):
    """A cue of a table found at `start:end` of a text; it speaks for the code `value` with `weight`."""

    value: str
    cue: str
    start: int
    end: int
    weight: int


class Entry(NamedTuple):
    """What a cue means to one table: the code it speaks for (weight 0: against)."""

    table: str
    value: str
    weight: int


class Scanner:
    """Cues of several tables, found together.

    Args: tables: for each table its rows with `id`, `cues` and `counter_cues`.
    """

    def __init__(self, tables: dict[str, list[lexicon.Row]]) -> None:
        self.tables = tuple(tables)
        entries: dict[str, list[Entry]] = defaultdict(list)
        parted: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
        for name, rows in tables.items():
            for row in rows:
                for word, weight in _cues(row):
                    head, _, tail = word.partition(lexicon.GAP)
                    entry = Entry(name, row["id"], weight)
                    if tail:
                        parted[head].append((tail, entry))
                    else:
                        entries[word].append(entry)
        self._cues = {word: (tuple(entries[word]), tuple(parted[word])) for word in {*entries, *parted}}
        self._lengths = _lengths(self._cues)

    def find(self, text: str) -> dict[str, list[Hit]]:
        """The hits of each table in the order of the text.

        A cue inside a longer cue of the same table is not counted (教师 in 教师节), nor is one inside a counter-cue
        of its own code, nor one of two characters that are the end of a word and the start of the next (成教 in 完成教育).
        A cue in two parts (制定…规划) is counted beside what stands between them.
        """
        hits: dict[str, list[Hit]] = {name: [] for name in self.tables}
        reach = dict.fromkeys(self.tables, 0)  # where the last hit of a table ends
        against: dict[tuple[str, str], set[int]] = defaultdict(set)  # the characters that counter-cues of a code hold
        across: list[tuple[str, Hit]] = []
        for word, start, end in self._words(text):
            entries, parted = self._cues[word]
            for table, hit in _across(text, parted, start, end):
                if hit.weight == 0:
                    against[table, hit.value].update(range(start, hit.end))
                else:
                    across.append((table, hit))
            counted = []
            for table, value, weight in entries:
                if weight == 0:
                    against[table, value].update(range(start, end))
                elif end > reach[table] and end - 1 not in against[table, value]:
                    hits[table].append(Hit(value, word, start, end, weight))
                    counted.append(table)
            for table in counted:
                reach[table] = end
        for table, hit in across:
            if hit.end - 1 not in against[table, hit.value]:
                hits[table].append(hit)
        return {table: sorted(found, key=STARTS) for table, found in hits.items()}

    def _words(self, text: str) -> list[tuple[str, int, int]]:
        """The words of the tables in a text and where each stands; the longest first where several begin."""
        lengths, cues = self._lengths, self._cues
        pairs = enumerate(map(str.__add__, text, text[1:]))
        heads = [(i, lengths[pair]) for i, pair in pairs if pair in lengths]
        seams = words.seams(text) if heads else set()
        found = []
        for start, by_third in heads:
            for size in by_third.get(text[start + 2 : start + 3], by_third[""]):
                word = text[start : start + size]
                if word in cues:
                    end = start + len(word)
                    if size > 2 or start + 1 not in seams or (start in seams and end in seams):
                        found.append((word, start, end))
        return found


def _across(text: str, parted: tuple[tuple[str, Entry], ...], start: int, end: int) -> list[tuple[str, Hit]]:
    """The hits of cues in two parts whose first part stands at `start:end`."""
    found = []
    for tail, (table, value, weight) in parted:
        at = text.find(tail, end, end + GAP)
        if at >= 0 and STOP.search(text, end, at + len(tail)) is None:
            last = at + len(tail)
            found.append((table, Hit(value, text[start:last], start, last, weight)))
    return found


def _cues(row: lexicon.Row) -> list[lexicon.Cue]:
    against = [lexicon.Cue(word, 0) for word in lexicon.cells(row.get("counter_cues", ""))]
    return [*lexicon.cues(row.get("cues", "")), *against]


def _lengths(words: Iterable[str]) -> dict[str, dict[str, tuple[int, ...]]]:
    """For the first two characters of cues and the third ("": any other), the lengths of such cues, longest first."""
    lengths: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for word in words:
        if len(word) < 2:
            raise lexicon.CodebookError(f"cue {word!r} has one character; cues have two or more")
        lengths[word[:2]][word[2:3]].add(len(word))
    return {
        head: {third: tuple(sorted(sizes | thirds[""], reverse=True)) for third, sizes in list(thirds.items())}
        | {"": tuple(thirds[""])}
        for head, thirds in lengths.items()
    }


COMMON = ("instruments", "strength", "hedges", "beneficiaries", "stages")


def codebook(sector: str | None) -> str:
    """The folder whose domains a plan of this sector is tagged with; sectors without one take "government"."""
    return sector if sector is not None and sector in lexicon.sectors() else "government"


def scanner(name: str) -> Scanner:
    """The scanner of a codebook folder: its domains and the tables that all sectors share."""
    return _scanner(name, lexicon.overlay())


@functools.lru_cache(maxsize=8)
def _scanner(name: str, _over: Path | None) -> Scanner:
    tables = {"domains": lexicon.table(f"{name}/domains")}
    tables |= {table: lexicon.table(f"common/{table}") for table in COMMON}
    return Scanner(tables)
