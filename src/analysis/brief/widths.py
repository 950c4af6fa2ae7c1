"""How wide the columns of a table are set, from what they hold. Lengths are in em of the table's letters."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence

import numpy as np

from analysis.brief import fonts

WRAPPED = 5.0  # a heading wider than this may break over lines
LEAST = 5.0  # a column of longer text is not pressed below this
EASE = 14.0  # a column of longer text is read with ease
PADDING = 1.04  # left and right of the text together, and what measuring may miss
SPREAD = 0.6  # a table that fills this share of the line is spread over all of it
ALIKE = 1.3  # a text so many times as long as another stands in a column as wide
MANY = 60  # rows that are looked at
_RUN = re.compile(r"[^\s\u200b\u2e80-\uffef]+")  # nothing in it lets a line end
_JOINT = re.compile(r"(?<=[/_.,;?&=-])(?=[^/_.,;?&=-])")
_BARE = re.compile(r"[^\u200b]{18}(?=[^\u200b])")


def broken(text: str, least: int = 16) -> str:
    """The text with places to break in runs of so many characters that have none: behind separators, else every 18 characters.

    Example: in "data/processed/table.csv" lines may end behind each / and the full stop.
    """
    return _RUN.sub(lambda run: _opened(run.group()) if len(run.group()) >= least else run.group(), text)


def _opened(run: str) -> str:
    return _BARE.sub(r"\g<0>" + "\u200b", _JOINT.sub("\u200b", run))


@functools.lru_cache(maxsize=1 << 16)
def width(text: str) -> float:
    """The widest line of a text."""
    return max((sum(map(fonts.advance, line)) + _joints(line) for line in text.split("\n")), default=0.0)


def _joints(line: str) -> float:
    """The room that typesetting adds between Chinese and Latin letters."""
    wide = [c > "\u2e7f" for c in line if c != "\u200b"]
    return 0.25 * sum(a != b for a, b in itertools.pairwise(wide))


def columns(lines: Sequence[Sequence[str]], room: float, has_head: bool) -> list[float]:
    """Column widths, padding included, whose sum is at most the room.

    Where every cell fits on a line the columns are as wide as their texts; else the width goes where it saves the most
    lines. `fit` tells which columns there is room for.
    """
    if not lines or not lines[0]:
        return []
    free = room - PADDING * len(lines[0])
    full = _natural(lines, has_head, float("inf"))
    if sum(full) <= free:
        return [w + PADDING for w in _spread(full, free)]
    wanted = _natural(lines, has_head, WRAPPED)
    if sum(wanted) <= free:
        return [w + PADDING for w in _raised(wanted, full, free)]
    least = _least(lines, wanted)
    return [w + PADDING for w in _shared(lines, least, wanted, free)]


def fit(lines: Sequence[Sequence[str]], room: float, has_head: bool) -> list[list[int]]:
    """The columns that each part of a table holds, about as many in each; the first stands in every part."""
    if not lines or not lines[0]:
        return []
    needs = [PADDING + w for w in _least(lines, _natural(lines, has_head, WRAPPED))]
    parts = _parts(needs, room, len(needs))
    even = _parts(needs, room, -(-(len(needs) - 1) // len(parts)))
    return even if len(even) == len(parts) else parts


def _parts(needs: Sequence[float], room: float, most: int) -> list[list[int]]:
    """The columns of each part: the first, and as many others as there is room for, at most so many."""
    parts, used = [[0]], needs[0]
    for column in range(1, len(needs)):
        if len(parts[-1]) > 1 and (used + needs[column] > room or len(parts[-1]) > most):
            parts.append([0])
            used = needs[0]
        parts[-1].append(column)
        used += needs[column]
    return parts


def n_lines(lines: Sequence[Sequence[str]], sides: Sequence[float]) -> list[int]:
    """About how many lines each row takes in columns of these widths."""
    free = [max(1.0, side - PADDING) for side in sides]
    return [
        max(
            sum(max(1, -int(-(width(part) - 0.1) // wide)) for part in text.split("\n"))
            for text, wide in zip(line, free, strict=True)
        )
        for line in lines
    ]


def size(lines: Sequence[Sequence[str]], has_head: bool, sizes: tuple[float, float], wide: float) -> float:
    """The larger of two sizes of letters for a table, the smaller where only that holds every cell on one line, or words
    enough on each.

    Args: wide: what a page holds across, in the unit of the sizes.
    """
    large, small = sizes
    whole = sum(PADDING + w for w in _natural(lines, has_head, float("inf")))
    eased = sum(PADDING + min(w, EASE) for w in _natural(lines, has_head, WRAPPED))
    return large if whole * large <= wide or (eased * large <= wide < whole * small) else small


def _natural(lines: Sequence[Sequence[str]], has_head: bool, most: float) -> list[float]:
    """The width at which no cell breaks; a heading counts up to `most` or its longest word."""
    found = []
    for column in zip(*lines, strict=True):
        head = min(width(column[0]) * 1.06, max(most, _longest(column[0]) * 1.06)) if has_head else 0.0  # 1.06: bold
        found.append(max([head, 1.0, *map(width, map(broken, column[1 if has_head else 0 :]))]))
    return found


def _longest(text: str) -> float:
    return max(map(width, _RUN.findall(broken(text))), default=0.0)


def _least(lines: Sequence[Sequence[str]], wanted: Sequence[float]) -> list[float]:
    """The widths that columns keep: their longest word, and short texts whole."""
    words = [max(map(_longest, column)) for column in zip(*lines, strict=True)]
    return [max(min(w, LEAST), min(word, w)) for w, word in zip(wanted, words, strict=True)]


def _spread(widths: list[float], free: float) -> list[float]:
    """Columns that nearly fill the line, spread over all of it."""
    used = sum(widths)
    return widths if used < SPREAD * free else [w + (free - used) / len(widths) for w in widths]


def _raised(widths: list[float], full: Sequence[float], free: float) -> list[float]:
    """Columns whose headings break, given what is left of the line as far as their headings need it."""
    lacks = [most - w for w, most in zip(widths, full, strict=True)]
    share = (free - sum(widths)) / sum(lacks)
    return [w + lack * min(1.0, share) for w, lack in zip(widths, lacks, strict=True)]


def _shared(
    lines: Sequence[Sequence[str]], least: Sequence[float], wanted: Sequence[float], free: float
) -> list[float]:
    """The widths that all cells want, taken back where that costs the fewest lines until the line holds them."""
    seen = lines[:: max(1, len(lines) // MANY)]
    folds = max(text.count("\n") + 1 for line in seen for text in line)
    held = np.array([[_folded(text, folds) for text in line] for line in seen])
    floor = np.array(least) * min(1.0, free / sum(least))
    at = np.minimum(np.array(wanted), free)
    steps = [_steps(held[:, c].max(axis=1), low, high) for c, (low, high) in enumerate(zip(floor, at, strict=True))]
    while (over := float(at.sum()) - free) > 1e-6:
        cost = _cost(held, at)
        moves = [(c, low) for c in range(len(at)) for low in steps[c] if low < at[c] - 1e-6]
        column, low = min(moves, key=lambda move: _rate(held, at, cost, move, over))
        at[column] = low
    lacks = np.maximum(np.minimum(np.array(wanted), free) - at, 0.0) + 1e-3
    return _alike(at + (free - at.sum()) * lacks / lacks.sum(), wanted)


def _alike(at: np.ndarray, wanted: Sequence[float]) -> list[float]:
    """The widths, columns of texts that are about as long made equally wide."""
    long = [c for c, w in enumerate(wanted) if w > 2 * EASE]
    if long and max(wanted[c] for c in long) < ALIKE * min(wanted[c] for c in long):
        at[long] = at[long].mean()
    return [float(w) for w in at]


def _steps(held: np.ndarray, low: float, high: float) -> list[float]:
    """Widths of a column at which many of its cells take a line less."""
    marks = np.percentile(held, (30, 50, 70, 80, 90, 100))
    found = {round(float(mark) / n + 0.15, 2) for mark in marks for n in (1, 2, 3, 4, 5, 6, 8, 10, 14, 20)}
    return [low, *sorted(w for w in found if low < w < high)]


def _rate(held: np.ndarray, at: np.ndarray, cost: float, move: tuple[int, float], over: float) -> float:
    """Lines that a narrower column costs for each em that it saves of those that must be saved."""
    column, low = move
    moved = at.copy()
    moved[column] = low
    return (_cost(held, moved) - cost) / min(float(at[column]) - low, over)


def _cost(held: np.ndarray, at: np.ndarray) -> float:
    """Lines that rows take in columns of these widths; of two that take as many, the one with the longer texts spread wider."""
    ratio = held / np.maximum(at - 0.1, 1.0)[:, np.newaxis]  # 0.1: what measuring may miss
    lines = np.ceil(ratio - 1e-6).sum(axis=2)
    return float(lines.max(axis=1).sum() + 0.02 * np.maximum(ratio, 1.0).sum())


def _folded(text: str, n: int) -> list[float]:
    """The widths of a cell's own lines, followed by zeros where it has fewer than others."""
    own = [max(width(line), 0.1) for line in text.split("\n")]
    return own + [0.0] * (n - len(own))
