"""Coding sheets back in: codes in long form, and every refused row with its reasons."""

from __future__ import annotations

import csv
import difflib
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

import pandas as pd
from openpyxl import load_workbook

from analysis import frames
from analysis.review.codes import (
    CODES,
    NOTHING,
    UNITS,
    CodingUnit,
    Field,
    allowed,
    as_number,
    coding_unit,
    joined,
    of_field,
)
from analysis.review.export import printed, unguarded
from analysis.review.pairs import is_missing

SHORT_LIST = 40  # codes that a message can name
REFUSED = ["row", "unit_id", "reason"]


class Sheet(NamedTuple):
    """What a coder filled in: codes (a row a unit and field, in long form) and refused (a row a reason)."""

    codes: pd.DataFrame
    refused: pd.DataFrame


def read_sheet(path: str | Path, units: pd.DataFrame, coder: str | None = None) -> Sheet:
    """The codes of a coding sheet (.xlsx, .csv, .jsonl), and the rows that are refused.

    A row is refused as a whole when its unit is unknown or comes twice, its text is not the unit's, or a code is not
    in the codebook; row counts the sheet's lines, the header being 1.

    Args: units: the frame of items or metrics that was exported, or any that holds its rows. coder: whose codes these
        are, the file's name where it is not given.

    Raises: FrameError when the file lacks a column or cannot be read as a coding sheet.
    """
    path, unit = Path(path), coding_unit(units.columns)
    rows = _read(path, unit)
    known = {str(row[unit.key]): row for row in units.to_dict("records")}
    seen: dict[str, int] = {}
    codes: list[tuple[Any, ...]] = []
    refused: list[tuple[int, str, str]] = []
    for number, row in rows:
        unit_id = row[unit.key]
        reasons = _reasons(row, known.get(unit_id), seen.get(unit_id), unit)
        seen.setdefault(unit_id, number)
        refused += [(number, unit_id, reason) for reason in reasons]
        if not reasons:
            plan_id = known[unit_id]["plan_id"]
            codes += [(coder or path.stem, plan_id, unit_id, f.name, _value(row, f)) for f in unit.fields]
    return Sheet(pd.DataFrame(codes, columns=CODES), pd.DataFrame(refused, columns=REFUSED))


def read_sheets(paths: Iterable[str | Path], units: pd.DataFrame) -> Sheet:
    """The codes of several coding sheets, each its own coder's; `refused` tells the sheet too.

    Raises: FrameError as read_sheet.
    """
    held = {Path(path).name: read_sheet(path, units) for path in paths}
    refused = [sheet.refused.assign(sheet=name) for name, sheet in held.items()]
    codes = pd.concat([pd.DataFrame(columns=CODES), *(sheet.codes for sheet in held.values())], ignore_index=True)
    return Sheet(codes, pd.concat([pd.DataFrame(columns=[*REFUSED, "sheet"]), *refused], ignore_index=True))


def sheets_in(folder: str | Path) -> list[Path]:
    """The files of a folder that may be coding sheets, by name; [] where there is no such folder."""
    folder = Path(folder)
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for path in found if path.suffix in _READERS and not path.name.startswith((".", "~"))]


def sheet_unit(path: str | Path) -> CodingUnit:
    """What a coding sheet holds: items or metrics.

    Raises: FrameError when it is no coding sheet.
    """
    path = Path(path)
    for unit in reversed(UNITS):  # a sheet of metrics is told by its key
        try:
            _read(path, unit)
        except frames.FrameError:
            if unit is UNITS[0]:
                raise
        else:
            return unit
    raise AssertionError("one of the units was read or its error raised")


def _read(path: Path, unit: CodingUnit) -> list[tuple[int, dict[str, str]]]:
    if path.suffix not in _READERS:
        raise frames.FrameError(f"{path.name}: a coding sheet ends in {', '.join(_READERS)}")
    return _READERS[path.suffix](path, unit)


def _reasons(row: dict[str, str], held: dict[Any, Any] | None, before: int | None, unit: CodingUnit) -> list[str]:
    name = unit.frame.removesuffix("s")
    if held is None:
        return [f"the {name} is not among those that were exported; leave {unit.key} as it is"]
    if before is not None:
        return [f"the {name} stands in row {before} already; keep one of them"]
    reasons = []
    if row[unit.text] != _cell(printed(held[unit.text])):
        reasons.append("the text was changed; correct codes, not texts")
    for field in unit.fields:
        reasons += _wrong(of_field(field, row[field.name]), field, held.get("sector"))
    return reasons


def _wrong(held: list[str], field: Field, sector: Any) -> list[str]:
    """What is wrong with the values of a field, a reason each."""
    if NOTHING in held and len(held) > 1:
        return [f"{field.name}: {NOTHING} stands beside other codes"]
    if field.table is not None and not field.has_many and any("|" in v for v in held):
        return [f"{field.name}: {'|'.join(held)} are several codes; choose one"]
    if field.is_number and held and held != [NOTHING] and as_number(held[0]) is None:
        return [f"{field.name}: {held[0]!r} is no number; write it in figures, or {NOTHING}"]
    codes = allowed(field, None if is_missing(sector) else str(sector))
    unknown = [v for v in held if codes and v not in codes and v != NOTHING]
    return [f"{field.name}: {v!r} is not in the codebook; {_choice(v, list(codes))}" for v in unknown]


def _choice(value: str, codes: list[str]) -> str:
    """What a coder may have meant: every code of a short list, the nearest of a long one."""
    if len(codes) <= SHORT_LIST:
        return f"there are {', '.join(codes)}"
    near = difflib.get_close_matches(value, codes, n=3, cutoff=0.5)
    return f"nearest are {', '.join(near)}" if near else "see the sheet's second page for the codes"


def _value(row: dict[str, str], field: Field) -> str | None:
    return joined(of_field(field, row[field.name]))


def _cell(value: Any) -> str:
    """A cell's text as any of the formats keeps it: line ends alike, no guard, nothing at its ends."""
    text = "" if value is None else str(value)
    return unguarded(text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")).strip()


def _checked(path: Path, head: list[str], unit: CodingUnit) -> list[str]:
    missing = [name for name in (unit.key, unit.text, *(field.name for field in unit.fields)) if name not in head]
    if missing:
        raise frames.FrameError(f"{path.name} lacks the column {', '.join(missing)}; export the sheet again")
    return head


def _read_xlsx(path: Path, unit: CodingUnit) -> list[tuple[int, dict[str, str]]]:
    try:
        book = load_workbook(path, read_only=True)
    except (BadZipFile, KeyError, ValueError) as error:
        raise frames.FrameError(f"{path.name} is no Excel file ({error}); save it as .xlsx") from error
    page = book["coding"] if "coding" in book.sheetnames else book.worksheets[0]
    lines = [list(line) for line in page.iter_rows(values_only=True)]
    book.close()
    return _rows(path, lines, unit)


def _read_csv(path: Path, unit: CodingUnit) -> list[tuple[int, dict[str, str]]]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")  # what Excel writes on a Chinese Windows
    return _rows(path, [list(line) for line in csv.reader(io.StringIO(text, newline=""))], unit)


def _rows(path: Path, lines: list[list[Any]], unit: CodingUnit) -> list[tuple[int, dict[str, str]]]:
    head = _checked(path, [str(name) for name in lines[0]] if lines else [], unit)
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        cells = [_cell(value) for value in line] + [""] * (len(head) - len(line))
        if any(cells):
            rows.append((number, dict(zip(head, cells, strict=False))))
    return rows


def _read_jsonl(path: Path, unit: CodingUnit) -> list[tuple[int, dict[str, str]]]:
    rows = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            held = json.loads(line)
        except json.JSONDecodeError as error:
            raise frames.FrameError(f"{path.name} line {number} is no JSON: {error}") from error
        _checked(path, [*held.get("meta", {}), unit.text, *held.get("codes", {})], unit)
        cells = {name: _cell(value) for name, value in held["codes"].items()}
        rows.append((number, {unit.key: str(held["id"]), unit.text: _cell(held["text"]), **cells}))
    return rows


_READERS: dict[str, Callable[[Path, CodingUnit], list[tuple[int, dict[str, str]]]]] = {
    ".xlsx": _read_xlsx,
    ".csv": _read_csv,
    ".jsonl": _read_jsonl,
}
