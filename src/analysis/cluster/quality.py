"""How far topics can be trusted: coherence, exclusivity, stability, and the choice of their number."""

from __future__ import annotations

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from scipy import sparse
from scipy.optimize import linear_sum_assignment

from analysis.cluster.matrix import Matrix
from analysis.cluster.model import Model, fit, main_topics, top_terms

GRID = (4, 6, 8, 10, 12, 15, 20)
ITEMS_A_TOPIC = 10  # fewer items a topic than this are not asked of the grid
SAMPLE = 3000  # items by which the number of topics is chosen
KEPT = 0.8  # the share of items in a resample
NEARLY = 0.05  # stability is measured from a few starts: less is no difference
STABLE = 0.6  # Hennig 2007: below 0.6 a cluster is not to be trusted


def npmi(counts: sparse.csr_matrix, tops: np.ndarray) -> np.ndarray:
    """The coherence of each topic: the mean normalised pointwise mutual information of its top terms in items.

    1 where they always stand together, 0 where by chance, -1 where never.

    Source: Bouma 2009, "Normalized (pointwise) mutual information in collocation extraction".
    """
    n = counts.shape[0]
    used, places = np.unique(tops, return_inverse=True)
    held = (counts[:, used] > 0).astype(np.float64)
    together = np.asarray((held.T @ held).todense()) / n
    alone = np.diag(together)
    places = places.reshape(tops.shape)
    return np.array([_npmi_of(together[np.ix_(row, row)], alone[row]) for row in places])


def _npmi_of(together: np.ndarray, alone: np.ndarray) -> float:
    left, right = np.triu_indices(len(alone), 1)
    joint, chance = together[left, right], alone[left] * alone[right]
    met = joint > 0
    values = np.full(len(left), -1.0)
    always = met & (joint >= 1)
    partly = met & ~always
    values[always] = 1.0
    values[partly] = np.log(joint[partly] / chance[partly]) / -np.log(joint[partly])
    return float(values.mean()) if len(values) else 0.0


def exclusivity(model: Model, tops: np.ndarray) -> np.ndarray:
    """For each topic the mean share of its top terms' weight that is its own and not other topics'."""
    share = model.terms / np.maximum(model.terms.sum(axis=0), 1e-12)
    return np.array([share[topic, row].mean() for topic, row in enumerate(tops)])


def overlap(own: np.ndarray, other: np.ndarray, n_topics: int) -> np.ndarray:
    """For each topic the Jaccard share of items that its counterpart in another model has.

    Counterparts are matched one to one so that the shares sum to the most.

    Args: own, other: for each item its main topic from 0, -1 for none.

    Source: Hennig 2007, "Cluster-wise assessment of cluster stability", with one-to-one matching in place of the best.
    """
    both = np.zeros((n_topics, n_topics))
    known = (own >= 0) & (other >= 0)
    np.add.at(both, (own[known], other[known]), 1)
    mine, theirs = (np.bincount(v[v >= 0], minlength=n_topics) for v in (own, other))
    shares = both / np.maximum(mine[:, None] + theirs[None, :] - both, 1)
    rows, columns = linear_sum_assignment(-shares)
    return shares[rows, columns]


def stability(matrix: Matrix, model: Model, seeds: list[int], method: str) -> np.ndarray:
    """For each topic how much of its items comes back, on average, from other starts and resamples of the items."""
    shares = Parallel(n_jobs=2, prefer="threads")(delayed(_again)(matrix, model, s, method) for s in seeds)
    return np.mean(list(shares), axis=0)


def _again(matrix: Matrix, model: Model, seed: int, method: str) -> np.ndarray:
    n, n_topics = model.items.shape
    rows = np.sort(np.random.default_rng(seed).choice(n, size=max(n_topics, int(KEPT * n)), replace=False))
    other = fit(matrix, n_topics, seed, method, rows)
    return overlap(main_topics(model)[rows], main_topics(other), n_topics)


def grid(n_items: int) -> list[int]:
    """The numbers of topics that are tried for so many items."""
    return [k for k in GRID if k * ITEMS_A_TOPIC <= n_items] or [2]


def curve(matrix: Matrix, sizes: list[int], seed: int, n_seeds: int, method: str) -> pd.DataFrame:
    """A row a number of topics: n_topics, coherence, exclusivity, stability, chosen.

    Chosen is the most coherent of those that are nearly as stable as the most stable: coherence alone grows with the
    number of topics.
    """
    sample = _sampled(matrix, seed)
    rows = [_row(sample, k, seed, n_seeds, method) for k in sizes]
    frame = pd.DataFrame(rows, columns=["n_topics", "coherence", "exclusivity", "stability"]).round(6)
    is_near = frame["stability"] >= frame["stability"].max() - NEARLY
    best = frame["coherence"].where(is_near).to_numpy()
    return frame.assign(chosen=np.arange(len(frame)) == int(np.nanargmax(best)))


def _row(matrix: Matrix, n_topics: int, seed: int, n_seeds: int, method: str) -> tuple[int, float, float, float]:
    model = fit(matrix, n_topics, seed, method)
    tops = top_terms(model)
    again = stability(matrix, model, list(range(seed + 1, seed + 1 + n_seeds)), method)
    coherence = npmi(matrix.counts, tops).mean()
    return n_topics, float(coherence), float(exclusivity(model, tops).mean()), float(again.mean())


def _sampled(matrix: Matrix, seed: int) -> Matrix:
    n = matrix.weights.shape[0]
    if n <= SAMPLE:
        return matrix
    rows = np.sort(np.random.default_rng(seed).choice(n, SAMPLE, replace=False))
    return Matrix(matrix.items.iloc[rows], matrix.terms, matrix.counts[rows], matrix.weights[rows])
