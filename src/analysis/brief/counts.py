"""Counts of what a corpus holds and what was done to it, as tables for a page."""

from __future__ import annotations

import pandas as pd

from analysis import frames
from analysis.brief import labels, sources
from analysis.frames import Corpus


def coverage(corpus: Corpus) -> pd.DataFrame:
    """A row a region: how many documents of which level, kinds and years; documents without a region come last.

    Returns: region, region_level, doc_types, n_plans, then a column a year with the documents of it ("?": year unknown).
    """
    plans = corpus.plans.assign(
        region=corpus.plans["region"].fillna("—"),
        _year=["?" if pd.isna(year) else str(int(year)) for year in corpus.plans["plan_year"]],
    )
    years = sorted(set(plans["_year"]), key=lambda name: (name == "?", name))
    rows = [
        {
            "region": name,
            "region_level": part["region_level"].iloc[0],
            "doc_types": sorted(part["doc_type"].dropna().unique()),
            "n_plans": len(part),
            **{year: float(n) for year, n in part["_year"].value_counts().items()},
        }
        for name, part in plans.groupby("region", sort=True)
    ]
    found = pd.DataFrame(rows, columns=["region", "region_level", "doc_types", "n_plans", *years])
    return found.sort_values("region", key=lambda names: names.eq("—"), kind="stable", ignore_index=True)


def damage(quality: pd.DataFrame) -> pd.DataFrame:
    """A row a family of damage: what it is, in how many documents and in which share of them; the frequent first."""
    rows = [
        {"noise": family, "meaning": family, "n_plans": int(quality[family].sum()), "share": quality[family].mean()}
        for family in labels.VALUES["noise"]
        if family in quality and len(quality)
    ]
    found = pd.DataFrame(rows, columns=["noise", "meaning", "n_plans", "share"])
    return found[found["n_plans"] > 0].sort_values("n_plans", ascending=False, kind="stable", ignore_index=True)


def notes(corpus: Corpus) -> pd.DataFrame:
    """A row a stage and remark on how documents were read: in how many of them, and the first as an example."""
    held = corpus.problems[corpus.problems["severity"].eq("note")]
    plain = held["message"].str.replace(r"\d+", "N", regex=True)
    grouped = held.assign(plain=plain).groupby(["stage", "plain"], sort=True)
    found = grouped.agg(n_plans=("source_path", "nunique"), message=("message", "first")).reset_index()
    return found.sort_values(["n_plans", "stage", "plain"], ascending=[False, True, True], ignore_index=True)


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
    held = held.assign(source_path=[sources.file_name([path]) for path in held["source_path"].fillna("—")])
    return held.sort_values(["severity", "source_path", "stage"], kind="stable", ignore_index=True)


def left_out(corpus: Corpus) -> pd.DataFrame:
    """Documents that are read but not compared: no plans, or a lesser copy of one that is."""
    kept = frames.comparable(corpus.plans, corpus.plans)["plan_id"]
    return corpus.plans[~corpus.plans["plan_id"].isin(kept)].reset_index(drop=True)


def checks(corpus: Corpus, plans: pd.DataFrame) -> pd.DataFrame:
    """Figures of these plans that disagree with another, with their region and year."""
    held = corpus.checks[corpus.checks["plan_id"].isin(plans["plan_id"])]
    return held.merge(plans[["plan_id", "region", "plan_year"]], on="plan_id", how="left")
