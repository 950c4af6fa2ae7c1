"""Shards: the rows of a few documents on disk, written by one job, kept so that only what changed is parsed again.

A shard is a folder of Parquet files and `documents.json`: for each document its key (bytes, name inside an archive,
manifest facts), its path when it was read and its plan ids.  Shards live under the fingerprint of the program and
the codebook: when either changes, everything is read anew.
"""

from __future__ import annotations

import functools
import hashlib
import json
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis import frames, lexicon
from analysis.ingest import document

# rooms whose code no frame depends on; compare is read again in every pass over the corpus
AFTER_INGEST = ("brief", "cluster", "compare", "describe", "draw", "review", "trace")


@dataclass(frozen=True)
class Job:
    """A document to be read: its file, its key and what the manifest gives."""

    file: str
    key: str
    given: dict[str, Any]


def fingerprint() -> str:
    """A hash of the program and the codebook: results are reused only under the same one."""
    return hashlib.sha256(f"{_program()} {lexicon.version()}".encode()).hexdigest()[:16]


@functools.cache
def _program() -> str:
    """A hash of the code that makes frames, as it was when it was first asked for."""
    digest = hashlib.sha256()
    package = Path(__file__).parent.parent
    for file in sorted(package.rglob("*.py")):
        if file.relative_to(package).parts[0] not in AFTER_INGEST:
            digest.update(file.read_bytes())
    return digest.hexdigest()


def key(file: str, given: dict[str, Any]) -> str:
    """The key of a document: equal bytes with equal manifest facts give the same rows."""
    outer, _, inner = file.partition("!")
    digest = hashlib.sha256(Path(outer).read_bytes())
    digest.update(json.dumps([inner, Path(file).suffix, given], sort_keys=True, ensure_ascii=False).encode())
    return digest.hexdigest()[:32]


def write(jobs: list[Job], folder: Path) -> int:
    """Reads documents and writes them as one shard; returns how many were read.

    The shard appears in `folder` only when it is whole.
    """
    beside = folder / f".new-{uuid.uuid4().hex}"
    beside.mkdir(parents=True)
    out: document.Records = {name: [] for name in frames.COLUMNS}
    documents = {}
    for job in jobs:
        rows = document.records(job.file, job.given)
        documents[job.key] = {"file": job.file, "plan_ids": [row["plan_id"] for row in rows["plans"]]}
        for name, more in rows.items():
            out[name].extend(more)
    for name, some in out.items():
        pq.write_table(frames.to_arrow(name, some), beside / f"{name}.parquet", compression="zstd")
    (beside / "documents.json").write_text(json.dumps(documents, ensure_ascii=False), "utf-8")
    beside.rename(folder / uuid.uuid4().hex)
    return len(jobs)


def known(folder: Path) -> dict[str, Path]:
    """The documents that shards hold: key → the shard's folder."""
    found = {}
    for index in sorted(folder.glob("[0-9a-f]*/documents.json")):
        for name in json.loads(index.read_text("utf-8")):
            found[name] = index.parent
    return found


def collect(jobs: list[Job], folder: Path) -> tuple[dict[str, pa.Table], dict[str, list[str]]]:
    """The rows of these documents from the shards that hold them, a table a frame, under their present paths.

    Returns: the tables, and for each plan that lies at several paths its id and the other paths; a plan's rows are
        taken once, from the document that the manifest says most of.
    """
    where = known(folder)
    entries = {shard: json.loads((shard / "documents.json").read_text("utf-8")) for shard in set(where.values())}
    owners: dict[str, str] = {}
    others: dict[str, list[str]] = {}
    by_shard: dict[Path, list[tuple[dict[str, Any], str]]] = {}
    for job in sorted(jobs, key=lambda job: (-len(job.given), job.file)):
        shard = where[job.key]
        entry = entries[shard][job.key]
        taken = [plan_id for plan_id in entry["plan_ids"] if plan_id in owners]
        for plan_id in entry["plan_ids"]:
            if owners.setdefault(plan_id, job.file) != job.file:
                others.setdefault(plan_id, []).append(job.file)
        if not taken:
            by_shard.setdefault(shard, []).append((entry, job.file))
    parts: dict[str, list[pa.Table]] = {name: [frames.schema(name).empty_table()] for name in frames.COLUMNS}
    for shard, wanted in sorted(by_shard.items()):
        for name, table in _rows(shard, wanted).items():
            parts[name].append(table)
    return {name: pa.concat_tables(tables) for name, tables in parts.items()}, others


def _rows(shard: Path, wanted: list[tuple[dict[str, Any], str]]) -> dict[str, pa.Table]:
    plan_ids = pa.array([i for entry, _ in wanted for i in entry["plan_ids"]], pa.string())
    moved: dict[str, list[str]] = {}
    for entry, file in wanted:
        moved.setdefault(entry["file"], []).append(file)
    out = {}
    for name in frames.COLUMNS:
        table = pq.read_table(shard / f"{name}.parquet")
        if name == "problems":
            parts = [
                _under(table.filter(pc.equal(table["source_path"], old)), new) for old, n in moved.items() for new in n
            ]
            table = pa.concat_tables(parts)
        else:
            table = table.filter(pc.is_in(table["plan_id"], plan_ids))
        if name == "plans":
            paths = [[new for old in held for new in moved[old]] for held in table["source_paths"].to_pylist()]
            table = _with(table, "source_paths", paths)
        out[name] = table
    return out


def _under(problems: pa.Table, path: str) -> pa.Table:
    return _with(problems, "source_path", [path] * problems.num_rows)


def _with(table: pa.Table, column: str, values: list[Any]) -> pa.Table:
    at = table.schema.get_field_index(column)
    return table.set_column(at, table.schema.field(at), pa.array(values, table.schema.field(at).type))


def forget(folder: Path, keep: str) -> None:
    """Removes shards of other fingerprints than `keep`."""
    for old in folder.iterdir() if folder.is_dir() else []:
        if old.is_dir() and old.name != keep:
            shutil.rmtree(old, ignore_errors=True)
