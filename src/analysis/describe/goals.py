"""Sentences on targets."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis import numerals
from analysis.describe import base
from analysis.describe.base import indicator, say
from analysis.describe.said import cited

_SAID = ["stated", "stated_in_words"]


@base.sentence
def targets(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, detail: bool = False, **_: Any) -> str:
    """How many indicators are stated by whom; with a region, what most others state and it does not."""
    by = "region" if "region" in frame.columns else str(frame.columns[3])
    said = frame[frame["state"].isin(_SAID)].groupby("indicator_id")[by].nunique()
    n, k = frame[by].nunique(), str(frame["indicator_id"].nunique())
    if region is not None and region in set(frame[by]):
        return _silent(frame, by, region, said, lang) + (_unsure(frame, lang) if detail else "")
    top = said.sort_values(ascending=False, kind="stable").index[0]
    told = frame[frame["state"].isin(_SAID)]
    label, count = (
        indicator(top, lang, _printed(frame, top)),
        cited(int(said.max()), told[told["indicator_id"].eq(top)]),
    )
    every = cited(int(said.eq(n).sum()), told[told["indicator_id"].isin(said.index[said.eq(n)])])
    k = cited(k, told)
    first = say(
        lang,
        f"{n} {base.kind(by, lang)}共提出 {k} 项指标，各方都提的有 {every} 项；提得最多的是{label}（{count} 个）。",
        f"{n} {base.kind(by, lang)} state {k} indicators, {every} of them stated by all; most often {label} ({count}).",
    )
    return first + (_unsure(frame, lang) if detail else "")


def _printed(frame: pd.DataFrame, code: str) -> Any:
    return frame.loc[frame["indicator_id"].eq(code), "indicator"].iloc[0]


def _silent(frame: pd.DataFrame, by: str, region: str, said: pd.Series, lang: str) -> str:
    own = frame[frame[by].eq(region)].set_index("indicator_id")["state"]
    told = frame[frame["state"].isin(_SAID)]
    stated = cited(int(own.isin(_SAID).sum()), told[told[by].eq(region)])
    others = frame[by].nunique() - 1
    quiet = [i for i in said.sort_values(ascending=False, kind="stable").index if own[i] not in _SAID]
    common = [i for i in quiet if said[i] * 2 > others > 0]
    named = [indicator(i, lang, _printed(frame, i)) for i in common]
    lacking = cited(len(common), told[told["indicator_id"].isin(common)])
    if not named:
        return say(
            lang,
            f"{region}提出 {stated} 项可比指标，过半地区都提的指标它都提了。",
            f"{region} states {stated} comparable indicators, among them all that most others state.",
        )
    return say(
        lang,
        f"{region}提出 {stated} 项可比指标，没有提过半地区都提的 {lacking} 项：{base.some(named, lang)}。",
        f"{region} states {stated} comparable indicators and lacks {lacking} that most others state: "
        f"{base.some(named, lang)}.",
    )


def _unsure(frame: pd.DataFrame, lang: str) -> str:
    n = int(frame["state"].eq("not_found").sum())
    if not n:
        return ""
    return say(
        lang,
        f"有 {n} 格因文本残缺或遮蔽而未能确认，不等于没有提出。",
        f" {n} cells could not be settled because the copy is cut, damaged or masked; that is not the same as silence.",
    )


@base.sentence
def standing(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, detail: bool = False, **_: Any) -> str:
    """Where a region's numbers lie among the others', or which indicator is spread most widely."""
    said = _placed(frame, lang, region)
    return said + (_open(frame, lang, region) if detail and "rank_low" in frame.columns else "")


def _open(frame: pd.DataFrame, lang: str, region: str | None) -> str:
    """Why ranks of stated numbers bear no interval of sampling, and how many are open all the same."""
    own = frame[frame["region"].eq(region)] if region is not None else frame
    shared = own[own["n"].ge(2)]
    if shared.empty:
        return ""
    is_open = shared["rank_high"] > shared["rank_low"]
    n, wide = cited(len(shared), shared), cited(int(is_open.sum()), shared[is_open])
    return say(
        lang,
        f"名次按所印的数值排列，没有抽样误差；因并列、区间或“左右”，{n} 个名次中有 {wide} 个只能定到一个范围。",
        f" Ranks follow the printed numbers and have no sampling error; ties, ranges and 左右 (about) leave {wide} of "
        f"{n} ranks open.",
    )


def _placed(frame: pd.DataFrame, lang: str, region: str | None) -> str:
    shared = frame[frame["n"].ge(2)]
    if shared.empty:
        return base.why("no_indicator", lang)
    if region is not None and region in set(shared["region"]):
        return _own(shared, region, lang)
    shared = _like(shared)
    relative = (shared["spread"] / shared["median"].abs().where(shared["median"].ne(0))).astype(float)
    if relative.notna().sum() == 0 or relative.max() == 0:
        return say(lang, "各地可比指标的数值一致。", "The places state the same numbers.")
    code = shared.loc[base.peak(relative), "indicator_id"]
    part = shared[shared["indicator_id"].eq(code)].sort_values("value", kind="stable")
    low, high, label = part.iloc[0], part.iloc[-1], indicator(code, lang, part["indicator"].iloc[0])
    least, most = (cited(numerals.printed(row["value"], row["unit"], lang=lang), row) for row in (low, high))
    return say(
        lang,
        f"差距最大的指标是{label}：{high['region']} {most}，{low['region']} {least}。",
        f"The widest gap is in {label}: {high['region']} {most}, {low['region']} {least}.",
    )


def _like(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that large and small places share (rates, means), where there are any."""
    if "is_relative" not in table.columns or not table["is_relative"].any():
        return table
    return table[table["is_relative"].astype(bool)]


def _own(shared: pd.DataFrame, region: str, lang: str) -> str:
    own = _like(shared[shared["region"].eq(region)])
    parts = [own, own[own["distance"] > 0], own[own["distance"] < 0], own[own["distance"].eq(0)]]
    n, above, below, same = (cited(len(part), part) for part in parts)
    is_same = len(parts[3]) > 0
    counted = say(
        lang,
        f"{region}有 {n} 项指标可与他地相比，{above} 项高于、{below} 项低于他地中位数"
        + (f"，{same} 项持平" if is_same else ""),
        f"{region} shares {n} indicators with others: {above} above, {below} below their median"
        + (f", {same} equal" if is_same else ""),
    )
    relative = (own["distance"] / own["peers_median"].abs().where(own["peers_median"].ne(0))).abs().astype(float)
    if relative.notna().sum() == 0 or relative.max() == 0:
        return counted + say(lang, "。", ".")
    row = own.loc[base.peak(relative)]
    label = indicator(row["indicator_id"], lang, row["indicator"])
    others = shared[shared["indicator_id"].eq(row["indicator_id"]) & shared["region"].ne(region)]
    mine = cited(numerals.printed(row["value"], row["unit"], lang=lang), row)
    theirs = cited(numerals.printed(row["peers_median"], row["unit"], lang=lang), others)
    return counted + say(
        lang,
        f"；相差最大的是{label}（{mine}，中位数 {theirs}）。",
        f"; furthest off is {label} ({mine}, median {theirs}).",
    )


@base.sentence
def headline(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """How the telling numbers of a region stand to the others' medians; the numbers themselves where none has peers."""
    beside = frame[frame["n_peers"].gt(0) & frame["peers_median"].notna()] if "n_peers" in frame else frame.iloc[:0]
    if len(beside):
        return _against(beside, len(frame), lang)
    named = [
        say(lang, "", " ").join(
            (
                indicator(r.indicator_id, lang, r.indicator),
                cited(numerals.printed(r.value, r.unit, r.comparator, r.value_high, lang), r),
            )
        )
        for r in base.rows(frame)
    ]
    region = frame["region"].iloc[0]
    return say(
        lang,
        f"{region}的 {len(named)} 个关键数字：{'，'.join(named)}。",
        f"{region} in {len(named)} numbers: {'; '.join(named)}.",
    )


def _against(frame: pd.DataFrame, n: int, lang: str) -> str:
    off = (frame["value"] - frame["peers_median"]).astype(float)
    parts = [
        (frame[off > 0], "{} 个高于", "{} above"),
        (frame[off < 0], "{} 个低于", "{} below"),
        (frame[off.eq(0)], "{} 个等于", "{} at"),
    ]
    told = [(cited(len(part), part), zh, en) for part, zh, en in parts if len(part)]
    region, alone = frame["region"].iloc[0], n - len(frame)
    return say(
        lang,
        f"{region}的 {n} 个关键数字中，{'、'.join(zh.format(k) for k, zh, _ in told)}他地的中位数"
        + (f"，{alone} 个他地没有。" if alone else "。"),
        f"{region}'s {n} telling numbers: {', '.join(en.format(k) for k, _, en in told)} the others' median"
        + (f"; {alone} stated by no other." if alone else "."),
    )


@base.sentence
def oddities(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, **_: Any) -> str:
    """In what a region differs most from the others."""
    told = [_odd(row, lang) for row in frame.to_dict("records")]
    subject = region or say(lang, "本地", "The region")
    return say(
        lang,
        f"{subject}与他地最不同的 {len(told)} 处：{'；'.join(told)}。",
        f"{subject} differs most in: {'; '.join(told)}.",
    )


_BOTH = (("own", "ids"), ("median", "ids_median"))


def _odd(row: dict[Any, Any], lang: str) -> str:
    if row["kind"] == "emphasis":
        own, median = (cited(base.percent(row[k]), row, of) for k, of in _BOTH)
        label = base.domain(row["subject"], lang, row.get("codebook"))
        return say(
            lang, f"{label}占篇幅 {own}，他地中位数 {median}", f"{label} takes {own} of the text (median {median})"
        )
    label = indicator(row["subject"], lang, row["name"])
    own, median = (cited(numerals.printed(row[k], row["unit"], lang=lang), row, of) for k, of in _BOTH)
    return say(lang, f"{label}定为 {own}，他地中位数 {median}", f"{label} is set at {own} (median {median})")
