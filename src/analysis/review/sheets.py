"""Coding sheets back in: codes in long form, and every refused row with its reasons."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

import pandas as pd
from openpyxl import load_workbook

from analysis import frames
from analysis.review.codes import CODES, ITEM_FIELDS, NOTHING, Field, allowed, joined, values
from analysis.review.export import CODED, printed, unguarded
from analysis.review.pairs import is_missing

REFUSED = ["row", "item_id", "reason"]


class Sheet(NamedTuple):
    """What a coder filled in: codes (a row an item and field, in long form) and refused (a row a reason)."""

    codes: pd.DataFrame
    refused: pd.DataFrame


def read_sheet(path: str | Path, items: pd.DataFrame, coder: str | None = None) -> Sheet:
    """The codes of a coding sheet (.xlsx, .csv, .jsonl), and the rows that are refused.

    A row is refused as a whole when its item is unknown or comes twice, its text is not the item's, or a code is not
    in the codebook; row counts the sheet's lines, the header being 1.

    Args: items: the frame that was exported, or any that holds its items. coder: whose codes these are, the file's
        name where it is not given.

    Raises: FrameError when the file lacks a column or cannot be read as a coding sheet.
    """
    path = Path(path)
    if path.suffix not in _READERS:
        raise frames.FrameError(f"{path.name}: a coding sheet ends in {', '.join(_READERS)}")
    rows = _READERS[path.suffix](path)
    known = {str(row["item_id"]): row for row in items.to_dict("records")}
    seen: dict[str, int] = {}
    codes: list[tuple[Any, ...]] = []
    refused: list[tuple[int, str, str]] = []
    for number, row in rows:
        item_id = row["item_id"]
        reasons = _reasons(row, known.get(item_id), seen.get(item_id))
        seen.setdefault(item_id, number)
        refused += [(number, item_id, reason) for reason in reasons]
        if not reasons:
            codes += [(coder or path.stem, *_code(row, known[item_id], field)) for field in ITEM_FIELDS]
    return Sheet(pd.DataFrame(codes, columns=CODES), pd.DataFrame(refused, columns=REFUSED))


def _reasons(row: dict[str, str], item: dict[Any, Any] | None, before: int | None) -> list[str]:
    if item is None:
        return ["the item is not among those that were exported; leave item_id as it is"]
    if before is not None:
        return [f"the item stands in row {before} already; keep one of them"]
    reasons = []
    if row["text"] != _cell(printed(item["text"])):
        reasons.append("the text was changed; correct codes, not texts")
    for field in ITEM_FIELDS:
        reasons += _wrong(values(row[field.name]), field, item.get("sector"))
    return reasons


def _wrong(held: list[str], field: Field, sector: Any) -> list[str]:
    """What is wrong with the values of a field, a reason each."""
    if NOTHING in held and len(held) > 1:
        return [f"{field.name}: {NOTHING} stands beside other codes"]
    if len(held) > 1 and not field.has_many:
        return [f"{field.name}: {'|'.join(held)} are several codes; choose one"]
    codes = allowed(field, None if is_missing(sector) else str(sector))
    unknown = [v for v in held if codes and v not in codes and v != NOTHING]
    return [f"{field.name}: {v!r} is not in the codebook; there are {', '.join(codes)}" for v in unknown]


def _code(row: dict[str, str], item: dict[Any, Any], field: Field) -> tuple[Any, ...]:
    return item["plan_id"], item["item_id"], field.name, joined(values(row[field.name]))


def _cell(value: Any) -> str:
    """A cell's text as any of the formats keeps it: line ends alike, no guard, nothing at its ends."""
    text = "" if value is None else str(value)
    return unguarded(text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")).strip()


def _checked(path: Path, head: list[str]) -> list[str]:
    missing = [name for name in ("item_id", "text", *CODED) if name not in head]
    if missing:
        raise frames.FrameError(f"{path.name} lacks the column {', '.join(missing)}; export the sheet again")
    return head


def _read_xlsx(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        book = load_workbook(path, read_only=True)
    except (BadZipFile, KeyError, ValueError) as error:
        raise frames.FrameError(f"{path.name} is no Excel file ({error}); save it as .xlsx") from error
    page = book["coding"] if "coding" in book.sheetnames else book.worksheets[0]
    lines = [list(line) for line in page.iter_rows(values_only=True)]
    book.close()
    return _rows(path, lines)


def _read_csv(path: Path) -> list[tuple[int, dict[str, str]]]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")  # what Excel writes on a Chinese Windows
    return _rows(path, [list(line) for line in csv.reader(io.StringIO(text, newline=""))])


def _rows(path: Path, lines: list[list[Any]]) -> list[tuple[int, dict[str, str]]]:
    head = _checked(path, [str(name) for name in lines[0]] if lines else [])
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        cells = [_cell(value) for value in line] + [""] * (len(head) - len(line))
        if any(cells):
            rows.append((number, dict(zip(head, cells, strict=False))))
    return rows


def _read_jsonl(path: Path) -> list[tuple[int, dict[str, str]]]:
    rows = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            held = json.loads(line)
        except json.JSONDecodeError as error:
            raise frames.FrameError(f"{path.name} line {number} is no JSON: {error}") from error
        _checked(path, ["item_id", "text", *held.get("codes", {})])
        cells = {name: _cell(value) for name, value in held["codes"].items()}
        rows.append((number, {"item_id": str(held["id"]), "text": _cell(held["text"]), **cells}))
    return rows


_READERS: dict[str, Callable[[Path], list[tuple[int, dict[str, str]]]]] = {
    ".xlsx": _read_xlsx,
    ".csv": _read_csv,
    ".jsonl": _read_jsonl,
}
