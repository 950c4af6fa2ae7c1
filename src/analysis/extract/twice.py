"""The same figure stated twice in one plan with values that cannot both hold."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from analysis import numerals
from analysis.extract import eras as passages
from analysis.extract.eras import Eras

Row = dict[str, Any]
# a plan holds one such figure only; counts of things, sums spent and lengths are said of many parts
_ONE = re.compile(r"(?:总值|总额|收入|余额|总产量?|粮食.*产量|新增就业人数|标准|公用经费)$")
_RATES = ("rate", "concentration", "age")
# said of a part, of several years, of another time, or of where it came from
_OTHER = re.compile(
    r"累计|其中|五年|十[二三四五]五|以来|[由从较比]|分别|平均|上半年|季度|月[份末底]|\d月|全国|国家|同口径|以上的|达标|"
    r"(?<![全我地城乡本])[市县区州盟旗镇](?!级|域|政府|委|外|场|面)|地区(?!生产)|园区|集团|[圈带群]|类|口径|试点|部分|各"
)
_BEFORE = 60  # how far a sentence is read for such words
_OPEN = {"ge": (0.0, float("inf")), "gt": (0.0, float("inf")), "le": (float("-inf"), 0.0), "lt": (float("-inf"), 0.0)}


def pairs(rows: list[Row], text: str, plan: Row) -> Iterator[tuple[Row, Row]]:
    """The first statement of a figure and each later one that disagrees with it."""
    eras = passages.of(text, plan)
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if _is_single(row) and not _is_other(row, text, eras):
            groups[row["indicator_id"], row["kind"], row["year"], row["status"], row["per"]].append(row)
    for first, *later in groups.values():
        yield from ((first, other) for other in later if _differ(first, other) and _is_apart(first, other, text))


def _is_single(row: Row) -> bool:
    """Whether a plan can hold one such figure only, and its indicator is sure."""
    if row["indicator_id"] is None or row["indicator_confidence"] != 1.0:
        return False
    unit = numerals.units().get((row["unit"] or "").lstrip("万亿"))
    kind = unit.kind if unit else None
    return kind in _RATES or (kind not in ("points", "ratio") and bool(_ONE.search(row["indicator"])))


def _is_other(row: Row, text: str, eras: Eras) -> bool:
    """Whether the words before say that the figure is of a part, of another time or of several years."""
    era = eras.at(row["start"])
    before = re.split(r"[。！？\n]", text[max(0, row["start"] - _BEFORE) : row["start"]])[-1]
    return row["baseline"] is not None or bool(era and era.name == "past") or bool(_OTHER.search(before))


def _is_apart(first: Row, other: Row, text: str) -> bool:
    """Whether two figures stand in two sentences: of one sentence the second is a step, a part or a wish."""
    return bool(re.search(r"[。！？\n]", text[first["end"] : other["start"]]))


def _differ(first: Row, other: Row) -> bool:
    one, two = _span(first), _span(other)
    near = max(_rounding(first), _rounding(other))
    same = first["comparator"] == other["comparator"]
    if same and first["comparator"] != "range":
        return bool(abs(first["base_value"] - other["base_value"]) > near)
    return bool(one[0] > two[1] + near or two[0] > one[1] + near)


def _span(row: Row) -> tuple[float, float]:
    """The values that a statement allows."""
    value, scale = row["base_value"], row["base_value"] / row["value"] if row["value"] else 1.0
    if row["value_high"] is not None:
        return value, row["value_high"] * scale
    low, high = _OPEN.get(row["comparator"], (0.0, 0.0))
    about = 0.05 * abs(value) if row["comparator"] == "approx" else 0.0
    return value + low - about, value + high + about


def _rounding(row: Row) -> float:
    """Half of the last digit that is printed, in base units."""
    scale = abs(row["base_value"] / row["value"]) if row["value"] else 1.0
    digits = len(f"{row['value']:.10g}".partition(".")[2])
    return float(0.5 * 10**-digits * scale) + 1e-9
