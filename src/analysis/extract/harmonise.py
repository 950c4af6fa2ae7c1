"""Which indicator of the codebook a name means, and how surely; near misses stay apart."""

from __future__ import annotations

import functools
import re
from typing import Any, NamedTuple

import pandas as pd

from analysis import lexicon
from analysis.extract.indicators import Table, fold, tables

_FRONT = re.compile(
    r"^(?:全[市区县省州国旗镇]|我[市区县省]|年度|全年|各地|[一-龥]{2,3}(?<!人均地)[省市区县州](?!级|域|域内|场|内|优|示))"
)
_BY = re.compile(r"^(?:达到|实现|完成|力争|确保|建成|新认定)")
EXACT, FRONT = 1.0, 0.95  # as printed; without the place in front
_SCHOOLS = re.compile(r"学(?![科会术])|幼儿|教育|教师|教职|校|入园|高考|班主任|托位|师范")
SPANS = ("年均", "累计")
LEAST_COVER = 0.5  # a pattern that explains less of a name does not name it


class Match(NamedTuple):
    """An indicator of the codebook and how surely it is meant (0 to 1)."""

    id: str
    confidence: float


def match(name: str, kind: str, changes: bool, sector: str) -> Match | None:
    """The indicator that a name means.

    Args: kind: what the unit counts (`numerals.Unit.kind`); changes: whether the number is a change, so that 地区生产总值
        with 5 % is the growth of it; sector: whose table is asked first.
    """
    return _match(name, kind, changes, tables(sector))


@functools.lru_cache(maxsize=65536)
def _match(name: str, kind: str, changes: bool, asked: tuple[tuple[str, Table], ...]) -> Match | None:
    name = fold(name)
    own = _growing(name) if kind == "rate" else [name]
    if name.startswith(SPANS):  # a mean or sum of years is no year's value
        return next((m for _, table in asked if (m := _exact(own[0], kind, table))), None)
    own = own if changes else [name]
    for _, table in asked:
        for n in own:
            found = _exact(n, kind, table) or _exact(_FRONT.sub("", _BY.sub("", n)), kind, table, FRONT)
            if found:
                return found
    schools = asked[0][0] == "education" or bool(_SCHOOLS.search(own[0]))
    for sector, table in asked:
        for n in own if schools or sector != "education" else []:
            found = _by_pattern(_FRONT.sub("", n), kind, table)
            if found:
                return found
    return None


def _growing(name: str) -> list[str]:
    """The names under which a rate of change may stand in the table."""
    if re.search(r"(?:增长|增速|涨幅|降幅)$", name):
        return [name]
    return [name + "增长"] + ([name] if re.search(r"率$|价格|能耗|事故|排放|人数", name) else [])


def _exact(name: str, kind: str, table: Table, confidence: float = EXACT) -> Match | None:
    found = table.named(name, kind)
    return Match(found.id, confidence) if found else None


def _by_pattern(name: str, kind: str, table: Table) -> Match | None:
    best, longest = None, 0
    for i in table.hinted(name, kind):
        found = i.pattern.search(name) if i.pattern else None
        if found and len(found[0]) > longest and not (i.other and i.other.search(name)):
            best, longest = Match(i.id, round(0.6 + 0.3 * len(found[0]) / len(name), 2)), len(found[0])
    return best if longest >= LEAST_COVER * len(name) else None


def unmatched(metrics: pd.DataFrame, least: int = 2) -> pd.DataFrame:
    """Frequent names that no indicator of the codebook matches, for the analyst who extends the table.

    Returns: a row a name and unit: indicator, unit, n, n_plans, example (a quote); most frequent first.
    """
    own = metrics[metrics["indicator_id"].isna() & metrics["indicator"].notna()]
    grouped = own.groupby(["indicator", "unit"], as_index=False).agg(
        n=("metric_id", "size"), n_plans=("plan_id", "nunique"), example=("quote", "first")
    )
    kept: pd.DataFrame = grouped[grouped["n"] >= least]
    return kept.sort_values(["n_plans", "n", "indicator"], ascending=[False, False, True], ignore_index=True)


def labels(sector: str) -> dict[str, dict[str, Any]]:
    """The rows of the indicator tables by id, the sector's own first."""
    found: dict[str, dict[str, Any]] = {}
    for s in dict.fromkeys((sector, "education", "government")):
        if lexicon.has(f"{s}/indicators"):
            for row in lexicon.table(f"{s}/indicators"):
                found.setdefault(row["id"], dict(row))
    return found
