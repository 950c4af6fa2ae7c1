"""The PMC index: its grade, how far the grade can be trusted, and the matrix of its surface."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis import frames, lexicon
from analysis.compare import base, consistency
from analysis.frames import FrameError

_INDEX = [
    "plan_id", "region", "plan_year", "index", "grade", "concave", "grade_if_lost", "grade_if_won", "flips",
    "index_mention", "grade_mention", "index_strict", "n_overrides",
]  # fmt: skip


def pmc_index(scores: pd.DataFrame) -> pd.DataFrame:
    """The index of each plan: the sum over first-level variables of the share of their second-level ones that are 1.

    Returns: a row a plan, the highest first: a column for each first-level variable (0 to 1), `index`, `grade` (the
        cut-offs of `codebook/common/pmc_grades.csv`, stated for ten variables and taken in proportion for another number),
        `concave` (凹陷指数: greatest possible index - index), `grade_if_lost` and `grade_if_won` (the grade if the weightiest
        variable that is 1 were 0, or one that is 0 were 1), `flips` (whether one variable can move the grade),
        `index_mention` and `grade_mention` (if any one item earned a variable, as readers score by hand), `index_strict`
        (if twice as many items were asked for) and `n_overrides`; `ids_X1` … the ids of what earned each, `ids` of all.
    Source: Ruiz Estrada (2011); the concave index as Chinese policy evaluations compute it.
    """
    base.need(scores, ["plan_id", "region", "plan_year", "first", "variable", "value"], "scores")
    if scores.empty:
        return base.empty(_INDEX, "no_rows")
    firsts = sorted(scores["first"].unique(), key=lambda name: int(str(name)[1:]))
    wide = _wide(scores, scores["value"])[firsts]
    weight = 1 / scores.groupby(["plan_id", "first"])["variable"].transform("size")
    lost, won = (weight.where(scores["value"].eq(v)).groupby(scores["plan_id"]).max().fillna(0) for v in (1, 0))
    index, n = wide.sum(axis=1), len(firsts)
    mention, strict = (_wide(scores, v).sum(axis=1) for v in _by_other_rules(scores))
    facts = scores.drop_duplicates("plan_id").set_index("plan_id")
    table = wide.assign(
        region=facts["region"],
        plan_year=facts["plan_year"],
        index=index,
        grade=[grade(v, n) for v in index],
        concave=n - index,
        grade_if_lost=[grade(v, n) for v in index - lost],
        grade_if_won=[grade(v, n) for v in index + won],
        index_mention=mention,
        grade_mention=[grade(v, n) for v in mention],
        index_strict=strict,
        n_overrides=_count(scores),
        **_earned(scores, firsts),
    )
    table = table.assign(flips=table["grade_if_lost"].ne(table["grade"]) | table["grade_if_won"].ne(table["grade"]))
    ordered = table.reset_index().sort_values(["index", "plan_id"], ascending=[False, True], ignore_index=True)
    ids = ["ids", *(f"ids_{first}" for first in firsts)]
    return ordered[[*_INDEX[:3], *firsts, *_INDEX[3:], *ids]].rename_axis(columns=None)


def _earned(scores: pd.DataFrame, firsts: list[str]) -> dict[str, pd.Series]:
    """What earned the variables of each plan: of all, and of each first-level one."""
    held = scores[scores["value"].eq(1)] if "ids" in scores.columns else scores.iloc[:0].assign(ids=None)
    plans = scores["plan_id"].unique()
    parts = {"ids": held, **{f"ids_{first}": held[held["first"].eq(first)] for first in firsts}}
    return {
        name: pd.Series([frames.ids(part[part["plan_id"].eq(plan)]) for plan in plans], index=plans)
        for name, part in parts.items()
    }


def _wide(scores: pd.DataFrame, values: pd.Series) -> pd.DataFrame:
    return scores.assign(value=values).pivot_table(index="plan_id", columns="first", values="value", aggfunc="mean")


def _by_other_rules(scores: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """What each variable were worth if one item sufficed, and if twice as many were needed; overrides hold."""
    if not {"n_found", "n_asked", "least", "override"} <= set(scores.columns):
        return scores["value"], scores["value"]
    doubled = [
        float(value) if pd.isna(least) else float(found >= consistency.needed(int(asked), 2 * least))
        for value, least, found, asked in scores[["scored", "least", "n_found", "n_asked"]].to_numpy()
    ]
    own = scores["override"].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    plain = scores["n_found"].gt(0).astype(float)
    mention, strict = (pd.Series(np.where(np.isnan(own), v, own), scores.index) for v in (plain, doubled))
    return mention, strict


def _count(scores: pd.DataFrame) -> pd.Series:
    held = scores["override"].notna() if "override" in scores.columns else pd.Series(False, scores.index)
    return held.groupby(scores["plan_id"]).sum().astype("int64")


def grade(index: float, n: int) -> str:
    """The grade of an index of n first-level variables."""
    grades = [(row["id"], float(row["least"])) for row in lexicon.table("common/pmc_grades")]
    return next(name for name, least in grades if index >= least * n / 10 - 1e-9)


def pmc_surface(index: pd.DataFrame, plan_id: str | None = None) -> pd.DataFrame:
    """The 3 × 3 matrix of the first nine variables, which the PMC surface is drawn from: a row a plan × cell.

    The tenth, openness, is left out as the literature does, so that the matrix is square.
    Args: index: as `compare.pmc_index` gives it; plan_id: one plan alone.
    Returns: `plan_id`, `region`, `plan_year`, `first` (X1 … X9, row by row), `row`, `column` (1 to 3) and `value`, with its `ids`.
    Raises: FrameError where the table has fewer than nine variables or no such plan.
    Source: Ruiz Estrada (2011), the PMC matrix and surface.
    """
    names = [f"X{i}" for i in range(1, 10)]
    facts = ["plan_id", "region", "plan_year"]
    if index.empty:
        return base.empty([*facts, "first", "row", "column", "value"], "no_rows")
    base.need(index, [*facts, *names], "index")
    kept = index if plan_id is None else index[index["plan_id"].eq(plan_id)]
    if kept.empty:
        raise FrameError(f"index holds no plan {plan_id!r}; it holds {', '.join(map(str, index['plan_id'].head(5)))} …")
    table = kept.melt(facts, names, var_name="first", value_name="value")
    at = table["first"].str[1:].astype("int64") - 1
    earned = kept.set_index("plan_id")
    ids = [frames.ids(earned.loc[plan], f"ids_{first}") for plan, first in table[["plan_id", "first"]].to_numpy()]
    table = table.assign(row=at // 3 + 1, column=at % 3 + 1, ids=ids)
    return table.sort_values(["plan_id", "row", "column"], ignore_index=True)[
        [*facts, "first", "row", "column", "value", "ids"]
    ]
