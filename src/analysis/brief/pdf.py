"""An executed notebook as PDF, set by typst with the project's font only."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.brief import filling, typeset, widths
from analysis.brief.filling import Part
from analysis.brief.html import TEMPLATES, place, records
from analysis.brief.words import words

SHORT = 110  # em of a paragraph that stays with the table or figure below it
ON_PAPER = 20  # rows of a long table that are printed


def pdf(nb: Any, lang: str = "zh", made: str = "", facts: Sequence[str] = ()) -> bytes:
    """The PDF of an executed notebook: cover block, contents, findings, the sentences quoted.

    Args: facts: what the cover says beside the title, such as region and year.
    """
    with tempfile.TemporaryDirectory(prefix="plans-") as held:
        folder = Path(held)
        shutil.copy(TEMPLATES / "report.typ", folder / "report.typ")
        return filling.compiled(*parts(nb, folder, lang, made, facts), folder)


def markup(nb: Any, folder: Path, lang: str, made: str, facts: Sequence[str]) -> str:
    """The typst source of a notebook; its figures are written into the folder."""
    head, held = parts(nb, folder, lang, made, facts)
    return head + filling.source(held)


def _led(held: Sequence[Part]) -> list[Part]:
    """The parts, a short paragraph between a heading and a table or figure made one that stays with it."""
    made = list(held)
    for at in range(1, len(held) - 1):
        part, seen = held[at], [p.kind for p in held[:at] if p.kind != "none"]
        if (
            part.is_short
            and seen[-1:] == ["heading"]
            and (held[at + 1].kind == "figure" or "#sheet(" in held[at + 1].markup)
        ):
            made[at] = replace(part, kind="lead", markup=f"#lead[{part.markup}]")
    return _turned(made)


def _turned(held: list[Part]) -> list[Part]:
    """The parts, the headings of a table on turned pages put on these pages."""
    made = list(held)
    for at, part in enumerate(held):
        if not part.markup.startswith(typeset.TURN):
            continue
        first = filling.lead(held, at)
        above = "\n\n".join(p.markup for p in held[first:at])
        made[first:at] = [Part("none")] * (at - first)
        made[at] = replace(part, markup=f"{typeset.TURN}{above}\n\n{part.markup.removeprefix(typeset.TURN)}")
    return made


def parts(nb: Any, folder: Path, lang: str, made: str, facts: Sequence[str]) -> tuple[str, list[Part]]:
    """The head of a notebook's typst source, and the parts that follow; its figures are written into the folder."""
    quoted = sentences(nb)
    known = {record["id"]: number for number, record in enumerate(quoted, 1)}
    has_contents = nb.metadata.get("plans", {}).get("contents", True)
    title, held = "", list[Part]()
    for kind, data, about in blocks(nb):
        found = typeset.first_title(data) if kind == "markdown" and not title else None
        if found is not None:
            title = found
            data = _without_title(data)
        if about.get("new_page"):
            held.append(Part("chapter" if has_contents else "break"))
        held.append(_part(kind, data, about, folder, known, len(held), lang))
    if quoted:
        heading = f"#heading(level: 1)[{typeset.literal(words(lang)['sources'])}]"
        told = Part("text", "\n\n".join(_sources(quoted, lang)))
        held += [Part("chapter" if has_contents else "break"), Part("heading", heading), told]
    return _head(title, lang, made, facts, has_contents), _led(held)


def sentences(nb: Any) -> list[dict[str, Any]]:
    """The sentences that are printed behind a report, plan by plan, the plans in order of first mention.

    On paper a sentence beside its number need not be printed again.
    """
    plans: dict[str, list[dict[str, Any]]] = {}
    for record in records(nb, with_quoted=False):
        plans.setdefault(place(record), []).append(record)
    return [record for held in plans.values() for record in sorted(held, key=lambda record: record["start"])]


def _without_title(text: str) -> str:
    lines = text.split("\n")
    at = next(i for i, line in enumerate(lines) if line.lstrip().startswith("# "))
    return "\n".join(lines[:at] + lines[at + 1 :])


def _head(title: str, lang: str, made: str, facts: Sequence[str], has_contents: bool) -> str:
    strings = {"suite": "suite", "contents": "contents", "page": "continued"}
    named = ", ".join(f"{key}: {typeset.string(words(lang)[source])}" for key, source in strings.items())
    told = "".join(f"{typeset.string(widths.broken(fact, typeset.WORD))}, " for fact in facts)
    return (
        '#import "report.typ": *\n'
        f"#show: report.with(title: {typeset.string(title)}, facts: ({told}), made: {typeset.string(made)}, "
        f"lang: {typeset.string(lang)}, words: ({named}), has-contents: {'true' if has_contents else 'false'})\n\n"
    )


Block = tuple[str, str, Mapping[str, Any]]


def blocks(nb: Any) -> list[Block]:
    """What a reader sees, in order: markdown, html, svg, png, jpg or plain; the data; what is said of it (alt, rows, file)."""
    found: list[Block] = []
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            found.append(("markdown", cell.source, {}))
        for output in cell.get("outputs", []):
            shown = _output(output)
            if shown is not None:
                found.append(shown)
    return found


_KINDS = {
    "image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg", "text/html": "html", "text/markdown": "markdown",
    "text/plain": "plain",
}  # fmt: skip


def _output(output: Any) -> Block | None:
    if output["output_type"] == "stream":
        return ("plain", output["text"], {}) if output["name"] == "stdout" else None
    if output["output_type"] == "error":
        return "plain", f"{output['ename']}: {output['evalue']}", {}
    data = output.get("data", {})
    for mime, kind in _KINDS.items():
        if mime in data:
            return kind, data[mime], {"alt": data.get("text/plain", ""), **output.get("metadata", {})}
    return None


def is_long(about: Mapping[str, Any]) -> bool:
    """Whether a table is one of which only the first rows are printed."""
    return bool(about.get("rows")) and about["rows"] > ON_PAPER


def more(about: Mapping[str, Any], lang: str) -> str:
    """The sentence that says where the other rows of a long table are."""
    return words(lang)["more"].format(ON_PAPER, about["rows"], about.get("file", "CSV"))


def _part(
    kind: str, data: str, about: Mapping[str, Any], folder: Path, known: Mapping[str, int], number: int, lang: str
) -> Part:
    if kind == "markdown":
        return Part(
            _kind(data),
            typeset.markdown(data, known),
            is_short=widths.width(data) <= SHORT and "\n" not in data.strip(),
        )
    if kind == "html":
        return Part("text", _table(data, about, known, lang))
    if kind == "plain":
        return Part("text", f"#raw(block: true, {typeset.string(widths.broken(data.rstrip()))})")
    return Part("figure", drawing=typeset.figure(data, kind, str(about.get("alt", "")), folder, number))


def _kind(text: str) -> str:
    """`heading` where a Markdown text is nothing else, `none` where there is nothing in it."""
    kinds = {token["type"] for token in typeset.tokens(text)} - {"blank_line"}
    return "none" if not kinds else "heading" if kinds == {"heading"} else "text"


def _table(data: str, about: Mapping[str, Any], known: Mapping[str, int], lang: str) -> str:
    """A table, with what its marks mean and where its other rows are."""
    notes = [words(lang)["marked"]] if "<mark" in data else []
    notes += [more(about, lang)] if is_long(about) else []
    told = [f"#note({typeset.string(note)})" for note in notes]
    return "\n\n".join([typeset.html(data, known, ON_PAPER if is_long(about) else None), *told])


def _sources(quoted: Sequence[Mapping[str, Any]], lang: str) -> list[str]:
    """The sentences one after another; the plan is named where it is another than before."""
    before = [None, *map(place, quoted)]
    return [
        _source(record, number, "" if place(record) == last else place(record), lang)
        for number, (record, last) in enumerate(zip(quoted, before, strict=False), 1)
    ]


def _source(record: Mapping[str, Any], number: int, where: str, lang: str) -> str:
    at = words(lang)["place"].format(record["start"], record["end"])
    texts = {
        "where": where, "task": record.get("heading") or "", "before": record["before"], "quote": record["quote"],
        "after": record["after"], "place": " · ".join(p for p in (at, record.get("file")) if p),
    }  # fmt: skip
    told = ", ".join(f"{name}: {typeset.string(widths.broken(text, typeset.WORD))}" for name, text in texts.items())
    return f"#source({typeset.string(record['id'])}, {number}, {told})"
