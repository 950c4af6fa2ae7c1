"""Which plans hold which shingles: tables in chunks that lie in a scratch folder, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy import sparse

from analysis import shingles
from analysis.trace.index import PARTS, Store
from analysis.trace.sides import Sides

CHUNK = 2_000_000  # marks of a chunk
BLOCK = 256  # plans that are compared with all others at a time
SPREAD = 300  # plans that hold a shingle; what more hold is counted, and brings none together
AT_ONCE = 20_000  # pairs counted at a time

_PLAN = np.uint64(24)  # bits of a plan's number: 16 million
_PLANS = np.uint64((1 << 24) - 1)


class Holdings:
    """Which plans hold the shingles of a kind (formula or substance), and how many each plan holds."""

    def __init__(self, folder: Path, n_plans: int) -> None:
        self.folder, self.sizes = folder, np.zeros(n_plans, dtype=np.int64)
        self.n_chunks = self.n_held = 0
        self.held: list[tuple[np.ndarray, np.ndarray]] = []

    def add(self, plans: np.ndarray, n: np.ndarray) -> None:
        """Adds shingles: the plans that hold each, in a row, and how many these are."""
        self.sizes += np.bincount(plans, minlength=len(self.sizes))
        shared = n > 1
        self.held.append((plans[np.repeat(shared, n)], n[shared]))
        self.n_held += len(self.held[-1][0])
        if self.n_held > CHUNK:
            self.write()

    def write(self) -> None:
        """Writes what is held as a chunk."""
        plans, n = (np.concatenate(own) for own in zip(*self.held, strict=True))
        marks = np.ones(len(plans), dtype=np.int32)
        table = sparse.csr_array((marks, plans, np.concatenate(([0], np.cumsum(n)))), shape=(len(n), len(self.sizes)))
        sparse.save_npz(self.folder / f"{self.n_chunks}.npz", table, compressed=False)
        self.n_chunks, self.n_held, self.held = self.n_chunks + 1, 0, []

    def chunks(self) -> Iterator[sparse.csr_array]:
        """Tables shingles × plans."""
        return (sparse.load_npz(self.folder / f"{number}.npz") for number in range(self.n_chunks))

    def shared(self, begin: int, end: int, spread: int | None = None) -> np.ndarray:
        """How many shingles the plans begin:end share with every plan; those alone that at most `spread` plans hold."""
        out = np.zeros((end - begin, len(self.sizes)), dtype=np.int32)
        for table in self.chunks():
            if spread:
                table = table[np.diff(table.indptr) <= spread]
            product = (table[:, begin:end].T @ table).tocoo()
            out[product.row, product.col] += product.data
        return out

    def of_pairs(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """How many shingles the plans of each pair share."""
        out = np.zeros(len(left), dtype=np.int64)
        for table in self.chunks():
            by_plan = table.T.tocsr()
            for at in range(0, len(left), AT_ONCE):
                part = slice(at, at + AT_ONCE)
                out[part] += by_plan[left[part]].multiply(by_plan[right[part]]).sum(axis=1)
        return out


def holdings(sides: Sides, known: np.ndarray, folder: Path) -> tuple[Holdings, Holdings]:
    """Who holds the shingles that are formula (hashes in `known`, sorted), and who the others."""
    store = Store(folder, "shingles")
    for items, points in sides.stretches():
        values = shingles.rolled(points, shingles.PHRASE)
        plans = np.repeat(sides.plans[items], np.diff(sides.edges[items.start : items.stop + 1]))
        kept = np.flatnonzero(shingles.unbroken(points, shingles.PHRASE))
        store.add(values[kept] << np.uint64(8) & ~_PLANS | plans[kept].astype(np.uint64), values[kept] >> np.uint64(56))
    kinds = []
    for name in ("formula", "substance"):
        (folder / name).mkdir()
        kinds.append(Holdings(folder / name, len(sides.firsts)))
    for part in range(PARTS):
        own = known[
            np.searchsorted(known >> np.uint64(56), part) : np.searchsorted(known >> np.uint64(56), part, "right")
        ]
        rows = shingles.distinct(store.taken(part))
        starts = shingles.starts(rows >> _PLAN)
        n, is_formula = (
            np.diff(starts, append=len(rows)),
            shingles.among(rows[starts] & ~_PLANS, own << np.uint64(8) & ~_PLANS),
        )
        for kind, chosen in zip(kinds, (is_formula, ~is_formula), strict=True):
            kind.add((rows[np.repeat(chosen, n)] & _PLANS).astype(np.int32), n[chosen])
    for kind in kinds:
        kind.write()
    return kinds[0], kinds[1]
