"""Do the top words of a topic stand together? Counted in items (NPMI) and in windows of words (c_v)."""

from __future__ import annotations

import numpy as np
from scipy import sparse

WINDOW = 110  # content words, as Röder et al. use
MOST_WINDOWS = 200_000  # above it windows move on by more than a word
TINY = 1e-12


def windows(sequences: list[np.ndarray], n_terms: int, size: int = WINDOW) -> sparse.csr_matrix:
    """Windows × terms: whether a term stands in a window of `size` words; a shorter sequence is one window.

    The window moves on by one word, by more where there would be more than MOST_WINDOWS.

    Args: sequences: for each text the places of its words among the terms, -1 for other words.
    """
    hop = 1 + sum(max(0, len(own) - size) for own in sequences) // MOST_WINDOWS
    parts = [own[start : start + size] for own in sequences for start in range(0, max(0, len(own) - size) + 1, hop)]
    known = [part[part >= 0] for part in parts]
    rows = np.repeat(np.arange(len(known)), [len(part) for part in known])
    columns = np.concatenate([*known, np.zeros(0, dtype=np.int32)])
    found = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(known), n_terms))
    found.sum_duplicates()
    found.data[:] = 1.0
    return found


def together(held: sparse.csr_matrix, used: np.ndarray) -> np.ndarray:
    """Terms × terms: the share of rows that hold both; the diagonal is the share that holds the term.

    Args: used: the places of the terms.
    """
    own = (held[:, used] > 0).astype(np.float64)
    return np.asarray((own.T @ own).todense()) / max(held.shape[0], 1)


def npmi(joint: np.ndarray, alone: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Normalised pointwise mutual information: 1 always together, 0 by chance, -1 never.

    Source: Bouma 2009, "Normalized (pointwise) mutual information in collocation extraction".
    """
    seen = np.clip(joint, TINY, 1 - TINY)
    found = np.log(seen / np.maximum(alone * other, TINY)) / -np.log(seen)
    return np.where(joint <= 0, -1.0, np.where(joint >= 1, 1.0, found))


def pairwise(shares: np.ndarray) -> float:
    """The mean NPMI of all pairs of a topic's words; 0 of a single word.

    Args: shares: the words' part of `together`.
    """
    left, right = np.triu_indices(len(shares), 1)
    alone = np.diag(shares)
    return float(npmi(shares[left, right], alone[left], alone[right]).mean()) if len(left) else 0.0


def c_v(shares: np.ndarray) -> float:
    """How alike a topic's words are in the company that they keep among each other: 1 at most.

    Each word is the vector of its NPMI with all words of the topic; the mean of its cosine with the sum of all vectors.

    Args: shares: the words' part of `together`, counted in windows.
    Source: Röder, Both and Hinneburg 2015, "Exploring the space of topic coherence measures": C_V.
    """
    alone = np.diag(shares)
    seen = np.minimum(shares + TINY, 1 - TINY)  # theirs: a pair never seen has a chance of TINY
    vectors = np.log(seen / np.outer(alone, alone)) / -np.log(seen)
    np.fill_diagonal(vectors, 1.0)
    whole = vectors.sum(axis=0)
    lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(whole)
    return float((vectors @ whole / np.maximum(lengths, TINY)).mean())
