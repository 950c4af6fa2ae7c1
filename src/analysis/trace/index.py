"""Which texts share seeds: an index in parts, which lie in a scratch folder where there are many, so that memory stays flat."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from analysis import shingles
from analysis.trace import passages

PARTS = 64  # of each store, one of which is in memory at a time
BATCH = 500_000  # rows sorted into parts at once
BUFFER = 4_000_000  # rows kept in memory: 64 MB
MOST_HOLDERS = (
    60  # texts around a text that holds a seed too that it is paired with; what more of them hold leads nowhere
)
LEAST_HOLDERS = 3  # the same where texts are many
PAIRED = 120_000  # texts times neighbours: the work grows with the texts and not with their square

SEED_ROW = np.dtype([("value", "<u8"), ("owner", "<u4"), ("place", "<u4")])
PAIR_ROW = np.dtype([("left", "<u4"), ("right", "<u4"), ("at", "<u4"), ("other_at", "<u4")])

Spots = list[tuple[int, int]]


class Store:
    """Rows in parts: in memory while they are few, written to a folder beyond."""

    def __init__(self, folder: Path, dtype: np.dtype, buffer: int = BUFFER) -> None:
        self.folder, self.dtype, self.buffer = folder, dtype, buffer
        self.held: list[list[np.ndarray]] = [[] for _ in range(PARTS)]
        self.n_held = 0

    def add(self, rows: np.ndarray, parts: np.ndarray) -> None:
        """Puts each row into its part, in order."""
        order = np.argsort(parts, kind="stable")
        edges = np.searchsorted(parts[order], np.arange(PARTS + 1))
        rows = rows[order]
        for part in np.flatnonzero(np.diff(edges)):
            self.held[part].append(rows[edges[part] : edges[part + 1]].copy())
        self.n_held += len(rows)
        if self.n_held > self.buffer:
            self._write()

    def _write(self) -> None:
        for part, rows in enumerate(self.held):
            with self._file(part).open("ab") as file:
                file.write(b"".join(r.tobytes() for r in rows))
        self.held, self.n_held = [[] for _ in range(PARTS)], 0

    def _file(self, part: int) -> Path:
        return self.folder / f"{'.'.join(self.dtype.names or ())}.{part}"

    def taken(self, part: int) -> np.ndarray:
        """The rows of a part in the order in which they came; the store keeps them no longer."""
        file = self._file(part)
        written = np.fromfile(file, dtype=self.dtype) if file.exists() else np.zeros(0, dtype=self.dtype)
        file.unlink(missing_ok=True)
        rows, self.held[part] = [written, *self.held[part]], []
        self.n_held -= sum(map(len, rows[1:]))
        return np.concatenate(rows)


def pairs(texts: Iterable[str], n_texts: int, left_out: np.ndarray) -> Iterator[tuple[int, int, Spots]]:
    """Pairs of texts that share seeds near each other: place in texts of both (left < right), places of the seeds.

    Args: texts: folded, read once. left_out: hashes of seeds that lead nowhere, sorted.
    """
    with tempfile.TemporaryDirectory(prefix="plans-") as name:
        folder = Path(name)
        seeds, shared = Store(folder, SEED_ROW), Store(folder, PAIR_ROW)
        for batch in _batches(_seeds(text, owner, left_out) for owner, text in enumerate(texts)):
            seeds.add(batch, (batch["value"] >> np.uint64(58)).astype(np.int64))
        width = max(LEAST_HOLDERS, min(MOST_HOLDERS - 1, PAIRED // max(n_texts, 1)))
        for part in range(PARTS):
            for found in _paired(seeds.taken(part), width):
                shared.add(found, found["left"].astype(np.int64) * PARTS // n_texts)
        for part in range(PARTS):
            yield from _by_pair(_near(shared.taken(part)))


def _batches(parts: Iterable[np.ndarray]) -> Iterator[np.ndarray]:
    held: list[np.ndarray] = []
    n = 0
    for rows in parts:
        held, n = [*held, rows] if n < BATCH else [rows], n + len(rows)
        if n >= BATCH:
            yield np.concatenate(held)
            held, n = [], 0
    if held:
        yield np.concatenate(held)


def _seeds(text: str, owner: int, left_out: np.ndarray) -> np.ndarray:
    """The winnowed seeds of a text, without those left out, those over a break and those that it says too often."""
    values = shingles.hashes(text, passages.SEED)
    places = shingles.winnow(values, passages.WINDOW)
    if len(places):
        places = places[shingles.unbroken(text, passages.SEED)[places]]
    places = places[~shingles.among(values[places], left_out)]
    places = places[_seldom(values[places])]
    rows = np.empty(len(places), dtype=SEED_ROW)
    rows["value"], rows["owner"], rows["place"] = values[places], owner, places
    return rows


def _seldom(values: np.ndarray) -> np.ndarray:
    """Which values stand among the first AT_MOST of their kind: a line of dots has one seed in every place."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    rank = np.arange(len(values)) - np.searchsorted(ordered, ordered)
    return np.sort(order[rank < passages.AT_MOST])


def _paired(rows: np.ndarray, width: int) -> Iterator[np.ndarray]:
    """Seeds of equal value in two texts, at most so many rows apart."""
    values = rows["value"]
    order = np.argsort(values, kind="stable")
    values, owners, places = values[order], rows["owner"][order], rows["place"][order]
    same = values[1:] == values[:-1]
    shared = np.concatenate((same, [False])) | np.concatenate(([False], same)) if len(values) else same
    values, owners, places = values[shared], owners[shared], places[shared]
    for step in range(1, min(width, len(values) - 1) + 1):
        at = np.flatnonzero((values[:-step] == values[step:]) & (owners[:-step] != owners[step:]))
        found = np.empty(len(at), dtype=PAIR_ROW)
        found["left"], found["at"] = owners[at], places[at]
        found["right"], found["other_at"] = owners[at + step], places[at + step]
        if len(at):
            yield found


def _near(rows: np.ndarray) -> np.ndarray:
    """The rows, by pair of texts and place, that have another of their pair within a bridge's reach on both sides."""
    pair = rows["left"].astype(np.int64) << 32 | rows["right"]
    at, shift = rows["at"].astype(np.int64), rows["other_at"].astype(np.int64) - rows["at"]
    kept = np.zeros(len(rows), dtype=bool)
    for order in (np.lexsort((at, shift, pair)), np.lexsort((shift, at, pair))):
        is_near = (
            (np.diff(pair[order]) == 0)
            & (np.abs(np.diff(at[order])) <= passages.GAP + passages.SEED)
            & (np.abs(np.diff(shift[order])) <= passages.DRIFT)
        )
        kept[order[:-1][is_near]] = kept[order[1:][is_near]] = True
    return rows[order[kept[order]]]


def _by_pair(rows: np.ndarray) -> Iterator[tuple[int, int, Spots]]:
    pair = rows["left"].astype(np.int64) << 32 | rows["right"]
    starts = np.flatnonzero(np.diff(pair, prepend=-1))
    for start, end in zip(starts, np.append(starts, len(rows))[1:], strict=True):
        spots = zip(rows["at"][start:end].tolist(), rows["other_at"][start:end].tolist(), strict=True)
        yield int(rows["left"][start]), int(rows["right"][start]), list(spots)
