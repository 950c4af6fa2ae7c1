"""Counts of what a corpus holds and what was done to it, as tables for a page."""

from __future__ import annotations

import pandas as pd

from analysis import frames
from analysis.frames import Corpus


def coverage(corpus: Corpus) -> pd.DataFrame:
    """A row a region: how many documents of which years, levels and kinds; documents without a region come last."""
    plans = corpus.plans.assign(region=corpus.plans["region"].fillna("—"))
    rows = [
        {
            "region": name,
            "region_level": part["region_level"].iloc[0],
            "n_plans": len(part),
            "years": ", ".join(str(int(y)) for y in sorted(part["plan_year"].dropna().unique())),
            "doc_types": sorted(part["doc_type"].dropna().unique()),
        }
        for name, part in plans.groupby("region", sort=True)
    ]
    found = pd.DataFrame(rows, columns=["region", "region_level", "n_plans", "years", "doc_types"])
    return found.sort_values("region", key=lambda names: names.eq("—"), kind="stable", ignore_index=True)


def repairs(corpus: Corpus) -> pd.DataFrame:
    """A row a repair rule: how often it was used and in how many documents, the most used first."""
    grouped = corpus.repairs.groupby("rule", sort=True)
    found = pd.DataFrame({"n": grouped["n"].sum(), "n_plans": grouped["plan_id"].nunique()}).reset_index()
    return found.sort_values(["n", "rule"], ascending=[False, True], ignore_index=True)


def masks(corpus: Corpus) -> pd.DataFrame:
    """A row a masked word as printed: its kind, the likely word, in how many documents."""
    held = corpus.masks.assign(likely=corpus.masks["likely"].fillna(""), printed=corpus.masks["printed"].fillna(""))
    grouped = held.groupby(["kind", "printed", "likely"], sort=True)
    found = grouped.agg(n=("plan_id", "size"), n_plans=("plan_id", "nunique")).reset_index()
    return found.sort_values(["n", "kind", "printed"], ascending=[False, True, True], ignore_index=True)


def problems(corpus: Corpus) -> pd.DataFrame:
    """What was not read or is doubtful: errors first, then warnings; notes are left out."""
    held = corpus.problems[corpus.problems["severity"].isin(["error", "warning"])]
    return held.sort_values(["severity", "source_path", "stage"], kind="stable", ignore_index=True)


def left_out(corpus: Corpus) -> pd.DataFrame:
    """Documents that are read but not compared: no plans, or a lesser copy of one that is."""
    kept = frames.comparable(corpus.plans, corpus.plans)["plan_id"]
    return corpus.plans[~corpus.plans["plan_id"].isin(kept)].reset_index(drop=True)


def checks(corpus: Corpus, plans: pd.DataFrame) -> pd.DataFrame:
    """Figures of these plans that disagree with another, with their region and year."""
    held = corpus.checks[corpus.checks["plan_id"].isin(plans["plan_id"])]
    return held.merge(plans[["plan_id", "region", "plan_year"]], on="plan_id", how="left")


def lacking(targets: pd.DataFrame, region: str | None, least: float = 0.5) -> pd.DataFrame:
    """Indicators that at least this share of the other regions state in numbers and the region does not.

    Returns: a row an indicator: `n_regions` that state it, and the `example` of the median one with its number.
    """
    said = targets[targets["state"].eq("stated")]
    own = targets[targets["region"].isin([region]) & targets["state"].isin(["stated", "stated_in_words"])]
    others = said[~said["region"].isin([region])]
    n_others = len(set(targets["region"].dropna()) - {region})
    rows = []
    for code, part in others.groupby("indicator_id", sort=True):
        if code in set(own["indicator_id"]) or len(part) < max(1.0, least * n_others):
            continue
        middle = part.sort_values("value", kind="stable").iloc[(len(part) - 1) // 2]
        rows.append({**middle.to_dict(), "example": middle["region"], "n_regions": part["region"].nunique()})
    found = pd.DataFrame(rows, columns=[*targets.columns, "example", "n_regions"])
    return found.sort_values(["n_regions", "indicator_id"], ascending=[False, True], ignore_index=True)


def largest(emphasis: pd.DataFrame, region: str | None, n: int = 8) -> pd.DataFrame:
    """The rows of the `n` domains that a region writes most about, all regions' rows of them."""
    own = emphasis[emphasis["region"].isin([region])]
    kept = own.sort_values("share", ascending=False, kind="stable")["domain"].head(n)
    return emphasis[emphasis["domain"].isin(kept)]
