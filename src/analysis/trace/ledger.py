"""The promise ledger: what became of a place's targets and tasks in its next documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis import frames
from analysis.trace import judge, pairs, tasks
from analysis.trace.pairs import Row
from analysis.trace.steps import Step, steps

COLUMNS = [
    "region", "sector", "plan_id", "plan_year", "promise", "metric_id", "item_id", "domain", "indicator_id", "indicator",
    "value", "value_high", "unit", "year", "sentence", "start", "end", "outcome",
    "renewal", "renewal_plan_id", "renewal_id", "renewal_value", "renewal_year", "renewal_sentence",
    "report", "report_plan_id", "report_id", "report_value", "report_year", "report_sentence", "likeness",
]  # fmt: skip
_MISSED = re.compile(r"[未没](?:能|有)?(?:达到|完成|实现)")
OUTCOMES = ("reported done", "reported missed", "repeated", "kept", "raised", "lowered", "dropped", "unanswered")


def ledger(plans: pd.DataFrame, items: pd.DataFrame, metrics: pd.DataFrame) -> pd.DataFrame:
    """A row a promise: each numeric target once, and each task that commits to something without a number.

    A plan for year N is answered by the place's documents of the same sector: its 总结 of N and the reviewing parts of
    its plans and reports of N + 1 report on it; the targets and tasks for N + 1 renew it.

    Args: plans, items, metrics: as frames.load gives them, filtered by the caller.

    Returns: promise (`target` or `task`), both sentences, and outcome: what was reported (`reported done`,
        `reported missed`), else what was renewed (`repeated` word for word, `kept`, `raised` and `lowered` by what
        is asked for, so that a lower ceiling is raised), else `dropped`; `unanswered` where no document of the place
        could tell, as for a target that is not yet due. `renewal` and `report` are kept beside each other: a target can be done and raised. Empty where no
        plan has a region and a year.

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
    for row in _targets(step, metrics, names):
        row = facts | {k: v for k, v in row.items() if v is not None}
        yield row | {"outcome": _outcome(row, step)}
    for row in tasks.followed(plan, step.reports, step.renewals, items, metrics):
        row = facts | {k: v for k, v in row.items() if v is not None}
        yield row | {"outcome": _outcome(row, step)}


def _outcome(row: Row, step: Step) -> str:
    """The report where there is one, else the renewal, else whether anything could have answered."""
    silent = "dropped" if step.is_answerable(int(row.get("year") or step.year)) else "unanswered"
    return row.get("report") or row.get("renewal") or silent


def _targets(step: Step, metrics: dict[str, list[Row]], names: pairs.Names) -> Iterator[Row]:
    year = step.year
    own = _once(_pool([step.plan], metrics, "target"), names)
    results = _pool(step.reports, metrics, "achieved")
    renewed = [m for m in _pool(step.renewals, metrics, "target") if not _looks_back(m)]
    reported = pairs.matched(own, results, lambda a, b: _report_rate(a, b, year, names), pairs.metric_key)
    again = pairs.matched(own, renewed, lambda a, b: _renewal_rate(a, b, year, names), pairs.metric_key)
    for i, target in enumerate(own):
        row = _target(target) | {"year": _due(target, year)}
        if i in reported:
            other, rate = results[reported[i][0]], reported[i][1]
            row |= _answer("report", judge.report(target, other), other) | {"likeness": round(min(rate, 1.0), 4)}
        if i in again:
            other, rate = renewed[again[i][0]], again[i][1]
            row |= _answer("renewal", judge.renewal(target, other), other)
            row.setdefault("likeness", round(min(rate, 1.0), 4))
        yield row


def _pool(documents: list[Row], metrics: dict[str, list[Row]], status: str) -> list[Row]:
    held = [m for d in documents for m in metrics.get(d["plan_id"], [])]
    return [m for m in held if m["status"] == status and not m["worded"]]


def _looks_back(target: Row) -> bool:
    """Whether a target is named in a review only, to say that it was met or missed."""
    return target["tense"] in ("review", "problem") or bool(_MISSED.search(target["quote"] or ""))


def _once(targets: list[Row], names: pairs.Names) -> list[Row]:
    """The targets without those that are printed again, as in the table behind a plan's text."""
    kept: dict[tuple[Any, ...], Row] = {}
    for target in targets:
        plain, _ = names.read(target["indicator"] or "")
        kept.setdefault(
            (plain, pairs.metric_key(target), target["value"], target["value_high"], target["year"]), target
        )
    return list(kept.values())


def _report_rate(target: Row, result: Row, year: int, names: pairs.Names) -> float:
    """The rate of a result that is of the year for which the target is due, or of no stated one."""
    if result["year"] is not None and int(result["year"]) != _due(target, year):
        return 0.0
    if pairs.unit(target) != "%" and not pairs.is_near(judge.value(target), judge.value(result)):
        return 0.0
    return pairs.metric_rate(target, result, names)


def _renewal_rate(target: Row, again: Row, year: int, names: pairs.Names) -> float:
    """The rate of a later target that looks as far ahead, or to the same year."""
    due = _due(target, year)
    return pairs.metric_rate(target, again, names) if _due(again, year + 1) in (due, due + 1) else 0.0


def _due(target: Row, promised: int) -> int:
    """The year for which a target is due; none is due before the year that its document promises for."""
    return max(promised, int(target["year"] or promised))


def _target(row: Row) -> Row:
    same = (
        "metric_id",
        "item_id",
        "domain",
        "indicator_id",
        "indicator",
        "value",
        "value_high",
        "unit",
        "year",
        "start",
        "end",
    )
    return {"promise": "target", "sentence": row["quote"]} | {name: row.get(name) for name in same}


def _answer(kind: str, word: str | None, other: Row) -> Row:
    answer: dict[str, Any] = {kind: word, f"{kind}_plan_id": other["plan_id"], f"{kind}_id": other["metric_id"]}
    return answer | {f"{kind}_value": other["value"], f"{kind}_year": other["year"], f"{kind}_sentence": other["quote"]}


def counts(promises: pd.DataFrame, by: str = "domain") -> pd.DataFrame:
    """A row a group and outcome: by, outcome, n, share (of the group's promises)."""
    found = promises.groupby([by, "outcome"], dropna=False).size().rename("n").reset_index()
    found["share"] = (found["n"] / found.groupby(by, dropna=False)["n"].transform("sum")).round(6)
    return found


def streaks(promises: pd.DataFrame, least: int = 3) -> pd.DataFrame:
    """A row a promise made again year after year: region, indicator, sentence, from_year, n_years, plan_ids.

    Args: least: years running from which it is told.
    """
    by_id = {key: row for row in pairs.rows(promises) for key in [row["metric_id"] or row["item_id"]]}
    again = {key: row["renewal_id"] for key, row in by_id.items() if row["renewal"] in ("repeated", "kept")}
    rows = []
    for first in sorted(set(by_id) - set(again.values())):
        chain = [first]
        while chain[-1] in again and again[chain[-1]] in by_id:
            chain.append(again[chain[-1]])
        n_years = len(chain) + (chain[-1] in again)
        if n_years >= least:
            rows.append((*(by_id[first][c] for c in ("region", "indicator", "sentence", "year")), n_years, chain))
    columns = ["region", "indicator", "sentence", "from_year", "n_years", "ids"]
    return pd.DataFrame(rows, columns=columns).sort_values(
        ["n_years", "region"], ascending=[False, True], ignore_index=True
    )
