"""Files as found → source text, a file a format.

    found = read.find(["data/raw"])          # which files there are, and what was passed over
    sources = [read.source(file) for file in found.files]

A file inside a zip archive is named `archive.zip!inner.txt`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from analysis.read.files import source
from analysis.read.problem import Unreadable
from analysis.read.walk import Found, find
from analysis.text import Source

__all__ = ["Found", "Unreadable", "find", "source", "sources"]


def sources(paths: Iterable[str | Path] | str | Path) -> list[Source]:
    """The sources of all files found at the paths.

    Raises: Unreadable at the first file that cannot be read; to go on past it, call `source` file by file.
    """
    return [source(file) for file in find(paths).files]
