"""An executed notebook as a Word document, for bureaus that edit what they send on."""

from __future__ import annotations

import base64
import io
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
import typst
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from selectolax.lexbor import LexborHTMLParser, LexborNode

from analysis.brief import fonts, pdf, typeset
from analysis.brief.html import records
from analysis.brief.words import words

FONT, LATIN = "Microsoft YaHei", "Calibri"  # what Word has where it is used
WIDE = Cm(16.5)
_GREY, _BLUE = RGBColor(0x58, 0x60, 0x72), RGBColor(0x1F, 0x5C, 0x99)


def word(nb: Any, lang: str = "zh", made: str = "", facts: Sequence[str] = ()) -> bytes:
    """The document of an executed notebook: title, findings, tables, figures, the sentences quoted.

    Every text is put in as text, so nothing in it can act as a field or a formula.
    """
    document = docx.Document()
    _style(document, lang)
    quoted = records(nb, with_quoted=False)
    known = {record["id"] for record in quoted}
    for kind, data, about in pdf.blocks(nb):
        _block(document, kind, data, about, known, lang, [*facts, made])
    if quoted:
        document.add_heading(words(lang)["sources"], 1)
        for at, record in enumerate(quoted):
            _source(document, record, at, lang)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _style(document: Document, lang: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    for name, size in (("Normal", 10.5), ("Title", 20), ("Heading 1", 14), ("Heading 2", 12), ("Heading 3", 11)):
        style: Any = document.styles[name]
        style.font.name, style.font.size = LATIN, Pt(size)
        fonts_of = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts_of.attrib.pop(qn(f"w:{theme}"), None)
        fonts_of.set(qn("w:eastAsia"), FONT)
    document.core_properties.author = words(lang)["suite"]
    document.core_properties.language = "zh-CN" if lang == "zh" else "en-GB"


def _block(
    document: Document, kind: str, data: str, about: Mapping[str, Any], known: set[str], lang: str, facts: Sequence[str]
) -> None:
    if about.get("new_page"):
        document.add_page_break()
    if kind == "markdown":
        for token in typeset.tokens(data):
            _token(document, token, facts)
    elif kind == "html":
        _tables(document, data, about, known, lang)
    elif kind == "plain":
        document.add_paragraph(_clean(data.rstrip()))
    else:
        _figure(document, data, kind, str(about.get("alt", "")))


def _token(document: Document, token: typeset.Token, facts: Sequence[str]) -> None:
    kind, children = token["type"], token.get("children", [])
    if kind == "heading":
        level = token["attrs"]["level"]
        text = _clean(typeset.plain(children))
        document.add_heading(text, max(0, level - 1))
        if level == 1:
            document.core_properties.title = text[:255]
            _grey(document.add_paragraph(), "  ·  ".join(fact for fact in facts if fact))
    elif kind in ("paragraph", "block_text", "block_code"):
        _spans(document.add_paragraph(), children or [{"type": "text", "raw": token.get("raw", "")}])
    elif kind == "list":
        style = "List Number" if token["attrs"].get("ordered") else "List Bullet"
        for item in children:
            for part in item.get("children", []):
                _spans(document.add_paragraph(style=style), part.get("children", []))
    elif children:
        for child in children:
            _token(document, child, facts)


def _spans(paragraph: Paragraph, tokens: Iterable[typeset.Token]) -> None:
    for token in tokens:
        run = paragraph.add_run(_clean(typeset.plain([token])))
        run.bold = token["type"] == "strong" or None
        run.italic = token["type"] == "emphasis" or None


def _tables(document: Document, data: str, about: Mapping[str, Any], known: set[str], lang: str) -> None:
    for node in LexborHTMLParser(data).css("table"):
        lines = [row.css("th, td") for row in node.css("tr")]
        is_long = bool(about.get("rows")) and about["rows"] > pdf.ON_PAPER
        caption = node.css_first("caption")
        if caption is not None:
            _grey(document.add_paragraph(), caption.text().strip())
        _table(document, lines[: pdf.ON_PAPER + 1] if is_long else lines, known)
        _grey(document.add_paragraph(), pdf.more(about, lang) if is_long else "")


def _table(document: Document, lines: list[list[LexborNode]], known: set[str]) -> None:
    table: Any = document.add_table(len(lines), max(map(len, lines), default=1), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for at, (row, line) in enumerate(zip(table.rows, lines, strict=True)):
        for cell, node in zip(row.cells, line, strict=False):
            _cell(cell.paragraphs[0], node, at == 0, known)
    repeated: Any = table.rows[0]._tr.get_or_add_trPr()
    repeated.append(OxmlElement("w:tblHeader"))


def _cell(paragraph: Paragraph, node: LexborNode, is_head: bool, known: set[str]) -> None:
    link = node.css_first("a[href^='#']")
    target = (link.attributes.get("href") or "")[1:] if link is not None else ""
    text = _clean(typeset.cell_text(node))
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(9), is_head or None
    if "num" in (node.attributes.get("class") or "").split():
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if target in known:
        run.font.color.rgb = _BLUE
        leads = OxmlElement("w:hyperlink")
        leads.set(qn("w:anchor"), _mark(target))
        run._r.addprevious(leads)
        leads.append(run._r)


def _figure(document: Document, data: str, kind: str, alt: str) -> None:
    held = picture(data) if kind == "svg" else base64.b64decode(data)
    document.add_picture(io.BytesIO(held))
    shape = document.inline_shapes[-1]
    scale = min(1.0, WIDE / shape.width, Cm(20) / shape.height)
    shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
    shape._inline.docPr.set("descr", alt)


def picture(svg: str) -> bytes:
    """A drawing as PNG at 220 dots an inch, its letters from the project's font."""
    source = '#set page(width: auto, height: auto, margin: 0pt)\n#image("drawing.svg")'
    with tempfile.TemporaryDirectory(prefix="plans-") as folder:
        (Path(folder) / "drawing.svg").write_text(svg, encoding="utf-8")
        (Path(folder) / "main.typ").write_text(source, encoding="utf-8")
        made = typst.compile(
            Path(folder) / "main.typ", root=Path(folder), font_paths=[fonts.FOLDER], ignore_system_fonts=True, format="png",
            ppi=220.0, sys_inputs={"file": "drawing.svg"},
        )  # fmt: skip
    return bytes(made)


def _source(document: Document, record: Mapping[str, Any], at: int, lang: str) -> None:
    paragraph = document.add_paragraph()
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(at))
    start.set(qn("w:name"), _mark(record["id"]))
    paragraph._p.extend([start, end])
    where = [str(record[key]) for key in ("region", "year", "title") if record.get(key)]
    place = words(lang)["place"].format(record["start"], record["end"])
    paragraph.add_run(_clean(record["before"]))
    paragraph.add_run(_clean(record["quote"])).bold = record.get("heading") is None or None
    paragraph.add_run(_clean(record["after"]))
    _grey(document.add_paragraph(), " · ".join([*where, place]))


def _mark(anchor: str) -> str:
    """A bookmark's name as Word takes it: 40 characters at most, no hyphen."""
    return anchor.replace("-", "_")[:40]


def _grey(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(_clean(text))
    run.font.size, run.font.color.rgb = Pt(8.5), _GREY


def _clean(text: str) -> str:
    """The text without characters that no XML file may hold."""
    return typeset.CONTROL.sub("", text.replace("\u200b", ""))
