"""Counts of what a corpus holds and what was done to it, as tables for a page."""

from __future__ import annotations

import pandas as pd

from analysis import frames
from analysis.brief import labels, sources
from analysis.frames import Corpus

# what a reader wants to know first of promises: those not met, those changed, those without a word, those met
_OUTCOMES = ("reported missed", "dropped", "lowered", "raised", "reported done", "kept", "repeated")


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
    """The rows of the `n` known domains that a region writes most about, all regions' rows of them."""
    own = emphasis[emphasis["region"].isin([region]) & emphasis["domain"].ne("unknown")]
    kept = own.sort_values("share", ascending=False, kind="stable")["domain"].head(n)
    return emphasis[emphasis["domain"].isin(kept)]


def beside(standing: pd.DataFrame, region: str | None) -> pd.DataFrame:
    """The region's numbers that another region or the nation states too, the most shared first.

    Returns: rows of standing with `place` (its rank among how many), `peers` (their median) and `nation` (its value and
        the year of it) as a reader reads them.
    """
    own = standing[standing["region"].isin([region]) & (standing["n"].ge(2) | standing["national"].notna())]
    own = own.sort_values(["n", "indicator_id"], ascending=[False, True], kind="stable", ignore_index=True)
    rows = own.to_dict("records")
    return own.assign(
        place=[f"{row['rank']} / {row['n']}" if row["n"] > 1 else "" for row in rows],
        peers=["" if row["n"] < 2 else _with_unit(row["peers_median"], row["unit"]) for row in rows],
        nation=[
            "" if pd.isna(row["national"]) else f"{_with_unit(row['national'], row['unit'])} ({row['national_year']})"
            for row in rows
        ],
    )


def _with_unit(value: float, unit: str | None) -> str:
    return labels.amount({"value": value, "unit": unit})


def answered(ledger: pd.DataFrame, n: int = 8) -> pd.DataFrame:
    """The promises that a later document answers, at most `n`: missed, dropped, changed, met.

    Of each outcome those come first that the codebook knows. A dropped promise counts only when the codebook knows it:
    of others silence says little.
    Returns: rows of the ledger with `promised`, the number as promised, and `answer`, the one reported, else the one
        promised anew.
    """
    numbers = ledger[ledger["promise"].eq("target") & ledger["outcome"].isin(_OUTCOMES)]
    numbers = numbers[numbers["indicator_id"].notna() | numbers["outcome"].ne("dropped")]
    later = numbers["report_value"].fillna(numbers["renewal_value"])
    told = numbers.assign(
        promised=[_with_unit(v, u) for v, u in zip(numbers["value"], numbers["unit"], strict=True)],
        answer=["" if pd.isna(v) else _with_unit(v, u) for v, u in zip(later, numbers["unit"], strict=True)],
        _first=numbers["outcome"].map(_OUTCOMES.index),
        _unknown=numbers["indicator_id"].isna(),
    )
    each = told.sort_values(["_first", "_unknown", "start"], kind="stable")
    turn = each.groupby("outcome").cumcount()
    kept = each.assign(_turn=turn).sort_values(["_turn", "_first"], kind="stable").head(n)
    return kept.sort_values(["_first", "_unknown", "start"], kind="stable").drop(
        columns=["_first", "_unknown", "_turn"]
    ).reset_index(drop=True)  # fmt: skip


def solid(tasks: pd.DataFrame, n: int = 10) -> pd.DataFrame:
    """The tasks that name an owner, a deadline or a number, at most `n`, those that name most of them first."""
    named = tasks[tasks["n_gaps"].lt(3)]
    return named.sort_values(["n_gaps", "plan_id", "number"], kind="stable").head(n).reset_index(drop=True)
