"""Targets beside what came of them: last year's target with this year's result, and progress towards later ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from analysis.compare import base, goals

Row = dict[Any, Any]
# 左右 holds within a twentieth, within a quarter where neither more nor less is better (prices: 2%左右 is 1.5 to 2.5); on track: the way lags the time by no more than a tenth; far behind: less than half of it
_ABOUT, _ABOUT_LEVEL, _SLACK, _FAR = 0.05, 0.25, 0.1, 0.5
_COLUMNS = [
    "indicator_id", "indicator", "region", "unit", "kind", "comparator", "target", "target_high", "target_year",
    "baseline", "baseline_year", "actual", "actual_year", "gap", "progress", "elapsed", "class", "reason", "next_target",
    "next_year", "target_id", "actual_id", "next_id",
]  # fmt: skip
_NEEDED = ["indicator_id", "status", "kind", "value", "unit", "year", "baseline", "worded", "comparator", "metric_id"]


def scorecard(metrics: pd.DataFrame, by: str = "region") -> pd.DataFrame:
    """How far each group has come towards its targets: a row an indicator × group that states one as a number.

    The target taken is the latest whose year has a result of the same indicator, kind and unit (last year's target
    beside what this year's report says of that year); where there is none, the latest target. Of several numbers for one year the surest reading is taken,
    then the one whose printed name is most like the target's, then the first. A fall of what is to grow counts as a negative growth.

    Class: `met` where the result reaches the target (左右: within a twentieth of it; a range: its nearer end), `missed`
    where that year is over and it does not. Before that year rates, means and targets that name where they start
    (由…到…) can be met early, or the way gone, (actual - baseline) / (target -
    baseline), is set against the time gone: `on_track` where it is at least the time less 0.1, `far_behind` where it is less
    than half of it, `behind` between. `not_due`: no report of the group tells of the target's year yet.
    `not_enough_data`, with its `reason`: no_result (a later report is silent), no_baseline, no_year.
    Returns: `gap` is actual - target, `next_target` the target of a later year, if one is stated; the baseline is the
        one the target names (由…到…), else the earliest result before the latest.
    Source: the classes follow the UN's SDG Progress Chart, with its "insufficient data"; the target effect of 政府工作报告
        (stated at a year's start, reported on a year later) is read as in Li, Liu, Weng & Zhou (2019).
    """
    base.need(metrics, [*_NEEDED, by], "metrics")
    is_number = metrics["value"].notna() & ~metrics["worded"].fillna(False).astype(bool)
    kept = metrics[metrics["indicator_id"].notna() & is_number & metrics[by].notna()]
    kept = goals.signed(kept)
    known = _reported(metrics, by)
    directions = {code: row.get("direction", "higher") for code, row in goals.indicators().items()}
    groups: dict[tuple[str, str, str, str], list[Row]] = {}
    for row in kept.to_dict("records"):
        row["size"], row["measure"] = _measured(row)
        groups.setdefault((row["indicator_id"], str(row["kind"]), row["measure"], str(row[by])), []).append(row)
    rows = [
        _scored(part, key[3], directions.get(key[0], "higher"), known.get(key[3]))
        for key, part in sorted(groups.items())
        if any(row["status"] == "target" for row in part)
    ]
    return pd.DataFrame(rows)[_COLUMNS].rename(columns={"region": by}) if rows else base.empty(_COLUMNS, "no_rows")


def _measured(row: Row) -> tuple[float, str]:
    """A row's value in the base unit that numbers in 万人 and 人 share, and that unit; as printed where there is none."""
    size, unit = row.get("base_value"), row.get("base_unit")
    if size is None or unit is None or pd.isna(size) or pd.isna(unit):
        return float(row["value"]), str(row["unit"])
    return float(size), str(unit)


def _reported(metrics: pd.DataFrame, by: str) -> dict[str, int]:
    """The last year that each group reports results of."""
    done = metrics[metrics["status"].eq("achieved")].dropna(subset=["year", by])
    return {str(name): int(year) for name, year in done.groupby(by)["year"].max().items()}


def _scored(part: list[Row], name: str, direction: str, reported: int | None) -> Row:
    targets = _by_year([row for row in part if row["status"] == "target"], None)
    first = _one(part, "indicator")
    results = _by_year([row for row in part if row["status"] == "achieved"], first)
    due = [year for year in targets if year in results and year > 0]
    year = max(due) if due else max(targets)
    target, later = targets[year], [y for y in targets if y > year]
    actual = results[year] if due else results[max(results)] if results else None
    start, start_year = _start(target, [results[y] for y in sorted(results)])
    factor = target["value"] / target["size"] if target["size"] else 1.0
    row = {
        "indicator_id": target["indicator_id"], "indicator": target["indicator"], "region": name,
        "unit": target["unit"], "kind": target["kind"], "comparator": target["comparator"],
        "target": float(target["value"]), "target_high": _number(target.get("value_high")),
        "target_year": target["year"], "target_id": target["metric_id"], "baseline": start, "baseline_year": start_year,
        "named": _number(target["baseline"]),
        "actual": actual["size"] * factor if actual else np.nan,
        "actual_year": actual["year"] if actual else None, "actual_id": actual["metric_id"] if actual else None,
        "next_target": targets[max(later)]["size"] * factor if later else np.nan,
        "next_year": max(later) if later else None, "next_id": targets[max(later)]["metric_id"] if later else None,
    }  # fmt: skip
    return {**row, "gap": row["actual"] - row["target"], **_class(row, direction, reported)}


def _number(value: Any) -> float:
    return np.nan if value is None or pd.isna(value) else float(value)


def _one(part: list[Row], column: str) -> str:
    return next((str(row[column]) for row in part if row["status"] == "target" and not pd.isna(row[column])), "")


def _by_year(rows: list[Row], name: str | None) -> dict[int, Row]:
    """For each year (0: unknown) the row to take: the surest, the most like a name, of the latest plan, the first."""

    def order(row: Row) -> tuple[float, float, float, float, str]:
        like = 0.0 if name is None else -likeness(name, str(row["indicator"] or ""))
        sure, plan, at = (_number(row.get(c)) for c in ("indicator_confidence", "plan_year", "start"))
        return -np.nan_to_num(sure), like, -np.nan_to_num(plan), np.nan_to_num(at), str(row["metric_id"])

    chosen: dict[int, Row] = {}
    for row in sorted(rows, key=order):
        chosen.setdefault(0 if pd.isna(row["year"]) else int(row["year"]), row)
    return chosen


def likeness(name: str, other: str) -> float:
    """How like two printed names are, 0 to 1: the share of their pairs of characters that both have (Dice)."""
    a, b = (_pairs(text) for text in (name, other))
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _start(target: Row, results: Iterable[Row]) -> tuple[float, Any]:
    """Where the way begins: the baseline that the target names, else the earliest result before the latest."""
    told = list(results)
    if not pd.isna(target["baseline"]):
        earlier = [row["year"] for row in told if row["value"] == target["baseline"]]
        return float(target["baseline"]), earlier[0] if earlier else None
    dated = [row for row in told if not pd.isna(row["year"])]
    if target["kind"] != "change" and dated and dated[0]["year"] < dated[-1]["year"]:
        factor = target["value"] / target["size"] if target["size"] else 1.0
        return float(dated[0]["size"] * factor), dated[0]["year"]
    return float("nan"), None


def reaches(actual: float, row: Row, direction: str) -> bool:
    """Whether a result reaches a target, by its comparator first and the indicator's direction else."""
    target, high, comparator = float(row["target"]), _number(row.get("target_high")), row.get("comparator")
    about = _ABOUT * abs(target) if comparator == "approx" else 0.0
    lower = comparator in ("le", "lt") or (direction == "lower" and comparator not in ("ge", "gt"))
    if lower:
        return bool(actual <= (target if np.isnan(high) else high) + about + 1e-9)
    if direction == "neither" and comparator in ("eq", "approx", None):
        return abs(actual - target) <= (_ABOUT_LEVEL * abs(target) if about else 0.0) + 1e-9
    return bool(actual >= target - about - 1e-9)


def _class(row: Row, direction: str, reported: int | None) -> Row:
    unknown: Row = {"progress": np.nan, "elapsed": np.nan, "class": "not_enough_data"}
    due = None if pd.isna(row["target_year"]) else int(row["target_year"])
    is_over = due is not None and reported is not None and reported >= due
    if np.isnan(row["actual"]):
        late = due is None or is_over
        return {**unknown, "class": unknown["class"] if late else "not_due", "reason": "no_result" if late else None}
    told = None if pd.isna(row["actual_year"]) else int(row["actual_year"])
    is_met = reaches(row["actual"], row, direction)
    if told is not None and told == due:
        return {
            **unknown,
            "class": "met" if is_met else "missed",
            "progress": 1.0 if is_met else np.nan,
            "reason": None,
        }
    if not _lasts(row):
        return {
            **unknown,
            "class": unknown["class"] if is_over else "not_due",
            "reason": "no_result" if is_over else None,
        }
    return {**unknown, "class": "met", "progress": 1.0, "reason": None} if is_met else _on_the_way(row, unknown)


def _lasts(row: Row) -> bool:
    """Whether one year's result says something of another's target: rates, means and what the target measures from.

    What was built, sold or grown in one year (1,500 km, 5 %) is counted anew in the next.
    """
    if row["kind"] == "change":
        return False
    return goals.is_relative(row["unit"], str(row["indicator"])) or not np.isnan(row["named"])


def _on_the_way(row: Row, unknown: Row) -> Row:
    if np.isnan(row["baseline"]) or row["baseline"] == row["target"]:
        return {**unknown, "reason": "no_baseline"}
    progress = (row["actual"] - row["baseline"]) / (row["target"] - row["baseline"])
    years = [row[k] for k in ("baseline_year", "actual_year", "target_year")]
    if any(pd.isna(y) for y in years) or years[2] <= years[0]:
        return {**unknown, "progress": progress, "reason": "no_year"}
    elapsed = (int(years[1]) - int(years[0])) / (int(years[2]) - int(years[0]))
    name = "on_track" if progress >= elapsed - _SLACK else "far_behind" if progress < elapsed * _FAR else "behind"
    return {"progress": progress, "elapsed": elapsed, "class": name, "reason": None}
