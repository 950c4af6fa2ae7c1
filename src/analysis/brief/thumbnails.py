"""The first page of a PDF as a small picture, for the index."""

from __future__ import annotations

import io
import threading

import pypdfium2

WIDTH = 220  # pixels
COLOURS = 16
_ONE = threading.Lock()  # pdfium does not bear two threads


def png(data: bytes) -> bytes:
    """A picture of the first page of a PDF, some kilobytes large."""
    with _ONE:
        page = pypdfium2.PdfDocument(data)[0]
        picture = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB").quantize(COLOURS)
    held = io.BytesIO()
    picture.save(held, "PNG", optimize=True)
    return held.getvalue()
