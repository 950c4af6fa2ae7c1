"""One document on its way from bytes to records."""

from __future__ import annotations

from typing import Any

from analysis import extract, frames, parse, read, repair, tag
from analysis.text import Repaired

Records = dict[str, list[dict[str, Any]]]


def records(file: str, given: dict[str, Any] | None = None) -> Records:
    """The rows of every frame that one file gives; a file that cannot be read gives a row of `problems`.

    Args: given: facts of the manifest, which override what the text says.
    """
    out: Records = {name: [] for name in frames.COLUMNS}
    stage = "read"
    try:
        source = read.source(file)
        stage = "repair"
        repaired = repair.text(source)
        stage = "parse"
        for part_no, part in enumerate(parse.split(repaired), start=1):
            stage = "parse"
            parsed = parse.plan(part, part_no, dict(given or {}))
            stage = "extract"
            _add(out, _rows(file, part, parsed))
    except read.Unreadable as error:
        out["problems"].append(_problem(file, stage, "error", str(error)))
    except Exception as error:  # one strange document must not stop a batch; it is a row that says where
        message = f"{file} was left out: {type(error).__name__} in {stage}: {error}. Please report it with the file"
        out = {name: [] for name in frames.COLUMNS}
        out["problems"].append(_problem(file, stage, "error", message))
    return out


def _rows(file: str, part: Repaired, parsed: Records) -> Records:
    plan = parsed["plans"][0]
    plan_id = plan["plan_id"]
    found = extract.records(plan, parsed["items"], part.text, part.source.pages)
    tagged = tag.records(plan, parsed["items"], found["metrics"])
    segments = [segment._asdict() for segment in part.text.segments]
    # noise, problems of reading and repair belong to the file; repeated for each of its plans they would count twice
    said = part.source.problems + part.problems if plan["part_no"] in (None, 1) else []
    return {
        "plans": [{**plan, "source_paths": [file]}],
        "sources": [
            {"plan_id": plan_id, "source_text": part.source.text, "segments": segments, "pages": part.source.pages}
        ],
        "outline": parsed["outline"],
        "items": tagged["items"],
        "metrics": found["metrics"],
        "terms": tagged["terms"],
        "masks": [{**row, "plan_id": plan_id} for row in part.masks],
        "repairs": [{**row, "plan_id": plan_id} for row in part.repairs],
        "checks": found["checks"],
        "problems": [{**row, "source_path": file, "plan_id": plan_id} for row in said + parsed["problems"]],
    }


def _add(out: Records, rows: Records) -> None:
    for name, more in rows.items():
        out[name].extend(more)


def _problem(file: str, stage: str, severity: str, message: str) -> dict[str, Any]:
    return {"source_path": file, "plan_id": None, "stage": stage, "severity": severity, "message": message}
