"""Sentences on values on the map."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis import numerals
from analysis.describe import base
from analysis.describe.base import say


def amount(value: float, unit: str) -> str:
    """A value as a map prints it: shares (unit %) as percentages, others with two decimals at most."""
    return base.percent(value) if unit == "%" else numerals.printed(round(float(value), 2), unit)


@base.sentence
def tiles(frame: pd.DataFrame, lang: str = "zh", measure: str = "", unit: str = "%", **_: Any) -> str:
    """In which province a value is the highest and in which the lowest."""
    known = frame.dropna(subset=["value"]).set_index(lang)["value"].astype(float)
    return _ends(known, lang, measure, unit)


@base.sentence
def points(frame: pd.DataFrame, lang: str = "zh", measure: str = "", unit: str = "%", **_: Any) -> str:
    """At which place a value is the highest and at which the lowest."""
    return _ends(frame.set_index("place")["value"].astype(float), lang, measure, unit)


def _ends(known: pd.Series, lang: str, measure: str, unit: str) -> str:
    high, low = base.peak(known), base.trough(known)
    most, least = amount(known[high], unit), amount(known[low], unit)
    if len(known) == 1 or high == low:
        return say(lang, f"{measure}：{high}为 {most}。", f"{measure + ': ' if measure else ''}{high} has {most}.")
    return say(
        lang,
        f"{measure}最高的是{high}（{most}），最低的是{low}（{least}）。",
        f"{measure + ' is' if measure else 'The value is'} highest in {high} ({most}) and lowest in {low} ({least}).",
    )
