"""Numeric and worded targets, followed from a plan into the next documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from analysis.trace import judge, mentions, pairs
from analysis.trace.pairs import Row
from analysis.trace.steps import Step

_SAME = (
    "metric_id", "item_id", "domain", "indicator_id", "indicator", "value", "value_high", "unit", "year", "start", "end",
)  # fmt: skip

Found = dict[int, tuple[int, float]]


def followed(
    step: Step, metrics: dict[str, list[Row]], later: mentions.Said, names: pairs.Names
) -> Iterator[tuple[Row, Row]]:
    """Each target of a plan, once, and its row: what was reported of it and what renews it."""
    own = _once(_pool([step.plan], metrics, "target"), names)
    results = _pool(step.reports, metrics, "achieved")
    renewed = [m for m in _pool(step.renewals, metrics, "target") if not _looks_back(m)]
    reported = _linked(own, results, lambda a, b: _report_rate(a, b, step.year, names), step.year)
    again = _linked(own, renewed, lambda a, b: _renewal_rate(a, b, step.year, names), step.year)
    for i, target in enumerate(own):
        row = _target(target) | {"year": due(target, step.year)}
        if i in again:
            other, rate = renewed[again[i][0]], again[i][1]
            row |= _answer("renewal", target, judge.renewal(target, other), other, rate)
        if i in reported:
            other, rate = results[reported[i][0]], reported[i][1]
            row |= _answer("report", target, judge.report(target, other), other, rate)
        elif step.is_answerable(row["year"]):
            row |= _judged(target, later, {d["plan_id"] for d in step.reports})
        yield target, row


def due(target: Row, promised: int) -> int:
    """The year for which a target is due; none is due before the year that its document promises for."""
    return max(promised, int(target["year"] or promised))


def _pool(documents: list[Row], metrics: dict[str, list[Row]], status: str) -> list[Row]:
    held = [m for d in documents for m in metrics.get(d["plan_id"], [])]
    return [m for m in held if m["status"] == status]


def _looks_back(target: Row) -> bool:
    """Whether a target is named in a review only, to say that it was met or missed."""
    return target["tense"] in ("review", "problem") or bool(judge.MISSED.search(target["quote"] or ""))


def _once(targets: list[Row], names: pairs.Names) -> list[Row]:
    """The targets without those that are printed again, as in the table behind a plan's text."""
    kept: dict[tuple[Any, ...], Row] = {}
    for target in targets:
        plain, _ = names.read(target["indicator"] or "")
        kept.setdefault(
            (plain, pairs.metric_key(target), target["value"], target["value_high"], target["year"]), target
        )
    return list(kept.values())


def _linked(own: list[Row], others: list[Row], rate: Callable[[Row, Row], float], year: int) -> Found:
    """Place in own → (place in others, rate); two targets for one thing (5%以上、力争6%) share their answer."""
    found = pairs.matched(own, others, rate, pairs.metric_key)
    things: dict[Any, int] = {}
    for i, target in enumerate(own):
        thing = (target["indicator"], pairs.metric_key(target), due(target, year))
        if i in found:
            things.setdefault(thing, i)
    for i, target in enumerate(own):
        other = things.get((target["indicator"], pairs.metric_key(target), due(target, year)))
        if i not in found and other is not None:
            found[i] = found[other]
    return found


def _report_rate(target: Row, result: Row, year: int, names: pairs.Names) -> float:
    """The rate of a result that is of the year for which the target is due, or of no stated one."""
    if result["year"] is not None and int(result["year"]) != due(target, year):
        return 0.0
    if pairs.unit(target) != "%" and not pairs.is_near(judge.value(target), judge.value(result)):
        return 0.0
    return pairs.metric_rate(target, result, names)


def _renewal_rate(target: Row, again: Row, year: int, names: pairs.Names) -> float:
    """The rate of a later target that looks as far ahead, or to the same year."""
    until = due(target, year)
    return pairs.metric_rate(target, again, names) if due(again, year + 1) in (until, until + 1) else 0.0


def _judged(target: Row, later: mentions.Said, reports: set[str]) -> Row:
    """What a review says of a target without its number: that it was met or missed."""
    for share, clause in later.near(mentions.looked_for(target)):
        is_review = clause["plan_id"] in reports and clause["tense"] in ("review", "problem")
        word = mentions.verdict(target, clause) if is_review and share >= mentions.NAMED else None
        if word:
            return {"report": word, "report_plan_id": clause["plan_id"], "report_sentence": clause["sentence"]}
    return {}


def _target(row: Row) -> Row:
    promise = "worded" if row["worded"] else "target"
    return {"promise": promise, "sentence": row["quote"]} | {name: row.get(name) for name in _SAME}


def _answer(kind: str, target: Row, word: str | None, other: Row, rate: float) -> Row:
    """The columns that tell an answer; its values are in the target's unit."""
    value, high = (_in_unit(target, other, other[name]) for name in ("value", "value_high"))
    return {
        kind: word, f"{kind}_plan_id": other["plan_id"], f"{kind}_id": other["metric_id"], f"{kind}_value": value,
        f"{kind}_value_high": high, f"{kind}_year": other["year"], f"{kind}_sentence": other["quote"],
        "likeness": round(min(rate, 1.0), 4),
    }  # fmt: skip


def _in_unit(target: Row, other: Row, value: Any) -> float | None:
    """A value of another metric in the unit of the target: 8000人 beside 2万人 is 0.8."""
    known = (other["base_value"], other["value"], target["base_value"], target["value"])
    if value is None or other["unit"] == target["unit"] or not all(known):
        return None if value is None else float(value)
    base, printed, target_base, target_printed = known
    return round(float(value) * base / printed / (target_base / target_printed), 9)
