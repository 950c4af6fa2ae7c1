"""Which plans hold which shingles: tables in chunks that lie in a scratch folder, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import sparse

from analysis import shingles
from analysis.trace.index import PARTS, Store
from analysis.trace.sides import Sides

CHUNK = 1_000_000  # marks of a chunk
SPREAD = 300  # plans that hold a shingle; what more hold is counted, and brings none together
AT_ONCE = 10_000  # pairs counted at a time

_PLAN = np.uint64(24)  # bits of a plan's number: 16 million
_PLANS = np.uint64((1 << 24) - 1)


class Holdings:
    """Which plans hold some shingles, and how many of them each plan holds."""

    def __init__(self, folder: Path, n_plans: int) -> None:
        self.folder, self.sizes = folder, np.zeros(n_plans, dtype=np.int64)
        self.n_chunks = self.n_held = 0
        self.held: list[tuple[np.ndarray, np.ndarray]] = []
        folder.mkdir()

    def add(self, plans: np.ndarray, n: np.ndarray) -> None:
        """Adds shingles: the plans that hold each, in a row, and how many these are."""
        self.sizes += np.bincount(plans, minlength=len(self.sizes))
        shared = n > 1
        self.held.append((plans[np.repeat(shared, n)], n[shared]))
        self.n_held += len(self.held[-1][0])
        if self.n_held > CHUNK:
            self.write()

    def write(self) -> None:
        """Writes what is held as a chunk: a table shingles × plans, and the same on its side."""
        plans, n = (np.concatenate(own) for own in zip(*self.held, strict=True))
        edges = np.concatenate(([0], np.cumsum(n)))
        table = _table(plans, edges, (len(n), len(self.sizes)))
        for name, own in (("shingles", table), ("plans", table.T.tocsr())):
            np.save(self.folder / f"{self.n_chunks}.{name}.npy", own.indices)
            np.save(self.folder / f"{self.n_chunks}.{name}.edges.npy", own.indptr)
        self.n_chunks, self.n_held, self.held = self.n_chunks + 1, 0, []

    def shared(self, begin: int, end: int) -> np.ndarray:
        """How many shingles the plans begin:end share with every plan."""
        out = np.zeros((end - begin, len(self.sizes)), dtype=np.int32)
        for number in range(self.n_chunks):
            product = (self._plans(number, begin, end) @ self._shingles(number)).tocoo()
            out[product.row, product.col] += product.data
        return out

    def of_pairs(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """How many shingles the plans of each pair share."""
        out = np.zeros(len(left), dtype=np.int64)
        for number in range(self.n_chunks):
            table = self._plans(number, 0, len(self.sizes))
            for at in range(0, len(left), AT_ONCE):
                part = slice(at, at + AT_ONCE)
                out[part] += table[left[part]].multiply(table[right[part]]).sum(axis=1)
        return out

    def _shingles(self, number: int) -> sparse.csr_array:
        """A chunk as a table shingles × plans."""
        edges = np.load(self.folder / f"{number}.shingles.edges.npy")
        return _table(np.load(self.folder / f"{number}.shingles.npy"), edges, (len(edges) - 1, len(self.sizes)))

    def _plans(self, number: int, begin: int, end: int) -> sparse.csr_array:
        """The rows of some plans of a chunk as a table plans × shingles."""
        n = len(np.load(self.folder / f"{number}.shingles.edges.npy", mmap_mode="r")) - 1
        edges = np.load(self.folder / f"{number}.plans.edges.npy")[begin : end + 1]
        held = np.load(self.folder / f"{number}.plans.npy", mmap_mode="r")[edges[0] : edges[-1]]
        return _table(np.array(held), edges - edges[0], (end - begin, n))


class Kinds(NamedTuple):
    """Who holds formula, who holds other shingles, and who holds those of the others that few plans hold."""

    formula: Holdings
    substance: Holdings
    rare: Holdings


def kinds(sides: Sides, known: np.ndarray, folder: Path) -> Kinds:
    """Which plans hold which shingles. Args: known: hashes that are formula, sorted."""
    held = Kinds(*(Holdings(folder / name, len(sides.firsts)) for name in Kinds._fields))
    for rows, n, is_formula in _shingles(sides, known, folder):
        for kind, chosen in zip(held, (is_formula, ~is_formula, ~is_formula & (n <= SPREAD)), strict=True):
            kind.add((rows[np.repeat(chosen, n)] & _PLANS).astype(np.int32), n[chosen])
    for kind in held:
        kind.write()
    return held


def _shingles(sides: Sides, known: np.ndarray, folder: Path) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """In parts: the shingles with their plans, sorted; how many plans hold each; whether it is formula."""
    store = Store(folder, "marks")
    for items, points in sides.stretches():
        whole = np.flatnonzero(shingles.unbroken(points, shingles.PHRASE))
        plans = np.repeat(sides.plans[items], np.diff(sides.edges[items.start : items.stop + 1]))[whole]
        values = shingles.rolled(points, shingles.PHRASE)[whole]
        store.add(_packed(values) | plans.astype(np.uint64), values >> np.uint64(56))
    edges = np.searchsorted(known, np.arange(1, PARTS, dtype=np.uint64) << np.uint64(56))
    for part, own in enumerate(np.split(known, edges)):
        rows = shingles.distinct(store.taken(part))
        starts = shingles.starts(rows >> _PLAN)
        yield rows, np.diff(starts, append=len(rows)), shingles.among(rows[starts] & ~_PLANS, _packed(own))


def _packed(values: np.ndarray) -> np.ndarray:
    """The 40 bits of hashes below those that tell the part, with room for a plan's number."""
    return values << np.uint64(8) & ~_PLANS


def _table(columns: np.ndarray, edges: np.ndarray, shape: tuple[int, int]) -> sparse.csr_array:
    return sparse.csr_array((np.ones(len(columns), dtype=np.int32), columns, edges), shape=shape)
