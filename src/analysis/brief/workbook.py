"""The headline numbers of every report as an Excel file."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from analysis.brief import labels, tables

Row = dict[str, Any]

# heading → what a row holds under it
_NUMBERS = (
    ("地区 Region", "region"), ("指标 Indicator", "indicator"), ("Indicator", "indicator_en"), ("比较 Comparator", "sign"),
    ("数值 Value", "value"), ("上限 Upper", "value_high"), ("单位 Unit", "unit"), ("目标年 Year", "year"), ("位次 Rank", "rank"),
    ("可比地区 Regions", "n"), ("同类中位数 Peers' median", "peers_median"), ("与同类差 Gap", "distance"), ("全国 Nation", "national"),
    ("全国数年份 Its year", "national_year"), ("报告 Report", "report"), ("文件 File", "file"),
)  # fmt: skip
_REPORTS = (
    ("报告 Report", "name"), ("标题 Title", "title"), ("参数 Parameters", "told"), ("状态 Status", "status"), ("生成 Made", "made"),
    ("秒 Seconds", "seconds"), ("文件 File", "file"), ("错误 Error", "error"),
)  # fmt: skip
WIDEST = 44  # characters of a column


def excel(receipts: Iterable[Row]) -> bytes:
    """Two sheets: the headline numbers of all reports, each number once, and the reports themselves.

    Args: receipts: as results.receipts gives them, with `told`, the parameters in words.
    """
    rows = list(receipts)
    book = openpyxl.Workbook()
    numbers: Any = book.active
    numbers.title = "数字 Numbers"
    _sheet(numbers, _NUMBERS, headline(rows))
    _sheet(book.create_sheet("报告 Reports"), _REPORTS, [{**row, "file": _file(row)} for row in rows])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def headline(receipts: Iterable[Row]) -> list[Row]:
    """A row a headline number: what a report says first, each number of a region once, by region and indicator."""
    found: dict[tuple[Any, ...], Row] = {}
    for receipt in receipts:
        for number in receipt.get("numbers") or []:
            code, printed = number["indicator_id"], number["indicator"]
            key = (number["region"], code or printed, number["value"], number["year"])
            found.setdefault(key, {
                **number, "indicator": labels.indicator(code, printed, "zh"), "indicator_en": labels.indicator(code, printed, "en"),
                "sign": labels.SIGNS.get(str(number["comparator"]), "").strip(), "report": receipt["name"], "file": _file(receipt),
            })  # fmt: skip
    return sorted(found.values(), key=lambda row: (str(row["region"]), str(row["indicator"])))


def _file(receipt: Row) -> str:
    return str(receipt["paths"].get("html") or next(iter(receipt["paths"].values()), ""))


def _sheet(sheet: Any, columns: Sequence[tuple[str, str]], rows: Sequence[Row]) -> None:
    sheet.append([heading for heading, _ in columns])
    for row in rows:
        sheet.append([_cell(row.get(name)) for _, name in columns])
    for at, (heading, name) in enumerate(columns, 1):
        texts = [heading, *(str(row.get(name) or "") for row in rows)]
        wide = max(sum(2 if ord(c) > 0x2E7F else 1 for c in text) for text in texts)
        sheet.column_dimensions[get_column_letter(at)].width = min(WIDEST, wide + 2)
        head = sheet.cell(1, at)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="F2F4F6")
        head.alignment = Alignment(wrap_text=True, vertical="top")
        if name == "file":
            _lead(sheet.iter_rows(min_row=2, min_col=at, max_col=at))
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows, sheet.page_setup.orientation, sheet.page_setup.paperSize = "1:1", "landscape", 9  # A4
    sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight = True, 0


def _lead(cells: Iterable[tuple[Any, ...]]) -> None:
    """Cells that name a report's file lead to it."""
    for (cell,) in cells:
        if cell.value:
            cell.hyperlink, cell.font = quote(str(cell.value)), Font(color="1F5C99", underline="single")


def _cell(held: Any) -> Any:
    if isinstance(held, str):
        return tables.inert("".join(c for c in held if c.isprintable() or c == "\n"))
    return held
