"""Sentences on promises, likeness and reuse."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.describe import base
from analysis.describe.base import percent, say

_DONE, _HELD = ("reported done",), ("repeated", "kept", "raised", "lowered")


@base.sentence
def ledger(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, **_: Any) -> str:
    """What became of the promises that later documents could answer."""
    own = frame[frame["region"].eq(region)] if region is not None else frame
    if own.empty:
        return base.why("no_region", lang)
    answered = own[own["outcome"].ne("unanswered")]
    subject = region or say(lang, "各地", "The places")
    if answered.empty:
        return say(
            lang,
            f"{subject}的 {len(own)} 项承诺尚无后续文件可核对。",
            f"No later document answers the {len(own)} promises of {subject}.",
        )
    counts = answered["outcome"].value_counts()
    done, missed, dropped = (int(counts.get(k, 0)) for k in ("reported done", "reported missed", "dropped"))
    held = sum(int(counts.get(k, 0)) for k in _HELD)
    return say(
        lang,
        f"{subject}可核对的 {len(answered)} 项承诺中，{done} 项报告完成，{missed} 项未完成，{held} 项继续写入，{dropped} 项没有下文。",
        f"Of {len(answered)} promises of {subject} that can be checked {done} are reported done, {missed} missed, {held} "
        f"carried on and {dropped} dropped.",
    )


@base.sentence
def likeness(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, **_: Any) -> str:
    """Which two plans are most alike once the formulae are taken out."""
    own = frame
    if region is not None:
        own = frame[frame["region"].eq(region) | frame["other_region"].eq(region)]
    if own.empty:
        return base.why("no_region", lang)
    top = own.loc[base.peak(own["substance"].astype(float))]
    names = [
        f"{top[r]}{'' if pd.isna(top[y]) else int(top[y])}"
        for r, y in (("region", "year"), ("other_region", "other_year"))
    ]
    share, median = percent(top["substance"]), percent(own["substance"].median())
    return say(
        lang,
        f"除去套话，最相像的是{names[0]}与{names[1]}（共有 {share}，中位数 {median}）。",
        f"Without the formulae {names[0]} and {names[1]} are most alike ({share} shared, median {median}).",
    )


@base.sentence
def reuse(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """How many passages are shared, and who shares the longest."""
    top = frame.loc[base.peak(frame["n_chars"].astype(float))]
    pairs = frame[["plan_id", "other_plan_id"]].drop_duplicates()
    return say(
        lang,
        f"{len(pairs)} 对文件共有 {len(frame)} 段相同文字，最长的 {int(top['n_chars'])} 字，见于{top['region']}和{top['other_region']}。",
        f"{len(pairs)} pairs of documents share {len(frame)} passages, the longest of {int(top['n_chars'])} characters, "
        f"in {top['region']} and {top['other_region']}.",
    )
