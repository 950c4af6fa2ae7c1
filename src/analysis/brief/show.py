"""What a notebook's cells call to show a finding: sentences, figures and tables whose numbers open their source."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import matplotlib as mpl
import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure

from analysis import lexicon
from analysis.brief import labels, live, sources, tables
from analysis.describe import base
from analysis.frames import Corpus

FEW = 20  # rows of a matrix whose sentences are printed behind it on paper
HINT = 160  # characters of a sentence that stand under the pointer
_WHYS = ("no_rows", "one_group", "one_year", "no_region", "no_indicator")  # a finding that says only this is none
_MARKS = re.compile(r"([\\`*_\[\]<>|$~#&]|:(?=//)|^[-+=](?=\s|$)|(?<=\d)[.)](?=\s)|@(?=\w))", re.MULTILINE)


def plain(text: str) -> str:
    """A text of data made safe in Markdown: nothing in it is read as markup.

    Example: plain("a*b") gives a\\*b
    """
    return _MARKS.sub(r"\\\1", str(text))


def _markdown(text: str) -> None:
    display({"text/markdown": text, "text/plain": text}, raw=True)


class Page:
    """The page that a notebook writes: language and corpus once, then a call a finding."""

    def __init__(self, corpus: Corpus, lang: str = "zh") -> None:
        self.corpus, self.lang = corpus, lang

    def pick(self, zh: str, en: str) -> str:
        """The text in the page's language."""
        return zh if self.lang == "zh" else en

    def title(self, zh: str, en: str) -> None:
        """The page's question (level 1)."""
        _markdown(f"# {plain(self.pick(zh, en))}")

    def heading(self, zh: str, en: str) -> None:
        """A finding's heading (level 2)."""
        _markdown(f"## {plain(self.pick(zh, en))}")

    def say(self, *sentences: str | None) -> None:
        """Computed sentences as a paragraph; empty ones are left out."""
        text = ("" if self.lang == "zh" else " ").join(str(s).strip() for s in sentences if s and str(s).strip())
        if text:
            _markdown("\n\n".join(plain(part) for part in text.split("\n") if part.strip()))

    def points(self, sentences: Iterable[str]) -> None:
        """Computed sentences as a list."""
        lines = [f"- {plain(' '.join(str(s).split()))}" for s in sentences if s]
        if lines:
            _markdown("\n".join(lines))

    def note(self, zh: str, en: str) -> None:
        """A fixed sentence in the page's language."""
        self.say(self.pick(zh, en))

    def finding(
        self, drawn: Callable[..., Figure], said: Callable[..., str], frame: pd.DataFrame, **context: Any
    ) -> None:
        """A figure whose title is the finding, and what stands beside it; only a sentence where there is nothing.

        Args: drawn, said: the functions of one name in `draw` and `describe`.
        """
        first = said(frame, lang=self.lang, **context)
        if frame.empty:
            self.say(first)
            return
        self.figure(drawn(frame, title=first, lang=self.lang, **context), alt=first)
        more = said(frame, lang=self.lang, detail=True, **context)
        self.say(more.removeprefix(first))

    def summary(self, *findings: tuple[Callable[..., str], pd.DataFrame], **context: Any) -> None:
        """Findings as a list, a sentence a frame; frames of which there is nothing to say are passed over."""
        said_of = [said(frame, lang=self.lang, **context) for said, frame in findings if not frame.empty]
        told = [sentence for sentence in said_of if sentence not in {base.why(why, self.lang) for why in _WHYS}]
        if told:
            self.points(told)
        else:
            self.note("没有可用的记录。", "There is nothing to report.")

    def figure(self, figure: Figure, alt: str) -> None:
        """A figure as vector graphics, with the text that says the same to those who cannot see it."""
        held = io.StringIO()
        letters = (
            "path" if live.is_live() else "none"
        )  # a report brings its font along, an open notebook has none of ours
        with mpl.rc_context({"svg.fonttype": letters, "svg.hashsalt": "plans"}):
            figure.savefig(held, format="svg", bbox_inches="tight", metadata={"Date": None})
        _close(figure)
        svg = held.getvalue()
        text = " ".join(alt.split())
        display({"image/svg+xml": svg[svg.index("<svg") :], "text/plain": text}, metadata={"alt": text}, raw=True)

    def table(
        self, frame: pd.DataFrame, columns: Iterable[str] | None = None, caption: str = "", empty: str | None = None,
        file: str | None = None,
    ) -> None:  # fmt: skip
        """A frame as a table; a row's metric_id or item_id makes its number or heading open the sentence.

        Args:
            columns: those to show, in order.
            empty: what is said instead when there are no rows ("": nothing).
            file: a long table's name: reports fold it, print only its first rows and lay a CSV file of it beside.
        """
        if frame.empty:
            self.say(self.pick("这里没有可列出的内容。", "There is nothing to list here.") if empty is None else empty)
            return
        chosen = tables.shown(frame, columns)
        rows = tables.rows(frame, chosen, self.lang)
        self._table(
            [labels.column(c, self.lang) for c in chosen],
            rows,
            caption,
            is_quoted=bool({"quote", "sentence"} & set(chosen)),
            file=file,
        )

    def matrix(
        self, frame: pd.DataFrame, index: str, columns: str, caption: str = "", empty: str | None = None
    ) -> None:
        """A long frame of values laid out index × columns; every number opens its sentence."""
        if frame.empty:
            self.say(self.pick("这里没有可列出的内容。", "There is nothing to list here.") if empty is None else empty)
            return
        states = self.pick(
            "—：通篇未提；?：文件残缺或有遮蔽，未能找到。", "—: not stated; ?: not found in a copy that is incomplete."
        )
        headings, rows = tables.matrix(frame, index, columns, self.lang)
        self._table(headings, rows, caption or states, is_quoted=len(rows) > FEW)

    def _table(
        self,
        headings: list[str],
        rows: list[tables.Row],
        caption: str,
        is_quoted: bool = False,
        file: str | None = None,
    ) -> None:
        keys = {cell.source for row in rows for cell in row if cell.source is not None}
        found = sources.metrics(self.corpus, keys) + sources.items(self.corpus, keys)
        known = {record["id"]: record for record in found}
        kept = [[_linked(cell, known) for cell in row] for row in rows]
        if live.is_live():
            display({"text/html": live.table(headings, kept, caption, self.lang), "text/plain": "table"}, raw=True)
            return
        data: dict[str, Any] = {
            "text/html": tables.html_table(headings, kept, caption),
            "text/plain": caption or "table",
        }
        if found:
            data[sources.MIME] = {"sources": found, "is_quoted": is_quoted or file is not None}
        if file is not None:
            data[sources.FILE_MIME] = {"name": f"{file}.csv", "text": tables.csv_text(headings, rows)}
        display(data, metadata={"rows": len(rows)} if file is not None else {}, raw=True)

    def sources(self, plans: pd.DataFrame) -> None:
        """The documents used, a line each, as a table."""
        frame = plans.copy()
        frame["file"] = [sources.file_name(paths) for paths in frame["source_paths"]]
        shown = ["region", "plan_year", "doc_type", "title", "issuer", "file", "damage"]
        self.table(frame.sort_values(["region", "plan_year"], na_position="last"), shown)

    def made(self) -> None:
        """The line that says with which codebook and on how many documents the page was made."""
        n, version = len(self.corpus.plans), lexicon.version()
        self.say(
            self.pick(
                f"语料库共有 {n} 份文件，编码表版本 {version}。",
                f"The corpus holds {n} documents; codebook version {version}.",
            )
        )


def _close(figure: Figure) -> None:
    """Forgets a pyplot figure, which the notebook would otherwise show a second time."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close(figure)


def _linked(cell: tables.Cell, known: Mapping[str, sources.Record]) -> tables.Cell:
    """The cell with its sentence, which a notebook shows under the pointer; without the link where there is none."""
    record = known.get(sources.anchor(cell.source)) if cell.source is not None else None
    if record is None:
        return tables.Cell(cell.text, cell.sort)
    return replace(cell, sentence=(record["before"] + record["quote"] + record["after"]).strip()[:HINT])


def page(corpus: Corpus, lang: str = "zh") -> Page:
    """A page to write findings on; in an open notebook its tables sort, search and page."""
    if live.is_live():
        live.start()
    return Page(corpus, lang)
