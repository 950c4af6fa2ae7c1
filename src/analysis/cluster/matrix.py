"""Items as rows of weighted words, the words of official formulae held down."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

from analysis import formulae, frames, numerals, shingles, words

UNITS = ("words", "characters")
LEAST_ITEMS = 20  # below this a topic would be a single item
LEAST_TERMS = 20
MOST_TERMS = 4000
COMMON = 0.3  # a term that more of the items hold names no topic
FORMULA_WEIGHT = 0.2  # what is left of a term that stands in formulae only
MANY_PLACES = 5  # from here on a term must stand in the items of LEAST_PLACES: what only one place says names the place
LEAST_PLACES = 3

Token = tuple[str, str]
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


class TooFew(NamedTuple):
    """Why there is nothing to model, in Chinese and English."""

    zh: str
    en: str


class Matrix(NamedTuple):
    """Items × terms: counts, and their weights; a row is as long as its item is no formula, 1 at most.

    `tags` are the terms' parts of speech, `scale` what a word's weight is multiplied with, `sequences` for each item
    the places of its content words among the terms in order, -1 for words that are no terms, `formula` the share of it
    that is formula, `unit` what the terms are: words or characters.
    """

    items: pd.DataFrame
    terms: np.ndarray
    tags: np.ndarray
    counts: sparse.csr_matrix
    weights: sparse.csr_matrix
    scale: np.ndarray
    sequences: list[np.ndarray]
    formula: np.ndarray
    unit: str


def matrix(
    items: pd.DataFrame | Matrix | TooFew, terms: pd.DataFrame | None = None, unit: str = "words"
) -> Matrix | TooFew:
    """The weighted words of items, or why there are too few of them.

    Args:
        items: rows with item_id, plan_id, text; what was made of them before is given back, so that words which
            several calls need are cut once.
        terms: the `terms` frame, else the words are cut here.
        unit: "words", or "characters" for runs of two and three of them, which need no segmentation.

    Raises: FrameError when items lack a column.
    """
    if not isinstance(items, pd.DataFrame):
        return items
    need(items, "item_id", "plan_id", "text")
    held = items.drop_duplicates("item_id").reset_index(drop=True)
    if len(held) < LEAST_ITEMS:
        return TooFew(
            f"只有 {len(held)} 个条目，至少要 {LEAST_ITEMS} 个",
            f"{len(held)} items; topics need at least {LEAST_ITEMS}",
        )
    is_given = terms is not None and unit == "words"
    tokens = _given(held, terms) if is_given else [cut(text, unit) for text in held["text"].fillna("")]
    return _counted(held, tokens, unit)


def part(matrix: Matrix, rows: np.ndarray) -> Matrix:
    """Some rows of the matrix."""
    return matrix._replace(
        items=matrix.items.iloc[rows].reset_index(drop=True),
        counts=matrix.counts[rows],
        weights=matrix.weights[rows],
        sequences=[matrix.sequences[i] for i in rows],
        formula=matrix.formula[rows],
    )


def need(frame: pd.DataFrame, *columns: str) -> None:
    """Nothing; raises FrameError when a frame of items lacks a column."""
    missing = [c for c in columns if c not in frame.columns]
    if missing:
        raise frames.FrameError(f"items lacks {', '.join(missing)}; it has {', '.join(map(str, frame.columns))}")


def _given(items: pd.DataFrame, terms: pd.DataFrame) -> list[list[Token]]:
    """For each item its words of the `terms` frame, each as often as it stands there."""
    repeated = terms.loc[terms.index.repeat(terms["n"].astype(int))]
    bags = {
        item: list(zip(own["term"], own["pos"].fillna("n"), strict=True)) for item, own in repeated.groupby("item_id")
    }
    return [bags.get(item, []) for item in items["item_id"]]


def content_words(text: str) -> list[Token]:
    """The content words of a text in order, each with its part of speech; 百分点 and 人次 count and name nothing."""
    tokens, counting = words.tokens(shingles.simplified(text)), numerals.units()
    return [(word, tag) for word, tag in tokens if words.is_content(word, tag) and word not in counting]


def cut(text: str, unit: str) -> list[Token]:
    """The content words of a text in order, or its runs of two and three characters."""
    return content_words(text) if unit == "words" else _runs(text)


def _runs(text: str) -> list[Token]:
    parts = _HAN.findall(shingles.simplified(text))
    return [(part[i : i + n], "n") for part in parts for n in (2, 3) for i in range(len(part) - n + 1)]


def _counted(items: pd.DataFrame, tokens: list[list[Token]], unit: str) -> Matrix | TooFew:
    chosen = _chosen(items, tokens)
    if len(chosen) < LEAST_TERMS:
        return TooFew(
            f"条目共有的词只有 {len(chosen)} 个，至少要 {LEAST_TERMS} 个",
            f"{len(chosen)} terms are shared by items; topics need at least {LEAST_TERMS}",
        )
    at = {term: i for i, term in enumerate(chosen)}
    sequences = [np.array([at.get(word, -1) for word, _ in own], dtype=np.int32) for own in tokens]
    counts = counted(sequences, len(chosen))
    names = np.array(chosen, dtype=object)
    idf = TfidfTransformer(sublinear_tf=True, norm=None).fit(counts).idf_
    formula = _formulae(items)
    scale = idf * _substance(formula, at, counts, unit)
    substance = sparse.diags(np.minimum(1, 2 * (1 - formula.shares)).astype(np.float32))
    weights = sparse.csr_matrix(substance @ weighted(counts, scale))
    return Matrix(items, names, _tags(tokens, chosen), counts, weights, scale, sequences, formula.shares, unit)


def _chosen(items: pd.DataFrame, tokens: list[list[Token]]) -> list[str]:
    """The words that are neither rare nor everywhere nor of one place only, the most frequent of them."""
    holders = Counter(word for own in tokens for word in {word for word, _ in own if len(word) > 1})
    least, most = 2 if len(tokens) < 200 else 3, COMMON * len(tokens)
    place = formulae.places(items)
    n_places = place.nunique()
    if n_places >= MANY_PLACES:
        pairs = {(where, word) for where, own in zip(place, tokens, strict=True) for word, _ in own}
        found_in = Counter(word for _, word in pairs)
        holders = Counter({word: n for word, n in holders.items() if found_in[word] >= LEAST_PLACES})
    usable = {word: n for word, n in holders.items() if least <= n <= most}
    return sorted(sorted(usable, key=lambda word: (-usable[word], word))[:MOST_TERMS])


def _tags(tokens: list[list[Token]], chosen: list[str]) -> np.ndarray:
    """For each term its most frequent part of speech, the first of equals by name."""
    counts: dict[str, Counter[str]] = {term: Counter() for term in chosen}
    for word, tag in (token for own in tokens for token in own):
        if word in counts:
            counts[word][tag] += 1
    return np.array([min(counts[t], key=lambda tag: (-counts[t][tag], tag)) for t in chosen], dtype=object)


def counted(sequences: list[np.ndarray], n_terms: int) -> sparse.csr_matrix:
    """Texts × terms: how often each term stands in each sequence of places among the terms."""
    known = [own[own >= 0] for own in sequences]
    rows = np.repeat(np.arange(len(known)), [len(own) for own in known])
    columns = np.concatenate([*known, np.zeros(0, dtype=np.int32)])
    found = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(known), n_terms))
    found.sum_duplicates()
    return found


def weighted(counts: sparse.csr_matrix, scale: np.ndarray) -> sparse.csr_matrix:
    """Counts as weights: 1 + log n times the term's scale, rows of length 1."""
    logs = counts.copy()
    logs.data = 1 + np.log(logs.data)
    scaled = logs @ sparse.diags(scale)
    lengths = np.sqrt(np.asarray(scaled.multiply(scaled).sum(axis=1))).ravel()
    unit = sparse.csr_matrix(sparse.diags(1 / np.maximum(lengths, 1e-12)) @ scaled)
    return unit.astype(np.float32)  # a third faster than double, and 20,000 items get the same topics


def _substance(formula: Formula, at: dict[str, int], counts: sparse.csr_matrix, unit: str = "words") -> np.ndarray:
    """For each term 1 where it never stands in a formula, FORMULA_WEIGHT where it stands nowhere else."""
    inside = np.zeros(len(at))
    for run, n in Counter(formula.runs).items():
        for word, _ in cut(run, unit):
            if word in at:
                inside[at[word]] += n
    total = np.asarray(counts.sum(axis=0)).ravel()
    return 1 - (1 - FORMULA_WEIGHT) * np.minimum(1.0, inside / np.maximum(total, 1))


class Formula(NamedTuple):
    """Every run of characters in items that is formula, and for each item the share of it that is."""

    runs: list[str]
    shares: np.ndarray


def _formulae(items: pd.DataFrame) -> Formula:
    """What is formula in items: many places have it word for word, or the table lists it."""
    known, runs, shares = formulae.of(items), [], np.zeros(len(items))
    for i, text in enumerate(map(shingles.fold, items["text"].fillna(""))):
        own = [text[start:end] for start, end in shingles.runs(text, known)]
        shares[i] = sum(map(len, own)) / max(len(text), 1)
        runs += own
    return Formula(runs, shares)
