"""The documents that a page is about, chosen by its parameters, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis import frames
from analysis.brief import labels
from analysis.describe.said import Said, cited
from analysis.frames import Corpus

_OFF = ("truncated", "fragment", "masked")


@dataclass(frozen=True)
class Selection:
    """Comparable plans with their items and numbers; `region` is the subject, if the page has one."""

    plans: pd.DataFrame
    items: pd.DataFrame
    metrics: pd.DataFrame
    region: str | None = None

    @property
    def own(self) -> Selection:
        """The subject's plans alone."""
        return self._where(self.plans["region"].isin([self.region]))

    @property
    def year(self) -> int | None:
        """The latest year of the subject's plans (of all, without a subject)."""
        years = (self.own.plans if self.region is not None else self.plans)["plan_year"].dropna()
        return int(years.max()) if len(years) else None

    def _where(self, kept: pd.Series) -> Selection:
        plans = self.plans[kept.fillna(False).astype(bool)]
        return Selection(plans, _of(self.items, plans), _of(self.metrics, plans), self.region)

    def among(self, regions: Iterable[str]) -> Selection:
        """The subject and these regions only."""
        return self._where(self.plans["region"].isin({*regions, *([self.region] if self.region else [])}))

    def said(self, lang: str = "zh") -> str:
        """How many documents of how many regions and which years these are."""
        n, n_regions = (cited(held, self.plans) for held in (len(self.plans), self.plans["region"].nunique()))
        if self.plans.empty:
            return _pick(lang, "没有符合条件的规划文件。", "No plan meets the conditions.")
        years = _span(self.plans["plan_year"])
        sectors = [labels.value("sector", s, lang) for s in sorted(self.plans["sector"].dropna().unique())]
        zh = f"依据 {n_regions} 个地区的 {n} 份规划文件（{years}；{'、'.join(sectors)}），同一文件的多个版本只取损坏最少的一份。"
        en = (
            f"Based on {n} plan{_s(len(self.plans))} of {n_regions} region{_s(self.plans['region'].nunique())} ({years}; {', '.join(sectors)}); "
            "of several copies of a plan the least damaged one counts."
        )
        return Said(_pick(lang, zh, en))

    def source(self, lang: str = "zh") -> str:
        """The source line of a figure."""
        n, years = len(self.plans), _span(self.plans["plan_year"])
        return _pick(lang, f"来源：{n} 份规划文件（{years}）", f"Source: {n} plan{_s(n)} ({years})")

    def about(self, lang: str = "zh") -> dict[str, str]:
        """What a figure says of these documents: its source line and the period of its subtitle."""
        return {"source": self.source(lang), "period": _span(self.plans["plan_year"]).replace("—", "")}

    def limits(self, lang: str = "zh") -> list[str]:
        """What the documents used do not allow to say, a sentence each."""
        plans = self.plans
        found = [_damaged(plans, noise, lang) for noise in _OFF]
        is_unknown = plans["plan_year"].isna()
        if is_unknown.any():
            unknown = cited(int(is_unknown.sum()), plans[is_unknown])
            found.append(
                _pick(
                    lang,
                    f"{unknown} 份文件的年度不明。",
                    f"The year of {unknown} plan{_s(is_unknown.sum())} is not known.",
                )
            )
        if plans["region"].nunique() == 1:
            found.append(_pick(lang, "只有一个地区，无从比较。", "There is only one region, so nothing is compared."))
        if plans["plan_year"].nunique() > 1:
            years = _span(plans["plan_year"])
            found.append(
                _pick(lang, f"各地文件的年度不尽相同（{years}）。", f"The plans are of different years ({years}).")
            )
        return [*[Said(sentence) for sentence in found if sentence], *_always(lang)]


def _always(lang: str) -> list[str]:
    return [
        _pick(
            lang,
            "“未提出”指文件通篇没有提到；“未找到”指文件残缺或有遮蔽，不能断定没有。",
            "Not stated: the whole plan is silent. Not found: the copy is incomplete or masked, so nothing can be said.",
        ),
        _pick(
            lang,
            "数字与标签由程序按编码表读出，点击带虚线的数字或任务、图中的数字可见原句，引用前请核对。",
            "Numbers and tags were read by rules of the codebook; a dotted number or task, or a number in a figure, opens "
            "its sentence: check it before quoting.",
        ),
    ]


def _damaged(plans: pd.DataFrame, noise: str, lang: str) -> str:
    held = plans[[noise in (found if found is not None else []) for found in plans["noise"]]]
    if held.empty:
        return ""
    names = [
        f"{region}{'' if pd.isna(year) else year}"
        for region, year in zip(held["region"], held["plan_year"], strict=True)
    ]
    listed = ("、" if lang == "zh" else ", ").join(names[:6]) + ("…" if len(names) > 6 else "")
    word = labels.value("noise", noise, lang)
    n = cited(len(held), held)
    return _pick(lang, f"{n} 份文件{word}：{listed}。", f"{word.capitalize()}: {n} ({listed}).")


def _s(n: int) -> str:
    """The end of an English noun of which there are n."""
    return "" if n == 1 else "s"


def _pick(lang: str, zh: str, en: str) -> str:
    return zh if lang == "zh" else en


def _span(years: pd.Series) -> str:
    known = sorted({int(year) for year in years.dropna()})
    if not known:
        return "—"
    return str(known[0]) if len(known) == 1 else f"{known[0]}–{known[-1]}"


def _of(frame: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["plan_id"].isin(plans["plan_id"])]


def select(
    corpus: Corpus, region: str | None = None, plan_year: int | None = None, sector: str | None = None,
    regions: Sequence[str] = (), every_year: bool = False,
) -> Selection:  # fmt: skip
    """The comparable plans of one sector: of a year, or of each region the latest.

    Args:
        region: the subject.
        sector: of several, the subject's latest plan's, else the one with most plans.
        regions: these only (and the subject).
        every_year: all years instead of each region's latest.
    """
    plans = frames.comparable(corpus.plans, corpus.plans)
    plans = plans[plans["region"].notna()]
    plans = plans[plans["sector"].isin([sector or _sector(plans, region)])]
    if plan_year is not None:
        plans = plans[plans["plan_year"].eq(plan_year).fillna(False)]
    elif not every_year:
        plans = plans[plans["plan_year"].fillna(0).eq(plans.groupby("region")["plan_year"].transform("max").fillna(0))]
    chosen = Selection(plans, _of(corpus.items, plans), _of(corpus.metrics, plans), region)
    return chosen.among(regions) if regions else chosen


def _sector(plans: pd.DataFrame, region: str | None) -> str | None:
    own = plans[plans["region"].eq(region)] if region is not None else plans
    if own["sector"].dropna().empty:
        return None
    if region is not None:
        return str(own.dropna(subset="sector").sort_values("plan_year", na_position="first")["sector"].iloc[-1])
    counts = own["sector"].value_counts()
    return str(counts[counts.eq(counts.max())].index.sort_values()[0])


def first_region(corpus: Corpus) -> str | None:
    """The region that a page is about when none is given: the one with most comparable plans, by name among equals."""
    plans = frames.comparable(corpus.plans, corpus.plans)
    counts = plans["region"].dropna().value_counts()
    return str(counts[counts.eq(counts.max())].index.sort_values()[0]) if len(counts) else None
