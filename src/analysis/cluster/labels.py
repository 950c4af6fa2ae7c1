"""What a topic is called: representative terms, the closest codebook domain, representative sentences."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from analysis.cluster.matrix import Matrix
from analysis.cluster.model import Model

N_TERMS = 10
N_LABEL = 3
N_SENTENCES = 3
HELD = 0.25  # the share of terms by which an edited label finds its topic again: four of ten, other topics share one

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")


def frex(model: Model) -> np.ndarray:
    """Topics × terms: the harmonic mean of a term's rank by frequency in the topic and by exclusivity to it, 0 to 1.

    Source: Bischof and Airoldi 2012, "Summarizing topical content with word frequency and exclusivity".
    """
    share = model.terms / np.maximum(model.terms.sum(axis=0), 1e-12)
    frequent = np.array([rankdata(row) / len(row) for row in model.terms])
    exclusive = np.array([rankdata(row) / len(row) for row in share])
    return 2 / (1 / frequent + 1 / exclusive) * (model.terms > 0)


def words(matrix: Matrix, model: Model) -> pd.DataFrame:
    """A row a topic and term: topic, term, weight, frex; the terms that are most frequent and its own come first."""
    rated = frex(model)
    rows = []
    for topic, row in enumerate(rated):
        frequent = np.argsort(-model.terms[topic], kind="stable")[: 3 * N_TERMS]
        best = frequent[np.argsort(-row[frequent], kind="stable")][:N_TERMS]
        rows += [(topic + 1, matrix.terms[i], model.terms[topic, i], row[i]) for i in best]
    return pd.DataFrame(rows, columns=["topic", "term", "weight", "frex"]).round(6)


def label(terms: list[str], edited: pd.DataFrame | None = None) -> str:
    """The label that an analyst gave to a topic of these terms, else its first terms.

    Args: edited: rows of label and terms (、 between), such as a topics frame with labels changed.
    """
    if edited is not None:
        for name, known in zip(edited["label"], edited["terms"], strict=True):
            theirs = set(str(known).split("、"))
            if len(theirs & set(terms)) >= HELD * len(theirs | set(terms)):
                return str(name)
    return "、".join(distinct(terms)[:N_LABEL])


def distinct(terms: list[str]) -> list[str]:
    """Terms in order without those that are part of another, or hold one, before them."""
    kept: list[str] = []
    for term in terms:
        if not any(term in other or other in term for other in kept):
            kept.append(term)
    return kept


def domains(assignments: pd.DataFrame) -> pd.DataFrame:
    """A row a topic and codebook domain: topic, domain, n_items, share (of the topic's items), lift (over all items)."""
    known = assignments.dropna(subset=["topic", "domain"])
    n = known.groupby(["topic", "domain"]).size().rename("n_items").reset_index()
    share = n["n_items"] / n.groupby("topic")["n_items"].transform("sum")
    base = n["domain"].map(known["domain"].value_counts(normalize=True))
    found = n.assign(share=share.astype(float).round(6), lift=(share / base).astype(float).round(6))
    return found.sort_values(["topic", "n_items", "domain"], ascending=[True, False, True], ignore_index=True)


def sentences(matrix: Matrix, assignments: pd.DataFrame, terms: pd.DataFrame) -> pd.DataFrame:
    """A row a representative sentence: topic, rank, item_id, plan_id, start, end (in the item's text), sentence.

    The sentence with most of the topic's terms in each of the items that are most about it.
    """
    rows = []
    texts = matrix.items.set_index("item_id")["text"]
    for topic, own in assignments.dropna(subset=["topic"]).groupby("topic"):
        top = set(terms.loc[terms["topic"] == topic, "term"])
        best = own.sort_values(["weight", "item_id"], ascending=[False, True]).head(N_SENTENCES)
        for rank, (item, plan) in enumerate(zip(best["item_id"], best["plan_id"], strict=True), start=1):
            start, end = _telling(str(texts[item]), top)
            rows.append((topic, rank, item, plan, start, end, str(texts[item])[start:end]))
    return pd.DataFrame(rows, columns=["topic", "rank", "item_id", "plan_id", "start", "end", "sentence"])


def _telling(text: str, terms: set[str]) -> tuple[int, int]:
    """The span of the sentence that holds most of the terms, the first of equals."""
    spans = [match.span() for match in _SENTENCE.finditer(text)] or [(0, len(text))]
    return max(spans, key=lambda span: sum(term in text[slice(*span)] for term in terms))
