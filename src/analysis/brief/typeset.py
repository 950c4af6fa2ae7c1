"""An executed notebook as typst markup: Markdown, tables, figures.

Text is written only as typst strings (`#"…";`), in which nothing but a quote and a backslash has a meaning, so no
document's text can be read as markup.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mistune
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from analysis.brief import cells, widths

WIDE, TURNED = 481.0, 698.0  # points across a page, and across a page that is turned
FULL, SMALL = 8.5, 7.5  # points of a table's letters
WHOLE = 12  # lines of a table that no page break divides
HIGH = 600.0  # points of a figure at most
TALL = 40  # lines of a row that a page break may divide
WORD = 40  # letters of a word in a text that a line may break
LONG = 20  # rows from which a table too wide for the page has pages that are turned
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
TURN = "#page(flipped: true)[\n"  # how the markup of a table on turned pages begins
_NONE: Mapping[str, int] = {}
_markdown = mistune.create_markdown(renderer=None, plugins=["table", "strikethrough"])

Token = dict[str, Any]


@dataclass(frozen=True)
class Drawing:
    """A figure as it stands in the document; sides in points, `scale` of the size at which it was drawn."""

    number: int
    file: str
    alt: str
    wide: float
    high: float
    scale: float = 1.0


def string(text: str) -> str:
    """A typst string with this text; control characters are dropped.

    Example: string('say "no"') gives "say \\"no\\""
    """
    clean = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def literal(text: str) -> str:
    """Markup that prints this text and nothing else."""
    return f"#{string(text)};" if text else ""


def tokens(text: str) -> list[Token]:
    """The blocks of a Markdown text."""
    found = _markdown(text)
    return found if isinstance(found, list) else []


def markdown(text: str, known: Mapping[str, int] = _NONE) -> str:
    """Typst markup of a Markdown text; raw HTML in it is left out.

    Args: known: the anchors that the document has, each with its number.
    """
    return _blocks(tokens(text), known)


def first_title(text: str) -> str | None:
    """The first heading of level 1 in a Markdown text, as plain text."""
    for token in tokens(text):
        if token["type"] == "heading" and token["attrs"]["level"] == 1:
            return plain(token.get("children", []))
    return None


def plain(held: Iterable[Token]) -> str:
    """The words of Markdown tokens without their marks."""
    return "".join(t.get("raw", "") if "children" not in t else plain(t["children"]) for t in held)


def _blocks(held: Iterable[Token], known: Mapping[str, int]) -> str:
    return "\n\n".join(part for part in (_block(token, known) for token in held) if part)


def _block(token: Token, known: Mapping[str, int]) -> str:
    kind, children = token["type"], token.get("children", [])
    if kind == "heading":
        level = max(1, token["attrs"]["level"] - 1)
        return f"#heading(level: {level})[{_inline(children, known)}]"
    if kind in ("paragraph", "block_text"):
        return _inline(children, known)
    if kind == "list":
        maker = "enum" if token["attrs"].get("ordered") else "list"
        entries = ", ".join(f"[{_blocks(item.get('children', []), known)}]" for item in children)
        return f"#{maker}({entries})"
    if kind == "block_code":
        return f"#raw(block: true, {string(widths.broken(token['raw'].rstrip()))})"
    if kind == "block_quote":
        return f"#quote(block: true)[{_blocks(children, known)}]"
    if kind == "thematic_break":
        return "#line(length: 100%, stroke: 0.4pt)"
    if kind == "table":
        return _markdown_table(children, known)
    return ""


def _markdown_table(parts: list[Token], known: Mapping[str, int]) -> str:
    lines: list[list[Token]] = []
    for part in parts:
        lines += [part["children"]] if part["type"] == "table_head" else [row["children"] for row in part["children"]]
    texts = [[plain(cell.get("children", [])) for cell in line] for line in lines]
    marked = [[_inline(cell.get("children", []), known) for cell in line] for line in lines]
    return _sheet(texts, marked, has_head=True)


def _inline(held: Iterable[Token], known: Mapping[str, int]) -> str:
    return "".join(_span(token, known) for token in held)


def _span(token: Token, known: Mapping[str, int]) -> str:
    kind, children = token["type"], token.get("children", [])
    if kind == "text":
        return literal(widths.broken(token["raw"], WORD))
    if kind == "strong":
        return f"#strong[{_inline(children, known)}];"
    if kind == "emphasis":
        return f"#emph[{_inline(children, known)}];"
    if kind == "strikethrough":
        return f"#strike[{_inline(children, known)}];"
    if kind == "codespan":
        return f"#raw({string(token['raw'])});"
    if kind == "link":
        return _leading(token["attrs"]["url"], _inline(children, known), known)
    if kind == "image":
        return _inline(children, known)
    if kind == "linebreak":
        return "#linebreak();"
    return literal(" ") if kind == "softbreak" else ""


def _leading(url: str, body: str, known: Mapping[str, int]) -> str:
    """A link: to a sentence of the document, or to an address; one to nowhere is its words."""
    if not url.startswith("#"):
        return f"#link({string(url)})[{body}];"
    return f"#cited({string(url[1:])}, {known[url[1:]]})[{body}];" if url[1:] in known else body


def html(text: str, known: Mapping[str, int] = _NONE, most: int | None = None) -> str:
    """Typst markup of the tables in an HTML output; of its text when it holds none.

    Args:
        known: the anchors that the document has, each with its number; a link to another one is plain text.
        most: rows of a table that are set; None sets all.
    """
    held = cells.sheets(text, most)
    if held:
        return "\n\n".join(sheet(table, known) for table in held)
    tree = LexborHTMLParser(text)
    for node in tree.css("script, style"):
        node.decompose()
    return literal(tree.body.text(separator=" ").strip()) if tree.body is not None else ""


def sheet(table: cells.Sheet, known: Mapping[str, int] = _NONE) -> str:
    """A table; one too wide for a page is turned when it is long, else set in parts that repeat the first column."""
    texts = [[_measured(cell, known) for cell in line] for line in table.lines]
    marked = [[_cell(cell, known) for cell in line] for line in table.lines]
    return _sheet(texts, marked, bool(table.head), table.caption)


def _measured(cell: cells.Cell, known: Mapping[str, int]) -> str:
    """A cell's text, and room for the numbers of the sentences that it leads to."""
    return cell.text + "".join("0" * len(str(known[p.target])) for p in cell.pieces if p.target in known)


def _cell(cell: cells.Cell, known: Mapping[str, int]) -> str:
    body = "".join(_piece(piece, known) for piece in cell.pieces)
    return f"#right[{body}];" if cell.is_right else body


def _piece(piece: cells.Piece, known: Mapping[str, int]) -> str:
    body = literal(widths.broken(piece.text))
    if piece.is_marked:
        body = f"#marked[{body}];"
    if piece.is_strong:
        body = f"#strong[{body}];"
    return _leading(f"#{piece.target}", body, known) if piece.target else body


def _sheet(texts: list[list[str]], marked: list[list[str]], has_head: bool, caption: str = "") -> str:
    if not any(texts):
        return ""
    size = widths.size(texts, has_head, (FULL, SMALL), WIDE)
    parts = widths.fit(texts, WIDE / size, has_head)
    turned = widths.fit(texts, TURNED / size, has_head)
    is_turned = len(turned) < len(parts) and len(texts) > LONG
    room = TURNED if is_turned else WIDE
    held = "\n\n".join(
        _part(texts, marked, part, has_head, caption, size, room) for part in (turned if is_turned else parts)
    )
    return f"{TURN}{held}\n]" if is_turned else held


def _part(
    texts: list[list[str]], marked: list[list[str]], columns: list[int], has_head: bool, caption: str, size: float, room: float
) -> str:  # fmt: skip
    own = [[line[c] for c in columns] for line in texts]
    rows = [[line[c] for c in columns] for line in marked]
    sides = widths.columns(own, room / size, has_head)
    head = "".join(f"[{cell}], " for cell in rows[0]) if has_head else ""
    body = "\n".join("  " + " ".join(f"[{cell}]," for cell in row) for row in rows[has_head:])
    n_lines = widths.n_lines(own, sides)
    told = {
        "columns": f"({''.join(f'{side * size:.1f}pt, ' for side in sides)})", "caption": string(caption), "head": f"({head})",
        "size": f"{size}pt", "whole": _yes(sum(n_lines) <= WHOLE), "tight": "false", "cut": _yes(max(n_lines) > TALL),
    }  # fmt: skip
    return f"#sheet({', '.join(f'{name}: {value}' for name, value in told.items())},\n{body}\n)"


def _yes(held: bool) -> str:
    return "true" if held else "false"


def figure(data: str | bytes, kind: str, alt: str, folder: Path, number: int) -> Drawing:
    """A figure whose file is written into the folder; no wider than the page, no higher than most of it."""
    name = f"figure-{number}.{kind}"
    held = data.encode("utf-8") if kind == "svg" and isinstance(data, str) else base64.b64decode(data)
    (folder / name).write_bytes(held)
    wide, high = _sides(str(data)) if kind == "svg" else _pixels(held)
    scale = min(1.0 if kind == "svg" else WIDE / wide, WIDE / wide, HIGH / high)
    return Drawing(number, name, alt, wide * scale, high * scale, scale)


def _sides(svg: str) -> tuple[float, float]:
    """Width and height of a drawing, in points."""
    tag = re.search(r"<svg[^>]*>", svg)
    sides = {
        name: float(size) for name, size in re.findall(r'\s(width|height)="([\d.]+)(?:pt|px)?"', tag.group() if tag else "")
    }  # fmt: skip
    return (
        (sides["width"], sides["height"])
        if min([*sides.values(), 0.0 if len(sides) < 2 else 1.0]) > 0
        else (WIDE, HIGH)
    )


def _pixels(data: bytes) -> tuple[float, float]:
    with Image.open(io.BytesIO(data)) as picture:
        return float(picture.width), float(picture.height)
