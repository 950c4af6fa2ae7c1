"""What a notebook's cells call to show a finding: sentences, figures and tables whose numbers open their source."""

from __future__ import annotations

import datetime
import io
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import matplotlib as mpl
import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure

from analysis import frames, lexicon, regions
from analysis.brief import labels, live, methods, sources, tables
from analysis.brief.cites import Cites, Known, linked, opened
from analysis.describe import base
from analysis.describe.said import Said, marked
from analysis.frames import Corpus

FEW = 20  # rows of a matrix whose sentences are printed behind it on paper
DOTS = 200  # an inch, of the parts of a figure that are pictures
HINT = 160  # characters of a sentence that stand under the pointer
_WHYS = (
    "no_rows",
    "one_group",
    "one_year",
    "no_region",
    "no_indicator",
    "few_groups",
)  # a finding that says only this is none
_MARKS = re.compile(r"([\\`*_\[\]<>|$~#&]|:(?=//)|^[-+=](?=\s|$)|(?<=\d)[.)](?=\s)|@(?=\w))", re.MULTILINE)


def plain(text: str) -> str:
    """A text of data made safe in Markdown: nothing in it is read as markup.

    Example: plain("a*b") gives a\\*b
    """
    return _MARKS.sub(r"\\\1", str(text))


def _markdown(text: str, about: Mapping[str, Any] | None = None, data: Mapping[str, Any] | None = None) -> None:
    display({"text/markdown": text, "text/plain": text, **(data or {})}, metadata=dict(about or {}), raw=True)


class Page:
    """The page that a notebook writes: language and corpus once, then a call a finding."""

    def __init__(self, corpus: Corpus, lang: str = "zh") -> None:
        self.corpus, self.lang = corpus, lang
        self._used: pd.DataFrame | None = None
        self._is_listed = False
        self._known = Known(corpus)

    def pick(self, zh: str, en: str) -> str:
        """The text in the page's language."""
        return zh if self.lang == "zh" else en

    def place(self, name: str | None) -> str:
        """A place's name as pages of this language print it; — for none."""
        return regions.printed(name, self.lang) if name else "—"

    def title(self, zh: str, en: str) -> None:
        """The page's question (level 1)."""
        _markdown(f"# {plain(self.pick(zh, en))}")

    def heading(self, zh: str, en: str, new_page: bool = False) -> None:
        """A finding's heading (level 2).

        Args: new_page: on paper it begins a page.
        """
        _markdown(f"## {plain(self.pick(zh, en))}", {"new_page": True} if new_page else {})

    def say(self, *sentences: str | None) -> None:
        """Computed sentences as a paragraph; empty ones are left out."""
        text = ("" if self.lang == "zh" else " ").join(marked(s).strip() for s in sentences if s and s.strip())
        self._say([part for part in text.split("\n") if part.strip()], between="\n\n")

    def points(self, sentences: Iterable[str]) -> None:
        """Computed sentences as a list."""
        self._say([" ".join(marked(s).split()) for s in sentences if s], before="- ")

    def key(self, *pairs: tuple[str, str]) -> None:
        """Sentences as a list, each behind its bold label; pairs without a sentence are left out."""
        told = [(f"- **{plain(label)}** ", " ".join(marked(said).split())) for label, said in pairs if said]
        self._say([said for _, said in told], before=[label for label, _ in told])

    def lead(self, sentence: str) -> None:
        """The finding above all others, in bold."""
        self._say([marked(sentence)] if sentence else [], before="**", after="**")

    def _say(
        self, sentences: Sequence[str], before: str | Sequence[str] = "", after: str = "", between: str = "\n"
    ) -> None:
        """Marked sentences as Markdown, their numbers as links; in an open notebook what they open stands below.

        Args: before, after: Markdown around each; between: Markdown that parts them.
        """
        cites = Cites(self._known)
        heads = [before] * len(sentences) if isinstance(before, str) else before
        lines = [f"{head}{linked(plain(said), cites)}{after}" for head, said in zip(heads, sentences, strict=True)]
        if lines and live.is_live():
            whole = zip(heads, sentences, strict=True)
            _markdown(between.join(f"{head}{plain(Said(said))}{after}" for head, said in whole))
            self._below(cites)
        elif lines:
            _markdown(between.join(lines), data=cites.data())

    def _below(self, cites: Cites) -> None:
        """In an open notebook: the sentences that numbers were read or counted from, folded."""
        told = live.sentences(cites.records(), self.lang)
        if told:
            display({"text/html": told, "text/plain": ""}, raw=True)

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
        self.say(Said(marked(more).removeprefix(marked(first))))

    def summary(self, *findings: tuple[Callable[..., str], pd.DataFrame], **context: Any) -> None:
        """Findings as a list, a sentence a frame; frames of which there is nothing to say are passed over."""
        said_of = [said(frame, lang=self.lang, **context) for said, frame in findings if not frame.empty]
        told = [sentence for sentence in said_of if sentence not in {base.why(why, self.lang) for why in _WHYS}]
        if told:
            self.points(told)
        else:
            self.note("没有可用的记录。", "There is nothing to report.")

    def figure(self, figure: Figure, alt: str) -> None:
        """A figure as vector graphics, with the text that says the same to those who cannot see it.

        The numbers of its title and the parts of it that stand for rows open what they were counted from.
        """
        held, cites = io.StringIO(), Cites(self._known)
        letters = (
            "path" if live.is_live() else "none"
        )  # a report brings its font along, an open notebook has none of ours
        with mpl.rc_context({"svg.fonttype": letters, "svg.hashsalt": "plans"}):
            figure.draw_without_rendering()
            saved = figure.get_tightbbox().padded(mpl.rcParams["savefig.pad_inches"])
            opening = (
                [] if live.is_live() else opened(figure, alt, saved, cites)
            )  # before saving: it changes dots an inch
            figure.savefig(held, format="svg", bbox_inches=saved, dpi=DOTS, metadata={"Date": None})
        _close(figure)
        svg = held.getvalue()
        text = " ".join(alt.split())
        data = {"image/svg+xml": svg[svg.index("<svg") :], "text/plain": text, **cites.data()}
        size = [round(72 * float(side), 2) for side in saved.size]
        display(data, metadata={"alt": text, **({"areas": opening, "size": size} if opening else {})}, raw=True)

    def table(
        self, frame: pd.DataFrame, columns: Iterable[str] | None = None, caption: str = "", empty: str | None = None,
        file: str | None = None, headline: bool = False,
    ) -> None:  # fmt: skip
        """A frame as a table; a row's metric_id or item_id makes its number or heading open the sentence.

        Args:
            columns: those to show, in order.
            empty: what is said instead when there are no rows ("": nothing).
            file: a long table's name: reports fold it, print only its first rows and lay a CSV file of it beside.
            headline: its rows are the page's headline numbers, which the Excel file over all reports lists.
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
            numbers=sources.numbers(frame) if headline else None,
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
        numbers: list[sources.Record] | None = None,
    ) -> None:
        keys = {cell.source for row in rows for cell in row if cell.source is not None}
        found = sources.metrics(self.corpus, keys) + sources.items(self.corpus, keys) + sources.spans(self.corpus, keys)
        known = {record["id"]: record for record in found}
        cites = Cites(self._known)
        kept = [[_linked(cell, known, cites) for cell in row] for row in rows]
        if live.is_live():
            display({"text/html": live.table(headings, kept, caption, self.lang), "text/plain": "table"}, raw=True)
            return
        data: dict[str, Any] = {
            "text/html": tables.html_table(headings, kept, caption),
            "text/plain": caption or "table",
            **cites.data(),
        }
        if found:
            data[sources.MIME] = {"sources": found, "is_quoted": is_quoted or file is not None}
        if file is not None:
            data[sources.FILE_MIME] = {"name": f"{file}.csv", "text": tables.csv_text(headings, rows)}
        if numbers:
            data[sources.NUMBERS_MIME] = {"numbers": numbers}
        display(data, metadata={"rows": len(rows)} if file is not None else {}, raw=True)

    def sources(self, plans: pd.DataFrame) -> None:
        """The documents used, a line each, as a table; the methods at the page's end are about these."""
        self._used, self._is_listed = plans, True
        frame = plans.assign(
            file=[sources.file_name(paths) for paths in plans["source_paths"]],
            sha256=plans["source_sha256"].astype("str").str[:12],
        )
        shown = ["region", "plan_year", "doc_type", "title", "issuer", "file", "damage", "sha256"]
        self.table(frame.sort_values(["region", "plan_year"], na_position="last"), shown)

    def made(self, plans: pd.DataFrame | None = None) -> None:
        """The methods page: inputs, counts kept and dropped, parameters, versions, scores, how to cite.

        Args: plans: the documents used; those that `sources` listed, else every comparable one.
        """
        if plans is not None:
            self._used = plans
        used = frames.comparable(self.corpus.plans, self.corpus.plans) if self._used is None else self._used
        self.heading("方法与出处", "Methods", new_page=True)
        n, version = len(self.corpus.plans), lexicon.version()
        self.note(
            f"本页由程序写出。语料库共有 {n} 份文件，编码表版本 {version}。",
            f"This page is written by the program. The corpus holds {n} documents; codebook version {version}.",
        )
        self.table(
            methods.steps(self.corpus, used),
            caption=self.pick("每一步留下与去掉的份数", "Kept and dropped at each step"),
        )
        if not self._is_listed:
            self._inputs(methods.inputs(used))
        self._versions()
        self._scores()
        cited = methods.citation(self.lang, datetime.date.today().isoformat())
        read = [name for name in frames.COLUMNS if name in self.corpus.__dict__]
        _markdown(plain(self.pick("引用格式：", "How to cite: ") + cited), {sources.READ: read})

    def _inputs(self, held: pd.DataFrame) -> None:
        title = self.pick("输入文件与校验值（SHA-256 前 16 位）", "Inputs and the first 16 digits of their SHA-256")
        self.table(held, caption=title, empty="", file="inputs" if len(held) > FEW else None)

    def _versions(self) -> None:
        between, given = self.pick("；", "; "), methods.parameters()
        named = between.join(f"{name} = {labels.parameter(value)}" for name, value in given.items())
        self.say(self.pick(f"参数：{named}。", f"Parameters: {named}.") if given else "")
        named = between.join(f"{name} {number}" for name, number in methods.versions().items())
        self.say(self.pick(f"软件版本：{named}。", f"Versions: {named}."))

    def _scores(self) -> None:
        held = methods.measured()
        book, n = held["codebook"], {name: part["n"] for name, part in held["sets"].items()}
        caption = self.pick(
            f"与人工编码对照的读取成绩（编码表 {book}）：示例 {n['sample']} 份，编写规则时参照过；另写 {n['apart']} 份，只有首轮测量前未曾参照。",
            f"Scores against hand-coded plans (codebook {book}): {n['sample']} sample plans, in view while rules were written; "
            f"{n['apart']} plans written apart, out of view before their first run only.",
        )
        self.table(methods.scores(), caption=caption)


def _close(figure: Figure) -> None:
    """Forgets a pyplot figure, which the notebook would otherwise show a second time."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close(figure)


def _linked(cell: tables.Cell, known: Mapping[str, sources.Record], cites: Cites) -> tables.Cell:
    """The cell with its sentence, which a notebook shows under the pointer; without the link where there is none."""
    if cell.ids:
        return replace(cell, link=cites.link(cell.ids))
    record = known.get(sources.anchor(cell.source)) if cell.source is not None else None
    if record is None:
        return tables.Cell(cell.text, cell.sort)
    return replace(cell, sentence=(record["before"] + record["quote"] + record["after"]).strip()[:HINT])


def page(corpus: Corpus, lang: str = "zh") -> Page:
    """A page to write findings on; in an open notebook its tables sort, search and page."""
    if live.is_live():
        live.start()
    return Page(corpus, lang)
