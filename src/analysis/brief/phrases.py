"""A phrase in its context: every place where the plans say it."""

from __future__ import annotations

import re

import pandas as pd

from analysis.brief import sources
from analysis.frames import Corpus

REACH = 24  # characters on either side
COLUMNS = [
    "region",
    "plan_year",
    "title",
    "before_phrase",
    "found_phrase",
    "after_phrase",
    "plan_id",
    "start",
    "end",
    "span_id",
]


def phrase(plans: pd.DataFrame, words: str | None, reach: int = REACH, most: int = 200) -> pd.DataFrame:
    """A row a place where the plans say these words, with what stands before and after (a concordance, KWIC).

    Args:
        plans: the plans to search, such as `brief.select(corpus).plans`.
        words: what to look for; white space between its characters does not matter. Several parted by | are looked for
            together. None finds nothing.
        reach: characters on either side, within the line.
        most: rows at most, in the order of regions and years.
    Returns: region, plan_year, title, before_phrase, found_phrase, after_phrase; plan_id with start:end leads to the words.
    """
    pattern = _pattern(words or "")
    if pattern is None or plans.empty:
        return pd.DataFrame(columns=COLUMNS)
    ordered = plans.sort_values(["region", "plan_year"], na_position="last", kind="stable")
    rows = []
    for plan in sources.records(ordered):
        text = plan["text"] or ""
        for found in pattern.finditer(text):
            start, end = found.span()
            rows.append({
                **{name: plan[name] for name in ("region", "plan_year", "title", "plan_id")}, "start": start, "end": end,
                "before_phrase": text[max(0, start - reach) : start].rpartition("\n")[2], "found_phrase": found.group(),
                "after_phrase": text[end : end + reach].partition("\n")[0], "span_id": sources.span_id(plan["plan_id"], start, end),
            })  # fmt: skip
            if len(rows) == most:
                return pd.DataFrame(rows, columns=COLUMNS)
    return pd.DataFrame(rows, columns=COLUMNS)


def _pattern(words: str) -> re.Pattern[str] | None:
    wanted = ["".join(part.split()) for part in words.split("|")]
    return (
        re.compile("|".join(r"\s{0,3}".join(map(re.escape, part)) for part in wanted if part)) if any(wanted) else None
    )


def frequent(corpus: Corpus, plans: pd.DataFrame, least: int = 3) -> str | None:
    """The word of at least `least` characters that most of these plans use, for a first look; None without words."""
    terms = corpus.terms[corpus.terms["plan_id"].isin(plans["plan_id"])]
    long = terms[terms["term"].str.len().ge(least)]
    if long.empty:
        return None
    counts = long.groupby("term").agg(plans=("plan_id", "nunique"), n=("n", "sum"))
    return str(counts.sort_values(["plans", "n"], ascending=False, kind="stable").index[0])
