"""A Word file → paragraphs with their printed numbers, tables in place, text boxes, insertions, footnotes.

Read from the parts themselves: no reader of Word files gives automatic numbers in Chinese formats (一、 （一）).
Source: ECMA-376 part 1, 17 (WordprocessingML).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from analysis.read.numbering import Lists, W, lists
from analysis.read.problem import Unreadable, row
from analysis.text import Source

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
GONE = {
    f"{W}{t}" for t in ("del", "moveFrom", "instrText", "delText", "rt", "pPr", "rPr", "footnoteReference", "comment")
}
HEADING_NAME = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.I)
CELL = 500  # characters: a longer cell holds a part of the document
CELL_PARAGRAPHS = 8
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


@dataclass
class Style:
    """What a paragraph style gives its paragraphs."""

    level: int | None = None
    list_id: str | None = None
    depth: int = 0


@dataclass
class Writer:
    """Writes the body into lines."""

    source: Source
    styles: dict[str, Style]
    lists: Lists
    lines: list[str] = field(default_factory=list)
    length: int = 0
    boxes: list[etree._Element] = field(default_factory=list)

    def line(self, text: str) -> tuple[int, int] | None:
        """Adds a line; its span, or None when it is blank."""
        if not text.strip():
            return None
        start = self.length
        self.lines.append(text)
        self.length += len(text) + 1
        return start, start + len(text)

    def body(self, node: etree._Element) -> None:
        """Adds all paragraphs and tables below a node, in order."""
        for child in node:
            if child.tag == f"{W}p":
                self.paragraph(child)
            elif child.tag == f"{W}tbl":
                self.table(child)
            elif child.tag not in GONE and isinstance(child.tag, str):
                self.body(child)

    def paragraph(self, p: etree._Element) -> None:
        """Adds a paragraph, then the text boxes that hang on it."""
        level, number = self._form(p)
        text = "".join(self._words(p))
        if text.strip():
            span = self.line(number + text.lstrip() if number else text)
            if span and level is not None:
                self.source.headings.append((*span, level))
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.body(box)

    def _form(self, p: etree._Element) -> tuple[int | None, str]:
        """The heading level and the printed number of a paragraph."""
        properties = p.find(f"{W}pPr")
        style, own = Style(), None
        level, list_id, depth = None, None, None
        if properties is not None:
            named = properties.find(f"{W}pStyle")
            style = self.styles.get("" if named is None else named.get(f"{W}val", ""), Style())
            own = properties.find(f"{W}numPr")
            outline = properties.find(f"{W}outlineLvl")
            if outline is not None and outline.get(f"{W}val", "9").isdigit():
                level = int(outline.get(f"{W}val", "9")) + 1
        if own is not None:
            list_id, depth = _number_of(own)
        list_id = style.list_id if list_id is None else list_id
        depth = style.depth if depth is None else depth
        level = style.level if level is None else level
        has_text = any(t.text for t in p.iter(f"{W}t"))
        number = self.lists.number(list_id, depth) if list_id not in (None, "0") and has_text else ""
        return (level if level is not None and level <= 9 else None), number

    def _words(self, node: etree._Element) -> Iterator[str]:
        for child in node:
            tag = child.tag
            if tag in (f"{W}t", f"{M}t"):
                yield child.text or ""
            elif tag == f"{W}tab":
                yield " "
            elif tag in (f"{W}br", f"{W}cr"):
                yield "\n"
            elif tag == f"{W}noBreakHyphen":
                yield "-"
            elif tag == f"{W}txbxContent":
                self.boxes.append(child)
            elif tag == f"{MC}AlternateContent":
                choice = child.find(f"{MC}Choice")
                yield from self._words(choice if choice is not None else child)
            elif tag == f"{W}r" and _is_hidden(child):
                continue
            elif tag not in GONE and isinstance(tag, str):
                yield from self._words(child)

    def table(self, table: etree._Element) -> None:
        """Adds a table row by row; a table that only lays out the page gives its paragraphs."""
        rows = [list(_cells(tr)) for tr in _rows(table)]
        if any(_is_page(cell) for cells in rows for cell in cells) or max(map(len, rows), default=0) < 2:
            for cells in rows:
                for cell in cells:
                    self.body(cell)
            return
        for cells in rows:
            span = self.line("\t".join(_padded(self, cells)).rstrip())
            if span:
                self.source.tables.append(span)


def read(data: bytes, name: str) -> Source:
    """The Source of a Word file: headings as styles mark them, table rows with cells parted by tabs.

    Raises: Unreadable when it does not open.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {
                part: _part(archive, part) for part in ("document", "styles", "numbering", "footnotes", "endnotes")
            }
    except (zipfile.BadZipFile, etree.XMLSyntaxError, NotImplementedError, RuntimeError) as error:
        raise Unreadable(
            f"{name}: the Word file is broken ({error}); open it in Word or WPS and save it again"
        ) from error
    document = parts["document"]
    if document is None:
        raise Unreadable(f"{name}: the Word file has no text part; open it in Word or WPS and save it again")
    made = Source(name, "", "docx", "")
    writer = Writer(made, _styles(parts["styles"]), lists(parts["numbering"]))
    writer.body(document)
    for notes in ("footnotes", "endnotes"):
        _notes(writer, parts[notes])
    made.text = "\n".join(writer.lines)
    if not made.text.strip():
        made.problems.append(row(name, "error", "the Word file holds no text; it may hold pictures of pages only"))
    return made


def _part(archive: zipfile.ZipFile, part: str) -> etree._Element | None:
    try:
        return etree.fromstring(archive.read(f"word/{part}.xml"), PARSER)
    except KeyError:
        return None


def _styles(part: etree._Element | None) -> dict[str, Style]:
    """The paragraph styles by their id, with what they take from the styles they build on."""
    nodes = {} if part is None else {s.get(f"{W}styleId", ""): s for s in part.findall(f"{W}style")}

    def style(name: str, depth: int = 0) -> Style:
        node = nodes.get(name)
        if node is None or depth > 10:
            return Style()
        based = node.find(f"{W}basedOn")
        base = style(based.get(f"{W}val", ""), depth + 1) if based is not None else Style()
        made = Style(base.level, base.list_id, base.depth)
        title = node.find(f"{W}name")
        heading = HEADING_NAME.match(title.get(f"{W}val", "")) if title is not None else None
        outline = node.find(f"{W}pPr/{W}outlineLvl")
        if heading:
            made.level = int(heading.group(1))
        elif outline is not None and outline.get(f"{W}val", "").isdigit():
            made.level = int(outline.get(f"{W}val", "9")) + 1
        own = node.find(f"{W}pPr/{W}numPr")
        if own is not None:
            list_id, level = _number_of(own)
            made.list_id = made.list_id if list_id is None else list_id
            made.depth = made.depth if level is None else level
        return made

    return {name: style(name) for name in nodes}


def _number_of(own: etree._Element) -> tuple[str | None, int | None]:
    list_id, level = own.find(f"{W}numId"), own.find(f"{W}ilvl")
    depth = None if level is None else int(level.get(f"{W}val", "0"))
    return (None if list_id is None else list_id.get(f"{W}val")), depth


def _is_hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "1") not in ("0", "false", "off")


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table that are not deleted."""
    for child in table:
        if child.tag == f"{W}tr":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins"):
            yield from _rows(child)


def _cells(tr: etree._Element) -> Iterator[etree._Element]:
    for child in tr:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent"):
            yield from _cells(child)


def _is_page(cell: etree._Element) -> bool:
    """Whether a cell holds a part of the document rather than a datum."""
    paragraphs = cell.findall(f"{W}p")
    size = sum(len(t.text or "") for t in cell.iter(f"{W}t"))
    return size > CELL or (len(paragraphs) > CELL_PARAGRAPHS and size > CELL // 2)


def _padded(writer: Writer, cells: list[etree._Element]) -> Iterator[str]:
    """The texts of a row's cells; a cell over several columns is followed by empty ones, so that columns stay."""
    for cell in cells:
        paragraphs = []
        for p in cell.iter(f"{W}p"):
            _, number = writer._form(p)
            text = "".join(writer._words(p)).replace("\n", " ").replace("\t", " ").strip()
            paragraphs.append(number + text if text else "")
        yield " ".join(part for part in paragraphs if part)
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        if span is not None and span.get(f"{W}val", "1").isdigit():
            yield from [""] * (min(int(span.get(f"{W}val", "1")), 60) - 1)


def _notes(writer: Writer, part: etree._Element | None) -> None:
    """Footnotes or endnotes, a line each, at the end of the text."""
    if part is not None:
        for note in part:
            if note.get(f"{W}type", "normal") == "normal":
                writer.body(note)
