"""How topics come and go over years."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.cluster.topics import shares

GONE = 0.005  # a share below this is none: one item in two hundred
STATES = ("new", "gone", "rising", "fading", "steady", "absent")


def evolution(tables: dict[str, pd.DataFrame], items: pd.DataFrame, seed: int = 0) -> pd.DataFrame:
    """A row a topic and year: its share of the year's items with an interval, and what became of it since the last one.

    Args:
        tables: what topics() gave for these items. items: rows with item_id and plan_year.

    Returns: plan_year, topic, label, n_items, share, low, high, change (in share, null in the first year), state:
        `new` and `gone` (from and to nothing), `rising` and `fading` (the intervals of the two years do not touch),
        `absent`, else `steady`. Empty with fewer than two years.
    """
    years = items.drop_duplicates("item_id").set_index("item_id")["plan_year"]
    assigned = tables["assignments"].assign(plan_year=tables["assignments"]["item_id"].map(years))
    found = shares(assigned, tables["topics"], by="plan_year", seed=seed)
    if found["plan_year"].nunique() < 2:
        return found.head(0).assign(change=pd.Series(dtype=float), state=pd.Series(dtype=str))
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
