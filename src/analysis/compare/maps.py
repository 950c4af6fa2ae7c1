"""Places and words as points: correspondence analysis, distances, trees."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.compare import base
from analysis.compare.wording import NAMES
from analysis.frames import FrameError

_POINTS = ["kind", "name", "n", "mass", "x", "y", "contribution_x", "contribution_y", "quality"]

_INERTIA = ["axis", "inertia", "share", "cumulated"]


def crossed(
    terms: pd.DataFrame, by: str = "region", n_terms: int = 60, leave_out: Sequence[str] = NAMES
) -> pd.DataFrame:
    """Counts of the most frequent terms by group: terms × groups; parts of speech in `leave_out` do not count."""
    base.need(terms, ["term", "pos", "n", by], "terms")
    terms = terms[~terms["pos"].isin(leave_out)]
    sums = terms.groupby("term")["n"].sum()
    top = sorted(sums.index, key=lambda t: (-sums[t], t))[:n_terms]
    kept = terms[terms["term"].isin(top)]
    return kept.pivot_table(index="term", columns=by, values="n", aggfunc="sum", fill_value=0).reindex(top)


def correspondence(counts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Correspondence analysis of a crossed table of counts (rows × columns).

    Returns: `points` (a row a row or column of the table, in principal coordinates of the first two axes, with mass,
        contributions to each axis and `quality`, the part of its distance that the two axes show) and `inertia` (a row
        an axis: inertia, share, cumulated). An axis points to where its greatest contribution lies. Empty where the table has
        fewer than three rows or columns with counts.
    Source: Benzécri (1973); Greenacre (2007), by singular value decomposition of the standardised residuals.
    """
    table = counts.loc[counts.sum(axis=1) > 0, counts.sum(axis=0) > 0]
    if min(table.shape, default=0) < 3:
        reason = few(min(table.shape, default=0))
        return {"points": base.empty(_POINTS, reason), "inertia": base.empty(_INERTIA, reason)}
    values = table.to_numpy(dtype=float)
    shares = values / values.sum()
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    residual = (shares - np.outer(rows, columns)) / np.sqrt(np.outer(rows, columns))
    left, singular, right = np.linalg.svd(residual, full_matrices=False)
    signs = np.where(left[np.abs(left).argmax(axis=0), np.arange(left.shape[1])] < 0, -1.0, 1.0)
    left, right = left * signs, right.T * signs
    inertia = singular**2
    points = [
        _points("row", table.index, values.sum(axis=1), rows, left, singular, residual),
        _points("column", table.columns, values.sum(axis=0), columns, right, singular, residual.T),
    ]
    axes = pd.DataFrame({"axis": np.arange(1, len(inertia) + 1), "inertia": inertia, "share": inertia / inertia.sum()})
    return {"points": pd.concat(points, ignore_index=True), "inertia": axes.assign(cumulated=axes["share"].cumsum())}


def few(n: int) -> str:
    """Why there is no map of so few groups."""
    return ("no_rows", "one_group", "few_groups")[min(n, 2)]


def _points(
    kind: str,
    names: pd.Index,
    n: np.ndarray,
    mass: np.ndarray,
    vectors: np.ndarray,
    singular: np.ndarray,
    residual: np.ndarray,
) -> pd.DataFrame:
    place = vectors * singular / np.sqrt(mass)[:, None]
    total = (residual**2).sum(axis=1) / mass
    shown = (place[:, :2] ** 2).sum(axis=1)
    return pd.DataFrame(
        {
            "kind": kind,
            "name": names.astype(str),
            "n": n.astype("int64"),
            "mass": mass,
            "x": place[:, 0],
            "y": place[:, 1],
            "contribution_x": vectors[:, 0] ** 2,
            "contribution_y": vectors[:, 1] ** 2,
            "quality": np.divide(shown, total, out=np.ones_like(total), where=total > 1e-15),
        }
    )


def nearness(table: pd.DataFrame, n_groups: int | None = None, metric: str = "hellinger") -> pd.DataFrame:
    """Groups as points: classical scaling of their distances, and a tree cut into clusters.

    Args:
        table: groups × anything, shares or counts (each row is made to sum to 1).
        metric: "hellinger" (0 to 1), "jensenshannon" (base 2, 0 to 1) or "cosine".
        n_groups: clusters; by default the number with the greatest mean silhouette, from 2 to 6.
    Returns: a row a group: `x`, `y`, `cluster` (1 the largest), `order` (leaf order of the tree, Ward's linkage for
        Hellinger, average linkage else), `nearest`, `nearest_distance`, and `metric`. Needs three groups.
    Source: Torgerson (1952); Ward (1963); Endres & Schindelin (2003).
    """
    from scipy.cluster import hierarchy  # here, not above: seconds that most pages need not wait
    from scipy.spatial.distance import squareform

    columns = ["group", "x", "y", "cluster", "order", "nearest", "nearest_distance", "metric"]
    kept = table.loc[table.sum(axis=1) > 0]
    if len(kept) < 3:
        return base.empty(columns, few(len(kept)))
    between = distances(kept, metric)
    tree = hierarchy.linkage(squareform(between, checks=False), "ward" if metric == "hellinger" else "average")
    clusters = _cut(tree, between, n_groups)
    apart = between + np.diag(np.full(len(kept), np.inf))
    place = scaled(between)
    order = np.empty(len(kept), dtype=int)
    order[hierarchy.leaves_list(tree)] = np.arange(len(kept))
    return pd.DataFrame(
        {
            "group": kept.index.astype(str),
            "x": place[:, 0],
            "y": place[:, 1],
            "cluster": clusters,
            "order": order,
            "nearest": kept.index.astype(str).to_numpy()[apart.argmin(axis=1)],
            "nearest_distance": apart.min(axis=1),
            "metric": metric,
        }
    )[columns]


def distances(table: pd.DataFrame, metric: str = "hellinger") -> np.ndarray:
    """Distances between the rows of a table, each row made to sum to 1: rows × rows."""
    from scipy.spatial.distance import pdist, squareform

    values = table.to_numpy(dtype=float)
    shares = values / values.sum(axis=1, keepdims=True)
    if metric == "hellinger":
        return squareform(pdist(np.sqrt(shares))) / np.sqrt(2)
    if metric == "jensenshannon":
        return squareform(pdist(shares, "jensenshannon")) / np.sqrt(np.log(2))
    if metric == "cosine":
        return squareform(pdist(shares, "cosine"))
    raise FrameError(f"metric is {metric!r}; it may be 'hellinger', 'jensenshannon' or 'cosine'")


def scaled(between: np.ndarray) -> np.ndarray:
    """Classical multidimensional scaling to two axes: points × 2; each axis points to its farthest point."""
    n = len(between)
    centre = np.eye(n) - 1 / n
    values, vectors = np.linalg.eigh(-0.5 * centre @ between**2 @ centre)
    place = vectors[:, ::-1][:, :2] * np.sqrt(np.maximum(values[::-1][:2], 0))
    signs = np.where(place[np.abs(place).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    return place * signs


def _cut(tree: np.ndarray, between: np.ndarray, n_groups: int | None) -> np.ndarray:
    from scipy.cluster import hierarchy

    numbers = [n_groups] if n_groups else range(2, min(6, len(between) - 1) + 1)
    cuts = [hierarchy.fcluster(tree, n, "maxclust") for n in numbers]
    best = max(cuts, key=lambda cut: silhouette(between, cut))
    sizes = pd.Series(best).value_counts()
    names = {old: new for new, old in enumerate(sorted(sizes.index, key=lambda c: (-sizes[c], c)), 1)}
    return np.array([names[c] for c in best])


def silhouette(between: np.ndarray, clusters: np.ndarray) -> float:
    """The mean silhouette of clusters, -1 to 1; a point alone counts 0. Source: Rousseeuw (1987)."""
    names = np.unique(clusters)
    if len(names) < 2:
        return -1.0
    sums = np.stack([between[:, clusters == c].sum(axis=1) for c in names], axis=1)
    sizes = np.array([(clusters == c).sum() for c in names])
    own = np.searchsorted(names, clusters)
    at = np.arange(len(clusters))
    inside = sums[at, own] / np.maximum(sizes[own] - 1, 1)
    means = sums / sizes
    means[at, own] = np.inf
    outside = means.min(axis=1)
    score = (outside - inside) / np.maximum(np.maximum(outside, inside), 1e-15)
    return float(np.where(sizes[own] > 1, score, 0).mean())
