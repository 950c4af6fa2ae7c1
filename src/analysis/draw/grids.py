"""Crossed tables as heat maps that fit a page: turned where there are many groups, numbers only where they can be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Colormap

from analysis.draw import areas, marks, theme, wrapping
from analysis.draw.labels import say
from analysis.draw.theme import Figure

WIDTH = theme.WIDTH
MANY = 12  # from here on groups stand in rows
MOST = 40  # rows that a page holds
LEAST = 7.0  # points: smaller letters are not read


def crossed(
    wide: pd.DataFrame,
    texts: np.ndarray,
    title: str | None,
    lang: str,
    context: dict[str, Any],
    cmap: Colormap = theme.SEQUENTIAL,
    limits: tuple[float, float] | None = None,
    line: str = "white",
    ascending: bool = False,
    opens: Mapping[tuple[Any, Any], Any] | None = None,
) -> tuple[Figure, Axes]:
    """A heat map of things × groups, sorted by the first thing; with more than MANY groups they stand in rows.

    Args: wide: its columns are the groups; the one named `region` in the context comes first; of more than MOST the first
        and the last are shown, and the subtitle says so. texts: a cell's words, left out where cells are too narrow to
        read them (see `fitted`). ascending: the least first, as with ranks. opens: what each cell opens, by thing and group.
    """
    order = _ordered(wide, context.get("region"), ascending)
    kept = ends(order)
    context["subtitle"] = context.get("subtitle", "") + cut(len(kept), len(order), lang)
    wide, texts = wide.iloc[:, kept], texts[:, kept]
    if wide.shape[1] > MANY:
        wide, texts = wide.T, texts.T
    columns = [str(c) for c in wide.columns]
    rows = _names([str(r) for r in wide.index], len(columns))
    cell = min((WIDTH - _margin(rows)) / len(columns), 1.4)
    lines = max(row.count("\n") + 1 for row in rows)
    body = (0.26 if lines == 1 else 0.16 * lines + 0.06) * len(rows) + marks.head_height(columns, cell)
    fig, axes = theme.figure(WIDTH, body, title, **context)
    shown, size = fitted(texts, cell)
    marks.heat(axes, wide.to_numpy(dtype=float), rows, columns, shown, cmap, limits, size, line)
    marks.heads(axes, columns, cell)
    marks.embolden(axes, context.get("region"))
    areas.cells(axes, wide, texts, opens or {})
    return fig, axes


def _names(names: list[str], n_columns: int) -> list[str]:
    """The labels of rows, in one line where that leaves the columns half an inch, else broken."""
    for ems in (14, 19, 24):
        rows = [wrapping.wrap(name, ems) for name in names]
        if not any("\n" in row for row in rows) and (WIDTH - _margin(rows)) / n_columns >= 0.5:
            return rows
    return [wrapping.even(name, 15) for name in names]


def _margin(rows: list[str]) -> float:
    """The inches that the labels of rows take."""
    return max(wrapping.width(row) for row in rows) * 9.5 / 72 + 0.3


def letters(texts: np.ndarray, cell: float, largest: float = 8.0) -> float:
    """The size in points at which the longest text fits a cell of so many inches; 0 where none of LEAST or more does."""
    longest = max((wrapping.width(str(text)) for text in texts.ravel()), default=0.0)
    size = min(largest, (72 * cell - 2) / longest) if longest else largest
    return size if size >= LEAST else 0.0


def fitted(texts: np.ndarray, cell: float, largest: float = 8.0) -> tuple[np.ndarray, float]:
    """The texts that can be read in cells of so many inches and the size in points to write them in.

    Where one in eight at most is too long, … stands for each of these; where more are, only signs (文, ?, –) are left.
    """
    size = letters(texts, cell, largest)
    if size:
        return texts, size
    wide = np.array([wrapping.width(str(text)) for text in texts.ravel()]).reshape(texts.shape)
    is_long = wide > (72 * cell - 2) / LEAST
    told = int((wide > 0).sum())
    return (np.where(is_long, "…", texts), LEAST) if is_long.sum() * 8 <= told else (signs(texts), LEAST)


def signs(texts: np.ndarray) -> np.ndarray:
    """The texts of one character that are no digits (文, ?, –), the others empty."""
    kept = [text if len(text) == 1 and not text.isdigit() else "" for text in map(str, texts.ravel())]
    return np.array(kept, dtype=object).reshape(texts.shape)


def by_size(sizes: pd.Series, rest: set[str]) -> list[str]:
    """The labels of a series from greatest to smallest, those of `rest` (other, not identified) at the end."""
    ordered = list(sizes.sort_values(ascending=False, kind="stable").index)
    return sorted(ordered, key=lambda label: label in rest)


def ends(order: list[Any], most: int = MOST) -> list[Any]:
    """The first and the last of more than `most` things, all of fewer; the very first stays in any case."""
    return order if len(order) <= most else [*order[: most - most // 2], *order[-(most // 2) :]]


def cut(n: int, total: int, lang: str) -> str:
    """What a subtitle says of things left out in the middle; nothing where none were."""
    if n == total:
        return ""
    return say(lang, f"；只列首尾 {n} 个，共 {total} 个", f"; the first and last {n} of {total}")


def _ordered(wide: pd.DataFrame, region: str | None, ascending: bool) -> list[int]:
    """The places of the groups: the subject, then the others by what they have of the first thing."""
    if all(str(name).isdigit() for name in wide.columns):  # years keep their order
        return list(range(wide.shape[1]))
    sign = -1 if ascending else 1
    leading = (sign * wide.iloc[0]).fillna(-np.inf).to_numpy(dtype=float)
    return sorted(range(wide.shape[1]), key=lambda at: (str(wide.columns[at]) != region, -leading[at]))
