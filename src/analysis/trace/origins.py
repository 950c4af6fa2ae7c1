"""Where shared passages come from: sources, clusters, the network of who took from whom, both sides beside each other."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.trace import passages

ORIGINS = [
    "plan_id", "region", "start", "end", "text",
    "source_plan_id", "source_region", "source_start", "source_end", "source_text", "n_sources", "n_chars", "alike", "formula",
]  # fmt: skip
CLUSTERS = [
    "cluster",
    "n_plans",
    "n_regions",
    "regions",
    "source_plan_id",
    "source_region",
    "source_year",
    "n_chars",
    "text",
]
BESIDE = ["region", "year", "other_region", "other_year", "n_chars", "alike", "formula", "because", "edits"]
_SIDE = ["plan_id", "region", "year", "written", "start", "end", "text"]


def origins(shared: pd.DataFrame) -> pd.DataFrame:
    """A row a taken passage with its likely source, the earliest of those that have it.

    Args: shared: the passages of reuse(). Those without a likely source are left out.

    Returns: plan_id, region, start, end, text; source_plan_id, source_region, source_start, source_end, source_text;
        n_sources (how many earlier or higher plans have it), n_chars, alike, formula.
    """
    both = _taken(shared).sort_values(["plan_id", "start", "end"], ignore_index=True)
    reach = both.groupby("plan_id")["end"].cummax().shift().where(both["plan_id"].eq(both["plan_id"].shift()))
    both["passage"] = (~(both["start"] < reach)).cumsum()  # spans that overlap in a plan are one passage
    both["n_sources"] = both.groupby("passage")["source_plan_id"].transform("nunique")
    order = both.sort_values(
        ["passage", "source_year", "source_written", "n_chars"], ascending=[True, True, True, False]
    )
    first = order.drop_duplicates("passage")
    return first[ORIGINS].sort_values(["n_chars", "plan_id", "start"], ascending=[False, True, True], ignore_index=True)


def _taken(shared: pd.DataFrame) -> pd.DataFrame:
    """The passages with a likely source, that on the right."""
    sides = []
    for source, own in shared.dropna(subset=["source"]).groupby("source"):
        at, taker = ("", "other_") if source == "plan" else ("other_", "")
        columns = {f"{taker}{n}": n for n in _SIDE} | {f"{at}{n}": f"source_{n}" for n in _SIDE}
        sides.append(own[[*columns, "n_chars", "alike", "formula"]].rename(columns=columns))
    wanted = [*_SIDE, *(f"source_{n}" for n in _SIDE), "n_chars", "alike", "formula"]
    found = pd.concat(sides)[wanted] if sides else pd.DataFrame(columns=wanted)
    return found.astype({"start": int, "end": int, "n_chars": int, "formula": float})


def network(shared: pd.DataFrame) -> pd.DataFrame:
    """A row a place and the place that it took from: region, source_region, n_passages, n_chars, formula.

    Each passage counts for its likely source only (see origins); formula is the share of it in what was taken. What a
    place has from its own earlier plans, and passages of unknown places, are left out.
    """
    taken = origins(shared).dropna(subset=["region", "source_region"])
    taken = taken[taken["region"] != taken["source_region"]]
    taken = taken.assign(weighted=taken["formula"] * taken["n_chars"])
    sums = taken.groupby(["region", "source_region"]).agg(
        n_passages=("n_chars", "size"), n_chars=("n_chars", "sum"), weighted=("weighted", "sum")
    )
    ranked = sums.assign(formula=(sums["weighted"] / sums["n_chars"]).astype(float).round(4)).drop(columns="weighted")
    return ranked.reset_index().sort_values(
        ["n_chars", "region", "source_region"], ascending=[False, True, True], ignore_index=True
    )


def clusters(shared: pd.DataFrame) -> pd.DataFrame:
    """A row a text that plans of several places share, the most spread first, with the likely source.

    Args: shared: the passages of reuse().

    Returns: cluster (a number), n_plans, n_regions, regions (list), the plan that has it first (by year, then date;
        null where no year is known), n_chars and text of its longest passage.
    """
    ends = _spans(shared)
    if ends.empty:
        return pd.DataFrame(columns=CLUSTERS)
    ends["cluster"] = _components(ends)
    rows = [_cluster(own) for _, own in ends.groupby("cluster", sort=False)]
    found = pd.DataFrame([row for row in rows if row is not None], columns=CLUSTERS[1:])
    ranked = found.sort_values(["n_regions", "n_chars", "text"], ascending=[False, False, True], ignore_index=True)
    return ranked.assign(cluster=ranked.index + 1)[CLUSTERS]


def _spans(shared: pd.DataFrame) -> pd.DataFrame:
    """Both sides of every passage below each other, spans of a plan that mostly overlap under one `span`."""
    sides = [
        shared[[f"{at}{name}" for name in _SIDE]].set_axis(_SIDE, axis=1).assign(passage=shared.index)
        for at in ("", "other_")
    ]
    ends = pd.concat(sides).sort_values(["plan_id", "start", "end"], kind="stable", ignore_index=True)
    span, reach, plan, spans = -1, 0, None, []
    for row in ends.itertuples(index=False):
        if row.plan_id != plan or 2 * (reach - row.start) < row.end - row.start:
            span, plan, reach = span + 1, row.plan_id, row.end
        spans.append(span)
    return ends.assign(span=spans)


def _components(ends: pd.DataFrame) -> Any:
    """For each end the number of its cluster: spans that passages join."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    joined = ends.groupby("passage")["span"].agg(["first", "last"])
    n = int(ends["span"].max()) + 1
    links = coo_matrix(([1] * len(joined), (joined["first"], joined["last"])), shape=(n, n))
    return connected_components(links, directed=False)[1][ends["span"]]


def _cluster(own: pd.DataFrame) -> tuple[Any, ...] | None:
    """What is told of a cluster; None where all of it is one place's."""
    regions = sorted(own["region"].dropna().unique())
    if len(regions) < 2:
        return None
    known = own.dropna(subset=["year"]).sort_values(["year", "written", "plan_id"], kind="stable")
    first = known.iloc[0] if len(known) else None
    is_tied = first is not None and own[own["year"].eq(first["year"])]["plan_id"].nunique() > 1
    is_dated = first is not None and pd.notna(first["written"])
    source = (None, None, None)
    if first is not None and (not is_tied or is_dated):
        source = (first["plan_id"], first["region"], first["year"])
    text = max(own["text"], key=len)
    return own["plan_id"].nunique(), len(regions), regions, *source, len(text), text


def beside(shared: pd.DataFrame, limit: int | None = None, most_formula: float = 0.5) -> pd.DataFrame:
    """The longest passages for reading, the likely source first and what was changed in the other.

    Args: most_formula: passages of more formula are left out.

    Returns: region, year (of the likely source), other_region, other_year, n_chars, alike, formula, because (null where
        the direction is not known), edits (list of (kind, source's words, other's words), see edits).
    """
    own = shared[shared["formula"].le(most_formula)].head(limit or len(shared))
    rows = [_beside(row) for row in own.to_dict("records")]
    return pd.DataFrame(rows, columns=BESIDE)


def _beside(row: dict[Any, Any]) -> tuple[Any, ...]:
    first, then = ("other_", "") if row["source"] == "other" else ("", "other_")
    steps = passages.edits(row[f"{first}text"], row[f"{then}text"])
    names = (f"{first}region", f"{first}year", f"{then}region", f"{then}year", "n_chars", "alike", "formula", "because")
    return *(row[name] for name in names), steps
