"""任务分解: who does what by when, and which tasks lack an owner, a date or a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.compare import base

GAPS = ("no_owner", "no_deadline", "no_number")
_NAME_LENGTH = 40  # characters of a task's name: a line of the table
_COLUMNS = [
    "number", "plan_id", "item_id", "region", "plan_year", "domain", "task", "text", "lead", "support", "deadline",
    "indicators", "commitment", "start", "end", *GAPS, "n_gaps",
]  # fmt: skip


def tasks(items: pd.DataFrame, metrics: pd.DataFrame) -> pd.DataFrame:
    """任务分解表: a row a task item, in the order of the plan.

    Returns: `number` (from 1 in each plan), `task` (the heading, else the first clause), `lead` and `support` (units
        joined with 、), `deadline`, `indicators` (target numbers as printed, joined with ；), the source span
        `start`:`end` of the plan's text, and the draft check: `no_owner`, `no_deadline`, `no_number`, `n_gaps`.
    """
    wanted = ["plan_id", "item_id", "heading", "text", "tense", "lead_units", "support_units", "deadline", "order"]
    base.need(items, wanted, "items")
    base.need(metrics, ["item_id", "quote", "status", "start"], "metrics")
    kept = items[items["tense"].eq("task")].sort_values(["plan_id", "order"], kind="stable")
    if kept.empty:
        return base.empty(_COLUMNS, "no_rows")
    numbers = _indicators(metrics)
    table = kept.assign(
        number=kept.groupby("plan_id").cumcount() + 1,
        task=[task_name(h, t) for h, t in zip(kept["heading"], kept["text"], strict=True)],
        lead=kept["lead_units"].map(joined),
        support=kept["support_units"].map(joined),
        indicators=kept["item_id"].map(numbers).fillna(""),
    )
    table = table.assign(
        no_owner=table["lead"].eq(""), no_deadline=table["deadline"].isna(), no_number=table["indicators"].eq("")
    )
    table["n_gaps"] = table[list(GAPS)].sum(axis=1)
    return table.reindex(columns=_COLUMNS).reset_index(drop=True)


def _indicators(metrics: pd.DataFrame) -> pd.Series:
    targets = metrics[metrics["status"].eq("target") & metrics["item_id"].notna()]
    quotes = targets.sort_values(["item_id", "start"]).drop_duplicates(["item_id", "quote"])
    return quotes.groupby("item_id")["quote"].agg(lambda held: "；".join(held.dropna()))


def joined(units: Sequence[str] | None) -> str:
    """The units of a list cell with 、 between, "" for none."""
    return "" if units is None else "、".join(units)


def task_name(heading: Any, text: Any) -> str:
    """The name a task bears in a table: its heading, else its first clause, cut to a line."""
    if isinstance(heading, str) and heading.strip():
        name = heading.strip()
    else:
        name = str(text or "").strip()
        ends = [at for at in (name.find(mark) for mark in "。；，\n") if at > 0]
        name = name[: min(ends)] if ends else name
    return name if len(name) <= _NAME_LENGTH else name[: _NAME_LENGTH - 1] + "…"


def draft_check(tasks: pd.DataFrame, by: str = "plan_id") -> pd.DataFrame:
    """How many tasks lack an owner, a deadline, a number: a row a group.

    Returns: `n`, the counts of each gap, `n_complete` (no gap) and `share_complete`; the `ids` of all tasks, and in
        `ids_no_owner` … `ids_n_complete` of those counted.
    """
    base.need(tasks, [by, *GAPS, "n_gaps"], "tasks")
    counted = [*GAPS, "n_complete"]
    columns = [by, "n", *counted, "share_complete", "ids", *(f"ids_{name}" for name in counted)]
    if tasks.empty:
        return base.empty(columns, "no_rows")
    told = tasks.assign(n_complete=tasks["n_gaps"].eq(0))
    grouped = told.groupby(by, sort=True)
    table = grouped[counted].sum().astype("int64").assign(n=grouped.size())
    for name, rows in (("ids", told), *((f"ids_{name}", told[told[name].astype(bool)]) for name in counted)):
        own = base.ids(rows, [by])
        table[name] = [own.get(key, []) for key in table.index]
    return table.assign(share_complete=table["n_complete"] / table["n"]).reset_index()[columns]
