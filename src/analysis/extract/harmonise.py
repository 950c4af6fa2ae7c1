"""Which indicator of the codebook a name means, and how surely; near misses stay apart."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

from analysis import lexicon, numerals

_FOLD = re.compile(r"[\s“”\"‘’「」《》()（）·]")
_FRONT = re.compile(
    r"^(?:全[市区县省州国旗镇]|我[市区县省]|年度|全年|各地|[一-龥]{2,3}(?<!人均地)[省市区县州](?!级|域|域内|场|内|优|示))"
)
_BY = re.compile(r"^(?:达到|实现|完成|力争|确保|建成|新认定)")
EXACT, FRONT = 1.0, 0.95  # as printed; without the place in front
_SCHOOLS = re.compile(r"学(?![科会术])|幼儿|教育|教师|教职|校|入园|高考|班主任|托位|师范")
SPANS = ("年均", "累计")
LEAST_COVER = 0.5  # a pattern that explains less of a name does not name it
_SAME = {("points", "rate"), ("rate", "points"), ("person", "times"), ("times", "person"), ("household", "count"), ("count", "person"),
         ("person", "count"), ("count", "household"), ("event", "count"), ("count", "event"), ("session", "times"), ("times", "event")}  # fmt: skip


class Indicator(NamedTuple):
    """A row of the table of indicators, ready to match."""

    id: str
    kind: str
    names: frozenset[str]
    pattern: re.Pattern[str] | None
    other: re.Pattern[str] | None


class Match(NamedTuple):
    """An indicator of the codebook and how surely it is meant (0 to 1)."""

    id: str
    confidence: float


def fold(name: str) -> str:
    """The name without quotes, brackets' marks and spaces."""
    return _FOLD.sub("", name)


@functools.cache
def _table(sector: str, over: str) -> tuple[Indicator, ...]:
    rows = lexicon.table(f"{sector}/indicators")
    return tuple(_ready(row) for row in rows)


def _ready(row: dict[str, str]) -> Indicator:
    unit = numerals.units().get(row["unit"])
    return Indicator(
        row["id"],
        unit.kind if unit else "time",
        frozenset(fold(n) for n in lexicon.cells(row["names"])),
        re.compile(row["patterns"]) if row["patterns"] else None,
        re.compile(row["not_patterns"]) if row["not_patterns"] else None,
    )


@functools.lru_cache(maxsize=65536)
def match(name: str, kind: str, changes: bool, sector: str) -> Match | None:
    """The indicator that a name means.

    Args: kind: what the unit counts (`numerals.Unit.kind`); changes: whether the number is a change, so that 地区生产总值
        with 5 % is the growth of it; sector: whose table is asked first.
    """
    names = [fold(name)]
    if names[0].startswith(SPANS):  # a mean or sum of years is no year's value
        own = names[0] + ("" if re.search(r"(?:增长|增速|涨幅|降幅)$", names[0]) or kind != "rate" else "增长")
        return next((m for t in _tables(sector) if (m := _exact(own, kind, t))), None)
    if changes and kind == "rate" and not re.search(r"(?:增长|增速|涨幅|降幅)$", names[0]):
        names = [names[0] + "增长"] + ([names[0]] if re.search(r"率$|价格|能耗|事故|排放|人数", names[0]) else [])
    for table in _tables(sector):
        for own in names:
            found = _exact(own, kind, table) or _exact(_FRONT.sub("", _BY.sub("", own)), kind, table, FRONT)
            if found:
                return found
    for table in _asked(names[0], sector):
        for own in names:
            found = _by_pattern(_FRONT.sub("", own), kind, table)
            if found:
                return found
    return None


def _asked(name: str, sector: str) -> list[tuple[Indicator, ...]]:
    """The tables whose patterns are tried: those of schools only for names of schools, elsewhere."""
    schools = sector == "education" or bool(_SCHOOLS.search(name))
    return [t for s, t in zip(_order(sector), _tables(sector), strict=True) if schools or s != "education"]


def _order(sector: str) -> list[str]:
    own = [s for s in (sector, "government", "education") if lexicon.has(f"{s}/indicators")]
    return list(dict.fromkeys(own))


def _tables(sector: str) -> list[tuple[Indicator, ...]]:
    return [_table(s, str(lexicon.overlay())) for s in _order(sector)]


def _fits(kind: str, indicator: Indicator) -> bool:
    return kind == indicator.kind or (kind, indicator.kind) in _SAME


def _exact(name: str, kind: str, table: Iterable[Indicator], confidence: float = EXACT) -> Match | None:
    return next((Match(i.id, confidence) for i in table if name in i.names and _fits(kind, i)), None)


def _by_pattern(name: str, kind: str, table: Iterable[Indicator]) -> Match | None:
    best, longest = None, 0
    for i in table:
        found = i.pattern.search(name) if i.pattern and _fits(kind, i) else None
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
