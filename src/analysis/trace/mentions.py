"""Where later documents speak of a target without a number that could be compared."""

from __future__ import annotations

import functools
import re
from collections import Counter

from analysis import lexicon, shingles
from analysis.trace import judge, pairs, tasks
from analysis.trace.pairs import Row

NAMED = 0.8  # share of a name's weight that a clause must hold to speak of it
REPEATED = 0.7  # the same for the words of a whole clause
LEAST = 4  # characters below which a name tells nothing: 学校 is in every plan

_DONE = re.compile(
    r"(?:超额|全面|圆满|如期|提前|顺利|按期)完成|完成了?(?:国家|省|市|县|上级|既定|全年|年度|预期)*(?:下达的?)?(?:目标|任务|计划)"
)
_SHARE = re.compile(r"完成(?:全?年度?)?(?:目标|任务|计划)(?:任务|目标)?的((?:[\d.]+%[、和]?)+)")
_LEVEL = re.compile(r"持平")
_NUMBER = re.compile(r"\d[\d.,]*")


class Said:
    """The clauses of some documents, found by the words of a name."""

    def __init__(self, clauses: list[Row]) -> None:
        self.clauses = clauses
        self.rarity = pairs.Rarity(c["plain"] for c in clauses)
        self.holders: dict[str, set[int]] = {}
        for number, clause in enumerate(clauses):
            for pair in set(pairs.bigrams(clause["plain"])):
                self.holders.setdefault(pair, set()).add(number)

    def of(self, target: Row) -> list[Row]:
        """The clauses that name what a target measures, the most telling first."""
        held = self._held([name for name in _names(target) if _tells(name)], NAMED)
        return held or self._held([_words(target["quote"] or "")], REPEATED)

    def _held(self, names: list[str], least: float) -> list[Row]:
        shares: Counter[int] = Counter()
        for name in names:
            for number, share in self._shares(name).items():
                shares[number] = max(shares[number], share)  # type: ignore[assignment]
        ranked = sorted((-share, number) for number, share in shares.items() if share >= least)
        return [self.clauses[number] for _, number in ranked]

    def _shares(self, name: str) -> dict[int, float]:
        """For each clause that holds some of a name the share of its weight."""
        weights = self.rarity.weights(name)
        total = sum(weights.values())
        held: dict[int, float] = {}
        for pair, weight in weights.items():
            for number in self.holders.get(pair, ()):
                held[number] = held.get(number, 0.0) + weight / total
        return held


def _tells(name: str) -> bool:
    return len(name) >= (LEAST - 1 if name.isascii() else LEAST)  # CPI is a name of its own


def _words(quote: str) -> str:
    return shingles.fold(_NUMBER.sub("", pairs.undated(quote)))


def _names(target: Row) -> list[str]:
    """What a target's thing is called: its name, and the codebook's names where that is one of them."""
    own = pairs.plain(target["indicator"] or "")
    known = _aliases(str(target.get("sector") or "government"), target["indicator_id"])
    return list(known) if own in known else [own]


@functools.cache
def _aliases(sector: str, indicator_id: str | None) -> tuple[str, ...]:
    if indicator_id is None or not lexicon.has(f"{sector}/indicators"):
        return ()
    rows = (row for row in lexicon.table(f"{sector}/indicators") if row["id"] == indicator_id)
    names = [pairs.plain(name) for row in rows for name in (row["zh"], *lexicon.cells(row["names"]))]
    return tuple(dict.fromkeys(names))


def verdict(target: Row, clause: Row) -> str | None:
    """`reported done` or `reported missed`, where a clause of a review says so of a target without its number."""
    said = clause["sentence"]
    share = _SHARE.search(said)
    if share:
        met = {float(number) >= 100 for number in re.findall(r"[\d.]*\d", share[1])}
        return None if len(met) > 1 else "reported done" if met.pop() else "reported missed"
    if tasks.UNDONE.search(said):
        return "reported missed"
    if _LEVEL.search(said) and pairs.is_growth(target) and not target["worded"]:
        return judge.report(target, target | {"value": 0.0, "base_value": 0.0, "value_high": None, "quote": said})
    return "reported done" if _DONE.search(said) else None
