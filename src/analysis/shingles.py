"""Hashes of passages, for copies and reuse.

Texts are compared folded: simplified characters, letters and numbers only.  A shingle is a run of `n` folded
characters; its hash is the same on every machine and in every run.
"""

from __future__ import annotations

import functools
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

BREAK = "\n"  # stands between texts in a row: in no folded text
N = 6  # characters of a shingle: shorter ones are words that any plan has, longer ones break at every edit
PHRASE = 8  # characters of a formula: 加强组织领导 is a phrase of anybody, longer ones are learnt
MOST_PLACES = 500  # places from which a formula is learnt, evenly drawn: memory stays flat
MOST_CHARS = 6_000_000  # characters from which it is learnt, texts of each place evenly drawn

_NONE = np.zeros(0, dtype=np.uint64)
_LAST = 0x3FFFF  # the last code point of the planes that hold letters


def mixed(values: np.ndarray) -> np.ndarray:
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


def folded_codes(text: str) -> np.ndarray:
    """The code points of the folded text."""
    points = codes(simplified(text))
    return points[_is_word()[np.minimum(points, _LAST)]]


def fold(text: str) -> str:
    """The text in simplified characters without white space and punctuation.

    Example: fold("新建 幼兒園12所。") == "新建幼儿园12所"
    """
    return _written(folded_codes(text))


def row(texts: Iterable[str]) -> str:
    """The folded texts in a row, each ended by a BREAK."""
    return _written(row_codes(texts))


def row_codes(texts: Iterable[str]) -> np.ndarray:
    """The code points of folded texts in a row, each ended by a BREAK."""
    points = codes(simplified(_joined(texts)))
    return points[_is_kept(points)]


def folded_row(texts: Iterable[str]) -> Folded:
    """The folded texts in a row, each ended by a BREAK, with the place of each character in the texts joined so."""
    points = codes(simplified(_joined(texts)))
    places = np.flatnonzero(_is_kept(points))
    return Folded(_written(points[places]), places)


def _joined(texts: Iterable[str]) -> str:
    return "".join(text.replace(BREAK, " ") + BREAK for text in texts)


def _is_kept(points: np.ndarray) -> np.ndarray:
    return _is_word()[np.minimum(points, _LAST)] | (points == ord(BREAK))


def unbroken(points: np.ndarray, n: int) -> np.ndarray:
    """For each run of n code points of folded texts in a row whether no BREAK is in it."""
    breaks = np.concatenate(([0], np.cumsum(points == ord(BREAK))))
    return breaks[n:] == breaks[:-n]


def folded(text: str) -> Folded:
    """The folded text with the place of each of its characters."""
    points = codes(simplified(text))
    places = np.flatnonzero(_is_word()[np.minimum(points, _LAST)])
    return Folded(_written(points[places]), places)


def hashes(text: str, n: int = N) -> np.ndarray:
    """The hash of every run of n characters, in order; none when the text is shorter."""
    return rolled(codes(text), n)


def rolled(points: np.ndarray, n: int = N) -> np.ndarray:
    """The hash of every run of n code points, in order; none when there are fewer."""
    if len(points) < n:
        return _NONE
    wide = points.astype(np.uint64)
    total = wide[: len(points) - n + 1].copy()
    for i in range(1, n):
        total *= np.uint64(0x100000001B3)
        total += wide[i : len(points) - n + 1 + i]
    return mixed(total)


def winnow(values: np.ndarray, window: int) -> np.ndarray:
    """The places of the least hashes of every window: two texts that share window + n - 1 characters share one.

    Source: Schleimer, Wilkerson and Aiken 2003, "Winnowing: local algorithms for document fingerprinting".
    """
    if len(values) <= window:
        return np.array([int(values.argmin())]) if len(values) else np.zeros(0, dtype=np.int64)
    least, edge = _sliding(np.minimum, values, window), np.zeros(window - 1, dtype=values.dtype)
    return np.flatnonzero(_sliding(np.maximum, np.concatenate((edge, least, edge)), window) == values)


def _sliding(best: np.ufunc, values: np.ndarray, window: int) -> np.ndarray:
    """The best value of every window."""
    width = 1
    while width < window:
        step = min(width, window - width)
        values, width = best(values[:-step], values[step:]), width + step
    return values


def formula(texts: Mapping[Hashable, Iterable[str]], upper: Iterable[str] = (), n: int = PHRASE) -> np.ndarray:
    """The hashes, sorted, of runs of n folded characters that many places have, or that an upper level's text has.

    Many is a tenth of the places and at least four: what two or three places have may be taken from one another.

    Args: texts: place → its texts. upper: texts of higher levels, which lower ones repeat by duty.
    """
    places = sorted(texts, key=str)
    chosen = places[:: -(-len(places) // MOST_PLACES)] if places else []
    most = MOST_CHARS // max(len(chosen), 1)
    own = np.concatenate([_NONE, *(_held_by(_drawn(texts[place], most), n) for place in chosen)])
    own.sort()
    least = max(4, len(chosen) // 10)
    is_common = own[least - 1 :] == own[: len(own) - least + 1] if len(own) >= least else np.zeros(0, dtype=bool)
    return distinct(np.concatenate([own[: len(is_common)][is_common], _held_by(upper, n)]))


def _drawn(texts: Iterable[str], most: int) -> list[str]:
    """Every so many-th text, so that they have about so many characters."""
    own = list(texts)
    return own[:: max(1, -(-sum(map(len, own)) // most))]


def _held_by(texts: Iterable[str], n: int) -> np.ndarray:
    """The hashes of the runs of n folded characters of texts, sorted, each once."""
    points = row_codes(texts)
    return distinct(rolled(points, n)[unbroken(points, n)]) if len(points) >= n else _NONE


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


def covered(texts: list[str], known: np.ndarray, n: int = PHRASE) -> np.ndarray:
    """How many characters of each folded text known hashes of n characters cover."""
    points = codes("".join(text + BREAK for text in texts))
    steps = np.zeros(len(points) + 1, dtype=np.int64)
    if len(points) >= n:
        found = np.flatnonzero(among(rolled(points, n), known) & unbroken(points, n))
        steps[found] += 1
        steps[found + n] -= 1
    so_far = np.concatenate(([0], np.cumsum(np.cumsum(steps[:-1]) > 0)))
    ends = np.cumsum([0, *(len(text) + 1 for text in texts)])
    return np.diff(so_far[ends])


def distinct(values: np.ndarray) -> np.ndarray:
    """The values, sorted, each once."""
    ordered = np.sort(values)
    return ordered[starts(ordered)]


def starts(values: np.ndarray) -> np.ndarray:
    """Where values differ from the one before, the first included."""
    return np.flatnonzero(np.concatenate(([len(values) > 0], values[1:] != values[:-1])))
