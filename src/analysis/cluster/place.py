"""Items on a plane: near ones say alike things."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE
from threadpoolctl import threadpool_limits

from analysis.cluster import embed
from analysis.cluster.matrix import Matrix, TooFew, matrix

MOST_POINTS = 5000  # above this the plane is that of the first two components
HOVER = 60
COLUMNS = ["item_id", "plan_id", "region", "plan_year", "domain", "topic", "label", "label_en", "x", "y", "hover"]


def map(
    items: pd.DataFrame | Matrix | TooFew,
    terms: pd.DataFrame | None = None,
    seed: int = 0,
    *,
    tables: dict[str, pd.DataFrame] | None = None,
    embedder: str | embed.Embedder = "words",
) -> pd.DataFrame:
    """A row an item: item_id, plan_id, region, plan_year, domain, topic, label, x, y (no unit), hover (how it begins).

    t-SNE over the first components of the weighted words; only nearness means something, not the axes. Empty, with
    the reason in `attrs`, where there are too few items.

    Args:
        tables: what topics() gave for these items; without it topic and label are null.
        embedder: what is near: "words", "characters", "semantic" (an extra) or a function of texts.

    Source: van der Maaten and Hinton 2008, "Visualizing data using t-SNE".
    """
    held = matrix(items, terms)
    if isinstance(held, TooFew):
        empty = pd.DataFrame(columns=COLUMNS)
        empty.attrs["reason"] = held.en
        return empty
    with threadpool_limits(1):  # the same sums in the same order
        plane = _plane(embed.space(held, embedder, seed), seed)
    hover = held.items["text"].fillna("").str.slice(0, HOVER)
    found = held.items.assign(x=plane[:, 0].round(4), y=plane[:, 1].round(4), hover=hover)
    return _named(found, tables).reindex(columns=COLUMNS)


def _named(items: pd.DataFrame, tables: dict[str, pd.DataFrame] | None) -> pd.DataFrame:
    if tables is None:
        return items
    topic = tables["assignments"].set_index("item_id")["topic"]
    names = tables["topics"][["topic", "label", "label_en"]]
    return items.assign(topic=items["item_id"].map(topic)).merge(names, on="topic", how="left")


def _plane(space: np.ndarray, seed: int) -> np.ndarray:
    n = len(space)
    flat = PCA(2, random_state=seed).fit_transform(space)
    if n > MOST_POINTS:
        return np.asarray(flat)
    start = flat / max(float(flat[:, 0].std()), 1e-12) * 1e-4
    near = TSNE(2, perplexity=min(30.0, (n - 1) / 4), init=start, max_iter=500, random_state=seed)
    return np.asarray(near.fit_transform(space))
