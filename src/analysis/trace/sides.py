"""The items that are compared, as stretches of one long row of folded characters that is never held as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis import formulae, shingles

CHARS = 400_000  # characters folded at once: some megabytes
CUT = 4096  # passages cut out at once
_FACTS = ("region", "plan_year", "region_level", "family_id")


class Texts:
    """The texts of a frame's rows; pandas would copy all of them to take a few."""

    def __init__(self, texts: pd.Series) -> None:
        held = pa.array(texts, from_pandas=True)
        chunks = held.chunks if isinstance(held, pa.ChunkedArray) else [held]
        self.chunks = [chunk.cast(pa.large_string()) for chunk in chunks]
        self.edges = np.cumsum([0, *map(len, self.chunks)])
        lengths = [pc.fill_null(pc.utf8_length(chunk), 0).to_numpy(zero_copy_only=False) for chunk in self.chunks]
        self.sizes = np.concatenate([np.zeros(0, dtype=np.int64), *lengths])

    def taken(self, rows: np.ndarray) -> list[str]:
        """The texts of rows; of none an empty one."""
        order = np.argsort(rows, kind="stable")
        found = [""] * len(rows)
        parts = np.searchsorted(rows[order], self.edges)
        for number, chunk in enumerate(self.chunks):
            own = order[parts[number] : parts[number + 1]]
            if len(own):
                texts = chunk.take(pa.array(rows[own] - self.edges[number])).to_pylist()
                for at, text in zip(own.tolist(), texts, strict=True):
                    found[at] = text or ""
        return found


class Places(Mapping[Any, list[str]]):
    """The texts of each place, taken when they are asked for."""

    def __init__(self, texts: Texts, rows: dict[Any, np.ndarray]) -> None:
        self.texts, self.rows = texts, rows

    def __getitem__(self, place: Any) -> list[str]:
        return self.texts.taken(self.rows[place])

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
        codes = pd.factorize(items["plan_id"], sort=True)[0]
        self.rows = _order(items, codes)
        self.texts = Texts(items["text"])
        self.sizes = self.texts.sizes[self.rows]
        codes = codes[self.rows]
        self.firsts = np.flatnonzero(np.diff(codes, prepend=-1))  # the first item of each plan
        self.plans = np.repeat(np.arange(len(self.firsts)), np.diff(self.firsts, append=len(codes)))
        self.edges = np.zeros(len(items) + 1, dtype=np.int64)  # where each item begins, known once it was folded
        self.by_place = Places(self.texts, _by_place(items, self.rows))
        self.facts = _facts(items, self.rows[self.firsts], plans)

    def stretches(self) -> Iterator[tuple[slice, np.ndarray]]:
        """Which items are in a stretch of the row, and its folded characters, each item ended by a BREAK."""
        for begin, end in _cuts(self.sizes, CHARS):
            points = shingles.row_codes(self.texts.taken(self.rows[begin:end]))
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
            texts = self.texts.taken(self.rows[own])
            spans = zip(at, starts[begin : begin + CUT], ends[begin : begin + CUT], strict=True)
            parts.append(pd.Series([texts[k][start:end] for k, start, end in spans], dtype="str"))
        return pd.concat(parts, ignore_index=True) if parts else pd.Series([], dtype="str")

    def held(self, numbers: np.ndarray) -> Held:
        """Items folded, with the way back to their texts."""
        own = np.unique(numbers)
        folded = shingles.folded_row(self.texts.taken(self.rows[own]))
        breaks = np.flatnonzero(shingles.codes(folded.text) == ord(shingles.BREAK))
        edges = np.concatenate(([0], breaks + 1))
        return Held(own, folded.text, edges, folded.places, np.concatenate(([0], folded.places[breaks] + 1)))


def _order(items: pd.DataFrame, plans: np.ndarray) -> np.ndarray:
    """The rows by plan_id, start and item_id: the same for the same items in any order."""
    starts = items["start"].to_numpy() if "start" in items else np.zeros(len(items))
    order = np.lexsort((starts, plans))
    is_tied = (np.diff(plans[order]) == 0) & (np.diff(starts[order]) == 0)
    if "item_id" not in items or not is_tied.any():
        return order
    return np.lexsort((pd.factorize(items["item_id"], sort=True)[0], starts, plans))


def _by_place(items: pd.DataFrame, rows: np.ndarray) -> dict[Any, np.ndarray]:
    """The rows of each place, in order."""
    codes, names = pd.factorize(formulae.places(items), sort=True)
    order = np.argsort(codes[rows], kind="stable")
    edges = np.searchsorted(codes[rows][order], np.arange(1, len(names)))
    return dict(zip(names, np.split(rows[order], edges), strict=False))  # of no rows there is one part and no name


def _cuts(sizes: np.ndarray, most: int) -> Iterator[tuple[int, int]]:
    """The stretches of a row of things whose sizes add up to about as much each; no thing is cut."""
    if len(sizes):
        parts = np.cumsum(sizes + 1) // most
        starts = np.flatnonzero(np.diff(parts, prepend=-1)).tolist()
        yield from zip(starts, [*starts[1:], len(sizes)], strict=True)


def _facts(items: pd.DataFrame, firsts: np.ndarray, plans: pd.DataFrame | None) -> list[dict[str, Any]]:
    """What is known of each plan: plan_id, region, plan_year, region_level, family_id, written; None where it is not."""
    written: dict[Any, Any] = {}
    if plans is not None and "written" in plans:
        written = dict(zip(plans["plan_id"], plans["written"], strict=True))
    names = ["plan_id", *_FACTS]
    told = items[[name for name in names if name in items]].iloc[firsts].reindex(columns=names).to_dict("records")
    return [
        {name: _known(row[name]) for name in _FACTS}
        | {"plan_id": str(row["plan_id"]), "written": _known(written.get(row["plan_id"]))}
        for row in told
    ]


def _known(value: Any) -> Any:
    return None if value is None or pd.isna(value) else value
