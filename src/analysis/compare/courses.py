"""A region's targets in their course: last year's, what was done, this year's, the others', the nation's."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.compare import base, goals, scores

_COLUMNS = [
    "indicator_id", "indicator", "region", "unit", "kind", "last_target", "last_year", "done", "class", "target", "year",
    "peers_median", "n_peers", "national", "national_year", "metric_id", "is_relative",
]  # fmt: skip


def progress(
    metrics: pd.DataFrame, plans: pd.DataFrame, region: str, reference: pd.DataFrame | None = None
) -> pd.DataFrame:
    """For each indicator that a region aims at in its latest plan: where it was to be, where it came, where it goes.

    Args: reference: national values, as `compare.national` gives them.
    Returns: a row an indicator: `last_target` of `last_year`, `done` in that year and its `class` (met, missed; null where the
        two are not both known), `target` of `year`, the others' median now (`n_peers` of them) and the national value, all in
        `unit`; those known best first. Empty where the region states no target.
    """
    base.need(metrics, ["region", "plan_year", "status", "indicator_id"], "metrics")
    if region not in set(plans["region"].dropna()):
        return base.empty(_COLUMNS, "no_region")
    latest = _latest(metrics)
    standing = goals.standing(goals.targets(latest, plans), reference=reference, region=region)
    own = standing[standing["region"].eq(region)] if len(standing) else standing
    if own.empty:
        return base.empty(_COLUMNS, "no_rows")
    past = scores.scorecard(metrics[metrics["region"].eq(region)])
    judged = past[past["class"].isin(["met", "missed"])] if len(past) else past
    known = {(row["indicator_id"], row["kind"]): row for row in judged.to_dict("records")}
    kinds = goals.main_kind(latest[latest["indicator_id"].notna()])
    rows = [
        _row(row, known.get((row["indicator_id"], kinds.get(row["indicator_id"], "level"))))
        for row in own.to_dict("records")
    ]
    table = pd.DataFrame(rows).assign(region=region, kind=[kinds.get(row["indicator_id"], "level") for row in rows])
    facts = table[["done", "last_target", "peers_median", "national"]].notna().sum(axis=1)
    order = table.assign(_facts=facts).sort_values(
        ["_facts", "n_peers", "indicator_id"], ascending=[False, False, True]
    )
    return order.reindex(columns=_COLUMNS).reset_index(drop=True)


def _latest(metrics: pd.DataFrame) -> pd.DataFrame:
    """The targets of each region's latest plans for the year that these are for."""
    years = metrics.groupby("region")["plan_year"].transform("max")
    of_year = metrics["year"].isna() | metrics["year"].le(metrics["plan_year"])
    return metrics[metrics["plan_year"].eq(years) & metrics["status"].eq("target") & of_year]


def _row(row: dict[Any, Any], past: dict[Any, Any] | None) -> dict[str, Any]:
    told = {
        "indicator_id": row["indicator_id"], "indicator": row["indicator"], "unit": row["unit"], "target": row["value"],
        "year": row["year"], "peers_median": row["peers_median"], "n_peers": int(row["n"]) - 1,
        "national": row["national"], "national_year": row["national_year"], "metric_id": row["metric_id"],
        "is_relative": row["is_relative"], "last_target": None, "last_year": None, "done": None, "class": None,
    }  # fmt: skip
    if past is None or past["unit"] != row["unit"] or past["target_id"] == row["metric_id"]:
        return told
    return {
        **told,
        "last_target": past["target"],
        "last_year": past["target_year"],
        "done": past["actual"],
        "class": past["class"],
    }
