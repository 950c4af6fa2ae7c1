"""The formulae themselves, for reading and editing."""

from __future__ import annotations

import pandas as pd

from analysis import formulae, shingles


def phrases(items: pd.DataFrame, upper: tuple[str, ...] = ()) -> pd.DataFrame:
    """A row a formula of the items: phrase, n_places, n_plans, n; the most spread first.

    What is none goes with `substance` into the column `counts` of common/formulae.csv in a codebook of one's own, what
    is missing with `formula`; a phrase has at least eight characters. Likeness, reuse, topics and the ledger all read
    that table.
    """
    hashes, place = formulae.of(items, upper), formulae.places(items)
    rows = [
        (text[start:end], where, plan)
        for raw, where, plan in zip(items["text"].fillna(""), place, items["plan_id"], strict=True)
        for text in [shingles.fold(raw)]
        for start, end in shingles.runs(text, hashes)
    ]
    frame = pd.DataFrame(rows, columns=["phrase", "place", "plan_id"])
    counts = frame.groupby("phrase").agg(
        n_places=("place", "nunique"), n_plans=("plan_id", "nunique"), n=("place", "size")
    )
    spread = counts[counts["n_places"] > 1].reset_index()
    return spread.sort_values(["n_places", "n", "phrase"], ascending=[False, False, True], ignore_index=True)
