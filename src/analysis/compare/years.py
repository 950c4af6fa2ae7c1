"""What grew, faded, stayed or came and went between years."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.compare import attention, base

_COLUMNS = [
    "region", "codebook", "domain", "first_year", "last_year", "n_years", "first_share", "last_share", "change", "low",
    "high", "log_ratio", "is_change", "kind", "ids", "ids_first_share", "ids_last_share",
]  # fmt: skip


def change(
    items: pd.DataFrame, by: str = "region", tense: str | None = None, n_boot: int = 400, seed: int = 0
) -> pd.DataFrame:
    """How each group's attention to each domain moved from its first year to its last.

    Returns: a row a group × domain: shares of characters in both years, `change` (last - first) with its 95 %
        bootstrap interval `low`-`high` over items, `log_ratio` (binary, null where a share is 0), `is_change` (the
        interval leaves out 0) and `kind`, the attention type over all its years: broken (间断: written of, silent,
        written of again or only in between), growing (成长: change up), fading (衰退: change down), lasting (持续: no
        change that the interval allows to claim). Groups with one year are left out. `ids_first_share` and
        `ids_last_share` are the items of the domain in both years, `ids` all of them.
    """
    base.need(items, [by, "plan_year", "domain", "text"], "items")
    known = items.dropna(subset=[by, "plan_year"])
    columns = [by, *_COLUMNS[1:]]
    if known.empty:
        return base.empty(columns, "no_rows")
    years = known.groupby(by)["plan_year"].nunique()
    known = known[known[by].isin(years[years > 1].index)]
    if known.empty:
        return base.empty(columns, "one_year")
    kept = attention._kept(known, [by, "plan_year"], tense)
    parts = [_group(part, by, n_boot, seed) for _, part in kept.groupby([by, "codebook"], sort=True)]
    return pd.concat(parts, ignore_index=True).reindex(columns=columns)


def _group(part: pd.DataFrame, by: str, n_boot: int, seed: int) -> pd.DataFrame:
    domains, years = sorted(part["domain"].unique()), sorted(part["plan_year"].unique())
    part = part.assign(domain=pd.Categorical(part["domain"], categories=domains))
    shares = np.stack([_shares(part[part["plan_year"].eq(y)], len(domains)) for y in years])
    draws = base.generator(seed, part[by].iloc[0])
    first, last = (_drawn(part[part["plan_year"].eq(y)], len(domains), n_boot, draws) for y in (years[0], years[-1]))
    low, high = np.quantile(last - first, [0.025, 0.975], axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log2(shares[-1] / shares[0])
    moved = (low > 0) | (high < 0)
    ends = [base.ids(part[part["plan_year"].eq(year)], ["domain"]) for year in (years[0], years[-1])]
    before, after = ([held.get(domain, []) for domain in domains] for held in ends)
    return pd.DataFrame(
        {
            by: part[by].iloc[0],
            "codebook": part["codebook"].iloc[0],
            "domain": domains,
            "first_year": int(years[0]),
            "last_year": int(years[-1]),
            "n_years": len(years),
            "first_share": shares[0],
            "last_share": shares[-1],
            "change": shares[-1] - shares[0],
            "low": low,
            "high": high,
            "log_ratio": np.where(np.isfinite(ratio), ratio, np.nan),
            "is_change": moved,
            "kind": [_kind(shares[:, i], moved[i]) for i in range(len(domains))],
            "ids": [[*one, *other] for one, other in zip(before, after, strict=True)],
            "ids_first_share": before,
            "ids_last_share": after,
        }
    )


def _shares(part: pd.DataFrame, n: int) -> np.ndarray:
    sums = np.bincount(part["domain"].cat.codes, weights=part["n_chars"], minlength=n)
    return sums / sums.sum()


def _drawn(part: pd.DataFrame, n: int, n_boot: int, draws: np.random.Generator) -> np.ndarray:
    """Shares in each draw of as many items: draws × domains."""
    values = np.zeros((len(part), n))
    values[np.arange(len(part)), part["domain"].cat.codes] = part["n_chars"]
    sums = draws.multinomial(len(part), np.full(len(part), 1 / len(part)), size=n_boot) @ values
    return sums / sums.sum(axis=1, keepdims=True)


def _kind(shares: np.ndarray, moved: bool) -> str:
    told = shares > 0
    ends = sum(before and not after for before, after in pairwise(told))
    begins = sum(after and not before for before, after in pairwise(told))
    if ends and begins:
        return "broken"
    if not moved:
        return "lasting"
    return "growing" if shares[-1] > shares[0] else "fading"
