"""Tasks from year to year: kept, reworded, dropped, new."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from analysis import shingles
from analysis.compare import base, duties

_YEARS = re.compile(r"(?:19|20)\d\d年?度?")
STATES = ("kept", "reworded", "dropped", "new")
_COLUMNS = [
    "region", "codebook", "domain", "first_year", "last_year", "state", "likeness", "task", "earlier_task", "item_id",
    "earlier_id", "text", "earlier_text",
]  # fmt: skip


def carried(
    items: pd.DataFrame, by: str = "region", tense: str | None = "task", kept: float = 0.8, least: float = 0.3
) -> pd.DataFrame:
    """What became of each task in the group's next year: a row a task of either year.

    Two items of consecutive years are compared by the cosine of their pairs of folded characters, weighted so that pairs that stand in
    most items of the corpus count little (TF-IDF); each item is joined to one at most, so that the sum of likeness is
    greatest. Years themselves (2025年) do not count.
    Args:
        kept: likeness from which a task is the same; least: from which it is the same in other words (of pairs of
            government reports read by hand, four in five above 0.3 speak of the same work, below it one in two).
    Returns: `state` (kept, reworded; dropped: nothing alike in the later year; new: nothing alike in the earlier one),
        `likeness` (null where nothing is joined), the names, ids and texts of both. Groups with one year are left out.
    Source: Salton & Buckley (1988) for the weights; Kuhn (1955) for the joining.
    """
    base.need(items, [by, "plan_year", "text", "heading", "item_id", "domain", "tense"], "items")
    columns = [by, *_COLUMNS[1:]]
    known = items.dropna(subset=[by, "plan_year", "text"])
    known = known if tense is None else known[known["tense"].eq(tense)]
    if known.empty:
        return base.empty(columns, "no_rows")
    years = known.groupby(by)["plan_year"].nunique()
    known = known[known[by].isin(years[years > 1].index)].reset_index(drop=True)
    if known.empty:
        return base.empty(columns, "one_year")
    weights = _weights(list(known["text"]))
    pairs = [
        _joined(weights, _at(group, first), _at(group, last), kept, least)
        for _, group in known.groupby(by, sort=True)
        for first, last in pairwise(sorted(group["plan_year"].unique()))
    ]
    return _told(pd.concat(pairs, ignore_index=True), known.assign(codebook=base.codebook(known)), by)[columns]


def _at(group: pd.DataFrame, year: int) -> np.ndarray:
    return group.index[group["plan_year"].eq(year)].to_numpy()


def _weights(texts: list[str]) -> Any:
    """Rows of length 1: items × pairs of folded characters."""
    from sklearn.feature_extraction.text import (
        TfidfVectorizer,
    )  # here, not above: seconds that most pages need not wait

    plain = [f" {shingles.fold(_YEARS.sub('', text))} " for text in texts]
    return TfidfVectorizer(analyzer="char", ngram_range=(2, 2), lowercase=False, sublinear_tf=True).fit_transform(plain)


def _joined(weights: Any, earlier: np.ndarray, later: np.ndarray, kept: float, least: float) -> pd.DataFrame:
    """Rows of both years, as places in the frame: joined where they are alike, alone where they are not."""
    from scipy.optimize import linear_sum_assignment

    alike = np.asarray((weights[later] @ weights[earlier].T).todense())
    alike = np.where(alike >= least, alike, 0.0)
    own, other = linear_sum_assignment(-alike)
    rate = alike[own, other]
    own, other, rate = own[rate > 0], other[rate > 0], rate[rate > 0]
    joined = pd.DataFrame({"at": later[own], "before": earlier[other], "likeness": rate})
    joined["state"] = np.where(rate >= kept, "kept", "reworded")
    new = pd.DataFrame({"at": np.delete(later, own), "state": "new"})
    gone = pd.DataFrame({"before": np.delete(earlier, other), "state": "dropped"})
    return pd.concat([joined, new, gone], ignore_index=True)


def _told(pairs: pd.DataFrame, known: pd.DataFrame, by: str) -> pd.DataFrame:
    """The pairs with the words of both sides; a dropped task bears the earlier year's domain."""
    names = [duties.task_name(h, t) for h, t in zip(known["heading"], known["text"], strict=True)]
    facts = known.assign(task=names)
    own, before = pairs["at"].map, pairs["before"].map
    side = pairs["at"].fillna(pairs["before"])
    table = pairs.assign(
        **{c: side.map(facts[c]) for c in (by, "codebook", "domain")},
        first_year=_year(pairs["before"], pairs["at"], facts, by, -1),
        last_year=_year(pairs["at"], pairs["before"], facts, by, 1),
        task=own(facts["task"]), item_id=own(facts["item_id"]), text=own(facts["text"]),
        earlier_task=before(facts["task"]), earlier_id=before(facts["item_id"]), earlier_text=before(facts["text"]),
    )  # fmt: skip
    order = {state: n for n, state in enumerate(STATES)}
    return table.assign(_state=table["state"].map(order), _side=side).sort_values(
        [by, "last_year", "_state", "_side"], ignore_index=True
    )


def _year(side: pd.Series, other: pd.Series, facts: pd.DataFrame, by: str, step: int) -> pd.Series:
    """The year of a side, and where there is none the group's next year on that side of the other's."""
    years = {name: sorted({int(y) for y in part}) for name, part in facts.groupby(by)["plan_year"]}
    own, theirs = side.map(facts["plan_year"]), other.map(facts["plan_year"])
    names = side.fillna(other).map(facts[by])
    found = [
        int(year) if not pd.isna(year) else years[name][years[name].index(int(near)) + step]
        for year, near, name in zip(own, theirs, names, strict=True)
    ]
    return pd.Series(found, index=side.index, dtype="int64")
