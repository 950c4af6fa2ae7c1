"""Shared passages side by side, as a table of HTML with what was changed marked."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.draw.labels import say

SHOWN = 12  # passages
_WHY = {
    "year": ("年份在先", "earlier year"),
    "written": ("成文在先", "earlier date"),
    "level": ("上级", "higher level"),
}


class Html(str):
    """HTML that a notebook shows as it is."""

    def _repr_html_(self) -> str:
        return str(self)

    def __repr__(self) -> str:
        return "table"


def passages(frame: pd.DataFrame, lang: str = "zh", limit: int = SHOWN) -> Html:
    """The passages of trace.beside() as a table: the likely source, the other side, differences marked.

    An empty frame gives a sentence.
    """
    if frame.empty:
        return Html(f"<p>{say(lang, '没有可以对照的段落。', 'There are no passages to set side by side.')}</p>")
    heads = (
        say(lang, "段落", "Passage"),
        say(lang, "先有（可能的来源）", "First (likely source)"),
        say(lang, "后有", "Then"),
    )
    rows = "\n".join(_row(row, lang) for row in frame.head(limit).to_dict("records"))
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return Html(f'<table class="plans"><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>')


def _row(row: dict[Any, Any], lang: str) -> str:
    facts = [
        say(lang, f"{row['n_chars']} 字", f"{row['n_chars']} characters"),
        say(lang, f"相同 {row['alike']:.0%}", f"{row['alike']:.0%} alike"),
        say(lang, f"套话 {row['formula']:.0%}", f"{row['formula']:.0%} formula"),
        say(lang, *_WHY.get(row["because"], ("先后不明", "order not known"))),
    ]
    sides = [
        f"<b>{html.escape(_place(row[f'{at}region'], row[f'{at}year']))}</b><br>{_marked(row['edits'], side)}"
        for side, at in ((1, ""), (2, "other_"))
    ]
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in ("<br>".join(facts), *sides)) + "</tr>"


def _place(region: Any, year: Any) -> str:
    return ("—" if pd.isna(region) else str(region)) + ("" if pd.isna(year) else f" {int(year)}")


def _marked(edits: Iterable[tuple[str, str, str]], side: int) -> str:
    parts = [(kind, (own, other)[side - 1]) for kind, own, other in edits]
    return "".join(
        html.escape(text) if kind == "equal" else f"<mark>{html.escape(text)}</mark>" for kind, text in parts if text
    )
