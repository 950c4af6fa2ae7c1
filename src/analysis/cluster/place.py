"""Items on a plane: near ones say alike things."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.manifold import TSNE
from threadpoolctl import threadpool_limits

from analysis.cluster.matrix import Matrix, matrix

MOST_POINTS = 5000  # above this the plane is that of the first two components
HOVER = 60


def map(items: pd.DataFrame, terms: pd.DataFrame | None = None, seed: int = 0) -> pd.DataFrame:
    """A row an item: item_id, plan_id, region, domain, x, y (without unit), hover (the beginning of its text).

    t-SNE over the first components of the weighted words; only nearness means something, not the axes. Empty, with
    the reason in `attrs`, where there are too few items.

    Source: van der Maaten and Hinton 2008, "Visualizing data using t-SNE".
    """
    held = matrix(items, terms)
    if isinstance(held, str):
        empty = pd.DataFrame(columns=["item_id", "plan_id", "region", "domain", "x", "y", "hover"])
        empty.attrs["reason"] = held
        return empty
    with threadpool_limits(1):  # the same sums in the same order
        plane = _plane(held, seed)
    found = held.items.reindex(columns=["item_id", "plan_id", "region", "domain"])
    hover = held.items["text"].fillna("").str.slice(0, HOVER)
    return found.assign(x=plane[:, 0].round(4), y=plane[:, 1].round(4), hover=hover)


def _plane(held: Matrix, seed: int) -> np.ndarray:
    n = held.weights.shape[0]
    parts = min(30, *(size - 1 for size in held.weights.shape))
    space = TruncatedSVD(parts, random_state=seed).fit_transform(held.weights)
    flat = PCA(2, random_state=seed).fit_transform(space)
    if n > MOST_POINTS:
        return flat
    start = flat / max(float(flat[:, 0].std()), 1e-12) * 1e-4
    return TSNE(2, perplexity=min(30.0, (n - 1) / 4), init=start, max_iter=500, random_state=seed).fit_transform(space)
