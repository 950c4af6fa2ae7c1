"""Where later documents speak of a promise without a number that could be compared."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from analysis import lexicon, shingles
from analysis.trace import judge, pairs, tasks
from analysis.trace.pairs import Row

NAMED = 0.8  # share of a name's weight that a clause must hold, close together, to tell what became of it
LEAST = 4  # characters below which a name tells nothing: 学校 is in every plan
LOOKED_AT = 12  # clauses that share most with a name, looked at closely

_DONE = re.compile(
    r"(?:超额|全面|圆满|如期|提前|顺利|按期)完成|完成了?(?:国家|省|市|县|上级|既定|全年|年度|预期)*(?:下达的?)?(?:目标|任务|计划)"
)
_SHARE = re.compile(r"完成(?:全?年度?)?(?:目标|任务|计划)(?:任务|目标)?的((?:[\d.]+%[、和]?)+)")
_LEVEL = re.compile(r"持平(?!稳)")
_NUMBER = re.compile(r"\d[\d.,]*")


class Near(NamedTuple):
    """A clause and how much of what is looked for it holds, close together: 0 to 1."""

    share: float
    clause: Row


class Said:
    """The clauses of some documents, found by the words of a name."""

    def __init__(self, clauses: list[Row]) -> None:
        self.clauses = clauses
        self.rarity = pairs.Rarity(c["plain"] for c in clauses)
        self.holders: dict[str, set[int]] = {}
        for number, clause in enumerate(clauses):
            for pair in set(pairs.bigrams(clause["plain"])):
                self.holders.setdefault(pair, set()).add(number)

    def near(self, names: list[str]) -> list[Near]:
        """The clauses that hold most of one of the names, the most telling first."""
        best: dict[int, float] = {}
        for name in names:
            weights = self.rarity.weights(name)
            for number in self._candidates(weights):
                plain = self.clauses[number]["plain"]
                share = float(name in plain) if name.isascii() else _close(plain, weights, 2 * len(name))
                best[number] = max(share, best.get(number, 0.0))
        ranked = sorted((-share, number) for number, share in best.items())
        return [Near(round(-share, 4), self.clauses[number]) for share, number in ranked]

    def _candidates(self, weights: dict[str, float]) -> list[int]:
        held: dict[int, float] = {}
        for pair, weight in weights.items():
            for number in self.holders.get(pair, ()):
                held[number] = held.get(number, 0.0) + weight
        return sorted(held, key=lambda number: (-held[number], number))[:LOOKED_AT]


def _close(plain: str, weights: dict[str, float], reach: int) -> float:
    """The greatest share of weight that stands within so many characters: 优质 and 高中 far apart are no 优质高中."""
    held = [(i, plain[i : i + 2]) for i in range(len(plain) - 1) if plain[i : i + 2] in weights]
    best = max((sum(weights[p] for p in {p for j, p in held if i <= j <= i + reach}) for i, _ in held), default=0.0)
    return best / sum(weights.values())


def looked_for(target: Row) -> list[str]:
    """What a target is looked for by: its names, else the words of its sentence."""
    own = pairs.plain(target["indicator"] or "")
    known = _aliases(str(target.get("sector") or "government"), target["indicator_id"])
    names = [name for name in (known if own in known else (own,)) if _tells(name)]
    return names or [words(target["quote"] or "")]


def words(quote: str) -> str:
    """A sentence without its numbers and years, folded."""
    return shingles.fold(_NUMBER.sub("", pairs.undated(quote)))


def _tells(name: str) -> bool:
    return len(name) >= (LEAST - 1 if name.isascii() else LEAST)  # CPI is a name of its own


@functools.cache
def _aliases(sector: str, indicator_id: str | None) -> tuple[str, ...]:
    if indicator_id is None or not lexicon.has(f"{sector}/indicators"):
        return ()
    rows = (row for row in lexicon.table(f"{sector}/indicators") if row["id"] == indicator_id)
    names = [pairs.plain(name) for row in rows for name in (row["zh"], *lexicon.cells(row["names"]))]
    return tuple(dict.fromkeys(names))


def amount(target: Row) -> str:
    """A target's number as it is printed, with its unit; "" of one in words."""
    return "" if target["worded"] or target["value"] is None else f"{target['value']:g}{target['unit'] or ''}"


def verdict(target: Row, clause: Row) -> str | None:
    """`reported done` or `reported missed`, where a clause of a review says so of a target without its number."""
    said = clause["sentence"]
    share = _SHARE.search(said)
    if share:
        met = {float(number) >= 100 for number in re.findall(r"[\d.]*\d", share[1])}
        return None if len(met) > 1 else "reported done" if met.pop() else "reported missed"
    if tasks.UNDONE.search(said):
        return "reported missed"
    if amount(target) and amount(target) in said:
        return "reported done"  # the very number: 7家国家区域医疗中心基本建成
    if _LEVEL.search(said) and pairs.is_growth(target) and not target["worded"]:
        return judge.report(target, target | {"value": 0.0, "base_value": 0.0, "value_high": None, "quote": said})
    return "reported done" if _DONE.search(said) else None
