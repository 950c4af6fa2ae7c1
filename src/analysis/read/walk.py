"""Which files lie at the paths given: folders and zip archives are walked, what is no document is passed over."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.read.problem import row

READ = {".txt", ".text", ".html", ".htm", ".shtml", ".xhtml", ".docx", ".pdf"}
# documents that are not read: they are found, so that the reader can say what to do with them
REFUSED = {
    ".doc", ".wps", ".xls", ".xlsx", ".et", ".ppt", ".pptx", ".rtf", ".odt", ".ofd", ".caj", ".mht", ".mhtml",
    ".rar", ".7z", ".tar", ".gz",
}  # fmt: skip
PICTURES = {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"}  # a folder's scans, unless a saved page lies beside them
ASSETS = re.compile(r"(?:[_.]files|[ _-]?assets|_文件|的文件)$", re.I)  # what browsers call the folder of a saved page
PAGES = (".html", ".htm", ".shtml", ".xhtml")
OURS = {"readme", "manifest", "license", "thumbs", "desktop"}
INSIDE = "!"  # parts the archive's path from the name inside it


@dataclass
class Found:
    """The files at some paths, sorted, and rows of `problems` for what was passed over."""

    files: list[str] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)


def find(paths: Iterable[str | Path] | str | Path) -> Found:
    """The files at the paths, folders and zip archives walked; each file once.

    Returns: a file that the caller names is always among `files`; inside a folder only documents are: pictures are
        passed over with one note, and the folder of a saved page's pictures and scripts silently.  A path that does not exist, a folder without documents and a link out of its folder are rows of `problems`.
    """
    if isinstance(paths, (str, Path)):
        paths = [paths]
    found = Found()
    seen: set[str] = set()
    for path in map(Path, paths):
        for file in _at(path, found):
            if file not in seen:
                seen.add(file)
                found.files.append(file)
    found.files.sort()
    return found


def _at(path: Path, found: Found) -> Iterator[str]:
    if path.is_dir():
        before = len(found.problems)
        files = list(_folder(path, found))
        if not files and len(found.problems) == before:
            found.problems.append(
                row(str(path), "error", f"{path} holds no document; put .txt, .html, .docx or .pdf files into it")
            )
        yield from files
    elif path.is_file():
        yield from _file(path, found)
    elif INSIDE in str(path) and Path(str(path).split(INSIDE)[0]).is_file():
        yield str(path)
    else:
        found.problems.append(row(str(path), "error", f"{path} does not exist; check the path"))


def _folder(folder: Path, found: Found) -> Iterator[str]:
    home = folder.resolve()
    for here, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(
            f for f in folders if not f.startswith(".") and f != "__MACOSX" and not _is_assets(f, names)
        )
        for name in sorted(folders):
            if (Path(here) / name).is_symlink():
                found.problems.append(row(str(Path(here) / name), "note", "a linked folder is not followed"))
        for name in sorted(names):
            file = Path(here) / name
            if not _is_wanted(name):
                continue
            if file.is_symlink() and not file.resolve().is_relative_to(home):
                found.problems.append(row(str(file), "note", "a link out of its folder is not followed"))
            elif file.is_file():
                yield from _file(file, found)
        _note_pictures(here, names, found)


def _is_assets(folder: str, names: list[str]) -> bool:
    """Whether a folder holds the pictures and scripts of a web page saved beside it (X_files beside X.html)."""
    stem = ASSETS.sub("", folder)
    return stem != folder and any(f"{stem}{suffix}" in names for suffix in PAGES)


def _note_pictures(here: str, names: list[str], found: Found) -> None:
    """One note a folder for its pictures; those that lie beside a web page are the page's."""
    suffixes = [Path(name).suffix.lower() for name in names]
    n = sum(suffix in PICTURES for suffix in suffixes)
    if n and not any(suffix in PAGES for suffix in suffixes):
        which = "1 picture was" if n == 1 else f"{n} pictures were"
        found.problems.append(row(here, "note", f"{which} passed over; scanned pages are read from a PDF"))


def _is_wanted(name: str) -> bool:
    stem, suffix = Path(name).stem.lower(), Path(name).suffix.lower()
    if name.startswith((".", "~$")) or stem in OURS:
        return False
    return suffix in READ or suffix in REFUSED or suffix == ".zip"


def _file(file: Path, found: Found) -> Iterator[str]:
    if file.suffix.lower() != ".zip":
        yield str(file)
        return
    try:
        with zipfile.ZipFile(file) as archive:
            names = sorted(member_name(info) for info in archive.infolist() if not info.is_dir())
    except (zipfile.BadZipFile, OSError) as error:
        found.problems.append(
            row(str(file), "error", f"{file} is no zip archive or is broken ({error}); pack it again")
        )
        return
    wanted = [n for n in names if _is_wanted(n.rsplit("/", 1)[-1]) and not n.startswith("__MACOSX/")]
    if not wanted:
        found.problems.append(row(str(file), "warning", f"{file} holds no document"))
    for name in wanted:
        if name.lower().endswith(".zip"):
            found.problems.append(row(f"{file}{INSIDE}{name}", "warning", "an archive in an archive; unpack it first"))
        else:
            yield f"{file}{INSIDE}{name}"


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name; names that an old Chinese archiver wrote as GBK are read as such."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename
