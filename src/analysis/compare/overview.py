"""What a corpus holds: documents by year and level, and how many are left at each step of the work."""

from __future__ import annotations

import pandas as pd

from analysis import frames
from analysis.compare import base

STEPS = ("documents", "plans", "copies", "placed", "chosen", "items", "tasks", "tagged", "numbers", "targets")
_STEPS = ["step", "n", "n_before", "n_dropped"]


def documents(plans: pd.DataFrame) -> pd.DataFrame:
    """How many documents there are of each year and level: a row a year × level that has any.

    Returns: `plan_year` (null where unknown, last), `region_level`, `n`, and `n_regions`, the places among them.
    """
    columns = ["plan_year", "region_level", "n", "n_regions"]
    base.need(plans, ["plan_id", "plan_year", "region_level", "region"], "plans")
    if plans.empty:
        return base.empty(columns, "no_rows")
    held = plans.assign(region_level=plans["region_level"].fillna("unknown"))
    grouped = held.groupby(["plan_year", "region_level"], dropna=False, sort=True)
    table = grouped.agg(n=("plan_id", "size"), n_regions=("region", "nunique")).reset_index()
    return table.sort_values(["plan_year", "region_level"], na_position="last", ignore_index=True)[columns]


def pipeline(
    plans: pd.DataFrame, items: pd.DataFrame, metrics: pd.DataFrame, chosen: pd.DataFrame | None = None
) -> pd.DataFrame:
    """How many documents, items and numbers are left at each step: what a flow chart of the research shows.

    Args: plans, items, metrics: all that was read; chosen: the plans that the work is about (all comparable ones by default).
    Returns: a row a step, with what the step before had and what was left out: documents read → plans (no news, templates)
        → without copies → with place and year → chosen; then of the chosen their items → tasks → tagged with a domain, and their
        numbers → targets whose indicator the codebook knows. `n_before` is null where a count begins anew.
    """
    base.need(plans, ["plan_id", "is_plan", "region", "plan_year", "family_id", "damage"], "plans")
    base.need(items, ["plan_id", "tense", "domain"], "items")
    base.need(metrics, ["plan_id", "status", "indicator_id"], "metrics")
    if plans.empty:
        return base.empty(_STEPS, "no_rows")
    real = plans[plans["is_plan"].fillna(False).astype(bool)]
    best = frames.comparable(plans, plans)
    placed = best.dropna(subset=["region", "plan_year"])
    kept = best if chosen is None else chosen
    own, numbers = (frame[frame["plan_id"].isin(kept["plan_id"])] for frame in (items, metrics))
    tasks = own[own["tense"].eq("task").fillna(False).astype(bool)]
    aims = numbers[numbers["status"].eq("target") & numbers["indicator_id"].notna()]
    parts = (plans, real, best, placed, kept, own, tasks, tasks[tasks["domain"].notna()], numbers, aims)
    counts = [len(part) for part in parts]
    before = [None if step in ("documents", "items", "numbers") else counts[at - 1] for at, step in enumerate(STEPS)]
    before[STEPS.index("chosen")] = len(best) if chosen is None else len(placed)
    table = pd.DataFrame({"step": STEPS, "n": counts, "n_before": pd.array(before, dtype="Int64")})
    if chosen is None:  # nobody chose: the comparable plans go on, whether place and year are known or not
        table = table[table["step"].ne("placed")].reset_index(drop=True)
    return table.assign(n_dropped=table["n_before"] - table["n"])[_STEPS]
