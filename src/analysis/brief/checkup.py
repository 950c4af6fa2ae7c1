"""What is here and what is missing: versions, fonts, extras, frames."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import platform
from pathlib import Path

from analysis import paths
from analysis.brief import fonts

_NEEDED = (
    "pandas", "pyarrow", "duckdb", "matplotlib", "seaborn", "scikit-learn", "jieba", "rjieba", "opencc", "selectolax",
    "docx2python", "pypdfium2", "pdfplumber", "papermill", "nbconvert", "typst", "jupyterlab", "itables",
)  # fmt: skip
_EXTRAS = {"ocr": ("rapidocr", "onnxruntime"), "scale": ("distributed",), "lab": ("ipywidgets",)}

Row = dict[str, str]


def doctor() -> list[Row]:
    """A row a thing: state (ok, missing, optional), name, detail (the version, or how to get it)."""
    python = {"state": "ok", "name": "python", "detail": platform.python_version()}
    return [python, *map(_package, _NEEDED), *map(_extra, _EXTRAS), *map(_font, fonts.FILES), _frames(), _notebooks()]


def _package(name: str) -> Row:
    try:
        return {"state": "ok", "name": name, "detail": importlib.metadata.version(name)}
    except importlib.metadata.PackageNotFoundError:
        return {"state": "missing", "name": name, "detail": f"pip install {name}"}


def _extra(name: str) -> Row:
    absent = [module for module in _EXTRAS[name] if importlib.util.find_spec(module) is None]
    if absent:
        detail = f"not installed: pip install 'regional-plan-analysis[{name}]'"
        return {"state": "optional", "name": f"extra {name}", "detail": detail}
    return {"state": "ok", "name": f"extra {name}", "detail": ", ".join(_EXTRAS[name])}


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
