"""The picture of the rooms is true: imports run one way, and never in a loop."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import analysis

PACKAGE = Path(analysis.__file__).parent
NOUNS = ["paths", "frames", "text", "lexicon", "numerals", "regions", "words", "shingles", "formulae"]
VERBS = ["read", "repair", "parse", "extract", "tag", "compare", "cluster", "trace", "review", "describe", "draw"]
MEETING_PLACES = ["ingest", "brief"]
TOP = ("__main__", "commands")
# each pair was decided by hand: a meeting place that calls on another one
ALLOWED_BETWEEN_MEETING_PLACES: set[tuple[str, str]] = set()


def modules() -> dict[str, Path]:
    """Dotted name (inside the package) → file."""
    found = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


def imported(file: Path) -> set[str]:
    """The package's own modules that a file imports, wherever in the file; type-checking imports left out."""
    tree = ast.parse(file.read_text("utf-8"))
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    known = set(modules())
    found: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: a relative import hides its room"
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            modules_named = {name for name in inside if name.removeprefix("analysis.") in known}
            found |= modules_named or {node.module or ""}
    return {name.removeprefix("analysis.") for name in found if name.startswith("analysis.")} & known


def room(module: str) -> str:
    return module.split(".", 1)[0]


def edges() -> set[tuple[str, str]]:
    return {(module, target) for module, file in modules().items() for target in imported(file) if target}


def breaks_the_picture(source: str, target: str) -> bool:
    """Whether `source` must not import `target`."""
    a, b = room(source), room(target)
    if a == b or a in TOP:
        return False
    if a in NOUNS:
        return b not in NOUNS or NOUNS.index(b) > NOUNS.index(a)
    if a in VERBS:
        return b not in NOUNS
    if a in MEETING_PLACES:
        return b not in NOUNS + VERBS and (a, b) not in ALLOWED_BETWEEN_MEETING_PLACES
    return True


def test_every_room_of_the_picture_stands():
    assert {room(m) for m in modules() if m} == {*NOUNS, *VERBS, *MEETING_PLACES, *TOP}


def test_no_import_runs_against_the_picture():
    assert sorted(f"{a} imports {b}" for a, b in edges() if breaks_the_picture(a, b)) == []


def test_no_imports_in_a_loop():
    graph: dict[str, set[str]] = {}
    for a, b in edges():
        # a package's __init__ re-exports its modules: that is no loop unless a module imports the package back
        graph.setdefault(a, set()).add(b)
    done: set[str] = set()

    def walk(module: str, road: tuple[str, ...]) -> None:
        assert module not in road, " → ".join((*road[road.index(module) :], module))
        if module in done:
            return
        for target in sorted(graph.get(module, ())):
            walk(target, (*road, module))
        done.add(module)

    for module in sorted(graph):
        walk(module, ())


@pytest.mark.parametrize(
    ("source", "target", "broken"),
    [
        ("frames", "paths", False),
        ("paths", "frames", True),
        ("parse.facts", "regions", False),
        ("regions", "parse", True),
        ("compare.emphasis", "draw.theme", True),
        ("describe", "compare", True),
        ("parse.facts", "parse.outline", False),
        ("ingest.run", "tag", False),
        ("tag", "ingest", True),
        ("ingest", "brief", True),
        ("__main__", "commands", False),
        ("commands.jobs", "brief", False),
        ("brief", "commands", True),
    ],
)
def test_the_rule_tells_right_from_wrong(source, target, broken):
    assert breaks_the_picture(source, target) is broken


def test_a_module_stays_readable():
    long = {name: n for name, file in modules().items() if (n := len(file.read_text("utf-8").splitlines())) > 400}
    assert long == {}
