"""Coding sheets out: Excel with drop-downs, CSV, JSON Lines."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from analysis.review.codes import CodingUnit, allowed, coding_unit, machine, need, plain
from analysis.review.pairs import is_missing

NOTE = "note"
MOST = 32_000  # characters that a cell of Excel holds, less some
WIDTHS = {"text": 80, "quote": 60, "heading": 24, "indicator": 24, "item_id": 12, "metric_id": 12, "plan_id": 12}

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_GUARDED = re.compile(r"^'(?=[=+\-@\t\r])")


def export(units: pd.DataFrame, path: str | Path, prefill: bool = False, codes: pd.DataFrame | None = None) -> Path:
    """The path of a coding sheet with one row an item or metric, written as its suffix says: .xlsx, .csv or .jsonl.

    The Excel file has drop-downs, locked texts, and instructions with the codebook on its second sheet. The JSON
    lines can be read by Label Studio and doccano. No text can act as a formula.

    Args:
        units: a frame of items, or of metrics.
        prefill: whether the machine's codes stand in the cells; agreement asks for empty ones.
        codes: one coder's codes, which stand in the cells.

    Raises: ValueError when the suffix is unknown; FrameError when units lack a column or there are none.
    """
    unit = coding_unit(units.columns)
    need(unit.frame, units, unit.key, "plan_id", unit.text)
    path = Path(path)
    if path.suffix not in _WRITERS:
        raise ValueError(f"{path.name}: a coding sheet ends in {', '.join(_WRITERS)}")
    if units.empty:
        raise ValueError(f"{path.name}: there are no {unit.frame} to code; widen the sample")
    beside = path.with_name(f".new-{path.name}")
    held = machine(units) if prefill else codes
    path.parent.mkdir(parents=True, exist_ok=True)
    _WRITERS[path.suffix](_sheet(units, unit, held), beside, unit)
    return beside.replace(path)


def _sheet(units: pd.DataFrame, unit: CodingUnit, codes: pd.DataFrame | None) -> pd.DataFrame:
    """The rows of a coding sheet: what is given, the fields to fill in, a note."""
    if "printed" in unit.given:
        units = units.assign(printed=[_amount(row) for row in units.to_dict("records")])
    rows = units.reindex(columns=list(unit.given)).astype(object)
    rows = rows.where(rows.notna(), "")
    rows[unit.text] = rows[unit.text].map(printed)
    names = [field.name for field in unit.fields]
    if codes is None:
        return rows.assign(**dict.fromkeys((*names, NOTE), ""))
    filled = codes.pivot(index="unit_id", columns="field", values="value").reindex(columns=names)
    return rows.join(filled.astype(object), on=unit.key).assign(**{NOTE: ""}).fillna("")


def _amount(row: dict[Any, Any]) -> str:
    """The number that a metric is about, for a quote that holds several."""
    parts: list[Any] = [row.get(name) for name in ("value", "value_high")]
    said = "–".join(plain(float(part)) for part in parts if not is_missing(part))
    return said + ("" if is_missing(row.get("unit")) else str(row["unit"]))


def printed(text: Any) -> str:
    """A text as a cell can hold it: no control characters, cut at the length of a cell."""
    return "" if is_missing(text) else _UNPRINTABLE.sub("", str(text))[:MOST]


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that was guarded."""
    return _GUARDED.sub("", text)


def _write_csv(sheet: pd.DataFrame, path: Path, unit: CodingUnit) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as handle:  # Excel needs the mark to read Chinese
        writer = csv.writer(handle)
        writer.writerow(sheet.columns)
        writer.writerows([guarded(str(v)) for v in row] for row in sheet.itertuples(index=False))


def _write_jsonl(sheet: pd.DataFrame, path: Path, unit: CodingUnit) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        for row in sheet.to_dict("records"):
            given = {name: row[name] for name in unit.given if name != unit.text}
            codes = {name: row[name] for name in (*(field.name for field in unit.fields), NOTE)}
            text = row[unit.text]
            line = {"id": row[unit.key], "text": text, "label": [], "meta": given, "codes": codes}
            line["data"] = {"text": text, **{k: str(v) for k, v in given.items()}}
            handle.write(json.dumps(line, ensure_ascii=False) + "\n")


def _write_xlsx(sheet: pd.DataFrame, path: Path, unit: CodingUnit) -> None:
    book = Workbook()
    page = book.active
    page.title = "coding"
    _fill(page, sheet, unit)
    lists = _codebook(book.create_sheet("codebook"), unit, sorted({str(s) for s in sheet["sector"]}))
    for field in unit.fields:
        if field.name in lists:
            _drop_down(page, list(sheet.columns).index(field.name) + 1, len(sheet), lists[field.name], field.has_many)
    page.protection.enable()
    with path.open("wb") as handle:
        book.save(handle)


def _fill(page: Worksheet, sheet: pd.DataFrame, unit: CodingUnit) -> None:
    for column, name in enumerate(sheet.columns, start=1):
        head = page.cell(1, column, name)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6EE")
        page.column_dimensions[get_column_letter(column)].width = WIDTHS.get(name, 18)
        for row, value in enumerate(sheet[name], start=2):
            cell = page.cell(row, column)
            cell.value, cell.data_type, cell.quotePrefix = str(value), "s", True  # a text, whatever it begins with
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.protection = Protection(locked=name in unit.given)
    page.freeze_panes = "B2"


HOW_TO = (
    "一行一条。灰色列只读，不要改动；请在后面的列中编码，多个编码用 | 分开；没有则填 none，没看则留空。",
    "One row an item or number. Leave the given columns as they are; code in the columns after them, several codes parted by |; "
    "write none where there is nothing, leave empty what you did not look at.",
)


def _codebook(page: Worksheet, unit: CodingUnit, sectors: list[str]) -> dict[str, str]:
    """Instructions and the codes of every field; field → the range of cells that lists its codes."""
    for line in HOW_TO:
        page.append([line])
    page.append(["field", "id", "zh", "en", "definition"])
    lists: dict[str, str] = {}
    for field in unit.fields:
        page.append([field.name, "", field.help])
        codes = {key: row for sector in sectors for key, row in allowed(field, sector).items()}
        first = page.max_row + 1
        for key, row in codes.items():
            page.append([field.name, key, *(guarded(row.get(c, "")) for c in ("zh", "en", "definition"))])
        if codes:
            page.append([field.name, "none", "没有", "nothing"])
            lists[field.name] = f"codebook!$B${first}:$B${page.max_row}"
    page.column_dimensions["E"].width = 80
    page.protection.enable()
    return lists


def _drop_down(page: Worksheet, column: int, n_rows: int, cells: str, has_many: bool) -> None:
    """A list of codes under every cell of a column; where several may stand, others can be typed."""
    rule = DataValidation(type="list", formula1=f"={cells}", allow_blank=True, showErrorMessage=not has_many)
    letter = get_column_letter(column)
    rule.add(f"{letter}2:{letter}{n_rows + 1}")
    page.add_data_validation(rule)


_WRITERS: dict[str, Callable[[pd.DataFrame, Path, CodingUnit], None]] = {
    ".xlsx": _write_xlsx,
    ".csv": _write_csv,
    ".jsonl": _write_jsonl,
}
