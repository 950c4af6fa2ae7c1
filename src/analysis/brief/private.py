"""Reports for other readers: paths of the machine that made them are taken out."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import nbformat

from analysis import paths


def told(text: str, folders: Iterable[str] = ()) -> str:
    """The text with paths inside the project relative to it, other known folders by their last name.

    Args: folders: more folders that may be named, such as the frames'.
    Example: with the project in /home/me/plans, "/home/me/plans/data/a.txt" becomes "data/a.txt"
    """
    home = str(paths.home())
    given = [str(Path(folder)) for folder in folders if folder]
    names = {
        **{folder: Path(folder).name for folder in given},
        home: ".",
        str(Path(__file__).parent.parent): "analysis",
        sys.prefix: "python",
        tempfile.gettempdir(): "tmp",
        str(Path.home()): "~",
    }
    for folder in sorted((f for f in names if len(Path(f).parts) > 1), key=len, reverse=True):
        name = names[folder]
        if folder != home and Path(folder).is_relative_to(home):
            name = Path(folder).relative_to(home).as_posix()
        text = _replaced(text, folder, name)
    return text


def _replaced(text: str, folder: str, name: str) -> str:
    written = re.escape(folder)
    if name == ".":
        text = re.sub(rf"{written}[/\\]+(?=\w|\.)", "", text)
    return re.sub(rf"{written}(?![\w.+-])", lambda _: name, text)


def notebook(nb: Any, params: Mapping[str, Any]) -> Any:
    """The executed notebook without paths of the machine."""
    folder = params.get("frames_dir")
    whole = nbformat.writes(nb)
    told_whole = told(whole, [json.dumps(folder)[1:-1]] if folder else [])
    return nb if told_whole == whole else nbformat.reads(told_whole, as_version=4)


def values(params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters without paths of the machine."""
    folders = [params["frames_dir"]] if params.get("frames_dir") else []
    return {name: told(held, folders) if isinstance(held, str) else held for name, held in params.items()}
