"""Items and their metrics → tags: domains, instruments, strength, owners, deadlines, and the words they hold.

Every tag comes with its evidence: the cue, its span in the plan's text, and the rule that took it.  Cues are the
codebook's; a sector of one's own needs a `domains` table and no code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis import frames, words
from analysis.tag import context
from analysis.tag.item import Tagger
from analysis.tag.scan import codebook

Record = dict[str, Any]


def records(plan: Record, items: list[Record], metrics: list[Record]) -> dict[str, list[Record]]:
    """The items of one plan with their tags, and the content words of each.

    Args: plan: its row, of which `text`, `title`, `sector` and `plan_year` are read; items, metrics: its rows.
    Returns: {"items": rows with every tag column filled, "terms": rows of the `terms` frame}.
    """
    numbers: dict[str, list[Record]] = defaultdict(list)
    for metric in metrics:
        if metric.get("item_id") is not None:
            numbers[metric["item_id"]].append(metric)
    tagger = Tagger(codebook(plan.get("sector")), plan["text"] or "", plan.get("title") or "", plan.get("plan_year"))
    above = context.parents(tagger.text, items)
    found: dict[str, list[Record]] = {"items": [], "terms": []}
    for item, parent in zip(items, above, strict=True):  # one after the other: both ask for the same words
        found["items"].append(tagger.tagged(item, parent, numbers[item["item_id"]]))
        found["terms"] += terms(item)
    return found


def terms(item: Record) -> list[Record]:
    """The content words of an item, heading included, with part of speech and count, most frequent first."""
    key = {"plan_id": item.get("plan_id"), "item_id": item["item_id"]}
    counted = words.content(item.get("heading") or "") + words.content(item["text"] or "")
    return [{**key, "term": term, "pos": pos, "n": n} for (term, pos), n in counted.most_common()]


def items(plans: pd.DataFrame, items: pd.DataFrame, metrics: pd.DataFrame) -> pd.DataFrame:
    """The items frame with every tag column filled."""
    by_plan = {name: _rows(frame) for name, frame in items.groupby("plan_id", sort=False)}
    numbers = {name: _rows(frame) for name, frame in metrics.groupby("plan_id", sort=False)}
    rows: list[Mapping[str, Any]] = [
        row
        for plan in _rows(plans)
        for row in records(plan, by_plan.get(plan["plan_id"], []), numbers.get(plan["plan_id"], []))["items"]
    ]
    return frames.to_pandas(frames.to_arrow("items", rows))


def _rows(frame: pd.DataFrame) -> list[Record]:
    """Plain records, None where a value is missing."""
    return [
        {str(key): value if isinstance(value, list) or not pd.isna(value) else None for key, value in row.items()}
        for row in frame.to_dict("records")
    ]
