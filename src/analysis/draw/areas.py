"""Parts of a figure that stand for rows: where they lie on paper, so that a page can make them open what was counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Bbox

from analysis import frames

LEAST = 12.0  # points: a smaller area is hard to hit


class Place(NamedTuple):
    """An area on paper: points from the left and the top of what is saved, the ids it stands for, what it is called."""

    left: float
    top: float
    width: float
    height: float
    ids: list[str]
    name: str


@dataclass(frozen=True)
class Area:
    """An area of a figure, known when it is asked for: figures move until they are saved."""

    extent: Callable[[], Bbox]
    ids: list[str]
    name: str


def opens(axes: Axes, box: tuple[float, float, float, float], rows: Any, name: str) -> None:
    """Makes a box of the axes (left, bottom, right, top in its data) stand for rows; a dot is a box without a size.

    Args: rows: what `frames.ids` takes; without ids there is no area. name: what it shows, such as 教育：12%.
    """
    _add(axes.figure, lambda: axes.transData.transform_bbox(Bbox.from_extents(*box)), frames.ids(rows), name)


def artist(drawn: Artist, rows: Any, name: str) -> None:
    """Makes what was drawn (words, a patch) stand for rows."""
    _add(drawn.figure, lambda: Bbox(drawn.get_window_extent().get_points()), frames.ids(rows), name)


def cells(axes: Axes, wide: pd.DataFrame, texts: np.ndarray, rows: Mapping[tuple[Any, Any], Any]) -> None:
    """Makes the cells of a heat map (see marks.heat) stand for rows, looked up by the cell's two names in either order."""
    for (i, one), (j, other) in ((a, b) for a in enumerate(wide.index) for b in enumerate(wide.columns)):
        held = rows.get((one, other), rows.get((other, one)))
        if held is not None:
            opens(axes, (j, i + 1, j + 1, i), held, called(f"{one} · {other}", texts[i, j]))


def keyed(frame: pd.DataFrame, *by: str) -> dict[Any, list[str]]:
    """The ids of the rows of each group, by its name (a pair where two columns make it)."""
    keys = by[0] if len(by) == 1 else list(by)
    return {key: frames.ids(part) for key, part in frame.groupby(keys, sort=False, observed=True)}


def called(name: str, text: str) -> str:
    """The name of an area: what it is, and what stands there."""
    plain = " ".join(str(name).replace("\n", "").split())
    return f"{plain}: {text}" if text else plain


def _add(figure: Any, extent: Callable[[], Bbox], ids: list[str], name: str) -> None:
    if ids:
        vars(figure).setdefault("_areas", []).append(Area(extent, ids, name))


def placed(figure: Figure, saved: Bbox) -> list[Place]:
    """Where the areas of a figure lie in what was saved of it.

    Args: saved: the part that was saved, in inches.
    """
    return [_place(figure, area.extent(), saved, area.ids, area.name, LEAST) for area in vars(figure).get("_areas", [])]


def _place(figure: Figure, extent: Bbox, saved: Bbox, ids: list[str], name: str, least: float) -> Place:
    inches = np.sort(np.asarray(extent.get_points()) / figure.dpi, axis=0)
    (left, bottom), (right, top) = 72 * (inches - [saved.x0, saved.y0])
    more = [max(0.0, least - size) / 2 for size in (right - left, top - bottom)]
    width, height = right - left + 2 * more[0], top - bottom + 2 * more[1]
    return Place(left - more[0], 72 * saved.height - top - more[1], width, height, ids, name)


def words(figure: Figure, pieces: Iterable[tuple[str, list[str]]], saved: Bbox) -> list[Place]:
    """Where the numbers of a figure's title stand.

    Args: pieces: the title's sentence in order, each piece with its ids (none for plain words).
    Returns: nothing where the title does not begin as the sentence does.
    """
    title = figure.texts[0] if figure.texts else None
    if title is None:
        return []
    at, spans = 0, []
    for piece, ids in pieces:
        n = len("".join(piece.split()))
        spans += [(at, at + n, ids, piece)] if ids else []
        at += n
    spots = [n for n, sign in enumerate(title.get_text()) if not sign.isspace()]
    told = [(spots[start], spots[end - 1] + 1, ids, name) for start, end, ids, name in spans if end <= len(spots)]
    printed = title.get_text()
    return [
        _place(figure, extent, saved, ids, name, 0.0)
        for start, end, ids, name in told
        if _plain(printed[start:end]) == _plain(name)
        for extent in _lines(title, start, end)
    ]


def _plain(text: str) -> str:
    return "".join(text.split())


def _lines(title: Text, start: int, end: int) -> list[Bbox]:
    """The boxes of a span of a text's characters, one on each line that it touches."""
    whole, lines = title.get_window_extent(), title.get_text().split("\n")
    high, boxes, first = whole.height / len(lines), [], 0
    for n, line in enumerate(lines):
        a, b = max(start - first, 0), min(end - first, len(line))
        if a < b:
            left, right = (whole.x0 + _width(title, line[:to]) for to in (a, b))
            boxes.append(Bbox.from_extents(left, whole.y1 - (n + 1) * high, right, whole.y1 - n * high))
        first += len(line) + 1
    return boxes


def _width(title: Text, text: str) -> float:
    points = text_to_path.get_text_width_height_descent(text, title.get_fontproperties(), False)[0] if text else 0.0
    figure: Any = title.get_figure(root=True)
    return float(points) * figure.dpi / 72
