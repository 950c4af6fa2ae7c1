"""Sample plans as Word files, PDFs with a text layer, and scans without one."""

from __future__ import annotations

import io
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path

import docx
import numpy as np
import pypdfium2
import typst
from marked import Line, Marked
from PIL import Image

FONTS = Path(__file__).resolve().parents[2] / "src/analysis/draw/fonts"
MOMENT = time.struct_time((2024, 1, 1, 0, 0, 0, 0, 1, 0))
DPI, TURNS = 150, (0.5, -0.7, 0.3, -0.4)  # dots per inch of a scan; degrees by which its pages lie askew
HEAD = """#set document(date: none)
#set page(paper: "a4", margin: (x: 2.6cm, y: 2.4cm), numbering: "— 1 —")
#set text(font: "Noto Sans SC", size: %spt, lang: "zh")
#set par(first-line-indent: (amount: 2em, all: true), leading: 0.9em, justify: true)
"""


def word(plan: Marked) -> bytes:
    """A Word file: headings by style, run-in headings bold, rows of a table as a table."""
    paper = docx.Document()
    paper.core_properties.created = paper.core_properties.modified = datetime(2023, 1, 30)
    paper.core_properties.title = plan.lines[0].text
    paper.add_heading(plan.lines[0].text, 0)
    for is_row, lines in groupby(plan.lines[1:], lambda line: line.kind == "row"):
        if is_row:
            _table(paper, [line.text.split("\t") for line in lines])
        else:
            for line in lines:
                _paragraph(paper, line)
    held = io.BytesIO()
    paper.save(held)
    return _dated(held.getvalue())


def _paragraph(paper: docx.document.Document, line: Line) -> None:
    if line.kind == "heading" and line.cut == len(line.text):
        paper.add_heading(line.text, line.level)
        return
    paragraph = paper.add_paragraph()
    paragraph.add_run(line.text[: line.cut]).bold = True
    paragraph.add_run(line.text[line.cut :])


def _table(paper: docx.document.Document, rows: list[list[str]]) -> None:
    table = paper.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def _dated(data: bytes) -> bytes:
    """The same archive with every entry dated alike."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (2023, 1, 30, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return held.getvalue()


def pdf(plan: Marked, size: str = "12") -> bytes:
    """A PDF with a text layer and page numbers."""
    blocks = [f"#align(center, text(size: 18pt, weight: 700)[{_typst(plan.lines[0].text)}])"]
    for line in plan.lines[1:]:
        lead, rest = _typst(line.text[: line.cut]), _typst(line.text[line.cut :])
        blocks.append(f"#strong[{lead}]{rest}" if lead else rest)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plan.typ"
        file.write_text(HEAD % size + "\n\n".join(blocks) + "\n", encoding="utf-8")
        return typst.compile(file, font_paths=[FONTS], ignore_system_fonts=True)


def _typst(text: str) -> str:
    return "".join("\\" + c if c in "\\#$*_`<>@[]~=-+/\"'" else c for c in text)


def scan(plan: Marked, size: str = "13") -> bytes:
    """A PDF of pictures: the pages rendered, turned a little, greyed and made noisy."""
    first, *others = _pictures(pdf(plan, size))
    held = io.BytesIO()
    first.save(
        held,
        "PDF",
        save_all=True,
        append_images=others,
        resolution=DPI,
        quality=25,
        creationDate=MOMENT,
        modDate=MOMENT,
    )
    return held.getvalue()


def _pictures(data: bytes) -> Iterator[Image.Image]:
    random = np.random.default_rng(0)
    for page, turn in zip(pypdfium2.PdfDocument(data), TURNS, strict=False):
        picture = page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
        picture = picture.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor=255)
        pixels = np.asarray(picture, dtype=float) * 0.9 + 12 + random.normal(0, 3, (picture.height, picture.width))
        yield Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
