"""What is here and what is missing: versions, fonts, extras, frames."""

from __future__ import annotations

import importlib.metadata
import platform
import sys
from pathlib import Path

from packaging.requirements import Requirement

from analysis import paths
from analysis.brief import fonts

PROJECT = "regional-plan-analysis"
# how an extra is had, where there is a shorter way than pip
WAYS = {"ocr": "make ocr", "dev": "make test"}

Row = dict[str, str]


def doctor() -> list[Row]:
    """A row a thing: state (ok, missing, optional), name, detail (the version, or how to get it)."""
    python = {"state": "ok", "name": "python", "detail": platform.python_version()}
    needed = [_package(name) for name in _required(None)]
    extras = [_extra(extra) for extra in importlib.metadata.metadata(PROJECT).get_all("Provides-Extra") or []]
    return [python, *needed, *extras, *map(_font, fonts.FILES), _frames(), _notebooks()]


def _required(extra: str | None) -> list[str]:
    """The packages that the project declares, for an extra or for all."""
    declared = [Requirement(line) for line in importlib.metadata.requires(PROJECT) or []]
    if extra is None:
        return [r.name for r in declared if r.marker is None]
    return [r.name for r in declared if r.marker is not None and r.marker.evaluate({"extra": extra})]


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _package(name: str) -> Row:
    found = _version(name)
    return {
        "state": "ok" if found else "missing",
        "name": name,
        "detail": found or f"{_python()} -m pip install '{name}'",
    }


def _extra(extra: str) -> Row:
    absent = [name for name in _required(extra) if _version(name) is None]
    if absent:
        way = WAYS.get(extra, f"{_python()} -m pip install -e '.[{extra}]'")
        return {"state": "optional", "name": f"extra {extra}", "detail": f"lacks {', '.join(absent)}: {way}"}
    return {"state": "ok", "name": f"extra {extra}", "detail": "installed"}


def _python() -> str:
    """This Python as it is called in the project's folder."""
    python = Path(sys.executable)
    return str(python.relative_to(paths.home())) if python.is_relative_to(paths.home()) else str(python)


def _font(file: Path) -> Row:
    if file.is_file():
        return {"state": "ok", "name": "font", "detail": file.name}
    return {"state": "missing", "name": "font", "detail": f"{file} is not there: install the package again"}


def _frames() -> Row:
    file = paths.processed() / "plans.parquet"
    if file.is_file():
        return {"state": "ok", "name": "frames", "detail": str(file.parent)}
    return {"state": "optional", "name": "frames", "detail": f"none in {file.parent}: run `plans ingest`"}


def _notebooks() -> Row:
    found = sorted(paths.notebooks().glob("*.ipynb"))
    if found:
        return {"state": "ok", "name": "notebooks", "detail": f"{len(found)} in {paths.notebooks()}"}
    return {"state": "missing", "name": "notebooks", "detail": f"none in {paths.notebooks()}: work inside the project"}
