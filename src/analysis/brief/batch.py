"""Reports in batch: several kernels side by side, one failure stops nothing, files moved into place whole."""

from __future__ import annotations

import dataclasses
import datetime
import queue
import shutil
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat

from analysis import paths
from analysis.brief import (
    chosen,
    fonts,
    freshness,
    html,
    originals,
    parameters,
    pdf,
    private,
    results,
    run,
    sources,
    thumbnails,
)
from analysis.brief.chosen import Job
from analysis.brief.errors import unknown
from analysis.brief.freshness import Freshness
from analysis.brief.results import Result
from analysis.brief.words import words

FORMATS = ("html", "pdf")
KNOWN_FORMATS = ("html", "pdf", "docx")


def report(
    names: Sequence[str] = (), each: str | None = None, params: Mapping[str, Any] | None = None,
    formats: Sequence[str] = FORMATS, jobs: int = 1, out: Path | None = None, lang: str | None = None,
    strict: bool = False, progress: Callable[[int, int], None] | None = None, fresh: bool = True,
) -> list[Result]:  # fmt: skip
    """A result a report, in the order asked for; a report that failed is a result too.

    Args:
        names: notebooks (20_region_profile, region_profile or 20); none means all.
        each: one report a region, plan, year or pair of regions, for the notebooks that take it.
        params: values of parameters, as text or typed.
        jobs: kernels side by side.
        strict: a warning in a cell is an error.
        progress: called with reports done and all.
        fresh: make every report anew; else one whose notebook, parameters, frames and program are as they were is left
            as it is, and its result is `unchanged`.
    Raises: BriefError for wrong use and FrameError without frames, before anything runs.
    """
    for wanted in formats:
        if wanted not in KNOWN_FORMATS:
            raise unknown("format", wanted, KNOWN_FORMATS)
    values = {**(params or {}), **({"lang": lang} if lang is not None else {})}
    todo = chosen.jobs(list(names), each, values)
    return make(todo, out or paths.reports(), formats, jobs, strict, progress, fresh)


def make(
    todo: list[Job], out: Path, formats: Sequence[str] = FORMATS, jobs: int = 1, strict: bool = False,
    progress: Callable[[int, int], None] | None = None, fresh: bool = True,
) -> list[Result]:  # fmt: skip
    """A result a job, in their order; what `report` makes once it knows which reports are asked for."""
    folder = out.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    state = freshness.Freshness(formats, strict)
    found = {} if fresh else _unchanged(todo, state, folder)
    if progress is not None and found:
        progress(len(found), len(todo))
    left = [at for at in range(len(todo)) if at not in found]
    if left:
        found |= _made(todo, left, tuple(formats), folder, max(1, min(jobs, len(left))), state, strict, progress)
    return [found[at] for at in range(len(todo))]


def _unchanged(todo: list[Job], state: Freshness, out: Path) -> dict[int, Result]:
    """The jobs whose reports are still what would be made, as results; their receipts say so from now on."""
    found = {}
    for at, job in enumerate(todo):
        file = out / job.notebook.stem / f"{results.slug(job.params)}.json"
        receipt = results.read(file)
        if receipt is not None and state.holds(job, receipt, out):
            found[at] = results.restored({**receipt, "status": "unchanged"}, out)
            _write(file, results.receipt(found[at], out))
    return found


def _write(file: Path, text: str) -> None:
    beside = file.with_name(f".new-{file.name}")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def _made(
    todo: list[Job], left: list[int], formats: tuple[str, ...], out: Path, jobs: int, state: Freshness, strict: bool,
    progress: Callable[[int, int], None] | None,
) -> dict[int, Result]:  # fmt: skip
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for at in left:
        waiting.put(at)
    found: dict[int, Result] = {}
    lock = threading.Lock()

    def work() -> None:
        """Takes jobs until none is left, on a kernel of its own."""
        with run.own_loop(), run.Kernel(paths.home(), strict) as kernel:
            while (at := _next(waiting)) is not None:
                result = one(todo[at], formats, out, kernel, state)
                with lock:
                    found[at] = result
                    if progress is not None:
                        progress(len(todo) - len(left) + len(found), len(todo))

    with ThreadPoolExecutor(jobs) as pool:
        for future in [pool.submit(work) for _ in range(jobs)]:
            future.result()
    return found


def _next(waiting: queue.SimpleQueue[int]) -> int | None:
    try:
        return waiting.get_nowait()
    except queue.Empty:
        return None


def one(job: Job, formats: tuple[str, ...], out: Path, kernel: run.Kernel, state: Freshness | None = None) -> Result:
    """One report: run, set in each format, moved into place; whatever goes wrong is in the result."""
    done = run.execute(job.notebook, job.params, kernel)
    done.nb = private.notebook(done.nb, job.params)
    values = {**{p.name: p.default for p in parameters.read(job.notebook)}, **job.params}
    now = datetime.datetime.now().astimezone().replace(microsecond=0)
    made = words(values.get("lang", "zh"))["made"].format(now.strftime("%Y-%m-%d %H:%M"))
    files, numbers, read = _data(done.nb, results.slug(job.params)), _numbers(done.nb), _read(done.nb)
    error = done.error
    if error is None:
        try:
            files |= {kind: _MAKERS[kind](done.nb, values, made) for kind in formats}
            files |= {"png": thumbnails.png(files["pdf"])} if "pdf" in files else {}
        except Exception as trouble:  # one report that cannot be set must not stop the batch; the index shows it
            error = f"{type(trouble).__name__}: {trouble}"
    files["ipynb"] = nbformat.writes(done.nb).encode("utf-8")
    lacking = sorted(fonts.missing(files.get("html", b"").decode("utf-8")))
    if lacking:
        done.warnings.append(f"the font lacks {' '.join(lacking)}")
    folders = [job.params["frames_dir"]] if job.params.get("frames_dir") else []
    result = Result(
        job.notebook.stem, private.values(job.params), "failed" if error else "ok", round(done.seconds, 2), {},
        private.told(error, folders) if error else None, html.named(done.nb), now.isoformat(),
        [private.told(warning, folders) for warning in done.warnings], numbers, read,
        (state or Freshness(formats)).key(job, read),
    )  # fmt: skip
    return _placed(result, results.slug(job.params), files, out)


def _numbers(nb: Any) -> list[dict[str, Any]]:
    """The headline numbers that a notebook's tables mark as such; taken out of it, for they lie in the receipt."""
    outputs = [output for cell in nb.cells for output in cell.get("outputs", []) if "data" in output]
    held = [output.data.pop(sources.NUMBERS_MIME, None) for output in outputs]
    return [dict(number) for part in held if part is not None for number in part["numbers"]]


def _read(nb: Any) -> list[str] | None:
    """The frames that a notebook says it read; None where it does not say."""
    told = [
        o.metadata[sources.READ]
        for cell in nb.cells
        for o in cell.get("outputs", [])
        if sources.READ in o.get("metadata", {})
    ]
    return list(told[-1]) if told else None


def _data(nb: Any, slug: str) -> dict[str, bytes]:
    """The data files that a notebook's long tables lay beside it; each table is told the name of its own."""
    files = {}
    for output in [output for cell in nb.cells for output in cell.get("outputs", [])]:
        held = output.get("data", {}).pop(sources.FILE_MIME, None)
        if held is not None:
            files[held["name"]] = held["text"].encode("utf-8")
            output.metadata["file"] = f"{slug}.{held['name']}"
    return files


def _html(nb: Any, values: Mapping[str, Any], made: str) -> bytes:
    lang = values.get("lang", "zh")
    whole = originals.packed(Path(values.get("frames_dir") or paths.processed()), html.to_hold(nb), lang)
    return html.page(nb, lang, made, whole).encode("utf-8")


def _pdf(nb: Any, values: Mapping[str, Any], made: str) -> bytes:
    lang = values.get("lang", "zh")
    return pdf.pdf(nb, lang, made, results.facts(values, lang))


def _docx(nb: Any, values: Mapping[str, Any], made: str) -> bytes:
    from analysis.brief import word  # loaded only where Word documents are asked for

    lang = values.get("lang", "zh")
    return word.word(nb, lang, made, results.facts(values, lang))


_MAKERS: dict[str, Callable[[Any, Mapping[str, Any], str], bytes]] = {"html": _html, "pdf": _pdf, "docx": _docx}


def _placed(result: Result, slug: str, files: Mapping[str, bytes], out: Path) -> Result:
    """The result with its paths, after its files were written beside and moved into place, the receipt last."""
    target = out / result.name
    target.mkdir(parents=True, exist_ok=True)
    beside = out / f".new-{uuid.uuid4().hex[:8]}"
    beside.mkdir()
    try:
        for kind, data in files.items():
            (beside / kind).write_bytes(data)
        placed = {kind: (beside / kind).replace(target / f"{slug}.{kind}") for kind in files}
        whole = dataclasses.replace(result, paths=placed)
        (beside / "json").write_text(results.receipt(whole, out), encoding="utf-8")
        (beside / "json").replace(target / f"{slug}.json")
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return whole
