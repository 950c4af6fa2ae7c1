"""Numbers into records: indicator, value, unit, comparator, baseline, status, year.

`records` reads one plan; `metrics` reads a frame of plans.  A number that cannot be placed is a row with its reason.
"""

from __future__ import annotations

import bisect
import hashlib
import re
from typing import Any

import pandas as pd

from analysis import frames, numerals
from analysis.extract import names, phrases, times
from analysis.extract.clauses import Clause, Sentence, Slot, sentences
from analysis.text import Segment, Text

Row = dict[str, Any]
_NOW = re.compile(r"目前|以来|今年|去年|五年|[\"”]期间|时期|末|现有|\d{4}年")
_FROM = re.compile(r"(?:由|(?<!服)从(?!业|教|事))[^,，。；;]{0,24}$")


def records(plan: Row, items: list[Row], text: Text, pages: list[int]) -> dict[str, list[Row]]:
    """The rows of `metrics` and `checks` of one plan.

    Args: plan: a row of `plans`; items: its rows of `items`; text: the clean text with its map to the source;
        pages: start offsets of the source's pages.
    """
    clean = plan["text"] or ""
    found = numerals.amounts(clean)
    rows: list[Row] = []
    places, paragraph, year = _Places(items), -1, None
    for sentence in sentences(clean, found):
        item = places.at(sentence.start, sentence.end)
        begins = clean.rfind("\n", 0, sentence.start)
        # a result's year holds until the paragraph ends or another time is named
        kept = year if begins == paragraph and item and item.get("tense") == "review" else None
        more, year = _sentence(plan, item, sentence, None if _NOW.search(sentence.text) else kept)
        paragraph = begins
        rows += more
    return {"metrics": [_placed(r, plan, text, pages) for r in rows], "checks": []}


def metrics(plans: pd.DataFrame, items: pd.DataFrame, sources: pd.DataFrame | None = None) -> pd.DataFrame:
    """A row a number of every plan; spans of the source where `sources` is given, of the clean text otherwise."""
    rows: list[Row] = []
    maps = {} if sources is None else {s["plan_id"]: s for s in sources.to_dict("records")}
    for plan in plans.to_dict("records"):
        own = items[items["plan_id"] == plan["plan_id"]].to_dict("records")
        held = maps.get(plan["plan_id"])
        text = Text.of(plan["text"] or "")
        if held is not None:
            text = Text(plan["text"] or "", held["source_text"], [Segment(**dict(s)) for s in held["segments"]])
        rows += records(plan, own, text, [] if held is None else list(held["pages"]))["metrics"]
    return frames.make("metrics", rows)


class _Places:
    """Which item a place of the text belongs to."""

    def __init__(self, items: list[Row]) -> None:
        self.items = sorted((i for i in items if i.get("start") is not None), key=lambda i: i["start"])
        self.starts = [i["start"] for i in self.items]

    def at(self, start: int, end: int) -> Row | None:
        i = bisect.bisect_right(self.starts, max(start, end - 1)) - 1
        if i >= 0 and start < self.items[i]["end"] and end > self.items[i]["start"]:
            return self.items[i]
        return None


def _sentence(plan: Row, item: Row | None, sentence: Sentence, year: int | None) -> tuple[list[Row], int | None]:
    """The rows of a sentence and the year that it ends with."""
    rows: list[Row] = []
    carried = names.Carried()
    tense = item.get("tense") if item else None
    for clause in sentence.clauses:
        for i, slot in enumerate(clause.slots):
            year = times.stated_year(slot.before, plan.get("plan_year")) or year
            if i + 1 < len(clause.slots) and _is_baseline(slot, clause.slots[i + 1]):
                continue
            earlier = clause.slots[i - 1] if i and _is_baseline(clause.slots[i - 1], slot) else None
            rows += _records(plan, item, sentence, clause, slot, earlier, carried, year, tense)
        if not clause.slots:
            names.note(clause, carried)
            year = times.stated_year(clause.text, plan.get("plan_year")) or year
    return rows, year


def _is_baseline(slot: Slot, following: Slot) -> bool:
    """Whether the number is where another one came from: 由240元提高到295元."""
    same = slot.amount.kind == following.amount.kind
    return same and bool(_FROM.search(slot.before)) and bool(phrases.REACHED.search(following.before))


def _records(
    plan: Row, item: Row | None, sentence: Sentence, clause: Clause, slot: Slot, earlier: Slot | None,
    carried: names.Carried, year: int | None, tense: str | None,
) -> list[Row]:  # fmt: skip
    amount = slot.amount
    named = _without_baseline(slot, earlier)
    found = names.names(sentence, clause, named, carried)
    carried.kind = kind = _kind(slot, carried)
    before = sentence.text[: amount.start - sentence.start]
    status = times.status(sentence.text, clause.text, _reach(before), tense, plan, year)
    row = {
        "item_id": item.get("item_id") if item else None,
        "quote": clause.text.strip(),
        "start": amount.start,
        "end": amount.end,
        "value": amount.value,
        "value_high": amount.value_high,
        "unit": amount.unit,
        "per": names.per(named),
        "comparator": amount.comparator,
        "kind": kind,
        "baseline": earlier.amount.value if earlier else None,
        "status": status,
        "year": year if year is not None else times.default_year(plan, status, tense),
        "hedge": amount.hedge,
        "worded": False,
        "base_value": amount.base_value,
        "base_unit": amount.base_unit,
        "indicator_id": None,
        "indicator_confidence": None,
    }
    if not found:
        return [{**row, "indicator": None, "reason": "indicator: the clause names nothing that the number measures"}]
    return [{**row, "indicator": name, "reason": None} for name in found]


def _without_baseline(slot: Slot, earlier: Slot | None) -> Slot:
    """The slot with the words that name it: of 由每生每年补助300元提高到小学500元 both sides of the first number."""
    if earlier is None:
        return slot
    head = _FROM.sub("", earlier.before)
    own = phrases.REACHED.split(slot.before)[-1]
    return Slot(slot.amount, head + own, slot.after, slot.linked)


def _reach(before: str) -> str:
    """The words before a number that speak of it: from the last strong pause on."""
    return re.split(r"[；;]", before)[-1]


def _kind(slot: Slot, carried: names.Carried) -> str:
    before = slot.before.rstrip()
    if phrases.LEVEL_TO.search(before):
        return "level"
    if phrases.CHANGE.search(before) or phrases.ADDED.search(before):
        return "change"
    if (slot.linked or carried.next_member > 1) and carried.kind == "change" and len(phrases.MEASURED.sub("", before)) == len(before):
        return "change"
    return "level"


def _placed(row: Row, plan: Row, text: Text, pages: list[int]) -> Row:
    """The row with its keys and its place in the source."""
    start, end = text.source_span(row["start"], row["end"])
    page = bisect.bisect_right(pages, start) if pages else None
    key = f"{plan['plan_id']}|{row['start']}|{row['value']}|{row['indicator']}"
    metric_id = hashlib.sha1(key.encode()).hexdigest()[:16]
    return {
        **row,
        "plan_id": plan["plan_id"],
        "metric_id": metric_id,
        "source_start": start,
        "source_end": end,
        "page": page or None,
    }
