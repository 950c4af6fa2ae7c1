"""What a one-page profile of a region says first: five numbers, two oddities."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis import frames
from analysis.compare import base, goals, likeness

_HEADLINE = [
    "region", "indicator", "indicator_id", "value", "value_high", "unit", "per", "comparator", "kind", "hedge", "year", "quote", "plan_id",
    "metric_id", "item_id", "start", "end", "peers_median", "n_peers", "weight", "ids_peers_median",
]  # fmt: skip
_ODDITIES = [
    "codebook",
    "kind",
    "subject",
    "name",
    "unit",
    "own",
    "median",
    "distance",
    "z",
    "n_peers",
    "direction",
    "plan_id",
    "metric_id",
    "ids",
    "ids_median",
]


def headline(metrics: pd.DataFrame, region: str, n: int = 5) -> pd.DataFrame:
    """The `n` most telling target numbers of a region's latest plan.

    Telling is: an indicator of the codebook before others, the kind of number (level or change) that most state before
    the other, one that peers state too and that lies far from their median, a surer reading before a doubtful one; one number an indicator.
    Returns: rows of metrics with `peers_median`, `n_peers` and the `weight` they were chosen by, most telling first;
        `ids_peers_median` are the numbers of which the median is taken.
    """
    base.need(metrics, [*_HEADLINE[:-4], "status", "worded", "indicator_confidence", "plan_year"], "metrics")
    targets = metrics[metrics["status"].eq("target") & ~metrics["worded"].fillna(False).astype(bool)]
    targets = targets[targets["value"].notna() & targets["indicator"].notna()]
    own = targets[targets["region"].eq(region)]
    own = own[own["plan_year"].fillna(0).eq(own["plan_year"].fillna(0).max())]
    if own.empty:
        return base.empty(_HEADLINE, "no_rows" if region in set(metrics["region"].dropna()) else "no_region")
    others = targets[targets["region"].ne(region) & targets["indicator_id"].notna()]
    table = _weighed(_beside(own, others))
    table = table.sort_values(["weight", "start"], ascending=[False, True], kind="stable")
    return table.drop_duplicates("indicator").head(n).reindex(columns=_HEADLINE).reset_index(drop=True)


def _beside(own: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    usual = goals.main_kind(pd.concat([own, others]).dropna(subset="indicator_id"))
    grouped = others[others["kind"].eq(others["indicator_id"].map(usual))].groupby(["indicator_id", "unit"])
    facts = grouped.agg(
        peers_median=("value", "median"), spread=("value", "std"), n_peers=("region", "nunique"),
        ids_peers_median=("metric_id", list),
    ).reset_index()  # fmt: skip
    table = own.merge(facts, on=["indicator_id", "unit"], how="left")
    is_usual = table["kind"].eq(table["indicator_id"].map(usual).fillna("level"))
    return table.assign(n_peers=table["n_peers"].fillna(0).astype("int64").where(is_usual, 0), is_usual=is_usual)


def _weighed(table: pd.DataFrame) -> pd.DataFrame:
    far = ((table["value"] - table["peers_median"]).abs() / table["spread"].where(table["spread"] > 0)).clip(upper=3)
    plain = table["unit"].isin(["%", "亿元", "万元", "个百分点"]).astype(float)
    weight = (
        3.0 * table["indicator_id"].notna()
        + 1.0 * table["is_usual"]
        + 0.5 * plain
        + table["indicator_confidence"].fillna(0)
        + np.minimum(table["n_peers"], 5) / 5
        + far.fillna(0) / 3
    )
    return table.assign(weight=weight.astype("float64"))


def oddities(emphasis: pd.DataFrame, targets: pd.DataFrame, region: str, n: int = 2) -> pd.DataFrame:
    """In what a region differs most from the others: domains it writes more or less of, targets far off.

    Args: emphasis, targets: as `compare.emphasis` and `compare.targets` give them, the region and its peers together.
    Returns: the `n` greatest deviations (of shares, rates and means, which large and small places share) in robust z (distance from the others' median over 1.4826 × their median
        absolute deviation), at least one of each kind where both exist: `kind` (emphasis, target), `subject` (domain or
        indicator_id), `name` (the indicator's), `own`, `median`, `distance`, `direction` (above, below), with the `ids`
        and `ids_median` of what both were read or counted from. Needs three others at least.
    """
    spoken, aimed = _emphasis_oddities(emphasis, region), _target_oddities(targets, region)
    found = pd.concat([spoken.head(n), aimed.head(n)], ignore_index=True)
    if found.empty:
        return base.empty(_ODDITIES, "one_group")
    first = pd.concat([spoken.head(1), aimed.head(1)], ignore_index=True)
    rest = found[~found["subject"].isin(first["subject"])]
    ordered = pd.concat([first, rest], ignore_index=True).head(max(n, 1))
    return _by_size(ordered).reset_index(drop=True)


def _by_size(table: pd.DataFrame) -> pd.DataFrame:
    return table.loc[table["z"].abs().sort_values(ascending=False, kind="stable").index]


def _emphasis_oddities(emphasis: pd.DataFrame, region: str) -> pd.DataFrame:
    base.need(emphasis, ["region", "domain", "share"], "emphasis")
    known = emphasis[~emphasis["domain"].isin(["other", "unknown"])]
    table = likeness.against_peers(known, region, "share")
    books = emphasis[emphasis["region"].eq(region)].drop_duplicates("domain").set_index("domain")
    book = table["domain"].map(books["codebook"]) if "codebook" in books.columns else None
    table = table.assign(**_both(known, table["domain"], "domain", region))
    return _odd(table.rename(columns={"domain": "subject"}).assign(kind="emphasis", unit="%", codebook=book), 0.02)


def _target_oddities(targets: pd.DataFrame, region: str) -> pd.DataFrame:
    standing = goals.standing(targets, region=region)
    standing = standing[standing["is_relative"].astype(bool)]
    if standing.empty:
        return pd.DataFrame(columns=_ODDITIES)
    table = likeness.against_peers(standing, region, "value", of="indicator_id")
    own = standing[standing["region"].eq(region)].set_index("indicator_id")
    facts = {
        "name": own["indicator"], "unit": own["unit"], "plan_id": own["plan_id"], "metric_id": own["metric_id"],
    }  # fmt: skip
    table = table.assign(**_both(standing, table["indicator_id"], "indicator_id", region)).assign(
        kind="target", codebook=None, **{key: table["indicator_id"].map(held) for key, held in facts.items()}
    )
    return _odd(table.rename(columns={"indicator_id": "subject"}), 0.0)


def _both(values: pd.DataFrame, things: pd.Series, of: str, region: str) -> dict[str, list[list[str]]]:
    """For each thing the ids of the region's own rows and of the others'."""
    parts = [values[values[of].eq(thing)] for thing in things]
    return {
        "ids": [frames.ids(part[part["region"].eq(region)]) for part in parts],
        "ids_median": [frames.ids(part[part["region"].ne(region)]) for part in parts],
    }


def _odd(table: pd.DataFrame, least: float) -> pd.DataFrame:
    """Rows beside three others or more that lie off their median by more than `least`, the greatest |z| first."""
    if table.empty:
        return pd.DataFrame(columns=_ODDITIES)
    kept = table[table["n"].ge(3) & table["distance"].abs().gt(least)]
    size = (kept["quartile_high"] - kept["quartile_low"]).abs() / 1.349
    z = kept["z"].fillna(kept["distance"] / size.where(size > 0))
    kept = kept.assign(z=z, n_peers=kept["n"], direction=np.where(kept["distance"] > 0, "above", "below"))
    return _by_size(kept.dropna(subset=["z"])).reindex(columns=_ODDITIES)
