"""Sentences on what changes between years: words, tasks, targets, attention."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.describe import base
from analysis.describe.base import domain, join, percent, say


@base.sentence
def bursts(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """Which words came up and which went, where that is sure."""
    sure = frame[frame["is_change"].astype(bool)]
    up = [str(t) for t in sure.loc[sure["log_ratio"] > 0, "term"].head(4)]
    down = [str(t) for t in sure.loc[sure["log_ratio"] < 0, "term"].tail(3)][::-1]
    years = f"{int(frame['first_year'].iloc[0])}–{int(frame['last_year'].iloc[0])}"
    if not up and not down:
        return say(lang, f"{years} 年没有哪个词的用量有可靠的变化。", f"{years}: no word's use changed reliably.")
    told = [say(lang, f"升起的词是{join(up, lang)}", f"{join(up, lang)} came up")] if up else []
    told += [say(lang, f"退去的词是{join(down, lang)}", f"{join(down, lang)} went")] if down else []
    return say(lang, f"{years} 年{'，'.join(told)}。", f"{years}: {'; '.join(told)}.")


@base.sentence
def carried(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, **_: Any) -> str:
    """How many tasks were kept, reworded and dropped, and how many are new."""
    own = frame[frame["region"].eq(region)] if region is not None and "region" in frame.columns else frame
    if own.empty:
        return base.why("one_year", lang)
    n = own["state"].value_counts()
    kept, reworded, dropped, new = (int(n.get(k, 0)) for k in ("kept", "reworded", "dropped", "new"))
    before = kept + reworded + dropped
    share = percent((kept + reworded) / before) if before else "0%"
    return say(
        lang,
        f"上一年的 {before} 项任务有 {share} 延续下来（原样 {kept} 项，改写 {reworded} 项），{dropped} 项在后一年没有相近的任务，新增 {new} 项。",
        f"{share} of {before} tasks go on the year after ({kept} as they were, {reworded} reworded); {dropped} have nothing alike, {new} are "
        "new.",
    )


@base.sentence
def progress(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, **_: Any) -> str:
    """How many of last year's targets were met, and how this year's lie to the others' median."""
    subject = region or str(frame["region"].iloc[0])
    n = frame["class"].value_counts()
    met, missed = int(n.get("met", 0)), int(n.get("missed", 0))
    like = frame[frame["is_relative"].astype(bool) & frame["peers_median"].notna()]
    above = int((like["target"] > like["peers_median"]).sum())
    first = (
        say(
            lang,
            f"{subject}上年的 {met + missed} 个可核对目标达到 {met} 个",
            f"{subject} met {met} of {met + missed} targets that can be checked",
        )
        if met + missed
        else say(lang, f"{subject}提出 {len(frame)} 个目标", f"{subject} states {len(frame)} targets")
    )
    rest = (
        say(
            lang,
            f"；今年 {len(like)} 个可比目标中 {above} 个高于他地中位数",
            f"; {above} of {len(like)} comparable targets now lie above the others' median",
        )
        if len(like)
        else ""
    )
    return first + rest + say(lang, "。", ".")


@base.sentence
def streams(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """Which domain gained and which lost most between the first and the last year."""
    by = base.group_column(frame, {"codebook", "domain", "n_items", "n_chars", "share", "low", "high"})
    known = frame[~frame["domain"].isin(base.REST)]
    wide = known.pivot_table(index=["codebook", "domain"], columns=by, values="share", fill_value=0.0)
    first, last = wide.columns.min(), wide.columns.max()
    if first == last or wide.empty:
        return base.why("one_year", lang)
    moved = wide[last] - wide[first]
    (book, up), (other, down) = base.peak(moved), base.trough(moved)
    gain, loss = (f"{100 * abs(v):.1f}" for v in (moved.max(), moved.min()))
    names = domain(up, lang, book), domain(down, lang, other)
    return say(
        lang,
        f"{first}–{last} 年篇幅增加最多的是{names[0]}（{gain} 个百分点），减少最多的是{names[1]}（{loss} 个百分点）。",
        f"{first}–{last}: {names[0]} gained most ({gain} points), {names[1]} lost most ({loss} points).",
    )
