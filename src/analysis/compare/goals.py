"""Targets beside each other: who states which number, who is silent, who is ahead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis import lexicon, numerals
from analysis.compare import base

STATES = ("stated", "stated_in_words", "not_stated", "not_found")
RELATIVE, MEANS = frozenset({"rate", "points", "ratio", "age", "concentration"}), ("人均", "生均", "平均", "每")
UNSURE = frozenset({"truncated", "fragment", "masked"})
DAMAGED = 0.3  # from here on a missing number may be the copy's fault rather than the plan's

_FACTS = ["indicator", "unit", "plan_id", "metric_id", "value", "value_high", "comparator", "hedge", "year", "status"]
_MORE = ["kind", "base_value", "base_unit"]


def targets(
    metrics: pd.DataFrame, plans: pd.DataFrame, by: str = "region", status: str = "target", least: int = 1
) -> pd.DataFrame:
    """What each group says about each indicator of the codebook: one row an indicator × group.

    Args:
        plans: the plans compared; they say which groups there are and whose copies are cut, damaged or masked.
        by: a column of both frames, "region" as a rule.
        least: leave out indicators that fewer groups state.
    Returns: `state` is stated (a number), stated_in_words, not_stated (the plan was read whole and is silent) or
        not_found (silent, but the copy is cut, damaged or masked). Where a group states an indicator several times the
        kind (level or change) that most groups use is taken first, then the surest reading, then the latest plan, then
        the first in the text.
    """
    columns = ["indicator_id", "indicator", "unit", by, *_FACTS[2:], "quote", "state", *_MORE]
    base.need(metrics, ["indicator_id", "worded", "quote", by, *_FACTS, *_MORE], "metrics")
    base.need(plans, ["plan_id", "noise", "damage", by], "plans")
    of_status = signed(metrics)[metrics["status"].eq(status) & metrics["indicator_id"].notna() & metrics[by].notna()]
    if of_status.empty or plans[by].dropna().empty:
        return base.empty(columns, "no_rows")
    said = _best(of_status, by)
    counts = said.groupby("indicator_id")[by].nunique()
    wanted = counts[counts >= least].index
    grid = pd.MultiIndex.from_product([sorted(wanted), _groups(plans, by)], names=["indicator_id", by])
    if grid.empty:
        return base.empty(columns, "no_indicator")
    table = said.set_index(["indicator_id", by]).reindex(grid).reset_index()
    return _stated(table, plans, by)[columns]


def _groups(plans: pd.DataFrame, by: str) -> list[Any]:
    return sorted(plans[by].dropna().unique())


def _best(said: pd.DataFrame, by: str) -> pd.DataFrame:
    usual = main_kind(said)
    order = said.assign(
        _worded=said["worded"].fillna(False).astype(bool),
        _other=said["kind"].ne(said["indicator_id"].map(usual)),
        _far=_is_of_another_year(said),
        _sure=-said["indicator_confidence"].fillna(0) if "indicator_confidence" in said.columns else 0.0,
        _old=-said["plan_year"].fillna(0).astype("int64") if "plan_year" in said.columns else 0,
        _at=said["start"].fillna(0).astype("int64") if "start" in said.columns else 0,
    ).sort_values(["_worded", "_other", "_far", "_sure", "_old", "_at", "metric_id"], kind="stable")
    return order.drop_duplicates(["indicator_id", by])


def _is_of_another_year(said: pd.DataFrame) -> pd.Series:
    """Whether a row is a target for another year than its plan's: one for 2030 in a plan of 2026."""
    if not {"year", "plan_year", "status"} <= set(said.columns):
        return pd.Series(False, index=said.index)
    far = said["year"].ne(said["plan_year"]) & said["year"].notna() & said["plan_year"].notna()
    return far & said["status"].eq("target")


def main_kind(said: pd.DataFrame) -> dict[str, str]:
    """For each indicator the kind of number that most rows state: a level (95 %) or a change (增长 5 %); ties: level."""
    share = said["kind"].eq("change").groupby(said["indicator_id"]).mean()
    return {str(code): "change" if part > 0.5 else "level" for code, part in share.items()}


_FALL = "(?:下降|降低|减少|下滑|回落|缩减|负增长)了?(?:约|近|超过?|达)?"
_LISTED = r"[\d.%％、和及个百分点\s]*"  # 分别下降16%和36%: the numbers between the verb and ours


def signed(metrics: pd.DataFrame) -> pd.DataFrame:
    """The rows with changes that are falls (下降3.3%) as negative numbers, where the indicator's name tells of no fall."""
    is_change = metrics["kind"].eq("change") & metrics["quote"].str.contains("降|减|滑|落|负", na=False)
    falls = {code for code, row in indicators().items() if any(c in row["zh"] for c in "降减压")}
    asked = metrics[is_change & ~metrics["indicator_id"].isin(falls)]
    wanted = zip(asked.index, asked["quote"], asked["value"], strict=True)
    found = [at for at, quote, value in wanted if is_fall(str(quote), value)]
    columns = [c for c in ("value", "value_high", "base_value") if c in metrics.columns]
    table = metrics.copy()
    table.loc[found, columns] = -table.loc[found, columns].abs()
    return table


def is_fall(quote: str, value: Any) -> bool:
    """Whether a sentence says that something fell by this number."""
    if value is None or pd.isna(value):
        return False
    return re.search(rf"{_FALL}{_LISTED}(?<![\d.]){re.escape(f'{float(value):g}')}(?!\.?\d)", quote) is not None


def _stated(table: pd.DataFrame, plans: pd.DataFrame, by: str) -> pd.DataFrame:
    unsure = {name for name, part in plans.groupby(by) if all(is_unsure(row) for row in part.to_dict("records"))}
    silent = np.where(table[by].isin(unsure), "not_found", "not_stated")
    said = np.where(table["worded"].fillna(False).astype(bool), "stated_in_words", "stated")
    table = table.assign(state=np.where(table["metric_id"].isna(), silent, said))
    own = lead_plan(plans, by)
    printed = table.dropna(subset=["indicator"]).drop_duplicates("indicator_id")
    names = {**dict(zip(printed["indicator_id"], printed["indicator"], strict=True)), **names_of(table["indicator_id"])}
    return table.assign(
        plan_id=table["plan_id"].fillna(table[by].map(own)),
        indicator=[names.get(i, i) for i in table["indicator_id"]],
    )


def is_unsure(plan: Mapping[Any, Any]) -> bool:
    """Whether a plan's silence may be the copy's fault: cut off, a fragment, masked or badly damaged."""
    noise = plan.get("noise")
    damage = plan.get("damage")
    held = UNSURE.intersection(noise if isinstance(noise, list | tuple | np.ndarray) else ())
    return bool(held) or (damage is not None and not pd.isna(damage) and float(damage) >= DAMAGED)


def lead_plan(plans: pd.DataFrame, by: str) -> dict[Any, str]:
    """The plan that stands for a group: its latest."""
    columns = ["plan_year", "plan_id"] if "plan_year" in plans.columns else ["plan_id"]
    ordered = plans.dropna(subset=[by]).sort_values(columns, na_position="first", kind="stable")
    return dict(zip(ordered[by], ordered["plan_id"], strict=True))


def indicators(sectors: Iterable[str] | None = None) -> dict[str, dict[str, str]]:
    """The rows of the indicator tables by id."""
    chosen = list(sectors) if sectors is not None else lexicon.sectors()
    tables = [lexicon.table(f"{s}/indicators") for s in chosen if lexicon.has(f"{s}/indicators")]
    return {row["id"]: row for table in tables for row in table}


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """The Chinese name of each indicator that the codebook knows."""
    known = indicators()
    return {i: known[i]["zh"] for i in set(ids) if i in known}


def national(year: int | None = None) -> pd.DataFrame:
    """The national values of the codebook: for each indicator the one of `year`, or else the latest before it."""
    rows = [row for s in lexicon.sectors() if lexicon.has(f"{s}/reference") for row in lexicon.table(f"{s}/reference")]
    frame = pd.DataFrame(rows, columns=["indicator_id", "year", "value", "unit", "source"])
    frame = frame.assign(year=pd.to_numeric(frame["year"]), value=pd.to_numeric(frame["value"], errors="coerce"))
    if year is not None:
        frame = frame[frame["year"] <= year]
    return frame.sort_values("year").drop_duplicates("indicator_id", keep="last").reset_index(drop=True)


def standing(
    targets: pd.DataFrame, by: str = "region", reference: pd.DataFrame | None = None, region: str | None = None
) -> pd.DataFrame:
    """Each stated number beside the others of its indicator.

    Args:
        reference: national values (`compare.national()`), set beside where the unit is the same and the number is a
            rate, an age or a mean (a nation's total is no measure of a region's).
        region: the group in whose printed units all numbers are told; else, or where it is silent, the unit most print.
    Returns: a row an indicator × group whose number is of the kind and in the unit that most use: `value` (of a range
        the lower end, `value_high` the upper), `n` (groups that state it), `rank` (1 is best where the codebook gives the indicator a direction, else the greatest; ties share
        the lowest), `rank_low`-`rank_high` (the ranks it can have: a stated number has no sampling error to draw anew, but
        ties, ranges and 左右 leave its place open), `median` of all, `peers_median` of the others, `quartile_low`, `quartile_high`, `distance`
        (value - peers_median), `spread` (greatest - smallest), `national`, `national_year`, `above_national`,
        `is_relative` (a rate, an age or a mean, so that large and small places compare as they are).
    """
    columns = [
        "indicator_id", "indicator", "unit", by, "plan_id", "metric_id", "value", "value_high", "comparator", "year",
        "n", "rank", "rank_low", "rank_high", "median", "peers_median", "quartile_low", "quartile_high", "distance", "spread",
        "national", "national_year", "above_national", "is_relative",
    ]  # fmt: skip
    base.need(targets, ["indicator_id", by, "value", "unit", "state", "kind", "base_value", "base_unit"], "targets")
    stated = targets[targets["state"].eq("stated") & targets["value"].notna()]
    stated = stated[stated["kind"].eq(stated["indicator_id"].map(main_kind(stated)))]
    if stated.empty:
        return base.empty(columns, "no_rows")
    ways = {code: row.get("direction", "neither") for code, row in indicators().items()}
    table = _standing(_comparable_units(stated, by, region), ways)
    plain = [is_relative(str(unit), str(name)) for unit, name in zip(table["unit"], table["indicator"], strict=True)]
    table = _with_national(table.assign(is_relative=plain), reference)
    return table[columns].sort_values(["indicator_id", "rank", by], ignore_index=True)


def _comparable_units(stated: pd.DataFrame, by: str, region: str | None) -> pd.DataFrame:
    """The rows whose base unit is the most common of their indicator, all in one printed unit."""
    has_base = stated["base_unit"].notna() & stated["base_value"].notna()
    table = stated.assign(
        value_high=stated["value_high"] if "value_high" in stated.columns else np.nan,
        unit=stated["unit"].fillna(""),
        base_unit=stated["base_unit"].where(has_base, stated["unit"]).fillna(""),
        base_value=stated["base_value"].where(has_base, stated["value"]).astype("float64"),
    )
    sizes = table.groupby(["indicator_id", "base_unit"]).size().rename("n").reset_index()
    common = sizes.sort_values(["n", "base_unit"], ascending=[False, True]).drop_duplicates("indicator_id")
    code = table["indicator_id"]
    table = table[table["base_unit"].eq(code.map(common.set_index("indicator_id")["base_unit"]))]
    return _in_one_unit(table, table[by].eq(region))


def _in_one_unit(table: pd.DataFrame, is_own: pd.Series) -> pd.DataFrame:
    code = table["indicator_id"]
    own = table[is_own].drop_duplicates("indicator_id").set_index("indicator_id")["unit"]
    unit = code.map({**usual_units(table), **own.to_dict()})
    is_printed = table["unit"].eq(unit)
    sized = table[is_printed & table["base_value"].ne(0)]
    factors = (sized["value"] / sized["base_value"]).groupby(sized["indicator_id"]).median()
    value = table["value"].where(is_printed, table["base_value"] * code.map(factors).fillna(1.0).astype("float64"))
    scale = (value / table["value"]).where(table["value"].ne(0), 1.0)  # a range keeps its upper end
    return table.assign(value=value, value_high=table["value_high"] * scale, unit=unit)


def usual_units(table: pd.DataFrame) -> dict[str, str]:
    """For each indicator the unit that most rows print; of equals that whose numbers lie nearest a hundred (2,000 万亩)."""
    facts = table.groupby(["indicator_id", "unit"])["value"].agg(["size", "median"]).reset_index()
    facts["far"] = (np.log10(facts["median"].abs().clip(lower=1e-9)) - 2).abs()
    first = facts.sort_values(["size", "far"], ascending=[False, True], kind="stable").drop_duplicates("indicator_id")
    return dict(zip(first["indicator_id"], first["unit"], strict=True))


def is_relative(unit: str, name: str) -> bool:
    """Whether numbers of a large place and a small one compare as they are: rates, ages, lengths of time, means."""
    known = numerals.units().get(unit)
    kind = known.kind if known is not None else ""
    return kind in RELATIVE or any(word in name for word in MEANS)


def _standing(table: pd.DataFrame, ways: Mapping[str, str]) -> pd.DataFrame:
    """Each number among those of its indicator."""
    table = table.sort_values("indicator_id", kind="stable").reset_index(drop=True)
    code = table["indicator_id"]
    is_less_better = code.map(ways).eq("lower")
    values = table.groupby("indicator_id", sort=False)["value"]
    signed_value = table["value"].where(is_less_better, -table["value"])
    low, high = _ends(table)
    parts = [_among(table["value"].to_numpy(dtype=float)[at], low[at], high[at], bool(is_less_better.iloc[at[0]]))
             for at in values.indices.values()]  # fmt: skip
    order = np.argsort(np.concatenate(list(values.indices.values())), kind="stable")
    facts = {name: np.concatenate([part[name] for part in parts])[order] for name in parts[0]}
    return table.assign(
        n=values.transform("size"),
        rank=signed_value.groupby(code).rank(method="min").astype("int64"),
        **facts,
        median=values.transform("median"),
        quartile_low=code.map(values.quantile(0.25)),
        quartile_high=code.map(values.quantile(0.75)),
        distance=table["value"] - facts["peers_median"],
        spread=values.transform("max") - values.transform("min"),
    )


def _among(values: np.ndarray, low: np.ndarray, high: np.ndarray, is_less_better: bool) -> dict[str, np.ndarray]:
    """For each of an indicator's values the others' median and the ranks that it can have."""
    others = [float(np.median(np.delete(values, i))) if len(values) > 1 else np.nan for i in range(len(values))]
    return {"peers_median": np.array(others), **ranks(low, high, is_less_better)}


ABOUT = 0.05  # 左右, 约: within a twentieth of the number


def _ends(part: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The least and the greatest that each row's words allow: a range's ends, a twentieth about 左右, else the number."""
    value = part["value"].to_numpy(dtype=float)
    high = part["value_high"].to_numpy(dtype=float) if "value_high" in part.columns else np.full(len(part), np.nan)
    is_about = part["comparator"].eq("approx").to_numpy(dtype=bool) if "comparator" in part.columns else False
    slack = np.where(is_about, ABOUT * np.abs(value), 0.0)
    return value - slack, np.fmax(value, high) + slack


def ranks(low: np.ndarray, high: np.ndarray, ascending: bool = False) -> dict[str, np.ndarray]:
    """The best and the worst rank that each of several values can take, known to lie between their ends; 1 is the greatest.

    Args: ascending: 1 is the smallest.
    Source: Klein, Wright & Wieczorek (2020), a joint confidence region for an overall ranking: one is ahead of another
        for sure only where their intervals do not meet.
    """
    above = (low[None, :] > high[:, None] + 1e-12).sum(axis=1)
    below = (high[None, :] < low[:, None] - 1e-12).sum(axis=1)
    better, worse = (below, above) if ascending else (above, below)
    return {"rank_low": 1 + better, "rank_high": len(low) - worse}


def _with_national(table: pd.DataFrame, reference: pd.DataFrame | None) -> pd.DataFrame:
    known = {} if reference is None else {row["indicator_id"]: row for row in reference.to_dict("records")}
    found = [known.get(i, {}) for i in table["indicator_id"]]
    same = [
        bool(f) and f.get("unit") == unit and plain
        for f, unit, plain in zip(found, table["unit"], table["is_relative"], strict=True)
    ]
    value = [float(f["value"]) if ok else np.nan for f, ok in zip(found, same, strict=True)]
    year = [int(f["year"]) if ok else None for f, ok in zip(found, same, strict=True)]
    return table.assign(
        national=value, national_year=pd.array(year, dtype="Int64"), above_national=table["value"] - np.array(value)
    )
