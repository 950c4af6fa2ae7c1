"""The codebook's tables of indicators, ready to be asked for a name."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from analysis import lexicon, numerals

_FOLD = re.compile(r"[\s“”\"‘’「」《》()（）·]")
# what stands for no character that a match must hold: classes, groups, marks, and characters that may be left out
_FREE = re.compile(r"\\.|\[[^]]*\]|.[?*]|.\{0?,[^}]*\}|[().^$+|]|\{[^}]*\}")
_SAME = {("points", "rate"), ("rate", "points"), ("person", "times"), ("times", "person"), ("household", "count"), ("count", "person"),
         ("person", "count"), ("count", "household"), ("event", "count"), ("count", "event"), ("session", "times"), ("times", "event")}  # fmt: skip


class Indicator(NamedTuple):
    """A row of the table of indicators, ready to match."""

    id: str
    kind: str
    names: frozenset[str]
    pattern: re.Pattern[str] | None
    other: re.Pattern[str] | None

    def fits(self, kind: str) -> bool:
        """Whether an amount of a kind can be a value of this indicator."""
        return kind == self.kind or (kind, self.kind) in _SAME


class Table:
    """The indicators of a sector, found by name and by the characters that their patterns need."""

    def __init__(self, rows: Iterable[Indicator]) -> None:
        self.by_name: dict[str, list[Indicator]] = {}
        self.by_character: dict[tuple[str, str], list[int]] = {}  # with the kind of amount
        self.rows = rows = list(rows)
        common = Counter(c for row in rows if row.pattern for c in set(row.pattern.pattern))
        for at, row in enumerate(rows):
            for name in row.names:
                self.by_name.setdefault(name, []).append(row)
            kinds = {row.kind, *(one for one, other in _SAME if other == row.kind)}
            for c in needed(row.pattern.pattern, common) if row.pattern else ():
                for kind in kinds:
                    self.by_character.setdefault((c, kind), []).append(at)

    def named(self, name: str, kind: str) -> Indicator | None:
        """The indicator that bears a name."""
        return next((i for i in self.by_name.get(name, ()) if i.fits(kind)), None)

    def hinted(self, name: str, kind: str) -> list[Indicator]:
        """The indicators whose patterns may match a name, in the table's order."""
        lists = [self.by_character.get((c, kind), ()) for c in {"", *name}]
        return [self.rows[at] for at in sorted({at for found in lists for at in found})]


def needed(pattern: str, common: Counter[str]) -> set[str]:
    """Characters of which every match of a pattern holds at least one, the rarest; {""} where there are none.

    Args: common: how many patterns hold a character.
    """
    found = set()
    for choice in _choices(pattern):
        own = [c for c in _FREE.sub("", _outside(choice)) if c.isalnum()]
        if not own:
            return {""}
        found.add(min(own, key=lambda c: (common[c], c)))
    return found


def _choices(pattern: str) -> list[str]:
    """The alternatives of a pattern at its top level."""
    found, depth, at = [], 0, 0
    for i, c in enumerate(pattern):
        depth += (c == "(") - (c == ")")
        if c == "|" and not depth:
            found.append(pattern[at:i])
            at = i + 1
    return [*found, pattern[at:]]


def _outside(choice: str) -> str:
    """An alternative without its groups, each of which leaves a mark that takes part in nothing."""
    kept, depth = [], 0
    for c in choice:
        depth += c == "("
        if not depth:
            kept.append(c)
        elif c == ")":
            depth -= 1
            kept += ["|"] * (not depth)
    return "".join(kept)


def fold(name: str) -> str:
    """The name without quotes, brackets' marks and spaces."""
    return _FOLD.sub("", name)


def tables(sector: str) -> tuple[tuple[str, Table], ...]:
    """The tables that are asked for a plan of a sector with their sectors, its own first."""
    return _tables(sector, str(lexicon.overlay()))


@functools.cache
def _tables(sector: str, over: str) -> tuple[tuple[str, Table], ...]:
    own = [s for s in (sector, "government", "education") if lexicon.has(f"{s}/indicators")]
    return tuple((s, _table(s, over)) for s in dict.fromkeys(own))


@functools.cache
def _table(sector: str, over: str) -> Table:
    return Table(_ready(row) for row in lexicon.table(f"{sector}/indicators"))


def _ready(row: dict[str, str]) -> Indicator:
    unit = numerals.units().get(row["unit"])
    return Indicator(
        row["id"],
        unit.kind if unit else "time",
        frozenset(fold(n) for n in lexicon.cells(row["names"])),
        re.compile(row["patterns"]) if row["patterns"] else None,
        re.compile(row["not_patterns"]) if row["not_patterns"] else None,
    )
