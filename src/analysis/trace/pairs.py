"""Which statement of a later document speaks of the same thing as a promise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from analysis import shingles

Row = dict[str, Any]

SAME_NAME = 0.6  # likeness from which two indicators are one
SAME_TASK = 0.45  # likeness from which two sentences speak of one task
EQUAL = 0.97  # likeness from which they are the same words

_YEARS = re.compile(
    r"(?:19|20)\d\d年(?:底|度)?|今年|明年|去年|年内|年底前?|到20\d\d年|“?十[四五六]五”?(?:末|期间|时期)?"
)
_MEASURES = re.compile(r"(?:增长率?|增速|增幅|率|数|比例|比重|占比|面积|人数|达到|新增|新建|完成)")
_PERIOD = re.compile(r"年均|累计|[三五]年[来内间]|十[三四五六]五")
_AREAS = re.compile(r"^(?:全省|全市|全县|全区|我省|我市|我县|我区|全旗|全州|本市|地区)")


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


def name_likeness(name: str, other: str) -> float:
    """0 to 1 for the names of two indicators; what only frames the thing measured counts little."""
    a, b = (_AREAS.sub("", undated(n)) for n in (name, other))
    if shingles.fold(a) == shingles.fold(b):
        return 1.0
    core, other_core = (_MEASURES.sub("", n) for n in (a, b))
    whole, inner = dice(bigrams(a), bigrams(b)), dice(bigrams(core), bigrams(other_core))
    return (whole + inner) / 2 if len(core) > 1 and len(other_core) > 1 else whole


def metric_rate(own: Row, other: Row) -> float:
    """How surely two metrics measure one thing, 0 where they cannot.

    The same indicator of the codebook, or alike names, in comparable units, both levels or both changes.
    """
    if not _comparable(own, other):
        return 0.0
    alike = name_likeness(own["indicator"] or "", other["indicator"] or "")
    if own["indicator_id"] and other["indicator_id"]:
        if own["indicator_id"] != other["indicator_id"]:
            return 0.0
        return 1.0 + alike
    return alike if alike >= SAME_NAME else 0.0


def _comparable(own: Row, other: Row) -> bool:
    if _unit(own) != _unit(other) or (own["per"] or "") != (other["per"] or ""):
        return False
    if bool(_PERIOD.search(own["quote"] or "")) != bool(_PERIOD.search(other["quote"] or "")):
        return False  # a mean of five years answers no target of one
    return own["kind"] == other["kind"] or None in (own["kind"], other["kind"]) or is_rate(own)


def is_rate(row: Row) -> bool:
    """Whether a metric is a growth rate, which texts print as a level (增速5%) or as a change (增长5%)."""
    return _unit(row) == "%" and bool(re.search("增长|增速|增幅|涨幅", f"{row['indicator']}{row['quote']}"))


def _unit(row: Row) -> str:
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
