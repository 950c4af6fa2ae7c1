"""How well frames answer hand-coded plans.

Every decision that a coder made becomes one or more marks; scores are sums of marks, misses are the marks that were
not met.  A gold file is coded after the codebook; its document is found by its file name; parts that it lacks are not
marked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from analysis import frames as framework
from analysis.review import pairs
from analysis.review.pairs import Row

Gold = Path | list[dict[str, Any]]

ALIKE = 0.6  # likeness from which an indicator's name is right in a whole record
ITEM_LISTS = ("domains", "instruments", "lead_units", "support_units")
METRIC_FIELDS = ("value_high", "comparator", "kind", "baseline", "status", "year", "per")
SUMMED = ("document.fields", "metrics.record")  # measures whose marks repeat those of others
UNCOUNTED = "per"  # marked by itself, no part of a whole record


class Mark(NamedTuple):
    """What one decision adds to a measure: hits, and how many were wanted and found."""

    measure: str
    hit: float
    gold: float
    found: float
    where: str = ""
    wanted: Any = None
    answered: Any = None


def score(frames: Mapping[str, pd.DataFrame], gold: Gold, by: str | None = None) -> pd.DataFrame:
    """Precision, recall and F1 of frames against gold.

    Args:
        frames: plans, outline, items, metrics; a frame that is not given has no rows.
        gold: a folder of JSON files, or their contents.
        by: "source" gives the rows of each document.

    Returns: a row a measure: measure, precision, recall, f1, gold (wanted), found. `metrics` pairs rows by value and
        unit; `metrics.record` counts those whose other fields are right too; `metrics.indicator` sums likenesses.

    Raises: FrameError when there is no gold or no frame of plans.
    """
    keys = ["measure"] if by is None else [by, "measure"]
    sums = marks(frames, gold).groupby(keys, sort=False)[["hit", "gold", "found"]].sum().reset_index()
    precision = _share(sums["hit"], sums["found"])
    recall = _share(sums["hit"], sums["gold"])
    rates = {"precision": precision, "recall": recall, "f1": _share(2 * precision * recall, precision + recall)}
    return sums.assign(**rates)[[*keys, *rates, "gold", "found"]]


def _share(part: pd.Series, whole: pd.Series) -> pd.Series:
    return (part / whole.where(whole > 0)).fillna(0.0)


def misses(frames: Mapping[str, pd.DataFrame], gold: Gold) -> pd.DataFrame:
    """A row a mark that was not met: source, measure, where, wanted, answered, kind (missed, invented or wrong)."""
    frame = marks(frames, gold)
    frame = frame[~frame["measure"].isin(SUMMED)]
    enough = frame["measure"].eq("metrics.indicator").map({True: ALIKE, False: 1.0})
    frame = frame[frame["hit"] < enough * frame[["gold", "found"]].max(axis=1)]
    kind = frame["found"].eq(0).map({True: "missed", False: "wrong"}).mask(frame["gold"].eq(0), "invented")
    return frame.assign(kind=kind).drop(columns=["hit", "gold", "found"]).reset_index(drop=True)


def marks(frames: Mapping[str, pd.DataFrame], gold: Gold) -> pd.DataFrame:
    """A row a mark, in the order of the gold: source and the fields of Mark."""
    if "plans" not in frames:
        raise framework.FrameError(f"no frame of plans to score; there are {', '.join(frames) or 'none'}")
    rows = [(plan["source"], *mark) for plan in read_gold(gold) for mark in _document(plan, frames)]
    return pd.DataFrame(rows, columns=["source", *Mark._fields]).astype(dict.fromkeys(("hit", "gold", "found"), float))


def read_gold(gold: Gold) -> list[dict[str, Any]]:
    """Hand-coded plans, from a folder in the order of file names.

    Raises: FrameError when there are none.
    """
    if isinstance(gold, Path):
        coded = [json.loads(file.read_text("utf-8")) for file in sorted(gold.glob("*.json"))]
    else:
        coded = list(gold)
    if not coded:
        raise framework.FrameError(f"no gold in {gold}; give a folder of JSON files coded after docs/codebook.md")
    return coded


def _document(gold: Row, frames: Mapping[str, pd.DataFrame]) -> Iterator[Mark]:
    plan = _plan(gold["source"], frames["plans"])
    yield Mark("documents", bool(plan), 1, 1, gold["source"])
    yield from _facts(gold.get("document", {}), plan)
    held = {name: _rows(frames.get(name), plan) for name in ("outline", "items", "metrics")}
    if "outline" in gold:
        yield from _outline(gold["outline"], held["outline"])
    if "items" in gold:
        yield from _items(gold["items"], held["items"])
    if "metrics" in gold:
        yield from _metrics(gold["metrics"], held["metrics"])


def _plan(source: str, plans: pd.DataFrame) -> Row:
    """The row of the first plan that was read from a file of this name, empty where there is none."""
    column = "source_paths" if "source_paths" in plans else "source_path"
    for at, paths in enumerate(plans[column]):
        if source in {Path(str(path)).name for path in pairs.listed(paths)}:
            return {str(k): v for k, v in plans.iloc[at].to_dict().items()}
    return {}


def _rows(frame: pd.DataFrame | None, plan: Row) -> list[Row]:
    if frame is None or not plan:
        return []
    own = frame[frame["plan_id"] == plan["plan_id"]]
    return [{str(k): v for k, v in row.items()} for row in own.to_dict("records")]


def _facts(wanted: Row, plan: Row) -> Iterator[Mark]:
    for field, value in wanted.items():
        if field == "noise":
            yield _overlap("document.noise", pairs.listed(value), pairs.listed(plan.get("noise")), "noise")
            continue
        right = pairs.is_same(value, plan.get(field))
        for measure in ("document.fields", f"document.{field}"):
            yield Mark(measure, right, 1, 1, field, value, plan.get(field))


def _overlap(measure: str, wanted: list[Any], found: list[Any], where: str) -> Mark:
    want, have = set(wanted), set(found)
    return Mark(measure, len(want & have), len(want), len(have), where, sorted(want), sorted(have))


def _rest(measure: str, wanted: list[Row], found: list[Row], matched: dict[int, int], field: str) -> Iterator[Mark]:
    """One mark a row: paired, missed or invented."""
    yield Mark(measure, 0, 0, 0)  # the measure has a row even where nothing was wanted or found
    for i, row in enumerate(wanted):
        yield Mark(measure, i in matched, 1, i in matched, str(row.get(field)), row.get(field))
    taken = set(matched.values())
    for j, row in enumerate(found):
        if j not in taken:
            yield Mark(measure, 0, 0, 1, str(row.get(field)), None, row.get(field))


def _is_heading(row: Row) -> bool:
    return not pairs.is_missing(row.get("title")) and row.get("kind", "heading") == "heading"


def _outline(wanted: list[Row], rows: list[Row]) -> Iterator[Mark]:
    found = [row for row in rows if _is_heading(row)]
    matched = pairs.paired(wanted, found, pairs.heading_rate)
    yield from _rest("outline.headings", wanted, found, matched, "title")
    yield Mark("outline.level", 0, 0, 0)
    for i, j in matched.items():
        level, other = wanted[i]["level"], found[j].get("level")
        yield Mark("outline.level", pairs.is_same(level, other), 1, 1, wanted[i]["title"], level, other)


def _items(wanted: list[Row], found: list[Row]) -> Iterator[Mark]:
    matched = pairs.paired(wanted, found, pairs.item_rate)
    yield from _rest("items", wanted, found, matched, "heading")
    for i, j in matched.items():
        yield from _tags(wanted[i], found[j])


def _tags(wanted: Row, found: Row) -> Iterator[Mark]:
    where = str(wanted.get("heading") or wanted.get("quote"))
    domains = pairs.listed(found.get("domains")) or pairs.listed(found.get("domain"))
    if wanted.get("domains"):
        right = domains[:1] == wanted["domains"][:1]
        yield Mark("items.primary_domain", right, 1, 1, where, wanted["domains"], domains)
    for field in ITEM_LISTS:
        if field in wanted:
            want, have = ({pairs.fold(v) for v in pairs.listed(row[field])} for row in (wanted, {field: None} | found))
            yield _overlap(f"items.{field}", list(want), list(have), where)
    strength, other = wanted.get("commitment"), found.get("commitment")
    yield Mark("items.commitment", pairs.is_same(strength, other), 1, 1, where, strength, other)


def _is_number(row: Row) -> bool:
    worded = row.get("worded")
    return pairs.is_missing(worded) or not bool(worded)


def _metrics(coded: list[Row], rows: list[Row]) -> Iterator[Mark]:
    wanted, found = [row for row in coded if _is_number(row)], [row for row in rows if _is_number(row)]
    matched = pairs.paired(wanted, found, pairs.metric_rate)
    yield from _rest("metrics", wanted, found, matched, "quote")
    for i, j in matched.items():
        yield from _fields(wanted[i], found[j])
    yield Mark("metrics.record", 0, len(wanted) - len(matched), len(found) - len(matched), "unpaired")


def _fields(wanted: Row, found: Row) -> Iterator[Mark]:
    where = str(wanted.get("quote"))
    alike = pairs.likeness(wanted.get("indicator"), found.get("indicator"))
    yield Mark("metrics.indicator", alike, 1, 1, where, wanted.get("indicator"), found.get("indicator"))
    whole = alike >= ALIKE
    for field in METRIC_FIELDS:
        if field in wanted:
            right = pairs.is_same(wanted[field], found.get(field))
            whole = whole and (right or field == UNCOUNTED)
            yield Mark(f"metrics.{field}", right, 1, 1, where, wanted[field], found.get(field))
    yield Mark("metrics.record", whole, 1, 1, where)
