"""Lines on a page → reading order → paragraphs; the same for text layers and for recognised scans."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

PAGE_NUMBER = re.compile(r"^[\s—–―\-－·.第_|]{0,6}\d{1,4}[\s—–―\-－·.页_|]{0,6}(?:[/／共]\s?共?\s?\d{1,4}\s?页?)?$")
ENDED = re.compile(r"[。！？!?][”’）)》」』]*$")
NEW_PART = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|第[一二三四五六七八九十百]{1,4}[章节条部]|——|[①-⑳]|附件|附表)"
)
LEADER = re.compile(r"[.…·．]{6,200}\s?\d{1,3}$")  # a line of a contents list
HYPHEN = re.compile(r"[a-z]-$")
LATIN_END, LATIN_START = re.compile(r"[A-Za-z,.;:]$"), re.compile(r"^[A-Za-z]")
GUTTERS = 6  # places where many lines begin that are tried as the start of a column
MARGIN = 0.12  # share of the page's height in which running headers and footers stand


@dataclass
class Line:
    """A piece of a line: its text and box, in points from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    is_row: bool = False  # a row of a table: cells parted by tabs

    @property
    def height(self) -> float:
        """Height of the box."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Vertical middle of the box."""
        return (self.top + self.bottom) / 2


@dataclass
class Page:
    """The lines of a page and its size."""

    lines: list[Line]
    width: float
    height: float


def reading_order(page: Page) -> list[list[Line]]:
    """The columns of a page in reading order, each with its lines from top to bottom, pieces of a line joined."""
    return [joined for column in _cut(page.lines, page.width) if (joined := _rows(column))]


def _cut(lines: list[Line], width: float, depth: int = 0) -> list[list[Line]]:
    """Cuts the page at a gutter; lines that cross it (titles) part what is above from what is below."""
    gutter = _gutter(lines, width) if depth < 4 else None
    if gutter is None:
        return [lines] if lines else []
    out: list[list[Line]] = []
    band: list[Line] = []
    crossing = sorted((x for x in lines if x.left < gutter < x.right), key=lambda x: x.top)
    rest = [x for x in lines if not x.left < gutter < x.right]
    edges = [x.middle for x in crossing] + [float("inf")]
    at = float("-inf")
    for i, edge in enumerate(edges):
        band = [x for x in rest if at <= x.middle < edge]
        out += _cut([x for x in band if x.right <= gutter], width, depth + 1)
        out += _cut([x for x in band if x.left >= gutter], width, depth + 1)
        if i < len(crossing):
            out.append([crossing[i]])
        at = edge
    return _merged(out)


def _merged(columns: list[list[Line]]) -> list[list[Line]]:
    """Neighbouring single lines become one column."""
    out: list[list[Line]] = []
    for column in columns:
        if out and len(column) == 1 and len(out[-1]) == 1:
            out[-1] = out[-1] + column
        elif column:
            out.append(list(column))
    return out


def _gutter(lines: list[Line], width: float) -> float | None:
    """The x of a gutter between two columns of running text, None when the page has one column."""
    text = [x for x in lines if not x.is_row]
    if len(text) < 8:
        return None
    size = median(x.height for x in text)
    starts = Counter(round(x.left) for x in text if 0.3 * width < x.left < 0.7 * width)
    for start, _ in starts.most_common(GUTTERS):
        x = start - 1.0
        left = [line for line in text if line.right <= x + 0.5]
        right = [line for line in text if line.left >= x]
        crossing = len(text) - len(left) - len(right)
        if min(len(left), len(right)) < 4 or crossing > 0.25 * len(text):
            continue
        gap = min(line.left for line in right) - _high(line.right for line in left)
        widths = [median(line.right - line.left for line in side) for side in (left, right)]
        if gap >= 0.1 * size and min(widths) >= 0.24 * width:
            return x
    return None


def _high(values: Iterable[float]) -> float:
    ordered = sorted(values)
    return ordered[int(0.95 * (len(ordered) - 1))]


def _rows(lines: list[Line]) -> list[Line]:
    """Pieces that stand on one line are joined, from left to right; lines from top to bottom."""
    out: list[Line] = []
    for piece in sorted(lines, key=lambda x: (x.middle, x.left)):
        last = out[-1] if out else None
        if last and not (last.is_row or piece.is_row) and _same_line(last, piece):
            first, second = (last, piece) if last.left <= piece.left else (piece, last)
            wide = second.left - first.right > 0.4 * max(first.height, 1)
            text = first.text + (" " if wide else "") + second.text
            out[-1] = Line(
                text, first.left, min(last.top, piece.top), max(last.right, piece.right), max(last.bottom, piece.bottom)
            )
        else:
            out.append(piece)
    return out


def _same_line(a: Line, b: Line) -> bool:
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap > 0.5 * min(a.height, b.height) and (b.left >= a.right - 2 or b.right <= a.left + 2)


def without_margins(pages: list[Page]) -> list[Page]:
    """The pages without page numbers, and without running headers and footers."""
    marks: Counter[tuple[bool, str]] = Counter()
    for page in pages:
        marks.update(
            {(line.middle < page.height / 2, _mask(line.text)) for line in page.lines if _in_margin(line, page)}
        )
    often = {mark for mark, n in marks.items() if n >= max(2, 0.4 * len(pages)) and len(pages) > 1}

    def is_margin(line: Line, page: Page) -> bool:
        if not _in_margin(line, page):
            return False
        return bool(PAGE_NUMBER.match(line.text)) or (line.middle < page.height / 2, _mask(line.text)) in often

    return [Page([x for x in p.lines if not is_margin(x, p)], p.width, p.height) for p in pages]


def _in_margin(line: Line, page: Page) -> bool:
    return not line.is_row and (line.bottom < MARGIN * page.height or line.top > (1 - MARGIN) * page.height)


def _mask(text: str) -> str:
    return re.sub(r"\d+", "0", "".join(text.split()))


@dataclass
class Block:
    """Lines of one column that follow each other, with the column's edges and usual line distance."""

    lines: list[Line]
    left: float
    right: float
    size: float
    step: float

    @classmethod
    def of(cls, lines: list[Line]) -> Block:
        """A block with its edges measured; single strays do not move them."""
        text = [x for x in lines if not x.is_row] or lines
        size = median(x.height for x in text)
        lefts = sorted(x.left for x in text)
        steps = [b.top - a.top for a, b in itertools.pairwise(lines) if b.top > a.top]
        step = median(steps) if steps else 2 * size
        return cls(lines, lefts[int(0.1 * (len(lefts) - 1))], _high(x.right for x in text), size, step)

    def is_full(self, line: Line) -> bool:
        """Whether a line reaches the column's right edge."""
        return line.right >= self.right - 1.6 * self.size

    def goes_on(self, line: Line, after: Line) -> bool:
        """Whether the next line continues the paragraph of this one."""
        if line.is_row or after.is_row or not self.is_full(line) or LEADER.search(line.text):
            return False
        if line.left > self.left + 0.3 * (self.right - self.left):  # set to the right: a sign-off or a date
            return False
        if abs(line.height - after.height) > 0.3 * max(line.height, after.height):
            return False
        if after.top - line.top > max(1.7 * self.step, 2.4 * line.height) and after.top > line.top:
            return False
        indented = after.left > self.left + 1.2 * self.size
        if indented and (ENDED.search(line.text) or NEW_PART.match(after.text) or line.left < self.left + self.size):
            return False
        return not (indented and after.left > line.left + self.size) and not _is_new_part(line, after)


def _is_new_part(line: Line, after: Line) -> bool:
    return bool(ENDED.search(line.text) and NEW_PART.match(after.text))


def glue(text: str, after: str) -> str:
    """What stands between two lines of a paragraph when they are joined; "-" says that a hyphen goes."""
    if HYPHEN.search(text) and LATIN_START.match(after):
        return "-"
    return " " if LATIN_END.search(text) and LATIN_START.match(after) else ""
