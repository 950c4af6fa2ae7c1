"""Agreed codes as test cases of the codebook: what coders settled must come out of the tables from then on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from analysis import frames
from analysis.review.codes import CODES, ITEMS, NOTHING, need
from analysis.review.pairs import is_missing

CASE_FIELDS = ("domain", "domains", "instruments", "commitment")
GIVEN = ["item_id", "sector", "plan_year", "title", "above", "heading", "text", "tense"]
COLUMNS = [*GIVEN, *CASE_FIELDS, "coders"]


def cases(items: pd.DataFrame, plans: pd.DataFrame, outline: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """A row an item that coders agreed on: its words, what stands above it, and the agreed codes of each field.

    Args: codes: agreed(codes) of several coders, or those of one. A field that was not coded, or not agreed on, is
        null and is not tested; `none` means that there is nothing.

    Raises: FrameError when a frame lacks a column.
    """
    need("codes", codes, *CODES)
    need("items", items, *ITEMS.given[:2], "part_id", "heading", "text", "tense", "sector", "plan_year")
    held = codes[codes["field"].isin(CASE_FIELDS)].dropna(subset=["value"])
    wide = held.pivot(index="unit_id", columns="field", values="value").reindex(columns=list(CASE_FIELDS))
    coders = held.groupby("unit_id")["coder"].first().rename("coders")
    own = items[items["item_id"].isin(wide.index)].merge(plans[["plan_id", "title"]], on="plan_id")
    own = own.assign(above=_above(own, outline))
    return own[GIVEN].join(wide, on="item_id").join(coders, on="item_id")[COLUMNS].reset_index(drop=True)


def _above(items: pd.DataFrame, outline: pd.DataFrame) -> list[str | None]:
    """For each item the title above its own heading, None where there is none."""
    parts = outline.set_index("part_id")
    parents = parts["parent_id"].to_dict()
    titles = parts["title"].to_dict()
    found = []
    for part, heading in zip(items["part_id"], items["heading"], strict=True):
        above = titles.get(part) if is_missing(heading) else titles.get(parents.get(part))
        found.append(None if is_missing(above) else str(above))
    return found


def write_cases(rows: pd.DataFrame, path: str | Path) -> Path:
    """The path of a CSV file of cases; an item that it holds already is replaced."""
    path = Path(path)
    held = [read_cases(path)] if path.is_file() else []
    whole = pd.concat([*held, rows[COLUMNS].astype(object)], ignore_index=True)
    whole = whole.drop_duplicates("item_id", keep="last").sort_values("item_id", ignore_index=True)
    beside = path.with_name(f".new-{path.name}")
    path.parent.mkdir(parents=True, exist_ok=True)
    whole.to_csv(beside, index=False, encoding="utf-8", lineterminator="\n")
    return beside.replace(path)


def read_cases(path: str | Path) -> pd.DataFrame:
    """The cases of a file, text as it stands, null where a field is not tested.

    Raises: FrameError when it lacks a column.
    """
    rows = pd.read_csv(path, dtype=object, keep_default_na=False, na_values=[""], encoding="utf-8")
    need(Path(path).name, rows, *COLUMNS)
    return rows[COLUMNS]


def failures(cases: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """A row a field in which freshly tagged items differ from their cases: item_id, field, wanted, found, heading.

    Args: items: the tagged items of the cases, by item_id.
    """
    tagged = {str(row["item_id"]): row for row in items.to_dict("records")}
    rows = []
    for case in cases.to_dict("records"):
        if case["item_id"] not in tagged:
            raise frames.FrameError(f"the case {case['item_id']} was not tagged; tag every case before comparing")
        for field in CASE_FIELDS:
            wanted, found = case[field], _codes(tagged[case["item_id"]], field)
            if not is_missing(wanted) and _codes(case, field) != found:
                rows.append((case["item_id"], field, wanted, "|".join(sorted(found)) or NOTHING, case["heading"]))
    return pd.DataFrame(rows, columns=["item_id", "field", "wanted", "found", "heading"])


def _codes(row: dict[Any, Any], field: str) -> set[str]:
    """The codes of a field; of `domains` those beside the primary."""
    cell = row[field]
    if is_missing(cell):
        return set()
    held = set(cell.split("|") if isinstance(cell, str) else cell) - {NOTHING}
    return held - {row.get("domain")} if field == "domains" else held
