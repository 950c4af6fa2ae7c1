"""What a plan puts first, seen through three lenses: space, strength of wording, substance."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.compare import base

STRENGTH = {"binding": 5, "quantified": 4, "concrete": 3, "continuing": 2, "exploratory": 1}
LENSES = ("space", "strength", "substance")
_COLUMNS = [
    "plan_id", "region", "plan_year", "codebook", "domain", "n_items", *LENSES,
    "space_rank", "strength_rank", "substance_rank", "joint_rank", "joint_low", "joint_high", "lenses_disagree",
    "ids",
]  # fmt: skip


def priorities(
    items: pd.DataFrame, metrics: pd.DataFrame, tense: str | None = "task", n_boot: int = 200, seed: int = 0
) -> pd.DataFrame:
    """Each plan's domains ranked by space, strength and substance, and by the three together.

    Returns: a row a plan × domain that the plan has items of. `space` is the share of characters; `strength` the
        share of items worded as binding, quantified or concrete; `substance` the mean share of items that have a target number, an owner
        and a deadline. Ranks are within the plan, 1 first; ties share their mean. `joint_rank` ranks the mean of the
        three ranks; `joint_low`, `joint_high` hold 95 % of its bootstrap over items. `lenses_disagree` where the best
        and the worst of the three ranks lie half the list or more apart. `ids` are those of the domain's items.
    """
    wanted = ["plan_id", "text", "domain", "commitment", "lead_units", "deadline", "item_id", "tense"]
    base.need(items, wanted, "items")
    base.need(metrics, ["item_id", "status"], "metrics")
    kept = items[items["domain"].notna() & items["text"].notna()]
    if tense is not None:
        kept = kept[kept["tense"].eq(tense)]
    if kept.empty:
        return base.empty(_COLUMNS, "no_rows")
    lenses = _lenses(kept, metrics)
    parts = [_plan(part, n_boot, seed) for _, part in lenses.groupby("plan_id", sort=True)]
    return pd.concat(parts, ignore_index=True)[_COLUMNS]


def item_priorities(items: pd.DataFrame, metrics: pd.DataFrame) -> pd.Series:
    """How much weight each task bears within its plan, from 0 to 1; null for what is no task.

    The mean of three lenses: the share of the plan's tasks that are shorter or as long, the strength of the wording
    (binding 1 … exploratory 0.2, none 0), and the share of target number, owner and deadline that it has.
    """
    base.need(items, ["plan_id", "item_id", "text", "tense", "commitment", "lead_units", "deadline"], "items")
    tasks = items[items["tense"].eq("task").fillna(False).astype(bool)]
    if tasks.empty:
        return pd.Series(float("nan"), index=items.index, dtype="float64")
    length = base.chars(tasks).groupby(tasks["plan_id"]).rank(pct=True, method="max")
    strength = tasks["commitment"].map(STRENGTH).astype("float64").fillna(0) / 5
    return ((length + strength + _substance(tasks, metrics)) / 3).reindex(items.index).astype("float64")


def _substance(items: pd.DataFrame, metrics: pd.DataFrame) -> pd.Series:
    """For each item the share of target number, owner and deadline that it has."""
    targeted = set(metrics.loc[metrics["status"].eq("target"), "item_id"].dropna())
    owned = items["lead_units"].map(lambda units: units is not None and len(units) > 0).astype("float64")
    return (items["item_id"].isin(targeted).astype("float64") + owned + items["deadline"].notna()) / 3


def _lenses(items: pd.DataFrame, metrics: pd.DataFrame) -> pd.DataFrame:
    return items.assign(
        codebook=base.codebook(items),
        space=base.chars(items).astype("float64"),
        strength=items["commitment"].map(STRENGTH).fillna(0).ge(3).astype("float64"),
        substance=_substance(items, metrics),
    )


def _plan(part: pd.DataFrame, n_boot: int, seed: int) -> pd.DataFrame:
    domains = sorted(part["domain"].unique())
    codes = pd.Categorical(part["domain"], categories=domains).codes
    values = part[list(LENSES)].to_numpy(dtype=float)
    first = part.iloc[0]
    measured = _measure(codes, values, np.ones((1, len(part))), len(domains))[0]
    own = base.ids(part, ["domain"])
    table = pd.DataFrame(measured, columns=list(LENSES)).assign(
        domain=domains,
        ids=[own.get(domain, []) for domain in domains],
        n_items=np.bincount(codes, minlength=len(domains)),
        **{c: first[c] if c in part.columns else None for c in ("plan_id", "region", "plan_year", "codebook")},
    )
    ranks = _ranks(measured[None])[0]
    table[["space_rank", "strength_rank", "substance_rank"]] = ranks
    table["joint_rank"] = _joint(ranks[None])[0]
    counts = base.generator(seed, first["plan_id"]).multinomial(len(part), np.full(len(part), 1 / len(part)), n_boot)
    drawn = _joint(_ranks(_measure(codes, values, counts, len(domains))))
    table["joint_low"], table["joint_high"] = np.quantile(drawn, [0.025, 0.975], axis=0)
    table["lenses_disagree"] = (ranks.max(axis=1) - ranks.min(axis=1)) >= max(len(domains) / 2, 2)
    return table.sort_values(["joint_rank", "space_rank", "domain"], ignore_index=True)


def _measure(codes: np.ndarray, values: np.ndarray, counts: np.ndarray, n: int) -> np.ndarray:
    """Draws × domains × lenses: the share of space, and means of strength and substance, per draw of items."""
    member = np.eye(n)[codes]  # items × domains
    drawn = counts @ member
    space = (counts * values[:, 0]) @ member
    means = [(counts * values[:, k]) @ member / np.maximum(drawn, 1) for k in (1, 2)]
    return np.stack([space / space.sum(axis=1, keepdims=True), *means], axis=2)


def _ranks(measured: np.ndarray) -> np.ndarray:
    """Ranks over domains, 1 for the greatest, ties sharing their mean: draws × domains × lenses."""
    greater = (measured[:, None, :, :] > measured[:, :, None, :] + 1e-12).sum(axis=2)
    equal = (np.abs(measured[:, None, :, :] - measured[:, :, None, :]) <= 1e-12).sum(axis=2)
    return greater + (equal + 1) / 2


def _joint(ranks: np.ndarray) -> np.ndarray:
    mean = ranks.mean(axis=2)
    return _ranks(-mean[:, :, None])[:, :, 0]
