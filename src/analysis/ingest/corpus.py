"""The pass over the whole corpus: copies, families, priorities; what only all plans together can tell."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis import compare, frames, review, trace
from analysis.ingest import families


def complete(
    tables: dict[str, pa.Table],
    problems: list[dict[str, Any]],
    others: dict[str, list[str]],
    corrections: pd.DataFrame | None = None,
) -> dict[str, pa.Table]:
    """The frames of a corpus, as Arrow tables, from the rows of its documents.

    Args:
        tables: a table a frame, documents in any order.
        problems: rows about files that were left out before reading.
        others: for each plan that lies at several paths the paths beside the one in `plans`.
        corrections: what coders corrected, laid over the tags of the same items.
    """
    plans = _with_paths(frames.to_pandas(tables["plans"]), others)
    plans["family_id"], plans["edition"] = families.family_ids(plans), families.edition(plans)
    said = [*problems, *_copy_notes(plans), *_family_notes(plans)]
    if corrections is not None:
        said += [note for name in ("items", "metrics") for note in _lost_corrections(tables[name], corrections)]
        corrected = {name: _corrected(name, tables[name], corrections) for name in ("items", "metrics")}
        tables = _without_dropped(tables | corrected)
    all_problems = pd.concat([frames.to_pandas(tables["problems"]), frames.make("problems", said)])
    out = {name: _sorted(table) for name, table in tables.items()}
    out["items"] = _with_priority(out["items"], out["metrics"])
    over_years = _checks_over_years(plans, out["items"], out["metrics"])
    out["checks"] = _sorted(pa.concat_tables([out["checks"], frames.to_arrow("checks", over_years)]))
    out["plans"] = frames.from_pandas("plans", plans)
    out["problems"] = frames.from_pandas("problems", _ordered(all_problems))
    return out


def _checks_over_years(plans: pd.DataFrame, items: pa.Table, metrics: pa.Table) -> list[dict[str, Any]]:
    """A row of `checks` for each result that falls short of the target which the same place had set for that year."""
    placed = plans.assign(region=frames.region_names(plans))
    seen = frames.comparable(placed, placed)
    ledger = trace.ledger(
        seen,
        frames.comparable(frames.to_pandas(items.drop_columns(["evidence"])), placed),
        frames.comparable(frames.to_pandas(metrics), placed),
    )
    missed = ledger[ledger["promise"].eq("target") & ledger["report"].eq("reported missed")]
    return [
        {
            "plan_id": row["report_plan_id"],
            "kind": "target_missed",
            "metric_id": row["report_id"],
            "other_metric_id": row["metric_id"],
            "expected": row["value"],
            "found": row["report_value"],
            "message": f"{row['indicator']}: {row['plan_year']} asked for {row['sentence']}; reported is {row['report_sentence']}",
        }
        for row in missed.to_dict("records")
    ]


def _sorted(table: pa.Table) -> pa.Table:
    """The rows by plan and place; Arrow's sort is stable."""
    by = [c for c in ("plan_id", "order", "start", "source_start") if c in table.column_names]
    return table.sort_by([(c, "ascending") for c in by])


def _corrected(name: str, table: pa.Table, corrections: pd.DataFrame) -> pa.Table:
    """A table of items or metrics with what coders corrected; only plans that have a correction are touched."""
    touched = pc.is_in(table["plan_id"], pa.array(corrections["plan_id"].unique(), pa.string()))
    new = review.apply(frames.to_pandas(table.filter(touched)), corrections)
    return pa.concat_tables([table.filter(pc.invert(touched)), frames.from_pandas(name, new)])


def _without_dropped(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables without checks of metrics that coders said are no amounts."""
    checks, known = tables["checks"], tables["metrics"]["metric_id"]
    both = [pc.or_(pc.is_null(checks[c]), pc.is_in(checks[c], known)) for c in ("metric_id", "other_metric_id")]
    return tables | {"checks": checks.filter(pc.and_(*both))}


def _lost_corrections(units: pa.Table, corrections: pd.DataFrame) -> list[dict[str, Any]]:
    """A note for each correction of a plan that is here whose item or metric is not: its text or reading has changed."""
    here = set(units["plan_id"].to_pylist())
    keys = [c for c in ("item_id", "metric_id") if c in units.column_names]
    lost = review.unmatched(frames.to_pandas(units.select(keys)), corrections)
    return [
        _note(
            None,
            row["plan_id"],
            "review",
            f"a correction of {row['field']} to {row['new']!r} lost its place; code it again",
        )
        for row in lost.to_dict("records")
        if row["plan_id"] in here
    ]


def _with_priority(items: pa.Table, metrics: pa.Table) -> pa.Table:
    asked = ["plan_id", "item_id", "text", "tense", "commitment", "lead_units", "deadline"]
    priority = compare.item_priorities(
        frames.to_pandas(items.select(asked)), frames.to_pandas(metrics.select(["item_id", "status"]))
    )
    at = items.schema.get_field_index("priority")
    return items.set_column(at, items.schema.field(at), pa.array(priority, pa.float64(), from_pandas=True))


def _with_paths(plans: pd.DataFrame, others: dict[str, list[str]]) -> pd.DataFrame:
    """The plans with all their paths, sorted by the first of them."""
    pairs = zip(plans["plan_id"], plans["source_paths"], strict=True)
    paths = [sorted({*held, *others.get(plan_id, [])}) for plan_id, held in pairs]
    plans = plans.assign(source_paths=paths, first=[held[0] for held in paths])
    return plans.sort_values(["first", "part_no"]).drop(columns="first")


def _copy_notes(plans: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        _note(paths[0], plan_id, "ingest", f"the same bytes lie at {', '.join(paths)}; counted once")
        for plan_id, paths in zip(plans["plan_id"], plans["source_paths"], strict=True)
        if len(paths) > 1
    ]


def _family_notes(plans: pd.DataFrame) -> list[dict[str, Any]]:
    said = []
    for family_id, group in plans.groupby("family_id"):
        members = list(zip(group["plan_id"], (paths[0] for paths in group["source_paths"]), strict=True))
        if len(members) > 1:
            message = f"copies or editions of one plan (family {family_id}): {', '.join(path for _, path in members)}"
            said += [_note(path, plan_id, "families", message) for plan_id, path in members]
    return said


def _note(path: str | None, plan_id: str, stage: str, message: str) -> dict[str, Any]:
    return {"source_path": path, "plan_id": plan_id, "stage": stage, "severity": "note", "message": message}


def _ordered(problems: pd.DataFrame) -> pd.DataFrame:
    rank = problems["severity"].map({"error": 0, "warning": 1, "note": 2})
    return problems.assign(_rank=rank).sort_values(["_rank", "source_path"], kind="stable").drop(columns="_rank")
