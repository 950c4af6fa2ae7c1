"""Sentences on policy tools and priorities."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis import numerals
from analysis.describe import base
from analysis.describe.base import domain, instrument, join, percent, say
from analysis.describe.said import cited


@base.sentence
def instruments(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """Which tools are used most, in which proportion of kinds, and how many cells are empty."""
    uses = frame.groupby("instrument")["n"].sum().sort_values(ascending=False, kind="stable")
    parts = _parts(frame, frame.groupby("group")["n"].sum() / frame["n"].sum(), lang)
    by = base.group_column(
        frame, {"instrument", "group", "n", "share", "share_of_items", "expected", "residual", "codebook", "ids"}
    )
    empty, cells = int(frame["n"].eq(0).sum()), frame["instrument"].nunique() * frame[by].nunique()
    top = [instrument(i, lang) for i in uses.index[:2]]
    return say(
        lang,
        f"用得最多的政策工具是{join(top, lang)}；{'、'.join(parts)}；{cells} 格中 {empty} 格为空。",
        f"The tools used most are {join(top, lang)}; {', '.join(parts)}; {empty} of {cells} cells are empty.",
    )


def _parts(frame: pd.DataFrame, shares: pd.Series, lang: str) -> list[str]:
    """Each kind of tool with its share of the uses in the frame."""
    held = [g for g in ("supply", "environment", "demand") if g in shares]
    return [f"{instrument(g, lang)} {cited(percent(shares[g]), frame[frame['group'].eq(g)])}" for g in held]


@base.sentence
def association(frame: pd.DataFrame, lang: str = "zh", of: str = "domain", **_: Any) -> str:
    """Whether tools and domains (or stages, regions: `of`) go together, with the statistic and its caution."""
    row = frame.iloc[0]
    simulated = row.get("p_simulated", float("nan"))
    value = row["p"] if pd.isna(simulated) else simulated
    p = "p < 0.001" if value < 0.001 else f"p = {value:.3f}"
    facts = f"χ²({int(row['dof'])}) = {row['chi2']:.1f}, {p}, V = {row['cramers_v']:.2f}, n = {int(row['n'])}"
    zh, en = {"domain": ("领域", "domains"), "stage": ("政策环节", "policy stages")}.get(of, ("地区", "regions"))
    found = say(
        lang,
        f"工具与{zh}的搭配不是随机的" if value < 0.05 else f"没有证据表明工具与{zh}的搭配有偏向",
        f"Tools and {en} go together" if value < 0.05 else f"There is no sign that tools and {en} go together",
    )
    small = percent(row["share_small"])
    caution = say(
        lang, f"；{small}的格期望不足 5，p 值仅供参考", f"; {small} of cells expect fewer than 5, so p is rough"
    )
    if not pd.isna(simulated):
        caution = say(
            lang,
            f"；{small}的格期望不足 5，p 值由同边际的随机表模拟得出",
            f"; {small} of cells expect fewer than 5, so p comes from random tables with the same margins",
        )
    return (
        f"{found}{say(lang, '（', ' (')}{facts}{say(lang, '）', ')')}"
        + (caution if row["share_small"] > 0.2 else "")
        + say(lang, "。", ".")
    )


@base.sentence
def structure(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, **_: Any) -> str:
    """The parts of supply, environment and demand in all uses, and in a region's."""
    by = base.group_column(frame, {"group", "n", "share", "low", "high", "ids"})
    every = _parts(frame, frame.groupby("group")["n"].sum() / frame["n"].sum(), lang)
    own = frame[frame[by].eq(region)] if region is not None else frame.iloc[:0]
    if own.empty:
        return say(lang, f"政策工具中{'、'.join(every)}。", f"Of all uses of tools: {', '.join(every)}.")
    mine = _parts(own, own.set_index("group")["share"], lang)
    return say(
        lang,
        f"{region}的政策工具{'、'.join(mine)}；总体{'、'.join(every)}。",
        f"{region}: {', '.join(mine)}; all: {', '.join(every)}.",
    )


@base.sentence
def priorities(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, **_: Any) -> str:
    """What a plan puts first, and where the lenses disagree most."""
    own = frame[frame["region"].eq(region)] if region is not None else frame
    if own.empty:
        return base.why("no_region", lang)
    if own["plan_id"].nunique() > 1:
        first = own[own["joint_rank"].eq(own.groupby("plan_id")["joint_rank"].transform("min"))]
        return _foremost(first, own["plan_id"].nunique(), lang)
    table = own.sort_values(["joint_rank", "space_rank"], kind="stable")
    named = [domain(d, lang, b) for d, b in zip(table["domain"].head(3), table["codebook"], strict=False)]
    subject = table["region"].iloc[0]
    subject = say(lang, "本计划", "The plan") if pd.isna(subject) else str(subject)
    found = say(lang, f"{subject}最优先的是{join(named, lang)}", f"{subject} puts {join(named, lang)} first")
    apart = table[table["lenses_disagree"].astype(bool)]
    if apart.empty:
        return found + say(lang, "，三种视角大体一致。", "; the three lenses agree.")
    return found + _apart(apart, lang)


def _foremost(first: pd.DataFrame, n: int, lang: str) -> str:
    """Which domain most plans put first; all of them where several do equally often."""
    sizes = first.groupby(["codebook", "domain"])["plan_id"].nunique()
    tops = list(sizes[sizes.eq(sizes.max())].index)
    books, codes = [book for book, _ in tops], [code for _, code in tops]
    labels = [domain(code, lang, book) for code, book in zip(codes, books, strict=True)]
    count = cited(int(sizes.max()), first[first["domain"].isin(codes)])
    if sizes.max() == 1:
        return say(
            lang,
            f"{n} 份文件各把不同的领域排在首位。",
            f"The {n} plans put {len(tops)} different domains first, each its own.",
        )
    if len(tops) > 1:
        few = base.some(labels, lang)
        return say(
            lang, f"{n} 份文件中，把{few}排在首位的各有 {count} 份。", f"{few} each come first in {count} of {n} plans."
        )
    return say(
        lang, f"{n} 份文件中有 {count} 份把{labels[0]}排在首位。", f"{count} of {n} plans put {labels[0]} first."
    )


def _apart(table: pd.DataFrame, lang: str) -> str:
    ranks = table[["space_rank", "strength_rank", "substance_rank"]]
    row = table.loc[base.peak((ranks.max(axis=1) - ranks.min(axis=1)).astype(float))]
    label = domain(row["domain"], lang, row["codebook"])
    space, strength, substance = (cited(numerals.printed(row[c]), row) for c in ranks.columns)
    return say(
        lang,
        f"；三种视角在{label}上分歧最大（篇幅第 {space}，力度第 {strength}，实质第 {substance}）。",
        f"; the lenses disagree most on {label} (space {space}, strength {strength}, substance {substance}).",
    )
