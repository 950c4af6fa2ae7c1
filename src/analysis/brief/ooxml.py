"""Runs, links and tables of a Word document as XML: what a program for letters reads and an editor can change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from analysis.brief import cells, typeset, widths

WIDE = 470.0  # points between the margins
FULL, SMALL = 9.0, 8.0  # points of a table's letters
GREY, BLUE, WASH, RULE, MARK = "586072", "1F5C99", "F2F4F6", "C9CED6", "FFE9A8"
_SPACES = nsdecls("w")


def clean(text: str) -> str:
    """The text without characters that no XML file may hold, and without places to break that Word finds itself."""
    return typeset.CONTROL.sub("", text.replace("\u200b", ""))


def run(
    text: str, size: float | None = None, bold: bool = False, italic: bool = False, colour: str = "", ground: str = "",
    underlined: bool = False, raised: bool = False,
) -> str:  # fmt: skip
    """Words printed alike; line breaks in them are kept."""
    told = [
        "<w:b/>" if bold else "", "<w:i/>" if italic else "", f'<w:color w:val="{colour}"/>' if colour else "",
        f'<w:sz w:val="{size * 2:.0f}"/><w:szCs w:val="{size * 2:.0f}"/>' if size else "",
        '<w:u w:val="single"/>' if underlined else "", f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>' if ground else "",
        '<w:vertAlign w:val="superscript"/>' if raised else "",
    ]  # fmt: skip
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in clean(text).split("\n"))
    return f"<w:r><w:rPr>{''.join(told)}</w:rPr>{lines}</w:r>"


def link(anchor: str, inside: str) -> str:
    """Runs that lead to a bookmark."""
    return f'<w:hyperlink w:anchor="{bookmark(anchor)}" w:history="1">{inside}</w:hyperlink>'


def cited(anchor: str, number: int, inside: str, size: float | None = None) -> str:
    """Runs that lead to a sentence, with its number."""
    return link(anchor, inside + run(str(number), size, colour=BLUE, raised=True))


def bookmark(anchor: str) -> str:
    """A bookmark's name as Word takes it: 40 characters at most, no hyphen."""
    return anchor.replace("-", "_")[:40]


def field(code: str) -> str:
    """A field that Word fills in, such as the number of the page."""
    parts = ['<w:fldChar w:fldCharType="begin"/>', f'<w:instrText xml:space="preserve"> {code} </w:instrText>',
             '<w:fldChar w:fldCharType="separate"/>', "<w:t>1</w:t>", '<w:fldChar w:fldCharType="end"/>']  # fmt: skip
    return "".join(f"<w:r>{part}</w:r>" for part in parts)


def paragraph(
    inside: str, style: str = "", kept: bool = False, before: float | None = None, after: float | None = None
) -> str:
    """A paragraph. Args: kept: it stays with what follows."""
    spaced = "".join(
        f' w:{name}="{size * 20:.0f}"' for name, size in (("before", before), ("after", after)) if size is not None
    )
    told = (
        f'<w:pStyle w:val="{style}"/>' if style else "", "<w:keepNext/>" if kept else "", f"<w:spacing{spaced}/>" if spaced else "",
    )  # fmt: skip
    return f"<w:p><w:pPr>{''.join(told)}</w:pPr>{inside}</w:p>"


def element(xml: str) -> BaseOxmlElement:
    """The XML of one element, made part of a document."""
    end = xml.index(">") if "/>" not in xml[: xml.index(">") + 1] else xml.index("/>")
    return parse_xml(f"{xml[:end]} {_SPACES}{xml[end:]}")


def tables(sheet: cells.Sheet, known: Mapping[str, int]) -> list[str]:
    """A table; one too wide for the page in parts that repeat the first column."""
    lines = sheet.lines
    texts = [[cell.text + "0" * _n_raised(cell, known) for cell in line] for line in lines]
    if not any(texts):
        return []
    has_head = bool(sheet.head)
    size = widths.size(texts, has_head, (FULL, SMALL), WIDE)
    return [
        _table([[line[c] for c in part] for line in lines], [[line[c] for c in part] for line in texts], has_head, size, known)
        for part in widths.fit(texts, WIDE / size, has_head)
    ]  # fmt: skip


def _n_raised(cell: cells.Cell, known: Mapping[str, int]) -> int:
    return sum(len(str(known[piece.target])) for piece in cell.pieces if piece.target in known)


def _table(
    lines: Sequence[Sequence[cells.Cell]], texts: Sequence[Sequence[str]], has_head: bool, size: float, known: Mapping[str, int]
) -> str:  # fmt: skip
    sides = [round(20 * size * side) for side in widths.columns(texts, WIDE / size, has_head)]
    n_lines = widths.n_lines(texts, [side / size / 20 for side in sides])
    stays = len(lines) if sum(n_lines) <= typeset.WHOLE else 2 + has_head  # rows that hold together
    rows = "".join(
        _row(
            line, sides, size, known, at == 0 and has_head, at + 1 < min(stays, len(lines)), n_lines[at] <= typeset.TALL
        )
        for at, line in enumerate(lines)
    )
    beside = round(20 * size * 0.45)
    rule = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE}"'
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(sides)}" w:type="dxa"/>'
        f"<w:tblBorders><w:top {rule}/><w:bottom {rule}/><w:insideH {rule}/></w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="{beside}" w:type="dxa"/>'
        f'<w:bottom w:w="50" w:type="dxa"/><w:right w:w="{beside}" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblLook w:firstRow="{int(has_head)}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"</w:tblPr><w:tblGrid>{''.join(f'<w:gridCol w:w={chr(34)}{side}{chr(34)}/>' for side in sides)}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(
    line: Iterable[cells.Cell], sides: Iterable[int], size: float, known: Mapping[str, int], is_head: bool, kept: bool, whole: bool
) -> str:  # fmt: skip
    told = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if is_head else "")
    held = "".join(_cell(cell, side, size, known, is_head, kept) for cell, side in zip(line, sides, strict=True))
    return f"<w:tr><w:trPr>{told}</w:trPr>{held}</w:tr>"


def _cell(cell: cells.Cell, side: int, size: float, known: Mapping[str, int], is_head: bool, kept: bool) -> str:
    ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{WASH}"/>' if is_head else ""
    told = (
        ("<w:keepNext/>" if kept else "")
        + '<w:spacing w:before="0" w:after="0" w:line="'
        + f"{size * 28:.0f}"
        + '" w:lineRule="exact"/>'
    )
    told += '<w:jc w:val="right"/>' if cell.is_right else '<w:jc w:val="left"/>'
    inside = "".join(_piece(piece, size, known, is_head) for piece in cell.pieces)
    return f'<w:tc><w:tcPr><w:tcW w:w="{side}" w:type="dxa"/>{ground}</w:tcPr><w:p><w:pPr>{told}</w:pPr>{inside}</w:p></w:tc>'


def _piece(piece: cells.Piece, size: float, known: Mapping[str, int], is_head: bool) -> str:
    is_cited = piece.target in known
    held = run(
        piece.text, size, bold=is_head or piece.is_strong, colour=BLUE if is_cited else "",
        ground=MARK if piece.is_marked else "", underlined=piece.is_marked,
    )  # fmt: skip
    return cited(piece.target, known[piece.target], held, size) if is_cited else held
