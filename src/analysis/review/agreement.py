"""How far coders agree, with intervals."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd

from analysis.review.codes import CODES, FIELDS, NOTHING, joined, need, values

DRAWS = 1000
COLUMNS = [
    "field",
    "code",
    "n_units",
    "n_coders",
    "percent",
    "kappa",
    "kappa_low",
    "kappa_high",
    "alpha",
    "alpha_low",
    "alpha_high",
]


def agreement(codes: pd.DataFrame, seed: int = 0) -> pd.DataFrame:
    """A row a field, and one a code of it: how far coders agree.

    A field of one value is compared as it is (code null), its codes as given or not given; of a field of several
    values only the codes are compared. An empty cell was not coded and counts for nothing.

    Args: codes: the codes of all coders in long form (coder, unit_id, field, value).

    Returns: n_units coded by two coders at least; percent (share of pairs of coders that agree, 0 to 1); Cohen's kappa
        (two coders; null with more, or where both use one code only); Krippendorff's nominal alpha; with the bounds
        of 95 % of bootstrap draws over items.

    Source: Cohen 1960, "A coefficient of agreement for nominal scales"; Krippendorff 2011, "Computing Krippendorff's
    alpha-reliability".

    Raises: FrameError when codes lack a column.
    """
    need("codes", codes, "coder", "unit_id", "field", "value")
    given = codes.dropna(subset=["value"])
    rows = []
    for field in FIELDS.values():
        own = given[given["field"] == field.name].pivot(index="unit_id", columns="coder", values="value")
        if own.shape[1] < 2:
            continue
        if not field.has_many:
            rows.append((field.name, None, *measures(own, seed)))
            if field.table is None:
                continue  # free text and numbers have no codes of their own
        held = own.map(lambda cell: None if _is_empty(cell) else frozenset(values(cell)) - {NOTHING})
        for code in sorted(set().union(*(v for v in held.to_numpy().ravel() if v is not None))):
            rows.append((field.name, code, *measures(_given(held, code), seed)))
    return pd.DataFrame(rows, columns=COLUMNS)


def _is_empty(cell: Any) -> bool:
    return not isinstance(cell, str)


def _given(held: pd.DataFrame, code: str) -> pd.DataFrame:
    """Items × coders: whether the code was given, null where the coder did not look."""
    return held.map(lambda v: None if v is None or v is np.nan else code in v).astype(object)


def measures(table: pd.DataFrame, seed: int = 0, draws: int = DRAWS) -> tuple[Any, ...]:
    """n_units, n_coders, percent, kappa with its bounds, alpha with its bounds, of items × coders (null: not coded)."""
    places = _coded(table)
    held = places[(places >= 0).sum(axis=1) >= 2]
    n_codes = int(places.max(initial=-1)) + 1
    if not len(held):
        return (0, table.shape[1], *[np.nan] * 7)
    together = np.array([_coincidences(row, n_codes) for row in held])
    weights = _weights(len(held), draws, seed)
    sums = np.tensordot(weights, together, axes=1)
    alpha = _with_bounds(alphas(sums))
    if table.shape[1] == 2:
        pairs = np.zeros((len(held), n_codes, n_codes))
        pairs[np.arange(len(held)), held[:, 0], held[:, 1]] = 1
        kappa = _with_bounds(kappas(np.tensordot(weights, pairs, axes=1)))
    else:
        kappa = (np.nan, np.nan, np.nan)
    return (len(held), table.shape[1], _percent(together), *kappa, *alpha)


def _coded(table: pd.DataFrame) -> np.ndarray:
    """Items × coders as numbers of codes, -1 where not coded."""
    flat, _ = pd.factorize(table.to_numpy(dtype=object).ravel(), sort=False)
    return np.asarray(flat).reshape(table.shape)


def _coincidences(row: np.ndarray, n_codes: int) -> np.ndarray:
    """Codes × codes: how often two coders of an item gave them, each item weighing as many as coded it."""
    counts = np.bincount(row[row >= 0], minlength=n_codes).astype(float)
    return (np.outer(counts, counts) - np.diag(counts)) / (counts.sum() - 1)


def _percent(together: np.ndarray) -> float:
    """The share of agreeing pairs of coders, every item weighing the same."""
    return float(np.mean([np.trace(held) / held.sum() for held in together]))


def _weights(n_items: int, draws: int, seed: int) -> np.ndarray:
    """Draws × items: how often an item is drawn; the first row takes each once."""
    drawn = np.random.default_rng(seed).multinomial(n_items, np.full(n_items, 1 / n_items), size=draws)
    return np.vstack([np.ones(n_items), drawn]).astype(float)


def alphas(together: np.ndarray) -> np.ndarray:
    """Krippendorff's nominal alpha of each matrix of coincidences (… × codes × codes)."""
    by_code = together.sum(axis=-1)
    n = by_code.sum(axis=-1)
    observed = n - np.trace(together, axis1=-2, axis2=-1)
    expected = (n**2 - (by_code**2).sum(axis=-1)) / (n - 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(expected > 0, 1 - observed / expected, np.nan)


def kappas(pairs: np.ndarray) -> np.ndarray:
    """Cohen's kappa of each table of two coders (… × codes × codes)."""
    n = pairs.sum(axis=(-2, -1))
    observed = np.trace(pairs, axis1=-2, axis2=-1) / n
    expected = (pairs.sum(axis=-1) * pairs.sum(axis=-2)).sum(axis=-1) / n**2
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(expected < 1, (observed - expected) / (1 - expected), np.nan)


def _with_bounds(drawn: np.ndarray) -> tuple[float, float, float]:
    """The value of all items and the bounds of 95 % of the draws; draws of one code only are left out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # every draw may be of one code: the bounds are null then
        low, high = np.nanquantile(drawn[1:], [0.025, 0.975])
    return float(drawn[0]), float(low), float(high)


def disagreements(codes: pd.DataFrame) -> pd.DataFrame:
    """A row a unit and field that coders coded differently: plan_id, unit_id, field, n_values, codes (甲: …; 乙: …).

    Args: codes: the codes of all coders in long form; the order of several values does not matter.

    Raises: FrameError when codes lack a column.
    """
    need("codes", codes, *CODES)
    given = codes.dropna(subset=["value"]).assign(
        value=lambda held: [joined(sorted(values(cell))) for cell in held["value"]]
    )
    said = given.assign(codes=given["coder"].astype(str) + ": " + given["value"].astype(str))
    groups = said.groupby(["plan_id", "unit_id", "field"], sort=False)
    table = groups.agg(n_values=("value", "nunique"), codes=("codes", "; ".join)).reset_index()
    return table[table["n_values"] > 1].reset_index(drop=True)


def confusion(codes: pd.DataFrame, field: str, coder: str, other: str) -> pd.DataFrame:
    """A row a pair of values that two coders gave one item: value, other_value, n; agreement first, then by n."""
    own = (
        codes[codes["field"] == field].dropna(subset=["value"]).pivot(index="unit_id", columns="coder", values="value")
    )
    missing = [name for name in (coder, other) if name not in own.columns]
    if missing:
        raise ValueError(f"no codes of {', '.join(missing)} for {field}; there are {', '.join(map(str, own.columns))}")
    counted = own.dropna(subset=[coder, other]).groupby([coder, other]).size().rename("n").reset_index()
    table = counted.set_axis(["value", "other_value", "n"], axis=1)
    order = table.assign(differs=table["value"] != table["other_value"])
    return order.sort_values(["differs", "n"], ascending=[True, False], ignore_index=True).drop(columns="differs")
