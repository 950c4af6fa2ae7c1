"""The pass over the whole corpus: copies, families, priorities; what only all plans together can tell."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow as pa

from analysis import compare, frames, shingles


def complete(
    tables: dict[str, pa.Table], problems: list[dict[str, Any]], copies: dict[str, list[str]]
) -> dict[str, pd.DataFrame]:
    """The frames of a corpus from the rows of its documents.

    Args:
        tables: a table a frame, documents in any order.
        problems: rows about files that were left out before reading.
        copies: for each kept path the other paths with the same bytes.
    """
    out = {name: frames.to_pandas(table) for name, table in tables.items()}
    out["problems"] = pd.concat([frames.make("problems", problems), out["problems"]], ignore_index=True)
    out["plans"], said = _merged(out["plans"], copies)
    for name in out:
        if name not in ("plans", "problems") and "plan_id" in out[name]:
            out[name] = _first_of_each(out[name], name)
    out["plans"]["family_id"] = _families(out["plans"])
    out["items"]["priority"] = compare.item_priorities(out["items"], out["metrics"])
    notes = frames.make("problems", said + _family_notes(out["plans"]))
    out["problems"] = _ordered(pd.concat([out["problems"], notes], ignore_index=True))
    return {name: frame.reset_index(drop=True) for name, frame in out.items()}


def _merged(plans: pd.DataFrame, copies: dict[str, list[str]]) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """One row a plan with all its paths, sorted by path; and a note for each that lies at several."""
    plans = plans.copy()
    plans["source_paths"] = [
        sorted([*paths, *(c for p in paths for c in copies.get(p, []))]) for paths in plans["source_paths"]
    ]
    # the same bytes with other manifest facts were read twice: they are one plan
    paths = plans.groupby("plan_id")["source_paths"].agg(lambda held: sorted({p for ps in held for p in ps}))
    plans = plans.drop_duplicates("plan_id").copy()
    plans["source_paths"] = plans["plan_id"].map(paths)
    order = plans["source_paths"].map(lambda held: held[0])
    plans = plans.assign(_order=order).sort_values(["_order", "part_no"]).drop(columns="_order")
    said = [
        _note(
            row.source_paths[0],
            row.plan_id,
            "ingest",
            f"the same bytes lie at {', '.join(row.source_paths)}; counted once",
        )
        for row in plans.itertuples()
        if len(row.source_paths) > 1
    ]
    return plans, said


def _first_of_each(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """A frame without the rows of a plan that was read twice, in the order of plan and place."""
    key = frames.KEYS.get(name)
    if key is not None:
        frame = frame.drop_duplicates(key)
    by = [c for c in ("plan_id", "order", "start", "source_start") if c in frame.columns]
    return frame.sort_values(by, kind="stable")


def _families(plans: pd.DataFrame) -> pd.Series:
    texts = dict(zip(plans["plan_id"], plans["text"].fillna(""), strict=True))
    return plans["plan_id"].map(shingles.families(texts)).astype("str")


def _family_notes(plans: pd.DataFrame) -> list[dict[str, Any]]:
    said = []
    for family_id, group in plans.groupby("family_id"):
        if len(group) > 1:
            names = ", ".join(paths[0] for paths in group["source_paths"])
            said += [
                _note(row.source_paths[0], row.plan_id, "families", f"copies of one plan (family {family_id}): {names}")
                for row in group.itertuples()
            ]
    return said


def _note(path: str, plan_id: str, stage: str, message: str) -> dict[str, Any]:
    return {"source_path": path, "plan_id": plan_id, "stage": stage, "severity": "note", "message": message}


def _ordered(problems: pd.DataFrame) -> pd.DataFrame:
    rank = problems["severity"].map({"error": 0, "warning": 1, "note": 2})
    return problems.assign(_rank=rank).sort_values(["_rank", "source_path"], kind="stable").drop(columns="_rank")
