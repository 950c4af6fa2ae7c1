"""How far each document can be trusted."""

from __future__ import annotations

import pandas as pd

from analysis.compare import base

NOISE = ("ads", "nav", "masked", "run_on", "truncated", "fragment", "broken_numbering", "converted_terms")
FACTS = ("title", "issuer", "region", "plan_year", "written")  # a new or small place has a name and no code


def quality(plans: pd.DataFrame, problems: pd.DataFrame, repairs: pd.DataFrame, masks: pd.DataFrame) -> pd.DataFrame:
    """A row a plan: what damage it has, which facts it lacks, what was repaired and what is masked.

    Returns: `plan_id`, `region`, `plan_year`, `title`, `doc_type`, `is_plan`, `format`, `n_chars`, `damage` (0 to 1), a
        true-or-false column for each damage family of the codebook, `n_noise`, `missing` (names of facts that are
        null), `n_missing`, `n_repairs`, `n_masks`, `n_errors`, `n_warnings`; worst damage first.
    """
    known = ["plan_id", "title", "doc_type", "is_plan", "format", "n_chars", "damage"]
    base.need(plans, [*known, "noise", *FACTS], "plans")
    counts = ["n_noise", "missing", "n_missing", "n_repairs", "n_masks", "n_errors", "n_warnings"]
    if plans.empty:
        return base.empty(["plan_id", "region", "plan_year", *known[1:], *NOISE, *counts], "no_rows")
    noise = [set(held) if held is not None else set() for held in plans["noise"]]
    missing = [[f for f in FACTS if pd.isna(row[f])] for row in plans.to_dict("records")]
    of_plan = plans["plan_id"]
    table = plans[[c for c in ("plan_id", "region", "plan_year", *known[1:]) if c in plans.columns]].assign(
        **{family: [family in held for held in noise] for family in NOISE},
        n_noise=[len(held & set(NOISE)) for held in noise],
        missing=pd.Series(missing, index=plans.index, dtype=object),
        n_missing=[len(held) for held in missing],
        n_repairs=of_plan.map(repairs.groupby("plan_id")["n"].sum()).fillna(0).astype("int64"),
        n_masks=_count(of_plan, masks),
        n_errors=_count(of_plan, problems[problems["severity"].eq("error")]),
        n_warnings=_count(of_plan, problems[problems["severity"].eq("warning")]),
    )
    return table.sort_values(["damage", "plan_id"], ascending=[False, True], ignore_index=True)


def _count(plan_ids: pd.Series, frame: pd.DataFrame) -> pd.Series:
    return plan_ids.map(frame["plan_id"].value_counts()).fillna(0).astype("int64")
