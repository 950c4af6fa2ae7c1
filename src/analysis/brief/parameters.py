"""A notebook's parameters: names, types, defaults and help, read from its `parameters` cell; values checked.

    region: str = "青禾县"  # as in the regions table

The annotation is the type (str, int, float, bool, list[…] of them, `| None`), the comment is the help text.
"""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import paths
from analysis.brief.errors import BriefError, unknown

LANGUAGES = ("zh", "en")
_BETWEEN_VALUES = re.compile(r"[,，、;；|]")
_BILINGUAL = re.compile(r"(.*[\u4e00-\u9fff？！。]) *([A-Z].*)")
_TRUE, _FALSE = {"true", "yes", "1", "on", "是"}, {"false", "no", "0", "off", "否"}


@dataclass(frozen=True)
class Parameter:
    """One name of a parameters cell. `type` is the annotation as printed, else that of the default."""

    name: str
    type: str
    default: Any
    help: str = ""

    @property
    def base(self) -> str:
        """The type of one value: str, int, float or bool."""
        found = re.search(r"\b(str|int|float|bool)\b", self.type)
        return found.group(1) if found else "str"

    @property
    def is_list(self) -> bool:
        """Whether it takes several values."""
        return self.type.startswith("list")

    @property
    def may_be_none(self) -> bool:
        """Whether no value is a value."""
        return "None" in self.type or self.default is None


def notebooks(folder: Path | None = None) -> list[Path]:
    """The notebooks that can be reported, by number."""
    where = folder or paths.notebooks()
    return sorted(p for p in where.glob("*.ipynb") if not p.name.startswith("."))


def questions(lang: str = "zh", folder: Path | None = None) -> pd.DataFrame:
    """A row a notebook: notebook, question (its title in the language), command (how its report is made)."""
    rows = []
    for path in notebooks(folder):
        first = "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"]).split("\n")[0]
        found = _BILINGUAL.fullmatch(first.lstrip("# ").strip())
        title = first.lstrip("# ").strip() if found is None else found[1 if lang == "zh" else 2].strip()
        rows.append(
            {"notebook": path.stem, "question": title, "command": f"plans report {path.stem.partition('_')[0]}"}
        )
    return pd.DataFrame(rows, columns=["notebook", "question", "command"])


def notebook(name: str, folder: Path | None = None) -> Path:
    """The notebook of this name: whole, without its number, the number alone, or a path.

    Raises: BriefError with the near matches.
    """
    if name.endswith(".ipynb") and Path(name).is_file():
        return Path(name)
    known = notebooks(folder)
    wanted = name.removesuffix(".ipynb")
    for path in known:
        number, _, words = path.stem.partition("_")
        if wanted in (path.stem, number, words):
            return path
    raise unknown("notebook", name, [p.stem for p in known])


def read(path: Path) -> list[Parameter]:
    """The parameters of a notebook, in order; none when it has no cell tagged `parameters`.

    Raises: BriefError when the file is no notebook or the cell holds more than assignments of plain values.
    """
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (ValueError, KeyError, TypeError) as error:
        raise BriefError(f"{path} is not a notebook: {error}") from error
    for cell in cells:
        if "parameters" in cell.get("metadata", {}).get("tags", []):
            return _parameters("".join(cell["source"]), path)
    return []


def _parameters(source: str, path: Path) -> list[Parameter]:
    comments = {
        token.start[0]: token.string.lstrip("# ").strip()
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    found = []
    for node in ast.parse(source).body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            raise BriefError(f"{path}: the parameters cell holds more than assignments (line {node.lineno})")
        target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
        if not isinstance(target, ast.Name):
            raise BriefError(f"{path}: the parameters cell assigns to more than a name (line {node.lineno})")
        default = ast.literal_eval(node.value)
        kind = ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else type(default).__name__
        found.append(Parameter(target.id, kind, default, comments.get(node.end_lineno or node.lineno, "")))
    return found


def convert(parameter: Parameter, value: Any) -> Any:
    """The value as the parameter's type, from text (a command line) or from Python.

    Raises: BriefError naming the parameter, the value and what is expected.
    """
    if value is None or (isinstance(value, str) and value.strip().lower() in ("", "none", "null")):
        if parameter.is_list:
            return []
        if parameter.may_be_none:
            return None
        if value is None or parameter.base != "str":
            raise BriefError(f"parameter {parameter.name} takes {parameter.type}, not an empty value")
    if parameter.is_list:
        parts = _BETWEEN_VALUES.split(value) if isinstance(value, str) else list(value)
        return [_one(parameter, part) for part in parts if not isinstance(part, str) or part.strip()]
    return _one(parameter, value)


def _one(parameter: Parameter, value: Any) -> Any:
    converters: dict[str, Callable[[Any], Any]] = {"str": str, "int": _whole, "float": float, "bool": _truth}
    try:
        return converters[parameter.base](value.strip() if isinstance(value, str) else value)
    except (ValueError, TypeError) as error:
        raise BriefError(f"parameter {parameter.name} takes {parameter.type}, not {value!r}") from error


def _whole(value: Any) -> int:
    if isinstance(value, bool) or (not isinstance(value, str) and int(value) != value):
        raise ValueError(f"{value!r} is no whole number")
    return int(value)


def _truth(value: Any) -> bool:
    word = str(value).strip().lower()
    if word not in _TRUE | _FALSE:
        raise ValueError(f"{value!r} is neither true nor false")
    return word in _TRUE


def check(path: Path, given: Mapping[str, Any]) -> dict[str, Any]:
    """The given values, converted; those that are not given stay out, so the notebook's own defaults hold.

    Raises: BriefError for a name that the notebook does not have, a value of another type, a language that is
        neither zh nor en.
    """
    known = {parameter.name: parameter for parameter in read(path)}
    for name in given:
        if name not in known:
            raise unknown(f"parameter of {path.stem}", name, known)
    values = {name: convert(known[name], value) for name, value in given.items()}
    if values.get("lang", "zh") not in LANGUAGES:
        raise unknown("language", values["lang"], LANGUAGES)
    return values


def text(path: Path) -> str:
    """The help of a notebook: a line a parameter, with type, default and comment."""
    rows = [(f"{p.name}: {p.type} = {p.default!r}", p.help) for p in read(path)]
    width = max((len(left) for left, _ in rows), default=0)
    return "\n".join(f"{left:<{width}}  {right}".rstrip() for left, right in rows)
