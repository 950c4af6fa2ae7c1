"""Tables that sort, page and search while a notebook is open in JupyterLab; reports take the plain tables."""

from __future__ import annotations

import html
import os
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.brief import tables

SESSION = "JPY_SESSION_NAME"  # what a Jupyter server tells the kernels of notebooks that people have open
LONGEST = 200  # characters of a sentence that are shown below a paragraph
PAGE = 10  # rows shown at a time
_PLANE = 6000  # of the 6400 characters of the private use area
_WORDS: dict[str, dict[str, Any]] = {
    "zh": {
        "search": "查找", "lengthMenu": "每页 _MENU_ 行", "info": "第 _START_–_END_ 行，共 _TOTAL_ 行", "infoEmpty": "没有行",
        "infoFiltered": "（全表 _MAX_ 行）", "zeroRecords": "没有符合的行",
    },
    "en": {},
}  # fmt: skip


def is_live() -> bool:
    """Whether this kernel belongs to a notebook that somebody has open."""
    return SESSION in os.environ


def start() -> None:
    """Loads into the notebook what its tables need, from this installation and not from a network."""
    import itables  # half a megabyte that only open notebooks need

    itables.init_notebook_mode(all_interactive=False, connected=False)


def table(headings: Sequence[str], rows: Sequence[tables.Row], caption: str, lang: str) -> str:
    """The table as HTML that sorts by value, searches and pages."""
    import itables

    columns = [[_inner(cell, key) for cell, key in zip(c, _keys(c), strict=True)] for c in zip(*rows, strict=True)]
    sides = ["dt-right" if any(cell.is_number for cell in column) else "dt-left" for column in zip(*rows, strict=True)]
    frame = pd.DataFrame(dict(enumerate(columns)))
    frame.columns = pd.Index([html.escape(heading) for heading in headings])
    made = itables.to_html_datatable(
        frame, caption=caption or None, connected=False, allow_html=True, maxBytes=0, pageLength=PAGE, showIndex=False,
        classes="compact hover", language=_WORDS[lang],
        columnDefs=[{"className": side, "targets": [at]} for at, side in enumerate(sides)], style="width:auto;float:left",
    )  # fmt: skip
    return str(made)


def sentences(records: Sequence[Mapping[str, Any]], lang: str) -> str:
    """Sentences, folded behind a line that says how many there are; "" without any."""
    if not records:
        return ""
    lines = "".join(f"<li>{html.escape(_line(record))}</li>" for record in records)
    name = f"数字的原句（{len(records)}）" if lang == "zh" else f"Sentences behind the numbers ({len(records)})"
    return f'<details><summary style="cursor:pointer">{name}</summary><ul>{lines}</ul></details>'


def _line(record: Mapping[str, Any]) -> str:
    where = " ".join(str(record[key]) for key in ("region", "year") if record.get(key))
    said = " ".join((record["before"] + record["quote"] + record["after"]).split())
    return f"{where}：{said[:LONGEST]}{'…' if len(said) > LONGEST else ''}"


def _keys(column: Sequence[tables.Cell]) -> list[str]:
    """For each cell what it is sorted by: the rank of its number as characters that nobody types; "" where all are text."""
    values = sorted({float(cell.sort) for cell in column if cell.is_number and cell.sort is not None})
    if not values:
        return [""] * len(column)
    rank = {value: at for at, value in enumerate(values)}
    ranks = [rank[float(cell.sort)] if cell.is_number and cell.sort is not None else len(rank) for cell in column]
    return [chr(0xE000 + at // _PLANE) + chr(0xE000 + at % _PLANE) for at in ranks]


def _inner(cell: tables.Cell, key: str) -> str:
    text = html.escape(cell.text).replace("\n", "<br>")
    if cell.sentence:
        text = f'<details><summary style="text-decoration:underline dotted;cursor:pointer">{text}</summary>{html.escape(cell.sentence)}</details>'
    return f"<span hidden>{key}</span>{text}" if key else text
