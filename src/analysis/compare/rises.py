"""Words that are new, rise, fade or burst between years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.compare import base
from analysis.compare.wording import NAMES, g_squared

ENOUGH = 8  # plans a year from which on whole plans are drawn anew, since words of one plan are not independent
_COLUMNS = [
    "term", "pos", "first_year", "last_year", "n_first", "n_last", "per_1000_first", "per_1000_last", "log_ratio", "low",
    "high", "is_change", "g2", "kind", "burst_first", "burst_last", "burst_weight", "unit",
]  # fmt: skip


def bursts(
    terms: pd.DataFrame, least: int = 5, leave_out: Sequence[str] = NAMES, n_boot: int = 400, seed: int = 0,
    ratio: float = 2.0, cost: float = 1.0,
) -> pd.DataFrame:  # fmt: skip
    """Each word's rate in the first and the last year, and the years in which it bursts.

    Args:
        least: leave out words that occur fewer times in all.
        leave_out: parts of speech that do not count, as for `keyness`.
        ratio, cost: Kleinberg's s (a burst's rate over the usual one) and γ (what it costs to enter one).
    Returns: a row a word, sure rises first and sure falls last by signed `g2`: rates per 1,000 content words, `log_ratio` (binary, of the rates, with
        0.5 added to each count) and its 95 % bootstrap interval `low`-`high` over plans, or over items where a year has fewer
        than 8 plans (`unit` says which), `is_change` (the interval leaves out 0), `kind` (new: never in the first year; gone:
        never in the last; rising and fading: a sure change; steady: no change that can be claimed), `burst_first`,
        `burst_last` and `burst_weight` of its heaviest burst (null: none).
    Source: Kleinberg (2003), "Bursty and hierarchical structure in streams", the two-state automaton for documents in
        batches (a batch is a year, a document an item); Hardie (2014) for the log ratio.
    """
    base.need(terms, ["plan_id", "item_id", "term", "pos", "n", "plan_year"], "terms")
    kept = terms[terms["plan_year"].notna() & ~terms["pos"].isin(leave_out)]
    years = sorted(int(year) for year in kept["plan_year"].unique())
    if len(years) < 2:
        return base.empty(_COLUMNS, "one_year" if years else "no_rows")
    sums = kept.groupby("term", sort=True)["n"].sum()
    names = list(sums[sums >= least].index)
    if not names:
        return base.empty(_COLUMNS, "no_rows")
    table = _ratios(kept, names, years, n_boot, base.generator(seed, *years))
    table["is_change"] &= (
        table["n_first"] + table["n_last"] >= least
    )  # a word of the years between neither rose nor fell
    table = table.assign(pos=_part_of_speech(kept, names), **_bursts(kept, names, years, ratio, cost))
    table = table.assign(
        first_year=years[0], last_year=years[-1], kind=[_kind(row) for row in table.to_dict("records")]
    )
    g2 = _g_squared(table)
    order = table.assign(g2=g2, _surest=np.where(table["is_change"], g2, 0.0))
    order = order.sort_values(["_surest", "log_ratio", "term"], ascending=[False, False, True])
    return order[_COLUMNS].reset_index(drop=True)


def _g_squared(table: pd.DataFrame) -> np.ndarray:
    """Signed G² of each word's uses in the last and the first year against all other words there."""
    last, first = (table[c].to_numpy(dtype=float) for c in ("n_last", "n_first"))
    words = [table[c].to_numpy(dtype=float) for c in ("words_last", "words_first")]
    is_used = last + first > 0  # a word of the years between is in neither
    found = np.zeros(len(table))
    cells = (last, first, words[0] - last, words[1] - first)
    a, b, c, d = (cell[is_used] for cell in cells)
    found[is_used] = g_squared(a, b, c, d, "none")
    return found


def _part_of_speech(terms: pd.DataFrame, names: list[str]) -> list[str]:
    common = terms.groupby(["term", "pos"])["n"].sum().sort_values(ascending=False, kind="stable").reset_index()
    return list(common.drop_duplicates("term").set_index("term")["pos"].reindex(names))


def _ratios(terms: pd.DataFrame, names: list[str], years: list[int], n_boot: int, draws: Any) -> pd.DataFrame:
    ends = [terms[terms["plan_year"].eq(year)] for year in (years[0], years[-1])]
    unit = "plan_id" if min(part["plan_id"].nunique() for part in ends) >= ENOUGH else "item_id"
    (a, total_a, rates_a), (b, total_b, rates_b) = (_rates(part, names, unit, n_boot, draws) for part in ends)
    spread = np.log2(rates_b / rates_a)
    low, high = np.quantile(spread, [0.025, 0.975], axis=0)
    ratio = np.log2(((b + 0.5) / total_b) / ((a + 0.5) / total_a))
    return pd.DataFrame(
        {
            "term": names,
            "n_first": a,
            "n_last": b,
            "words_first": total_a,
            "words_last": total_b,
            "per_1000_first": 1000 * a / total_a,
            "per_1000_last": 1000 * b / total_b,
            "log_ratio": ratio,
            "low": low,
            "high": high,
            "is_change": (low > 0) | (high < 0),
            "unit": "plan" if unit == "plan_id" else "item",
        }
    )


def _rates(
    part: pd.DataFrame, names: list[str], unit: str, n_boot: int, draws: Any
) -> tuple[np.ndarray, int, np.ndarray]:
    """A year's counts, its words in all, and the smoothed rates when its units are drawn anew: draws × terms."""
    from scipy import sparse  # here, not above: seconds that most pages need not wait

    units, terms = pd.factorize(part[unit], sort=True)[0], pd.Index(names).get_indexer(part["term"])
    held, n = terms >= 0, int(units.max()) + 1
    counts = part["n"].to_numpy(dtype=float)
    shape = (n, len(names))
    matrix = sparse.csr_matrix((counts[held], (units[held], terms[held])), shape=shape)
    words = np.bincount(units, weights=counts, minlength=n)
    weights = draws.multinomial(n, np.full(n, 1 / n), size=n_boot).astype(float)
    drawn = (matrix.T @ weights.T).T
    own = np.asarray(matrix.sum(axis=0)).ravel().astype("int64")
    return own, int(words.sum()), (drawn + 0.5) / (weights @ words)[:, None]


def _kind(row: dict[Any, Any]) -> str:
    if not row["is_change"]:
        return "steady"
    if row["log_ratio"] > 0:
        return "new" if row["n_first"] == 0 else "rising"
    return "gone" if row["n_last"] == 0 else "fading"


def _bursts(terms: pd.DataFrame, names: list[str], years: list[int], ratio: float, cost: float) -> dict[str, Any]:
    held = terms.drop_duplicates(["item_id", "term"])
    of_year = held["plan_year"].astype("int64")
    crossed = pd.crosstab(held["term"], of_year).reindex(index=names, columns=years, fill_value=0)
    totals = terms.groupby("plan_year")["item_id"].nunique().reindex(years).to_numpy(dtype=float)
    found = [heaviest(row, totals, ratio, cost) for row in crossed.to_numpy(dtype=float)]
    return {
        "burst_first": pd.array([years[f[0]] if f else None for f in found], dtype="Int64"),
        "burst_last": pd.array([years[f[1]] if f else None for f in found], dtype="Int64"),
        "burst_weight": [f[2] if f else np.nan for f in found],
    }


def heaviest(hits: np.ndarray, totals: np.ndarray, ratio: float, cost: float) -> tuple[int, int, float] | None:
    """The first and last batch of the heaviest burst and its weight; none where the automaton never leaves its usual state.

    Args: hits: documents with the word in each batch; totals: documents in each.
    """
    gain = _gain(hits, totals, ratio)
    states = _states(gain, cost * np.log(len(hits)))
    runs: list[tuple[int, int, float]] = []
    for at, is_high in enumerate(states):
        if is_high and runs and runs[-1][1] == at - 1:
            runs[-1] = (runs[-1][0], at, runs[-1][2] + gain[at])
        elif is_high:
            runs.append((at, at, gain[at]))
    return max(runs, key=lambda run: run[2]) if runs else None


def _gain(hits: np.ndarray, totals: np.ndarray, ratio: float) -> np.ndarray:
    """How much better the bursting state explains each batch than the usual one, in natural logarithms."""
    usual = min(hits.sum() / totals.sum(), 0.999999)
    high = min(usual * ratio, 0.999999)
    misses = totals - hits
    return hits * np.log(high / usual) + misses * np.log((1 - high) / (1 - usual))


def _states(gain: np.ndarray, cost: float) -> list[bool]:
    """The cheapest way through both states, which begins in the usual one (Viterbi); only the way up costs."""
    best = [0.0, -cost]
    ways: list[tuple[int, int]] = []
    for at, value in enumerate(gain):
        if at == 0:
            best, came = [0.0, value - cost], (0, 0)
        else:
            up, stay = best[0] - cost, best[1]
            came = (0 if best[0] >= best[1] else 1, 0 if up > stay else 1)
            best = [max(best), value + max(up, stay)]
        ways.append(came)
    state, states = int(best[1] > best[0]), []
    for came in reversed(ways):
        states.append(state == 1)
        state = came[state]
    return states[::-1]
