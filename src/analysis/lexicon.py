"""The codebook's tables, loaded and checked.

A table is a CSV file under `codebook/`; its first line names the columns.  An overlay folder (`plans ingest
--codebook DIR`, or $PLANS_CODEBOOK) may hold a file of the same place and name: rows with an `id` that the shipped
table has replace that row, others are added.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import os
from pathlib import Path

from analysis import paths

Row = dict[str, str]


class CodebookError(ValueError):
    """A codebook table is missing or broken; the message names the file, the line and what to do."""


def overlay() -> Path | None:
    """The folder of the analyst's own tables, or None."""
    named = os.environ.get("PLANS_CODEBOOK")
    return Path(named) if named else None


def table(name: str) -> list[Row]:
    """The rows of a table such as "education/domains", shipped rows first, with the overlay's laid over.

    Raises: CodebookError when neither has it, or a row has another number of cells than the header.
    """
    return _table(name, overlay())


@functools.cache
def _table(name: str, over: Path | None) -> list[Row]:
    files = [folder / f"{name}.csv" for folder in (paths.codebook(), over) if folder is not None]
    found = [f for f in files if f.is_file()]
    if not found:
        raise CodebookError(f"codebook table {name!r} not found; looked for {', '.join(map(str, files))}")
    rows: dict[str, Row] = {}
    for file in found:
        for i, row in enumerate(_rows(file)):
            rows[row.get("id") or f"{file}:{i}"] = row
    return list(rows.values())


def _rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        rows = []
        for row in reader:
            if None in row or None in row.values():
                raise CodebookError(f"{file}:{reader.line_num}: {len(reader.fieldnames or [])} cells are expected")
            rows.append({key: (value or "").strip() for key, value in row.items()})
    return rows


def has(name: str) -> bool:
    """Whether a table of this name exists, shipped or in the overlay."""
    return any((f / f"{name}.csv").is_file() for f in (paths.codebook(), overlay()) if f is not None)


def cells(value: str) -> list[str]:
    """The values of a cell that holds several, parted by | ."""
    return [part.strip() for part in value.split("|") if part.strip()]


def sectors() -> list[str]:
    """The sectors that have a domain table, such as ["education", "government"]."""
    folders = {f for f in (paths.codebook(), overlay()) if f is not None}
    return sorted({p.parent.name for folder in folders for p in folder.glob("*/domains.csv")})


def version() -> str:
    """A hash of every table in force, 12 hexadecimal digits: equal tables, equal version."""
    digest = hashlib.sha256()
    for folder in [f for f in (paths.codebook(), overlay()) if f is not None]:
        for file in sorted(folder.rglob("*.csv")):
            digest.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]
