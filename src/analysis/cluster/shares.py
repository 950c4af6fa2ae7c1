"""How much of a group's items a topic takes, with intervals, and what became of it from year to year."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis import frames

DRAWS = 500
GONE = 0.005  # a share below this is none: one item in two hundred


def shares(assigned: pd.DataFrame, topics: pd.DataFrame, by: str = "region", seed: int = 0) -> pd.DataFrame:
    """A row a group and topic: the share of the group's items that is mainly about the topic, low, high, n_items, ids.

    low and high bound 95 % of bootstrap draws over the group's items.

    Args: assigned, topics: frames of topics(). by: the column whose groups are compared, such as plan_year.
    """
    rows = []
    names = topics.set_index("topic")[["label", "label_en"]]
    chance = np.random.default_rng(seed)
    for group, own in assigned.dropna(subset=[by, "topic"]).groupby(by):
        counts = own["topic"].value_counts().reindex(names.index, fill_value=0).to_numpy(dtype=int)
        draws = chance.multinomial(counts.sum(), counts / counts.sum(), size=DRAWS) / counts.sum()
        low, high = np.quantile(draws, [0.025, 0.975], axis=0)
        held = ids(own)
        for i, (topic, label, english) in enumerate(names.itertuples()):
            facts = (counts[i], counts[i] / counts.sum(), low[i], high[i], held.get(topic, []))
            rows.append((group, topic, label, english, *facts))
    columns = [by, "topic", "label", "label_en", "n_items", "share", "low", "high", "ids"]
    return pd.DataFrame(rows, columns=columns).round(6)


def ids(assigned: pd.DataFrame, by: str | list[str] = "topic") -> dict[Any, list[str]]:
    """The ids of the items of each topic (or of other groups), by its key."""
    return {key: frames.ids(part[["item_id"]]) for key, part in assigned.groupby(by)}


def trends(assigned: pd.DataFrame, topics: pd.DataFrame, seed: int = 0) -> pd.DataFrame:
    """A row a topic and year: its share of the year's items with an interval, and what became of it since the last one.

    Args: assigned, topics: frames of topics() of items that know their plan_year.

    Returns: plan_year, topic, label, label_en, n_items, share, low, high, ids, change (in share, null in the first year), state:
        `new` and `gone` (from and to nothing), `rising` and `fading` (the intervals of the two years do not touch),
        `absent`, else `steady`. Empty with fewer than two years.
    """
    found = shares(assigned, topics, by="plan_year", seed=seed)
    if found["plan_year"].nunique() < 2:
        empty = found.head(0).assign(change=pd.Series(dtype=float), state=pd.Series(dtype=str))
        empty.attrs["reason"] = "one_year"
        return empty
    found = found.sort_values(["topic", "plan_year"], ignore_index=True)
    before = found.groupby("topic")[["share", "low", "high"]].shift()
    change = (found["share"] - before["share"]).astype(float).round(6)
    return found.assign(change=change, state=_states(found, before))


def _states(found: pd.DataFrame, before: pd.DataFrame) -> pd.Series:
    """What became of each share since the one before; null in the first year."""
    was, is_now = before["share"] >= GONE, found["share"] >= GONE
    told = np.select(
        [
            before["share"].isna(),
            ~was & ~is_now,
            ~was,
            ~is_now,
            found["low"] > before["high"],
            found["high"] < before["low"],
        ],
        ["", "absent", "new", "gone", "rising", "fading"],
        default="steady",
    )
    return pd.Series(told, index=found.index).replace("", None)
