"""Sentences on documents, tasks and peers."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.describe import base
from analysis.describe.base import join, percent, say
from analysis.describe.said import cited

_NOISE = {
    "ads": ("广告", "adverts"),
    "nav": ("导航文字", "navigation"),
    "masked": ("遮蔽", "masked words"),
    "run_on": ("断行丢失", "lost line breaks"),
    "truncated": ("中断", "a cut-off end"),
    "fragment": ("残缺", "missing parts"),
    "broken_numbering": ("编号错乱", "broken numbering"),
    "converted_terms": ("词语转换", "converted terms"),
}
_FACTS = {
    "title": ("标题", "a title"),
    "issuer": ("发文机关", "an issuer"),
    "region": ("地区", "a region"),
    "plan_year": ("年份", "a year"),
    "written": ("成文日期", "a date"),
}


@base.sentence
def quality(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """How many documents are damaged, most often how, and which fact is missing most."""
    counts = {f: int(frame[f].sum()) for f in _NOISE if f in frame.columns}
    spoilt = frame[frame["n_noise"].gt(0)]
    damaged, n = cited(len(spoilt), spoilt), cited(len(frame), frame)
    lacking = frame["missing"].explode().value_counts()
    if len(spoilt):
        worst = [f for f in counts if counts[f] == max(counts.values())]
        most = cited(counts[worst[0]], frame[frame[worst].astype(bool).any(axis=1)])
        zh, en = (base.some([_NOISE[f][at] for f in worst], of) for at, of in enumerate(("zh", "en")))
        first = say(
            lang,
            f"{n} 份文件中 {damaged} 份有损坏，最常见的是{zh}（{'各 ' if len(worst) > 1 else ''}{most} 份）",
            f"{damaged} of {n} documents are damaged, most often by {en} ({most}{' each' if len(worst) > 1 else ''})",
        )
    else:
        first = say(lang, f"{n} 份文件均无损坏", f"None of {n} documents is damaged")
    if lacking.empty:
        return first + say(lang, "，事实齐全。", "; no fact is missing.")
    fact = str(lacking.index[0])
    k = cited(int(lacking.iloc[0]), frame[[fact in held for held in frame["missing"]]])
    return first + say(lang, f"；{k} 份没有{_FACTS[fact][0]}。", f"; {k} lack {_FACTS[fact][1]}.")


@base.sentence
def tasks(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """How many tasks name an owner, a deadline, a number."""
    n = cited(len(frame), frame)
    told = [frame[~frame[gap].astype(bool)] for gap in ("no_owner", "no_deadline", "no_number")]
    owner, date, count = (cited(len(part), part) for part in told)
    return say(
        lang,
        f"{n} 项任务中，{owner} 项有牵头单位，{date} 项有时限，{count} 项有量化指标。",
        f"Of {n} tasks {owner} name an owner, {date} a deadline and {count} a number.",
    )


@base.sentence
def draft_check(frame: pd.DataFrame, lang: str = "zh", **_: Any) -> str:
    """How many tasks lack an owner, a deadline or a number."""
    total = int(frame["n"].sum())
    n, done = cited(total, frame), cited(int(frame["n_complete"].sum()), frame, "ids_n_complete")
    gaps = {
        "no_owner": ("牵头单位", "an owner"),
        "no_deadline": ("时限", "a deadline"),
        "no_number": ("量化指标", "a number"),
    }
    counts = {g: int(frame[g].sum()) for g in gaps}
    worst = max(counts, key=lambda g: counts[g])
    zh, en = gaps[worst]
    whole = say(lang, f"，三者俱全的有 {done} 项。", f"; {done} have owner, deadline and number.")
    if not frame["n_complete"].any():
        whole = say(lang, "，没有一项三者俱全。", "; not one has owner, deadline and number.")
    if counts[worst] == total:
        return say(lang, f"{n} 项任务都没有{zh}", f"None of {n} tasks has {en}") + whole
    share = cited(percent(counts[worst] / total), frame, f"ids_{worst}")
    return say(lang, f"{n} 项任务中 {share} 没有{zh}", f"{share} of {n} tasks lack {en}") + whole


@base.sentence
def peers(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, **_: Any) -> str:
    """Which places are the peers: those of the same level and province first, then the most alike."""
    named = [
        f"{r.region}" + ("" if pd.isna(r.likeness) else say(lang, f"（{r.likeness:.2f}）", f" ({r.likeness:.2f})"))
        for r in base.rows(frame.head(3))
    ]
    subject = region or say(lang, "本地", "the region")
    return say(
        lang, f"与{subject}最可比的是{join(named, lang)}。", f"The closest peers of {subject} are {join(named, lang)}."
    )
