"""The PMC scores (policy modelling consistency), each variable with the sentence that earned it."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis import lexicon
from analysis.compare import base, tools
from analysis.frames import FrameError

Row = dict[Any, Any]
_SCORES = [
    "plan_id", "region", "plan_year", "first", "variable", "scored", "override", "who", "why", "value", "n_found",
    "n_needed", "n_asked", "least", "item_id", "quote", "ids",
]  # fmt: skip
OVERRIDES = ["plan_id", "variable", "value", "who", "why"]


def pmc(
    plans: pd.DataFrame, items: pd.DataFrame, metrics: pd.DataFrame, overrides: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The multi-input-output table: a row a plan × second-level variable of `codebook/common/pmc.csv`.

    A variable is 1 where at least the share `least` of the plan's items earn it (see `needed`), or a fact of the plan
    does. What is only reported as done earns nothing but the variables on description. In the literature a reader gives
    1 for any mention; `compare.pmc_index` says what the index would be by that rule.
    Args:
        overrides: own judgements, as a CSV file with the columns of OVERRIDES holds them: `value` 0 or 1 and who decided
            so and why. They are kept beside what was scored.
    Returns: `scored` (0 or 1 from the tags), `override`, `who`, `why`, `value` (the override where there is one);
        `n_found` of `n_asked` items earn the variable, `n_needed` are asked for; the first such item and its sentence,
        or the words in which the plan states a fact (null where nothing earned it); the `ids` of all such items (of the
        plan itself where a fact of it earns the variable).
    Raises: FrameError for a missing column, an override of no plan or variable, one that is not 0 or 1 or not signed.
    Source: Ruiz Estrada (2011), "Policy modeling: definition, classification and evaluation", Journal of Policy
        Modeling 33; variables after Chinese policy evaluations that use the index.
    """
    base.need(plans, ["plan_id", "region", "region_level", "plan_year", "plan_until"], "plans")
    base.need(items, ["plan_id", "item_id", "text", "start", "instruments", "stage", "commitment", "evidence"], "items")
    base.need(metrics, ["plan_id", "item_id", "quote", "status"], "metrics")
    if plans.empty:
        return base.empty(_SCORES, "no_rows")
    held = {key: part.to_dict("records") for key, part in items.groupby("plan_id", sort=False)}
    targets = _targets(metrics)
    rows = [row for plan in plans.to_dict("records") for row in _plan(plan, held.get(plan["plan_id"], []), targets)]
    return _overridden(pd.DataFrame(rows), overrides)[_SCORES]


def _overridden(table: pd.DataFrame, overrides: pd.DataFrame | None) -> pd.DataFrame:
    own = _checked(table, overrides) if overrides is not None else pd.DataFrame(columns=OVERRIDES)
    told = own.set_index(["plan_id", "variable"]).to_dict("index")
    found = [told.get(key, {}) for key in zip(table["plan_id"], table["variable"], strict=True)]
    table = table.assign(
        override=pd.array([row.get("value") for row in found], dtype="Int64"),
        who=[row.get("who") for row in found],
        why=[row.get("why") for row in found],
    )
    return table.assign(value=table["override"].fillna(table["scored"]).astype("int64"))


def _checked(table: pd.DataFrame, overrides: pd.DataFrame) -> pd.DataFrame:
    base.need(overrides, OVERRIDES, "overrides")
    for at, row in enumerate(overrides.to_dict("records"), 2):  # line 1 names the columns
        for column in ("plan_id", "variable"):
            known = sorted(set(table[column]))
            if row[column] not in known:
                near = difflib.get_close_matches(str(row[column]), known, 1)
                hint = f"; nearest is {near[0]}" if near else ""
                raise FrameError(f"overrides line {at}: {column} {row[column]!r} is not among the scores{hint}")
        if row["value"] not in (0, 1):
            raise FrameError(f"overrides line {at}: value is {row['value']!r}; it may be 0 or 1")
        if any(pd.isna(row[c]) or not str(row[c]).strip() for c in ("who", "why")):
            raise FrameError(f"overrides line {at}: say who decided and why")
    if overrides.duplicated(["plan_id", "variable"]).any():
        raise FrameError("overrides judge one variable of a plan twice; keep one line of it")
    return overrides


def _targets(metrics: pd.DataFrame) -> dict[Any, str]:
    """The first target's sentence of each item that states one, by plan and item."""
    stated = metrics[metrics["status"].eq("target") & metrics["item_id"].notna()]
    first = stated.drop_duplicates(["plan_id", "item_id"])
    return {(plan, item): str(quote) for plan, item, quote in first[["plan_id", "item_id", "quote"]].to_numpy()}


def _plan(plan: Row, items: list[Row], targets: Mapping[Any, str]) -> list[Row]:
    groups = tools.instrument_groups()
    items = [{**item, "target": targets.get((plan["plan_id"], item["item_id"]), "")} for item in items]
    facts = {key: plan[key] for key in ("plan_id", "region", "plan_year")}
    rows = []
    for variable in lexicon.table("common/pmc"):
        values = frozenset(lexicon.cells(variable["values"]))
        is_of_plan = variable["field"] in PLAN_FIELDS
        earned = _of_plan(plan, variable["field"], values) if is_of_plan else _of_items(items, variable, values, groups)
        rows.append({**facts, "first": variable["first"], "variable": variable["id"], **earned})
    return rows


PLAN_FIELDS = frozenset({"horizon", "region_level", "fact"})
_READ_IN = {
    "horizon": ("plan_year", "plan_until"),
    "region_level": ("county", "city", "province", "region_code", "issuer"),
}


def _of_plan(plan: Row, field: str, values: frozenset[str]) -> Row:
    """Whether a fact of the plan earns a variable, and the words that it was read in."""
    if field == "fact":
        told = sorted(name for name in values if not pd.isna(plan.get(name)) and bool(plan.get(name)))
        is_won, names = bool(told), tuple(told)
    else:
        is_won, names = (horizon(plan) if field == "horizon" else plan["region_level"]) in values, _READ_IN[field]
    quote = _printed(plan, names) if is_won else None
    return {
        "scored": int(is_won),
        "n_found": int(is_won),
        "n_needed": 1,
        "n_asked": 1,
        "least": np.nan,
        "item_id": None,
        "quote": quote,
        "ids": [plan["plan_id"]] if is_won else [],
    }


def _printed(plan: Row, names: tuple[str, ...]) -> str | None:
    """The words of the plan that a fact was read in, else the fact itself."""
    evidence = plan.get("evidence")
    told = {row["field"]: row["cue"] for row in evidence} if isinstance(evidence, list | np.ndarray) else {}
    words = [told[name] for name in names if told.get(name)]
    known = [str(plan[name]) for name in names if not pd.isna(plan.get(name))]
    return next(iter([*words, *known]), None)


def horizon(plan: Mapping[Any, Any]) -> str | None:
    """How long a plan reaches: year, medium (two to four years), long (five or more); null where no year is known."""
    if pd.isna(plan["plan_year"]) or pd.isna(plan["plan_until"]):
        return None
    years = int(plan["plan_until"]) - int(plan["plan_year"]) + 1
    return "year" if years <= 1 else "medium" if years < 5 else "long"


def _of_items(items: list[Row], variable: Mapping[str, str], values: frozenset[str], groups: Mapping[str, str]) -> Row:
    """How many items have the field's value, whether these are enough, and the sentence of the first one's cue."""
    field, least = variable["field"], float(variable["least"])
    test = _TESTS.get(field, _in_column(field))
    asked = items if field == "tense" else [item for item in items if item.get("tense") != "review"]
    found = [(item, word) for item in asked if (word := test(item, values, groups))]
    enough = needed(len(asked), least)
    row: Row = {"n_found": len(found), "n_needed": enough, "n_asked": len(asked), "least": least}
    row["ids"] = [item["item_id"] for item, _ in found]
    if len(found) < enough:
        return {**row, "scored": 0, "item_id": None, "quote": None}
    named = "instruments" if field == "group" else field
    item, word = max(
        found, key=lambda pair: len(_cues(pair[0], named, pair[1]))
    )  # the first of those that say most of it
    return {**row, "scored": 1, "item_id": item["item_id"], "quote": _sentence(item, field, word)}


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
    """The sentence of the item that the tag's cue stands in, else its first; of a long one the clauses around the cue."""
    if field == "target":
        return word
    text = str(item["text"] or "")
    starts = _cues(item, "instruments" if field == "group" else field, word)
    at = text.find(word) if field == "text" else min(starts, default=0)
    at = at if 0 <= at < len(text) else 0
    start, end = _between(text, at, "。；\n")
    if end - start > LONGEST:
        start, end = _between(text, at, "。；\n，")
        while end < len(text) and end - start < LONGEST // 2 and text[end - 1] not in "。；\n":
            end = _between(text, end, "。；\n，")[1]
    return text[start:end].strip().rstrip("，")


LONGEST = 100  # characters of a sentence that a table shows whole


def _between(text: str, at: int, marks: str) -> tuple[int, int]:
    """The span around a place from behind one mark to the next, that mark included."""
    start = max(text.rfind(mark, 0, at) for mark in marks) + 1
    ends = [end for end in (text.find(mark, at) for mark in marks) if end >= 0]
    return start, min(ends) + 1 if ends else len(text)


def _cues(item: Row, field: str, value: str) -> list[int]:
    """Where in the item's text the cues of a tag stand; none where the evidence does not say."""
    evidence = item["evidence"] if isinstance(item["evidence"], list | np.ndarray) else []
    starts = [cue["start"] for cue in evidence if cue["value"] == value and cue["field"].startswith(field[:6])]
    return [int(s) - int(item["start"]) for s in starts if s is not None and int(s) >= int(item["start"])]
