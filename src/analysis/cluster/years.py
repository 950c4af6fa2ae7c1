"""Topics fitted year by year, and which went on, split, merged, ended or are new."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment
from threadpoolctl import threadpool_limits

from analysis.cluster import labels
from analysis.cluster.choice import ITEMS_A_TOPIC
from analysis.cluster.matrix import LEAST_ITEMS, Matrix, TooFew, matrix, part
from analysis.cluster.model import Model, heaviest, placed
from analysis.cluster.quality import STABLE, Plan, Trials, trials

SURVIVES = 0.5  # MONIC: the share of a topic's items that its successor must hold
SPLITS = 0.25  # MONIC: the share that a part must hold; the parts together hold half
COLUMNS = {
    "topics": [
        "plan_year", "topic", "label", "terms", "n_items", "share", "stability", "is_stable", "origin", "fate",
    ],
    "links": ["plan_year", "topic", "next_year", "next_topic", "n_items", "share", "next_share", "kind"],
}  # fmt: skip


def evolution(
    items: pd.DataFrame | Matrix | TooFew,
    n_topics: int = 8,
    seed: int = 0,
    terms: pd.DataFrame | None = None,
    *,
    n_seeds: int = 4,
    jobs: int = 2,
) -> dict[str, pd.DataFrame]:
    """The topics of each year and their links to those of the next.

    Each year has its own NMF over the words of all; the items of two years are placed among the topics of both, and
    what a topic's items are about in the next year's view tells what became of it.

    Args: items: rows with item_id, plan_id, plan_year, text. n_topics: a year. terms, n_seeds, jobs: as of topics().

    Returns: frames `topics` (a row a year and topic; topic keeps its number from year to year where its words do;
        origin: `continued`, `split`, `merged`, `new`, null in the first year; fate: `continued`, `split`, `merged`,
        `gone`, null in the last; is_stable False where the year's items do not bear the topic out) and `links` (from a
        topic to those of the next year that hold a quarter of its items or more: n_items, share, next_share of the one it leads to, kind). Both are empty
        with fewer than two years of LEAST_ITEMS items.

    Source: Spiliopoulou et al. 2006, "MONIC: modeling and monitoring cluster transitions".
    """
    held = matrix(items, terms)
    years = [] if isinstance(held, TooFew) else _years(held.items)
    if isinstance(held, TooFew) or len(years) < 2:
        return {name: _empty(columns) for name, columns in COLUMNS.items()}
    with threadpool_limits(1):
        fitted = _fitted(held, years, n_topics, seed, n_seeds, jobs)
        links = [_links(held, years[i : i + 2], [f.model for f in fitted[i : i + 2]]) for i in range(len(years) - 1)]
        named = [_named(held, year, found) for year, found in zip(years, fitted, strict=True)]
    joined = pd.concat(links, ignore_index=True)
    return {"topics": _transitions(pd.concat(named, ignore_index=True), joined), "links": joined}


def _empty(columns: list[str]) -> pd.DataFrame:
    found = pd.DataFrame(columns=columns)
    found.attrs["reason"] = "one_year"
    return found


def _years(items: pd.DataFrame) -> list[int]:
    if "plan_year" not in items:
        return []
    counts = items["plan_year"].dropna().astype(int).value_counts()
    return sorted(int(year) for year in counts.index[counts >= LEAST_ITEMS])


def _rows(held: Matrix, year: int) -> np.ndarray:
    return np.flatnonzero(held.items["plan_year"].eq(year).fillna(False))


def _fitted(held: Matrix, years: list[int], n_topics: int, seed: int, n_seeds: int, jobs: int) -> list[Trials]:
    """Each year's model, its topics in the order of those of the year before that they are most alike."""
    found: list[Trials] = []
    for year in years:
        own = part(held, _rows(held, year))
        plan = Plan(own, "nmf", None, tuple(range(seed + 1, seed + 1 + n_seeds)), jobs)
        size = min(n_topics, len(own.items) // ITEMS_A_TOPIC)
        found.append(_aligned(trials(plan, [size], seed)[0], found[-1].model if found else None))
    return found


def _aligned(found: Trials, before: Model | None) -> Trials:
    order = np.argsort(-found.model.items.sum(axis=0), kind="stable")
    if before is not None:
        a, b = (
            m.terms / np.maximum(np.linalg.norm(m.terms, axis=1, keepdims=True), 1e-12) for m in (before, found.model)
        )
        _, columns = linear_sum_assignment(-(a @ b.T))
        order = np.array([*columns, *(i for i in order if i not in set(columns))])
    model = Model(found.model.items[:, order], found.model.terms[order])
    return Trials(model, [trial._replace(back=trial.back[order]) for trial in found.others])


def _named(held: Matrix, year: int, found: Trials) -> pd.DataFrame:
    own = part(held, _rows(held, year))
    main = heaviest(found.model.items)
    assigned = pd.DataFrame(
        {"item_id": own.items["item_id"], "topic": main + 1, "weight": found.model.items.max(axis=1)}
    )
    words = labels.words(own, found.model, assigned).groupby("topic")["phrase"].agg(list)
    sizes = np.bincount(main[main >= 0], minlength=len(words))
    return pd.DataFrame(
        {
            "plan_year": year,
            "topic": words.index,
            "label": ["、".join(labels.distinct(terms)[: labels.N_LABEL]) for terms in words],
            "terms": ["、".join(dict.fromkeys(terms)) for terms in words],
            "n_items": sizes,
            "share": (sizes / len(own.items)).round(6),
            "stability": found.stability.round(6),
            "is_stable": found.stability >= STABLE,
        }
    )


def _links(held: Matrix, years: list[int], models: list[Model]) -> pd.DataFrame:
    """What the items of two years are about in the view of the first year's topics and of the second's."""
    rows = np.concatenate([_rows(held, year) for year in years])
    one, other = (heaviest(placed(model, held.weights[rows])) for model in models)
    n = np.zeros((len(models[0].terms), len(models[1].terms)), dtype=int)
    known = (one >= 0) & (other >= 0)
    np.add.at(n, (one[known], other[known]), 1)
    shares = n / np.maximum(np.bincount(one[one >= 0], minlength=len(n))[:, None], 1)
    of_next = n / np.maximum(np.bincount(other[other >= 0], minlength=n.shape[1])[None, :], 1)
    found = [
        (years[0], i + 1, years[1], j + 1, int(n[i, j]), *np.round([shares[i, j], of_next[i, j]], 6).tolist(), kind)
        for i, row in enumerate(shares)
        for j, kind in _successors(row, shares)
    ]
    return pd.DataFrame(found, columns=COLUMNS["links"])


def _successors(row: np.ndarray, shares: np.ndarray) -> list[tuple[int, str]]:
    """The topics that a topic lives on in, and how: continued, merged (another lives on there too) or split."""
    best = int(row.argmax())
    if row[best] >= SURVIVES:
        is_shared = int((shares[:, best] >= SURVIVES).sum()) > 1
        return [(best, "merged" if is_shared else "continued")]
    parts = np.flatnonzero(row >= SPLITS)
    return [(int(j), "split") for j in parts] if len(parts) > 1 and row[parts].sum() >= SURVIVES else []


def _transitions(topics: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """The topics with where each came from and what became of it."""
    fates = links.drop_duplicates(["plan_year", "topic"]).set_index(["plan_year", "topic"])["kind"].to_dict()
    ranked = links.sort_values("n_items", ascending=False, kind="stable").drop_duplicates(["next_year", "next_topic"])
    origins = ranked.set_index(["next_year", "next_topic"])["kind"].to_dict()
    keys = list(zip(topics["plan_year"], topics["topic"], strict=True))
    first, last = topics["plan_year"].min(), topics["plan_year"].max()
    return topics.assign(
        origin=[None if key[0] == first else origins.get(key, "new") for key in keys],
        fate=[None if key[0] == last else fates.get(key, "gone") for key in keys],
    )
