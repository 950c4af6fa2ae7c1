"""Which rows are given to coders."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.review.codes import need

WAYS = ("random", "hard", "stratified")


def sample(items: pd.DataFrame, n: int, how: str = "random", by: str = "region", seed: int = 0) -> pd.DataFrame:
    """n rows of a frame of items or metrics, in the order of the frame.

    Args:
        how: `random`; `hard` takes the rows that the machine was least sure of (domain_margin, for metrics
            indicator_confidence); `stratified` takes as many of each group as its share asks, at least one while n
            lasts.
        by: the column of the groups.

    Raises: ValueError when `how` is unknown or n is below 1; FrameError when a column is missing.
    """
    if how not in WAYS:
        raise ValueError(f"no sample is called {how!r}; there are {', '.join(WAYS)}")
    if n < 1:
        raise ValueError(f"a sample of {n} rows is none; ask for at least 1")
    places = _places(items, min(n, len(items)), how, by, np.random.default_rng(seed))
    return items.iloc[np.sort(places)].reset_index(drop=True)


def _places(items: pd.DataFrame, n: int, how: str, by: str, chance: np.random.Generator) -> np.ndarray:
    if how == "random":
        return chance.choice(len(items), size=n, replace=False)
    if how == "hard":
        unsure = items["domain_margin" if "domain_margin" in items else _confidence(items)]
        shuffled = chance.permutation(len(items))  # equal margins are drawn by chance
        order = np.argsort(unsure.fillna(0).to_numpy(dtype=float)[shuffled], kind="stable")
        return shuffled[order[:n]]
    need("items", items, by)
    return _stratified(items[by], n, chance)


def _confidence(items: pd.DataFrame) -> str:
    need("items", items, "indicator_confidence")
    return "indicator_confidence"


def _stratified(groups: pd.Series, n: int, chance: np.random.Generator) -> np.ndarray:
    """Rows by group: each group's rows are shuffled and numbered from 0 to 1; the n lowest numbers are taken."""
    codes, _ = pd.factorize(groups, use_na_sentinel=False, sort=True)
    shuffled = chance.permutation(len(groups))
    rank = pd.Series(codes[shuffled]).groupby(codes[shuffled]).cumcount().to_numpy()
    size = np.bincount(codes)[codes[shuffled]]
    order = np.lexsort((shuffled, rank / size))
    return shuffled[order[:n]]
