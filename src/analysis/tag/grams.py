"""Which code of a table the short runs of a text's characters point to, for texts whose cues say little.

A linear model over runs of one to three characters (幼, 幼儿, 保教员) is learnt from the codebook's own table (domains,
instruments) when it is first asked for: each cue, definition and example is a sample of its code.  So it knows words that share
characters with cues (幼教, 幼师), serves a table of one's own as well, and holds no text of any plan.
"""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from analysis import lexicon
from analysis.tag.scan import Hit

LONGEST = 3  # characters of a gram
RUN = re.compile(r"[一-龥A-Za-z]+")
LOUDNESS = {2: 0.5, 3: 0.8, 4: 1.0}  # a cue's weight → what it counts for as a sample; weaker cues are left out
SHARP = 5.0  # how far a lead of the linear score carries into the shares: 1 is a plain softmax
KNOWN = 12  # grams of a text that the table knows, at the least
FEWEST = 3  # codes; between two, cues are enough


class Model(NamedTuple):
    """Weights of grams: one row a gram, one column a code."""

    codes: list[str]
    grams: list[str]
    rows: dict[str, int]
    weights: np.ndarray
    rarity: np.ndarray
    bias: np.ndarray

    def shares(self, text: str) -> dict[str, float]:
        """How the text divides among the codes, adding up to 1; {} where too few of its grams are known."""
        rows, values = self._vector(text)
        if len(rows) < KNOWN:
            return {}
        score = SHARP * self._score(rows, values)
        spread = np.exp(score - score.max())
        return dict(zip(self.codes, (spread / spread.sum()).tolist(), strict=True))

    def leanings(self, text: str) -> dict[str, float]:
        """How far a text leans to each code: below 0 away from it."""
        return dict(zip(self.codes, self._score(*self._vector(text)).tolist(), strict=True))

    def reasons(self, text: str, code: str, most: int = 3) -> list[tuple[Hit, float]]:
        """The grams that speak loudest for a code, where each first stands, and how much of the score it gives."""
        rows, values = self._vector(text)
        column = self.codes.index(code)
        given = sorted(zip(values * self.weights[rows, column], rows, strict=True), key=lambda g: (-g[0], g[1]))
        held = [(self.grams[row], round(float(share), 2)) for share, row in given[:most] if share > 0]
        return [(Hit(code, gram, text.index(gram), text.index(gram) + len(gram), 1), share) for gram, share in held]

    def _score(self, rows: list[int], values: np.ndarray) -> np.ndarray:
        return values @ self.weights[rows] + self.bias

    def _vector(self, text: str) -> tuple[list[int], np.ndarray]:
        """The rows of the grams of a text, and their weights, which have length 1 as a vector."""
        counted = Counter(row for row in map(self.rows.get, _grams(text)) if row is not None)
        rows = list(counted)
        values = np.array([1 + math.log(n) for n in counted.values()]) * self.rarity[rows]
        return rows, values / (np.sqrt((values**2).sum()) or 1.0)


def model(name: str) -> Model | None:
    """The model of a table (education/domains, common/instruments); None where it has too few codes to tell apart."""
    return _model(name, lexicon.overlay())


@functools.lru_cache(maxsize=8)
def _model(name: str, _over: Path | None) -> Model | None:
    samples = [sample for row in lexicon.table(name) for sample in _samples(row)]
    if len({code for _, code, _ in samples}) < FEWEST:
        return None
    texts, labels, loud = zip(*samples, strict=True)
    vectors = TfidfVectorizer(analyzer=_grams, sublinear_tf=True)
    fitted = LinearSVC(C=1.0, random_state=0)
    fitted.fit(vectors.fit_transform(texts), labels, sample_weight=loud)
    rows = {str(gram): row for gram, row in sorted(vectors.vocabulary_.items(), key=lambda entry: entry[1])}
    codes = [str(code) for code in fitted.classes_]
    return Model(codes, list(rows), rows, fitted.coef_.T.copy(), vectors.idf_, fitted.intercept_)


def _samples(row: lexicon.Row) -> list[tuple[str, str, float]]:
    """What a row of the table says of its code: text, code, loudness."""
    told = [row.get("zh", ""), row.get("definition", ""), *lexicon.cells(row.get("examples", ""))]
    cued = [(c.word.replace(lexicon.GAP, " "), LOUDNESS[c.weight]) for c in lexicon.cues(row["cues"]) if c.weight > 1]
    return [(text, row["id"], loud) for text, loud in [*cued, *((text, 1.0) for text in told)] if RUN.search(text)]


def _grams(text: str) -> list[str]:
    """The runs of one to three characters in a text, none across a stop or a number."""
    return [
        run[start : start + size]
        for run in RUN.findall(text)
        for size in range(1, LONGEST + 1)
        for start in range(len(run) - size + 1)
    ]
