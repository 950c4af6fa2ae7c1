"""What a topic is called: representative terms, the closest codebook domain, representative sentences."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment
from scipy.stats import rankdata

from analysis import formulae, lexicon, shingles
from analysis import words as cutting
from analysis.cluster.matrix import Matrix, counted, cut, weighted
from analysis.cluster.model import Model

N_TERMS = 10
N_LABEL = 3
N_SENTENCES = 3
NAMING = ("n", "vn", "j", "l", "i", "b")  # parts of speech that name things; ICTCLAS tags
PLACES = ("ns", "nr", "nrt", "nt")
VERB = 0.5  # what is left of the rank of a word that names nothing: 带领, 做到
BEST_ITEMS = 40  # items of a topic in which its phrases and sentences are looked for
USUAL = 0.5  # a term that stands with one neighbour in so much of its places is shown with it: 生态修复 for 修复
OFTEN = 4  # places of a term below which no neighbour is usual
LONG_PHRASE = 6  # characters of three words that are one thing: 概念验证中心
CLOSE = 0.4  # the share of a topic's items from which a domain gives it its name
HELD = 0.25  # the share of terms by which an edited label finds its topic again: four of ten, other topics share one
SHORTEST, LONGEST = 20, 150  # characters of a sentence that tells something and can be shown
TELLING = 5  # of a topic's words in a sentence: more make it no better, fewer make it a slogan

_SENTENCE = re.compile(r"(?:[\s（(［\[]*\d{1,2}[）)］\].、．]|\s)*(?P<said>[^。！？；\n]+[。！？；]?)")
_DUTY = re.compile(r"[（(【\[]?(?:责任|牵头|配合|协办|主办)[^，。：:]{0,4}[：:]")  # who does it, not what


class Label(NamedTuple):
    """A topic's name in Chinese and English."""

    zh: str
    en: str


def frex(model: Model) -> np.ndarray:
    """Topics × terms: the harmonic mean of a term's rank by frequency in the topic and by exclusivity to it, 0 to 1.

    Source: Bischof and Airoldi 2012, "Summarizing topical content with word frequency and exclusivity".
    """
    share = model.terms / np.maximum(model.terms.sum(axis=0), 1e-12)
    frequent = np.array([rankdata(row) / len(row) for row in model.terms])
    exclusive = np.array([rankdata(row) / len(row) for row in share])
    return 2 / (1 / frequent + 1 / exclusive) * (model.terms > 0)


def words(matrix: Matrix, model: Model, assigned: pd.DataFrame) -> pd.DataFrame:
    """A row a topic and term: topic, term, phrase (as it usually stands), weight, frex; the best names come first.

    Of the terms that are most frequent in a topic those that are its own, words that name things before verbs.
    """
    rated = frex(model)
    names = np.array([1.0 if tag.startswith(NAMING) else VERB for tag in matrix.tags])
    rows = []
    for topic, row in enumerate(rated):
        frequent = np.argsort(-model.terms[topic] * names, kind="stable")[: 3 * N_TERMS]
        best = frequent[np.argsort(-(row * names)[frequent], kind="stable")][:N_TERMS]
        texts = matrix.items["text"].iloc[_best(assigned, topic + 1)]
        phrases = usual([str(text) for text in texts], [matrix.terms[i] for i in best])
        rows += [(topic + 1, matrix.terms[i], phrases[matrix.terms[i]], model.terms[topic, i], row[i]) for i in best]
    return pd.DataFrame(rows, columns=["topic", "term", "phrase", "weight", "frex"]).round(6)


def _best(assigned: pd.DataFrame, topic: int) -> np.ndarray:
    """The places of the items that are most about a topic."""
    own = assigned[assigned["topic"].eq(topic).fillna(False).astype(bool)]
    return np.asarray(own.sort_values(["weight", "item_id"], ascending=[False, True]).index[:BEST_ITEMS])


def usual(texts: list[str], terms: list[str]) -> dict[str, str]:
    """Each term with the neighbour that it usually has: 修复 → 生态修复; as it is where it has none."""
    seen: Counter[str] = Counter()
    pairs: dict[str, Counter[str]] = {term: Counter() for term in terms}
    for text in texts:
        tokens = cutting.tokens(shingles.simplified(text))
        for i, (word, _) in enumerate(tokens):
            if word in pairs:
                seen[word] += 1
                pairs[word].update(_neighbours(tokens, i))
    return {term: _phrase(term, seen[term], pairs[term]) for term in terms}


def _neighbours(tokens: list[tuple[str, str]], i: int) -> list[str]:
    """A word with the noun or quality before it, and with the noun behind it or the two (概念 + 验证 + 中心)."""
    found = []
    if i and _names(tokens[i - 1]):
        found.append(tokens[i - 1][0] + tokens[i][0])
    one, two, three = (tokens[i + n] if i + n < len(tokens) else ("", "x") for n in (1, 2, 3))
    is_noun_of_verb = two[1] == "v" and _names(three)  # 极端天气 before 应对能力
    if _names(one) and (not _goes_on(two) or is_noun_of_verb):
        found.append(tokens[i][0] + one[0])
    phrase = tokens[i][0] + one[0] + two[0]
    if _names(two) and (_names(one) or one[1] == "v") and not _goes_on(three) and len(phrase) <= LONG_PHRASE:
        found.append(phrase)
    return found


def _names(token: tuple[str, str]) -> bool:
    word, tag = token
    return tag.startswith((*NAMING, "a")) and tag not in PLACES and cutting.HAN.search(word) is not None


def _goes_on(token: tuple[str, str]) -> bool:
    """Whether a word carries on the phrase before it, which is then cut off: 零就业家庭动态 before 清零."""
    return token[1].startswith((*NAMING, "a", "v", "z"))


def _phrase(term: str, n: int, pairs: Counter[str]) -> str:
    if n < OFTEN or not pairs:
        return term
    phrase = min(pairs, key=lambda name: (-pairs[name], name))
    return phrase if pairs[phrase] >= USUAL * n and len(phrase) <= 8 else term


def distinct(terms: list[str]) -> list[str]:
    """Terms in order without those that say again what one before them says: half of their characters or more."""
    kept: list[str] = []
    for term in terms:
        if not any(term in other or other in term or _alike(term, other) for other in kept):
            kept.append(term)
    return kept


def _alike(one: str, other: str) -> bool:
    pairs = [{text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other)]
    return 2 * len(pairs[0] & pairs[1]) >= min(map(len, pairs))


def label(terms: list[str], domain: str | None, sector: str | None) -> Label:
    """A topic's name from its terms, the domain that most of its items have in front.

    Args: domain, sector: a code of the table `<sector>/domains`; None names no domain.
    """
    own = distinct(terms)
    if domain is None or sector is None or not lexicon.has(f"{sector}/domains"):
        return Label("、".join(own[:N_LABEL]), ", ".join(own[:N_LABEL]))
    table = f"{sector}/domains"
    zh, en = (lexicon.label(table, domain, lang) for lang in ("zh", "en"))
    return Label(f"{zh}：{'、'.join(own[: N_LABEL - 1])}", f"{en}: {', '.join(own[: N_LABEL - 1])}")


def relabelled(found: pd.DataFrame, edited: pd.DataFrame | None) -> pd.DataFrame:
    """The topics with the labels that an analyst gave to topics of these terms; each label goes to one topic.

    Args:
        found: rows of label, label_en, signature. edited: rows of label and signature, and label_en where there is one.
    """
    if edited is None or edited.empty:
        return found
    near = np.array([[alike(a, b) for b in edited["signature"]] for a in found["signature"]])
    new = found.copy()
    for i, j in zip(*linear_sum_assignment(-near), strict=True):
        if near[i, j] >= HELD:
            row = edited.iloc[j]
            english = row.get("label_en")
            new.loc[new.index[i], "label"] = row["label"]
            new.loc[new.index[i], "label_en"] = row["label"] if english is None or pd.isna(english) else english
    return new


def alike(one: str, other: str) -> float:
    """The share of terms that two signatures have in common."""
    a, b = set(str(one).split("、")), set(str(other).split("、"))
    return len(a & b) / len(a | b)


def domains(assigned: pd.DataFrame) -> pd.DataFrame:
    """A row a topic and codebook domain: topic, domain, n_items, share (of the topic's items), lift (over all items)."""
    known = assigned.dropna(subset=["topic", "domain"])
    n = known.groupby(["topic", "domain"]).size().rename("n_items").reset_index()
    share = n["n_items"] / n.groupby("topic")["n_items"].transform("sum")
    base = n["domain"].map(known["domain"].value_counts(normalize=True))
    found = n.assign(share=share.astype(float).round(6), lift=(share / base).astype(float).round(6))
    return found.sort_values(["topic", "n_items", "domain"], ascending=[True, False, True], ignore_index=True)


def sentences(matrix: Matrix, model: Model, assigned: pd.DataFrame) -> pd.DataFrame:
    """A row a representative sentence: topic, rank, item_id, plan_id, start, end (in the item's text), sentence.

    Of the sentences in the items that are most about a topic those whose words are nearest to its own, a place each.
    """
    rows = []
    for topic in range(len(model.terms)):
        best = _best(assigned, topic + 1)
        spans = [(i, *span) for i in best for span in _spans(str(matrix.items["text"].iloc[i]))]
        if spans:
            rows += [(topic + 1, rank, *row) for rank, row in enumerate(_nearest(matrix, model, topic, spans), start=1)]
    return pd.DataFrame(rows, columns=["topic", "rank", "item_id", "plan_id", "start", "end", "sentence"])


def _spans(text: str) -> list[tuple[int, int]]:
    """The sentences of a text that are long enough, without the number before them, cut at a comma where too long."""
    found = [(m.start("said"), m.end()) for m in _SENTENCE.finditer(text)]
    return [
        (start, _until(text, start, end))
        for start, end in found
        if end - start >= SHORTEST and not _DUTY.match(text, start)
    ]


def _until(text: str, start: int, end: int) -> int:
    comma = text.rfind("，", start, start + LONGEST)
    return end if end - start <= LONGEST or comma < start + SHORTEST else comma + 1


def _nearest(
    matrix: Matrix, model: Model, topic: int, spans: list[tuple[int, int, int]]
) -> list[tuple[str, str, int, int, str]]:
    texts, at = matrix.items["text"], {term: i for i, term in enumerate(matrix.terms)}
    said = [str(texts.iloc[i])[start:end] for i, start, end in spans]
    sequences = [np.array([at.get(w, -1) for w, _ in cut(s, matrix.unit)], dtype=np.int32) for s in said]
    own = model.terms[topic] / max(float(np.linalg.norm(model.terms[topic])), 1e-12)
    counts = counted(sequences, len(matrix.terms))
    hits = np.asarray((counts[:, np.argsort(-own, kind="stable")[: 3 * N_TERMS]] > 0).sum(axis=1)).ravel()
    near = (weighted(counts, matrix.scale) @ own) * np.minimum(hits, TELLING)
    where, used = formulae.places(matrix.items), set()
    rows: list[tuple[str, str, int, int, str]] = []
    for k in np.argsort(-near.round(9), kind="stable"):
        i, start, end = spans[k]
        if where.iloc[i] not in used and len(rows) < N_SENTENCES:
            used.add(where.iloc[i])
            rows.append((matrix.items["item_id"].iloc[i], matrix.items["plan_id"].iloc[i], start, end, said[k]))
    return rows
