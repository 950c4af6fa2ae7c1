"""The words that tell a group from the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.compare import base
from analysis.frames import FrameError

CORRECTIONS = ("default", "yates", "williams", "none")
NAMES = ("ns", "nr", "nrt", "nrfg")
_COLUMNS = [
    "term", "pos", "n_target", "n_reference", "per_1000", "per_1000_reference", "g2", "chi2", "log_odds", "z",
    "log_ratio", "p", "q", "is_key",
]  # fmt: skip


def keyness(
    terms: pd.DataFrame,
    group: Any,
    by: str = "region",
    least: int = 3,
    correction: str = "default",
    prior: float = 500.0,
    level: float = 0.05,
    leave_out: Sequence[str] = NAMES,
) -> pd.DataFrame:
    """How far each term is typical of one group against all others.

    Args:
        group: the value of `by` that is the target; all other rows are the reference.
        least: leave out terms that occur fewer times in all.
        correction: "default" or "yates" (where an expected count is below 5), "williams" (both statistics divided or
            multiplied as quanteda does) or "none".
        leave_out: parts of speech that do not count; by default names of places and people, which tell a place from
            others without saying anything.
        prior: weight of the prior of the log-odds, in words; the pooled frequencies are its shape.
    Returns: a row a term, the most typical first: counts, rates per 1,000 content words (so that long plans and
        short ones compare), signed `g2` and `chi2` (negative: rarer than expected), `log_odds` with its `z`,
        `log_ratio` (binary logarithm of the rates' ratio, 0.5 for a count of 0), `p` of G² and `q` (p after Benjamini
        & Hochberg), `is_key` (q below `level`).
    Raises: FrameError for a missing column or a correction that is none of these.
    Source: Dunning (1993) for G²; quanteda.textstats 0.97, textstat_keyness, for sign and corrections (by default its
        compiled code corrects both after Yates, though its manual names Williams for G²; its offset of 1e-9 inside the
        logarithm is not used); Williams (1976); Monroe, Colaresi & Quinn (2008) for the log-odds; Hardie (2014) for the log ratio;
        Benjamini & Hochberg (1995).
    """
    base.need(terms, ["term", "pos", "n", by], "terms")
    if correction not in CORRECTIONS:
        raise FrameError(f"correction is {correction!r}; it may be {', '.join(CORRECTIONS)}")
    known = terms[terms[by].notna() & ~terms["pos"].isin(leave_out)]
    target = known[by].eq(group)
    if not target.any() or target.all():
        return base.empty(_COLUMNS, "no_region" if len(known) and not target.any() else "one_group")
    return _judged(_measured(_counts(known, target), correction, prior), least, level)


def _measured(counts: pd.DataFrame, correction: str, prior: float) -> pd.DataFrame:
    a, b = counts["n_target"].to_numpy(dtype=float), counts["n_reference"].to_numpy(dtype=float)
    c, d = a.sum() - a, b.sum() - b
    return counts.assign(
        per_1000=1000 * a / a.sum(),
        per_1000_reference=1000 * b / b.sum(),
        g2=g_squared(a, b, c, d, correction),
        chi2=chi_squared(a, b, c, d, correction),
        log_ratio=np.log2((np.where(a > 0, a, 0.5) / a.sum()) / (np.where(b > 0, b, 0.5) / b.sum())),
        **log_odds(a, b, prior),
    )


def _judged(table: pd.DataFrame, least: int, level: float) -> pd.DataFrame:
    from scipy import stats  # here, not above: seconds that most pages need not wait

    table = table[table["n_target"] + table["n_reference"] >= least]
    if table.empty:
        return base.empty(_COLUMNS, "no_rows")
    p = stats.chi2.sf(table["g2"].abs(), 1)
    q = stats.false_discovery_control(p, method="bh")
    table = table.assign(p=p, q=q, is_key=q < level)
    return table[_COLUMNS].sort_values(["g2", "term"], ascending=[False, True], ignore_index=True)


def _counts(terms: pd.DataFrame, target: pd.Series) -> pd.DataFrame:
    wide = terms.assign(n_target=terms["n"].where(target, 0), n_reference=terms["n"].where(~target, 0))
    sums = wide.groupby("term", sort=True)[["n_target", "n_reference"]].sum().astype("int64")
    common = terms.groupby(["term", "pos"])["n"].sum().sort_values(ascending=False, kind="stable").reset_index()
    return sums.assign(pos=common.drop_duplicates("term").set_index("term")["pos"]).reset_index()


def _shift(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray, correction: str) -> np.ndarray:
    """Yates' half where it applies: an expected count below 5 and a deviation that it does not turn round."""
    n = a + b + c + d
    least = np.minimum(a + b, c + d) * np.minimum(a + c, b + d) / n
    applies = (least < 5) & (np.abs(a * d - b * c) >= n / 2) & (correction in ("default", "yates"))
    return np.where(applies, 0.5, 0.0)


def _williams(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray, correction: str) -> np.ndarray:
    """Williams' factor of each table; 1 where it is not asked for or a cell is 0."""
    n = a + b + c + d
    if correction != "williams":
        return np.ones_like(n)
    factor = 1 + (n / (a + b) + n / (c + d) - 1) * (n / (a + c) + n / (b + d) - 1) / (6 * n)
    return np.where(a * b * c * d == 0, 1.0, factor)


def chi_squared(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray, correction: str = "default") -> np.ndarray:
    """Signed chi-square of 2 × 2 tables (a, b: the term in target and reference; c, d: all other words there).

    As in quanteda Williams' factor multiplies it.
    """
    n = a + b + c + d
    off = np.abs(a * d - b * c) - n * _shift(a, b, c, d, correction)
    plain = n * off**2 / ((a + b) * (c + d) * (a + c) * (b + d))
    return np.sign(a * d - b * c) * plain * _williams(a, b, c, d, correction)


def g_squared(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray, correction: str = "default") -> np.ndarray:
    """Signed log-likelihood ratio of 2 × 2 tables; Yates' half moves each cell, Williams' factor divides."""
    from scipy.special import xlogy

    n, sign = a + b + c + d, np.sign(a * d - b * c)
    shift = _shift(a, b, c, d, correction) * sign
    cells = ((a - shift, a + b, a + c), (b + shift, a + b, b + d), (c + shift, c + d, a + c), (d - shift, c + d, b + d))
    plain = 2 * sum(xlogy(cell, cell * n / (row * column)) for cell, row, column in cells)
    return sign * plain / _williams(a, b, c, d, correction)


def log_odds(a: np.ndarray, b: np.ndarray, prior: float) -> dict[str, np.ndarray]:
    """Log-odds ratios with an informative Dirichlet prior in the pooled frequencies' shape, and their z."""
    alpha = prior * (a + b) / (a + b).sum()
    left = np.log((a + alpha) / (a.sum() + prior - a - alpha))
    right = np.log((b + alpha) / (b.sum() + prior - b - alpha))
    return {"log_odds": left - right, "z": (left - right) / np.sqrt(1 / (a + alpha) + 1 / (b + alpha))}
