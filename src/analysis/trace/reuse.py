"""Who took text from whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from analysis import formulae, frames, shingles
from analysis.trace import index, passages
from analysis.trace.sides import Held, Sides

COLUMNS = [
    "plan_id", "item_id", "region", "year", "written", "start", "end", "text",
    "other_plan_id", "other_item_id", "other_region", "other_year", "other_written", "other_start", "other_end",
    "other_text",
    "n_chars", "alike", "formula", "n_own", "source", "because",
]  # fmt: skip
ENDS = ("", "other_")
FOUND = np.dtype([
    ("item", "<i8"), ("start", "<i8"), ("end", "<i8"), ("other_item", "<i8"), ("other_start", "<i8"), ("other_end", "<i8"),
    ("n_chars", "<i8"), ("alike", "<f8"), ("formula", "<f8"), ("n_own", "<i8"),
])  # fmt: skip
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
    found = [_found(sides, known, *batch) for batch in _batches(sides, index.runs(sides, short))]
    rows = np.concatenate([np.zeros(0, dtype=FOUND), *found])
    return _frame(items, sides, rows) if len(rows) else pd.DataFrame(columns=COLUMNS)


def _batches(sides: Sides, runs: index.Runs) -> Iterator[tuple[np.ndarray, list[np.ndarray]]]:
    """Pairs of items of plans of different families, some at a time, each with its runs: places in both, length."""
    own, other = sides.item(runs.left), sides.item(runs.right)
    families = pd.factorize(np.array([facts["family_id"] for facts in sides.facts], dtype=object))[0][sides.plans]
    kept = np.flatnonzero((families[own] < 0) | (families[own] != families[other]))
    kept = kept[np.lexsort((runs.right[kept], runs.left[kept], other[kept], own[kept]))]
    pairs, spots = np.stack((own, other), axis=1)[kept], np.stack(runs, axis=1)[kept]
    spots[:, :2] -= sides.edges[pairs]
    edges = np.append(np.flatnonzero((np.diff(pairs, axis=0, prepend=-1) != 0).any(axis=1)), len(pairs))
    pairs = pairs[edges[:-1]]
    for begin, end in sides.batches(pairs):
        yield pairs[begin:end], np.split(spots[edges[begin] : edges[end]], edges[begin + 1 : end] - edges[begin])


def _found(sides: Sides, known: np.ndarray, pairs: np.ndarray, spots: list[np.ndarray]) -> np.ndarray:
    """The passages of pairs of items, without those of little but formula, as rows of FOUND."""
    held = sides.held(pairs)
    grown: dict[tuple[int, int], list[passages.Passage]] = {}
    for (own, other), shared in zip(pairs.tolist(), spots, strict=True):
        for passage in passages.passages(held.folded(own), held.folded(other), shared.tolist()):
            moved = passage.moved(int(sides.edges[own]), int(sides.edges[other]))
            grown.setdefault((own, int(sides.plans[other])), []).append(moved)
    kept = [passage for all_ in grown.values() for passage in passages.apart(all_)]
    return _rows(sides, held, known, kept) if kept else np.zeros(0, dtype=FOUND)


def _rows(sides: Sides, held: Held, known: np.ndarray, kept: list[passages.Passage]) -> np.ndarray:
    start, end, other_start, other_end = np.array([passage[:4] for passage in kept], dtype=np.int64).T
    rows = np.zeros(len(kept), dtype=FOUND)
    rows["alike"] = [passage.alike for passage in kept]
    for at, first, last in (("", start, end), ("other_", other_start, other_end)):
        number = sides.item(first)
        rows[f"{at}item"] = number
        rows[f"{at}start"], rows[f"{at}end"] = held.spans(
            number, first - sides.edges[number], last - sides.edges[number]
        )
    texts = held.cut(rows["item"], start - sides.edges[rows["item"]], end - start)
    rows["formula"] = shingles.covered(texts, known) / (end - start)
    rows["n_chars"] = np.minimum(end - start, other_end - other_start)
    rows["n_own"] = np.rint(rows["n_chars"] * (1 - rows["formula"]))
    return rows[rows["n_own"] >= OWN]


def _frame(items: pd.DataFrame, sides: Sides, rows: np.ndarray) -> pd.DataFrame:
    """The table of passages, those with most characters of their own first."""
    starts = items["start"].to_numpy(dtype=np.int64)[sides.rows] if "start" in items else np.zeros(len(items), np.int64)
    first = {at: starts[rows[f"{at}item"]] + rows[f"{at}start"] for at in ENDS}
    plan = {at: sides.plans[rows[f"{at}item"]] for at in ENDS}
    keys = (first["other_"], plan["other_"], first[""], plan[""], -rows["n_own"])
    order = np.lexsort(keys)
    rows = rows[order]
    told: dict[str, Any] = {}
    for at in ENDS:
        facts = [sides.facts[number] for number in plan[at][order]]
        for name, fact in (("plan_id", "plan_id"), ("region", "region"), ("year", "plan_year"), ("written", "written")):
            told[f"{at}{name}"] = [own[fact] for own in facts]
        told[f"{at}item_id"] = _named(items, sides.rows[rows[f"{at}item"]])
        told[f"{at}start"] = first[at][order]
        told[f"{at}end"] = told[f"{at}start"] + rows[f"{at}end"] - rows[f"{at}start"]
        told[f"{at}text"] = sides.cut(rows[f"{at}item"], rows[f"{at}start"], rows[f"{at}end"])
    sources = [
        _source(sides.facts[a], sides.facts[b]) for a, b in zip(plan[""][order], plan["other_"][order], strict=True)
    ]
    told["source"], told["because"] = ([own[k] for own in sources] for k in (0, 1))
    numbers = {name: rows[name] for name in ("n_chars", "n_own")}
    shares = {name: rows[name].round(4) for name in ("alike", "formula")}
    return pd.DataFrame(told | numbers | shares)[COLUMNS]


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


def _named(items: pd.DataFrame, rows: np.ndarray) -> Any:
    return items["item_id"].iloc[rows].array if "item_id" in items else [None] * len(rows)
