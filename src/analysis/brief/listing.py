"""The page that lists every report in a folder."""

from __future__ import annotations

import html as _html
import json
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.brief import fonts, results, workbook
from analysis.brief.html import pages, read

WORKBOOK = "headline.xlsx"


def index(out: Path | None = None) -> Path:
    """The index of a folder of reports, written anew: index.html, index.json with the same rows, headline.xlsx.

    Every report that was ever made there is listed, with its parameters, time, status and links; a failure with
    its message.
    """
    folder = (out or paths.reports()).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    rows = results.receipts(folder)
    _replace(folder / "index.json", json.dumps(rows, ensure_ascii=False, indent=1).encode("utf-8"))
    _replace(folder / WORKBOOK, workbook.excel({**row, "told": _told(row["params"])} for row in rows))
    _replace(folder / "index.html", page(rows).encode("utf-8"))
    return folder / "index.html"


def page(rows: list[dict[str, Any]]) -> str:
    """The index as HTML that needs nothing else."""
    template = pages().get_template("reports.html.j2")
    listed = [{**row, "told": _told(row["params"]), "links": _links(row)} for row in rows]
    frame = {
        "rows": listed,
        "n_failed": sum(r["status"] == "failed" for r in rows),
        "n_unchanged": sum(r["status"] == "unchanged" for r in rows),
        "names": sorted({r["name"] for r in rows}),
        "workbook": WORKBOOK,
        "css": read("style.css"),
        "script": read("page.js"),
    }
    return template.render(fonts=fonts.css(_html.unescape(template.render(fonts="", **frame))), **frame)


def _told(params: dict[str, Any]) -> str:
    said = {
        name: value for name, value in params.items() if name not in results.QUIET and (name, value) != ("lang", "zh")
    }
    return "; ".join(f"{name} = {'、'.join(map(str, v)) if isinstance(v, list) else v}" for name, v in said.items())


def _links(row: dict[str, Any]) -> list[tuple[str, str]]:
    names = {"html": "HTML", "pdf": "PDF", "docx": "Word", "ipynb": "notebook"}
    data = {kind: "CSV" for kind in row["paths"] if kind.endswith(".csv")}
    return [(name, row["paths"][kind]) for kind, name in (names | data).items() if kind in row["paths"]]


def _replace(file: Path, data: bytes) -> None:
    beside = file.with_name(f".new-{file.name}")
    beside.write_bytes(data)
    beside.replace(file)
