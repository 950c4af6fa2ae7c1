"""The set-up files agree with each other."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def pins(name: str) -> dict[str, list[Requirement]]:
    found: dict[str, list[Requirement]] = {}
    for line in (ROOT / "requirements" / f"{name}.txt").read_text("utf-8").splitlines():
        pin = Requirement(line)
        found.setdefault(canonicalize_name(pin.name), []).append(pin)
    return found


def test_environment_yml_lists_what_pyproject_lists():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    packages = next(part["pip"] for part in environment if isinstance(part, dict))
    assert packages == [*PROJECT["dependencies"], "-e ."]
    assert f"python{PROJECT['requires-python']}" in environment


@pytest.mark.parametrize(("name", "extras"), [("core", []), ("dev", ["dev", "ocr", "lab"])])
def test_every_dependency_has_a_pin_that_satisfies_it(name, extras):
    wanted = [*PROJECT["dependencies"], *(d for e in extras for d in PROJECT["optional-dependencies"][e])]
    found = pins(name)
    for line in wanted:
        requirement = Requirement(line)
        held = found.get(canonicalize_name(requirement.name), [])
        assert held, f"{requirement.name} has no pin in requirements/{name}.txt; run `make pins`"
        for pin in held:
            (version,) = pin.specifier
            assert requirement.specifier.contains(version.version), f"{pin} does not satisfy {line}; run `make pins`"


@pytest.mark.parametrize("name", ["core", "dev"])
def test_pins_are_plain_names_and_versions(name):
    for line in (ROOT / "requirements" / f"{name}.txt").read_text("utf-8").splitlines():
        assert re.fullmatch(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[^ @/]+( ; .*)?", line), line


def test_both_sets_pin_the_same_versions():
    core, dev = pins("core"), pins("dev")
    assert {n: sorted(map(str, p)) for n, p in core.items()} == {n: sorted(map(str, dev[n])) for n in core}


def test_ci_runs_the_test_command_of_the_readme():
    commands = [c for c in (ROOT / ".ci" / "run").read_text("utf-8").splitlines() if c.startswith("make")]
    assert commands == ["make test"]
    assert "make test" in (ROOT / "README.md").read_text("utf-8")
