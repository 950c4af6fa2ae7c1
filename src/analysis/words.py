"""Chinese words: cut and tagged with the lexicon's own terms in the dictionary.

rjieba cuts (jieba's algorithm and dictionary, some ten times faster); jieba itself is the reference that a test holds
it against.  The lexicon's terms (`common/terms`) join the dictionary with their part of speech, so that 毛入园率 stays
one word.
"""

from __future__ import annotations

import functools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import rjieba

from analysis import lexicon

Token = tuple[str, str]

LEFT_OUT = ("c", "d", "e", "f", "m", "o", "p", "q", "r", "t", "u", "w", "x", "y", "z", "k", "h")
HAN = re.compile(r"[一-龥]")
TERM_FREQUENCY = 200_000  # above any chain of common words, so that a term always wins over its parts


def tokens(text: str) -> list[Token]:
    """The words of a text in order, each with its part of speech (ICTCLAS tags: n, v, vn, a, …)."""
    over = lexicon.overlay()
    own = _terms(over)  # a word that the general dictionary has too keeps its tag there (幼儿园 a person's name)
    return [(word, own.get(word, tag)) for word, tag in _cut(text, over) if not word.isspace()]


def seams(text: str) -> set[int]:
    """The offsets at which words begin and end, 0 and the text's length included."""
    return {0, *accumulate([len(word) for word, _ in _cut(text, lexicon.overlay())])}


def content(text: str) -> Counter[Token]:
    """How often each content word occurs in a text, with its part of speech.

    Content words have two or more characters, one of them Chinese, are no function word, number, date or stop word.
    """
    over = lexicon.overlay()
    own, found = _terms(over), Counter[Token]()
    for (word, tag), n in Counter(_cut(text, over)).items():  # each different word is looked at once
        token = word, own.get(word, tag)
        if _is_content(*token, over):
            found[token] += n
    return found


def is_content(word: str, tag: str) -> bool:
    """Whether a word says what a text is about."""
    return _is_content(word, tag, lexicon.overlay())


@functools.lru_cache(maxsize=100_000)
def _is_content(word: str, tag: str, over: Path | None) -> bool:
    if len(word) < 2 or word in _stop_words(over) or HAN.search(word) is None:
        return False
    return word in _terms(over) or not tag.startswith(LEFT_OUT)


def terms() -> dict[str, str]:
    """The lexicon's own terms and their parts of speech."""
    return _terms(lexicon.overlay())


def stop_words() -> frozenset[str]:
    """Words of the genre that tell nothing of a plan's subject: 进一步, 切实, 工作, 我市."""
    return _stop_words(lexicon.overlay())


def cut_entry(entry: str) -> list[str]:
    """A dictionary entry cut as the text is, so that an entry never misses for being cut otherwise."""
    return [word for word, _ in tokens(entry)]


@functools.lru_cache(maxsize=4)
def _terms(_over: Path | None) -> dict[str, str]:
    return {row["term"]: row["pos"] or "n" for row in lexicon.table("common/terms")}


@functools.lru_cache(maxsize=4)
def _stop_words(_over: Path | None) -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.table("common/stopwords"))


@functools.lru_cache(maxsize=32)  # tags and terms ask for the same text one after the other
def _cut(text: str, over: Path | None) -> tuple[Token, ...]:
    return tuple(_cutter(over).tag(text))


@functools.lru_cache(maxsize=4)
def _cutter(over: Path | None) -> rjieba.Jieba:
    cutter = rjieba.Jieba()
    for term, pos in _terms(over).items():
        cutter.add_word(term, TERM_FREQUENCY, pos)
    return cutter


class NewTerm(NamedTuple):
    """A run of words that behaves like one: how often it occurs, how fast it sticks, how free its neighbours are."""

    term: str
    n: int
    cohesion: float
    freedom: float


def new_terms(texts: Iterable[str], least: int = 5, cohesion: float = 4.0, freedom: float = 1.0) -> list[NewTerm]:
    """Runs of two or three words that the lexicon may want as one term, the most frequent first.

    Args:
        least: occurrences below which a run is not looked at.
        cohesion: pointwise mutual information in bits, at the weakest seam of the run.
        freedom: entropy in bits of the words before or after the run, whichever varies less.
    Source: cohesion and boundary entropy as in Luo and Sun (2003), Two-character Chinese word extraction based on
        hybrid of internal and contextual measures.
    """
    ones: Counter[str] = Counter()
    runs: Counter[tuple[str, ...]] = Counter()
    before: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    after: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for text in texts:
        held = tokens(text)
        ones.update(word for word, _ in held)
        for run, left, right in _runs(held):
            runs[run] += 1
            before[run][left] += 1
            after[run][right] += 1
    total = sum(ones.values())
    found = []
    for run, n in runs.items():
        if n >= least:
            stuck = min(_cohesion(n, runs, ones, run[:i], run[i:], total) for i in range(1, len(run)))
            free = min(_entropy(before[run]), _entropy(after[run]))
            if stuck >= cohesion and free >= freedom:
                found.append(NewTerm("".join(run), n, round(stuck, 2), round(free, 2)))
    return sorted(found, key=lambda term: (-term.n, term.term))


NAMING = ("n", "vn", "j", "l")  # a term ends in one of these, and begins with one of these or a quality
QUALITY = ("a", "b", "an")


def _runs(held: list[Token]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Runs of two or three words that name something, with the words before and after."""
    fits = [tag.startswith((*NAMING, *QUALITY, "v")) and HAN.search(word) is not None for word, tag in held]
    for start, (_, first) in enumerate(held):
        if not first.startswith((*NAMING, *QUALITY)):
            continue
        for end in (start + 2, start + 3):
            if end <= len(held) and all(fits[start:end]) and held[end - 1][1].startswith(NAMING):
                left = held[start - 1][0] if start else "^"
                right = held[end][0] if end < len(held) else "$"
                yield tuple(word for word, _ in held[start:end]), left, right


def _cohesion(
    n: int,
    runs: Counter[tuple[str, ...]],
    ones: Counter[str],
    left: tuple[str, ...],
    right: tuple[str, ...],
    total: int,
) -> float:
    sides = [ones[side[0]] if len(side) == 1 else runs[side] for side in (left, right)]
    return math.log2(n * total / (sides[0] * sides[1]))


def _entropy(counts: Counter[str]) -> float:
    total = sum(counts.values())
    return sum(-n / total * math.log2(n / total) for n in counts.values())
