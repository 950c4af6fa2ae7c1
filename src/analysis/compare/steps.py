"""Targets over levels of government: the ladder from province to county."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.compare import base, goals

LEVELS = ("national", "province", "city", "county")
HARD, SOFT = (
    frozenset({"确保", "必须", "务必", "保证", "不低于", "ensure"}),
    frozenset({"力争", "争取", "努力", "逐步", "strive", "gradual"}),
)
_LADDER = [
    "indicator_id", "indicator", "region", "region_level", "value", "unit", "comparator", "hedge", "wording", "year",
    "upper", "upper_level", "upper_value", "step", "is_raised", "plan_id", "metric_id",
]  # fmt: skip


def ladder(
    metrics: pd.DataFrame,
    plans: pd.DataFrame,
    indicator_id: str,
    year: int | None = None,
    reference: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One indicator over the levels of government (层层加码): each region's target beside that of the next above.

    Args:
        year: the target's year; by default all years.
        reference: national values, set above the provinces where the unit is the same.
    Returns: a row a region that states it as a number (of the kind, level or change, that most use), top level first: `upper` (the nearest region above that
        states it), `step` (own value - upper's), `is_raised` (the step makes the target harder; null where the
        indicator has no direction), `wording` (hard: 确保 and comparators that bind; soft: 力争, 左右; plain).
    """
    base.need(metrics, ["indicator_id", "region", "value", "status", "worded", "kind", "year"], "metrics")
    base.need(plans, ["plan_id", "province", "city", "county", "region"], "plans")
    of = metrics[metrics["indicator_id"].eq(indicator_id)]
    of = of if year is None else of[of["year"].eq(year)]
    told = goals.targets(of, plans)
    if told.empty:
        return base.empty(_LADDER, "no_rows")
    told = told[told["state"].eq("stated") & told["kind"].eq(goals.main_kind(of)[indicator_id])]
    places = plans.drop_duplicates("region").set_index("region")[["province", "city", "county", "region_level"]]
    table = told.join(places, on="region").assign(wording=[wording(r) for r in told.to_dict("records")])
    rows = _placed(table, reference)
    return pd.DataFrame(rows).reindex(columns=_LADDER) if rows else base.empty(_LADDER, "no_rows")


def rung(targets: pd.DataFrame, plans: pd.DataFrame) -> str | None:
    """The indicator whose ladder shows most: stated as a number on most levels, then by most regions; None where none is.

    Args: targets: as `compare.targets` gives them.
    """
    base.need(targets, ["indicator_id", "region", "state"], "targets")
    stated = targets[targets["state"].eq("stated")]
    if stated.empty:
        return None
    levels = plans.dropna(subset=["region"]).drop_duplicates("region").set_index("region")["region_level"]
    facts = stated.assign(level=stated["region"].map(levels)).groupby("indicator_id")
    sizes = facts.agg(levels=("level", "nunique"), regions=("region", "nunique")).reset_index()
    best = sizes.sort_values(["levels", "regions", "indicator_id"], ascending=[False, False, True], kind="stable")
    return str(best["indicator_id"].iloc[0])


def wording(row: dict[Any, Any]) -> str:
    """Whether a target is worded hard, soft or plain."""
    hedge, comparator = str(row.get("hedge") or ""), str(row.get("comparator") or "")
    if any(word in hedge for word in SOFT) or comparator == "approx":
        return "soft"
    return "hard" if any(word in hedge for word in HARD) or comparator in ("ge", "gt", "le", "lt") else "plain"


def _placed(table: pd.DataFrame, reference: pd.DataFrame | None) -> list[dict[Any, Any]]:
    rank = {level: i for i, level in enumerate(LEVELS)}
    rows = sorted(table.to_dict("records"), key=lambda r: (rank.get(r["region_level"], 9), r["region"]))
    known = {} if reference is None else {r["indicator_id"]: r for r in reference.to_dict("records")}
    directions = goals.indicators()
    for row in rows:
        above = _above(row, rows) or _nation(known.get(row["indicator_id"]), row)
        step = row["value"] - above["value"] if above and above["unit"] == row["unit"] else np.nan
        direction = directions.get(row["indicator_id"], {}).get("direction")
        sign = {"higher": 1, "lower": -1}.get(direction or "", 0)
        row.update(
            upper=above and above["region"],
            upper_level=above and above["region_level"],
            upper_value=above["value"] if above else np.nan,
            step=step,
            is_raised=bool(step * sign > 0) if sign and not np.isnan(step) else None,
        )
    return rows


def _above(row: dict[Any, Any], rows: list[dict[Any, Any]]) -> dict[Any, Any] | None:
    """The nearest region above that states the indicator: the same city's plan before the same province's."""
    if row["region_level"] == "county":
        for other in rows:
            if other["region_level"] == "city" and other["city"] == row["city"] and not pd.isna(row["city"]):
                return other
    if row["region_level"] in ("city", "county"):
        for other in rows:
            if other["region_level"] == "province" and other["province"] == row["province"]:
                return other
    return None


def _nation(held: dict[Any, Any] | None, row: dict[Any, Any]) -> dict[Any, Any] | None:
    if held is None or held.get("unit") != row["unit"]:
        return None
    return {"region": "全国", "region_level": "national", "value": float(held["value"]), "unit": held["unit"]}
