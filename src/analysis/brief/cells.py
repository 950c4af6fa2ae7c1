"""What the tables of an HTML output hold, piece by piece, for the sheets that are set on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode


class Piece(NamedTuple):
    """Words of a cell that are printed alike; `target` is the anchor that they lead to, if any."""

    text: str
    is_strong: bool = False
    is_marked: bool = False
    target: str = ""


@dataclass(frozen=True)
class Cell:
    """A table's cell: its pieces, and whether it stands to the right."""

    pieces: tuple[Piece, ...]
    is_right: bool = False

    @property
    def text(self) -> str:
        """What the cell says, its lines parted."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Sheet:
    """A table: its caption, the cells of its head (none without a head) and of its rows, all rows equally long."""

    caption: str
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def lines(self) -> list[tuple[Cell, ...]]:
        """Head and rows."""
        return [self.head, *self.rows] if self.head else list(self.rows)

    @property
    def is_marked(self) -> bool:
        """Whether words in it are marked."""
        return any(piece.is_marked for row in self.rows for cell in row for piece in cell.pieces)


def sheets(html: str, most: int | None = None) -> list[Sheet]:
    """The tables of an HTML text, in order.

    Args: most: rows of a table that are kept; None keeps all.
    """
    return [_sheet(node, most) for node in LexborHTMLParser(html).css("table")]


def _sheet(node: LexborNode, most: int | None) -> Sheet:
    caption, lines = node.css_first("caption"), node.css("tr")
    has_head = node.css_first("thead") is not None and bool(lines)
    held = [
        [cell(inner) for inner in line.css("th, td")] for line in lines[: None if most is None else most + has_head]
    ]
    n = max(map(len, held), default=0)
    whole = [(*line, *[Cell(())] * (n - len(line))) for line in held]
    title = caption.text().strip() if caption is not None else ""
    return Sheet(title, whole[0] if has_head else (), tuple(whole[has_head:]))


def cell(node: LexborNode) -> Cell:
    """A table's cell in pieces; white space at its ends is gone."""
    joined: list[Piece] = []
    for piece in _pieces(node, Piece("")):
        if joined and joined[-1][1:] == piece[1:]:
            joined[-1] = joined[-1]._replace(text=joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return _stripped(Cell(tuple(joined), "num" in (node.attributes.get("class") or "").split()))


def marked_down(table: Mapping[str, Any], plain: Callable[[Any], str]) -> Sheet:
    """A table of a Markdown text. Args: plain: the words of its tokens."""
    lines = [part["children"] for part in table["children"] if part["type"] == "table_head"]
    rows = [row["children"] for part in table["children"] if part["type"] == "table_body" for row in part["children"]]
    held = [tuple(Cell((Piece(plain(c.get("children", []))),)) for c in line) for line in [*lines, *rows]]
    return Sheet("", held[0] if lines else (), tuple(held[len(lines) :]))


def _pieces(node: LexborNode, like: Piece) -> Iterator[Piece]:
    for inner in node.iter(include_text=True):
        tag = inner.tag
        if tag == "-text":
            yield like._replace(text=inner.text())
        elif tag == "br":
            yield like._replace(text="\n")
        elif tag not in ("script", "style"):
            yield from _pieces(inner, _as(inner, like))


def _as(node: LexborNode, like: Piece) -> Piece:
    """How the words inside an element are printed."""
    tag, link = node.tag, node.attributes.get("href") or ""
    return like._replace(
        is_strong=like.is_strong or tag in ("b", "strong"),
        is_marked=like.is_marked or tag in ("mark", "ins", "del"),
        target=link[1:] if tag == "a" and link.startswith("#") else like.target,
    )


def _stripped(held: Cell) -> Cell:
    pieces = list(held.pieces)
    while pieces and not pieces[0].text.strip():
        del pieces[0]
    while pieces and not pieces[-1].text.strip():
        del pieces[-1]
    if pieces:
        pieces[0] = pieces[0]._replace(text=pieces[0].text.lstrip())
        pieces[-1] = pieces[-1]._replace(text=pieces[-1].text.rstrip())
    return replace(held, pieces=tuple(pieces))
