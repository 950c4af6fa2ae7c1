"""What coders fill in: coding units, their fields, the codes that each field allows, coded values as rows.

A coding unit is what a coder judges as one thing (Krippendorff 2018, "Content Analysis", chapter 5): an item with its
tags, or a metric with its record.  Codes travel in long form, a row a coder, unit and field: coder, plan_id, unit_id
(the item's or the metric's id), field, value (several parted by |, null where the coder left the cell empty).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

from analysis import frames, lexicon
from analysis.review import pairs

CODES = ["coder", "plan_id", "unit_id", "field", "value"]
NOTHING = "none"  # the coder saw that there is nothing; an empty cell was not coded
OF_FRAME = "values"  # a field's table: the values that the frame itself allows


class Field(NamedTuple):
    """A column of a coding sheet: the table of its codes (None: free text), and whether it holds several."""

    name: str
    table: str | None
    has_many: bool
    help: str
    is_number: bool = False


class CodingUnit(NamedTuple):
    """What is coded: the frame, its key, the text that must come back unchanged, what a coder reads, what she fills in."""

    frame: str
    key: str
    text: str
    given: tuple[str, ...]
    fields: tuple[Field, ...]


ITEMS = CodingUnit(
    "items",
    "item_id",
    "text",
    ("item_id", "plan_id", "region", "sector", "heading", "text"),
    (
        Field("domain", "domains", False, "主要领域：标题所指，否则篇幅最大者 / the primary domain"),
        Field("domains", "domains", True, "其他领域，用 | 分开 / other domains, parted by |"),
        Field("instruments", "common/instruments", True, "政策工具，用 | 分开 / instruments, parted by |"),
        Field(
            "commitment", "common/strength", False, "最强的承诺；没有承诺填 none / the strongest commitment, or none"
        ),
        Field("lead_units", None, True, "牵头单位，照原文，用 | 分开 / lead units as written"),
        Field("support_units", None, True, "配合单位，照原文，用 | 分开 / support units as written"),
    ),
)
METRICS = CodingUnit(
    "metrics",
    "metric_id",
    "quote",
    ("metric_id", "plan_id", "region", "sector", "printed", "quote"),
    (
        Field("indicator", None, False, "指标名称，照原文 / the indicator as written"),
        Field("indicator_id", "indicators", False, "指标编码 / the indicator's id"),
        Field("value", None, False, "数值；不是数量填 none / the value; none where it is no amount", True),
        Field("value_high", None, False, "区间上限 / the upper end of a range", True),
        Field("unit", None, False, "单位，照原文 / the unit as written"),
        Field("per", None, False, "每生每年等 / per whom or how often"),
        Field("comparator", OF_FRAME, False, "比较词 / the comparator"),
        Field("kind", OF_FRAME, False, "水平或变化 / level or change"),
        Field("baseline", None, False, "由……的起点 / where it starts from", True),
        Field("status", OF_FRAME, False, "目标或已实现 / target or achieved"),
        Field("year", None, False, "目标或结果的年份 / the year of the target or result", True),
        Field("hedge", None, False, "力争、左右等 / the hedge as written"),
    ),
)
UNITS = (ITEMS, METRICS)
FIELDS = {field.name: field for unit in UNITS for field in unit.fields}


def coding_unit(columns: Iterable[Any]) -> CodingUnit:
    """The unit that a frame or a sheet with these columns holds: metrics where they have a metric_id, else items."""
    return METRICS if METRICS.key in set(columns) else ITEMS


def allowed(field: Field, sector: str | None) -> dict[str, dict[str, str]]:
    """The codes of a field in a sector, id → its row (zh, en, definition); empty for free text and numbers.

    Raises: CodebookError when the codebook lacks the table.
    """
    if field.table is None:
        return {}
    if field.table == OF_FRAME:
        return {value: {"id": value} for value in frames.VALUES["metrics", field.name]}
    if field.table == "indicators":  # a plan of one sector may state an indicator of another
        names = [f"{held}/indicators" for held in lexicon.sectors() if lexicon.has(f"{held}/indicators")]
    else:
        names = [field.table if "/" in field.table else f"{_sector(sector)}/{field.table}"]
    return {row["id"]: row for name in names for row in lexicon.table(name)}


def _sector(sector: Any) -> str:
    return str(sector) if sector in lexicon.sectors() else "government"


def values(cell: Any) -> list[str]:
    """The values of a cell, in order, each once; those of a list as they are."""
    held = lexicon.cells(cell) if isinstance(cell, str) else [plain(v) for v in pairs.listed(cell)]
    return list(dict.fromkeys(held))


def of_field(field: Field, cell: str) -> list[str]:
    """The values that a coder wrote into a cell: parted where the field holds several, numbers in one spelling."""
    if field.has_many or not cell:
        return values(cell)
    if field.is_number and (number := as_number(cell)) is not None:
        return [plain(number)]
    return [cell]


def as_number(text: str) -> float | None:
    """A number as coders write it (95, 95.0, 1,200), None where it is none."""
    try:
        return float(text.replace(",", "").replace("，", ""))
    except ValueError:
        return None


def plain(value: Any) -> str:
    """A value as a cell shows it: 95 for 95.0."""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def joined(held: Iterable[str]) -> str | None:
    """Several values as one cell, None where there are none."""
    return "|".join(held) or None


def machine(frame: pd.DataFrame, coder: str = "machine") -> pd.DataFrame:
    """What a frame of items or metrics says, in the form of a coder's codes: one row a unit and field."""
    unit = coding_unit(frame.columns)
    rows = [
        (coder, row["plan_id"], row[unit.key], field.name, _answer(row, field))
        for row in frame.to_dict("records")
        for field in unit.fields
        if field.name in frame.columns
    ]
    return pd.DataFrame(rows, columns=CODES)


def _answer(row: dict[Any, Any], field: Field) -> str:
    """A unit's own value of a field; `none` where it has none: a machine leaves no cell empty."""
    cell = row[field.name]
    if field.has_many:
        held = values(cell)
    else:
        held = [] if pairs.is_missing(cell) else [plain(float(cell)) if field.is_number else str(cell)]
    if field.name == "domains":
        held = [v for v in held if v != row.get("domain")]
    return joined(held) or NOTHING


def need(name: str, frame: pd.DataFrame, *columns: str) -> None:
    """Nothing; raises FrameError when a frame lacks a column."""
    missing = [c for c in columns if c not in frame.columns]
    if missing:
        raise frames.FrameError(f"{name} lacks {', '.join(missing)}; it has {', '.join(map(str, frame.columns))}")
