"""Which plans share words: an index in parts, which lie in a scratch folder where there are many, so that memory stays flat.

Everything is a number of 64 bits that sorts by itself: a seed is its hash and its place in the row of all texts, a pair
of equal seeds is the distance between them and the place of the first.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from analysis import frames, shingles
from analysis.trace import passages
from analysis.trace.sides import Sides

PARTS = 256  # of each store, one of which is in memory at a time
BUFFER = 4_000_000  # numbers kept in memory: 32 MB
MOST_HOLDERS = 60  # texts around one that holds a seed too that it is paired with; what more hold leads nowhere
LEAST_HOLDERS = 3  # the same where texts are many
PAIRED = 120_000  # texts times neighbours: the work grows with the texts and not with their square
MOST = 2**32  # characters that are compared: 700,000 documents

_WIDE = np.uint64(32)  # bits of a place
_LOW = np.uint64(MOST - 1)
_NO_SEED = np.uint64(2**64 - 1)
_BIN = 6  # bits of a bin of distances: an edit moves them by a few
_HALF = np.uint64(1 << (_BIN - 1) << 32)
_FAR = 12  # bits of the distances that are of one part


class Runs(NamedTuple):
    """Equal runs of characters in two plans: where each begins in the row, on the left and on the right, and its length."""

    left: np.ndarray
    right: np.ndarray
    n: np.ndarray


class Store:
    """Numbers in parts: in memory while they are few, written to a folder beyond."""

    def __init__(self, folder: Path, name: str, buffer: int = BUFFER) -> None:
        self.folder, self.name, self.buffer = folder, name, buffer
        self.held: list[list[np.ndarray]] = [[] for _ in range(PARTS)]
        self.n_held = 0

    def add(self, values: np.ndarray, parts: np.ndarray) -> None:
        """Puts each number into its part."""
        parts = parts.astype(np.uint8)
        values = values[np.argsort(parts, kind="stable")]
        edges = np.concatenate(([0], np.cumsum(np.bincount(parts, minlength=PARTS))))
        for part in np.flatnonzero(np.diff(edges)):
            self.held[part].append(values[edges[part] : edges[part + 1]])
        self.n_held += len(values)
        if self.n_held > self.buffer:
            self._write()

    def _write(self) -> None:
        for part, values in enumerate(self.held):
            with self._file(part).open("ab") as file:
                file.write(b"".join(own.tobytes() for own in values))
        self.held, self.n_held = [[] for _ in range(PARTS)], 0

    def _file(self, part: int) -> Path:
        return self.folder / f"{self.name}.{part}"

    def taken(self, part: int) -> np.ndarray:
        """The numbers of a part, sorted; the store keeps them no longer."""
        file = self._file(part)
        written = np.fromfile(file, dtype=np.uint64) if file.exists() else np.zeros(0, dtype=np.uint64)
        file.unlink(missing_ok=True)
        values, self.held[part] = np.concatenate([written, *self.held[part]]), []
        values.sort()
        return values


def runs(sides: Sides, left_out: np.ndarray) -> Runs:
    """The equal runs of characters that two plans share near another such run.

    Args: left_out: hashes of seeds that lead nowhere, sorted.

    Raises: FrameError when the texts are too long to be compared at once.
    """
    if int(sides.sizes.sum()) + len(sides.sizes) >= MOST:
        raise frames.FrameError(f"items hold more than {MOST:,} characters; compare them by province or by year")
    with tempfile.TemporaryDirectory(prefix="plans-") as name:
        seeds, pairs = Store(Path(name), "seeds"), Store(Path(name), "pairs")
        for items, points in sides.stretches():
            places, values = _seeds(points)
            seeds.add(_packed(values) | (places + sides.edges[items.start]).astype(np.uint64), values >> np.uint64(56))
        width = max(LEAST_HOLDERS, min(MOST_HOLDERS - 1, PAIRED // max(len(sides.firsts), 1)))
        common = np.split(left_out, np.searchsorted(left_out, np.arange(1, PARTS, dtype=np.uint64) << np.uint64(56)))
        for part in range(PARTS):
            for found in _paired(_without(seeds.taken(part), _packed(common[part])), sides, width):
                pairs.add(found, found >> np.uint64(32 + _FAR) & np.uint64(PARTS - 1))
        parts = [_merged(_near(pairs.taken(part))) for part in range(PARTS)]
    return Runs(*(np.concatenate(own) for own in zip(*parts, strict=True)))


def _packed(values: np.ndarray) -> np.ndarray:
    """The 32 bits of hashes below those that tell the part, with room for a place."""
    return values << np.uint64(8) & ~_LOW


def _seeds(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The places and hashes of the winnowed seeds of folded texts in a row, none over a break."""
    values = shingles.rolled(points, passages.SEED)
    broken = np.flatnonzero(points == ord(shingles.BREAK))[:, None] - np.arange(passages.SEED)
    values[broken[(broken >= 0) & (broken < len(values))]] = _NO_SEED
    edge = np.full(passages.WINDOW, _NO_SEED)  # at the ends of a stretch as at the ends of each item
    places = shingles.winnow(np.concatenate((edge, values, edge)), passages.WINDOW) - passages.WINDOW
    places = places[(places >= 0) & (places < len(values))]
    places = places[values[places] != _NO_SEED]
    return places, values[places]


def _without(rows: np.ndarray, left_out: np.ndarray) -> np.ndarray:
    """The seeds that several places hold, without those left out."""
    edges = np.zeros(len(rows) + 1, dtype=np.int64)
    np.add.at(edges, np.searchsorted(rows, left_out), 1)
    np.add.at(edges, np.searchsorted(rows, left_out | _LOW, side="right"), -1)
    same = (rows[1:] ^ rows[:-1]) <= _LOW
    shared = np.concatenate((same, [False])) | np.concatenate(([False], same))
    return rows[shared[: len(rows)] & (np.cumsum(edges[:-1]) == 0)]


def _paired(rows: np.ndarray, sides: Sides, width: int) -> Iterator[np.ndarray]:
    """Pairs of equal seeds of two plans, at most so many seeds apart; of a plan no more than AT_MOST equal ones."""
    places = rows & _LOW
    plans, again = sides.plan(places), np.zeros(len(rows), dtype=bool)
    last = passages.AT_MOST
    again[last:] = ((rows[last:] ^ rows[:-last]) <= _LOW) & (plans[last:] == plans[:-last])
    rows, places, plans = rows[~again], places[~again], plans[~again]
    for step in range(1, min(width, len(rows) - 1) + 1):
        same = ((rows[step:] ^ rows[:-step]) <= _LOW) & (plans[step:] != plans[:-step])
        at = np.flatnonzero(same)
        if len(at):
            yield (places[at + step] - places[at]) << _WIDE | places[at]


def _near(rows: np.ndarray) -> np.ndarray:
    """The pairs, sorted, that have another within a bridge's reach on both sides."""
    return np.union1d(_beside(rows), _beside(rows + _HALF) - _HALF)


def _beside(rows: np.ndarray) -> np.ndarray:
    """The pairs that stand beside another in place, and in one bin of distances."""
    bits, fine = np.uint64(_BIN), np.uint64((1 << _BIN) - 1)
    key = rows >> np.uint64(32 + _BIN) << np.uint64(32 + _BIN) | (rows & _LOW) << bits | rows >> _WIDE & fine
    key.sort()
    places, shifts = key >> bits, (key & fine).astype(np.int64)
    near = (np.diff(places) <= passages.GAP + passages.SEED) & (np.abs(np.diff(shifts)) <= passages.DRIFT)
    kept = key[(np.concatenate((near, [False])) | np.concatenate(([False], near)))[: len(key)]]
    return kept >> np.uint64(32 + _BIN) << np.uint64(32 + _BIN) | (kept & fine) << _WIDE | kept >> bits & _LOW


def _merged(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of seeds that touch, at one distance, as one run: left, right, n."""
    left, shift = (rows & _LOW).astype(np.int64), (rows >> _WIDE).astype(np.int64)
    is_first = np.diff(shift, prepend=-1) != 0
    is_first |= np.diff(left, prepend=-1) > passages.SEED
    first = np.flatnonzero(is_first)
    last = np.append(first[1:], len(rows))[: len(first)] - 1
    return left[first], left[first] + shift[first], left[last] - left[first] + passages.SEED
