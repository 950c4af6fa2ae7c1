"""The run: find, read in parallel, collect, pass over the corpus, write."""

from __future__ import annotations

import contextlib
import math
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import pyarrow as pa

from analysis import frames, read, review
from analysis.ingest import corpus, shards
from analysis.ingest.manifest import NAME, read_manifest


class IngestError(ValueError):
    """Wrong use: nothing to read; the message says where was looked and what to do."""


@dataclass
class Summary:
    """What an ingest did."""

    n_found: int
    n_read: int
    n_parsed: int
    out: Path

    @property
    def n_unread(self) -> int:
        """Documents that could not be read, whole or at all."""
        return self.n_found - self.n_read


def run(
    inputs: Sequence[str | Path],
    out: Path,
    *,
    manifest: Path | None = None,
    corrections: Path | None = None,
    jobs: int | None = None,
    scheduler: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Summary:
    """Reads files, folders and archives and writes the frames to `out`.

    Args:
        inputs: what to read; a folder's `manifest.csv`, or a CSV file among the inputs, gives known facts.
        manifest: one more manifest.
        corrections: a file of coders' corrections, laid over the tags; none when it does not exist.
        jobs: worker processes; as many as there are cores when None.
        scheduler: address of a running Dask scheduler; needs the extra `scale`.
        progress: called with (documents done, documents in all).

    Raises: IngestError when a path does not exist or there is nothing to read; ManifestError.
    """
    given = _given(inputs, manifest)
    found = read.find(_documents(inputs))
    if not found.files:
        raise IngestError(_nothing(inputs, found.problems))
    wanted = [shards.Job(f, shards.key(f, facts), facts) for f in found.files for facts in [_of(f, given)]]
    mark = shards.fingerprint()
    folder = out / ".shards" / mark
    folder.mkdir(parents=True, exist_ok=True)
    here = shards.known(folder)
    todo = list({job.key: job for job in wanted if job.key not in here}.values())
    _parse(todo, folder, jobs, scheduler, progress)
    rows, others = shards.collect(wanted, folder)
    held = review.read_corrections(corrections) if corrections is not None and corrections.is_file() else None
    tables = corpus.complete(rows, found.problems, others, held)
    frames.write(tables, out)
    shards.forget(out / ".shards", keep=mark)
    return Summary(len(found.files), len(set(found.files) - _unread(found.files, tables)), len(todo), out)


def _unread(files: list[str], tables: dict[str, pa.Table]) -> set[str]:
    """The files that gave no plan, or of which an error says that they were not read."""
    given = {path for paths in tables["plans"]["source_paths"].to_pylist() for path in paths}
    problems = tables["problems"].select(["source_path", "stage", "severity"]).to_pylist()
    failed = {row["source_path"] for row in problems if row["severity"] == "error" and row["stage"] == "read"}
    return (set(files) - given) | (failed & set(files))


def _given(inputs: Sequence[str | Path], manifest: Path | None) -> dict[str, dict[str, Any]]:
    files = [] if manifest is None else [manifest]
    for item in map(Path, inputs):
        if item.suffix.lower() == ".csv":
            files.append(item)
        elif item.is_dir():
            files.extend(sorted(item.rglob(NAME)))
    given: dict[str, dict[str, Any]] = {}
    for file in files:
        if not file.is_file():
            raise IngestError(f"{file} does not exist")
        given.update(read_manifest(file))
    return given


def _documents(inputs: Sequence[str | Path]) -> list[Path]:
    """The inputs; a manifest among them stands for the files that it lists."""
    out: list[Path] = []
    for item in map(Path, inputs):
        if not item.exists():
            raise IngestError(f"{item} does not exist; name a file, a folder or a manifest")
        if item.suffix.lower() == ".csv":
            out.extend(Path(path.split("!", 1)[0]) for path in read_manifest(item))
        else:
            out.append(item)
    return list(dict.fromkeys(out))


def _nothing(inputs: Sequence[str | Path], problems: list[dict[str, Any]]) -> str:
    said = "; ".join(row["message"] for row in problems if row["severity"] == "error")
    return f"no plans found: {said or ', '.join(map(str, inputs)) + ' holds no document'}"


def _of(file: str, given: dict[str, dict[str, Any]]) -> dict[str, Any]:
    outer, mark, inner = file.partition("!")
    return given.get(str(Path(outer).resolve()) + mark + inner, {})


def _parse(
    todo: list[shards.Job],
    folder: Path,
    jobs: int | None,
    scheduler: str | None,
    progress: Callable[[int, int], None] | None,
) -> None:
    workers = jobs or os.cpu_count() or 1
    size = max(1, min(64, math.ceil(len(todo) / (workers * 6))))
    batches = [todo[i : i + size] for i in range(0, len(todo), size)]
    done = 0
    for n in _each(batches, folder, workers, scheduler):
        done += n
        if progress is not None:
            progress(done, len(todo))


def _each(batches: list[list[shards.Job]], folder: Path, workers: int, scheduler: str | None) -> Iterator[int]:
    if scheduler is None and (workers == 1 or len(batches) < 2):
        yield from (shards.write(batch, folder) for batch in batches)
        return
    with _backend(scheduler):
        parallel = joblib.Parallel(n_jobs=workers, return_as="generator_unordered")
        yield from parallel(joblib.delayed(shards.write)(batch, folder) for batch in batches)


def _backend(scheduler: str | None) -> contextlib.AbstractContextManager[Any]:
    if scheduler is None:
        return contextlib.nullcontext()
    try:
        from distributed import Client
    except ImportError as error:
        raise IngestError("--scheduler needs the extra `scale`: pip install 'regional-plan-analysis[scale]'") from error
    Client(scheduler)
    return joblib.parallel_config(backend="dask")
