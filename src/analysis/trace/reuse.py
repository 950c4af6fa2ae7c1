"""Who took text from whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from analysis import formulae, frames, shingles
from analysis.trace import index, passages
from analysis.trace.sides import Side, Sides

COLUMNS = [
    "plan_id", "item_id", "region", "year", "written", "start", "end", "text",
    "other_plan_id", "other_item_id", "other_region", "other_year", "other_written", "other_start", "other_end",
    "other_text",
    "n_chars", "alike", "formula", "n_own", "source", "because",
]  # fmt: skip
OWN = 12  # characters of a passage that are no formula: with fewer it shows what everybody writes


def reuse(items: pd.DataFrame, plans: pd.DataFrame | None = None, upper: tuple[str, ...] = ()) -> pd.DataFrame:
    """The passages that plans share with other plans, those with most characters of their own first.

    Copies and versions of one plan (`family_id`) are not compared. A passage starts from words that few places have;
    what many have, or an upper level's text says, starts none, and a passage of little else is left out. What very
    many plans share is found between neighbours (see index.PAIRED): enough for clusters and sources.

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
    sides = Sides(items, plans)
    short = formulae.known(sides.by_place, upper, passages.SEED)
    known = formulae.known(sides.by_place, upper)
    rows = [row for a, b, found in _shared(sides, short) for row in _rows(a, b, found, known)]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.sort_values(
        ["n_own", "plan_id", "start", "other_plan_id"], ascending=[False, True, True, True]
    ).reset_index(drop=True)


def _shared(sides: Sides, left_out: np.ndarray) -> Iterator[tuple[Side, Side, list[passages.Passage]]]:
    """Pairs of sides with the passages that they share."""
    for left, right, spots in index.pairs(sides.folded(), len(sides), left_out):
        family = sides.fact(left, "family_id")
        if family is None or family != sides.fact(right, "family_id"):
            a, b = sides.side(left), sides.side(right)
            grown = [p for own in _by_item(a, b, spots) for p in passages.passages(a.text, b.text, own)]
            yield a, b, passages.apart(grown)


def _by_item(a: Side, b: Side, spots: list[tuple[int, int]]) -> Iterable[list[tuple[int, int]]]:
    """The places of seeds by the items that they lie in."""
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for at, other in spots:
        groups.setdefault((a.item(at), b.item(other)), []).append((at, other))
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
    number, first, last = side.span(start, end)
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
