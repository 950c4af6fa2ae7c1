"""Converted regional terms (資訊科技 for 信息技术) and machine-spun synonyms (深进 for 深入), from a table.

A row of codebook/common/repairs_terms.csv is a pattern with its context; where it has a group, only the group is
replaced.  `variant` rows are spellings that a change of script leaves (著力 for 着力) and hold for texts that were not in
simplified characters.  `converted` rows hold for texts that were traditional, or that use several sure terms; `spun` rows only where
the text as a whole shows that it was spun: each of these words also has a life of its own.  `doubt` rows are never
replaced: in a spun text they are named to the reader.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from analysis import lexicon
from analysis.repair.receipts import Change

SPUN_ROWS = 3  # different rows that must be seen before a text counts as spun
CONVERTED_ROWS = 2  # different sure rows that must be seen in a text in simplified characters


class Term(NamedTuple):
    """A row of the table."""

    id: str
    kind: str
    is_strong: bool
    pattern: re.Pattern[str]
    after: str


@functools.cache
def terms() -> tuple[Term, ...]:
    """The rows of the table."""
    return tuple(
        Term(row["id"], row["kind"], row["strong"] == "yes", re.compile(row["pattern"], re.M), row["after"])
        for row in lexicon.table("common/repairs_terms")
    )


@functools.cache
def _words() -> tuple[tuple[Term, tuple[str, ...]], ...]:
    """Each row with its bare words, which are looked for first: a plain word is found fast."""
    return tuple((term, tuple(_bare(term.pattern.pattern))) for term in terms())


def _bare(pattern: str) -> list[str]:
    """The words of a pattern without its contexts."""
    bare = pattern.replace("毛?", "").replace("型?", "型")
    depth_free = _without_groups(bare)
    grouped = re.search(r"(?<!\\)\((?!\?)([^()]+)\)", bare)
    if grouped:
        return grouped.group(1).split("|")
    return [word for word in depth_free.split("|") if word]


def _without_groups(pattern: str) -> str:
    out, depth, in_class = [], 0, False
    for char in pattern:
        if char == "[":
            in_class = True
        depth += char == "(" and not in_class
        if depth == 0 and not in_class:
            out.append(char)
        depth -= char == ")" and not in_class
        if char == "]":
            in_class = False
    return "".join(out)


def find(text: str, script: str) -> tuple[list[Change], list[str]]:
    """The changes, and the words that look converted or spun but are not sure enough to be changed."""
    there = _starts(text)
    seen = [(term, words) for term, words in _words() if any(word[:2] in there for word in words)]
    hits = {term: spans for term, words in seen if term.kind != "doubt" and (spans := list(_spans(term, words, text)))}
    made: list[Change] = []
    doubtful: list[str] = []
    if script != "simplified":
        variants = ((term, span) for term, spans in hits.items() if term.kind == "variant" for span in spans)
        made += [Change(a, b, term.after, "converted_term") for term, (a, b) in variants]
    for kind in ("converted", "spun"):
        own = {term: spans for term, spans in hits.items() if term.kind == kind}
        if _is_shown(own, kind, script):
            made += [Change(a, b, term.after, f"{kind}_term") for term, spans in own.items() for a, b in spans]
        elif len(own) > 1:
            doubtful += [text[a:b] for (a, b), *_ in own.values()]
    if any(change.rule == "spun_term" for change in made):
        unsure = [list(_spans(term, words, text)) for term, words in seen if term.kind == "doubt"]
        doubtful += [text[a:b] for (a, b), *_ in filter(None, unsure)]
    return made, doubtful


def has_foreign(changes: Iterable[Change]) -> bool:
    """Whether any change puts another word in place, not only another spelling."""
    spellings = {term.after for term in terms() if term.kind == "variant"}
    return any(change.new not in spellings for change in changes)


def _starts(text: str) -> set[str]:
    """The first two characters of the table's words that occur in the text."""
    keys = _keys()
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    if len(codes) < 2:
        return set()
    firsts = np.zeros(0x110000, dtype=bool)
    firsts[(keys >> np.uint64(32)).astype(np.int64)] = True
    at = np.flatnonzero(firsts[codes[:-1]])  # few characters begin a word of the table
    pairs = codes[:-1][at].astype(np.uint64) << np.uint64(32) | codes[1:][at].astype(np.uint64)
    found = np.unique(pairs[np.isin(pairs, keys)])
    return {chr(int(pair) >> 32) + chr(int(pair) & 0xFFFFFFFF) for pair in found}


@functools.cache
def _keys() -> np.ndarray:
    starts = {word[:2] for _, words in _words() for word in words}
    return np.array(sorted(ord(pair[0]) << 32 | ord(pair[1]) for pair in starts), dtype=np.uint64)


def _spans(term: Term, words: tuple[str, ...], text: str) -> Iterator[tuple[int, int]]:
    if term.pattern.groups:
        yield from (m.span(1) for m in term.pattern.finditer(text))
        return
    for word in words:  # the pattern is asked only where one of its words stands
        at = text.find(word)
        while at >= 0:
            m = term.pattern.match(text, at)
            if m and m.end() > m.start():
                yield m.span()
            at = text.find(word, at + len(word))


def _is_shown(own: dict[Term, list[tuple[int, int]]], kind: str, script: str) -> bool:
    sure = sum(term.is_strong for term in own)
    if kind == "spun":
        return sure >= SPUN_ROWS
    return bool(own) if script != "simplified" else sure >= CONVERTED_ROWS
