"""Words that go together: the co-word network of items."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.compare import base
from analysis.frames import FrameError

if TYPE_CHECKING:
    import networkx as nx

_NODES = ["term", "n_items", "community", "degree", "strength", "betweenness", "closeness"]
_EDGES = ["source", "target", "n", "cosine", "ppmi", "weight"]
_SUMMARY = ["n_items", "n_terms", "n_edges", "density", "n_communities", "modularity", "measure", "threshold", "window"]


def network(
    terms: pd.DataFrame,
    n_terms: int = 60,
    measure: str = "cosine",
    threshold: float | None = None,
    least: int = 3,
    seed: int = 0,
) -> dict[str, pd.DataFrame]:
    """The co-word network of the most frequent terms; the window is the item.

    Args:
        measure: "cosine" (items with both over the root of the product of items with each) or "ppmi" (positive
            pointwise mutual information, base 2), the weight of an edge.
        threshold: edges below are left out; by default what leaves two edges a term. least: pairs that share fewer
            items are left out too.
    Returns: `nodes` (a row a term: items that hold it, community, degree, strength, betweenness, closeness), `edges`
        (a row a pair) and `summary` (one row: density, communities, modularity and what was chosen).
    Source: Callon et al. (1983) for co-word analysis; Blondel et al. (2008) for the communities (Louvain, seeded).
    """
    import networkx as nx  # here, not above: a second that most pages need not wait

    base.need(terms, ["term", "item_id", "n"], "terms")
    if measure not in ("cosine", "ppmi"):
        raise FrameError(f"measure is {measure!r}; it may be 'cosine' or 'ppmi'")
    held = terms.drop_duplicates(["item_id", "term"])
    sizes = held["term"].value_counts()
    top = sorted(sizes.index, key=lambda t: (-sizes[t], t))[:n_terms]
    pairs = _edges(held, top, int(held["item_id"].nunique()))
    edges, threshold = _kept(pairs.assign(weight=pairs[measure]), threshold, least, 2 * len(top))
    graph = nx.Graph()
    graph.add_nodes_from(top)
    graph.add_weighted_edges_from(edges[["source", "target", "weight"]].itertuples(index=False))
    groups = _communities(graph, seed)
    chosen = {"n_items": held["item_id"].nunique(), "measure": measure, "threshold": threshold, "window": "item"}
    nodes = _nodes(graph, groups, sizes) if top else base.empty(_NODES, "no_rows")
    return {"nodes": nodes, "edges": edges[_EDGES], "summary": _summary(graph, groups, chosen)}


def _kept(edges: pd.DataFrame, threshold: float | None, least: int, n: int) -> tuple[pd.DataFrame, float]:
    """The edges of at least the threshold, which is the weight of the n-th strongest where none is given."""
    edges = edges[edges["n"].ge(least)]
    if threshold is None:
        strongest = edges["weight"].nlargest(n)
        threshold = float(strongest.iloc[-1]) if len(strongest) else 0.0
    return edges[edges["weight"].ge(threshold)].reset_index(drop=True), threshold


def _communities(graph: nx.Graph, seed: int) -> list[list[str]]:
    """The communities, the largest first."""
    import networkx as nx

    if not len(graph):
        return []
    found = nx.community.louvain_communities(graph, weight="weight", seed=seed)
    return sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))


def _summary(graph: nx.Graph, groups: list[list[str]], chosen: dict[str, object]) -> pd.DataFrame:
    import networkx as nx

    n = graph.number_of_edges()
    facts = {
        "n_terms": len(graph),
        "n_edges": n,
        "density": nx.density(graph),
        "n_communities": sum(len(group) > 1 for group in groups),
        "modularity": nx.community.modularity(graph, groups, weight="weight") if n else np.nan,
    }
    return pd.DataFrame([{**chosen, **facts}])[_SUMMARY]


def _edges(held: pd.DataFrame, top: list[str], n_items: int) -> pd.DataFrame:
    kept = held[held["term"].isin(top)]
    crossed = pd.crosstab(kept["item_id"], kept["term"]).reindex(columns=top, fill_value=0).to_numpy(dtype=float)
    both, each = crossed.T @ crossed, crossed.sum(axis=0)
    i, j = np.triu_indices(len(top), k=1)
    n, product = both[i, j], each[i] * each[j]
    seen = n > 0
    i, j, n, product = i[seen], j[seen], n[seen], product[seen]
    return pd.DataFrame(
        {
            "source": np.array(top, dtype=object)[i],
            "target": np.array(top, dtype=object)[j],
            "n": n.astype("int64"),
            "cosine": n / np.sqrt(product),
            "ppmi": np.maximum(np.log2(n * n_items / product), 0),
        }
    )


def _nodes(graph: nx.Graph, groups: list[list[str]], sizes: pd.Series) -> pd.DataFrame:
    import networkx as nx

    community = {term: number for number, group in enumerate(groups) for term in group}
    between, close = nx.betweenness_centrality(graph), nx.closeness_centrality(graph)
    degree, strength = dict(graph.degree()), dict(graph.degree(weight="weight"))
    rows = [
        [t, int(sizes[t]), community[t], int(degree[t]), float(strength[t]), float(between[t]), float(close[t])]
        for t in graph.nodes
    ]
    return pd.DataFrame(rows, columns=_NODES)
