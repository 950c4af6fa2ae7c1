"""Groups joined step by step by likeness: the tree, and the order that it gives to a table."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.compare import base, maps

_TREE = ["node", "name", "left", "right", "height", "position", "n", "metric", "linkage"]


def dendrogram(table: pd.DataFrame, metric: str = "hellinger") -> pd.DataFrame:
    """The tree of groups: a row a node, leaves first (height 0), then the joinings from the lowest to the highest.

    Args: table: groups × anything, shares or counts (each row is made to sum to 1); metric: as for `nearness`.
    Returns: `name` (of a leaf), `left` and `right` (the nodes joined), `height` (their distance), `position` (across the tree:
        leaves 0, 1, 2 …), `n` leaves below, `metric` and `linkage` (Ward's for Hellinger, average else). Needs three groups.
    Source: Ward (1963); Bar-Joseph, Gifford & Jaakkola (2001) for the order of the leaves.
    """
    from scipy.cluster import hierarchy  # here, not above: seconds that most pages need not wait
    from scipy.spatial.distance import squareform

    kept = table.loc[table.sum(axis=1) > 0] if len(table) else table
    if len(kept) < 3:
        return base.empty(_TREE, maps.few(len(kept)))
    linkage = "ward" if metric == "hellinger" else "average"
    flat = squareform(maps.distances(kept, metric), checks=False)
    tree = hierarchy.optimal_leaf_ordering(hierarchy.linkage(flat, linkage), flat)
    rows = _leaves(kept.index, hierarchy.leaves_list(tree)) + _joinings(tree, len(kept))
    for row in rows[len(kept) :]:
        row["position"] = (rows[row["left"]]["position"] + rows[row["right"]]["position"]) / 2
    return pd.DataFrame(rows).assign(metric=metric, linkage=linkage).reindex(columns=_TREE)


def _leaves(names: pd.Index, order: np.ndarray) -> list[dict[str, Any]]:
    place = {int(leaf): float(at) for at, leaf in enumerate(order)}
    return [{"node": i, "name": str(name), "height": 0.0, "position": place[i], "n": 1} for i, name in enumerate(names)]


def _joinings(tree: np.ndarray, n: int) -> list[dict[str, Any]]:
    return [
        {"node": n + at, "name": None, "left": int(a), "right": int(b), "height": float(height), "n": int(size)}
        for at, (a, b, height, size) in enumerate(tree)
    ]


def clustered(emphasis: pd.DataFrame, by: str = "region", metric: str = "hellinger") -> pd.DataFrame:
    """The rows of `compare.emphasis` with the order in which like groups and like domains stand side by side.

    Returns: the rows with `order` (of groups) and `domain_order`, each the order of leaves of a tree (see `dendrogram`):
        groups by how they spread their words, domains by who writes of them. Needs three groups.
    """
    base.need(emphasis, [by, "codebook", "domain", "share"], "emphasis")
    columns = [*emphasis.columns, "order", "domain_order"]
    told = emphasis[emphasis["share"].groupby([emphasis["codebook"], emphasis["domain"]]).transform("sum") > 0]
    keys = told["codebook"] + "/" + told["domain"]
    wide = told.assign(_key=keys).pivot_table(index=by, columns="_key", values="share", fill_value=0.0)
    groups, domains = dendrogram(wide, metric), dendrogram(wide.T, metric)
    if groups.empty or domains.empty:
        return base.empty(columns, groups.attrs.get("reason") or domains.attrs["reason"])
    places = [tree.dropna(subset="name").set_index("name")["position"] for tree in (groups, domains)]
    return told.assign(order=told[by].astype(str).map(places[0]), domain_order=keys.map(places[1]))[columns]
