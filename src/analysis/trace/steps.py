"""Which documents of a place answer which: by the year that they promise for and the year that they look back on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from analysis.trace import pairs
from analysis.trace.pairs import Row


class Step(NamedTuple):
    """A plan and the year that it promises for, the documents that report on it, and those that promise next."""

    plan: Row
    year: int
    reports: list[Row]
    renewals: list[Row]

    def is_answerable(self, due: int) -> bool:
        """Whether some document could say what became of a promise for a year."""
        return any(_reviewed(d) >= due for d in self.reports) or (due <= self.year and bool(self.renewals))


def steps(plans: pd.DataFrame, metrics: dict[str, list[Row]]) -> Iterator[Step]:
    """Each document that promises, with its answers, by place, sector and year.

    A 总结 of N looks back on N and, where a plan stands behind it, promises for N + 1; a government report and a plan
    of N promise for N and look back on N - 1. A plan of several years is answered in each of them.
    """
    held = plans.dropna(subset=["region", "plan_year"]).sort_values(["region", "sector", "plan_year", "plan_id"])
    for _, own in held.groupby(["region", "sector"], sort=True):
        documents = [row | {"promised": promised(row, metrics)} for row in pairs.rows(own)]
        for plan in documents:
            if plan["promised"] is not None:
                yield _step(plan, [d for d in documents if d is not plan])


def _step(plan: Row, others: list[Row]) -> Step:
    year = plan["promised"]
    until = max(year, int(plan.get("plan_until") or year))
    reports = [d for d in others if year <= _reviewed(d) <= until]
    return Step(plan, year, reports, [d for d in others if d["promised"] == year + 1])


def promised(document: Row, metrics: dict[str, list[Row]]) -> int | None:
    """The year that a document promises for: its own, for a report that of most of its targets, None without any."""
    if document["doc_type"] != "work_report":
        return int(document["plan_year"])
    targets = [m for m in metrics.get(document["plan_id"], []) if m["status"] == "target"]
    years = Counter(int(m["year"]) for m in targets if m["year"] is not None)
    if not years:
        return int(document["plan_year"]) if targets else None
    return min(years, key=lambda year: (-years[year], year))


def _reviewed(document: Row) -> int:
    """The year that a document looks back on."""
    year = int(document["plan_year"])
    is_closing = document["doc_type"] == "work_report" and document["promised"] != year
    return year if is_closing else year - 1
