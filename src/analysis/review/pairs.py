"""What counts as the same: values, units, names, and rows paired one to one."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Any

import pandas as pd

from analysis import shingles

Row = dict[str, Any]

CLOSE = 0.9  # likeness from which two headings are one
LEAD = 12  # folded characters by which an item is known

_DATE = re.compile(r"\d{4}-\d\d-\d\d$")
_UNITS = {"％": "%", "个百分点": "百分点", "m2": "平方米", "㎡": "平方米", "m²": "平方米", "元人民币": "元"}


def is_missing(value: Any) -> bool:
    """Whether a value is None or any of the null values of pandas."""
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value)


def listed(value: Any) -> list[Any]:
    """A cell that holds one value, several or none, as a list."""
    if is_missing(value):
        return []
    return [value] if isinstance(value, str) else list(value)


def fold(value: Any) -> str:
    """A value's text without script, white space and punctuation; "" where it is missing."""
    return "" if is_missing(value) else _fold(str(value))


@functools.lru_cache(maxsize=100_000)
def _fold(text: str) -> str:
    return shingles.fold(text)


def unit(value: Any) -> str:
    """A unit in its plain spelling, "" where it is missing."""
    if is_missing(value):
        return ""
    plain = shingles.simplified(str(value)).strip().replace(" ", "")
    return _UNITS.get(plain, plain)


def number(value: Any) -> float | None:
    """A number to six places, None where it is missing."""
    return None if is_missing(value) else round(float(value), 6)


def is_same(wanted: Any, found: Any) -> bool:
    """Whether a found value says what was wanted; nothing wanted is met by nothing found."""
    if is_missing(wanted) or wanted == "":
        return is_missing(found) or (isinstance(found, str) and found == "")
    if is_missing(found):
        return False
    if isinstance(wanted, bool):
        return bool(found) == wanted
    if isinstance(wanted, (int, float)):
        return _is_near(float(wanted), found)
    if isinstance(wanted, str) and _DATE.match(wanted):
        return str(found)[: len("2024-01-31")] == wanted
    return fold(wanted) == fold(found)


def _is_near(wanted: float, found: Any) -> bool:
    try:
        return abs(float(found) - wanted) < 1e-6
    except (TypeError, ValueError):
        return False


def likeness(a: Any, b: Any) -> float:
    """0 to 1: the share of folded characters that two texts have in the same order (1 for two empty ones)."""
    return _likeness(fold(a), fold(b))


@functools.lru_cache(maxsize=100_000)
def _likeness(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def paired(wanted: Sequence[Row], found: Sequence[Row], rate: Callable[[Row, Row], float]) -> dict[int, int]:
    """Place in `wanted` → place in `found`: one to one, the best rated pair first; a rate of 0 makes no pair."""
    rated = [(rate(w, f), i, j) for i, w in enumerate(wanted) for j, f in enumerate(found)]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for rating, i, j in sorted(rated, key=lambda row: (-row[0], row[1], row[2])):
        if rating > 0 and i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def heading_rate(wanted: Row, found: Row) -> float:
    """0 for different headings; equal titles rate above close ones, the same level above another."""
    title, other = fold(wanted["title"]), fold(found["title"])
    if title == other:
        return 2.0 + is_same(wanted.get("level"), found.get("level"))
    longest, shortest = max(len(title), len(other)), min(len(title), len(other))
    if 2 * shortest < CLOSE * (shortest + longest):  # the likeness cannot reach CLOSE
        return 0.0
    close = _likeness(title, other)
    return 1.0 + close if close >= CLOSE else 0.0


def item_rate(wanted: Row, found: Row) -> float:
    """2 where the found item begins with the wanted quote, 1 where only with the wanted heading, else 0."""
    heading = fold(found.get("heading"))
    whole = heading + fold(found.get("text"))
    quote = fold(wanted.get("quote"))[:LEAD]
    if quote and quote in whole[: len(heading) + len(quote) + LEAD]:
        return 2.0
    lead = fold(wanted.get("heading"))[:LEAD]
    return 1.0 if lead and whole.startswith(lead) else 0.0


def metric_rate(wanted: Row, found: Row) -> float:
    """0 unless value and unit agree; the rest tells apart the metrics that have both in common."""
    if number(wanted["value"]) != number(found.get("value")) or unit(wanted["unit"]) != unit(found.get("unit")):
        return 0.0
    quotes = likeness(wanted.get("quote"), found.get("quote"))
    return 1.0 + quotes + likeness(wanted.get("indicator"), found.get("indicator"))
