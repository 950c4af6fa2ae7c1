"""Sentences on coding by hand: how far coders agree, on what they differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.describe import base
from analysis.describe.base import percent, say

# Krippendorff 2018, "Content Analysis", chapter 12: conclusions from 0.800 on, tentative ones from 0.667 on
RELIABLE, TENTATIVE = 0.800, 0.667
FIELDS = {
    "domain": ("主要领域", "primary domain"),
    "domains": ("其他领域", "other domains"),
    "instruments": ("政策工具", "instruments"),
    "commitment": ("承诺强度", "commitment"),
    "lead_units": ("牵头单位", "lead units"),
    "support_units": ("配合单位", "support units"),
    "indicator": ("指标", "indicator"),
    "indicator_id": ("指标编码", "indicator id"),
    "value": ("数值", "value"),
    "value_high": ("区间上限", "upper end"),
    "unit": ("单位", "unit"),
    "per": ("口径", "per"),
    "comparator": ("比较词", "comparator"),
    "kind": ("水平或变化", "level or change"),
    "baseline": ("基期值", "baseline"),
    "status": ("目标或结果", "target or result"),
    "year": ("年份", "year"),
    "hedge": ("语气", "hedge"),
}


def field(code: str, lang: str) -> str:
    """The name of a coded field as it stands in a sentence."""
    return say(lang, *FIELDS[code]) if code in FIELDS else code


@base.sentence
def agreement(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """Which fields are coded reliably and which are not, by Krippendorff's alpha."""
    whole = frame[frame["code"].isna() & frame["alpha"].notna()]
    if whole.empty:
        return say(
            lang,
            "两名以上编码员共同编过的条目太少，无法计算一致性。",
            "Too few units were coded by two coders to tell how far they agree.",
        )
    best, worst = (whole.loc[at(whole["alpha"])] for at in (base.peak, base.trough))
    held = int((whole["alpha"] >= RELIABLE).sum())
    n = int(whole["n_units"].max())
    return say(
        lang,
        f"{n} 个条目由两名以上编码员编过，{len(whole)} 个字段中 {held} 个的 α 不低于 {RELIABLE}；"
        f"最高为{field(best['field'], lang)}（{best['alpha']:.2f}），最低为{field(worst['field'], lang)}（{worst['alpha']:.2f}）。",
        f"Of {n} units coded by two coders or more {held} of {len(whole)} fields reach an alpha of {RELIABLE}; highest is "
        f"{field(best['field'], lang)} ({best['alpha']:.2f}), lowest {field(worst['field'], lang)} ({worst['alpha']:.2f}).",
    )


@base.sentence
def agreement_by_code(frame: pd.DataFrame, lang: str = "zh", names: Mapping[str, str] | None = None, **_: Any) -> str:
    """Which code coders agree on least."""
    told = frame[frame["alpha"].notna()]
    if told.empty:
        return base.why("no_rows", lang)
    worst, weak = told.loc[base.trough(told["alpha"])], int((told["alpha"] < TENTATIVE).sum())
    name = (names or {}).get(worst["code"], worst["code"])
    return say(
        lang,
        f"{len(told)} 个编码中 {weak} 个的 α 低于 {TENTATIVE}，最低的是{name}（{worst['alpha']:.2f}）。",
        f"{weak} of {len(told)} codes stay below an alpha of {TENTATIVE}; lowest is {name} ({worst['alpha']:.2f}).",
    )


@base.sentence
def disagreements(frame: pd.DataFrame, lang: str = "zh", n_units: int | None = None, **_: Any) -> str:
    """On how many units coders differ, and in which field most."""
    top = frame["field"].value_counts().index[0]
    n, share = frame["unit_id"].nunique(), frame["field"].eq(top).mean()
    of = "" if n_units is None else say(lang, f"（共 {n_units} 个）", f" of {n_units}")
    return say(
        lang,
        f"{n} 个条目{of}有不同编码，其中{field(top, lang)}最多，占 {percent(share)}。",
        f"{n} units{of} were coded differently; {field(top, lang)} accounts for {percent(share)} of the differences.",
    )
