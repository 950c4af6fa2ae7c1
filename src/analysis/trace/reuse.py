"""Who took text from whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis import frames, shingles
from analysis.trace import formulae, passages

COLUMNS = [
    "plan_id", "item_id", "region", "year", "written", "start", "end", "text",
    "other_plan_id", "other_item_id", "other_region", "other_year", "other_written", "other_start", "other_end",
    "other_text",
    "n_chars", "alike", "formula", "n_own", "source", "because",
]  # fmt: skip
OWN = 12  # characters of a passage that are no formula: with fewer it shows what everybody writes


class Side(NamedTuple):
    """A plan's folded items in a row, where each character stands in the plan, and which item it is of.

    raw: the items' own texts and where they start in the plan.
    """

    plan_id: str
    text: str
    places: np.ndarray
    items: np.ndarray
    names: list[Any]
    raw: list[tuple[str, int]]
    facts: dict[str, Any]


def reuse(items: pd.DataFrame, plans: pd.DataFrame | None = None, upper: tuple[str, ...] = ()) -> pd.DataFrame:
    """The passages that plans share with other plans, those with most characters of their own first.

    Copies and versions of one plan (`family_id`) are not compared. A passage starts from words that few places have;
    what many have, or an upper level's text says, starts none, and a passage of little else is left out.

    Args:
        items: rows with plan_id, item_id, text, start, and region, plan_year, region_level, family_id where known;
            a frame of plans does as well (plan_id, text).
        plans: gives `written`, by which the earlier of two plans of one year is found.
        upper: texts of higher levels whose wording everybody repeats.

    Returns: a row a pair of passages: both sides with offsets in the plan's text, n_chars (folded, of the shorter side),
        alike (1 where equal), formula (the share of it, 0 to 1), n_own (characters that are no formula), source (`plan`, `other` or null: which side is the likely source),
        because (`year`, `written`, `level` or null).

    Raises: FrameError when items lack plan_id or text.
    """
    missing = [c for c in ("plan_id", "text") if c not in items.columns]
    if missing:
        raise frames.FrameError(f"items lacks {', '.join(missing)}; it has {', '.join(map(str, items.columns))}")
    sides = _sides(items, plans)
    texts = {side.plan_id: side for side in sides}
    places: dict[Any, list[str]] = {}
    for side in texts.values():
        places.setdefault(side.facts["region"] or side.plan_id, []).append(side.text)
    short = formulae.known(places, upper, passages.SEED)
    known = formulae.known(places, upper)
    rows = [row for a, b, found in _shared(sides, short) for row in _rows(a, b, found, known)]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.sort_values(
        ["n_own", "plan_id", "start", "other_plan_id"], ascending=[False, True, True, True]
    ).reset_index(drop=True)


def _sides(items: pd.DataFrame, plans: pd.DataFrame | None) -> list[Side]:
    written = (
        {} if plans is None or "written" not in plans else dict(zip(plans["plan_id"], plans["written"], strict=True))
    )
    return [_side(str(plan), own, written) for plan, own in items.groupby("plan_id", sort=True)]


def _side(plan_id: str, own: pd.DataFrame, written: dict[str, Any]) -> Side:
    texts, places, numbers, raw = [], [], [], []
    starts = own["start"] if "start" in own else pd.Series(0, index=own.index)
    for number, (text, start) in enumerate(zip(own["text"].fillna(""), starts, strict=True)):
        folded = shingles.folded(str(text))
        raw.append((str(text), int(start)))
        texts.append(folded.text + passages.BREAK)
        places.append(np.append(folded.places, 0) + int(start))
        numbers.append(np.full(len(folded.text) + 1, number))
    first = own.iloc[0]
    facts = {name: _known(first.get(name)) for name in ("region", "plan_year", "region_level", "family_id")}
    facts["written"] = _known(written.get(plan_id))
    names = own["item_id"].tolist() if "item_id" in own else [None] * len(own)
    return Side(plan_id, "".join(texts), np.concatenate(places), np.concatenate(numbers), names, raw, facts)


def _known(value: Any) -> Any:
    return None if value is None or pd.isna(value) else value


def _shared(sides: list[Side], left_out: np.ndarray) -> Iterator[tuple[Side, Side, list[passages.Passage]]]:
    """Pairs of sides with the passages that they share."""
    for left, right, spots in passages.pairs(passages.seeds([side.text for side in sides], left_out)):
        a, b = sides[left], sides[right]
        if a.facts["family_id"] is None or a.facts["family_id"] != b.facts["family_id"]:
            grown = [p for own in _by_item(a, b, spots) for p in passages.passages(a.text, b.text, own)]
            yield a, b, passages.apart(grown)


def _by_item(a: Side, b: Side, spots: list[tuple[int, int]]) -> Iterable[list[tuple[int, int]]]:
    """The places of seeds by the items that they lie in."""
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for at, other in spots:
        groups.setdefault((int(a.items[at]), int(b.items[other])), []).append((at, other))
    return groups.values()


def _rows(a: Side, b: Side, found: list[passages.Passage], known: np.ndarray) -> list[tuple[Any, ...]]:
    source, because = _source(a.facts, b.facts)
    rows = []
    for passage in found:
        own = a.text[passage.start : passage.end]
        n_chars = min(passage.end - passage.start, passage.other_end - passage.other_start)
        formula = sum(end - start for start, end in shingles.runs(own, known)) / len(own)
        n_own = round(n_chars * (1 - formula))
        if n_own < OWN:
            continue
        rows.append((
            *_end(a, passage.start, passage.end), *_end(b, passage.other_start, passage.other_end),
            n_chars, passage.alike, round(formula, 4), n_own, source, because,
        ))  # fmt: skip
    return rows


def _end(side: Side, start: int, end: int) -> tuple[Any, ...]:
    number = int(side.items[start])
    first, last = int(side.places[start]), int(side.places[end - 1]) + 1
    text, at = side.raw[number]
    facts = (side.facts[name] for name in ("region", "plan_year", "written"))
    return side.plan_id, side.names[number], *facts, first, last, text[first - at : last - at]


def _source(a: dict[str, Any], b: dict[str, Any]) -> tuple[str | None, str | None]:
    """Which of two plans is the likely source, and by what: the earlier one, else the higher one."""
    for name, because in (("plan_year", "year"), ("written", "written")):
        if a[name] is not None and b[name] is not None and a[name] != b[name]:
            return ("plan" if a[name] < b[name] else "other"), because
    ranks = [
        frames.REGION_LEVELS.index(x["region_level"]) if x["region_level"] in frames.REGION_LEVELS[:5] else None
        for x in (a, b)
    ]
    if None not in ranks and ranks[0] != ranks[1]:
        return ("plan" if ranks[0] < ranks[1] else "other"), "level"  # type: ignore[operator]
    return None, None
