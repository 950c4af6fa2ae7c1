"""The manifest: a CSV file with what is already known of documents, which overrides what the text says.

Columns: `path` (relative to the manifest's folder), and any of `region` (省/市/县, parted by /), `year`, `type`,
`title`, `source_address`.  Empty cells say nothing.
"""

from __future__ import annotations

import csv
from pathlib import Path

from analysis import frames

COLUMNS = ("path", "region", "year", "type", "title", "source_address")
NAME = "manifest.csv"

Given = dict[str, object]


class ManifestError(ValueError):
    """A manifest that cannot be used; the message names the file, the line and the next step."""


def read_manifest(file: Path) -> dict[str, Given]:
    """What is given for each document: its absolute path → facts under the names of the `plans` frame.

    Raises: ManifestError for unknown columns, a path that does not exist, a year or type that is none.
    """
    given: dict[str, Given] = {}
    try:
        handle = file.open(encoding="utf-8-sig", newline="")
        with handle:
            reader = csv.DictReader(handle)
            unknown = set(reader.fieldnames or []) - set(COLUMNS)
            if unknown or "path" not in (reader.fieldnames or []):
                wrong = f"does not know the column {', '.join(sorted(unknown))}" if unknown else "lacks the column path"
                raise ManifestError(f"{file} {wrong}; it may have {', '.join(COLUMNS)}")
            for row in reader:
                path, facts = _facts(row, f"{file} line {reader.line_num}", file.parent)
                given[path] = facts
    except UnicodeDecodeError as error:
        raise ManifestError(f"{file} is not UTF-8 ({error.reason}); save it as CSV UTF-8") from error
    return given


def _facts(row: dict[str, str | None], where: str, folder: Path) -> tuple[str, Given]:
    cells = {key: (value or "").strip() for key, value in row.items() if key in COLUMNS}
    outer = cells["path"].split("!", 1)[0]
    if not outer or not (folder / outer).is_file():
        raise ManifestError(f"{where}: no file {cells['path']!r}; paths are relative to the manifest's folder")
    path = str((folder / outer).resolve()) + cells["path"][len(outer) :]
    return path, {
        **_year(cells.get("year", ""), where),
        **_doc_type(cells.get("type", ""), where),
        **_region(cells.get("region", ""), where),
        **{key: cells[key] for key in ("title", "source_address") if cells.get(key)},
    }


def _year(cell: str, where: str) -> Given:
    if not cell:
        return {}
    first, _, last = cell.replace("—", "-").partition("-")
    if not (first.isdigit() and len(first) == 4 and (not last or (last.isdigit() and len(last) == 4))):
        raise ManifestError(f"{where}: year {cell!r} is no year; write 2024 or 2021-2025")
    return {"plan_year": int(first), "plan_until": int(last or first)}


def _doc_type(cell: str, where: str) -> Given:
    known = frames.VALUES["plans", "doc_type"]
    if cell and cell not in known:
        raise ManifestError(f"{where}: type {cell!r} is unknown; there are {', '.join(known)}")
    return {"doc_type": cell} if cell else {}


def _region(cell: str, where: str) -> Given:
    names = [part.strip() for part in cell.split("/")] if cell else []
    if len(names) > 3:
        raise ManifestError(f"{where}: region {cell!r} has more than province/city/county")
    return {level: name for level, name in zip(("province", "city", "county"), names, strict=False) if name}
