"""Corrections as data: who changed what when, and laying them over items and metrics so that they hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from analysis import numerals
from analysis.review.codes import CODES, NOTHING, Field, coding_unit, joined, machine, need, of_field
from analysis.review.codes import values as listed

COLUMNS = ["unit_id", "plan_id", "field", "old", "new", "who", "when"]
RULE = "review"  # the rule that evidence of a correction names


def agreed(codes: pd.DataFrame) -> pd.DataFrame:
    """The codes on which all coders of a unit agree, one row each, coder being all of them."""
    need("codes", codes, *CODES)
    given = codes.dropna(subset=["value"])
    plain = given.assign(value=given["value"].map(lambda cell: joined(sorted(listed(cell)))))
    groups = plain.groupby(["plan_id", "unit_id", "field"], sort=False)
    same = groups.agg(coder=("coder", lambda c: "、".join(sorted(c))), value=("value", "first"), n=("value", "nunique"))
    return same[same["n"] == 1].reset_index()[CODES]


def corrections(units: pd.DataFrame, codes: pd.DataFrame, when: str) -> pd.DataFrame:
    """A row a code that differs from what the frame says: unit_id, plan_id, field, old, new, who, when.

    Args: units: items or metrics. codes: of one coder, or agreed(codes) of several. when: the day, YYYY-MM-DD.
    """
    need("codes", codes, *CODES)
    said = machine(units)[["unit_id", "field", "value"]].rename(columns={"value": "old"})
    both = codes.dropna(subset=["value"]).merge(said, on=["unit_id", "field"], how="inner")
    differs = [set(listed(old)) != set(listed(new)) for old, new in zip(both["old"], both["value"], strict=True)]
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


def apply(units: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """New items or metrics with the corrections laid over, the latest of each unit and field last.

    Items keep their ids from ingest to ingest, and metrics theirs as long as they are read alike, so that a correction
    holds; one whose unit is gone changes nothing (see `unmatched`). A corrected domain is the first of `domains`, its
    margin is 1, and the evidence says who and when; a corrected metric says it in `reason`. A metric whose value was
    corrected to `none` is no amount and is left out.

    Raises: FrameError when a frame lacks a column.
    """
    unit = coding_unit(units.columns)
    need(unit.frame, units, unit.key)
    need("corrections", corrections, *COLUMNS)
    known = {field.name: field for field in unit.fields if field.name in units.columns}
    rows = units.to_dict("records")
    places = {str(row[unit.key]): row for row in rows}
    lay = _lay_on_metric if unit.frame == "metrics" else _lay_on_item
    for row in corrections.sort_values("when", kind="stable").to_dict("records"):
        if str(row["unit_id"]) in places and row["field"] in known:
            lay(places[str(row["unit_id"])], {str(k): str(v) for k, v in row.items()}, known[str(row["field"])])
    whole = _framed(units, rows)
    return whole[[not row.get(_IS_NONE) for row in rows]]


def _framed(units: pd.DataFrame, rows: list[Any]) -> pd.DataFrame:
    """Rows in the columns and types of the units that they came from."""
    columns = {name: pd.Series([row[name] for row in rows], dtype=units[name].dtype) for name in units.columns}
    return pd.DataFrame(columns).set_axis(units.index)


def _lay_on_item(item: dict[Any, Any], row: dict[str, str], field: Field) -> None:
    """One correction over one item."""
    held = [v for v in listed(row["new"]) if v != NOTHING]
    if field.name == "domain":
        others = [v for v in listed(item.get("domains")) if v not in (*held, item.get("domain"))]
        item |= {"domain": held[0] if held else None, "domain_margin": 1.0, "domains": held + others}
    elif field.name == "domains":
        first = listed(item.get("domain"))
        item["domains"] = first + [v for v in held if v not in first]
    else:
        item[field.name] = held if field.has_many else (held[0] if held else None)
    before = item.get("evidence")
    item["evidence"] = [*(before if isinstance(before, list) else []), _evidence(row)]


_IS_NONE = "is_none"  # set on the plain row of a metric that is no amount; no column of the frame


def _lay_on_metric(metric: dict[Any, Any], row: dict[str, str], field: Field) -> None:
    """One correction over one metric; its base value follows value and unit."""
    new = next((v for v in of_field(field, row["new"]) if v != NOTHING), None)
    if field.name == "value" and new is None:
        metric[_IS_NONE] = True
        return
    metric[field.name] = float(new) if field.is_number and new is not None else new
    if field.name in ("value", "unit") and {"base_value", "base_unit"} <= metric.keys():
        metric |= _base(metric["value"], metric["unit"])
    metric["reason"] = f"{RULE}: {field.name} {_said(row)}"


def _base(value: Any, unit: Any) -> dict[str, Any]:
    """Base value and unit of a corrected amount, as the grammar reads it; null where it does not know the unit."""
    read = numerals.amounts(f"{value:.15g}{unit if isinstance(unit, str) else ''}") if value == value else []
    return {"base_value": read[0].base_value, "base_unit": read[0].base_unit} if len(read) == 1 else _NO_BASE


_NO_BASE = {"base_value": None, "base_unit": None}


def _said(row: dict[str, str]) -> str:
    return f"{row['who']} {row['when']}: {row['old']} → {row['new']}"


def _evidence(row: dict[str, str]) -> dict[str, Any]:
    return {"field": row["field"], "value": row["new"], "cue": _said(row), "start": None, "end": None, "rule": RULE}


def unmatched(units: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """The corrections of this kind of unit whose unit is not in the frame: its text or reading has changed."""
    unit = coding_unit(units.columns)
    of_kind = corrections[corrections["field"].isin([field.name for field in unit.fields])]
    return of_kind[~of_kind["unit_id"].isin(units[unit.key])].reset_index(drop=True)
