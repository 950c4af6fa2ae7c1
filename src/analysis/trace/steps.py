"""Which documents of a place answer which: by the year that they promise for and the year that they look back on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from analysis.trace import pairs
from analysis.trace.pairs import Row

PROMISING = 0.2  # a 总结 names a target or two of the year before; one with a plan behind it has many more

_YEARS = ("reviewed", "promised")


class Step(NamedTuple):
    """A plan and the year that it promises for, the documents that report on it, and those that promise next."""

    plan: Row
    year: int
    reports: list[Row]
    renewals: list[Row]

    def is_answerable(self, due: int) -> bool:
        """Whether some document could say what became of a promise for a year."""
        return any(d["reviewed"] >= due for d in self.reports) or (due <= self.year and bool(self.renewals))


def steps(plans: pd.DataFrame, metrics: dict[str, list[Row]]) -> Iterator[Step]:
    """Each document that promises, with its answers, by place, sector and year.

    A 总结 of N looks back on N and, where a plan stands behind it, promises for N + 1; a government report and a plan
    of N promise for N and look back on N - 1. A plan of several years is answered in each of them.
    """
    held = plans.dropna(subset=["region", "plan_year"]).sort_values(["region", "sector", "plan_year", "plan_id"])
    for _, own in held.groupby(["region", "sector"], sort=True):
        documents = [row | dict(zip(_YEARS, years(row, metrics), strict=True)) for row in pairs.rows(own)]
        for plan in documents:
            if plan["promised"] is not None:
                yield _step(plan, [d for d in documents if d is not plan])


def _step(plan: Row, others: list[Row]) -> Step:
    year = plan["promised"]
    until = max(year, int(plan.get("plan_until") or year))
    reports = [d for d in others if year <= d["reviewed"] <= until]
    return Step(plan, year, reports, [d for d in others if d["promised"] == year + 1])


def years(document: Row, metrics: dict[str, list[Row]]) -> tuple[int, int | None]:
    """The year that a document looks back on, and the year that it promises for.

    Plans promise for their own year. A report looks back on the year of most of its results, and promises for the
    next one; a 总结 does so only where targets are a fair share of its numbers, often printed without a year.
    """
    year = int(document["plan_year"])
    if document["doc_type"] != "work_report":
        return year - 1, year
    own = metrics.get(document["plan_id"], [])
    targets = [m for m in own if m["status"] == "target"]
    reviewed = _usual([m["year"] for m in own if m["status"] == "achieved"], year)
    if not targets or (reviewed == year and len(targets) < PROMISING * len(own)):
        return reviewed, None
    return reviewed, max(reviewed + 1, _usual([m["year"] for m in targets], reviewed + 1))


def _usual(held: list[Any], otherwise: int) -> int:
    """The most frequent year, the earliest of equals."""
    counts = Counter(int(year) for year in held if year is not None)
    return min(counts, key=lambda year: (-counts[year], year)) if counts else otherwise
