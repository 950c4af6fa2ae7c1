"""An executed notebook as typst markup: Markdown, tables, figures.

Text is written only as typst strings (`#"…";`), in which nothing but a quote and a backslash has a meaning, so no
document's text can be read as markup.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import mistune
from selectolax.lexbor import LexborHTMLParser, LexborNode

LINE = 100  # half-width characters that a table's line holds at full size
SMALL_LINE = 128  # and that it holds in small print; a wider table is set in parts that repeat the first column
LEAST = 14  # half-width characters below which a column of longer text is not pressed
WHOLE = 9  # lines of a table that no page break divides
HEADING = 10  # half-width characters at which a column's heading may break over lines
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_WORD = re.compile(r"[!-~]+")
_LONG = re.compile(r"[^\s\u2e80-\uffef]{18}(?=[^\s\u2e80-\uffef])")
_WIDE = frozenset("WF")
_markdown = mistune.create_markdown(renderer=None, plugins=["table", "strikethrough"])

Token = dict[str, Any]


def string(text: str) -> str:
    """A typst string with this text; control characters are dropped.

    Example: string('say "no"') gives "say \\"no\\""
    """
    clean = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def literal(text: str) -> str:
    """Markup that prints this text and nothing else."""
    return f"#{string(text)};" if text else ""


def broken(text: str) -> str:
    """The text with places to break in runs that have none (addresses, codes)."""
    return _LONG.sub(lambda found: found.group() + "\u200b", text)


def tokens(text: str) -> list[Token]:
    """The blocks of a Markdown text."""
    found = _markdown(text)
    return found if isinstance(found, list) else []


def markdown(text: str) -> str:
    """Typst markup of a Markdown text; raw HTML in it is left out."""
    return _blocks(tokens(text))


def first_title(text: str) -> str | None:
    """The first heading of level 1 in a Markdown text, as plain text."""
    for token in tokens(text):
        if token["type"] == "heading" and token["attrs"]["level"] == 1:
            return plain(token.get("children", []))
    return None


def plain(held: Iterable[Token]) -> str:
    """The words of Markdown tokens without their marks."""
    return "".join(t.get("raw", "") if "children" not in t else plain(t["children"]) for t in held)


def _blocks(held: Iterable[Token]) -> str:
    return "\n\n".join(part for part in map(_block, held) if part)


def _block(token: Token) -> str:
    kind, children = token["type"], token.get("children", [])
    if kind == "heading":
        level = max(1, token["attrs"]["level"] - 1)
        return f"#heading(level: {level})[{_inline(children)}]"
    if kind in ("paragraph", "block_text"):
        return _inline(children)
    if kind == "list":
        maker = "enum" if token["attrs"].get("ordered") else "list"
        entries = ", ".join(f"[{_blocks(item.get('children', []))}]" for item in children)
        return f"#{maker}({entries})"
    if kind == "block_code":
        return f"#raw(block: true, {string(broken(token['raw'].rstrip()))})"
    if kind == "block_quote":
        return f"#quote(block: true)[{_blocks(children)}]"
    if kind == "thematic_break":
        return "#line(length: 100%, stroke: 0.4pt)"
    if kind == "table":
        return _markdown_table(children)
    return ""


def _markdown_table(parts: list[Token]) -> str:
    lines: list[list[Token]] = []
    for part in parts:
        lines += [part["children"]] if part["type"] == "table_head" else [row["children"] for row in part["children"]]
    texts = [[plain(cell.get("children", [])) for cell in line] for line in lines]
    marked = [[_inline(cell.get("children", [])) for cell in line] for line in lines]
    return _sheet(texts, marked, has_head=True)


def _inline(held: Iterable[Token]) -> str:
    return "".join(map(_span, held))


def _span(token: Token) -> str:
    kind, children = token["type"], token.get("children", [])
    if kind == "text":
        return literal(token["raw"])
    if kind == "strong":
        return f"#strong[{_inline(children)}];"
    if kind == "emphasis":
        return f"#emph[{_inline(children)}];"
    if kind == "strikethrough":
        return f"#strike[{_inline(children)}];"
    if kind == "codespan":
        return f"#raw({string(token['raw'])});"
    if kind == "link" and not token["attrs"]["url"].startswith("#"):
        return f"#link({string(token['attrs']['url'])})[{_inline(children)}];"
    if kind in ("image", "link"):  # what opens in the page stands as its words on paper
        return _inline(children)
    if kind == "linebreak":
        return "#linebreak();"
    return literal(" ") if kind == "softbreak" else ""


def html(text: str, known: frozenset[str] = frozenset(), most: int | None = None) -> str:
    """Typst markup of the tables in an HTML output; of its text when it holds none.

    Args:
        known: the anchors that the document has; a link to another one is plain text.
        most: rows of a table that are set; None sets all.
    """
    tree = LexborHTMLParser(text)
    for node in tree.css("script, style"):
        node.decompose()
    tables = tree.css("table")
    if tables:
        return "\n\n".join(_table(node, known, most) for node in tables)
    return literal(tree.body.text(separator=" ").strip()) if tree.body is not None else ""


def _table(node: LexborNode, known: frozenset[str], most: int | None) -> str:
    head = node.css_first("thead")
    n_lines = None if most is None else most + (head is not None)
    lines = [[c for c in row.css("th, td")] for row in node.css("tr")[:n_lines]]
    caption = node.css_first("caption")
    texts = [[cell_text(cell) for cell in line] for line in lines]
    marked = [[_cell(cell, known) for cell in line] for line in lines]
    return _sheet(texts, marked, head is not None, caption.text().strip() if caption is not None else "")


def cell_text(cell: LexborNode) -> str:
    """What a table's cell says, its lines parted."""
    for line in cell.css("br"):
        line.replace_with("\n")
    return cell.text().strip()


def _cell(cell: LexborNode, known: frozenset[str]) -> str:
    body = literal(broken(cell.text().strip()))
    link = cell.css_first("a[href^='#']")
    target = (link.attributes.get("href") or "")[1:] if link is not None else ""
    if target in known:
        body = f"#cited({string(target)})[{body}];"
    return f"#right[{body}];" if "num" in (cell.attributes.get("class") or "").split() else body


def _sheet(texts: list[list[str]], marked: list[list[str]], has_head: bool, caption: str = "") -> str:
    """A table, in parts that repeat the first column when it is too wide for a page."""
    n = max(map(len, marked), default=0)
    widths = [_column_width(texts, c, has_head) for c in range(n)]
    parts = [_part(texts, marked, columns, widths, has_head, caption) for columns in _parts(widths)]
    return "\n\n".join(parts)


def _column_width(texts: list[list[str]], column: int, has_head: bool) -> int:
    """The widest cell, or a heading as far as it need not break over lines."""
    held = [_width(line[column]) for line in texts if column < len(line)]
    if not has_head or len(held) < 2:
        return max(held, default=1)
    return max(min(held[0], max([HEADING, *map(len, _WORD.findall(texts[0][column]))])), *held[1:])


def _parts(widths: list[int]) -> list[list[int]]:
    """The columns of each part: as many as a line in small print holds, the first column in every part."""
    parts: list[list[int]] = []
    for column, width in enumerate(widths):
        used = sum(min(widths[c], LEAST) + 3 for c in parts[-1]) if parts else 0
        if not parts:
            parts.append([column])
        elif used + min(width, LEAST) + 3 > SMALL_LINE:
            parts.append([0, column])
        else:
            parts[-1].append(column)
    return parts


def _part(
    texts: list[list[str]], marked: list[list[str]], columns: list[int], widths: list[int], has_head: bool, caption: str
) -> str:
    rows = [[line[c] if c < len(line) else "" for c in columns] for line in marked]
    head = ", ".join(f"[{cell}]" for cell in rows[0]) + "," if has_head and rows else ""
    body = "\n".join("  " + " ".join(f"[{cell}]," for cell in row) for row in rows[1 if has_head else 0 :])
    own = [widths[c] for c in columns]
    size = "8.5pt" if sum(min(w, 2 * LEAST) + 3 for w in own) <= LINE else "7.5pt"
    heads = [_width(texts[0][c]) if has_head and c < len(texts[0]) else 0 for c in columns]
    return (
        f"#sheet(columns: {_tracks(own, heads)}, caption: {string(caption)}, head: ({head}), size: {size}, "
        f"whole: {'true' if len(rows) <= WHOLE else 'false'},\n{body}\n)"
    )


def _tracks(widths: list[int], heads: list[int]) -> str:
    """Column widths: as wide as the content where the line holds all, else long columns share what is left."""
    fits = sum(widths) + 3 * len(widths) <= LINE
    tracks = [_track(width, head, fits) for width, head in zip(widths, heads, strict=True)]
    return f"({', '.join(tracks)},)"


def _track(width: int, head: int, fits: bool) -> str:
    if not fits and width > LEAST:
        return f"{min(width, 60) ** 0.5:.1f}fr"
    return "auto" if head <= width else f"{0.56 * width + 1.3:.2f}em"  # 1.3: the space beside the text


def _width(text: str) -> int:
    return max(
        (sum(2 if unicodedata.east_asian_width(c) in _WIDE else 1 for c in line) for line in text.split("\n")),
        default=0,
    )


def figure(data: str | bytes, kind: str, alt: str, folder: Path, number: int) -> str:
    """Markup of a figure, whose file is written into the folder; no wider than the page, no higher than most of it."""
    name = f"figure-{number}.{kind}"
    held = data.encode("utf-8") if kind == "svg" and isinstance(data, str) else base64.b64decode(data)
    (folder / name).write_bytes(held)
    size = "width: 100%" if kind != "svg" else _size(str(data))
    return f"#figure(image({string(name)}, {size}, alt: {string(alt)}))"


def _size(svg: str) -> str:
    found = re.search(r'<svg[^>]*?\swidth="([\d.]+)pt"[^>]*?\sheight="([\d.]+)pt"', svg) or re.search(
        r'<svg[^>]*?\sheight="([\d.]+)pt"[^>]*?\swidth="([\d.]+)pt"', svg
    )
    if found is None:
        return "width: 100%"
    sides = [float(side) for side in found.groups()]
    wide, high = sides if 'width="' + found.group(1) in found.group() else sides[::-1]
    scale = min(1.0, 481.0 / wide, 600.0 / high)
    return f"width: {wide * scale:.1f}pt"
