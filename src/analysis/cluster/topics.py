"""Topics of items, with what speaks for and against them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from analysis.cluster import labels, quality
from analysis.cluster.matrix import Matrix, matrix
from analysis.cluster.model import Model, fit, main_topics, top_terms

DRAWS = 500
EMPTY = {
    "topics": [
        "topic", "label", "terms", "n_items", "share", "stability", "is_stable", "coherence", "exclusivity", "domain",
        "domain_share",
    ],
    "assignments": ["item_id", "plan_id", "region", "domain", "topic", "weight"],
    "shares": ["region", "topic", "label", "n_items", "share", "low", "high"],
    "words": ["topic", "term", "weight", "frex"],
    "sentences": ["topic", "rank", "item_id", "plan_id", "start", "end", "sentence"],
    "domains": ["topic", "domain", "n_items", "share", "lift"],
    "choice": ["n_topics", "coherence", "exclusivity", "stability", "chosen", "reason", "reason_en"],
}  # fmt: skip


def topics(
    items: pd.DataFrame,
    n_topics: int | None = None,
    seed: int = 0,
    terms: pd.DataFrame | None = None,
    *,
    n_seeds: int = 4,
    method: str = "nmf",
    by: str = "region",
    edited: pd.DataFrame | None = None,
) -> dict[str, pd.DataFrame]:
    """The topics of items.

    Args:
        items: rows with item_id, plan_id, text, and region and domain where they are known.
        n_topics: how many; None lets coherence and stability choose from a grid.
        terms: the `terms` frame; without it the words are cut here.
        n_seeds: other starts and resamples by which stability is measured.
        by: the column whose groups are compared in `shares`.
        edited: a `topics` frame whose labels an analyst changed; they hold where some terms come back.

    Returns: frames `topics` (a row a topic, the largest first; is_stable is False where its items do not come back together),
        `assignments` (a row an item; topic null where it holds none of the terms), `shares` (a row a group and topic,
        with a bootstrap interval of 95 % over items), `words`, `sentences`, `domains`, and `choice` (a row a number
        of topics tried, the reason beside the chosen one). With too few items all but `choice` are empty.

    Raises: FrameError when items lack a column; ValueError when the method is unknown or n_topics is below 1.
    """
    if n_topics is not None and n_topics < 1:
        raise ValueError(f"{n_topics} topics cannot be found; ask for at least 1, or leave n_topics out")
    held = matrix(items, terms)
    if isinstance(held, str):
        return _nothing(held, by)
    with threadpool_limits(1):  # models are small: more threads wait for each other, and sum in another order
        return _tables(held, n_topics, seed, n_seeds, method, by, edited)


def _tables(
    held: Matrix, n_topics: int | None, seed: int, n_seeds: int, method: str, by: str, edited: pd.DataFrame | None
) -> dict[str, pd.DataFrame]:
    sizes = quality.grid(len(held.items)) if n_topics is None else [min(n_topics, len(held.items) // 2)]
    choice = quality.curve(held, sizes, seed, n_seeds, method)
    model = _sorted(fit(held, int(choice.loc[choice["chosen"], "n_topics"].iloc[0]), seed, method))
    assigned = _assignments(held, model, by)
    words = labels.words(held, model)
    domains = labels.domains(assigned)
    found = _topics(held, model, assigned, words, domains, edited)
    found["stability"] = quality.stability(held, model, list(range(seed + 1, seed + 1 + n_seeds)), method).round(6)
    found["is_stable"] = found["stability"] >= quality.STABLE
    tables = {
        "topics": found[EMPTY["topics"]],
        "assignments": assigned,
        "shares": shares(assigned, found, by, seed),
        "words": words,
        "sentences": labels.sentences(held, assigned, words),
        "domains": domains,
        "choice": _reasoned(choice, asked=n_topics, found=found),
    }
    return {name: tables[name] for name in EMPTY}


def _nothing(reason: str, by: str) -> dict[str, pd.DataFrame]:
    tables = {name: pd.DataFrame(columns=[by if c == "region" else c for c in held]) for name, held in EMPTY.items()}
    numbers = {"n_topics": 0, "coherence": np.nan, "exclusivity": np.nan, "stability": np.nan}
    tables["choice"] = pd.DataFrame([numbers | {"chosen": True, "reason": f"没有主题：{reason}", "reason_en": reason}])
    return tables


def _sorted(model: Model) -> Model:
    """The model with the topic of most items first."""
    main = main_topics(model)
    sizes = np.bincount(main[main >= 0], minlength=model.items.shape[1])
    order = np.argsort(-sizes, kind="stable")
    return Model(model.items[:, order], model.terms[order])


def _assignments(held: Matrix, model: Model, by: str) -> pd.DataFrame:
    weight = model.items.max(axis=1)
    topic = pd.array(model.items.argmax(axis=1) + 1, dtype="Int64")
    topic[weight <= 0] = pd.NA
    columns = list(dict.fromkeys(["item_id", "plan_id", by, "domain"]))
    found = held.items.reindex(columns=columns)
    return found.assign(topic=topic, weight=weight.round(6))


def _topics(
    held: Matrix,
    model: Model,
    assigned: pd.DataFrame,
    words: pd.DataFrame,
    domains: pd.DataFrame,
    edited: pd.DataFrame | None,
) -> pd.DataFrame:
    tops = top_terms(model)
    found = words.groupby("topic")["term"].agg(list).rename("own").reset_index()
    found["label"] = [labels.label(own, edited) for own in found["own"]]
    found["terms"] = found["own"].map("、".join)
    counts = assigned["topic"].value_counts()
    found["n_items"] = found["topic"].map(counts).fillna(0).astype(int)
    found["share"] = (found["n_items"] / len(assigned)).round(6)
    found["coherence"] = quality.npmi(held.counts, tops).round(6)
    found["exclusivity"] = quality.exclusivity(model, tops).round(6)
    closest = domains[domains["domain"] != "other"].drop_duplicates("topic").set_index("topic")
    return found.assign(
        domain=found["topic"].map(closest["domain"]), domain_share=found["topic"].map(closest["share"])
    ).drop(columns="own")


def shares(assigned: pd.DataFrame, found: pd.DataFrame, by: str = "region", seed: int = 0) -> pd.DataFrame:
    """A row a group and topic: the share of the group's items that is mainly about the topic, low, high, n_items.

    low and high bound 95 % of bootstrap draws over the group's items.
    """
    rows = []
    names = found.set_index("topic")["label"]
    chance = np.random.default_rng(seed)
    for group, own in assigned.dropna(subset=[by, "topic"]).groupby(by):
        counts = own["topic"].value_counts().reindex(names.index, fill_value=0).to_numpy(dtype=int)
        draws = chance.multinomial(counts.sum(), counts / counts.sum(), size=DRAWS) / counts.sum()
        low, high = np.quantile(draws, [0.025, 0.975], axis=0)
        for i, topic in enumerate(names.index):
            rows.append((group, topic, names[topic], counts[i], counts[i] / counts.sum(), low[i], high[i]))
    return pd.DataFrame(rows, columns=[by, "topic", "label", "n_items", "share", "low", "high"]).round(6)


def _reasoned(choice: pd.DataFrame, asked: int | None, found: pd.DataFrame) -> pd.DataFrame:
    """The curve with the reason beside the chosen number."""
    best = choice[choice["chosen"]].iloc[0]
    doubt = int((~found["is_stable"]).sum())
    scores = f"{best['stability']:.2f}", f"{best['coherence']:.2f}"
    if asked is None:
        tried = "、".join(map(str, choice["n_topics"]))
        reason = f"在 {tried} 个主题中，稳定性接近最高者里一致性最高（稳定性 {scores[0]}，NPMI {scores[1]}）"
        english = f"most coherent (NPMI {scores[1]}) of the nearly most stable (stability {scores[0]}) among {tried}"
    else:
        reason = f"按要求取 {best['n_topics']:.0f} 个主题（稳定性 {scores[0]}，NPMI {scores[1]}）"
        english = f"asked for; stability {scores[0]}, coherence (NPMI) {scores[1]}"
    reason += f"；其中 {doubt} 个主题不稳定" if doubt else ""
    english += f"; {doubt} of the topics are unstable" if doubt else ""
    said = pd.Series([reason], index=choice.index[choice["chosen"]])
    english = english.replace("、", ", ")
    return choice.assign(reason=said, reason_en=said.mask(said.notna(), english))
