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
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor

from analysis.brief import cells, fonts, ooxml, pdf, typeset
from analysis.brief.html import place
from analysis.brief.words import words

FONT, LATIN = "Microsoft YaHei", "Calibri"  # what Word has where it is used
WIDE, HIGH = Pt(ooxml.WIDE), Cm(18)
_INK = RGBColor(0x1D, 0x24, 0x30)
# style → points of its letters, above and below it
_STYLES = {
    "Normal": (10.5, 0, 6), "Title": (20, 0, 4), "Heading 1": (14, 16, 6), "Heading 2": (12, 12, 4), "Heading 3": (11, 10, 4),
    "List Bullet": (10.5, 0, 3), "List Number": (10.5, 0, 3), "Caption": (8.5, 6, 3), "Subtitle": (9, 0, 8), "Header": (8, 0, 0), "Footer": (8, 0, 0),
}  # fmt: skip
_GREY = ("Caption", "Subtitle", "Header", "Footer")


def word(nb: Any, lang: str = "zh", made: str = "", facts: Sequence[str] = ()) -> bytes:
    """The document of an executed notebook: title, findings, tables, figures, the sentences quoted.

    Every text is put in as text, so nothing in it can act as a field or a formula.
    """
    document = docx.Document()
    is_brief = not nb.metadata.get("plans", {}).get("contents", True)
    _style(document, lang, 0.88 if is_brief else 1.0)
    quoted = pdf.sentences(nb)
    known = {record["id"]: number for number, record in enumerate(quoted, 1)}
    for kind, data, about in pdf.blocks(nb):
        n = len(document.paragraphs)
        _block(document, kind, data, about, known, lang, [*facts, made])
        if about.get("new_page"):
            document.paragraphs[n].paragraph_format.page_break_before = True
    if quoted:
        document.add_heading(words(lang)["sources"], 1)
        _sentences(document, quoted, lang)
    _frame(document, lang)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _style(document: Document, lang: str, scale: float) -> None:
    """Page, letters and languages. Args: scale: of the letters and the room around them."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Emu(round((Cm(21) - WIDE) / 2))
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    for name, (size, before, after) in _STYLES.items():
        style: Any = document.styles[name]
        style.font.size, style.font.name = Pt(round(2 * size * scale) / 2), LATIN
        style.font.color.rgb = RGBColor.from_string(ooxml.GREY) if name in _GREY else _INK
        style.font.bold = name.startswith(("Title", "Heading")) or None
        style.font.italic = None
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before * scale), Pt(after * scale)
        style.paragraph_format.line_spacing = 1.05
        fonts_of = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts_of.attrib.pop(qn(f"w:{theme}"), None)
        fonts_of.set(qn("w:eastAsia"), FONT)
    _speak(document, lang)


def _speak(document: Document, lang: str) -> None:
    """The document's languages, and that it is one of a Word of today."""
    document.core_properties.author = words(lang)["suite"]
    document.core_properties.language = "zh-CN" if lang == "zh" else "en-GB"
    told: Any = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    told.set(qn("w:val"), "en-GB")
    told.set(qn("w:eastAsia"), "zh-CN")
    for name in ("w:pBdr", "w:rPr/w:spacing", "w:kern"):  # rules and letter spacing that the template gives titles
        for held in document.styles.element.xpath(f".//{name}"):
            held.getparent().remove(held)
    settings: Any = document.settings.element
    settings.append(
        ooxml.element(
            '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
            'w:val="15"/></w:compat>'
        )
    )


def _frame(document: Document, lang: str) -> None:
    """The running head from the second page on, and the pages' numbers."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    head: Any = section.header.paragraphs[0]
    head.add_run(ooxml.clean(f"{document.core_properties.title}  ·  {words(lang)['suite']}"))
    before, rest = words(lang)["continued"].split("{0}")
    between, after = rest.split("{1}")
    told = [ooxml.run(before), ooxml.field("PAGE"), ooxml.run(between), ooxml.field("NUMPAGES"), ooxml.run(after)]
    for foot in (section.footer, section.first_page_footer):
        foot.paragraphs[0].style = document.styles["Footer"]
        foot.paragraphs[0].alignment = 1
        for part in filter(None, told):
            for run in _elements(part):
                foot.paragraphs[0]._p.append(run)


def _elements(xml: str) -> list[Any]:
    return list(ooxml.element(f"<w:p>{xml}</w:p>"))


def _add(document: Document, xml: str) -> Any:
    """An element put at the document's end, before what is told of the page."""
    made = ooxml.element(xml)
    document.element.body.sectPr.addprevious(made)
    return made


def _block(
    document: Document, kind: str, data: str, about: Mapping[str, Any], known: Mapping[str, int], lang: str, facts: Sequence[str]
) -> None:  # fmt: skip
    if kind == "markdown":
        for token in typeset.tokens(data):
            _token(document, token, known, facts)
    elif kind == "html":
        _tables(document, data, about, known, lang)
    elif kind == "plain":
        _add(document, ooxml.paragraph(ooxml.run(data.rstrip(), 9)))
    else:
        _figure(document, data, kind, str(about.get("alt", "")))


def _token(document: Document, token: typeset.Token, known: Mapping[str, int], facts: Sequence[str]) -> None:
    kind, children = token["type"], token.get("children", [])
    if kind == "heading":
        level = token["attrs"]["level"]
        text = ooxml.clean(typeset.plain(children))
        document.add_heading(text, max(0, level - 1))
        if level == 1:
            document.core_properties.title = text[:255]
            document.add_paragraph(ooxml.clean("  ·  ".join(fact for fact in facts if fact)), style="Subtitle")
    elif kind in ("paragraph", "block_text", "block_code"):
        _add(document, ooxml.paragraph(_spans(children or [{"type": "text", "raw": token.get("raw", "")}], known)))
    elif kind == "list":
        style = "ListNumber" if token["attrs"].get("ordered") else "ListBullet"
        for item in children:
            for part in item.get("children", []):
                _add(document, ooxml.paragraph(_spans(part.get("children", []), known), style))
    elif kind == "table":
        for xml in ooxml.tables(cells.marked_down(token, typeset.plain), known):
            _add(document, xml)
    elif children:
        for child in children:
            _token(document, child, known, facts)


def _spans(tokens: Iterable[typeset.Token], known: Mapping[str, int]) -> str:
    return "".join(_span(token, known) for token in tokens)


def _span(token: typeset.Token, known: Mapping[str, int]) -> str:
    kind, text = token["type"], typeset.plain([token])
    if kind in ("linebreak", "softbreak"):
        return ooxml.run("\n" if kind == "linebreak" else " ")
    target = str(token.get("attrs", {}).get("url", "")) if kind == "link" else ""
    held = ooxml.run(text, bold=kind in ("strong", "emphasis"), colour=ooxml.BLUE if target[1:] in known else "")
    return ooxml.cited(target[1:], known[target[1:]], held) if target.startswith("#") and target[1:] in known else held


def _tables(document: Document, data: str, about: Mapping[str, Any], known: Mapping[str, int], lang: str) -> None:
    is_long = pdf.is_long(about)
    for sheet in cells.sheets(data, pdf.ON_PAPER if is_long else None):
        parts = ooxml.tables(sheet, known)
        if sheet.caption and parts:
            _add(document, ooxml.paragraph(ooxml.run(sheet.caption), "Caption", kept=True))
        notes = [words(lang)["marked"]] if sheet.is_marked else []
        notes += [pdf.more(about, lang)] if is_long else []
        for xml in parts:
            _add(document, xml)
            _add(document, ooxml.paragraph(ooxml.run("", 4), after=4))
        for note in notes:
            _add(document, ooxml.paragraph(ooxml.run(note), "Caption"))


def _figure(document: Document, data: str, kind: str, alt: str) -> None:
    held = picture(data) if kind == "svg" else base64.b64decode(data)
    document.add_picture(io.BytesIO(held))
    shape = document.inline_shapes[-1]
    scale = min(1.0, WIDE / shape.width, HIGH / shape.height)
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


def _sentences(document: Document, quoted: Sequence[Mapping[str, Any]], lang: str) -> None:
    """The sentences that numbers came from, under their plans; each is a bookmark."""
    last = ""
    for number, record in enumerate(quoted, 1):
        if place(record) != last:
            last = place(record)
            _add(document, ooxml.paragraph(ooxml.run(last, 9, bold=True), kept=True, before=8))
        made = _add(document, ooxml.paragraph(_sentence(record, number, lang), after=3))
        name = ooxml.bookmark(record["id"])
        made[0].addnext(ooxml.element(f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'))
        made.append(ooxml.element(f'<w:bookmarkEnd w:id="{number}"/>'))


def _sentence(record: Mapping[str, Any], number: int, lang: str) -> str:
    at = words(lang)["place"].format(record["start"], record["end"])
    heading = str(record.get("heading") or "")
    return "".join([
        ooxml.run(f"{number}  ", 9, colour=ooxml.GREY), ooxml.run(f"{heading}  ", 9, bold=True) if heading else "",
        ooxml.run(record["before"], 9), ooxml.run(record["quote"], 9, ground="" if heading else ooxml.MARK),
        ooxml.run(record["after"], 9), ooxml.run("  " + " · ".join(p for p in (at, record.get("file")) if p), 8, colour=ooxml.GREY),
    ])  # fmt: skip
