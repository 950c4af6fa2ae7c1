"""A PDF with a text layer → paragraphs in reading order; `pages` are the start offsets of its pages."""

from __future__ import annotations

import re
from collections import Counter

import pypdfium2

from analysis.read.problem import Unreadable, row
from analysis.text import Source

PAGE_NUMBER = re.compile(r"^[\s—–\-－·第]{0,4}\d{1,4}[\s—–\-－·页]{0,4}(?:[/共]\s?\d{1,4}\s?页?)?$")
ENDED = re.compile(r"[。！？；：:!?;”」）)]$")
FEW = 8  # characters: a page with fewer has no text layer


def read(data: bytes, name: str) -> Source:
    """The Source of a PDF.

    Raises: Unreadable when it does not open.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(
            f"{name}: the PDF does not open ({error}); download it again, or remove its password"
        ) from error
    with document:
        pages = [_lines(page) for page in document]
    made = Source(name, "", "pdf", "")
    blank = [i for i, lines in enumerate(pages, 1) if sum(map(len, lines)) < FEW]
    if blank:
        made.problems.append(_scan(name, blank, len(pages)))
    _write(made, _without_margins(pages))
    return made


def _scan(name: str, blank: list[int], total: int) -> dict[str, object]:
    which = "no page" if len(blank) == total else f"{len(blank)} of {total} pages"
    if len(blank) == total:
        message = f"{which} has a text layer (a scan); install the `ocr` extra to have it read"
        return row(name, "error", message)
    return row(name, "warning", f"{which} have no text layer (scans): {', '.join(map(str, blank[:20]))}")


def _lines(page: pypdfium2.PdfPage) -> list[str]:
    layer = page.get_textpage()
    text = layer.get_text_bounded()
    layer.close()
    return [line.strip() for line in text.replace("\ufffe", "").splitlines() if line.strip()]


def _without_margins(pages: list[list[str]]) -> list[list[str]]:
    """The pages without page numbers and without first and last lines that return on most pages."""
    edges = Counter(_mask(line) for lines in pages for line in {*lines[:2], *lines[-2:]})
    often = {mask for mask, n in edges.items() if n > max(2, len(pages) // 2)}

    def is_margin(line: str) -> bool:
        return bool(PAGE_NUMBER.match(line)) or _mask(line) in often

    out = []
    for lines in pages:
        first, last = 0, len(lines)
        while first < last and first < 2 and is_margin(lines[first]):
            first += 1
        while last > first and len(lines) - last < 2 and is_margin(lines[last - 1]):
            last -= 1
        out.append(lines[first:last])
    return out


def _mask(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _write(made: Source, pages: list[list[str]]) -> None:
    """Joins lines that reach the right edge into paragraphs, over page ends too."""
    full = sorted(len(line) for lines in pages for line in lines)
    width = full[int(0.9 * (len(full) - 1))] if full else 0
    out: list[str] = []
    length = 0
    open_line = False
    for lines in pages:
        made.pages.append(length)
        for line in lines:
            if out and not open_line:
                out.append("\n")
                length += 1
            out.append(line)
            length += len(line)
            open_line = len(line) >= 0.85 * width and not ENDED.search(line)
    made.text = "".join(out)
