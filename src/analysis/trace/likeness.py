"""How alike plans are: in the formulae that everybody writes, and in what is left without them."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from analysis import formulae, frames, shingles

MOST = 800  # plans: all pairs of more are a job for reuse()
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


def likeness(items: pd.DataFrame, upper: tuple[str, ...] = ()) -> pd.DataFrame:
    """A row a pair of plans, those most alike in substance first.

    A shingle is a run of eight characters without punctuation; formula shingles are those that many places have and
    those that the table of formulae lists (see phrases).

    Args: items: rows with plan_id, text, and region, plan_year where known. upper: texts of higher levels, whose
        shingles count as formula.

    Returns: formula, 0 to 1: the share of the shorter plan that is formula which the other has as well; substance,
        0 to 1: once the formulae are taken out, the share of the shorter plan that the other has as well; n_shared:
        the shared shingles that are no formula.

    Raises: FrameError when items lack a column or there are more than MOST plans.
    """
    missing = [c for c in ("plan_id", "text") if c not in items.columns]
    if missing:
        raise frames.FrameError(f"items lacks {', '.join(missing)}; it has {', '.join(map(str, items.columns))}")
    facts = _facts(items)
    if len(facts) > MOST:
        raise frames.FrameError(f"{len(facts)} plans make too many pairs; take at most {MOST}, or use trace.reuse")
    known = formulae.of(items, upper)
    own = {str(plan): _split(texts.fillna(""), known) for plan, texts in items.groupby("plan_id")["text"]}
    rows = [_row(a, b, own, facts) for a, b in combinations(sorted(own), 2)]
    found = pd.DataFrame(rows, columns=COLUMNS)
    return found.sort_values(
        ["substance", "plan_id", "other_plan_id"], ascending=[False, True, True], ignore_index=True
    )


def _facts(items: pd.DataFrame) -> dict[str, tuple[Any, Any]]:
    first = items.drop_duplicates("plan_id").reindex(columns=["plan_id", "region", "plan_year"])
    return {plan: (region, year) for plan, region, year in first.itertuples(index=False)}


def _split(texts: pd.Series, known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A plan's shingles that are formula, and the others."""
    held = np.unique(np.concatenate([shingles.hashes(shingles.fold(t), shingles.PHRASE) for t in texts]))
    is_formula = np.isin(held, known, assume_unique=True)
    return held[is_formula], held[~is_formula]


def _row(a: str, b: str, own: dict[str, tuple[np.ndarray, np.ndarray]], facts: dict[str, tuple[Any, Any]]) -> tuple:
    formula, substance = (len(np.intersect1d(x, y, assume_unique=True)) for x, y in zip(own[a], own[b], strict=True))
    length, others = min(sum(map(len, own[a])), sum(map(len, own[b]))), min(len(own[a][1]), len(own[b][1]))
    shares = (round(n / m, 6) if m else 0.0 for n, m in ((formula, length), (substance, others)))
    return a, *facts[a], b, *facts[b], *shares, substance
