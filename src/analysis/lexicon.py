"""The codebook's tables, loaded and checked.

A table is a CSV file under `codebook/`; its first line names the columns.  An overlay folder (`plans ingest
--codebook DIR`, or $PLANS_CODEBOOK) may hold a file of the same place and name: rows with an `id` that the shipped
table has replace that row, others are added.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analysis import paths

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, str]


class CodebookError(ValueError):
    """A codebook table is missing or broken; the message names the file, the line and what to do."""


def overlay() -> Path | None:
    """The folder of the analyst's own tables, or None."""
    named = os.environ.get("PLANS_CODEBOOK")
    return Path(named) if named else None


def table(name: str) -> list[Row]:
    """The rows of a table such as "education/domains", shipped rows first, with the overlay's laid over.

    Raises: CodebookError when neither has it, or a row has another number of cells than the header.
    """
    return _table(name, overlay())


@functools.cache
def _table(name: str, over: Path | None) -> list[Row]:
    files = [folder / f"{name}.csv" for folder in (paths.codebook(), over) if folder is not None]
    found = [f for f in files if f.is_file()]
    if not found:
        raise CodebookError(f"codebook table {name!r} not found; looked for {', '.join(map(str, files))}")
    rows: dict[str, Row] = {}
    for file in found:
        for i, row in enumerate(_rows(file)):
            rows[row.get("id") or f"{file}:{i}"] = row
    return list(rows.values())


def _rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        rows = []
        for row in reader:
            if None in row or None in row.values():
                raise CodebookError(f"{file}:{reader.line_num}: {len(reader.fieldnames or [])} cells are expected")
            rows.append({key: (value or "").strip() for key, value in row.items()})
    return rows


def has(name: str) -> bool:
    """Whether a table of this name exists, shipped or in the overlay."""
    return any((f / f"{name}.csv").is_file() for f in (paths.codebook(), overlay()) if f is not None)


def label(name: str, code: str, lang: str = "zh") -> str:
    """The name of a code in a table, such as "学前教育" for "preschool" of "education/domains".

    A code that the table lacks is its own name, and so is one whose row has no name in this language.

    Raises: CodebookError when there is no such table.
    """
    return _labels(name, lang, overlay()).get(code) or code


@functools.cache
def _labels(name: str, lang: str, over: Path | None) -> dict[str, str]:
    return {row["id"]: row.get(lang, "") for row in _table(name, over) if "id" in row}


def cells(value: str) -> list[str]:
    """The values of a cell that holds several, parted by | ."""
    return [part.strip() for part in value.split("|") if part.strip()]


def sectors() -> list[str]:
    """The sectors that have a domain table, such as ["education", "government"]."""
    folders = {f for f in (paths.codebook(), overlay()) if f is not None}
    return sorted({p.parent.name for folder in folders for p in folder.glob("*/domains.csv")})


def version() -> str:
    """A hash of every table in force, 12 hexadecimal digits: equal tables, equal version."""
    digest = hashlib.sha256()
    for folder in [f for f in (paths.codebook(), overlay()) if f is not None]:
        for file in sorted(folder.rglob("*.csv")):
            digest.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


GAP = "…"  # parts a cue in two: 制定…规划 is 制定 and later in the same clause 规划


class Cue(NamedTuple):
    """A word that speaks for a code, and how loudly: 4 names it, 3 is its own, 2 is usual for it, 1 is a hint."""

    word: str
    weight: int


def cues(value: str) -> list[Cue]:
    """The cues of a cell such as "学前教育*4|入园*3|保教"; a cue without a weight has 2.

    Raises: CodebookError when a weight is no digit from 1 to 4.
    """
    return [_cue(cell) for cell in cells(value)]


def _cue(cell: str) -> Cue:
    word, star, weight = cell.partition("*")
    if star and weight not in {"1", "2", "3", "4"}:
        raise CodebookError(f"cue {cell!r}: the weight after * is 1, 2, 3 or 4")
    return Cue(word, int(weight) if star else 2)


def names() -> list[str]:
    """The tables in force, such as ["common/instruments", "education/domains"]."""
    folders = [f for f in (paths.codebook(), overlay()) if f is not None]
    return sorted(
        {f.relative_to(folder).with_suffix("").as_posix() for folder in folders for f in folder.rglob("*.csv")}
    )


def show(name: str | None = None) -> str:
    """A table as lines to read: code, names, definition; without a name the list of tables with their rows.

    Raises: CodebookError when there is no such table; the message lists those there are.
    """
    if name is None:
        return "\n".join(f"{n:32}{len(table(n)):6} rows" for n in names())
    if not has(name):
        raise CodebookError(f"no codebook table {name!r}; there are {', '.join(names())}")
    rows = table(name)
    if not rows or "id" not in rows[0]:
        return "\n".join("\t".join(row.values()) for row in rows)
    return "\n".join(_shown(row) for row in rows)


def _shown(row: Row) -> str:
    head = "  ".join(row[key] for key in ("id", "zh", "en") if row.get(key))
    rest = [f"    {key}: {value}" for key, value in row.items() if key not in ("id", "zh", "en") and value]
    return "\n".join([head, *rest])


# codes that the frames and figures know; a table that lacks them breaks what reads them
STRENGTHS = ("binding", "quantified", "concrete", "continuing", "exploratory")
GROUPS = ("supply", "environment", "demand")
EXCLUSIVE = ("domains", "strength", "stages")  # one code of these wins; of instruments a cue may name two
COLUMNS = {
    "domains": ("id", "zh", "en", "definition", "cues", "counter_cues", "examples"),
    "instruments": ("id", "zh", "en", "group", "definition", "cues", "counter_cues"),
    "strength": ("id", "zh", "en", "rank", "cues", "counter_cues"),
    "hedges": ("id", "zh", "en", "cues", "counter_cues"),
    "beneficiaries": ("id", "zh", "en", "cues", "counter_cues"),
    "stages": ("id", "zh", "en", "cues", "counter_cues"),
}


def check(items: pd.DataFrame | None = None) -> list[dict[str, str]]:
    """What is wrong with the tables that tags are made with, worst first; [] when nothing is.

    Args: items: the `items` frame of a corpus; cues that none of its items holds are then named too.
    Returns: rows with `severity` (error: tags cannot be made; warning: they may be wrong; note), `table`, `id`, `cue`
        and `message`.
    """
    tables = [n for n in names() if n.rpartition("/")[2] in COLUMNS]
    found = [problem for name in tables for problem in _check_table(name)]
    found += [problem for sector in sectors() for problem in _check_reference(sector)]
    if items is not None and all(problem["severity"] != "error" for problem in found):
        found += [problem for name in tables for problem in _never_seen(name, items)]
    return sorted(found, key=lambda problem: ("error", "warning", "note").index(problem["severity"]))


def _problem(severity: str, table: str, code: str, cue: str, message: str) -> dict[str, str]:
    where = f"{table} {code}" if code else table
    return {"severity": severity, "table": table, "id": code, "cue": cue, "message": f"{where}: {message}"}


def _check_table(name: str) -> list[dict[str, str]]:
    kind, rows = name.rpartition("/")[2], table(name)
    lacking = [column for column in COLUMNS[kind] if rows and column not in rows[0]]
    if lacking or not rows:
        return [_problem("error", name, "", "", f"lacks {', '.join(lacking) or 'rows'}; add them to {name}.csv")]
    found = [_problem("error", name, c, "", f"stands in {n} rows; ids are unique") for c, n in _double_ids(name)]
    found += [problem for row in rows for problem in _check_row(name, kind, row)]
    if kind in EXCLUSIVE and not any(problem["severity"] == "error" for problem in found):
        found += _torn(name, rows)
    return found


def _double_ids(name: str) -> list[tuple[str, int]]:
    files = [folder / f"{name}.csv" for folder in (paths.codebook(), overlay()) if folder is not None]
    counted = [Counter(row["id"] for row in _rows(file)) for file in files if file.is_file()]
    return [(code, n) for counts in counted for code, n in counts.items() if n > 1]


def _check_row(name: str, kind: str, row: Row) -> list[dict[str, str]]:
    code = row["id"]
    allowed = {"strength": STRENGTHS, "instruments": GROUPS}.get(kind)
    value = row["group"] if kind == "instruments" else code
    found = []
    if allowed is not None and value not in allowed:
        found.append(_problem("error", name, code, "", f"unknown value {value!r}; allowed are {', '.join(allowed)}"))
    try:
        words = [cue.word for cue in cues(row["cues"])]
    except CodebookError as error:
        return [*found, _problem("error", name, code, "", str(error))]
    counters = cells(row["counter_cues"])
    found += [_problem("error", name, code, w, f"cue {w!r} is too short") for w in (*words, *counters) if _is_short(w)]
    for word in counters:
        if not any(part in word for cue in words for part in cue.split(GAP)):
            found.append(_problem("note", name, code, word, f"counter-cue {word!r} holds none of its cues: no effect"))
    return found


def _is_short(word: str) -> bool:
    """Whether a cue is too short to be looked for: a part before … counts, one after it may have one character."""
    head, gap, tail = word.partition(GAP)
    return len(head) < 2 or (bool(gap) and not tail)


def _torn(name: str, rows: list[Row]) -> list[dict[str, str]]:
    """Cues that speak for two codes equally loudly, and so for neither."""
    codes: dict[Cue, list[str]] = {}
    for row in rows:
        for cue in cues(row["cues"]):
            if row["id"] not in codes.setdefault(cue, []):
                codes[cue].append(row["id"])
    return [
        _problem("warning", name, held[0], cue.word, f"cue {cue.word!r} speaks as loudly for {' and '.join(held)}")
        for cue, held in codes.items()
        if len(held) > 1
    ]


def _check_reference(sector: str) -> list[dict[str, str]]:
    """Reference values of indicators that the sector does not have."""
    name = f"{sector}/reference"
    if not has(name) or not has(f"{sector}/indicators"):
        return []
    known = {row["id"] for row in table(f"{sector}/indicators")}
    unknown = sorted({row["indicator_id"] for row in table(name)} - known)
    return [_problem("error", name, c, "", f"unknown indicator; add it to {sector}/indicators.csv") for c in unknown]


def _never_seen(name: str, items: pd.DataFrame) -> list[dict[str, str]]:
    """A note for each code with cues that no item of the table's sector holds; `cue` lists them, parted by |."""
    sector = name.partition("/")[0]
    held = items if sector == "common" or "codebook" not in items else items[items["codebook"] == sector]
    if held.empty:
        return []
    text = "\n".join([*held["heading"].fillna(""), *held["text"].fillna("")])
    found = []
    for row in table(name):
        every = cues(row["cues"])
        unseen = [cue.word for cue in every if not all(part in text for part in cue.word.split(GAP))]
        if unseen:
            some = ", ".join(unseen[:8]) + (" …" if len(unseen) > 8 else "")
            message = f"{len(unseen)} of {len(every)} cues occur in none of {len(held)} items: {some}"
            found.append(_problem("note", name, row["id"], "|".join(unseen), message))
    return found
