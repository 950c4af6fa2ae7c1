"""Items as rows of weighted words, the words of official formulae held down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from analysis import frames, shingles, words

LEAST_ITEMS = 20  # below this a topic would be a single item
LEAST_TERMS = 20
MOST_TERMS = 4000
COMMON = 0.3  # a term that more of the items hold names no topic
FORMULA_WEIGHT = 0.2  # what is left of a term that stands in formulae only


class Matrix(NamedTuple):
    """Items × terms: counts, and their weights (rows of length 1)."""

    items: pd.DataFrame
    terms: np.ndarray
    counts: sparse.csr_matrix
    weights: sparse.csr_matrix


def matrix(items: pd.DataFrame, terms: pd.DataFrame | None = None) -> Matrix | str:
    """The weighted words of items, or the reason why there are too few of them, as a sentence.

    Args: items: rows with item_id, plan_id, text. terms: the `terms` frame, else the words are cut here.

    Raises: FrameError when items lack a column.
    """
    need(items, "item_id", "plan_id", "text")
    held = items.drop_duplicates("item_id").reset_index(drop=True)
    if len(held) < LEAST_ITEMS:
        return f"{len(held)} items; topics need at least {LEAST_ITEMS}"
    bags = held["item_id"].map(_bags(held, terms)).map(lambda bag: bag if isinstance(bag, list) else [])
    return _counted(held, bags.tolist(), min_items=2 if len(held) < 200 else 3)


def need(frame: pd.DataFrame, *columns: str) -> None:
    """Nothing; raises FrameError when a frame of items lacks a column."""
    missing = [c for c in columns if c not in frame.columns]
    if missing:
        raise frames.FrameError(f"items lacks {', '.join(missing)}; it has {', '.join(map(str, frame.columns))}")


def _bags(items: pd.DataFrame, terms: pd.DataFrame | None) -> dict[str, list[str]]:
    """item_id → its content words, each as often as it stands there."""
    if terms is None:
        return dict(zip(items["item_id"], map(content_words, items["text"].fillna("")), strict=True))
    repeated = terms.loc[terms.index.repeat(terms["n"].astype(int))]
    return {str(item): list(own) for item, own in repeated.groupby("item_id")["term"]}


def content_words(text: str) -> list[str]:
    """The content words of a text, each as often as it stands there."""
    return [word for (word, _), n in words.content(shingles.simplified(text)).items() for _ in range(n)]


def _counted(items: pd.DataFrame, bags: list[list[str]], min_items: int) -> Matrix | str:
    holders = Counter(term for bag in bags for term in set(bag))
    most = COMMON * len(bags)
    usable = {t: n for t, n in holders.items() if min_items <= n <= most and len(t) > 1}
    if len(usable) < LEAST_TERMS:
        return f"{len(usable)} terms are shared by items; topics need at least {LEAST_TERMS}"
    chosen = sorted(sorted(usable, key=lambda t: (-usable[t], t))[:MOST_TERMS])
    counter = CountVectorizer(analyzer=list, vocabulary=chosen, lowercase=False)
    counts = counter.fit_transform(bags).tocsr()
    names = np.array(chosen, dtype=object)
    weights = _weighted(counts, _substance(items, names, counts))
    return Matrix(items, names, counts, weights)


def _weighted(counts: sparse.csr_matrix, substance: np.ndarray) -> sparse.csr_matrix:
    scaled = TfidfTransformer(sublinear_tf=True, norm=None).fit_transform(counts) @ sparse.diags(substance)
    lengths = np.sqrt(np.asarray(scaled.multiply(scaled).sum(axis=1))).ravel()
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(lengths, 1e-12)) @ scaled)


def _substance(items: pd.DataFrame, terms: np.ndarray, counts: sparse.csr_matrix) -> np.ndarray:
    """For each term 1 where it never stands in a formula, FORMULA_WEIGHT where it stands nowhere else."""
    inside = Counter(word for run in formula_runs(items) for word in content_words(run))
    total = np.asarray(counts.sum(axis=0)).ravel()
    share = np.minimum(1.0, np.array([inside[t] for t in terms]) / np.maximum(total, 1))
    return 1 - (1 - FORMULA_WEIGHT) * share


def formula_runs(items: pd.DataFrame) -> Iterable[str]:
    """Every run of characters in items that many places have word for word."""
    place = items["region"].fillna(items["plan_id"]) if "region" in items else items["plan_id"]
    texts = items["text"].fillna("")
    known = shingles.formula(texts.groupby(place).agg(list).to_dict())
    for text in texts.map(shingles.fold):
        for start, end in shingles.runs(text, known):
            yield text[start:end]
