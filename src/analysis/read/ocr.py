"""A page without a text layer → its lines, recognised offline with the `ocr` extra.

The models lie in the wheel.  A page is doubtful when ink stands outside all recognised boxes, or when the recogniser
is unsure of much of it.
"""

from __future__ import annotations

import functools
import importlib.util
import logging
from typing import Any

import numpy as np
import pypdfium2

from analysis.read.layout import Line, Page

DPI = 200
SURE = 0.85  # the recogniser's own score below which a line is doubtful
UNSURE_SHARE = 0.08  # share of unsure characters from which a page is doubtful
ROOM = 0.5  # characters a square of a line's box, below which part of the line was not read
DARK = 128


def is_installed() -> bool:
    """Whether the `ocr` extra is there."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


@functools.cache
def _engine() -> Any:
    from rapidocr import RapidOCR  # 260 MB with its runtime: only when a scan asks for it

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    params = {
        "Det.limit_type": "max",
        "Det.limit_side_len": 3000,
        "Global.max_side_len": 3000,
        "Global.log_level": "error",
        "Global.use_cls": False,  # it turns single lines of upright pages upside down; whole pages are turned below
    }
    return RapidOCR(params=params)


def page(pdf_page: pypdfium2.PdfPage) -> tuple[Page, str]:
    """The recognised lines of a page, in points, and what is doubtful about it ("" when nothing is)."""
    picture = pdf_page.render(scale=DPI / 72, grayscale=True).to_numpy()
    picture = picture[:, :, 0] if picture.ndim == 3 else picture
    lines, boxes, scores = _recognised(picture)
    if _unsure(lines, scores) > 0.5 * sum(len(line.text) for line in lines):
        turned = _recognised(picture[::-1, ::-1])
        if _unsure(turned[0], turned[2]) < _unsure(lines, scores):  # the page was scanned upside down
            picture, (lines, boxes, scores) = picture[::-1, ::-1], turned
    scale = 72 / DPI
    for line in lines:
        line.left, line.top, line.right, line.bottom = (
            scale * v for v in (line.left, line.top, line.right, line.bottom)
        )
    width, height = pdf_page.get_size()
    return Page(lines, width, height), _doubt(picture, lines, boxes, scores)


def _recognised(picture: np.ndarray) -> tuple[list[Line], list[np.ndarray], list[float]]:
    found = _engine()(np.stack([picture] * 3, axis=-1))
    if found is None or found.boxes is None:
        return [], [], []
    lines, boxes, scores = [], [], []
    for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        if text.strip():
            (left, top), (right, bottom) = box.min(axis=0), box.max(axis=0)
            lines.append(Line(text.strip(), float(left), float(top), float(right), float(bottom)))
            boxes.append(box)
            scores.append(float(score))
    return lines, boxes, scores


def _doubt(picture: np.ndarray, lines: list[Line], boxes: list[np.ndarray], scores: list[float]) -> str:
    ink = picture < DARK
    total = int(ink.sum())
    if not lines:
        return "nothing was recognised" if total > 0.001 * ink.size else ""
    for box in boxes:
        (left, top), (right, bottom) = np.floor(box.min(axis=0)).astype(int), np.ceil(box.max(axis=0)).astype(int)
        reach = max(4, (bottom - top) // 5)
        ink[max(0, top - reach) : bottom + reach, max(0, left - reach) : right + reach] = False
    lost = _lines_of_ink(ink) if total else 0
    size = sum(len(line.text) for line in lines)
    unsure = _unsure(lines, scores)
    lost += sum(_has_room(line) for line in lines)
    words = []
    if lost:
        words.append(f"{lost} places with ink were not read")
    if unsure > UNSURE_SHARE * size:
        words.append(f"{unsure} of {size} characters are unsure")
    return "; ".join(words)


def _unsure(lines: list[Line], scores: list[float]) -> int:
    """The number of characters in lines of which the recogniser is unsure."""
    return sum(len(line.text) for line, score in zip(lines, scores, strict=True) if score < SURE)


def _has_room(line: Line) -> bool:
    """Whether a line's box has room for many more characters than were read in it."""
    squares = (line.right - line.left) / max(1.0, line.bottom - line.top)
    wide = sum(0.5 if char.isascii() else 1.0 for char in line.text)
    return squares > 6 and wide < ROOM * squares


def _lines_of_ink(ink: np.ndarray) -> int:
    """How many places of the page hold ink as a line of text does: not a ruling line, not a speck."""
    cell = 16  # pixels: half a character at 200 dpi
    height, width = (n // cell * cell for n in ink.shape)
    share = ink[:height, :width].reshape(height // cell, cell, width // cell, cell).mean(axis=(1, 3))
    inked = (share > 0.06) & (share < 0.75)
    runs = 0
    for row in inked:
        edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
        runs += int(((edges[1::2] - edges[::2]) >= 3).sum())
    return runs
