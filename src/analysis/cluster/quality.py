"""How far topics can be trusted: other starts on other samples, coherence, exclusivity, left-out items."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from joblib import Parallel, delayed
from scipy.optimize import linear_sum_assignment

from analysis.cluster import coherence, heldout
from analysis.cluster.matrix import Matrix
from analysis.cluster.model import Model, fit, main_topics, top_terms

KEPT = 0.8  # the share of items in a sample; the others are left out to be foretold
STABLE = 0.6  # Hennig 2007: below 0.6 a cluster is not to be trusted


class Plan(NamedTuple):
    """What is fitted again and again: the matrix, the method with its space, the samples' seeds, fits at a time."""

    matrix: Matrix
    method: str
    space: np.ndarray | None
    seeds: tuple[int, ...]
    jobs: int

    def model(self, n_topics: int, seed: int) -> Model:
        """The model of all items, from the singular vectors."""
        return fit(self.matrix, n_topics, seed, self.method, space=self.space)


class Trial(NamedTuple):
    """A model from another start on another sample: for each topic of the model of all items how much of it came back
    (Jaccard share of its items), its own top words and exclusivity, and how well it foretells the items left out."""

    back: np.ndarray
    tops: np.ndarray
    exclusivity: float
    fit: heldout.Fit


class Trials(NamedTuple):
    """A model of all items and what other starts on other samples made of it."""

    model: Model
    others: list[Trial]

    @property
    def stability(self) -> np.ndarray:
        """For each topic how much of its items comes back, on average."""
        return np.asarray(np.mean([trial.back for trial in self.others], axis=0))


def trials(plan: Plan, sizes: list[int], seed: int) -> list[Trials]:
    """For each number of topics the model of all items and the trials that test it."""
    with Parallel(n_jobs=plan.jobs, prefer="threads") as run:
        models = list(run(delayed(plan.model)(k, seed) for k in sizes))
        asked = [(k, model, s) for k, model in zip(sizes, models, strict=True) for s in plan.seeds]
        others = list(run(delayed(_trial)(plan, k, model, s) for k, model, s in asked))
    n = len(plan.seeds)
    return [Trials(model, others[i * n : (i + 1) * n]) for i, model in enumerate(models)]


def _trial(plan: Plan, n_topics: int, model: Model, seed: int) -> Trial:
    held = plan.matrix
    n = held.counts.shape[0]
    is_kept = np.zeros(n, dtype=bool)
    is_kept[np.random.default_rng(seed).choice(n, size=max(min(n, n_topics), int(KEPT * n)), replace=False)] = True
    rows = np.flatnonzero(is_kept)
    other = fit(held, n_topics, seed, plan.method, rows, plan.space, start="random")
    tops = top_terms(other)
    return Trial(
        overlap(main_topics(model)[rows], main_topics(other), len(model.terms), len(other.terms)),
        tops,
        float(exclusivity(other, tops).mean()),
        heldout.fit(other, held.counts[rows], held.counts[~is_kept], seed),
    )


def overlap(own: np.ndarray, other: np.ndarray, n_own: int, n_other: int) -> np.ndarray:
    """For each topic the Jaccard share of items that its counterpart in another model has, 0 where it has none.

    Counterparts are matched one to one so that the shares sum to the most.

    Args: own, other: for each item its main topic from 0, -1 for none.

    Source: Hennig 2007, "Cluster-wise assessment of cluster stability", with one-to-one matching in place of the best.
    """
    both = np.zeros((n_own, n_other))
    known = (own >= 0) & (other >= 0)
    np.add.at(both, (own[known], other[known]), 1)
    mine, theirs = np.bincount(own[own >= 0], minlength=n_own), np.bincount(other[other >= 0], minlength=n_other)
    shares = both / np.maximum(mine[:, None] + theirs[None, :] - both, 1)
    rows, columns = linear_sum_assignment(-shares)
    found = np.zeros(n_own)
    found[rows] = shares[rows, columns]
    return found


def exclusivity(model: Model, tops: np.ndarray) -> np.ndarray:
    """For each topic the mean share of its top terms' weight that is its own and not other topics'."""
    share = model.terms / np.maximum(model.terms.sum(axis=0), 1e-12)
    return np.array([share[topic, row].mean() for topic, row in enumerate(tops)])


class Company:
    """Which words stand together, in items and in windows, counted once for all words that are asked of."""

    def __init__(self, held: Matrix, tops: list[np.ndarray]) -> None:
        self.used = np.unique(np.concatenate([row.ravel() for row in tops]))
        self.items = coherence.together(held.counts, self.used)
        self.windows = coherence.together(coherence.windows(held.sequences, len(held.terms)), self.used)

    def npmi(self, tops: np.ndarray) -> np.ndarray:
        """For each topic the mean NPMI of its top words in items."""
        return np.array([coherence.pairwise(self._of(self.items, row)) for row in tops])

    def c_v(self, tops: np.ndarray) -> np.ndarray:
        """For each topic C_V of its top words in windows."""
        return np.array([coherence.c_v(self._of(self.windows, row)) for row in tops])

    def _of(self, shares: np.ndarray, row: np.ndarray) -> np.ndarray:
        at = np.searchsorted(self.used, row)
        return shares[np.ix_(at, at)]
