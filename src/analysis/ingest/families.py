"""Copies, drafts and annexes of one plan, told by their texts, titles and places: one family."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis import shingles
from analysis.ingest import copies
from analysis.parse import editions, titles

_PLACE = ["province", "city", "county", "town"]
_COLUMNS = ["plan_id", "title", "notice_title", "issuer", "head", *_PLACE, "plan_year", "source_paths"]
_HEAD = 1000  # characters of a text in which it says what edition it is
_LEAST = 4  # characters of a title's core: such a one (工作要点) belongs to anybody, a shorter one is no name
_VERSION = 0.3  # share of shingles: a rewritten plan keeps more of its draft, another office's plan of that name less
_TABLE = 0.5  # share of an annex's shingles that its plan holds where the titles do not say whose it is
_LISTED = re.compile(
    r"附件?\s?[\d一二三四五]{0,2}\s?[:：]\s?(?:\d[.．、]\s?)?([^\n]{4,60})|^\s?\d[.．、]\s?([^\n。；]{4,60})$", re.M
)
_FOOT = 1500  # characters at a plan's head and foot in which it lists its annexes


class _Plan(NamedTuple):
    """What tells the editions of a plan: edition (None: as issued), core of the title, place, year, issuer."""

    plan_id: str
    edition: str | None
    core: str
    place: tuple[str | None, ...]
    year: int | None
    issuer: str
    folder: str
    title: str


class _Texts(Mapping[str, str]):
    """The text of each plan, taken from the frame when it is asked for: as Python strings they would fill the memory."""

    def __init__(self, plans: pd.DataFrame) -> None:
        self.texts, self.at = plans["text"], {plan_id: at for at, plan_id in enumerate(plans["plan_id"])}

    def __getitem__(self, plan_id: str) -> str:
        return _said(self.texts.iloc[self.at[plan_id]])

    def __iter__(self) -> Iterator[str]:
        return iter(self.at)

    def __len__(self) -> int:
        return len(self.at)


def family_ids(plans: pd.DataFrame) -> pd.Series:
    """For each plan the least plan_id of its family: copies, drafts and annexes of the same plan of one place and year.

    What another place, or another year, took over word for word is reuse and no copy.
    """
    texts = _Texts(plans)
    known = plans.dropna(subset=["county", "city", "province"], how="all").dropna(subset=["plan_year"])
    places = known.groupby([*_PLACE[:3], "plan_year"], dropna=False).ngroup()
    found = copies.families(texts, dict(zip(known["plan_id"], places, strict=True)))
    least: dict[str, str] = {}  # family → the family that it was joined to

    def top(family: str) -> str:
        while family in least:
            family = least[family]
        return family

    for one, other in _editions(plans, texts):
        first, second = sorted((top(found[one]), top(found[other])))
        if first != second:
            least[second] = first
    return plans["plan_id"].map({plan_id: top(family) for plan_id, family in found.items()}).astype("str")


def edition(plans: pd.DataFrame) -> pd.Series:
    """For each plan `annex`, `draft`, or null for the plan as it was issued."""
    return pd.Series([plan.edition for plan in _plans(plans)], index=plans.index, dtype="str")


def _editions(plans: pd.DataFrame, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of plan_ids that are editions of one plan: a draft or annex with those of its place and year, or folder."""
    groups: dict[tuple[object, ...], list[_Plan]] = defaultdict(list)
    asking: list[tuple[tuple[object, ...], _Plan]] = []
    for plan in _plans(plans):
        name = next((name for name in reversed(plan.place[:3]) if name), None)
        keys: list[tuple[object, ...]] = [(plan.year, name), (plan.folder,)] if name and plan.year else [(plan.folder,)]
        for key in keys:
            groups[key].append(plan)
        if plan.edition:
            asking.append((keys[0], plan))
    for key, plan in asking:
        for other in groups[key]:
            if other is not plan and _is_same_time_and_place(plan, other) and _are_editions(plan, other, texts):
                yield plan.plan_id, other.plan_id


def _plans(plans: pd.DataFrame) -> Iterator[_Plan]:
    heads = plans.assign(head=plans["text"].str[:_HEAD])[_COLUMNS]
    return (_plan(*row) for row in heads.itertuples(index=False, name=None))


def _plan(*row: Any) -> _Plan:
    plan_id, title, notice, issuer, head = (_said(value) for value in row[:5])
    place = tuple(_said(value) or None for value in row[5:9])
    path = PurePath(next(iter(row[10]), "").split("!")[-1])
    names = tuple(name for name in place if name)
    for name in names:
        issuer = issuer.replace(name, "")
    kind = editions.of(title, notice, head, path.stem)
    year = None if pd.isna(row[9]) else int(row[9])
    core = editions.core(title, names)
    office = re.sub(r"办公[室厅]$", "", titles.fold(issuer))
    return _Plan(plan_id, kind, core, place, year, office, str(path.parent), title)


def _said(value: object) -> str:
    return value if isinstance(value, str) else ""


def _is_same_time_and_place(one: _Plan, other: _Plan) -> bool:
    """Whether no year and no level of the two places differs, and a level of both is known or their folder is one."""
    if one.year and other.year and one.year != other.year:
        return False
    pairs = list(zip(one.place, other.place, strict=True))
    if any(a and b and a != b for a, b in pairs):
        return False
    if any(a and b for a, b in pairs):
        # a town's plan is not its county's
        return (one.place[3] is None) == (other.place[3] is None) or "annex" in (one.edition, other.edition)
    return one.folder == other.folder


def _are_editions(one: _Plan, other: _Plan, texts: Mapping[str, str]) -> bool:
    if "annex" in (one.edition, other.edition):
        plan, annex = (other, one) if one.edition == "annex" else (one, other)
        return plan.edition != "annex" and _is_annexed(plan, annex, texts)
    if len(one.core) < _LEAST or one.core != other.core or (one.issuer and other.issuer and one.issuer != other.issuer):
        return False
    return _shared(texts[one.plan_id], texts[other.plan_id]) >= _VERSION


def _is_annexed(plan: _Plan, annex: _Plan, texts: Mapping[str, str]) -> bool:
    """Whether an annex is of a plan: its title names it, the plan lists it, or the plan holds most of its words."""
    if plan.issuer and annex.issuer and plan.issuer != annex.issuer:
        return False
    is_own_name = len(plan.core) > _LEAST or (len(plan.core) == _LEAST and plan.issuer and plan.issuer == annex.issuer)
    if is_own_name and plan.core in annex.core:
        return True
    text = texts[plan.plan_id]
    listed = [titles.fold(a or b) for a, b in _LISTED.findall(text[:_FOOT] + "\n" + text[-_FOOT:])]
    if plan.folder == annex.folder and any(titles.alike(titles.fold(annex.title), name) for name in listed):
        return True
    return any(annex.place) and _shared(texts[annex.plan_id], text) >= _TABLE


def _shared(part: str, whole: str) -> float:
    """The share of the shorter text's shingles that the other holds."""
    small, large = sorted((part, whole), key=len)
    own, held = (shingles.hashes(shingles.fold(text)) for text in (small, large))
    return float(shingles.among(own, np.sort(held)).mean()) if len(own) else 0.0
