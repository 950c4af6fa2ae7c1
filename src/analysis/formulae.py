"""The official formulae: learnt from the corpus, given with upper-level texts, and edited in a table."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

import numpy as np
import pandas as pd

from analysis import lexicon, shingles

TABLE = "common/formulae"  # phrase and what it counts as: formula, or substance where the corpus says otherwise


def known(texts: Mapping[Hashable, Iterable[str]], upper: Iterable[str] = (), n: int = shingles.PHRASE) -> np.ndarray:
    """The hashes, sorted, of the runs of n folded characters that are formula.

    Args: texts: place → its texts, from which formulae are learnt. upper: texts of higher levels, which lower ones
        repeat by duty.
    """
    listed = {counts: _hashes(counts, n) for counts in ("formula", "substance")}
    learnt = np.union1d(shingles.formula(texts, upper, n), listed["formula"])
    return np.setdiff1d(learnt, listed["substance"], assume_unique=True)


def _hashes(counts: str, n: int) -> np.ndarray:
    rows = lexicon.table(TABLE) if lexicon.has(TABLE) else []
    own = [shingles.hashes(shingles.fold(row["phrase"]), n) for row in rows if row["counts"] == counts]
    return np.unique(np.concatenate([*own, np.zeros(0, dtype=np.uint64)]))


def of(items: pd.DataFrame, upper: tuple[str, ...] = ()) -> np.ndarray:
    """The formulae of items: the hashes of runs of eight characters that many places have, with the table laid over."""
    return known(items["text"].fillna("").groupby(places(items)).agg(list).to_dict(), upper)


def places(items: pd.DataFrame) -> pd.Series:
    """The place of each item; a plan of no known place is its own."""
    return items["region"].fillna(items["plan_id"]) if "region" in items else items["plan_id"]
