"""A Word file → its paragraphs and tables in order."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from analysis.read.problem import Unreadable
from analysis.text import Source

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read(data: bytes, name: str) -> Source:
    """The Source of a Word file.

    Raises: Unreadable when it does not open.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = etree.fromstring(archive.read("word/document.xml"))[0]
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, IndexError) as error:
        raise Unreadable(
            f"{name}: the Word file is broken ({error}); open it in Word or WPS and save it again"
        ) from error
    made = Source(name, "", "docx", "")
    lines: list[str] = []
    for node in body:
        if node.tag == f"{W}p":
            lines.append(_text(node))
        elif node.tag == f"{W}tbl":
            lines += ["\t".join(_text(cell) for cell in tr.iter(f"{W}tc")) for tr in node.iter(f"{W}tr")]
    made.text = "\n".join(line for line in lines if line.strip())
    return made


def _text(node: etree._Element) -> str:
    return "".join(part.text or "" for part in node.iter(f"{W}t"))
