"""Tables of indicators: a row an indicator, a column a year, the unit in a column of its own or in a bracket.

A table may stand the other way round, with a row a year.  Only cells that are a bare number or one amount are read;
the rest of a table is left to the sentences' reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from analysis import numerals
from analysis.extract import harmonise

Row = dict[str, Any]

_WIDEST = 40  # columns of a table of indicators
_NAME = re.compile(r"(?:主要|核心|具体|发展|监测|预期)?指标(?:名称|内容)?$|^(?:指标|名称|项目|内容|目标)$")
_UNIT = re.compile(r"^(?:计量)?单位$")
_YEAR = re.compile(
    r"^(?:到|截至)?(?P<year>(?:19|20)\d\d)年?(?:度|末|底)?(?P<what>[\u4e00-\u9fff]{0,6})(?:[(（](?P<unit>[^()（）]{1,8})[)）])?$"
)
_VALUE = re.compile(
    r"^(?P<what>(?:现状|现有|基期|基数|基准|目标|规划|计划|预期|实际|完成)[\u4e00-\u9fff]{0,4}值?)(?:[(（](?P<unit>[^()（）]{1,8})[)）])?$"
)
_MEAN = re.compile(r"^(?:规划|预期|目标)?年均(?:增长|增速|递增)率?(?:[(（]%[)）])?$")
_DONE = re.compile(r"实际|实绩|完成|现状|现有|基期|基数|基准|达到")
_TO_DO = re.compile(r"目标|规划|计划|预期|任务")
_TIME = re.compile(r"^(?:年份|年度|时间|年)$")
_IN_BRACKET = re.compile(r"[(（]([^()（）\d]{1,8})[)）]\s*$")
_NUMBERED = re.compile(r"^\s*(?:[(（]?\d{1,2}[)）.、．]|[①-⑳]|其中[:：])\s*")
_CELL = re.compile(
    r"^\s*[\[〔【(（]?(?P<sign>≥|≤|>=|<=|>|<|＞|＜|不低于|不少于|不超过|大于|超过|高于|低于|小于|约)?\s?"
    r"(?P<low>-?\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?|-?\d{1,12}(?:\.\d{1,6})?)(?:\s?[-—–~～至]\s?(?P<high>\d{1,12}(?:\.\d{1,6})?))?"
    r"\s?(?P<after>以上|以内|以下|左右|\+)?[\]〕】)）]?\s*$"
)
_SIGNS = {
    "≥": "ge", ">=": "ge", "不低于": "ge", "不少于": "ge", "以上": "ge", "≤": "le", "<=": "le", "不超过": "le", "以内": "le", "以下": "le",
    ">": "gt", "＞": "gt", "大于": "gt", "超过": "gt", "高于": "gt", "+": "gt", "<": "lt", "＜": "lt", "低于": "lt", "小于": "lt", "约": "approx", "左右": "approx",
}  # fmt: skip


class Column(NamedTuple):
    """A column of values: the year in its head (None where it names none), what else it says, its unit."""

    at: int
    year: int | None
    what: str
    unit: str


@dataclass
class Head:
    """The head of a table of indicators; `name` and `unit` are the places of their columns."""

    name: int
    unit: int | None
    columns: list[Column]
    length: int


class Cell(NamedTuple):
    """A cell's words at their place in the text."""

    text: str
    start: int


def laid_over(rows: list[Row], plan: Row) -> list[Row]:
    """The rows of a plan with those of its tables of indicators in place of what was read there as sentences."""
    found = numbers(plan)
    text = plan["text"] or ""
    taken = {_line(text, r["start"]) for r in found}
    return [*(r for r in rows if _line(text, r["start"]) not in taken), *found] if found else rows


def _line(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def numbers(plan: Row) -> list[Row]:
    """A row a number in the plan's tables of indicators."""
    out: list[Row] = []
    for table in _tables(plan["text"] or ""):
        head = _head([c.text for c in table[0]]) if len(table[0]) <= _WIDEST else None
        if head is None and not _TIME.match(table[0][0].text):
            continue
        for cells in table[1:]:
            out += _of_indicator(plan, head, cells) if head else _of_year(plan, table[0], cells)
    return out


def _tables(text: str) -> Iterator[list[list[Cell]]]:
    """The runs of lines whose cells tabs part, each line its cells; those with two lines and a head's form."""
    run: list[list[Cell]] = []
    at = 0
    for line in [*text.split("\n"), ""] if "\t" in text else ():
        if line.count("\t") >= 1:
            run.append(_cells(line, at))
        else:
            yield from [run] if len(run) > 1 else []
            run = []
        at += len(line) + 1


def _cells(line: str, at: int) -> list[Cell]:
    out = []
    for cell in line.split("\t"):
        out.append(Cell(cell.strip(), at + len(cell) - len(cell.lstrip())))
        at += len(cell) + 1
    return out


def _head(cells: Sequence[str]) -> Head | None:
    """The head of a table of indicators, None where the cells are none: it names the indicators and a year or state."""
    cells = [re.sub(r"\s", "", c) for c in cells]
    columns = [c for i, cell in enumerate(cells) if (c := _column(i, cell))]
    names = [i for i, cell in enumerate(cells) if _NAME.search(cell) and len(cell) <= 12]
    if not columns or not names or any(len(cell) > 24 for cell in cells):
        return None
    own = next((i for i in names if "指标" in cells[i]), names[0])
    return Head(own, next((i for i, c in enumerate(cells) if _UNIT.match(c)), None), columns, len(cells))


def _column(index: int, cell: str) -> Column | None:
    if _MEAN.match(cell):
        return Column(index, None, "年均增长目标", "%")
    year = _YEAR.match(cell)
    match = year or _VALUE.match(cell)
    if match is None:
        return None
    return Column(index, int(year["year"]) if year else None, match["what"], match["unit"] or "")


def _of_indicator(plan: Row, head: Head, cells: Sequence[Cell]) -> Iterator[Row]:
    """The numbers of a row that is an indicator; a row without the cell of a merged first column is shifted."""
    missing = head.length - len(cells)
    by = 1 if missing == 1 and head.name > 0 and _CELL.match(cells[head.columns[0].at - 1].text) else 0

    def cell(index: int) -> Cell:
        return cells[index - by] if 0 <= index - by < len(cells) else Cell("", 0)

    printed = cell(head.name).text
    unit = cell(head.unit).text if head.unit is not None else ""
    for column in head.columns:  # an earlier year's value is a row of its own and no baseline
        own = column.unit if column.what.startswith("年均") else unit or column.unit
        yield from _number(plan, printed, own, column, cell(column.at), cells)


def _of_year(plan: Row, head: Sequence[Cell], cells: Sequence[Cell]) -> Iterator[Row]:
    """The numbers of a row that is a year, in a table whose head names the indicators."""
    year = _YEAR.match(cells[0].text)
    if year is None or not _TIME.match(head[0].text):
        return
    column = Column(0, int(year["year"]), year["what"], "")
    for name, cell in zip(head[1:], cells[1:], strict=False):
        yield from _number(plan, name.text, "", column, cell, cells)


def _number(plan: Row, printed: str, unit: str, column: Column, cell: Cell, cells: Sequence[Cell]) -> Iterator[Row]:
    bracket = _IN_BRACKET.search(printed)
    is_mean = column.what.startswith("年均")
    unit = bracket[1] if bracket and not unit else unit
    name = _NUMBERED.sub("", _IN_BRACKET.sub("", printed)).strip()
    amount = _amount(cell.text, unit)
    if amount is None or not re.search(r"[\u4e00-\u9fff]{2}", name):
        return
    meant = harmonise.match("年均" * is_mean + name, amount.kind, is_mean, plan.get("sector") or "other")
    begin = cell.text.index(re.search(r"[-\d]", cell.text)[0])  # type: ignore[index]
    yield {
        "item_id": None, "quote": (plan["text"] or "")[cells[0].start : cells[-1].start + len(cells[-1].text)].strip(),
        "start": cell.start + begin, "end": cell.start + len(cell.text), "indicator": name,
        "indicator_id": meant.id if meant else None, "indicator_confidence": meant.confidence if meant else None,
        "value": amount.value, "value_high": amount.value_high, "unit": amount.unit, "per": amount.per,
        "comparator": amount.comparator, "kind": "change" if is_mean else "level", "baseline": None, **_when(plan, column),
        "hedge": "预计" if "预计" in column.what else None, "worded": False, "base_value": amount.base_value,
        "base_unit": amount.base_unit,
        "reason": None if meant else "indicator_id: no indicator of the codebook has this name",
    }  # fmt: skip


def _amount(cell: str, unit: str) -> numerals.Amount | None:
    """The amount of a cell: printed with its own unit, or a bare number with the unit of its row or column."""
    own = [a for a in numerals.amounts(cell) if a.left <= 1] if len(cell) <= 24 else []
    if own and len(cell) - own[0].right <= 1:
        return own[0]
    match = _CELL.match(cell)
    if match is None or not unit:
        return None
    high = f"-{match['high']}" if match["high"] else ""
    found = numerals.amounts(f"{match['low']}{high}{unit}")
    sign = _SIGNS.get(match["sign"] or match["after"] or "")
    if found:
        return found[0]._replace(comparator=sign) if sign else found[0]
    value = float(match["low"].replace(",", ""))
    return numerals.Amount(0, len(cell), value, unit, sign or "eq", "count", value, unit)


def _when(plan: Row, column: Column) -> Row:
    """Year and status of a column: by its words, else by whether its year lies before the plan's."""
    first, last = plan.get("plan_year"), plan.get("plan_until") or plan.get("plan_year")
    to_do, done = _TO_DO.search(column.what) is not None, _DONE.search(column.what) is not None
    if column.year is None:
        year = last if to_do or first is None else first - 1
        return {"status": "target" if to_do else "achieved", "year": year}
    reports = plan.get("doc_type") == "work_report" and plan.get("sector") != "government"
    past = first is not None and column.year < first + int(reports)
    return {"status": "achieved" if (done or past) and not to_do else "target", "year": column.year}
