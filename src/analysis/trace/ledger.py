"""The promise ledger: what became of a place's targets and tasks in its next documents."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pandas as pd

from analysis import frames
from analysis.trace import mentions, pairs, silence, targets, tasks
from analysis.trace.pairs import Row
from analysis.trace.steps import Step, steps

COLUMNS = [
    "region", "sector", "plan_id", "plan_year", "promise", "metric_id", "item_id", "domain", "indicator_id", "indicator",
    "value", "value_high", "unit", "year", "sentence", "start", "end", "outcome",
    "renewal", "renewal_plan_id", "renewal_id", "renewal_value", "renewal_value_high", "renewal_year", "renewal_sentence",
    "report", "report_plan_id", "report_id", "report_value", "report_value_high", "report_year", "report_sentence",
    "near_plan_id", "near_sentence", "nearness", "likeness",
]  # fmt: skip
OUTCOMES = (
    "reported done", "reported missed", "repeated", "kept", "raised", "lowered", "named", "dropped", "unreported",
    "not found", "unanswered",
)  # fmt: skip


def ledger(plans: pd.DataFrame, items: pd.DataFrame, metrics: pd.DataFrame) -> pd.DataFrame:
    """A row a promise: each target once, in numbers or in words, and each task that commits to something without one.

    A plan for year N is answered by the place's documents of the same sector: its 总结 of N and the reviewing parts of
    its plans and reports of N + 1 report on it; the targets and tasks for N + 1 renew it.

    Args: plans, items, metrics: as frames.load gives them, filtered by the caller.

    Returns: promise (`target`, `worded` as 全覆盖, or `task`), both sentences, and outcome: what was reported
        (`reported done`, `reported missed`), else what was renewed (`repeated` word for word, `kept`, `raised` and
        `lowered` by what is asked for, so that a lower ceiling is raised), else `named` where a later document speaks
        of it without a number that compares, else what the silence tells (see silence.told): `dropped` only of what
        goes on and is left out of a plan of the same kind, `unreported` of what a report passes over, `not found`,
        or `unanswered` where no document could tell, as for a target that is not yet due. near_sentence is the later
        clause that comes nearest, nearness (0 to 1) the share of the promise's words that it holds. `renewal` and
        `report` are kept beside each other: a target can be done and raised. Empty where no plan has a region and a
        year.

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
    facts = {name: step.plan[name] for name in ("region", "sector", "plan_id", "plan_year")} | {"year": step.year}
    documents = {d["plan_id"]: items.get(d["plan_id"], []) for d in (*step.reports, *step.renewals)}
    later = mentions.Said([clause for own in documents.values() for item in own for clause in tasks.clauses(item)])
    for promise, row in chain(targets.followed(step, metrics, later, names), tasks.followed(step, items, metrics)):
        known = facts | {k: v for k, v in row.items() if v is not None}
        yield known | _outcome(promise, known, step, later)


def _outcome(promise: Row, row: Row, step: Step, later: mentions.Said) -> Row:
    """The report where there is one, else the renewal, else what the silence tells."""
    said = row.get("report") or row.get("renewal")
    if said:
        return {"outcome": said}
    told = silence.told(promise, later, step, int(row.get("year") or step.year))
    if told.near is None:
        return {"outcome": told.outcome}
    clause = told.near.clause
    return {"outcome": told.outcome, "near_plan_id": clause["plan_id"], "near_sentence": clause["sentence"],
            "nearness": told.near.share}  # fmt: skip
