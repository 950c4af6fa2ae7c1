"""The PMC index (policy modelling consistency), each variable with the sentence that earned it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis import lexicon
from analysis.compare import base, tools

Row = dict[Any, Any]
# least index of a grade, in parts of the number of first-level variables: 9, 7 and 5 of 10
GRADES = (("perfect", 0.9), ("excellent", 0.7), ("acceptable", 0.5), ("low", 0.0))
_SCORES = ["plan_id", "region", "plan_year", "first", "variable", "scored", "override", "value", "item_id", "quote"]
_INDEX = ["plan_id", "region", "plan_year", "index", "grade", "concave", "grade_if_lost", "grade_if_won", "flips"]


def pmc(
    plans: pd.DataFrame,
    items: pd.DataFrame,
    metrics: pd.DataFrame,
    overrides: Mapping[tuple[str, str], int] | None = None,
) -> pd.DataFrame:
    """The multi-input-output table: a row a plan × second-level variable of `codebook/common/pmc.csv`.

    A variable is 1 where at least the share `least` of the plan's items earn it (see `needed`), or a fact of the plan
    does. What is only reported as done earns nothing but the variables on description.
    Args: overrides: own judgements by (plan_id, variable), 0 or 1; they are kept beside what was scored.
    Returns: `scored` (0 or 1 from the tags), `override`, `value` (the override where there is one), and the item and
        sentence that earned it (null where nothing did, or a fact of the plan itself did).
    Source: Ruiz Estrada (2011), "Policy modeling: definition, classification and evaluation".
    """
    base.need(plans, ["plan_id", "region", "region_level", "plan_year", "plan_until"], "plans")
    base.need(items, ["plan_id", "item_id", "text", "start", "instruments", "stage", "commitment", "evidence"], "items")
    base.need(metrics, ["plan_id", "item_id", "quote", "status"], "metrics")
    if plans.empty:
        return base.empty(_SCORES, "no_rows")
    held = {key: part.to_dict("records") for key, part in items.groupby("plan_id", sort=False)}
    targets = _targets(metrics)
    rows = [row for plan in plans.to_dict("records") for row in _plan(plan, held.get(plan["plan_id"], []), targets)]
    table = pd.DataFrame(rows)
    own = [(overrides or {}).get((row["plan_id"], row["variable"])) for row in rows]
    table = table.assign(override=pd.array(own, dtype="Int64"))
    return table.assign(value=table["override"].fillna(table["scored"]).astype("int64"))[_SCORES]


def _targets(metrics: pd.DataFrame) -> dict[Any, str]:
    """The first target's sentence of each item that states one, by plan and item."""
    stated = metrics[metrics["status"].eq("target") & metrics["item_id"].notna()]
    first = stated.drop_duplicates(["plan_id", "item_id"])
    return {(plan, item): str(quote) for plan, item, quote in first[["plan_id", "item_id", "quote"]].to_numpy()}


def _plan(plan: Row, items: list[Row], targets: Mapping[Any, str]) -> list[Row]:
    groups = tools.instrument_groups()
    items = [{**item, "target": targets.get((plan["plan_id"], item["item_id"]), "")} for item in items]
    found = []
    for variable in lexicon.table("common/pmc"):
        values = frozenset(lexicon.cells(variable["values"]))
        is_won = _of_plan(plan, variable["field"], values) if variable["field"] in _PLAN_FIELDS else False
        earned = None if variable["field"] in _PLAN_FIELDS else _of_items(items, variable, values, groups)
        item_id, quote = earned or (None, None)
        found.append(
            {
                "plan_id": plan["plan_id"],
                "region": plan["region"],
                "plan_year": plan["plan_year"],
                "first": variable["first"],
                "variable": variable["id"],
                "scored": int(is_won or earned is not None),
                "item_id": item_id,
                "quote": quote,
            }
        )
    return found


_PLAN_FIELDS = frozenset({"horizon", "region_level", "fact"})


def _of_plan(plan: Row, field: str, values: frozenset[str]) -> bool:
    if field == "fact":
        return any(not pd.isna(plan.get(name)) and bool(plan.get(name)) for name in values)
    return (horizon(plan) if field == "horizon" else plan["region_level"]) in values


def horizon(plan: Mapping[Any, Any]) -> str | None:
    """How long a plan reaches: year, medium (two to four years), long (five or more); null where no year is known."""
    if pd.isna(plan["plan_year"]) or pd.isna(plan["plan_until"]):
        return None
    years = int(plan["plan_until"]) - int(plan["plan_year"]) + 1
    return "year" if years <= 1 else "medium" if years < 5 else "long"


def _of_items(
    items: list[Row], variable: Mapping[str, str], values: frozenset[str], groups: Mapping[str, str]
) -> tuple[str, str] | None:
    """The first item that has the field's value and the sentence that its cue stands in, where enough items have it."""
    field = variable["field"]
    test = _TESTS.get(field, _in_column(field))
    asked = items if field == "tense" else [item for item in items if item.get("tense") != "review"]
    found = [(item, word) for item in asked if (word := test(item, values, groups))]
    if len(found) < needed(len(asked), float(variable["least"])):
        return None
    item, word = found[0]
    return item["item_id"], _sentence(item, field, word)


def needed(n_items: int, least: float) -> int:
    """How many of a plan's items must earn a variable: the share `least`, and two where the plan has ten or more.

    One sentence in a long report says little: by it nearly every report would earn every variable.
    """
    return max(math.ceil(round(least * n_items, 6)), 2 if n_items >= 10 else 1)


def _in_column(field: str) -> Callable[[Row, frozenset[str], Mapping[str, str]], str]:
    def test(item: Row, values: frozenset[str], groups: Mapping[str, str]) -> str:
        held = item.get(field)
        several = list(held) if isinstance(held, list | tuple | np.ndarray) else [held]
        known = [str(v) for v in several if v is not None and not pd.isna(v)]
        return next((v for v in known if v in values or "any" in values), "")

    return test


def _has_text(item: Row, values: frozenset[str], groups: Mapping[str, str]) -> str:
    return next((v for v in sorted(values) if v in str(item["text"] or "")), "")


def _has_target(item: Row, values: frozenset[str], groups: Mapping[str, str]) -> str:
    return str(item["target"])


def _has_group(item: Row, values: frozenset[str], groups: Mapping[str, str]) -> str:
    return next((i for i in item["instruments"] or [] if groups.get(i) in values), "")


_TESTS = {"text": _has_text, "group": _has_group, "target": _has_target}


def _sentence(item: Row, field: str, word: str) -> str:
    """The sentence of the item that the tag's cue stands in, else its first."""
    if field == "target":
        return word
    text = str(item["text"] or "")
    named = "instruments" if field == "group" else field
    at = text.find(word) if field == "text" else _cue_at(item, named, word)
    at = at if 0 <= at < len(text) else 0
    start = max(text.rfind(mark, 0, at) for mark in "。；\n") + 1
    ends = [end for end in (text.find(mark, at) for mark in "。；\n") if end >= 0]
    return text[start : min(ends) + 1 if ends else len(text)].strip()


def _cue_at(item: Row, field: str, value: str) -> int:
    """Where in the item's text the cue of a tag stands, 0 where the evidence does not say."""
    evidence = item["evidence"] if isinstance(item["evidence"], list | np.ndarray) else []
    starts = [cue["start"] for cue in evidence if cue["value"] == value and cue["field"].startswith(field[:6])]
    known = [int(start) for start in starts if start is not None and int(start) >= int(item["start"])]
    return min(known) - int(item["start"]) if known else 0


def pmc_index(scores: pd.DataFrame) -> pd.DataFrame:
    """The index of each plan: the sum over first-level variables of the share of their second-level ones that are 1.

    Returns: a row a plan, the highest first: a column for each first-level variable (0 to 1), `index`, `grade` (of ten
        variables perfect from 9, excellent from 7, acceptable from 5, else low; in proportion for another number),
        `concave` (greatest possible index - index), `grade_if_lost` and `grade_if_won` (the grade if the weightiest
        variable that is 1 were 0, or one that is 0 were 1) and `flips` (whether one variable can move the grade).
    """
    base.need(scores, ["plan_id", "region", "plan_year", "first", "variable", "value"], "scores")
    if scores.empty:
        return base.empty(_INDEX, "no_rows")
    firsts = sorted(scores["first"].unique(), key=lambda name: int(str(name)[1:]))
    wide = scores.pivot_table(index="plan_id", columns="first", values="value", aggfunc="mean")[firsts]
    weight = 1 / scores.groupby(["plan_id", "first"])["variable"].transform("size")
    lost, won = (weight.where(scores["value"].eq(v)).groupby(scores["plan_id"]).max().fillna(0) for v in (1, 0))
    index, n = wide.sum(axis=1), len(firsts)
    facts = scores.drop_duplicates("plan_id").set_index("plan_id")
    table = wide.assign(
        region=facts["region"],
        plan_year=facts["plan_year"],
        index=index,
        grade=[grade(v, n) for v in index],
        concave=n - index,
        grade_if_lost=[grade(v, n) for v in index - lost],
        grade_if_won=[grade(v, n) for v in index + won],
    )
    table = table.assign(flips=table["grade_if_lost"].ne(table["grade"]) | table["grade_if_won"].ne(table["grade"]))
    ordered = table.reset_index().sort_values(["index", "plan_id"], ascending=[False, True], ignore_index=True)
    return ordered[[*_INDEX[:3], *firsts, *_INDEX[3:]]].rename_axis(columns=None)


def grade(index: float, n: int) -> str:
    """The grade of an index of n first-level variables."""
    return next(name for name, least in GRADES if index >= least * n - 1e-9)


def pmc_surface(index: pd.DataFrame, plan_id: str) -> np.ndarray:
    """The 3 × 3 matrix of the first nine variables of a plan, which the PMC surface is drawn from.

    Raises: FrameError where the table has fewer than nine variables.
    """
    names = [c for c in index.columns if c.startswith("X") and c[1:].isdigit()][:9]
    base.need(index, [f"X{i}" for i in range(1, 10)], "index")
    return index.loc[index["plan_id"].eq(plan_id), names].to_numpy(dtype=float).reshape(3, 3)
