"""Do topics foretell words that they were not fitted to?"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import sparse

from analysis.cluster.model import Model

PASSES = 20
BACKGROUND = 0.1  # the part that plain word frequencies keep in every prediction, so that none is 0


class Fit(NamedTuple):
    """Perplexity of the words that were kept back, and the bits a word that topics save over plain frequencies."""

    perplexity: float
    gain: float


def fit(model: Model, counts: sparse.csr_matrix, left_out: sparse.csr_matrix, seed: int) -> Fit:
    """How well topics complete items that they were not fitted to.

    One half of each left-out item's words places it among the topics, the other half is foretold. The words of a topic
    are counted from the items fitted, so that all methods are measured by the same rule; nan without left-out words.

    Args: model: of the items of `counts`. left_out: other items × the same terms, counted.
    Source: document completion, Wallach et al. 2009, "Evaluation methods for topic models"; the placing is the fold-in of
    Hofmann 1999, "Probabilistic latent semantic indexing".
    """
    plain = _smoothed(np.asarray(counts.sum(axis=0)))[0]
    topics = _smoothed(model.items.T @ counts)
    seen, hidden = _halves(left_out, seed)
    if not hidden.sum():
        return Fit(np.nan, np.nan)
    loads = _folded_in(seen, topics)
    hits = hidden.tocoo()
    told = (1 - BACKGROUND) * (loads[hits.row] * topics.T[hits.col]).sum(axis=1) + BACKGROUND * plain[hits.col]
    bits = -float((hits.data * np.log2(told)).sum() / hits.data.sum())
    base = -float((hits.data * np.log2(plain[hits.col])).sum() / hits.data.sum())
    return Fit(2**bits, base - bits)


def _smoothed(counts: np.ndarray) -> np.ndarray:
    """Rows of probabilities, a hundredth of a count added to each term."""
    added = np.asarray(counts) + 0.01
    return np.asarray(added / added.sum(axis=1, keepdims=True))


def _halves(counts: sparse.csr_matrix, seed: int) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Each word in one of two halves, by chance."""
    first, second = counts.copy(), counts.copy()
    first.data = np.random.default_rng(seed).binomial(counts.data.astype(int), 0.5).astype(float)
    second.data = counts.data - first.data
    first.eliminate_zeros()
    second.eliminate_zeros()
    return first, second


def _folded_in(counts: sparse.csr_matrix, topics: np.ndarray) -> np.ndarray:
    """Items × topics by expectation and maximisation, the topics' words held fixed."""
    held = counts.tocoo()
    likely = topics.T[held.col]
    loads = np.full((counts.shape[0], len(topics)), 1 / len(topics))
    for _ in range(PASSES):
        told = (loads[held.row] * likely).sum(axis=1)
        ratio = sparse.csr_matrix((held.data / told, (held.row, held.col)), shape=counts.shape)
        loads = loads * (ratio @ topics.T) + 1e-9
        loads /= loads.sum(axis=1, keepdims=True)
    return loads
