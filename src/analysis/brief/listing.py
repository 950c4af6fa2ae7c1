"""The page that lists every report in a folder."""

from __future__ import annotations

import html as _html
import json
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.brief import fonts, labels, results, workbook
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
    """The index as HTML that needs nothing else, in Chinese and English; what failed comes first."""
    template = pages().get_template("reports.html.j2")
    listed = [_listed(row) for row in sorted(rows, key=lambda row: row["status"] != "failed")]
    frame = {
        "rows": listed,
        "n_failed": sum(r["status"] == "failed" for r in rows),
        "n_unchanged": sum(r["status"] == "unchanged" for r in rows),
        "names": sorted({r["name"] for r in rows}),
        "regions": sorted({r["region"] for r in listed} - {""}),
        "langs": sorted({r["lang"] for r in listed}),
        "workbook": WORKBOOK,
        "css": read("style.css"),
        "script": read("page.js"),
        "own": read("reports.js"),
    }
    return template.render(fonts=fonts.css(_html.unescape(template.render(fonts="", **frame))), **frame)


def _listed(row: dict[str, Any]) -> dict[str, Any]:
    """A report as the index shows it."""
    region = row["params"].get("region") or ""
    return {
        **row,
        "told": _told(row["params"]),
        "params_told": _said(row["params"]),
        "links": _links(row),
        "data": [(kind, path) for kind, path in row["paths"].items() if kind.endswith(".csv")],
        "region": region if isinstance(region, str) else "、".join(map(str, region)),
        "lang": row["params"].get("lang", "zh"),
    }


def _said(params: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What was chosen: Chinese name, English name and value of each parameter that was."""
    return [
        (labels.column(name, "zh"), labels.column(name, "en"), labels.parameter(value))
        for name, value in params.items()
        if name not in (*results.QUIET, "lang") and value not in (None, "", [])
    ]


def _told(params: dict[str, Any]) -> str:
    said = [f"{zh} {value}" for zh, _, value in _said(params)]
    return "; ".join(said + (["English"] if params.get("lang", "zh") == "en" else []))


def _links(row: dict[str, Any]) -> list[tuple[str, str]]:
    names = {"html": "HTML", "pdf": "PDF", "docx": "Word", "ipynb": "notebook"}
    return [(name, row["paths"][kind]) for kind, name in names.items() if kind in row["paths"]]


def _replace(file: Path, data: bytes) -> None:
    beside = file.with_name(f".new-{file.name}")
    beside.write_bytes(data)
    beside.replace(file)
