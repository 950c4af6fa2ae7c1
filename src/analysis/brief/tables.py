"""A frame as an HTML table for readers: named columns, formatted values, cells that lead to their source."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from analysis import frames
from analysis.brief import labels, sources

HIDDEN = {
    "metric_id",
    "item_id",
    "plan_id",
    "indicator_id",
    "region_code",
    "family_id",
    "is_plan",
    "part_id",
    "span_id",
}
SHARES = {
    "share", "low", "high", "damage", "top_share", "space", "strength", "substance", "domain_share", "share_complete",
    "share_of_items", "own_share", "peers_share", "first_share", "last_share", "formula",
    *(f"{name}_{of}" for name in ("precision", "recall", "f1") for of in ("sample", "apart")),
}  # fmt: skip
# what a row's `ids` are counted to; a column of its own, ids_share beside share, comes first
COUNTS = {
    "n", "n_items", "share", "top_share", "own_share", "joint_rank", "space", "strength", "substance", "n_years", "n_plans",
    "first_share", "last_share",
}  # fmt: skip
SHORT = 10  # characters up to which a cell is kept on one line
# which cell leads to the source when a row has a metric's or an item's id
_LINKED = {
    "metric_id": ("value", "promised", "quote", "indicator"),
    "item_id": ("heading", "task", "sentence", "text"),
    "span_id": ("found_phrase",),
}


@dataclass(frozen=True)
class Cell:
    """What a cell shows, what it is sorted by (its text unless given), the key of its source, the sentence itself.

    A count has the `ids` of what it counts instead of a source, and a page gives it the `link` that opens them.
    """

    text: str
    sort: float | str | None = None
    source: str | None = None
    sentence: str | None = None
    ids: tuple[str, ...] = ()
    link: str | None = None

    @property
    def is_number(self) -> bool:
        """Whether it stands to the right."""
        return isinstance(self.sort, float)


Row = list[Cell]


def html_table(headings: Iterable[str], rows: Iterable[Row], caption: str = "") -> str:
    """The table as HTML; every text is escaped."""
    held = list(rows)
    right = [any(cell.is_number for cell in column) for column in zip(*held, strict=True)]
    head = "".join(_th(name, is_right) for name, is_right in zip(headings, right, strict=True))
    body = "\n".join(f"<tr>{''.join(map(_td, row, right))}</tr>" for row in held)
    title = f"<caption>{html.escape(caption)}</caption>" if caption else ""
    return f'<table class="plans">{title}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>'


def _th(name: str, is_right: bool) -> str:
    kind = ' class="num"' if is_right else ""
    return f'<th scope="col"{kind}>{html.escape(name)}</th>'


def _td(cell: Cell, is_right: bool) -> str:
    text = html.escape(cell.text).replace("\n", "<br>")
    link = cell.link if cell.source is None else f"#{sources.anchor(cell.source)}"
    if link is not None:
        hint = f' title="{html.escape(cell.sentence)}"' if cell.sentence else ""
        text = f'<a class="src" href="{link}"{hint}>{text}</a>'
    short = "short" if len(cell.text) <= SHORT and "\n" not in cell.text else ""
    kind = "num" if is_right and len(cell.text) <= 2 * SHORT else short
    kind = f' class="{kind}"' if kind else ""
    sort = "" if cell.sort is None else f' data-sort="{html.escape(str(cell.sort), quote=True)}"'
    return f"<td{kind}{sort}>{text}</td>"


def rows(frame: pd.DataFrame, columns: list[str], lang: str) -> list[Row]:
    """A row of cells a row of the frame; ids that the frame has make the row's number or heading a link."""
    linked: dict[str, str] = {}
    for key, candidates in _LINKED.items():
        column = next((c for c in candidates if c in columns), None)
        if key in frame and column is not None:
            linked.setdefault(column, key)
    counted = {c: name for c in columns if c not in linked and (name := _counted(frame, c)) is not None}
    held = ((row, {c: tuple(frames.ids(row, name)) for c, name in counted.items()}) for row in sources.records(frame))
    return [[replace(_cell(row, c, linked.get(c), lang), ids=ids.get(c, ())) for c in columns] for row, ids in held]


def _counted(frame: pd.DataFrame, column: str) -> str | None:
    """The column with the ids of what another one counts or measures, if the frame has one."""
    named = [f"ids_{column}", *(["ids"] if column in COUNTS else [])]
    return next((name for name in named if name in frame.columns), None)


def _cell(row: Mapping[str, Any], column: str, key: str | None, lang: str) -> Cell:
    held, book = row[column], row.get("codebook", row.get("sector"))
    source = None if key is None or _missing(row[key]) else str(row[key])
    if column == "value" and "comparator" in row:
        return Cell(labels.amount(dict(row), lang), None if _missing(held) else float(held), source)
    if column == "indicator" and not _missing(row.get("indicator_id")):
        return Cell(labels.indicator(row["indicator_id"], held, lang), None, source)
    if isinstance(held, list | tuple | set):
        return Cell(
            ("、" if lang == "zh" else ", ").join(labels.value(column, h, lang, book) for h in held), None, source
        )
    if _missing(held):
        return Cell("—", None, source)
    if isinstance(held, bool) or str(type(held).__name__) == "bool_":
        return Cell({True: ("是", "yes"), False: ("否", "no")}[bool(held)][lang != "zh"], None, source)
    if isinstance(held, int | float) or hasattr(held, "__float__"):
        text = str(int(held)) if column.endswith("year") else labels.number(float(held), column in SHARES)
        return Cell(text, float(held), source)
    return Cell(labels.value(column, held, lang, book), None, source)


def _missing(held: Any) -> bool:
    return held is None or (not isinstance(held, list | tuple | set | dict) and bool(pd.isna(held))) or held == ""


def matrix(frame: pd.DataFrame, index: str, columns: str, lang: str, most: int = 8) -> tuple[list[str], list[Row]]:
    """Headings and rows of a long frame of values laid out index × columns; several in one cell stand in lines.

    Those of `index` with most values come first. More than `most` of `columns` stand in rows, beside the `most` first of
    `index`. A cell without a value shows its state: — not stated, ? not found, or in words; the first of several gives
    the source.
    """
    across = list(dict.fromkeys(frame[columns].dropna()))
    held: dict[tuple[Any, Any], list[dict[str, Any]]] = {}
    for row in sources.records(frame):
        held.setdefault((row[index], row[columns]), []).append(row)
    stated = frame[frame["value"].notna()].groupby(index)[columns].nunique()
    down = sorted(dict.fromkeys(frame[index].dropna()), key=lambda name: -int(stated.get(name, 0)))
    ids = dict(zip(frame[index], frame["indicator_id"], strict=True)) if "indicator_id" in frame else {}
    names = {d: labels.indicator(ids.get(d), d, lang) for d in down}
    if len(across) > most:
        shown = down[:most]
        headings = [labels.column(columns, lang), *(names[d] for d in shown)]
        return headings, [[Cell(str(a)), *(_met(held.get((d, a), []), lang) for d in shown)] for a in across]
    headings = [labels.column(index, lang), *(labels.value(columns, c, lang) for c in across)]
    return headings, [[Cell(names[d]), *(_met(held.get((d, a), []), lang) for a in across)] for d in down]


def _met(found: list[dict[str, Any]], lang: str) -> Cell:
    stated = [row for row in found if not _missing(row.get("value"))]
    if stated:
        text = "\n".join(dict.fromkeys(labels.amount(row, lang) for row in stated))
        return Cell(text, float(stated[0]["value"]), _id(stated[0]))
    state = found[0].get("state") if found else None
    marks = {"stated_in_words": labels.value("state", "stated_in_words", lang), "not_found": "?"}
    return Cell(marks.get(str(state), "—"), None, _id(found[0]) if found else None)


def _id(row: Mapping[str, Any]) -> str | None:
    return None if _missing(row.get("metric_id")) else str(row["metric_id"])


def filled(frame: pd.DataFrame, columns: Iterable[str]) -> list[str]:
    """Those of the columns in which some row holds something."""
    return [c for c in columns if c in frame.columns and not all(_missing(held) for held in frame[c])]


def shown(frame: pd.DataFrame, columns: Iterable[str] | None) -> list[str]:
    """The columns to show: those asked for that the frame has, else all but ids and parts of a value."""
    if columns is not None:
        return [c for c in columns if c in frame.columns]
    parts = {"value_high", "unit", "per", "comparator"} if {"value", "comparator"} <= set(frame.columns) else set()
    return [str(c) for c in frame.columns if c not in HIDDEN | parts and not str(c).startswith("ids")]


def csv_text(headings: Iterable[str], rows: Iterable[Row]) -> str:
    """The table as CSV that a spreadsheet opens: with a byte order mark, and no cell that it would read as a formula."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([inert(cell.text) for cell in row] for row in rows)
    return "\ufeff" + held.getvalue()


def inert(text: str) -> str:
    """The text as a cell that no spreadsheet reads as a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
