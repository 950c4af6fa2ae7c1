"""Whether a report is still what its notebook would make: what it was made from, as one hash.

A report is left alone when notebook, parameters, formats, the frames that it read, and this package are as they were and
its files are still there.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import analysis
from analysis import frames, lexicon, paths
from analysis.brief.chosen import Job

VIEWED = (
    "plans",
    "sources",
    "repairs",
    "masks",
)  # frames that the view of whole plans reads, whatever the notebook does
_PARTS = (".py", ".j2", ".css", ".js", ".typ", ".json", ".ttf")


class Freshness:
    """What the reports of one batch are made from; files are hashed once."""

    def __init__(self, formats: Sequence[str], strict: bool = False) -> None:
        self._common = [program(), lexicon.version(), ",".join(sorted(formats)), str(strict)]
        self._frames: dict[tuple[Path, str], str] = {}

    def key(self, job: Job, read: Iterable[str] | None) -> str:
        """The hash of all that goes into a report.

        Args: read: the frames that its notebook read; None counts every one.
        """
        folder = Path(job.params.get("frames_dir") or paths.processed())
        names = sorted({*(frames.COLUMNS if read is None else read), *VIEWED})
        values = {name: held for name, held in job.params.items() if name != "frames_dir"}
        parts = [
            *self._common, job.notebook.stem, _hash(job.notebook), json.dumps(values, sort_keys=True, default=str),
            *(f"{name} {self._frame(folder, name)}" for name in names),
        ]  # fmt: skip
        return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()

    def _frame(self, folder: Path, name: str) -> str:
        if (folder, name) not in self._frames:
            self._frames[folder, name] = _hash(folder / f"{name}.parquet")
        return self._frames[folder, name]

    def holds(self, job: Job, receipt: Mapping[str, Any] | None, out: Path) -> bool:
        """Whether the report of this receipt would come out the same and is still there."""
        if receipt is None or receipt.get("status") not in ("ok", "unchanged") or not receipt.get("key"):
            return False
        there = all((out / path).is_file() for path in receipt["paths"].values())
        return there and receipt["key"] == self.key(job, receipt.get("read"))


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "-"


@functools.cache
def program() -> str:
    """A hash of this package's code, templates and fonts."""
    root = Path(analysis.__file__).parent
    files = sorted(p for p in root.rglob("*") if p.suffix in _PARTS)
    told = "\0".join(f"{p.relative_to(root).as_posix()} {_hash(p)}" for p in files)
    return hashlib.sha256(told.encode("utf-8")).hexdigest()
