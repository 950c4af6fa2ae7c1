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
