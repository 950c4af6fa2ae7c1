"""One file → its Source: bytes, what they are, and the reader for it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

from analysis.read import docx, encoding, html, pdf
from analysis.read.problem import Unreadable, row
from analysis.read.walk import INSIDE, member_name
from analysis.text import Source

LARGEST = 300_000_000  # bytes; a plan is some thousands, a scanned volume some ten million
SAVE_AS_DOCX = "is not read; open it in Word or WPS, save it as .docx, and put that here"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAGIC = [
    (b"%PDF-", "pdf"), (OLD_OFFICE, "doc"), (b"{\\rtf", "rtf"), (b"PK\x03\x04", "zip"), (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"), (b"II*\x00", "picture"), (b"MM\x00*", "picture"), (b"GIF8", "picture"), (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "rar"), (b"\x1f\x8b", "rar"), (b"MZ", "program"), (b"\x7fELF", "program"),
]  # fmt: skip
REFUSED = {
    "doc": f"a .doc, .wps or .xls file {SAVE_AS_DOCX}",
    "rtf": f"an RTF file {SAVE_AS_DOCX}",
    "xlsx": "an Excel workbook is not read as a plan; copy the text into .docx or .txt",
    "pptx": "a presentation is not read as a plan; copy the text into .docx or .txt",
    "odt": f"an OpenDocument file {SAVE_AS_DOCX}",
    "zip": "holds no document that is read",
    "picture": "is a picture, not text; put the scanned pages into a PDF, which the `ocr` extra reads",
    "rar": "is an archive that is not opened; unpack it, or pack it as .zip",
    "program": "is a program, not a document",
}


def source(file: str | Path) -> Source:
    """The Source of one file, in an archive too (`a.zip!inner.txt`).

    Raises: Unreadable with the thing, the place and the next step.
    """
    name = str(file)
    data = _bytes(name)
    kind = _kind(data, name)
    if kind in REFUSED:
        raise Unreadable(f"{name}: {REFUSED[kind]}")
    if kind == "html" and Path(name).suffix.lower() in (".pdf", ".docx", ".doc"):
        raise Unreadable(f"{name}: is a web page under a document's name; the download went wrong, so fetch it again")
    reader = {"pdf": pdf.read, "docx": docx.read, "html": html.read}.get(kind, _text)
    made = reader(data, name)
    made.sha256 = hashlib.sha256(data).hexdigest()
    if not made.text.strip() and not made.problems:
        raise Unreadable(f"{name}: holds no text; check that the download is whole")
    return made


def _bytes(name: str) -> bytes:
    outer, _, inner = name.partition(INSIDE) if ".zip!" in name.lower() else (name, "", "")
    path = Path(outer)
    if not path.is_file():
        raise Unreadable(f"{name}: no such file; check the path")
    if path.stat().st_size > LARGEST:
        raise Unreadable(f"{name}: {path.stat().st_size:,} bytes are more than a plan can have; split it")
    try:
        data = _member(path, inner) if inner else path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{name}: cannot be opened ({error}); check its permissions") from error
    if not data:
        raise Unreadable(f"{name}: the file is empty (0 bytes); download it again")
    return data


def _member(path: Path, inner: str) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive:
            info = next((i for i in archive.infolist() if member_name(i) == inner), None)
            if info is None:
                raise Unreadable(f"{path}{INSIDE}{inner}: the archive has no such file")
            if info.file_size > LARGEST:
                raise Unreadable(f"{path}{INSIDE}{inner}: {info.file_size:,} bytes are more than a plan can have")
            return archive.read(info)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise Unreadable(f"{path}{INSIDE}{inner}: cannot be unpacked ({error}); unpack it by hand") from error


def _kind(data: bytes, name: str) -> str:
    """What the bytes are, whatever the file is called."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    kind = next((kind for magic, kind in MAGIC if head.startswith(magic)), "")
    if kind == "zip":
        return _office(data)
    if kind:
        return kind
    if b"%PDF-" in data[:1024]:
        return "pdf"
    start = head[:600].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<div", b"<meta", b"<!--")):
        return "html"
    if Path(name).suffix.lower() in (".html", ".htm", ".shtml", ".xhtml"):
        return "html"
    return "txt"


def _office(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return "docx"  # the reader says what is broken
    for part, kind in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("ppt/presentation.xml", "pptx")):
        if part in names:
            return kind
    return "odt" if "content.xml" in names else "docx" if "[Content_Types].xml" in names else "zip"


def _text(data: bytes, name: str) -> Source:
    read = encoding.decode(data)
    if read is None:
        raise Unreadable(f"{name}: is named like text but holds no readable characters; find the original file")
    made = Source(name, "", "txt", read.text, read.encoding, read.confidence)
    if read.confidence < 0.6:
        made.problems.append(row(name, "warning", f"the encoding is a guess ({read.encoding}); check some lines"))
    return made
