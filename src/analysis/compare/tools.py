"""Which policy tools are used for what: the X-Y table, its statistic, the structure by region."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis import frames, lexicon
from analysis.compare import base

_PART = "/"
GROUPS = ("supply", "environment", "demand")


def instruments(items: pd.DataFrame, by: str = "domain", tense: str | None = "task") -> pd.DataFrame:
    """The instrument × domain table (or × `stage`, × `region`: any column of items).

    Returns: a row an instrument × value of `by`, empty cells included (a domain bears its `codebook`, since two sectors
        may use one code): `group` (supply, environment, demand), `n`
        (items of the value that use the instrument), `share` (of all uses), `share_of_items` (of the value's items),
        `expected` and `residual` (standardised: adjusted for row and column, beyond ±1.96 is more than chance), and the
        `ids` of the items.
    Source: Rothwell & Zegveld (1985) for the tools; Haberman (1973) for the adjusted residual.
    """
    extra = ["codebook"] if by == "domain" else []
    columns = ["instrument", "group", *extra, by, "n", "share", "share_of_items", "expected", "residual", "ids"]
    base.need(items, ["instruments", by, "item_id"], "items")
    kept = items[items[by].notna()]
    if tense is not None:
        kept = base.need(kept, ["tense"], "items")[kept["tense"].eq(tense)]
    if extra:
        kept = kept.assign(domain=base.codebook(kept) + _PART + kept["domain"])
    uses = kept[["item_id", by, "instruments"]].explode("instruments").dropna(subset="instruments")
    uses = uses.drop_duplicates(["item_id", "instruments"])
    if uses.empty:
        return base.empty(columns, "no_rows")
    groups = instrument_groups()
    counts = pd.crosstab(uses["instruments"], uses[by])
    names = [*[i for i in groups if i in set(groups)], *sorted(set(counts.index) - set(groups))]
    counts = counts.reindex(index=names, columns=sorted(kept[by].unique()), fill_value=0)
    table = _long(counts, kept[by].value_counts(), by)
    own = base.ids(uses, ["instruments", by])
    table["ids"] = [own.get(key, []) for key in zip(table["instrument"], table[by], strict=True)]
    if extra:
        parts = table["domain"].str.split(_PART, n=1, expand=True)
        table = table.assign(codebook=parts[0], domain=parts[1])
    return table.assign(group=table["instrument"].map(groups).fillna("other"))[columns]


def instrument_groups() -> dict[str, str]:
    """The group of each instrument of the codebook, in the codebook's order."""
    return {row["id"]: row["group"] for row in lexicon.table("common/instruments")}


def _long(counts: pd.DataFrame, sizes: pd.Series, by: str) -> pd.DataFrame:
    expected, residual = residuals(counts.to_numpy(dtype=float))
    table = base.long(counts, "instrument", by, "n")
    return table.assign(
        share=table["n"] / table["n"].sum(),
        share_of_items=table["n"] / table[by].map(sizes),
        expected=expected.ravel(),
        residual=residual.ravel(),
    )


def residuals(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Expected counts under independence and adjusted standardised residuals (null where a margin is empty)."""
    total = counts.sum()
    rows, columns = counts.sum(axis=1, keepdims=True), counts.sum(axis=0, keepdims=True)
    expected = rows @ columns / total
    variance = expected * (1 - rows / total) * (1 - columns / total)
    with np.errstate(invalid="ignore", divide="ignore"):
        residual = np.where(variance > 0, (counts - expected) / np.sqrt(variance), np.nan)
    return expected, residual


def association(
    table: pd.DataFrame,
    row: str = "instrument",
    column: str = "domain",
    n: str = "n",
    n_draws: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Whether rows and columns of a count table go together: one row.

    Returns: `chi2`, `dof`, `p` (Pearson, no correction), `cramers_v`, `n`, `n_empty` (cells of count 0) and
        `share_small` (cells whose expected count is below 5: above 0.2 the p-value is not to be trusted, and `p_simulated`, from
        `n_draws` random tables with the same margins, takes its place; null else). Empty rows and columns are left out.
    Source: Pearson (1900); Cramér (1946); Cochran (1954) for the rule of 5; Patefield (1981) and Hope (1968) for the draws.
    """
    from scipy.special import chdtrc

    columns = ["chi2", "dof", "p", "p_simulated", "cramers_v", "n", "n_empty", "share_small"]
    base.need(table, [row, column, n], "table")
    counts = table.pivot_table(index=row, columns=column, values=n, aggfunc="sum", fill_value=0).astype(float)
    counts = counts.loc[counts.sum(axis=1) > 0, counts.sum(axis=0) > 0]
    if min(counts.shape, default=0) < 2:
        return base.empty(columns, "no_rows" if counts.empty else "one_group")
    expected, _ = residuals(counts.to_numpy())
    chi2 = float(((counts.to_numpy() - expected) ** 2 / expected).sum())
    dof = (counts.shape[0] - 1) * (counts.shape[1] - 1)
    total = float(counts.to_numpy().sum())
    facts = {
        "chi2": chi2,
        "dof": dof,
        "p": float(chdtrc(dof, chi2)),
        "cramers_v": float(np.sqrt(chi2 / total / (min(counts.shape) - 1))),
        "n": int(total),
        "n_empty": int((counts.to_numpy() == 0).sum()),
        "share_small": float((expected < 5).mean()),
    }
    is_rough = facts["share_small"] > SMALL
    facts["p_simulated"] = _simulated(counts.to_numpy(), expected, chi2, n_draws, seed) if is_rough else np.nan
    return pd.DataFrame([facts])[columns]


SMALL = 0.2  # Cochran: up to a fifth of the cells may expect fewer than 5


def _simulated(counts: np.ndarray, expected: np.ndarray, chi2: float, n_draws: int, seed: int) -> float:
    """The share of random tables with the same margins (and this one) that are as far from independence."""
    from scipy.stats import random_table  # here, not above: seconds that most pages need not wait

    rows, columns = counts.sum(axis=1).astype("int64"), counts.sum(axis=0).astype("int64")
    drawn = random_table(rows, columns).rvs(n_draws, random_state=np.random.default_rng(seed))
    found = ((drawn - expected) ** 2 / expected).sum(axis=(1, 2))
    return float((1 + (found >= chi2 - 1e-9).sum()) / (n_draws + 1))


def structure(items: pd.DataFrame, by: str = "region", tense: str | None = "task") -> pd.DataFrame:
    """The share of supply, environment and demand tools in each group's uses.

    Returns: a row a `by` × group: `n`, `share`, and `low`-`high`, the 95 % Wilson interval; the `ids` of the items.
    Source: Wilson (1927).
    """
    columns = [by, "group", "n", "share", "low", "high", "ids"]
    table = instruments(items, by=by, tense=tense)
    if table.empty:
        return base.empty(columns, "no_rows")
    sums = table.groupby([by, "group"])["n"].sum().unstack(fill_value=0)
    sums = sums.reindex(columns=[g for g in (*GROUPS, "other") if g in GROUPS or g in sums.columns], fill_value=0)
    long = base.long(sums, by, "group", "n")
    total = long.groupby(by)["n"].transform("sum")
    low, high = wilson(long["n"].to_numpy(dtype=float), total.to_numpy(dtype=float))
    own = {key: frames.ids(part) for key, part in table.groupby([by, "group"])}
    ids = [own.get(key, []) for key in zip(long[by], long["group"], strict=True)]
    return long.assign(share=long["n"] / total, low=low, high=high, ids=ids)[columns]


def wilson(n: np.ndarray, total: np.ndarray, z: float = 1.959963984540054) -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper ends of the Wilson interval of n out of total (0 and 1 where total is 0)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        p = np.where(total > 0, n / total, 0.5)
        middle = (p + z**2 / (2 * total)) / (1 + z**2 / total)
        half = z / (1 + z**2 / total) * np.sqrt(p * (1 - p) / total + z**2 / (4 * total**2))
        low, high = np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)
    return np.where(total > 0, low, 0.0), np.where(total > 0, high, 1.0)
