"""Sentences on words, maps, ladders, scorecards and changes."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis import numerals
from analysis.describe import base
from analysis.describe.base import domain, indicator, join, percent, say
from analysis.describe.said import cited


@base.sentence
def keyness(frame: pd.DataFrame, lang: str = "zh", group: str | None = None, **_: Any) -> str:
    """The words that tell a group from the others, and the one that it uses least."""
    key = frame[frame["is_key"].astype(bool)]
    subject = group if group is not None else say(lang, "本组", "The group")
    more, less = list(key.loc[key["g2"] > 0, "term"].head(4)), list(key.loc[key["g2"] < 0, "term"].tail(1))
    if not more:
        return say(
            lang,
            f"{subject}的用词与其余各地没有可靠的差别。",
            f"{subject} does not reliably differ from the others in its words.",
        )
    first = say(lang, f"{subject}的特征词是{join(more, lang)}", f"Typical of {subject}: {join(more, lang)}")
    rest = say(lang, f"，最少用的是{less[0]}", f"; it uses {less[0]} least") if less else ""
    return first + rest + say(lang, "。", ".")


@base.sentence
def network(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """How many groups of words go together, and which word holds them together."""
    groups = frame["community"].value_counts()
    n = int((groups > 1).sum())
    if not n:
        return say(lang, "没有词语稳定地一同出现。", "No terms go together steadily.")
    hub = frame.loc[base.peak(frame["betweenness"].astype(float)), "term"]
    first = frame[frame["community"].eq(base.peak(groups))].sort_values("strength", ascending=False, kind="stable")
    named = join([str(t) for t in first["term"].head(3)], lang)
    return say(
        lang,
        f"共现词聚成 {n} 群，最大的一群围绕{named}；居间最多的词是{hub}。",
        f"The terms form {n} groups, the largest around {named}; {hub} lies between most others.",
    )


@base.sentence
def correspondence(frame: pd.DataFrame, lang: str = "zh", inertia: pd.DataFrame | None = None, **_: Any) -> str:
    """Which groups and words lie at the two ends of the first axis."""
    groups, words = (frame[frame["kind"].eq(k)] for k in ("column", "row"))
    left, right = (groups.loc[f(groups["x"].astype(float)), "name"] for f in (base.trough, base.peak))
    ends = [words[words["x"] < 0].nlargest(2, "contribution_x"), words[words["x"] > 0].nlargest(2, "contribution_x")]
    named = [join([str(t) for t in part["name"]], lang) for part in ends]
    share = (
        ""
        if inertia is None
        else say(lang, f"（{percent(inertia['share'].iloc[0])}）", f" ({percent(inertia['share'].iloc[0])})")
    )
    return say(
        lang,
        f"用词差别最大的方向{share}一端是{left}（{named[0]}），另一端是{right}（{named[1]}）。",
        f"Words differ most{share} between {left} ({named[0]}) and {right} ({named[1]}).",
    )


@base.sentence
def nearness(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, **_: Any) -> str:
    """How many clusters there are, and whose company a region keeps."""
    n = frame["cluster"].nunique()
    if region is None or region not in set(frame["group"]):
        pair = frame.loc[base.trough(frame["nearest_distance"].astype(float))]
        return say(
            lang,
            f"{len(frame)} 个对象可分为 {n} 类，最相近的一对是{pair['group']}和{pair['nearest']}。",
            f"The {len(frame)} groups fall into {n} clusters; the nearest pair is {pair['group']} and {pair['nearest']}.",
        )
    own = frame[frame["group"].eq(region)].iloc[0]
    others = [str(g) for g in frame.loc[frame["cluster"].eq(own["cluster"]) & frame["group"].ne(region), "group"]]
    if not others:
        return say(
            lang,
            f"{region}自成一类，最近的是{own['nearest']}。",
            f"{region} is a cluster of its own; nearest is {own['nearest']}.",
        )
    return say(
        lang,
        f"{region}与{base.some(others, lang)}同属一类，最近的是{own['nearest']}。",
        f"{region} clusters with {base.some(others, lang)}; nearest is {own['nearest']}.",
    )


@base.sentence
def ladder(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """How often a target is raised from level to level, and the highest step."""
    steps = frame.dropna(subset=["step"])
    label = indicator(frame["indicator_id"].iloc[0], lang, frame["indicator"].iloc[0])
    if steps.empty:
        return say(lang, f"{label}只在一级提出，无从比较上下级。", f"{label} is stated at one level only.")
    raised = int(steps["is_raised"].eq(True).sum())
    row = steps.loc[base.peak(steps["step"].astype(float).abs())]
    unit = say(lang, "个百分点", " points") if row["unit"] == "%" else row["unit"]
    step = numerals.printed(abs(row["step"]), unit)
    way = say(lang, "高" if row["step"] > 0 else "低", "above" if row["step"] > 0 else "below")
    return say(
        lang,
        f"{label}：{len(steps)} 个下级目标中 {raised} 个加了码；相差最大的是{row['region']}，比{row['upper']}{way} {step}。",
        f"{label}: {raised} of {len(steps)} targets below are raised; {row['region']} lies furthest off, {step} {way} {row['upper']}.",
    )


@base.sentence
def scorecard(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, **_: Any) -> str:
    """How many targets are met, how many missed, how many are on their way, and how many cannot be told yet."""
    own = frame[frame["region"].eq(region)] if region is not None and "region" in frame.columns else frame
    if own.empty:
        return base.why("no_region", lang)
    n = own["class"].value_counts()
    met, missed, track = (int(n.get(k, 0)) for k in ("met", "missed", "on_track"))
    late = int(n.get("behind", 0)) + int(n.get("far_behind", 0))
    early, unknown = int(n.get("not_due", 0)), int(n.get("not_enough_data", 0))
    judged = met + missed + track + late
    of = say(lang, f"{region}", f"{region}: ") if region is not None else ""
    if not judged:
        return say(
            lang,
            f"{of}{len(own)} 个目标都还无从判断：{early} 个尚未到期，{unknown} 个数据不足。",
            f"{of}{'none' if of else 'None'} of {len(own)} targets can be judged yet: {early} are not due, {unknown} lack data.",
        )
    way = (
        say(lang, f"，{track} 个进度合宜，{late} 个落后", f", {track} on track, {late} behind") if track + late else ""
    )
    return say(
        lang,
        f"{of}能判断的 {judged} 个目标中，{met} 个已达到，{missed} 个未达到{way}；另有 {early} 个尚未到期，{unknown} 个数据不足。",
        f"{of}{'of' if of else 'Of'} {judged} targets that can be judged {met} are met, {missed} missed{way}; {early} more are not due, "
        f"{unknown} lack data.",
    )


@base.sentence
def change(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, **_: Any) -> str:
    """What grew and what faded most between a group's first and last year, where that is sure."""
    by = base.group_column(frame, {"codebook", "domain", "first_year", "last_year", "n_years", "first_share", "last_share", "change", "low", "high", "log_ratio", "is_change", "kind"})  # fmt: skip
    own = frame[frame[by].eq(region)] if region is not None else frame
    if own.empty:
        return base.why("one_year", lang)
    sure = own[own["is_change"].astype(bool) & ~own["domain"].isin(base.REST)]
    if sure.empty:
        return say(lang, "各领域的篇幅没有可靠的变化。", "No domain's share changed reliably.")
    told = []
    for row, zh, en in (
        (sure.loc[base.peak(sure["change"])], "上升", "rose"),
        (sure.loc[base.trough(sure["change"])], "下降", "fell"),
    ):
        if (row["change"] > 0) == (en == "rose"):
            label, points = domain(row["domain"], lang, row["codebook"]), cited(percent(abs(row["change"]))[:-1], row)
            whose = "" if own[by].nunique() == 1 else say(lang, f"{row[by]}的", f"{row[by]}: ")
            told.append(say(lang, f"{whose}{label}{zh} {points} 个百分点", f"{whose}{label} {en} {points} points"))
    years = f"{int(own['first_year'].min())}–{int(own['last_year'].max())}"
    return say(lang, f"{years} 年变化最大的：{'，'.join(told)}。", f"{years}: {'; '.join(told)}.")
