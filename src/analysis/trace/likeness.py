"""How alike plans are: in the formulae that everybody writes, and in what is left without them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import formulae, frames
from analysis.trace.holdings import Holdings, Kinds, kinds
from analysis.trace.sides import Sides

MOST = 800  # plans of which all pairs are told
NEAREST = 10  # others told of each of more plans
BLOCK = 512  # plans that are compared with all others at a time
COLUMNS = [
    "plan_id",
    "region",
    "year",
    "other_plan_id",
    "other_region",
    "other_year",
    "formula",
    "substance",
    "n_shared",
]


def likeness(items: pd.DataFrame, upper: tuple[str, ...] = (), nearest: int | None = None) -> pd.DataFrame:
    """A row a pair of plans, those most alike in substance first.

    A shingle is a run of eight characters without punctuation; formula shingles are those that many places have and
    those that the table of formulae lists (see phrases).

    Args: items: rows with plan_id, text, and region, plan_year where known. upper: texts of higher levels, whose
        shingles count as formula. nearest: only so many others of each plan, those most alike in substance; all of them
        where None, of more than MOST plans the NEAREST.

    Returns: formula, 0 to 1: the share of the shorter plan that is formula which the other has as well; substance,
        0 to 1: once the formulae are taken out, the share of the shorter plan that the other has as well; n_shared:
        the shared shingles that are no formula.

    Raises: FrameError when items lack a column.
    """
    missing = [c for c in ("plan_id", "text") if c not in items.columns]
    if missing:
        raise frames.FrameError(f"items lacks {', '.join(missing)}; it has {', '.join(map(str, items.columns))}")
    sides = Sides(items)
    if nearest is None and len(sides.firsts) > MOST:
        nearest = NEAREST
    with tempfile.TemporaryDirectory(prefix="plans-") as folder:
        held = kinds(sides, formulae.known(sides.by_place, upper), Path(folder))
        if nearest is None:
            left, right = np.triu_indices(len(sides.firsts), 1)
            n_formula, n_shared = (kind.shared(0, len(kind.sizes))[left, right] for kind in held[:2])
        else:
            left, right = _nearest(held, nearest)
            n_formula, n_shared = (kind.of_pairs(left, right) for kind in held[:2])
    formula = _shares(n_formula, held.formula.sizes + held.substance.sizes, left, right)
    return _frame(sides, left, right, formula, _shares(n_shared, held.substance.sizes, left, right), n_shared)


def _nearest(held: Kinds, n: int) -> tuple[np.ndarray, np.ndarray]:
    """The pairs of plans of which one is among the n of the other that share most of the shorter one."""
    pairs = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *_best(held.rare, held.substance.sizes, n)]))
    return pairs >> 32, pairs & 0xFFFFFFFF


def _best(rare: Holdings, sizes: np.ndarray, n: int) -> Iterator[np.ndarray]:
    """For each plan its pairs with the n others that share most, packed into one number each."""
    for begin in range(0, len(sizes), BLOCK):
        for own, row in enumerate(rare.shared(begin, min(begin + BLOCK, len(sizes))), begin):
            row[own] = 0
            others = np.flatnonzero(row)
            shares = row[others] / np.minimum(sizes[own], sizes[others])
            best = others[np.argsort(-shares, kind="stable")[:n]]
            yield np.minimum(own, best) << 32 | np.maximum(own, best)


def _shares(n: np.ndarray, sizes: np.ndarray, left: np.ndarray, right: np.ndarray) -> list[float]:
    """What each pair shares of the shorter plan, 0 of nothing."""
    least = np.minimum(sizes[left], sizes[right])
    return [round(a / b, 6) if b else 0.0 for a, b in zip(n.tolist(), least.tolist(), strict=True)]


def _frame(
    sides: Sides, left: np.ndarray, right: np.ndarray, formula: list[float], substance: list[float], n: np.ndarray
) -> pd.DataFrame:
    told = {}
    for at, plans in (("", left.tolist()), ("other_", right.tolist())):
        for name, fact in (("plan_id", "plan_id"), ("region", "region"), ("year", "plan_year")):
            told[f"{at}{name}"] = [sides.facts[plan][fact] for plan in plans]
    found = pd.DataFrame(told | {"formula": formula, "substance": substance, "n_shared": n.astype(np.int64)})[COLUMNS]
    order = np.lexsort((right, left, -found["substance"].to_numpy(dtype=float)))
    return found.iloc[order].reset_index(drop=True)
