"""Numbers into records: indicator, value, unit, comparator, baseline, status, year.

`records` reads one plan; `metrics` reads a frame of plans.  A number that cannot be placed is a row with its reason.
"""

from __future__ import annotations

import bisect
import hashlib
from typing import Any

import pandas as pd

from analysis import frames
from analysis.extract import rows as reading
from analysis.extract import tables
from analysis.extract.checks import checks
from analysis.extract.harmonise import unmatched
from analysis.text import Segment, Text

__all__ = ["metrics", "records", "unmatched"]

Row = dict[str, Any]


def records(plan: Row, items: list[Row], text: Text, pages: list[int]) -> dict[str, list[Row]]:
    """The rows of `metrics` and `checks` of one plan.

    Args: plan: a row of `plans`; items: its rows of `items`; text: the clean text with its map to the source;
        pages: start offsets of the source's pages.
    """
    found = [*tables.laid_over(reading.numbers(plan, items), plan), *reading.words(plan, items)]
    found.sort(key=lambda r: (r["start"], r["end"]))
    placed = _unique([_placed(r, plan, text, pages) for r in found])
    return {"metrics": placed, "checks": checks(placed, plan)}


def metrics(plans: pd.DataFrame, items: pd.DataFrame, sources: pd.DataFrame | None = None) -> pd.DataFrame:
    """A row a number of every plan; spans of the source where `sources` is given, of the clean text otherwise."""
    rows: list[Row] = []
    maps = {} if sources is None else {s["plan_id"]: s for s in _dicts(sources)}
    own: dict[str, list[Row]] = {}
    for item in _dicts(items):
        own.setdefault(item["plan_id"], []).append(item)
    for plan in _dicts(plans):
        held = maps.get(plan["plan_id"])
        text = Text.of(plan["text"] or "")
        if held is not None:
            text = Text(plan["text"] or "", held["source_text"], [Segment(**dict(s)) for s in held["segments"]])
        rows += records(plan, own.get(plan["plan_id"], []), text, [] if held is None else list(held["pages"]))[
            "metrics"
        ]
    return frames.make("metrics", rows)


def _dicts(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame as plain dicts; what is missing is None."""
    columns = [str(c) for c in frame.columns]
    plain = [[None if v is pd.NA or (isinstance(v, float) and v != v) else v for v in frame[c]] for c in columns]
    return [dict(zip(columns, values, strict=True)) for values in zip(*plain, strict=True)]


def _placed(row: Row, plan: Row, text: Text, pages: list[int]) -> Row:
    """The row with its keys and its place in the source."""
    start, end = text.source_span(row["start"], row["end"])
    key = f"{plan['plan_id']}|{row['start']}|{row['value']}|{row['indicator']}"
    return {
        **row,
        "plan_id": plan["plan_id"],
        "metric_id": hashlib.sha1(key.encode()).hexdigest()[:16],
        "source_start": start,
        "source_end": end,
        "page": bisect.bisect_right(pages, start) or None if pages else None,
    }


def _unique(rows: list[Row]) -> list[Row]:
    """The rows with keys that differ: one number said twice of the same thing is one row."""
    return list({r["metric_id"]: r for r in rows}.values())
