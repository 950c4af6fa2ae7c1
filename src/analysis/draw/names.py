"""Names written beside points, so that few cover each other; those that find no room near go farther off, on a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.text import Annotation

from analysis.draw import theme, wrapping

_RINGS = (0.0, 9.0, 20.0, 34.0)  # points beyond a dot's edge
_ANGLES = np.radians([0, 180, 90, 270, 35, 145, 215, 325, 62, 118, 242, 298])


def write(
    axes: Axes,
    spots: np.ndarray,
    words: Sequence[str],
    hues: Sequence[str],
    size: float = 8.5,
    radius: float = 4,
    others: np.ndarray | None = None,
) -> None:
    """Writes a name beside each spot where it covers the least: near if it can, else farther off with a thin line.

    Args: others: further spots that names keep clear of.
    """
    fig = axes.get_figure(root=True)
    assert fig is not None
    axes.margins(0.08)
    fig.draw_without_rendering()
    scale = fig.dpi / 72
    every = spots if others is None else np.vstack([spots, others])
    pixels = axes.transData.transform(every)
    r = radius * scale
    taken = np.hstack([pixels - r, pixels + r])
    frame = np.asarray(axes.get_window_extent().extents)
    for (x, y), spot, word, hue in zip(pixels[: len(words)], spots, words, hues, strict=True):
        wide, tall = wrapping.width(word) * size * scale, size * scale * 1.15
        boxes, rings = _options(x, y, wide, tall, r, scale)
        costs = _covered(boxes, taken).sum(axis=1) + 4 * _outside(boxes, frame) + rings * 0.35 * tall * tall
        best = int(np.argmin(costs))
        taken = np.vstack([taken, boxes[best]])
        shift = (float(boxes[best, 0] - x) / scale, float(boxes[best, 1] - y) / scale)
        axes.add_artist(_label(word, spot, shift, size, hue, is_far=rings[best] > 0))


def _options(x: float, y: float, wide: float, tall: float, r: float, scale: float) -> tuple[np.ndarray, np.ndarray]:
    """The boxes (left, bottom, right, top) that a name may take around a point, and the ring of each."""
    boxes, rings = [], []
    for ring, beyond in enumerate(_RINGS):
        reach = r + 1 + beyond * scale
        for angle in _ANGLES:
            cx, cy = np.cos(angle), np.sin(angle)
            left = x + reach * cx + (0 if cx > 0.3 else -wide if cx < -0.3 else -wide / 2)
            bottom = y + reach * cy + (0 if cy > 0.3 else -tall if cy < -0.3 else -tall / 2)
            boxes.append((left, bottom, left + wide, bottom + tall))
            rings.append(ring)
    return np.array(boxes), np.array(rings)


def _covered(boxes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """How much of each other box each box covers: boxes × others."""
    wide = np.minimum(boxes[:, None, 2], others[None, :, 2]) - np.maximum(boxes[:, None, 0], others[None, :, 0])
    tall = np.minimum(boxes[:, None, 3], others[None, :, 3]) - np.maximum(boxes[:, None, 1], others[None, :, 1])
    return np.clip(wide, 0, None) * np.clip(tall, 0, None)


def _outside(boxes: np.ndarray, frame: np.ndarray) -> np.ndarray:
    """How much of each box lies outside the frame."""
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    return area - _covered(boxes, frame[None, :])[:, 0]


def _label(word: str, spot: np.ndarray, shift: tuple[float, float], size: float, hue: str, is_far: bool) -> Annotation:
    line: dict[str, Any] = {"arrowstyle": "-", "color": theme.GREY, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 2}
    style: dict[str, Any] = {
        "textcoords": "offset points",
        "fontsize": size,
        "color": hue,
        "va": "bottom",
        "ha": "left",
    }
    return Annotation(word, tuple(spot), shift, arrowprops=line if is_far else None, **style)
