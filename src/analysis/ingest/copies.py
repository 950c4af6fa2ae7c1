"""Copies and fragments of one text among many, found by samples of their shingles.

What is kept of a text lies in a few arrays and, the larger part, in a scratch file: memory grows by a kilobyte a text.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterator, Mapping
from typing import IO, Any

import numpy as np

from analysis import shingles

KEPT = 16  # one shingle in so many is kept of a text, of long texts fewer
MOST_KEPT = 384  # shingles kept of a text: 3 kB
SKETCH = 96  # the lowest of them, by which candidates are found
NEIGHBOURS = 3  # candidates looked at around a text under each hash of its sketch
NEAR = 0.8  # the share of shingles from which two texts are copies: one edited character in 30 leaves 0.82
SURE = 40  # kept shingles from which a sample may speak for the texts
SLACK = 4  # standard errors of a sample's share: nearer to NEAR the texts themselves are compared
BANDS, ROWS = 12, 4  # copies (two thirds in common at least) nearly always share a band
SHARED = 0.05  # the share of a sketch that copies and fragments have in common at least
SHORTEST = 60  # folded characters below which only an equal text is a copy
AT_ONCE = 200_000  # hashes of sketches that are sorted at once

_NO_HASH = np.uint64(2**64 - 1)
_NO_PAIR = np.zeros(0, dtype=np.int64)
_ODD = shingles.mixed(np.arange(1, BANDS * ROWS + 1, dtype=np.uint64)) | np.uint64(1)
_YEAR = re.compile(r"(?:19|20)\d\d(?=年(?!\d))")
_HEAD = 400  # characters in which a plan names its year


class Signatures:
    """What is kept of texts: a digest, the length, the year, a sketch, bands, and in a file their lowest shingles."""

    def __init__(self, n: int, file: IO[bytes]) -> None:
        self.file = file
        self.digests, self.tops = np.zeros(n, dtype="V16"), np.zeros(n, dtype=np.uint64)
        self.sizes, self.years, self.n_kept = (np.zeros(n, dtype=kind) for kind in (np.int64, np.int16, np.int16))
        self.sketches, self.bands = np.full((n, SKETCH), _NO_HASH), np.full((n, BANDS), _NO_HASH)

    def __len__(self) -> int:
        return len(self.sizes)

    def put(self, i: int, text: str) -> None:
        """Keeps what is kept of a text, as the one of number i."""
        points = shingles.folded_codes(text)
        year = _YEAR.search(shingles.simplified(text[:_HEAD]))
        top, kept = sample(points)
        self.digests[i] = hashlib.sha256(points.tobytes()).digest()[:16]
        self.sizes[i], self.years[i], self.tops[i] = len(points), int(year.group()) if year else 0, top
        self.n_kept[i] = len(kept)
        self.sketches[i, : min(len(kept), SKETCH)] = kept[:SKETCH]
        if len(kept):
            self.bands[i] = bands(kept)
        self.file.seek(8 * MOST_KEPT * i)
        self.file.write(kept.tobytes())

    def kept(self, i: int) -> np.ndarray:
        """The lowest shingles of a text, sorted: those below its top."""
        self.file.seek(8 * MOST_KEPT * i)
        return np.frombuffer(self.file.read(8 * int(self.n_kept[i])), dtype=np.uint64)


def sample(points: np.ndarray) -> tuple[int, np.ndarray]:
    """The lowest shingles of a folded text, sorted, and the hash that all of them are below."""
    top, values = 2**64 // KEPT, shingles.rolled(points)
    kept = shingles.distinct(values[values < np.uint64(top)])
    return (int(kept[MOST_KEPT]), kept[:MOST_KEPT]) if len(kept) > MOST_KEPT else (top, kept)


def bands(kept: np.ndarray) -> np.ndarray:
    """A hash a band of the least values under ROWS permutations, which texts share that have most in common.

    Source: Broder 1997, "On the resemblance and containment of documents"; banding after Leskovec, Rajaraman and
    Ullman, "Mining of Massive Datasets", chapter 3.
    """
    least = (kept[:, None] * _ODD).min(axis=0).reshape(BANDS, ROWS)
    powers = np.uint64(0x100000001B3) ** np.arange(ROWS, dtype=np.uint64)
    return shingles.mixed((least * powers).sum(axis=1) + np.arange(BANDS, dtype=np.uint64))


def families(plans: Mapping[str, str], apart: Mapping[str, Any] | None = None) -> dict[str, str]:
    """For each plan the least plan_id among its copies and versions, its own where it has none.

    Two plans are copies when at least NEAR of the shingles of either are held by the other.  A shorter one that is
    held by a longer one in that measure is a fragment and joins the family of the one that holds most of it; it
    never brings two longer ones together.  Plans whose heads name different years are no copies.

    Args: plans: plan_id → text, each read once and again where samples leave doubt. apart: plan_id → what must be
        equal in copies where both have it, such as (region_code, plan_year); a neighbour's copy under another name is
        reuse and no copy.
    """
    names = sorted(plans)
    keys = [(apart or {}).get(name) for name in names]
    tree = _Tree(len(names))
    parts: dict[int, tuple[float, int]] = {}
    with tempfile.TemporaryFile(prefix="plans-") as file:
        kept = Signatures(len(names), file)
        for i, name in enumerate(names):
            kept.put(i, plans[name])
        for i, j in _candidates(kept, _join_equal(tree, kept)):
            small, large = sorted((i, j), key=lambda k: (kept.sizes[k], k))
            if tree.top(i) == tree.top(j) or _differ(keys[i], keys[j]) or not _may_join(kept, i, j):
                continue
            held = _estimated(kept, small, large)
            if held is None:
                held = _held(plans[names[small]], plans[names[large]])
            if held * kept.sizes[small] / kept.sizes[large] >= NEAR:
                tree.join(i, j)
            elif held >= NEAR:
                parts[small] = max(parts.get(small, (0.0, 0)), (held, -large))
    return tree.named(names, {small: -large for small, (_, large) in parts.items()})


class _Tree:
    """Which places belong together."""

    def __init__(self, n: int) -> None:
        self.above = list(range(n))

    def top(self, i: int) -> int:
        while self.above[i] != i:
            self.above[i] = self.above[self.above[i]]
            i = self.above[i]
        return i

    def join(self, i: int, j: int) -> None:
        self.above[self.top(j)] = self.top(i)

    def named(self, names: list[str], parts: Mapping[int, int]) -> dict[str, str]:
        """Each name with the least name of its family, every family of fragments hung once, under its whole."""
        for top, whole in sorted({self.top(part): whole for part, whole in sorted(parts.items())}.items()):
            self.above[top] = self.top(whole)
        least: dict[int, str] = {}
        for i, name in enumerate(names):
            least.setdefault(self.top(i), name)
        return {name: least[self.top(i)] for i, name in enumerate(names)}


def _join_equal(tree: _Tree, kept: Signatures) -> np.ndarray:
    """Joins texts that are equal when folded; the first of each, empty ones left out."""
    first: dict[bytes, int] = {}
    for i in np.flatnonzero(kept.sizes).tolist():
        tree.join(first.setdefault(kept.digests[i].tobytes(), i), i)
    return np.array(list(first.values()), dtype=np.int64)


def _may_join(kept: Signatures, i: int, j: int) -> bool:
    """Whether two texts may be copies at all, by what is cheap to see."""
    return min(kept.sizes[i], kept.sizes[j]) >= SHORTEST and not _differ(kept.years[i] or None, kept.years[j] or None)


def _differ(a: Any, b: Any) -> bool:
    return a is not None and b is not None and bool(a != b)


def _estimated(kept: Signatures, part: int, whole: int) -> float | None:
    """The share of a text's shingles that another holds, by their samples; None where that is too near NEAR to tell."""
    own, top = kept.kept(part), min(kept.tops[part], kept.tops[whole])
    own = own[: np.searchsorted(own, top)]
    if len(own) < SURE:
        return None
    share = _share(own, kept.kept(whole))
    at_edge = min(abs(share - NEAR), abs(share * kept.sizes[part] / kept.sizes[whole] - NEAR))
    return None if at_edge <= SLACK * (NEAR * (1 - NEAR) / len(own)) ** 0.5 else share


def _held(part: str, whole: str) -> float:
    """The share of a text's shingles that another holds."""
    return _share(*(shingles.distinct(shingles.rolled(shingles.folded_codes(text))) for text in (part, whole)))


def _share(part: np.ndarray, whole: np.ndarray) -> float:
    """The share of values that are among others, which are sorted; 0 of none."""
    return float(np.count_nonzero(shingles.among(part, whole)) / len(part)) if len(part) else 0.0


def _candidates(kept: Signatures, chosen: np.ndarray) -> Iterator[tuple[int, int]]:
    """Pairs of the chosen that share a band or lowest hashes, each once, those that share most first.

    Texts under one hash stand in the order of their lowest hashes, where copies are neighbours, and only neighbours
    are paired: the work grows with the texts, also where all of them share a formula.
    """
    order = chosen[np.lexsort((chosen, kept.sizes[chosen], kept.sketches[chosen, 0]))]
    ranks = np.full(len(kept), -1, dtype=np.int64)
    ranks[order] = np.arange(len(order))
    alike, bands = _shared(kept.bands, ranks)
    pairs, counts = _added(*_shared(kept.sketches, ranks), alike, bands * (int(SHARED * SKETCH) + 1))
    first, second = order[pairs >> 32], order[pairs & 0xFFFFFFFF]
    often = counts >= SHARED * np.minimum(np.minimum(kept.n_kept[first], kept.n_kept[second]), SKETCH)
    chosen_pairs = np.flatnonzero(often)
    for k in chosen_pairs[np.lexsort((pairs[chosen_pairs], -counts[chosen_pairs]))]:
        yield int(first[k]), int(second[k])


def _shared(held: np.ndarray, ranks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The pairs of ranks that hold one value, at most NEIGHBOURS apart among those that hold it, and how many they share."""
    pairs = counts = np.zeros(0, dtype=np.int64)
    n_parts = -(-held.size // AT_ONCE)
    for part in range(n_parts):
        at, column = np.nonzero((held % np.uint64(n_parts) == part) & (held != _NO_HASH) & (ranks >= 0)[:, None])
        found = np.sort(_neighbours(held[at, column], ranks[at]))
        starts = np.flatnonzero(np.diff(found, prepend=-1))
        pairs, counts = _added(pairs, counts, found[starts], np.diff(starts, append=len(found)))
    return pairs, counts


def _neighbours(values: np.ndarray, ranks: np.ndarray) -> np.ndarray:
    """Pairs of ranks under one value, packed into one number each."""
    order = np.lexsort((ranks, values))
    values, ranks = values[order], ranks[order]
    steps = range(1, min(NEIGHBOURS, len(values) - 1) + 1)
    return np.concatenate([_NO_PAIR, *(_shifted(values, ranks, step) for step in steps)])


def _shifted(values: np.ndarray, ranks: np.ndarray, step: int) -> np.ndarray:
    same = values[:-step] == values[step:]
    return (ranks[:-step][same] << 32) | ranks[step:][same]


def _added(
    pairs: np.ndarray, counts: np.ndarray, more: np.ndarray, others: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Two lists of pairs as one, sorted, with their counts added up."""
    both = np.concatenate((pairs, more))
    order = np.argsort(both, kind="stable")
    starts = np.flatnonzero(np.diff(both[order], prepend=-1))
    sums = np.add.reduceat(np.concatenate((counts, others))[order], starts) if len(starts) else _NO_PAIR
    return both[order][starts], sums
