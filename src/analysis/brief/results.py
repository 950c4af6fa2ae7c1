"""What a report left behind, and the receipt beside it from which the index is built."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from analysis.brief import labels

QUIET = ("frames_dir", "seed")  # parameters that no file name or cover names
_UNSAFE = re.compile(r"[^\w.+-]+")


@dataclass(frozen=True)
class Result:
    """One report: which notebook with which parameters, how it ended, where its files are.

    `status` is ok, unchanged (made before, from the same) or failed; `paths` leads from a format (html, pdf, ipynb) to a
    file; `made` is an ISO time; `numbers` are the headline numbers; `read` the frames that the notebook read, `key` the
    hash of all that the report was made from.
    """

    name: str
    params: dict[str, Any]
    status: str
    seconds: float
    paths: dict[str, Path]
    error: str | None = None
    title: str = ""
    made: str = ""
    warnings: list[str] = field(default_factory=list)
    numbers: list[dict[str, Any]] = field(default_factory=list)
    read: list[str] | None = None
    key: str = ""


def slug(params: Mapping[str, Any]) -> str:
    """A file name that says the parameters: 青禾县-2024, 青禾县-2024-en; `all` when nothing was chosen.

    What no file system takes is replaced, and then a hash of the parameters keeps the names apart.
    """
    said = [
        "+".join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in params.items()
        if name not in QUIET and value not in (None, "", []) and (name, value) != ("lang", "zh")
    ]
    wanted = "-".join(said) or "all"
    safe = _UNSAFE.sub("_", wanted).strip("._")[:60]
    if safe == wanted:
        return safe
    return f"{safe}-{hashlib.sha256(wanted.encode()).hexdigest()[:8]}".lstrip("-")


def facts(params: Mapping[str, Any], lang: str) -> list[str]:
    """What was chosen, for the cover: region and year, with their names."""
    chosen = [(name, params.get(name)) for name in ("region", "regions", "plan_year", "sector")]
    said = [
        (name, value if isinstance(value, list) else [value]) for name, value in chosen if value not in (None, "", [])
    ]
    colon, comma = ("：", "、") if lang == "zh" else (": ", ", ")
    return [colon.join((labels.column(name, lang), comma.join(map(str, values)))) for name, values in said]


def receipt(result: Result, out: Path) -> str:
    """The result as JSON, its paths relative to the folder of reports."""
    row = asdict(result)
    row["paths"] = {kind: path.relative_to(out).as_posix() for kind, path in result.paths.items()}
    return json.dumps(row, ensure_ascii=False, indent=1)


def read(file: Path) -> dict[str, Any] | None:
    """A receipt; None where there is none or the file is something else."""
    try:
        row = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return row if isinstance(row, dict) and {"name", "params", "status", "paths"} <= set(row) else None


def restored(row: Mapping[str, Any], out: Path) -> Result:
    """The result that a receipt was written from."""
    known = {name: held for name, held in row.items() if name in Result.__dataclass_fields__}
    return Result(**{**known, "paths": {kind: out / path for kind, path in row["paths"].items()}})


def receipts(out: Path) -> list[dict[str, Any]]:
    """Every report in a folder, by notebook and parameters; paths are relative to the folder."""
    return [row for row in map(read, sorted(out.glob("*/*.json"))) if row is not None]
