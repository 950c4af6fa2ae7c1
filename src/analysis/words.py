"""Chinese words: cut and tagged with the lexicon's own terms in the dictionary.

rjieba cuts (jieba's algorithm and dictionary, some ten times faster); jieba itself is the reference that a test holds
it against.  The lexicon's terms (`common/terms`) join the dictionary with their part of speech, so that 毛入园率 stays
one word.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from pathlib import Path

import rjieba

from analysis import lexicon

Token = tuple[str, str]

LEFT_OUT = ("c", "d", "e", "f", "m", "o", "p", "q", "r", "t", "u", "w", "x", "y", "z", "k", "h")
HAN = re.compile(r"[一-龥]")
TERM_FREQUENCY = 200_000  # above any chain of common words, so that a term always wins over its parts


def tokens(text: str) -> list[Token]:
    """The words of a text in order, each with its part of speech (ICTCLAS tags: n, v, vn, a, …)."""
    return [token for token in _cutter(lexicon.overlay()).tag(text) if not token[0].isspace()]


def content(text: str) -> Counter[Token]:
    """How often each content word occurs in a text, with its part of speech.

    Content words have two or more characters, one of them Chinese, are no function word, number, date or stop word.
    """
    over = lexicon.overlay()
    counted = Counter(_cutter(over).tag(text))
    return Counter({token: n for token, n in counted.items() if _is_content(*token, over)})


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


@functools.lru_cache(maxsize=4)
def _cutter(over: Path | None) -> rjieba.Jieba:
    cutter = rjieba.Jieba()
    for term, pos in _terms(over).items():
        cutter.add_word(term, TERM_FREQUENCY, pos)
    return cutter
