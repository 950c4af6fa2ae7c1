"""How much of its words a place gives to each domain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from analysis.compare import base
from analysis.frames import FrameError

UNKNOWN = "unknown"
_COLUMNS = ["codebook", "domain", "n_items", "n_chars", "share", "low", "high", "ids"]


def emphasis(
    items: pd.DataFrame,
    by: str | Sequence[str] = "region",
    weight: str = "chars",
    tense: str | None = None,
    n_boot: int = 400,
    seed: int = 0,
) -> pd.DataFrame:
    """The share of attention that each domain has in each group.

    Args:
        by: a column, or several, that make the groups; items without one are left out.
        weight: "chars" (length of the item's text) or "items" (each counts one); both are shares of the group's
            total, so long plans and short ones compare.
        tense: "task" keeps what is to be done and leaves out what is reported.
    Returns: a row a group × domain (also domains with share 0, so that a table has no holes), with the 95 % interval
        `low`-`high` from a bootstrap over the group's items and the `ids` of the domain's. Items without a domain count
        as "unknown".
    Raises: FrameError for a missing column or a weight that is neither.
    """
    groups = base.keys(by)
    base.need(items, ["text", "domain", *groups], "items")
    if weight not in ("chars", "items"):
        raise FrameError(f"weight is {weight!r}; it may be 'chars' or 'items'")
    kept = _kept(items, groups, tense)
    if kept.empty:
        return base.empty([*groups, *_COLUMNS], "no_rows")
    kept["weight"] = kept["n_chars"] if weight == "chars" else 1
    tables = [_group(part, groups, n_boot, seed) for part in _parts(kept, groups)]
    return pd.concat(tables, ignore_index=True)[[*groups, *_COLUMNS]]


def _kept(items: pd.DataFrame, groups: list[str], tense: str | None) -> pd.DataFrame:
    kept = items.dropna(subset=groups)
    if tense is not None:
        kept = base.need(kept, ["tense"], "items").query("tense == @tense")
    kept = kept.assign(codebook=base.codebook(kept), domain=kept["domain"].fillna(UNKNOWN), n_chars=base.chars(kept))
    return kept[kept["n_chars"] > 0].copy()


def _parts(kept: pd.DataFrame, groups: list[str]) -> Iterator[pd.DataFrame]:
    """The items of each group and codebook, each with the domains that the codebook's items use anywhere."""
    for _, table in kept.groupby("codebook", sort=True):
        used = sorted(table["domain"].unique())
        for _, part in table.groupby(groups, sort=True):
            yield part.assign(domain=pd.Categorical(part["domain"], categories=used))


def _group(part: pd.DataFrame, groups: list[str], n_boot: int, seed: int) -> pd.DataFrame:
    sums = part.groupby("domain", observed=False).agg(
        n_items=("text", "size"), n_chars=("n_chars", "sum"), weight=("weight", "sum")
    )
    names = part[groups].iloc[0]
    draws = base.generator(seed, *names)
    low, high = intervals(part["domain"].cat.codes.to_numpy(), part["weight"].to_numpy(), len(sums), n_boot, draws)
    table = sums.assign(share=sums["weight"] / sums["weight"].sum(), low=low, high=high).reset_index()
    own = base.ids(part, ["domain"])
    return table.assign(
        codebook=part["codebook"].iloc[0], domain=table["domain"].astype("str"),
        ids=[own.get(domain, []) for domain in table["domain"]], **{g: names[g] for g in groups},
    )  # fmt: skip


def widest(emphasis: pd.DataFrame, by: str = "region") -> pd.DataFrame:
    """The rows of the domain in whose share the groups lie furthest apart; what has no domain only where nothing else is."""
    base.need(emphasis, [by, "codebook", "domain", "share"], "emphasis")
    known = emphasis[~emphasis["domain"].isin(["other", UNKNOWN])]
    held = known if len(known) else emphasis
    if held.empty:
        return held
    spread = held.groupby(["codebook", "domain"])["share"].agg(np.ptp)
    book, code = spread.idxmax()
    return held[held["codebook"].eq(book) & held["domain"].eq(code)].reset_index(drop=True)


def intervals(
    codes: np.ndarray, weights: np.ndarray, n_codes: int, n_boot: int, draws: np.random.Generator, level: float = 0.95
) -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper ends of the percentile interval of each code's share of the weight, items drawn anew."""
    n = len(codes)
    values = np.zeros((n, n_codes))
    values[np.arange(n), codes] = weights
    sums = draws.multinomial(n, np.full(n, 1 / n), size=n_boot) @ values
    shares = sums / sums.sum(axis=1, keepdims=True)
    tail = (1 - level) / 2
    return np.quantile(shares, tail, axis=0), np.quantile(shares, 1 - tail, axis=0)


def specialisation(emphasis: pd.DataFrame, by: str = "region") -> pd.DataFrame:
    """Location quotients: a group's share of attention to a domain over the share of all groups together.

    Args: emphasis: as `compare.emphasis` gives it.
    Returns: a row a group × domain with `share`, `total_share` and `quotient` (1: as everybody; null where nobody
        writes of the domain), and `symmetric`, (q - 1) / (q + 1), from -1 to 1.
    Source: Balassa (1965), revealed comparative advantage; Laursen (2015) for the symmetric form.
    """
    columns = [by, "codebook", "domain", "share", "total_share", "quotient", "symmetric"]
    base.need(emphasis, [by, "codebook", "domain", "share", "n_chars"], "emphasis")
    columns += ["ids"] if "ids" in emphasis.columns else []
    if emphasis[by].nunique() < 2:
        return base.empty(columns, "no_rows" if emphasis.empty else "one_group")
    totals = emphasis.groupby(["codebook", "domain"])["n_chars"].sum()
    totals = totals / totals.groupby("codebook").transform("sum")
    table = emphasis.merge(totals.rename("total_share").reset_index(), on=["codebook", "domain"])
    own = table["n_chars"] / table.groupby([by, "codebook"])["n_chars"].transform("sum")
    quotient = own / table["total_share"].where(table["total_share"] > 0)
    table = table.assign(share=own, quotient=quotient, symmetric=(quotient - 1) / (quotient + 1))
    return table[columns].sort_values([by, "codebook", "domain"], ignore_index=True)


def focus(emphasis: pd.DataFrame, by: str = "region") -> pd.DataFrame:
    """How concentrated a group's attention is.

    Returns: a row a group: `entropy` (Shannon, natural logarithm) over domains, `evenness` (entropy over its
        greatest value, 0 to 1), `herfindahl` (sum of squared shares), `n_domains` (with a share), `top` (the greatest
        domain, other and unknown only where there is none) and `top_share`, with the `ids` of its items.
    Source: Shannon (1948); Jennings et al. (2011) on entropy as diversity of a policy agenda.
    """
    columns = [by, "codebook", "entropy", "evenness", "herfindahl", "n_domains", "top", "top_share", "ids"]
    base.need(emphasis, [by, "codebook", "domain", "share"], "emphasis")
    if emphasis.empty:
        return base.empty(columns, "no_rows")
    rows = [
        {by: name, "codebook": book, **_focus(part.set_index("domain"))}
        for (name, book), part in emphasis.groupby([by, "codebook"], sort=True)
    ]
    return pd.DataFrame(rows)[columns].sort_values("entropy", kind="stable", ignore_index=True)


def _focus(table: pd.DataFrame) -> dict[str, object]:
    shares = table["share"]
    positive = shares[shares > 0]
    known = positive.drop([d for d in ("other", UNKNOWN) if d in positive.index])
    led = known if len(known) else shares
    entropy = float(-(positive * np.log(positive)).sum())
    greatest = np.log(len(shares)) if len(shares) > 1 else np.nan
    return {
        "entropy": entropy,
        "evenness": entropy / greatest,
        "herfindahl": float((shares**2).sum()),
        "n_domains": len(positive),
        "top": led.idxmax(),
        "top_share": float(led.max()),
        "ids": table.loc[led.idxmax(), "ids"] if "ids" in table.columns else [],
    }
