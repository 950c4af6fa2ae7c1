"""Sentences on what a corpus holds and what was left out on the way."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.describe import base
from analysis.describe.base import say

_LEVELS = {
    "national": ("国家级", "national"),
    "province": ("省级", "provincial"),
    "city": ("市级", "city"),
    "county": ("县级", "county"),
    "town": ("乡级", "town"),
    "unknown": ("层级不明", "of unknown level"),
}


@base.sentence
def documents(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """How many documents there are, of which years and mostly of which level."""
    total = int(frame["n"].sum())
    years = sorted(int(year) for year in frame["plan_year"].dropna().unique())
    levels = frame.groupby("region_level")["n"].sum()
    level = str(base.peak(levels))
    share = base.percent(levels[level] / total)
    nameless = int(frame.loc[frame["plan_year"].isna(), "n"].sum())
    span = "" if not years else str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    rest = say(lang, f"，{nameless} 份年份不明", f"; the year of {nameless} is unknown") if nameless else ""
    most = say(lang, f"{_LEVELS[level][0]}最多（{share}）", f"most of them {_LEVELS[level][1]} ({share})")
    if len(levels) == 1:
        most = say(lang, f"都是{_LEVELS[level][0]}", f"all {_LEVELS[level][1]}")
    zh = f"{total:,} 份文件{f'属 {span} 年' if span else ''}，{most}{rest}。"
    en = f"{total:,} documents{f' of {span}' if span else ''}, {most}{rest}."
    return say(lang, zh, en)


@base.sentence
def pipeline(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """From how many documents how many items and targets come, and at which step most were left out."""
    n = {step: f"{int(count):,}" for step, count in zip(frame["step"], frame["n"], strict=True)}
    return say(
        lang,
        f"{n['documents']} 份文件中 {n['chosen']} 份进入比较，得到 {n['tasks']} 项任务和 {n['targets']} 个可比目标。",
        f"Of {n['documents']} documents {n['chosen']} are compared; they hold {n['tasks']} tasks and {n['targets']} "
        "comparable targets.",
    )
