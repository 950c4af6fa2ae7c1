"""Characters, phrases and lines that were copied twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from analysis.repair.receipts import Change

SHORTEST, LONGEST = 5, 40  # characters of a phrase; shorter ones repeat on purpose (研究研究, 一个一个)
DISTINCT = 3  # different characters in what counts as copied twice
PAIRS = re.compile(r"(?:([\u4e00-\u9fff，。、；：（）\d])\1){5,}")
PAIRED_LINE = re.compile(r"^(?:([\u4e00-\u9fff，。、；：（）0-9])\1){3,}$", re.M)
RUN_ON = 800  # characters of a line in which a whole page may have been copied once more
PASSAGE = 200  # characters: shorter lines repeat on purpose
PIECE = 40  # characters: a shorter neighbour of a copied line is no piece of it
MOSTLY = 0.75  # the same for its neighbours, and for its headings
COPIED = 0.9  # share of a line that stands elsewhere below, from which it is a copy
CLAUSE = re.compile(r"[^，。；：！？\n]{6,}")
HEADING = re.compile(
    r"(?<=[。；：）\s])(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]{1,4}[章节条])\s?[^。；：，\s]{2,4}"
)
HAN = re.compile(r"[\u4e00-\u9fff]")


def phrases(text: str) -> Iterator[Change]:
    """Phrases that stand twice without anything between: 加强组织领导加强组织领导 → 加强组织领导."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    taken = 0
    found: list[tuple[int, int, int]] = []  # start, length, how often it returns
    for lag in range(SHORTEST, min(LONGEST, len(codes) // 2) + 1):
        at = np.flatnonzero(codes[lag:] == codes[:-lag])
        if len(at) < lag:
            continue
        runs = at[: len(at) - lag + 1][at[lag - 1 :] - at[: len(at) - lag + 1] == lag - 1]  # lag equal pairs in a row
        for start in runs[np.concatenate(([True], np.diff(runs) > 1))] if len(runs) else ():
            found.append((int(start), lag, _repeats(text, int(start), lag)))
    for start, lag, n in sorted(found):
        phrase = text[start : start + lag]
        if (
            start >= taken
            and "\n" not in phrase
            and len(set(phrase)) >= DISTINCT
            and len(HAN.findall(phrase)) >= max(SHORTEST, 0.6 * lag)
        ):
            taken = start + (n + 1) * lag
            yield Change(start + lag, taken, "", "doubled_phrase")


def _repeats(text: str, start: int, lag: int) -> int:
    """How often the phrase returns behind itself."""
    phrase, n = text[start : start + lag], 0
    while text.startswith(phrase, start + (n + 1) * lag):
        n += 1
    return n


def characters(text: str) -> Iterator[Change]:
    """Runs in which every character stands twice: 总总体体要要求求 → 总体要求."""
    if not _has_pairs(text):
        return
    spans = {m.span() for pattern in (PAIRED_LINE, PAIRS) for m in pattern.finditer(text)}
    for start, end in spans:
        if len(set(HAN.findall(text[start:end]))) < DISTINCT:  # a number, or a word that is drawn out
            continue
        yield Change(start, end, text[start:end:2], "doubled_characters")


def _has_pairs(text: str) -> bool:
    """Whether three pairs of equal characters stand in a row anywhere."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    same = codes[1:] == codes[:-1]
    return len(same) > 4 and bool((same[:-4] & same[2:-2] & same[4:]).any())


def lines(text: str) -> Iterator[Change]:
    """Lines that stand twice in a row, and a title that stands again among the first lines."""
    found = list(re.finditer(r"[^\n]+", text))
    for this, after in pairwise(found):
        if this.group() == after.group() and len(this.group()) >= 8 and "\t" not in this.group():
            yield Change(this.start(), after.start(), "", "doubled_line")


def passages(text: str) -> Iterator[Change]:
    """Passages that stand once more below: a page copied with its frames holds its text run together, then by lines.

    The copy by lines stays, unless it has lost headings that the copy above holds.
    """
    held = list(re.finditer(r"[^\n]+", text))
    if max((m.end() - m.start() for m in held), default=0) < RUN_ON:
        return
    last: dict[str, int] = {}
    for i, line in enumerate(held):
        last.update((_bare(m.group()), i) for m in CLAUSE.finditer(line.group()))
    shares = [_share_below(line.group(), i, last) for i, line in enumerate(held)]
    copied = {i for i, line in enumerate(held) if len(line.group()) >= PASSAGE and shares[i] >= COPIED}
    if not any(len(held[i].group()) >= RUN_ON for i in copied):  # a paragraph of formulae is no copied page
        return
    fuller = next((i for i in sorted(copied) if not _holds_headings(held[i].group(), text[held[i].end() :])), None)
    if fuller is not None:
        copied = {*(i for i in copied if i < fuller), *_within(held, fuller)}
    for i in sorted(copied | (_pieces(held, copied, shares) if fuller is None else set())):
        yield Change(held[i].start(), min(len(text), held[i].end() + 1), "", "doubled_passage")


def _holds_headings(copy: str, below: str) -> bool:
    """Whether the text below holds the headings that stand in a copied line."""
    marks = ["".join(m.group().split()) for m in HEADING.finditer(copy)]
    bare = "".join(below.split())
    return sum(mark in bare for mark in marks) >= MOSTLY * len(marks)


def _within(held: list[re.Match[str]], i: int) -> Iterator[int]:
    """The lines below line i whose text it holds too."""
    whole = "".join(held[i].group().split())
    clauses = {_bare(m.group()): len(held) for m in CLAUSE.finditer(held[i].group())}
    for j in range(i + 1, len(held)):
        line = held[j].group()
        own = [_bare(m.group()) for m in CLAUSE.finditer(line)]
        if "".join(line.split()) in whole or (own and all(clause in clauses for clause in own)):
            yield j


def _pieces(held: list[re.Match[str]], copied: set[int], shares: list[float]) -> set[int]:
    """What a page's end cut off a copied line: its neighbours, when most of them stands below."""
    found: set[int] = set()
    for step in (1, -1):
        for i in sorted(copied, reverse=step < 0):
            while 0 <= i + step < len(held) and len(held[i + step].group()) >= PIECE and shares[i + step] >= MOSTLY:
                i += step
                found.add(i)
    return found


def _share_below(line: str, i: int, last: dict[str, int]) -> float:
    """The share of a line's clauses, in characters, that stand again below it; rows of tables have none."""
    clauses = [_bare(m.group()) for m in CLAUSE.finditer(line)] if "\t" not in line else []
    return sum(len(c) for c in clauses if last[c] > i) / max(1, sum(map(len, clauses)))


def _bare(clause: str) -> str:
    """The last characters of a clause without blanks; what stands before them may be a heading run into it."""
    return "".join(clause.split())[-12:]
