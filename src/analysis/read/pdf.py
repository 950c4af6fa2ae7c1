"""A PDF → paragraphs in reading order; `pages` are the start offsets of its pages.

Pages without a text layer are recognised when the `ocr` extra is installed; else they are rows of `problems`.
"""

from __future__ import annotations

import ctypes
import io
import logging
import re
import warnings

import pypdfium2
import pypdfium2.raw as raw

from analysis.read import layout, ocr
from analysis.read.layout import Block, Line, Page
from analysis.read.problem import Unreadable, row
from analysis.text import Source

SENTENCE = re.compile(r"[。；！？，]")
GAP = "\0"
FEW = 8  # characters: a page with fewer has no text layer
CELL = 400  # characters: a longer cell holds a part of the page, and the rules are a frame
RULES = 4  # ruling lines from which a page may hold a table


def read(data: bytes, name: str) -> Source:
    """The Source of a PDF.

    Raises: Unreadable when it does not open, or holds no page.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(
            f"{name}: the PDF does not open ({error}); download it again, or remove its password"
        ) from error
    made = Source(name, "", "pdf", "")
    with document:
        pages = [_page(page) for page in document]
        if not pages:
            raise Unreadable(f"{name}: the PDF has no page; download it again")
        _ruled(document, pages, data)
        scans = [i for i, page in enumerate(pages) if _size(page) < FEW and _has_picture(document[i])]
        if scans:
            _recognise(made, document, pages, scans)
    write(made, layout.without_margins(pages))
    if made.text.strip() and len(SENTENCE.findall(made.text)) < 3:
        made.problems.append(
            row(name, "warning", "the PDF holds hardly a sentence; it may be a cover or a viewer's page")
        )
    if not made.text.strip() and not made.problems:
        made.problems.append(row(name, "error", "the PDF holds no text and no pictures of pages"))
    return made


def _size(page: Page) -> int:
    return sum(len(line.text) for line in page.lines)


def _page(page: pypdfium2.PdfPage) -> Page:
    width, height = page.get_size()
    layer = page.get_textpage()
    try:
        lines = _lines(layer, height)
    finally:
        layer.close()
    return Page(lines, width, height)


def _lines(layer: pypdfium2.PdfTextPage, height: float) -> list[Line]:
    """The pieces of lines of a text layer: cut at its line ends and at wide gaps."""
    lines: list[Line] = []
    chars: list[str] = []
    box: list[float] = []
    edges = raw.FS_RECTF()
    at = ctypes.byref(edges)

    def end() -> None:
        text = "".join(chars).replace(GAP, " ").strip()
        if text and box:
            lines.append(Line(text, box[0], height - box[3], box[1], height - box[2]))
        chars.clear()
        box.clear()

    for i in range(layer.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(layer, i))
        if char in "\r\n":
            end()
            continue
        if char == "\ufffe" or (char < " " and char != "\t"):  # PDFium's sign for a hyphen at a line's end
            chars.append("-" if char in "\ufffe\x02" else "")
            continue
        raw.FPDFText_GetLooseCharBox(layer, i, at)
        x0, x1, y0, y1 = edges.left, edges.right, edges.bottom, edges.top
        if char.isspace() or x1 <= x0:
            is_made = raw.FPDFText_IsGenerated(layer, i) == 1  # a blank that PDFium saw in a gap, not one of the text
            chars.append(GAP if is_made else " " if char.isspace() else char)
            continue
        if box and (x0 - box[1] > 2.2 * (box[3] - box[2]) or x0 < box[1] - 4 * (y1 - y0) or y1 < box[2] or y0 > box[3]):
            end()
        if chars and chars[-1] == GAP:
            chars[-1] = " " if _is_blank(chars, char, x0 - box[1], y1 - y0) else ""
        chars.append(char)
        box[:] = [min(box[0], x0), max(box[1], x1), min(box[2], y0), max(box[3], y1)] if box else [x0, x1, y0, y1]
    end()
    return lines


def _is_blank(chars: list[str], char: str, gap: float, size: float) -> bool:
    """Whether a gap is a blank: always between Latin words, between Han characters only where a character would fit."""
    before = next((c for c in reversed(chars[:-1]) if c), "")
    return (before.isascii() and char.isascii()) or gap > 0.8 * size


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether a picture covers a third of the page."""
    width, height = page.get_size()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_pos() if hasattr(item, "get_pos") else item.get_bounds()
        if (right - left) * (top - bottom) > 0.3 * width * height:
            return True
    return False


def _ruled(document: pypdfium2.PdfDocument, pages: list[Page], data: bytes) -> None:
    """Puts the rows of ruled tables in the place of the lines that they are made of."""
    ruled = [i for i in range(len(pages)) if _size(pages[i]) >= FEW and _rules(document[i]) >= RULES]
    if not ruled:
        return
    import pdfplumber  # slow to import, and few PDFs hold tables

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # fonts that it cannot measure are no news to the reader

    with warnings.catch_warnings(), pdfplumber.open(io.BytesIO(data)) as plumbed:
        warnings.simplefilter("ignore")
        for i in ruled:
            for table in plumbed.pages[i].find_tables():
                _place(pages[i], table.bbox, table.extract())


def _rules(page: pypdfium2.PdfPage) -> int:
    return sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=2))


def _place(page: Page, box: tuple[float, float, float, float], cells: list[list[str | None]]) -> None:
    left, top, right, bottom = box
    filled = [len(cell) for cells_of_row in cells for cell in cells_of_row if cell and cell.strip()]
    if len(cells) < 2 or max(map(len, cells)) < 2 or len(filled) < 4 or max(filled) > CELL:
        return
    inside = [
        x for x in page.lines if top - 1 <= x.middle <= bottom + 1 and left - 2 <= x.left and x.right <= right + 2
    ]
    step = (bottom - top) / len(cells)
    rows = []
    for i, row_cells in enumerate(cells):
        text = "\t".join("".join((cell or "").split()) for cell in row_cells).rstrip("\t")
        if text.strip():
            rows.append(Line(text, left, top + i * step, right, top + (i + 0.9) * step, is_row=True))
    if sum(len(x.text) for x in rows) >= 0.8 * sum(len("".join(x.text.split())) for x in inside):
        page.lines = [x for x in page.lines if x not in inside] + rows


def _recognise(made: Source, document: pypdfium2.PdfDocument, pages: list[Page], scans: list[int]) -> None:
    which = "all pages" if len(scans) == len(pages) else "pages " + ", ".join(str(i + 1) for i in scans[:20])
    if not ocr.is_installed():
        severity = "error" if len(scans) == len(pages) else "warning"
        message = (
            f"{which} are scans without a text layer; to have them read: make ocr (or pip install rapidocr onnxruntime)"
        )
        made.problems.append(row(made.path, severity, message))
        return
    made.problems.append(
        row(made.path, "note", f"{which} were recognised from scans; figures may hold wrong characters")
    )
    for i in scans:
        pages[i], doubt = ocr.page(document[i])
        if doubt:
            made.problems.append(row(made.path, "warning", f"page {i + 1} of the scan is doubtful: {doubt}; check it"))


def write(made: Source, pages: list[Page]) -> None:
    """Fills text, pages and tables: lines become paragraphs, over column and page ends too."""
    out = _Paragraphs(made)
    for page in pages:
        out.start_page()
        for column in layout.reading_order(page):
            out.add(Block.of(column))
    out.end()


class _Paragraphs:
    """Collects lines into paragraphs and knows where each page began."""

    def __init__(self, made: Source) -> None:
        self.made = made
        self.parts: list[str] = []
        self.length = 0
        self.last: Line | None = None
        self.block: Block | None = None
        self.pending = 0  # pages that begin with the next line

    def start_page(self) -> None:
        self.pending += 1

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def add(self, block: Block) -> None:
        for i, line in enumerate(block.lines):
            if self.last is not None:
                self._part(block, line, is_first=i == 0)
            while self.pending:
                self.made.pages.append(self.length)
                self.pending -= 1
            if line.is_row:
                self.made.tables.append((self.length, self.length + len(line.text)))
            self._put(line.text)
            self.last, self.block = line, block

    def _part(self, block: Block, line: Line, is_first: bool) -> None:
        """Ends the paragraph before this line, or glues the two."""
        assert self.last is not None and self.block is not None
        joins = self._runs_over(block, line) if is_first else block.goes_on(self.last, line)
        if not joins:
            self._put("\n")
            return
        between = layout.glue(self.last.text, line.text)
        if between == "-":
            self.parts[-1] = self.parts[-1][:-1]
            self.length -= 1
        elif between:
            self._put(between)

    def _runs_over(self, block: Block, line: Line) -> bool:
        """Whether a paragraph goes on in the next column or on the next page."""
        last, before = self.last, self.block
        assert last is not None and before is not None
        if last.is_row or line.is_row or layout.ENDED.search(last.text) or layout.NEW_PART.match(line.text):
            return False
        is_indented = line.left > block.left + 1.2 * block.size
        return (
            before.is_full(last)
            and not is_indented
            and abs(last.height - line.height) < 0.3 * max(last.height, line.height)
        )

    def end(self) -> None:
        while self.pending:
            self.made.pages.append(self.length)
            self.pending -= 1
        self.made.text = "".join(self.parts)
