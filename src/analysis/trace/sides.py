"""The plans that are compared: folded when they are needed, so that many of them take little memory."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis import formulae, shingles

HELD = 1024  # folded plans kept in memory: 20 MB
_FACTS = ("region", "plan_year", "region_level", "family_id")


class Side(NamedTuple):
    """A plan's folded items in a row, where each begins in it, and their own texts with their places in the plan."""

    plan_id: str
    text: str
    edges: list[int]
    names: list[Any]
    raw: list[tuple[str, int]]
    facts: dict[str, Any]

    def item(self, at: int) -> int:
        """Which item a folded character is of."""
        return bisect.bisect_right(self.edges, at) - 1

    def span(self, start: int, end: int) -> tuple[int, int, int]:
        """The item and the span in the plan of folded characters of one item (start:end, not empty)."""
        number = self.item(start)
        text, at = self.raw[number]
        first, last = shingles.folded(text).span(start - self.edges[number], end - self.edges[number])
        return number, at + first, at + last


class Texts(Mapping[Any, list[str]]):
    """The texts of each place, taken from the frame when they are asked for."""

    def __init__(self, texts: pd.Series, rows: dict[Any, Any]) -> None:
        self.texts, self.rows = texts, rows

    def __getitem__(self, place: Any) -> list[str]:
        return list(self.texts.iloc[self.rows[place]])

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


class Sides:
    """The plans of a frame of items, in order of plan_id."""

    def __init__(self, items: pd.DataFrame, plans: pd.DataFrame | None) -> None:
        self.rows = [rows for _, rows in sorted(items.groupby("plan_id", sort=False).indices.items())]
        self.ids, self.texts = items["plan_id"].tolist(), items["text"].fillna("").reset_index(drop=True)
        self.starts = items["start"].astype(int).tolist() if "start" in items else [0] * len(items)
        self.names = items["item_id"].tolist() if "item_id" in items else [None] * len(items)
        self.facts = {name: items[name].tolist() for name in _FACTS if name in items}
        place = formulae.places(items).reset_index(drop=True)
        self.by_place = Texts(self.texts, {key: rows for key, rows in place.groupby(place).indices.items()})
        has_dates = plans is not None and "written" in plans
        self.written = dict(zip(plans["plan_id"], plans["written"], strict=True)) if has_dates else {}  # type: ignore[index]
        self.side = functools.lru_cache(maxsize=HELD)(self._side)

    def __len__(self) -> int:
        return len(self.rows)

    def folded(self) -> Iterator[str]:
        """The folded text of each plan, none of them kept."""
        return (self._text(rows) for rows in self.rows)

    def fact(self, number: int, name: str) -> Any:
        """What is known of a plan: region, plan_year, region_level or family_id; None where it is not."""
        value = self.facts[name][self.rows[number][0]] if name in self.facts else None
        return _known(value)

    def _text(self, rows: Any) -> str:
        return shingles.row(self._of(rows))

    def _of(self, rows: Any) -> list[str]:
        """The texts of rows, as one slice where they follow each other: many times faster than one by one."""
        is_run = rows[-1] - rows[0] + 1 == len(rows)
        return (self.texts.iloc[rows[0] : rows[-1] + 1] if is_run else self.texts.iloc[rows]).tolist()

    def _side(self, number: int) -> Side:
        rows = self.rows[number]
        text = self._text(rows)
        edges = [0, *(np.flatnonzero(shingles.codes(text) == ord(shingles.BREAK)) + 1).tolist()][:-1]
        facts = {name: self.fact(number, name) for name in _FACTS}
        facts["written"] = _known(self.written.get(self.ids[rows[0]]))
        starts = [self.starts[row] for row in rows]
        raw = list(zip(self._of(rows), starts, strict=True))
        return Side(str(self.ids[rows[0]]), text, edges, [self.names[row] for row in rows], raw, facts)


def _known(value: Any) -> Any:
    return None if value is None or pd.isna(value) else value
