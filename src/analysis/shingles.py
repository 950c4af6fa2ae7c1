"""Hashes of passages, for copies, families and reuse.

Texts are compared folded: simplified characters, letters and numbers only.  A shingle is a run of `n` folded
characters; its hash is the same on every machine and in every run.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

BREAK = "\n"  # stands between texts in a row: in no folded text
N = 6  # characters of a shingle: shorter ones are words that any plan has, longer ones break at every edit
PHRASE = 8  # characters of a formula: 加强组织领导 is a phrase of anybody, longer ones are learnt
MOST_PLACES = 500  # places from which a formula is learnt, evenly drawn: memory stays flat
KEPT = 16  # one shingle in so many is kept in a signature, of long texts fewer
MOST_KEPT = 384  # shingles kept of a text: 3 kB, so that memory grows little with the documents
SKETCH = 96  # the lowest hashes of a signature, by which candidates are found
NEIGHBOURS = 3  # candidates looked at around a text under each of its sketch's hashes
NEAR = 0.8  # the share of shingles from which two texts are copies: one edited character in 30 leaves 0.82
SURE = 40  # kept shingles from which a sample may speak for the texts
SLACK = 4  # standard errors of a sample's share: nearer to NEAR the texts themselves are compared
BANDS, ROWS = 12, 4  # of a signature: copies (two thirds in common at least) nearly always share a band
SHARED = 0.05  # the share of a sketch that copies and fragments have in common at least
SHORTEST = 60  # folded characters below which only an equal text is a copy

_NONE = np.zeros(0, dtype=np.uint64)
_LAST = 0x3FFFF  # the last code point of the planes that hold letters
_YEAR = re.compile(r"(?:19|20)\d\d(?=年(?!\d))")
_HEAD = 400  # characters in which a plan names its year


def _mixed(values: np.ndarray) -> np.ndarray:
    """Values spread over all 64 bits.

    Source: the finaliser of splitmix64, Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators".
    """
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


class Folded(NamedTuple):
    """Folded characters, and for each its place in the text that it came from."""

    text: str
    places: np.ndarray

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that holds folded characters start:end (not empty)."""
        return int(self.places[start]), int(self.places[end - 1]) + 1


class Signature(NamedTuple):
    """What is kept of a text: a digest of all of it, its length, its year and its lowest shingles (those below `top`)."""

    digest: str
    n_chars: int
    year: str | None
    kept: np.ndarray
    top: int

    @property
    def sketch(self) -> np.ndarray:
        """The lowest hashes, which a part has in common with its whole."""
        return self.kept[:SKETCH]

    @property
    def bands(self) -> np.ndarray:
        """A hash a band of the least values under ROWS permutations, which texts share that have most in common.

        Source: Broder 1997, "On the resemblance and containment of documents"; banding after Leskovec, Rajaraman and
        Ullman, "Mining of Massive Datasets", chapter 3.
        """
        if not len(self.kept):
            return _NONE
        least = (self.kept[:, None] * _ODD).min(axis=0).reshape(BANDS, ROWS)
        powers = np.uint64(0x100000001B3) ** np.arange(ROWS, dtype=np.uint64)
        return _mixed((least * powers).sum(axis=1) + np.arange(BANDS, dtype=np.uint64))


_ODD = _mixed(np.arange(1, BANDS * ROWS + 1, dtype=np.uint64)) | np.uint64(1)


@functools.cache
def _simplifier() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """The text in simplified characters, one for one."""
    if text.isascii():
        return text
    converted = str(_simplifier().convert(text))
    return converted if len(converted) == len(text) else "".join(_one(c) for c in text)


def _one(character: str) -> str:
    converted = str(_simplifier().convert(character))
    return converted if len(converted) == 1 else character


@functools.cache
def _is_word() -> np.ndarray:
    """For each code point below _LAST whether it is a letter or a number; none of those above is."""
    return np.fromiter((chr(c).isalnum() for c in range(_LAST + 1)), dtype=bool, count=_LAST + 1)


def codes(text: str) -> np.ndarray:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _written(points: np.ndarray) -> str:
    return points.tobytes().decode("utf-32-le", "surrogatepass")


def _folded_codes(text: str) -> np.ndarray:
    points = codes(simplified(text))
    return points[_is_word()[np.minimum(points, _LAST)]]


def fold(text: str) -> str:
    """The text in simplified characters without white space and punctuation.

    Example: fold("新建 幼兒園12所。") == "新建幼儿园12所"
    """
    return _written(_folded_codes(text))


def row(texts: Iterable[str]) -> str:
    """The folded texts in a row, each ended by a BREAK."""
    joined = "".join(text.replace(BREAK, " ") + BREAK for text in texts)
    points = codes(simplified(joined))
    return _written(points[_is_word()[np.minimum(points, _LAST)] | (points == ord(BREAK))])


def unbroken(text: str, n: int) -> np.ndarray:
    """For each run of n characters of folded texts in a row whether no BREAK is in it."""
    breaks = np.concatenate(([0], np.cumsum(codes(text) == ord(BREAK))))
    return breaks[n:] == breaks[:-n]


def folded(text: str) -> Folded:
    """The folded text with the place of each of its characters."""
    points = codes(simplified(text))
    places = np.flatnonzero(_is_word()[np.minimum(points, _LAST)])
    return Folded(_written(points[places]), places)


def hashes(text: str, n: int = N) -> np.ndarray:
    """The hash of every run of n characters, in order; none when the text is shorter."""
    return _rolled(codes(text), n)


def _rolled(points: np.ndarray, n: int = N) -> np.ndarray:
    if len(points) < n:
        return _NONE
    wide = points.astype(np.uint64)
    total = wide[: len(points) - n + 1].copy()
    for i in range(1, n):
        total *= np.uint64(0x100000001B3)
        total += wide[i : len(points) - n + 1 + i]
    return _mixed(total)


def winnow(values: np.ndarray, window: int) -> np.ndarray:
    """The places of the least hash of every window: two texts that share window + n - 1 characters share one.

    Source: Schleimer, Wilkerson and Aiken 2003, "Winnowing: local algorithms for document fingerprinting".
    """
    if len(values) <= window:
        return np.array([int(values.argmin())]) if len(values) else np.zeros(0, dtype=np.int64)
    views = np.lib.stride_tricks.sliding_window_view(values, window)
    return np.unique(views.argmin(axis=1) + np.arange(len(views)))


def formula(texts: Mapping[Hashable, Iterable[str]], upper: Iterable[str] = (), n: int = PHRASE) -> np.ndarray:
    """The hashes, sorted, of runs of n folded characters that many places have, or that an upper level's text has.

    Many is a tenth of the places and at least four: what two or three places have may be taken from one another.

    Args: texts: place → its texts. upper: texts of higher levels, which lower ones repeat by duty.
    """
    places = sorted(texts, key=str)
    chosen = places[:: -(-len(places) // MOST_PLACES)] if places else []
    own = np.sort(np.concatenate([_NONE, *(_held_by(texts[place], n) for place in chosen)]))
    least = max(4, len(chosen) // 10)
    is_common = own[least - 1 :] == own[: len(own) - least + 1] if len(own) >= least else np.zeros(0, dtype=bool)
    return _distinct(np.concatenate([own[: len(is_common)][is_common], _held_by(upper, n)]))


def _held_by(texts: Iterable[str], n: int) -> np.ndarray:
    """The hashes of the runs of n folded characters of texts, sorted, each once."""
    held = row(texts)
    return _distinct(hashes(held, n)[unbroken(held, n)]) if len(held) >= n else _NONE


def among(values: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Whether each value is among others, which are sorted: many times faster than numpy's isin where they are many."""
    if not len(known):
        return np.zeros(len(values), dtype=bool)
    return known[np.minimum(np.searchsorted(known, values), len(known) - 1)] == values


def runs(text: str, known: np.ndarray, n: int = PHRASE) -> list[tuple[int, int]]:
    """The spans of a folded text that known hashes of n characters cover, in order, none touching another."""
    found = np.flatnonzero(among(hashes(text, n), known))
    if not len(found):
        return []
    breaks = np.flatnonzero(np.diff(found) > n)
    starts = found[np.concatenate(([0], breaks + 1))]
    ends = found[np.concatenate((breaks, [len(found) - 1]))] + n
    return list(zip(starts.tolist(), ends.tolist(), strict=True))


def signature(text: str) -> Signature:
    """What is kept of a text to find its copies."""
    points = _folded_codes(text)
    values = _rolled(points)
    year = _YEAR.search(simplified(text[:_HEAD]))
    top = 2**64 // KEPT
    kept = _distinct(values[values < np.uint64(top)])
    if len(kept) > MOST_KEPT:
        top, kept = int(kept[MOST_KEPT]), kept[:MOST_KEPT].copy()
    return Signature(
        hashlib.sha256(points.tobytes()).hexdigest()[:16], len(points), year.group() if year else None, kept, top
    )


def _distinct(values: np.ndarray) -> np.ndarray:
    """The values, sorted, each once."""
    ordered = np.sort(values)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered


def families(plans: Mapping[str, str], apart: Mapping[str, Any] | None = None) -> dict[str, str]:
    """For each plan the least plan_id among its copies and versions, its own where it has none.

    Two plans are copies when at least NEAR of the shingles of either are held by the other.  A shorter one that is
    held by a longer one in that measure is a fragment and joins the family of the one that holds most of it; it
    never brings two longer ones together.  Plans whose heads name different years are no copies.

    Args: plans: plan_id → text. apart: plan_id → what must be equal in copies where both have it, such as
        (region_code, plan_year); a neighbour's copy under another name is reuse and no copy.
    """
    names = sorted(plans)
    signatures = [signature(plans[name]) for name in names]
    keys = [(apart or {}).get(name) for name in names]
    tree = _Tree(len(names))
    parts: dict[int, tuple[float, int]] = {}
    for i, j in _candidates(signatures, _join_equal(tree, signatures)):
        small, large = sorted((i, j), key=lambda k: (signatures[k].n_chars, k))
        if tree.top(i) == tree.top(j) or not _may_join(signatures[small], signatures[large], keys[i], keys[j]):
            continue
        held = _estimated(signatures[small], signatures[large])
        if held is None:
            held = _held(plans[names[small]], plans[names[large]])
        if held * signatures[small].n_chars / signatures[large].n_chars >= NEAR:
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


def _join_equal(tree: _Tree, signatures: list[Signature]) -> list[int]:
    """Joins texts that are equal when folded; the first of each, empty ones left out."""
    first: dict[str, int] = {}
    for i, own in enumerate(signatures):
        if own.n_chars:
            tree.join(first.setdefault(own.digest, i), i)
    return list(first.values())


def _may_join(a: Signature, b: Signature, key: Any, other: Any) -> bool:
    """Whether two texts may be copies at all, by what is cheap to see."""
    return min(a.n_chars, b.n_chars) >= SHORTEST and not _differ(a.year, b.year) and not _differ(key, other)


def _estimated(part: Signature, whole: Signature) -> float | None:
    """The share of a text's shingles that another holds, by their samples; None where that is too near NEAR to tell."""
    top = np.uint64(min(part.top, whole.top))
    own = part.kept[: np.searchsorted(part.kept, top)]
    if len(own) < SURE:
        return None
    share = _share(own, whole.kept)
    at_edge = min(abs(share - NEAR), abs(share * part.n_chars / whole.n_chars - NEAR))
    return None if at_edge <= SLACK * (NEAR * (1 - NEAR) / len(own)) ** 0.5 else share


def _differ(a: Any, b: Any) -> bool:
    return a is not None and b is not None and a != b


def _candidates(signatures: list[Signature], chosen: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs of the chosen that share a band or lowest hashes, each once, those that share most first.

    Texts under one hash stand in the order of their lowest hashes, where copies are neighbours, and only neighbours
    are paired: the work grows with the texts, also where all of them share a formula.
    """
    order = sorted(chosen, key=lambda i: (signatures[i].sketch[:1].tolist(), signatures[i].n_chars, i))
    if len(order) < 2:
        return
    sketches = [signatures[i].sketch for i in order]
    sizes = np.array([len(sketch) for sketch in sketches])
    alike = _neighbours([signatures[i].bands for i in order])
    codes = np.concatenate([_neighbours(sketches), np.repeat(alike, int(SHARED * SKETCH) + 1)])
    pairs, counts = np.unique(codes, return_counts=True)
    first, second = pairs >> 32, pairs & 0xFFFFFFFF
    often = counts >= SHARED * np.minimum(sizes[first], sizes[second])
    ranked = np.lexsort((second, first, -counts))
    yield from ((order[first[k]], order[second[k]]) for k in ranked[often[ranked]])


def _neighbours(held: list[np.ndarray]) -> np.ndarray:
    """The pairs of places that hold one value, at most NEIGHBOURS apart among those that hold it."""
    values, ranks = np.concatenate(held), np.repeat(np.arange(len(held)), [len(own) for own in held])
    by_value = np.lexsort((ranks, values))
    steps = range(1, NEIGHBOURS + 1)
    return np.concatenate([_shifted(values[by_value], ranks[by_value], step) for step in steps])


def _shifted(values: np.ndarray, ranks: np.ndarray, step: int) -> np.ndarray:
    """Pairs of ranks, step apart, that stand under the same value, packed into one number each."""
    same = values[:-step] == values[step:]
    return (ranks[:-step][same] << 32) | ranks[step:][same]


def _held(part: str, whole: str) -> float:
    """The share of a text's shingles that another holds."""
    return _share(*(_distinct(_rolled(_folded_codes(text))) for text in (part, whole)))


def _share(part: np.ndarray, whole: np.ndarray) -> float:
    """The share of values that are among others, which are sorted; 0 of none."""
    return float(among(part, whole).mean()) if len(part) else 0.0
