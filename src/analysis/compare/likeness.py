"""Places like mine: by level, province and what they write about."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.compare import attention, base, goals
from analysis.compare.goals import lead_plan

_COLUMNS = [
    "region",
    "plan_id",
    "region_level",
    "province",
    "same_level",
    "same_province",
    "likeness",
    "size",
    "size_ratio",
    "rank",
]


def peers(
    plans: pd.DataFrame,
    items: pd.DataFrame,
    region: str,
    n: int | None = None,
    sizes: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """The other regions, those most like `region` first.

    Args: sizes: the size of each region (its people, pupils or output), by its name; a Series with that index will do.
    Returns: a row a region of the same sector: `same_level`, `same_province`, `likeness` (0 to 1: the overlap of how both spread their
        words over domains, the Bhattacharyya coefficient), `size`, `size_ratio` (the smaller size over the greater; null where
        one is not known) and `rank`: level comes before province, and this before the mean of likeness and size ratio
        (likeness alone without sizes). Empty where the region is not among the plans or is alone.
    Source: Bhattacharyya (1943).
    """
    base.need(plans, ["plan_id", "region", "region_level", "province", "sector"], "plans")
    if region not in set(plans["region"].dropna()):
        return base.empty(_COLUMNS, "no_region")
    latest = plans.set_index("plan_id").loc[list(lead_plan(plans, "region").values())].reset_index()
    own = latest[latest["region"].eq(region)].iloc[0]
    others = latest[latest["region"].ne(region) & latest["sector"].eq(own["sector"])]
    if others.empty:
        return base.empty(_COLUMNS, "one_group")
    likeness = _likeness(items, region)
    table = others.assign(
        same_level=others["region_level"].eq(own["region_level"]).fillna(False).astype(bool),
        same_province=others["province"].eq(own["province"]).fillna(False).astype(bool),
        likeness=others["region"].map(likeness),
        **_sizes(others["region"], region, sizes),
    )
    near = table[["likeness", "size_ratio"]].astype("float64").mean(axis=1)
    order = ["same_level", "same_province", "_near", "region"]
    table = table.assign(_near=near).sort_values(order, ascending=[False, False, False, True])
    table = table.assign(rank=np.arange(1, len(table) + 1))[_COLUMNS].reset_index(drop=True)
    return table if n is None else table.head(n)


def _sizes(others: pd.Series, region: str, sizes: Mapping[str, float] | None) -> dict[str, pd.Series]:
    known = {} if sizes is None else {str(name): float(size) for name, size in sizes.items()}
    size = others.map(known).astype("float64")
    own = known.get(region, np.nan)
    return {"size": size, "size_ratio": np.minimum(size, own) / np.maximum(size, own)}


def _likeness(items: pd.DataFrame, region: str) -> dict[str, float]:
    shares = attention.emphasis(items, n_boot=1)
    if shares.empty:
        return {}
    wide = shares.pivot_table(index="region", columns=["codebook", "domain"], values="share", fill_value=0.0)
    if region not in wide.index:
        return {}
    values = wide.to_numpy(dtype=float)
    roots = np.sqrt(values / values.sum(axis=1, keepdims=True))
    return dict(zip(wide.index, roots @ roots[wide.index.get_loc(region)], strict=True))


def against_peers(
    values: pd.DataFrame, region: str, value: str, by: str = "region", of: str = "domain"
) -> pd.DataFrame:
    """A region's own value of each thing beside its peers'.

    Args: values: a row a region × thing (`of`), such as `compare.emphasis`; the regions in it are the peers.
    Returns: a row a thing: `own`, `mean`, `median`, `quartile_low`, `quartile_high` of the others, `n` (others that
        have it), `distance` (own - median), `z` (distance over 1.4826 × the median absolute deviation; null where
        that is 0), `rank` of the own value among all, 1 the greatest, and `rank_low`-`rank_high`, the ranks that the intervals
        `low`-`high` of `values` leave open (those of ties alone where it has none).
    Source: Klein, Wright & Wieczorek (2020) for the ranks.
    """
    columns = [
        of,
        "own",
        "n",
        "mean",
        "median",
        "quartile_low",
        "quartile_high",
        "distance",
        "z",
        "rank",
        "rank_low",
        "rank_high",
    ]
    base.need(values, [by, of, value], "values")
    held = values.dropna(subset=[value])
    if region not in set(held[by]):
        return base.empty(columns, "no_region")
    if held[by].nunique() < 2:
        return base.empty(columns, "one_group")
    rows = [_beside(str(name), part, region, value, by) for name, part in held.groupby(of, sort=True)]
    return pd.DataFrame([row for row in rows if row]).rename(columns={"thing": of}).reindex(columns=columns)


def _beside(name: str, part: pd.DataFrame, region: str, value: str, by: str) -> dict[str, object]:
    part = part.reset_index(drop=True)
    own, others = part.loc[part[by].eq(region), value], part.loc[part[by].ne(region), value].astype(float)
    if own.empty or others.empty:
        return {}
    mine, median = float(own.iloc[0]), float(others.median())
    spread = 1.4826 * float((others - median).abs().median())
    return {
        "thing": name,
        "own": mine,
        "n": len(others),
        "mean": float(others.mean()),
        "median": median,
        "quartile_low": float(others.quantile(0.25)),
        "quartile_high": float(others.quantile(0.75)),
        "distance": mine - median,
        "z": (mine - median) / spread if spread > 0 else np.nan,
        "rank": 1 + int((others > mine).sum()),
        **{name: int(held[own.index[0]]) for name, held in _ranks(part, value).items()},
    }


def _ranks(part: pd.DataFrame, value: str) -> dict[str, np.ndarray]:
    ends = ("low", "high") if {"low", "high"} <= set(part.columns) else (value, value)
    low, high = (part[c].to_numpy(dtype=float) for c in ends)
    return goals.ranks(low, high)
