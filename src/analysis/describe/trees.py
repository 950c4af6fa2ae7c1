"""Sentences on trees of likeness."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.describe import base
from analysis.describe.base import join, say


@base.sentence
def dendrogram(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """Which two groups join first, and which stand apart from the others at the last joining."""
    leaves = frame["name"].notna()
    first, last = frame[~leaves].iloc[0], frame.iloc[-1]
    pair = join([str(frame.loc[frame["node"].eq(first[side]), "name"].iloc[0]) for side in ("left", "right")], lang)
    ends = [_below(frame, int(last[side])) for side in ("left", "right")]
    small = min(ends, key=len)
    apart = base.some(small, lang)
    return say(
        lang,
        f"最先并到一起的是{pair}；最后才与其余各地并合的是{apart}。",
        f"{pair} join first; {apart} {'stands' if len(small) == 1 else 'stand'} apart to the last.",
    )


def _below(frame: pd.DataFrame, node: int) -> list[str]:
    """The names of the leaves below a node."""
    row = frame[frame["node"].eq(node)].iloc[0]
    if isinstance(row["name"], str):
        return [row["name"]]
    return _below(frame, int(row["left"])) + _below(frame, int(row["right"]))


@base.sentence
def clustered(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """Which two domains tend to be stressed by the same places, and which two most seldom."""
    known = frame[~frame["domain"].isin(base.REST)]
    by = base.group_column(frame, {"codebook", "domain", "n_items", "n_chars", "share", "low", "high", "order", "domain_order"})  # fmt: skip
    wide = known.pivot_table(index=by, columns=["codebook", "domain"], values="share", fill_value=0.0)
    wide = wide.loc[:, wide.mean() >= 0.03] if (wide.mean() >= 0.03).sum() > 1 else wide
    if wide.shape[1] < 2:
        return base.why("no_rows", lang)
    pairs = _upper(wide)
    if pairs.empty:
        return say(lang, "各地在各领域的篇幅没有差别。", "The places do not differ in any domain's share.")
    near, far = base.peak(pairs), base.trough(pairs)
    names = [join([base.domain(code, lang, book) for book, code in key], lang) for key in (near, far)]
    return say(
        lang,
        f"同起同落的是{names[0]}（r = {pairs[near]:.2f}），此消彼长的是{names[1]}（r = {pairs[far]:.2f}）。",
        f"Places that stress one of {names[0]} stress the other too (r = {pairs[near]:.2f}); {names[1]} stand against each "
        f"other (r = {pairs[far]:.2f}).",
    )


def _upper(wide: pd.DataFrame) -> pd.Series:
    """The correlation of each pair of columns."""
    table = wide.corr()
    names = list(table.columns)
    found = {(a, b): float(table.loc[a, b]) for at, a in enumerate(names) for b in names[at + 1 :]}
    return pd.Series(list(found.values()), index=pd.Index(list(found), tupleize_cols=False)).dropna()
