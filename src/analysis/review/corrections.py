"""Corrections as data: who changed what when, and laying them over items so that they hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from analysis.review.codes import CODES, ITEM_FIELDS, NOTHING, joined, machine, need, values

COLUMNS = ["item_id", "plan_id", "field", "old", "new", "who", "when"]
RULE = "review"  # the rule that evidence of a correction names


def agreed(codes: pd.DataFrame) -> pd.DataFrame:
    """The codes on which all coders of an item agree, one row each, coder being all of them."""
    need("codes", codes, *CODES)
    given = codes.dropna(subset=["value"])
    plain = given.assign(value=given["value"].map(lambda cell: joined(sorted(values(cell)))))
    groups = plain.groupby(["plan_id", "item_id", "field"], sort=False)
    same = groups.agg(coder=("coder", lambda c: "、".join(sorted(c))), value=("value", "first"), n=("value", "nunique"))
    return same[same["n"] == 1].reset_index()[CODES]


def corrections(items: pd.DataFrame, codes: pd.DataFrame, when: str) -> pd.DataFrame:
    """A row a code that differs from what the items say: item_id, plan_id, field, old, new, who, when.

    Args: codes: of one coder, or agreed(codes) of several. when: the day, YYYY-MM-DD.
    """
    need("codes", codes, *CODES)
    said = machine(items)[["item_id", "field", "value"]].rename(columns={"value": "old"})
    both = codes.dropna(subset=["value"]).merge(said, on=["item_id", "field"], how="inner")
    differs = [set(values(old)) != set(values(new)) for old, new in zip(both["old"], both["value"], strict=True)]
    changed = both[differs].rename(columns={"value": "new", "coder": "who"}).assign(when=when)
    return changed[COLUMNS].reset_index(drop=True)


def write_corrections(rows: pd.DataFrame, path: str | Path) -> Path:
    """The path of a CSV file of corrections; rows are added to those it holds."""
    path = Path(path)
    held = [read_corrections(path)] if path.is_file() else []
    whole = pd.concat([*held, rows[COLUMNS]], ignore_index=True).drop_duplicates(ignore_index=True)
    beside = path.with_name(f".new-{path.name}")
    path.parent.mkdir(parents=True, exist_ok=True)
    whole.to_csv(beside, index=False, encoding="utf-8", lineterminator="\n")
    return beside.replace(path)


def read_corrections(path: str | Path) -> pd.DataFrame:
    """The rows of a file of corrections, in the order in which they were made.

    Raises: FrameError when it lacks a column.
    """
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    need(Path(path).name, rows, *COLUMNS)
    return rows[COLUMNS]


def apply(items: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """New items with the corrections laid over, the latest of each item and field last.

    Items keep their ids from ingest to ingest, so that a correction holds; one whose item is gone changes nothing
    (see `unmatched`). A corrected domain is the first of `domains`, its margin is 1, and the evidence says who and when.

    Raises: FrameError when a frame lacks a column.
    """
    need("items", items, "item_id")
    need("corrections", corrections, *COLUMNS)
    known = {field.name: field for field in ITEM_FIELDS if field.name in items.columns}
    rows = items.to_dict("records")
    places = {str(row["item_id"]): row for row in rows}
    for row in corrections.sort_values("when", kind="stable").to_dict("records"):
        if str(row["item_id"]) in places and row["field"] in known:
            _lay(places[str(row["item_id"])], {str(k): v for k, v in row.items()}, known[str(row["field"])].has_many)
    return _framed(items, rows)


def _framed(items: pd.DataFrame, rows: list[Any]) -> pd.DataFrame:
    """Rows in the columns and types of the items that they came from."""
    columns = {name: pd.Series([row[name] for row in rows], dtype=items[name].dtype) for name in items.columns}
    return pd.DataFrame(columns).set_axis(items.index)


def _lay(item: dict[Any, Any], row: dict[str, Any], has_many: bool) -> None:
    """One correction over one item."""
    held = [v for v in values(row["new"]) if v != NOTHING]
    if row["field"] == "domain":
        others = [v for v in values(item.get("domains")) if v not in (*held, item.get("domain"))]
        item |= {"domain": held[0] if held else None, "domain_margin": 1.0, "domains": held + others}
    elif row["field"] == "domains":
        first = values(item.get("domain"))
        item["domains"] = first + [v for v in held if v not in first]
    else:
        item[row["field"]] = held if has_many else (held[0] if held else None)
    item["evidence"] = [*_listed(item.get("evidence")), _evidence(row)]


def _listed(cell: Any) -> list[Any]:
    return list(cell) if isinstance(cell, list) else []


def _evidence(row: dict[str, Any]) -> dict[str, Any]:
    said = f"{row['who']} {row['when']}: {row['old']} → {row['new']}"
    return {"field": row["field"], "value": row["new"], "cue": said, "start": None, "end": None, "rule": RULE}


def unmatched(items: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """The corrections whose item is not among the items: its text or heading has changed."""
    return corrections[~corrections["item_id"].isin(items["item_id"])].reset_index(drop=True)
