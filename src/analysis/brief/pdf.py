"""An executed notebook as PDF, set by typst with the project's font only."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typst

from analysis.brief import fonts, typeset
from analysis.brief.html import TEMPLATES, records
from analysis.brief.words import words

ON_PAPER = 20  # rows of a long table that are printed


def pdf(nb: Any, lang: str = "zh", made: str = "", facts: Sequence[str] = ()) -> bytes:
    """The PDF of an executed notebook: cover block, contents, findings, the sentences quoted.

    Args: facts: what the cover says beside the title, such as region and year.
    """
    with tempfile.TemporaryDirectory(prefix="plans-") as held:
        folder = Path(held)
        shutil.copy(TEMPLATES / "report.typ", folder / "report.typ")
        (folder / "main.typ").write_text(markup(nb, folder, lang, made, facts), encoding="utf-8")
        return bytes(
            typst.compile(
                folder / "main.typ", root=folder, font_paths=[fonts.FOLDER], ignore_system_fonts=True, format="pdf"
            )
        )


def markup(nb: Any, folder: Path, lang: str, made: str, facts: Sequence[str]) -> str:
    """The typst source of a notebook; its figures are written into the folder."""
    quoted = records(nb, with_quoted=False)  # on paper a sentence beside its number need not be printed again
    known = frozenset(record["id"] for record in quoted)
    title, parts = "", list[str]()
    for kind, data, about in blocks(nb):
        found = typeset.first_title(data) if kind == "markdown" and not title else None
        if found is not None:
            title = found
            data = _without_title(data)
        if kind == "html" and about.get("rows"):
            parts.append(_long(data, about, known, lang))
            continue
        if about.get("new_page"):
            parts.append("#pagebreak(weak: true)")
        parts.append(_part(kind, data, about.get("alt", ""), folder, known, len(parts)))
    if quoted:
        heading = f"#heading(level: 1)[{typeset.literal(words(lang)['sources'])}]"
        parts += ["#pagebreak(weak: true)", heading, *_sources(quoted, lang)]
    has_contents = nb.metadata.get("plans", {}).get("contents", True)
    return _head(title, lang, made, facts, has_contents) + "\n\n".join(parts) + "\n"


def _without_title(text: str) -> str:
    lines = text.split("\n")
    at = next(i for i, line in enumerate(lines) if line.lstrip().startswith("# "))
    return "\n".join(lines[:at] + lines[at + 1 :])


def _head(title: str, lang: str, made: str, facts: Sequence[str], has_contents: bool) -> str:
    strings = {"suite": "suite", "contents": "contents", "page": "continued"}
    named = ", ".join(f"{key}: {typeset.string(words(lang)[source])}" for key, source in strings.items())
    told = "".join(f"{typeset.string(fact)}, " for fact in facts)
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


def _long(data: str, about: Mapping[str, Any], known: frozenset[str], lang: str) -> str:
    """The first rows of a long table, and where the others are."""
    head = typeset.html(data, known, ON_PAPER)
    if about["rows"] <= ON_PAPER:
        return head
    return head + "\n\n" + typeset.literal(more(about, lang))


def more(about: Mapping[str, Any], lang: str) -> str:
    """The sentence that says where the other rows of a long table are."""
    return words(lang)["more"].format(ON_PAPER, about["rows"], about.get("file", "CSV"))


def _part(kind: str, data: str, alt: str, folder: Path, known: frozenset[str], number: int) -> str:
    if kind == "markdown":
        return typeset.markdown(data)
    if kind == "html":
        return typeset.html(data, known)
    if kind == "plain":
        return f"#raw(block: true, {typeset.string(typeset.broken(data.rstrip()))})"
    return typeset.figure(data, kind, alt, folder, number)


def _sources(quoted: Sequence[Mapping[str, Any]], lang: str) -> list[str]:
    """The sentences plan by plan, the plans in order of first mention."""
    plans: dict[str, list[Mapping[str, Any]]] = {}
    for record in quoted:
        where = " · ".join(str(record[key]) for key in ("region", "year", "title") if record.get(key))
        plans.setdefault(where, []).append(record)
    return [
        _source(record, "" if at else where, lang)
        for where, held in plans.items()
        for at, record in enumerate(sorted(held, key=lambda record: record["start"]))
    ]


def _source(record: Mapping[str, Any], where: str, lang: str) -> str:
    place = words(lang)["place"].format(record["start"], record["end"])
    texts = {
        "where": where, "task": record.get("heading") or "", "before": record["before"], "quote": record["quote"],
        "after": record["after"], "place": " · ".join(p for p in (place, record.get("file")) if p),
    }  # fmt: skip
    return (
        f"#source({typeset.string(record['id'])}, {', '.join(f'{k}: {typeset.string(v)}' for k, v in texts.items())})"
    )
