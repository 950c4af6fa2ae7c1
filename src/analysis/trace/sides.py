"""The items that are compared, as stretches of one long row of folded characters that is never held as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis import formulae, shingles

CHARS = 400_000  # characters folded at once: some megabytes
CUT = 4096  # passages cut out at once
_FACTS = ("region", "plan_year", "region_level", "family_id")


class Texts(Mapping[Any, list[str]]):
    """The texts of each place, taken from the frame when they are asked for."""

    def __init__(self, texts: pd.Series, rows: dict[Any, Any]) -> None:
        self.texts, self.rows = texts, rows

    def __getitem__(self, place: Any) -> list[str]:
        return taken(self.texts, self.rows[place])

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


class Held(NamedTuple):
    """Some items in a row: their numbers, the row folded, where each begins in it, and the way back to their texts."""

    numbers: np.ndarray
    text: str
    edges: np.ndarray
    places: np.ndarray
    raw_edges: np.ndarray

    def folded(self, number: int) -> str:
        """The folded text of an item."""
        at = int(np.searchsorted(self.numbers, number))
        return self.text[self.edges[at] : self.edges[at + 1] - 1]

    def cut(self, numbers: np.ndarray, starts: np.ndarray, sizes: np.ndarray) -> list[str]:
        """The folded texts at places in items."""
        first = self.edges[np.searchsorted(self.numbers, numbers)] + starts
        return [self.text[at : at + n] for at, n in zip(first.tolist(), sizes.tolist(), strict=True)]

    def spans(self, numbers: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The spans in the items' own texts of folded characters starts:ends (none empty)."""
        at = np.searchsorted(self.numbers, numbers)
        first, last = self.places[self.edges[at] + starts], self.places[self.edges[at] + ends - 1] + 1
        return first - self.raw_edges[at], last - self.raw_edges[at]


class Sides:
    """The items of a frame in order of plan_id and start, whatever the frame's own order."""

    def __init__(self, items: pd.DataFrame, plans: pd.DataFrame | None = None) -> None:
        self.rows = _order(items)
        self.texts = items["text"]
        self.sizes = self.texts.str.len().fillna(0).to_numpy(dtype=np.int64)[self.rows]
        codes = pd.factorize(items["plan_id"], sort=True)[0][self.rows]
        self.firsts = np.flatnonzero(np.diff(codes, prepend=-1))  # the first item of each plan
        self.plans = np.repeat(np.arange(len(self.firsts)), np.diff(self.firsts, append=len(codes)))
        self.edges = np.zeros(len(items) + 1, dtype=np.int64)  # where each item begins, known once it was folded
        place = formulae.places(items).reset_index(drop=True).iloc[self.rows]
        groups = place.groupby(place.to_numpy()).indices
        self.by_place = Texts(self.texts, {key: self.rows[own] for key, own in groups.items()})
        self.facts = _facts(items.iloc[self.rows[self.firsts]], plans)

    def stretches(self) -> Iterator[tuple[slice, np.ndarray]]:
        """Which items are in a stretch of the row, and its folded characters, each item ended by a BREAK."""
        for begin, end in _cuts(self.sizes, CHARS):
            points = shingles.row_codes(taken(self.texts, self.rows[begin:end]))
            breaks = np.flatnonzero(points == ord(shingles.BREAK))
            self.edges[begin + 1 : end + 1] = self.edges[begin] + breaks + 1
            yield slice(begin, end), points

    def item(self, places: np.ndarray) -> np.ndarray:
        """The items that places in the row are of."""
        return np.searchsorted(self.edges, places, side="right") - 1

    def plan(self, places: np.ndarray) -> np.ndarray:
        """The plans that places in the row are of."""
        return np.searchsorted(self.edges[self.firsts], places, side="right") - 1

    def batches(self, pairs: np.ndarray) -> Iterator[tuple[int, int]]:
        """Stretches of pairs of items, sorted, that can be held together; those of one left item are not parted."""
        firsts = np.flatnonzero(np.diff(pairs[:, 0], prepend=-1))
        if len(pairs):
            sizes = np.add.reduceat(self.sizes[pairs].sum(axis=1), firsts)
            edges = np.append(firsts, len(pairs))
            yield from ((int(edges[begin]), int(edges[end])) for begin, end in _cuts(sizes, 4 * CHARS))

    def cut(self, numbers: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> pd.Series:
        """The texts at spans of items, as they are written."""
        parts = []
        for begin in range(0, len(numbers), CUT):
            own, at = np.unique(numbers[begin : begin + CUT], return_inverse=True)
            texts = taken(self.texts, self.rows[own])
            spans = zip(at, starts[begin : begin + CUT], ends[begin : begin + CUT], strict=True)
            parts.append(pd.Series([texts[k][start:end] for k, start, end in spans], dtype="str"))
        return pd.concat(parts, ignore_index=True) if parts else pd.Series([], dtype="str")

    def held(self, numbers: np.ndarray) -> Held:
        """Items folded, with the way back to their texts."""
        own = np.unique(numbers)
        folded = shingles.folded_row(taken(self.texts, self.rows[own]))
        breaks = np.flatnonzero(shingles.codes(folded.text) == ord(shingles.BREAK))
        edges = np.concatenate(([0], breaks + 1))
        return Held(own, folded.text, edges, folded.places, np.concatenate(([0], folded.places[breaks] + 1)))


def taken(texts: pd.Series, rows: np.ndarray) -> list[str]:
    """The texts of rows, as one slice where they follow each other: many times faster than one by one."""
    is_run = len(rows) and rows[-1] - rows[0] + 1 == len(rows) and bool((np.diff(rows) == 1).all())
    own = texts.iloc[rows[0] : rows[-1] + 1] if is_run else texts.iloc[rows]
    return own.fillna("").tolist()


def _order(items: pd.DataFrame) -> np.ndarray:
    """The rows by plan_id, start and item_id: the same for the same items in any order."""
    keys = [name for name in ("plan_id", "start", "item_id") if name in items]
    return items[keys].reset_index(drop=True).sort_values(keys, kind="stable").index.to_numpy()


def _cuts(sizes: np.ndarray, most: int) -> Iterator[tuple[int, int]]:
    """The stretches of a row of things whose sizes add up to about as much each; no thing is cut."""
    if len(sizes):
        parts = np.cumsum(sizes + 1) // most
        starts = np.flatnonzero(np.diff(parts, prepend=-1)).tolist()
        yield from zip(starts, [*starts[1:], len(sizes)], strict=True)


def _facts(first: pd.DataFrame, plans: pd.DataFrame | None) -> list[dict[str, Any]]:
    """What is known of each plan: plan_id, region, plan_year, region_level, family_id, written; None where it is not."""
    written: dict[Any, Any] = {}
    if plans is not None and "written" in plans:
        written = dict(zip(plans["plan_id"], plans["written"], strict=True))
    told = first.reindex(columns=["plan_id", *_FACTS]).to_dict("records")
    return [
        {name: _known(row[name]) for name in _FACTS}
        | {"plan_id": str(row["plan_id"]), "written": _known(written.get(row["plan_id"]))}
        for row in told
    ]


def _known(value: Any) -> Any:
    return None if value is None or pd.isna(value) else value
