"""What coders fill in: fields, the codes that each allows, and coded values as rows.

Codes travel in long form, a row a coder, item and field: coder, item_id, field, value (several parted by |, null where
the coder left the cell empty).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

from analysis import frames, lexicon
from analysis.review import pairs

CODES = ["coder", "plan_id", "item_id", "field", "value"]


class Field(NamedTuple):
    """A column of a coding sheet: the codebook table of its codes (None: free text), and whether it holds several."""

    name: str
    table: str | None
    has_many: bool
    help: str


ITEM_FIELDS = (
    Field("domain", "domains", False, "主要领域：标题所指，否则篇幅最大者 / the primary domain"),
    Field("domains", "domains", True, "其他领域，用 | 分开 / other domains, parted by |"),
    Field("instruments", "common/instruments", True, "政策工具，用 | 分开 / instruments, parted by |"),
    Field("commitment", "common/strength", False, "最强的承诺；没有承诺填 none / the strongest commitment, or none"),
    Field("lead_units", None, True, "牵头单位，照原文，用 | 分开 / lead units as written"),
    Field("support_units", None, True, "配合单位，照原文，用 | 分开 / support units as written"),
)
NOTHING = "none"  # the coder saw that there is nothing; an empty cell was not coded


def allowed(field: Field, sector: str | None) -> dict[str, dict[str, str]]:
    """The codes of a field in a sector, id → its row (zh, en, definition); empty for free text.

    Raises: CodebookError when the codebook lacks the table.
    """
    if field.table is None:
        return {}
    name = field.table if "/" in field.table else f"{_sector(sector)}/{field.table}"
    return {row["id"]: row for row in lexicon.table(name)}


def _sector(sector: Any) -> str:
    return str(sector) if sector in lexicon.sectors() else "government"


def values(cell: Any) -> list[str]:
    """The values of a cell, in order, each once; those of a list as they are."""
    held = lexicon.cells(cell) if isinstance(cell, str) else [str(v) for v in pairs.listed(cell)]
    return list(dict.fromkeys(held))


def joined(held: Iterable[str]) -> str | None:
    """Several values as one cell, None where there are none."""
    return "|".join(held) or None


def machine(items: pd.DataFrame, coder: str = "machine") -> pd.DataFrame:
    """What the frames say, in the form of a coder's codes: one row an item and field."""
    rows = [
        (coder, row["plan_id"], row["item_id"], field.name, _answer(row, field))
        for row in items.to_dict("records")
        for field in ITEM_FIELDS
        if field.name in items.columns
    ]
    return pd.DataFrame(rows, columns=CODES)


def _answer(row: dict[Any, Any], field: Field) -> str:
    """An item's own value of a field; `none` where it has none: a machine leaves no cell empty."""
    held = values(row[field.name])
    if field.name == "domains":
        held = [v for v in held if v != row.get("domain")]
    return joined(held) or NOTHING


def need(name: str, frame: pd.DataFrame, *columns: str) -> None:
    """Nothing; raises FrameError when a frame lacks a column."""
    missing = [c for c in columns if c not in frame.columns]
    if missing:
        raise frames.FrameError(f"{name} lacks {', '.join(missing)}; it has {', '.join(map(str, frame.columns))}")
