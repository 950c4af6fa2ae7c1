"""The parts of sentences: names, amounts, lists, and what to say when there is nothing to say."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from analysis import lexicon, regions
from analysis.describe.said import Said, marked

Maker = Callable[..., str]

_PLAIN = {
    "unknown": ("未识别领域", "text of no identified domain"),
    "supply": ("供给型", "supply"),
    "environment": ("环境型", "environment"),
    "demand": ("需求型", "demand"),
    "other": ("其他", "other"),
}
REST = ("other", "unknown")  # what belongs to no domain
_WHY = {
    "no_rows": ("没有可用的记录", "There are no rows"),
    "one_group": ("只有一个可比对象，无从比较", "There is only one place, so nothing to compare it with"),
    "few_groups": ("可比对象不足三个，画不成分布图", "There are fewer than three places, too few for a map"),
    "one_year": ("只有一个年份，无从比较变化", "There is only one year, so no change to tell"),
    "no_streak": ("没有连续三年原样提出的承诺", "No promise was made unchanged three years running"),
    "few_years": (
        "没有一地有三个年度的承诺，无从看出连续三年重提",
        "No place has promises of three years, so none can be seen three years running",
    ),
    "no_region": ("所选文本中没有这个地区", "The region is not among the plans chosen"),
    "no_place": ("这些地方不在地名表中，画不成地图", "None of these places is in the gazetteer, so there is no map"),
    "no_indicator": ("没有足够多的地区共同提出的指标", "No indicator is stated by enough places"),
}
_LEVELS = {
    "national": ("全国", "the nation"),
    "province": ("省级", "provinces"),
    "city": ("市级", "cities"),
    "county": ("县级", "counties"),
    "town": ("乡级", "towns"),
}


def sentence(function: Maker) -> Maker:
    """Makes a sentence maker say why when its frame is empty, check the language, and give plain text to its caller."""

    @functools.wraps(function)
    def wrapped(frame: pd.DataFrame, lang: str = "zh", **context: Any) -> str:
        say(lang, "", "")
        if not len(frame):
            return why(frame.attrs.get("reason", "no_rows"), lang)
        if lang == "en":
            frame, context = regions.in_english(frame), regions.named_in_english(context)
        said = function(frame, lang, **context)
        said = marked(said)
        return Said(said[:1].upper() + said[1:] if lang == "en" else said)

    return wrapped


def why(reason: str, lang: str) -> str:
    """The sentence that tells why a result is empty."""
    return say(lang, *_WHY.get(reason, _WHY["no_rows"])) + say(lang, "。", ".")


def say(lang: str, zh: str, en: str) -> str:
    """The words of the language asked for.

    Raises: ValueError for a language that is neither zh nor en.
    """
    if lang not in ("zh", "en"):
        raise ValueError(f"lang is {lang!r}; it may be 'zh' or 'en'")
    return zh if lang == "zh" else en


def join(names: Sequence[str], lang: str) -> str:
    """Names as a list in a sentence: 甲、乙和丙; A, B and C; A, B, and C and D where a name holds an and."""
    if len(names) < 2:
        return "".join(names)
    last = ", and " if any(" and " in name for name in names) else " and "
    return say(lang, "、".join(names[:-1]) + "和", ", ".join(names[:-1]) + last) + names[-1]


def some(names: Sequence[str], lang: str, n: int = 3) -> str:
    """The first names of a list, with 等 or "and others" behind where there are more."""
    if len(names) <= n:
        return join(names, lang)
    return say(lang, "、".join(names[:n]) + "等", ", ".join(names[:n]) + " and others")


def percent(share: float) -> str:
    """A share as a percentage with at most one decimal."""
    return f"{100 * share:.1f}".removesuffix(".0") + "%"


def name(table: str, code: str, lang: str) -> str:
    """The name of a code in a codebook table, or a plain word for it, or the code itself."""
    label = lexicon.label(table, code, lang) if lexicon.has(table) else code
    if label == code:
        return say(lang, *_PLAIN[code]) if code in _PLAIN else code
    return label if lang == "zh" else inside(label)


def inside(label: str) -> str:
    """An English name as it stands inside a sentence: Grain output becomes grain output, GDP and R&D stay."""
    return label[0].lower() + label[1:] if re.match(r"[A-Z][a-z]+(?![\w&.])", label) else label


def domain(code: str, lang: str, sector: str | None = None) -> str:
    """The name of a domain, from the table of its sector or the first that has it."""
    sectors = [sector] if sector in lexicon.sectors() else lexicon.sectors()
    found = [name(f"{s}/domains", code, lang) for s in sectors]
    return next((label for label in found if label != code), code)


def instrument(code: str, lang: str) -> str:
    """The name of a policy instrument or of a group of them."""
    return name("common/instruments", code, lang)


def indicator(code: Any, lang: str, printed: Any = None) -> str:
    """The name of an indicator: the codebook's, else the one printed in the plan."""
    if isinstance(code, str):
        for sector in lexicon.sectors():
            label = name(f"{sector}/indicators", code, lang)
            if label != code:
                return label
    known = [text for text in (printed, code) if isinstance(text, str) and text]
    return known[0] if known else say(lang, "未识别", "not identified")


def group_column(frame: pd.DataFrame, known: set[str]) -> str:
    """The column that holds the groups: the first that is none of the known ones."""
    return next((str(c) for c in frame.columns if c not in known), "region")


def peak(values: pd.Series) -> Any:
    """The label of the greatest value, the first of equals."""
    return values.idxmax()


def trough(values: pd.Series) -> Any:
    """The label of the smallest value, the first of equals."""
    return values.idxmin()


def rows(frame: pd.DataFrame) -> list[Any]:
    """The rows of a frame, their cells by name."""
    return list(frame.itertuples(index=False))


def kind(by: str, lang: str) -> str:
    """The word for groups of a kind, as it follows a number: 31 个地区, 31 regions."""
    known = {"region": ("个地区", "regions"), "plan_id": ("份文件", "plans"), "plan_year": ("个年份", "years")}
    return say(lang, *known.get(by, ("个对象", "groups")))


def group(by: str, value: object, lang: str) -> str:
    """The name of a group: stages, strengths and levels in words, regions and years as they are."""
    code = str(value)
    if value is None or value != value or code in ("", "unknown"):
        return say(lang, "未识别", "not identified")
    if by == "region_level":
        return say(lang, *_LEVELS[code]) if code in _LEVELS else code
    tables = {"stage": "common/stages", "commitment": "common/strength"}
    return name(tables[by], code, lang) if by in tables else code
