"""Targets over levels of government and towards their goal: ladder and scorecard."""

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


# a target counts as met at 100 % of its way, as on track where the way lags the time by no more than a tenth
CLASSES = ("met", "on_track", "behind", "far_behind", "not_enough_data")
_SLACK, _FAR = 0.1, 0.5
_SCORE = [
    "indicator_id", "indicator", "region", "unit", "target", "target_year", "baseline", "baseline_year", "actual",
    "actual_year", "progress", "elapsed", "class", "reason", "target_id", "actual_id",
]  # fmt: skip


def scorecard(metrics: pd.DataFrame, by: str = "region") -> pd.DataFrame:
    """How far each group has come towards its targets.

    The way gone is (actual - baseline) / (target - baseline), the time gone (actual year - baseline year) /
    (target year - baseline year). Class: `met` where the actual value reaches the target; `on_track` where the way is at least the
    time less 0.1; `far_behind` where it is less than half the time; `behind` between; `not_enough_data` where there is
    no result, no earlier value to measure the way from, or no year: `reason` says which.
    Returns: a row an indicator × group that states a target level as a number; the baseline is the one the target
        names (由…到…), else the earliest result before the latest.
    Source: the classes follow the UN's SDG Progress Chart, with its "insufficient data".
    """
    base.need(metrics, ["indicator_id", "status", "kind", "value", "unit", "year", "baseline", "worded", by], "metrics")
    levels = metrics[
        metrics["indicator_id"].notna()
        & metrics["kind"].ne("change")
        & ~metrics["worded"].fillna(False).astype(bool)
        & metrics["value"].notna()
        & metrics[by].notna()
    ]
    directions = {code: row.get("direction", "higher") for code, row in goals.indicators().items()}
    groups: dict[tuple[str, str, str], list[dict[Any, Any]]] = {}
    for row in levels.to_dict("records"):
        groups.setdefault((row["indicator_id"], str(row["unit"]), str(row[by])), []).append(row)
    rows = [
        _scored(part, key[2], directions)
        for key, part in sorted(groups.items())
        if any(row["status"] == "target" for row in part)
    ]
    return pd.DataFrame(rows)[_SCORE].rename(columns={"region": by}) if rows else base.empty(_SCORE, "no_rows")


def _scored(part: list[dict[Any, Any]], name: str, directions: dict[str, str]) -> dict[str, Any]:
    ordered = sorted(part, key=lambda r: (-1 if pd.isna(r["year"]) else int(r["year"]), r["metric_id"]))
    target = [row for row in ordered if row["status"] == "target"][-1]
    results = [row for row in ordered if row["status"] == "achieved"]
    actual: dict[Any, Any] = results[-1] if results else {"value": np.nan, "year": None, "metric_id": None}
    start, start_year = _start(target, results)
    row = {
        "indicator_id": target["indicator_id"], "indicator": target["indicator"], "region": name, "unit": target["unit"],
        "target": float(target["value"]), "target_year": target["year"], "target_id": target["metric_id"],
        "baseline": start, "baseline_year": start_year,
        "actual": float(actual["value"]), "actual_year": actual["year"], "actual_id": actual["metric_id"],
    }  # fmt: skip
    return {**row, **_class(row, directions.get(target["indicator_id"], "higher"))}


def _start(target: dict[Any, Any], results: list[dict[Any, Any]]) -> tuple[float, Any]:
    """Where the way begins: the baseline that the target names, else the earliest result before the latest."""
    if not pd.isna(target["baseline"]):
        earlier = [row["year"] for row in results if row["value"] == target["baseline"]]
        return float(target["baseline"]), earlier[0] if earlier else None
    dated = [row for row in results if not pd.isna(row["year"])]
    if dated and dated[0]["year"] < dated[-1]["year"]:
        return float(dated[0]["value"]), dated[0]["year"]
    return float("nan"), None


def _class(row: dict[str, Any], direction: str) -> dict[str, Any]:
    unknown = {"progress": np.nan, "elapsed": np.nan, "class": "not_enough_data"}
    sign = -1 if direction == "lower" else 1
    if np.isnan(row["actual"]):
        return {**unknown, "reason": "no_result"}
    if sign * (row["actual"] - row["target"]) >= 0:
        return {**unknown, "class": "met", "progress": 1.0, "reason": None}
    if np.isnan(row["baseline"]) or row["baseline"] == row["target"]:
        return {**unknown, "reason": "no_baseline"}
    progress = (row["actual"] - row["baseline"]) / (row["target"] - row["baseline"])
    years = [row[k] for k in ("baseline_year", "actual_year", "target_year")]
    if any(pd.isna(y) for y in years) or years[2] <= years[0]:
        return {**unknown, "progress": progress, "reason": "no_year"}
    elapsed = (int(years[1]) - int(years[0])) / (int(years[2]) - int(years[0]))
    name = "on_track" if progress >= elapsed - _SLACK else "far_behind" if progress < elapsed * _FAR else "behind"
    return {"progress": progress, "elapsed": elapsed, "class": name, "reason": None}
