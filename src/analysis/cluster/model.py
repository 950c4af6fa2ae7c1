"""Topic models: items × topics and topics × terms, the same from the same seed."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from sklearn.cluster import HDBSCAN
from sklearn.decomposition import NMF, LatentDirichletAllocation, non_negative_factorization

from analysis.cluster.matrix import Matrix

METHODS = ("nmf", "lda", "density")
ROUNDS = 80  # always so many: of 3,900 items at least 96 % keep their topic for 300
LEAST_CLUSTER = 5  # items of a dense group
HALVINGS = 6  # how often the least size of a dense group is halved in search of the number asked for


class Model(NamedTuple):
    """Items × topics (how much of an item a topic is, rows sum to 1 or 0) and topics × terms (rows sum to 1)."""

    items: np.ndarray
    terms: np.ndarray


def fit(
    matrix: Matrix,
    n_topics: int,
    seed: int,
    method: str = "nmf",
    rows: np.ndarray | None = None,
    space: np.ndarray | None = None,
    start: str = "nndsvdar",
) -> Model:
    """A model of all items, or of some rows of them.

    Args:
        space: items × dimensions, in which `density` looks for dense groups; the others need none.
        start: how NMF starts: from the singular vectors (`nndsvdar`) or at random (`random`).

    Source: NMF after Lee and Seung 1999 by coordinate descent, started as Boutsidis and Gallopoulos 2008 with random
    filling; LDA after Hoffman 2010; HDBSCAN after Campello 2013; all as in scikit-learn.

    Raises: ValueError when the method is unknown.
    """
    if method == "nmf":
        return _nmf(_of(matrix.weights, rows), n_topics, seed, start)
    if method == "lda":
        return _lda(_of(matrix.counts, rows), n_topics, seed)
    if method == "density" and space is not None:
        return _density(_of(matrix.weights, rows), _of(space, rows), n_topics)
    raise ValueError(f"method {method!r} is unknown; there are {', '.join(METHODS)}")


def _of(values: Any, rows: np.ndarray | None) -> Any:
    return values if rows is None else values[rows]


def _nmf(weights: Any, n_topics: int, seed: int, start: str) -> Model:
    model = NMF(n_topics, init=start, random_state=seed, max_iter=ROUNDS, tol=0)
    with np.errstate(invalid="ignore"):  # an error of 0 is measured as the root of -1e-17
        loads = model.fit_transform(weights)
    sizes = model.components_.sum(axis=1)
    return Model(shared((loads * sizes).astype(float)), shared(model.components_.astype(float)))


def _lda(counts: Any, n_topics: int, seed: int) -> Model:
    model = LatentDirichletAllocation(n_topics, random_state=seed, learning_method="online", max_iter=10)
    return Model(shared(model.fit_transform(counts)), shared(model.components_))


def _density(weights: Any, space: np.ndarray, n_topics: int) -> Model:
    """Dense groups, about as many as asked for; items outside of them have no topic."""
    n = len(space)
    sizes = sorted({max(LEAST_CLUSTER, n // (2**i * n_topics)) for i in range(1, HALVINGS + 1)}, reverse=True)
    best = min((_groups(space, size) for size in sizes), key=lambda found: abs(found[0].max() + 1 - n_topics))
    groups, sure = best
    if groups.max() < 0:  # nothing is dense: all are one
        groups, sure = np.zeros(n, dtype=int), np.ones(n)
    items = np.zeros((n, groups.max() + 1))
    items[groups >= 0, groups[groups >= 0]] = np.maximum(sure[groups >= 0], 1e-6)
    return Model(shared(items), shared(np.asarray(items.T @ weights, dtype=float)))


def _groups(space: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    found = HDBSCAN(min_cluster_size=size, min_samples=LEAST_CLUSTER, copy=True).fit(space)
    return found.labels_, found.probabilities_


def shared(values: np.ndarray) -> np.ndarray:
    """Rows that sum to 1, those of nothing left at 0."""
    total = values.sum(axis=1, keepdims=True)
    return values / np.where(total > 0, total, 1.0)


def placed(model: Model, weights: Any) -> np.ndarray:
    """Other items × the topics of a model (rows sum to 1 or 0)."""
    if not weights.shape[0]:
        return np.zeros((0, len(model.terms)))
    loads, _, _ = non_negative_factorization(
        weights, H=model.terms.astype(weights.dtype), n_components=len(model.terms), init="custom", update_H=False,
        max_iter=ROUNDS, tol=1e-6,
    )  # fmt: skip
    return shared(loads.astype(float))


def top_terms(model: Model, n: int = 10) -> np.ndarray:
    """For each topic the places of its n heaviest terms, heaviest first."""
    return np.argsort(-model.terms, axis=1, kind="stable")[:, :n]


def main_topics(model: Model) -> np.ndarray:
    """For each item the place of its heaviest topic, -1 where it holds none."""
    return heaviest(model.items)


def heaviest(loads: np.ndarray) -> np.ndarray:
    """For each row the place of its heaviest column, -1 where all are 0."""
    return np.where(loads.sum(axis=1) > 0, loads.argmax(axis=1), -1)
