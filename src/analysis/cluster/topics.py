"""Topics of items, with what speaks for and against them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from analysis.cluster import choice, embed, labels
from analysis.cluster.matrix import UNITS, Matrix, TooFew, matrix
from analysis.cluster.model import METHODS, Model, main_topics, top_terms
from analysis.cluster.quality import STABLE, Company, Plan, Trials, exclusivity, trials
from analysis.cluster.shares import ids, shares

EMPTY = {
    "topics": [
        "topic", "label", "label_en", "terms", "n_items", "share", "stability", "is_stable", "coherence", "npmi",
        "exclusivity", "formula", "domain", "domain_share", "signature", "ids",
    ],
    "assignments": ["item_id", "plan_id", "region", "plan_year", "domain", "topic", "weight"],
    "shares": ["region", "topic", "label", "label_en", "n_items", "share", "low", "high", "ids"],
    "words": ["topic", "term", "phrase", "weight", "frex"],
    "sentences": ["topic", "rank", "item_id", "plan_id", "start", "end", "sentence"],
    "domains": ["topic", "domain", "n_items", "share", "lift", "ids"],
    "choice": choice.COLUMNS,
}  # fmt: skip


def topics(
    items: pd.DataFrame | Matrix | TooFew,
    n_topics: int | Sequence[int] | None = None,
    seed: int = 0,
    terms: pd.DataFrame | None = None,
    *,
    n_seeds: int = 4,
    method: str = "nmf",
    embedder: str | embed.Embedder = "words",
    by: str = "region",
    edited: pd.DataFrame | None = None,
    jobs: int = 2,
) -> dict[str, pd.DataFrame]:
    """The topics of items.

    Args:
        items: rows with item_id, plan_id, text, and region, plan_year, domain where they are known; or their words,
            cut before (see wording()).
        n_topics: how many; several, or None for a grid, let stability and coherence choose among them.
        terms: the `terms` frame; without it the words are cut here, in their order.
        n_seeds: other starts on other samples by which stability is measured.
        method: "nmf", "lda", or "density" (dense groups by HDBSCAN, about n_topics of them; it leaves items out).
        embedder: what texts are made of: "words", "characters", and for "density", which looks for near texts,
            "semantic" (sentence vectors, an extra) or a function of texts.
        by: the column whose groups `shares` compares. edited: labels that an analyst changed (see edited()).
        jobs: fits at a time; the tables do not depend on it.

    Returns: frames `topics` (a row a topic, the largest first; is_stable is False where its items do not come back
        together; formula is the share of its items' text that is formula), `assignments` (a row an item; topic null
        where it holds none of the terms), `shares` (a row a group and topic, with a bootstrap interval of 95 % over
        items), `words`, `sentences`, `domains`, and `choice` (a row a number of topics tried, the reason beside the
        chosen one). With too few items all but `choice` are empty.

    Raises: FrameError when items lack a column; ValueError when the method or embedder is unknown or n_topics is below
    1; MissingExtraError when the embedder's package is not installed.
    """
    asked = _asked(n_topics, method, embedder)
    held = matrix(items, terms, "characters" if embedder == "characters" and method != "density" else "words")
    if isinstance(held, TooFew):
        return _nothing(held, by)
    with threadpool_limits(1):  # models are small: more threads wait for each other, and sum in another order
        space = embed.space(held, embedder, seed) if method == "density" else None
        plan = Plan(held, method, space, tuple(range(seed + 1, seed + 1 + n_seeds)), jobs)
        return _tables(plan, asked, seed, by, edited)


def _asked(n_topics: int | Sequence[int] | None, method: str, embedder: str | embed.Embedder) -> list[int]:
    """The numbers of topics that were asked for, none for a grid."""
    asked = [n_topics] if isinstance(n_topics, int) else list(n_topics or [])
    if min(asked, default=1) < 1:
        raise ValueError(f"{min(asked)} topics cannot be found; ask for at least 1, or leave n_topics out")
    if method not in METHODS:
        raise ValueError(f"method {method!r} is unknown; there are {', '.join(METHODS)}")
    if method != "density" and embedder not in UNITS:
        raise ValueError(
            f"{method} is made of words or characters, not of vectors; method='density' takes the embedder"
        )
    return asked


def _tables(plan: Plan, asked: list[int], seed: int, by: str, edited: pd.DataFrame | None) -> dict[str, pd.DataFrame]:
    held = plan.matrix
    sizes = sorted({min(k, len(held.items) // 2) for k in asked}) or choice.grid(len(held.items))
    curve, fitted = choice.curve(choice.sampled(plan, seed), sizes, seed)
    at = int(np.flatnonzero(curve["chosen"])[0])
    whole = fitted[at] if len(held.items) <= choice.SAMPLE else trials(plan, [sizes[at]], seed)[0]
    best = _sorted(whole)
    assigned = _assignments(held, best.model, by)
    words = labels.words(held, best.model, assigned)
    domains = labels.domains(assigned)
    own = ids(assigned, ["topic", "domain"])
    domains["ids"] = [own.get(key, []) for key in zip(domains["topic"], domains["domain"], strict=True)]
    found = labels.relabelled(_topics(held, best, assigned, words, domains), edited)
    tables = {
        "topics": found[EMPTY["topics"]],
        "assignments": assigned,
        "shares": shares(assigned, found, by, seed),
        "words": words,
        "sentences": labels.sentences(held, best.model, assigned),
        "domains": domains,
        "choice": choice.reasoned(curve, is_asked=len(sizes) == len(asked) == 1)[choice.COLUMNS],
    }
    return {name: tables[name] for name in EMPTY}


def _nothing(reason: TooFew, by: str) -> dict[str, pd.DataFrame]:
    tables = {name: pd.DataFrame(columns=[by if c == "region" else c for c in held]) for name, held in EMPTY.items()}
    return tables | {"choice": choice.nothing(reason)}


def _sorted(found: Trials) -> Trials:
    """The model and its trials with the topic of most items first."""
    main = main_topics(found.model)
    sizes = np.bincount(main[main >= 0], minlength=found.model.items.shape[1])
    order = np.argsort(-sizes, kind="stable")
    model = Model(found.model.items[:, order], found.model.terms[order])
    return Trials(model, [trial._replace(back=trial.back[order]) for trial in found.others])


def _assignments(held: Matrix, model: Model, by: str) -> pd.DataFrame:
    weight = model.items.max(axis=1)
    topic = pd.array(model.items.argmax(axis=1) + 1, dtype="Int64")
    topic[weight <= 0] = pd.NA
    columns = list(dict.fromkeys(["item_id", "plan_id", by, "region", "plan_year", "domain"]))
    found = held.items.reindex(columns=columns)
    return found.assign(topic=topic, weight=weight.round(6))


def _topics(
    held: Matrix, best: Trials, assigned: pd.DataFrame, words: pd.DataFrame, domains: pd.DataFrame
) -> pd.DataFrame:
    tops = top_terms(best.model)
    company = Company(held, [tops])
    found = words.groupby("topic")[["term", "phrase"]].agg(list).reset_index()
    counts, own = assigned["topic"].value_counts(), ids(assigned)
    found["ids"] = [own.get(topic, []) for topic in found["topic"]]
    found["n_items"] = found["topic"].map(counts).fillna(0).astype(int)
    found["share"] = (found["n_items"] / len(assigned)).round(6)
    found["coherence"], found["npmi"] = company.c_v(tops).round(6), company.npmi(tops).round(6)
    found["exclusivity"] = exclusivity(best.model, tops).round(6)
    found["stability"] = best.stability.round(6)
    found["is_stable"] = found["stability"] >= STABLE
    found["formula"] = found["topic"].map(_formula(held, assigned))
    closest = domains[domains["domain"] != "other"].drop_duplicates("topic").set_index("topic")
    found["domain"], found["domain_share"] = (found["topic"].map(closest[c]) for c in ("domain", "share"))
    found["signature"] = found["term"].map("、".join)
    found["terms"] = found["phrase"].map(lambda own: "、".join(dict.fromkeys(own)))
    return found.assign(**_labels(held.items, found)).drop(columns=["term", "phrase"])


def _formula(held: Matrix, assigned: pd.DataFrame) -> pd.Series:
    """For each topic the share of its items' text that is formula."""
    n = held.items["text"].fillna("").str.len()
    sums = pd.DataFrame({"n": n, "formula": n * held.formula}).groupby(assigned["topic"]).sum()
    return (sums["formula"] / sums["n"]).round(6)


def _labels(items: pd.DataFrame, found: pd.DataFrame) -> dict[str, list[str]]:
    """The columns label and label_en."""
    books = items["codebook"].dropna() if "codebook" in items else pd.Series(dtype=str)
    sector = str(books.mode().iloc[0]) if len(books) else None
    close = [d if s >= labels.CLOSE else None for d, s in zip(found["domain"], found["domain_share"], strict=True)]
    named = [labels.label(own, domain, sector) for own, domain in zip(found["phrase"], close, strict=True)]
    return {"label": [name.zh for name in named], "label_en": [name.en for name in named]}
