"""The promise ledger: what became of a place's targets and tasks in its next documents."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis import frames
from analysis.trace import pairs, targets, tasks
from analysis.trace.pairs import Row
from analysis.trace.steps import Step, steps

COLUMNS = [
    "region", "sector", "plan_id", "plan_year", "promise", "metric_id", "item_id", "domain", "indicator_id", "indicator",
    "value", "value_high", "unit", "year", "sentence", "start", "end", "outcome",
    "renewal", "renewal_plan_id", "renewal_id", "renewal_value", "renewal_value_high", "renewal_year", "renewal_sentence",
    "report", "report_plan_id", "report_id", "report_value", "report_value_high", "report_year", "report_sentence",
    "named_plan_id", "named_sentence", "likeness",
]  # fmt: skip
OUTCOMES = (
    "reported done", "reported missed", "repeated", "kept", "raised", "lowered", "named", "dropped", "unanswered",
)  # fmt: skip


def ledger(plans: pd.DataFrame, items: pd.DataFrame, metrics: pd.DataFrame) -> pd.DataFrame:
    """A row a promise: each target once, in numbers or in words, and each task that commits to something without one.

    A plan for year N is answered by the place's documents of the same sector: its 总结 of N and the reviewing parts of
    its plans and reports of N + 1 report on it; the targets and tasks for N + 1 renew it.

    Args: plans, items, metrics: as frames.load gives them, filtered by the caller.

    Returns: promise (`target`, `worded` as 全覆盖, or `task`), both sentences, and outcome: what was reported
        (`reported done`, `reported missed`), else what was renewed (`repeated` word for word, `kept`, `raised` and
        `lowered` by what is asked for, so that a lower ceiling is raised), else `named` where a later document speaks
        of it without a number that compares (named_sentence), else `dropped`; `unanswered` where no document of the
        place could tell, as for a target that is not yet due. `renewal` and `report` are kept beside each other: a
        target can be done and raised. Empty where no plan has a region and a year.

    Raises: FrameError when a frame lacks a column.
    """
    _need("plans", plans, "plan_id", "region", "plan_year", "doc_type", "sector")
    _need("items", items, "plan_id", "item_id", "text", "tense", "start", "commitment")
    _need("metrics", metrics, "plan_id", "metric_id", "item_id", "value", "status", "indicator", "quote")
    own_items = {str(plan): pairs.rows(own) for plan, own in items.groupby("plan_id")}
    own_metrics = {str(plan): _numbers(own, items) for plan, own in metrics.groupby("plan_id")}
    names = pairs.Names(metrics["indicator"].dropna())
    found = [row for step in steps(plans, own_metrics) for row in _promises(step, own_items, own_metrics, names)]
    return pd.DataFrame(found, columns=COLUMNS).astype({"plan_year": "Int64", "year": "Int64"})


def _need(name: str, frame: pd.DataFrame, *columns: str) -> None:
    missing = [c for c in columns if c not in frame.columns]
    if missing:
        raise frames.FrameError(f"{name} lacks {', '.join(missing)}; it has {', '.join(map(str, frame.columns))}")


def _numbers(own: pd.DataFrame, items: pd.DataFrame) -> list[Row]:
    """The metrics of a plan with every column that judging needs, and their item's domain and tense."""
    known = [*frames.COLUMNS["metrics"], "sector"]
    facts = items.reindex(columns=["item_id", "domain", "tense"]).drop_duplicates("item_id")
    return pairs.rows(own.reindex(columns=known).merge(facts, on="item_id", how="left"))


def _promises(
    step: Step, items: dict[str, list[Row]], metrics: dict[str, list[Row]], names: pairs.Names
) -> Iterator[Row]:
    plan = step.plan
    facts = {name: plan[name] for name in ("region", "sector", "plan_id", "plan_year")} | {"year": step.year}
    for row in targets.followed(step, metrics, items, names):
        row = facts | {k: v for k, v in row.items() if v is not None}
        yield row | {"outcome": _outcome(row, step)}
    for row in tasks.followed(plan, step.reports, step.renewals, items, metrics):
        row = facts | {k: v for k, v in row.items() if v is not None}
        yield row | {"outcome": _outcome(row, step)}


def _outcome(row: Row, step: Step) -> str:
    """The report where there is one, else the renewal, else whether it is named or anything could have answered."""
    silent = "dropped" if step.is_answerable(int(row.get("year") or step.year)) else "unanswered"
    return row.get("report") or row.get("renewal") or ("named" if row.get("named_sentence") else silent)
