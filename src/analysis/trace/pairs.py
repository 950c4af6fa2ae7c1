"""Which statement of a later document speaks of the same thing as a promise."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import pandas as pd

from analysis import shingles

Row = dict[str, Any]

SAME_NAME = 0.55  # likeness from which two indicators are one
SAME_TASK = 0.45  # likeness from which two sentences speak of one task
EQUAL = 0.97  # likeness from which they are the same words

MOST_TIMES = 3  # a count that is more than so many times another is of another period or scope

_YEARS = re.compile(
    r"(?:19|20)\d\d年(?:底|度)?|今年|明年|去年|年内|年底前?|到20\d\d年|“?十[四五六]五”?(?:末|期间|时期)?"
)
_PERIOD = re.compile(r"年均|累计|[三五]年[来内间]|十[三四五六]五")
_AREAS = re.compile(r"^(?:全省|全市|全县|全区|我省|我市|我县|我区|全旗|全州|本市|地区)")
_GROWTH = re.compile(r"增长率?|增速|增幅|涨幅|上涨|涨跌幅")
_SHARES = re.compile(r"的?(?:比重|比例|占比|比率)")
_OF = re.compile(r"相当于|占|与")
_COUNTS = re.compile(r"(?:人数|数量|总量|数)$")


def is_known(value: Any) -> bool:
    """Whether a cell holds something."""
    return value is not None and not (pd.api.types.is_scalar(value) and pd.isna(value))


def rows(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame as records, nulls as None."""
    records = frame.to_dict("records")
    return [{str(k): v if is_known(v) else None for k, v in record.items()} for record in records]


def bigrams(text: str) -> Counter[str]:
    """The pairs of neighbouring characters of a folded text."""
    plain = shingles.fold(text)
    return Counter(plain[i : i + 2] for i in range(len(plain) - 1))


def dice(a: Counter[str], b: Counter[str]) -> float:
    """0 to 1: the share of pairs of characters that two texts have in common."""
    total = sum(a.values()) + sum(b.values())
    return 2 * sum((a & b).values()) / total if total else 0.0


def undated(text: str) -> str:
    """The text without the words that name its year: they differ where nothing else does."""
    return _YEARS.sub("", text)


class Name(NamedTuple):
    """An indicator's name without what only frames it: its plain words, and its pairs of characters with weights."""

    plain: str
    weights: dict[str, float]


class Names:
    """Names of indicators, compared by the pairs of characters that are rare among them."""

    def __init__(self, names: Iterable[str]) -> None:
        plain = {_plain(name) for name in names}
        self.n = len(plain)
        self.holders = Counter(pair for name in plain for pair in set(bigrams(name)))
        self.read = functools.cache(self._read)
        self.likeness = functools.cache(self._likeness)

    def _read(self, name: str) -> Name:
        plain = _plain(name)
        counts = bigrams(plain) or Counter([plain])
        return Name(plain, {p: n * math.log(1 + self.n / max(1, self.holders[p])) for p, n in counts.items()})

    def _likeness(self, name: str, other: str) -> float:
        a, b = self.read(name), self.read(other)
        if a.plain == b.plain:
            return 1.0
        total = sum(a.weights.values()) + sum(b.weights.values())
        both = sum(min(weight, b.weights.get(pair, 0.0)) for pair, weight in a.weights.items())
        alike = 2 * both / total if total else 0.0
        return alike / 2 if alike >= SAME_NAME and _contrast(a.plain, b.plain) else alike


def _plain(name: str) -> str:
    """A name without place, year and the words of its measure, which the unit tells."""
    words = _AREAS.sub("", undated(name))
    return shingles.fold(_COUNTS.sub("", _OF.sub("占", _SHARES.sub("比", _GROWTH.sub("", words)))))


def _contrast(name: str, other: str) -> bool:
    """Whether one word stands in the place of another (民办 for 公办); what is only added makes no other thing."""
    steps = SequenceMatcher(None, name, other, autojunk=False).get_opcodes()
    return any(kind == "replace" for kind, *_ in steps)


def metric_rate(own: Row, other: Row, names: Names) -> float:
    """How surely two metrics measure one thing, 0 where they cannot.

    The same indicator of the codebook, or alike names, in comparable units, both growth rates or neither.
    """
    if not _comparable(own, other):
        return 0.0
    alike = names.likeness(own["indicator"] or "", other["indicator"] or "")
    if own["indicator_id"] and other["indicator_id"]:
        return 1.0 + alike if own["indicator_id"] == other["indicator_id"] else 0.0
    return alike if alike >= SAME_NAME else 0.0


def _comparable(own: Row, other: Row) -> bool:
    if unit(own) != unit(other) or (own["per"] or "") != (other["per"] or ""):
        return False
    if bool(_PERIOD.search(own["quote"] or "")) != bool(_PERIOD.search(other["quote"] or "")):
        return False  # a mean of five years answers no target of one
    if is_growth(own) or is_growth(other):
        return is_growth(own) and is_growth(other)
    return own["kind"] == other["kind"] or None in (own["kind"], other["kind"])


def is_growth(row: Row) -> bool:
    """Whether a metric is a growth rate, which texts print as a level (增速5%) or as a change (增长5%)."""
    return unit(row) == "%" and bool(_GROWTH.search(f"{row['indicator']}{row['quote']}"))


def is_near(own: float | None, other: float | None) -> bool:
    """Whether two counts can be of one period and scope."""
    if not own or not other:
        return True
    return 1 / MOST_TIMES <= other / own <= MOST_TIMES


def unit(row: Row) -> str:
    """The unit that values are compared in."""
    return str(row["base_unit"] or row["unit"] or "")


def matched(
    own: Sequence[Row], others: Sequence[Row], rate: Callable[[Row, Row], float]
) -> dict[int, tuple[int, float]]:
    """Place in own → (place in others, rate): one to one, the best rated pair first."""
    rated = [(rate(a, b), i, j) for i, a in enumerate(own) for j, b in enumerate(others)]
    found: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for value, i, j in sorted((r for r in rated if r[0] > 0), key=lambda r: (-r[0], r[1], r[2])):
        if i not in found and j not in taken:
            found[i] = j, value
            taken.add(j)
    return found
