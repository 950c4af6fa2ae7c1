"""Which reports are asked for: notebooks and parameters checked against the frames before anything runs."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import frames, paths
from analysis.brief import parameters
from analysis.brief.errors import BriefError, unknown

EACH = {"region": ("region",), "year": ("plan_year",), "plan": ("region", "plan_year"), "pair": ("regions",)}


@dataclass(frozen=True)
class Job:
    """One report to make: a notebook and the values it is run with."""

    notebook: Path
    params: dict[str, Any]


def jobs(names: Sequence[str], each: str | None, params: Mapping[str, Any]) -> list[Job]:
    """A job a report, in the order of the notebooks.

    Raises: BriefError for an unknown notebook, parameter, region, year or way to repeat; FrameError without frames.
    """
    if each is not None and each not in EACH:
        raise unknown("--each", each, EACH)
    chosen = [parameters.notebook(name) for name in names] or parameters.notebooks()
    if not chosen:
        raise BriefError(f"{paths.notebooks()} holds no notebooks")
    given = _shared(chosen, params)
    plans = comparable_plans(params.get("frames_dir"))
    known = [{p.name for p in parameters.read(path)} for path in chosen]
    if each is not None and not any(set(EACH[each]) <= names_of for names_of in known):
        raise BriefError(
            f"none of {', '.join(p.stem for p in chosen)} takes {', '.join(EACH[each])}: leave out --each {each}"
        )
    found = []
    for path, names_of, values in zip(chosen, known, given, strict=True):
        checked = checked_places(values, plans)
        repeats = _repeats(plans, each, checked) if each is not None and set(EACH[each]) <= names_of else [{}]
        found += [Job(path, {**repeat, **checked}) for repeat in repeats]
    if not found:
        raise BriefError(f"the frames hold no plan whose {' and '.join(EACH[str(each)])} is known: nothing to report")
    return found


def _shared(chosen: Sequence[Path], params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """For each notebook the parameters that it has; one that none has is an error."""
    names = [{p.name for p in parameters.read(path)} for path in chosen]
    for name in params:
        if not any(name in known for known in names):
            raise unknown("parameter", name, sorted(set().union(*names)))
    return [
        parameters.check(path, {name: value for name, value in params.items() if name in known})
        for path, known in zip(chosen, names, strict=True)
    ]


def comparable_plans(folder: str | Path | None = None) -> pd.DataFrame:
    """The plans that reports are about: plans only, the best copy of each."""
    plans = frames.load(folder or paths.processed()).plans
    return frames.comparable(plans, plans)


def checked_places(values: Mapping[str, Any], plans: pd.DataFrame) -> dict[str, Any]:
    """The values with regions under the names that the frames use; years are known.

    Raises: BriefError with the near matches.
    """
    regions = list(dict.fromkeys(plans["region"].dropna()))
    found = dict(values)
    if found.get("region"):
        found["region"] = region(found["region"], regions)
    if found.get("regions"):
        found["regions"] = [region(name, regions) for name in found["regions"]]
    rows = plans[plans["region"].eq(found["region"])] if found.get("region") else plans
    years = sorted({int(year) for year in rows["plan_year"].dropna()})
    for year in [found.get("plan_year")] if found.get("plan_year") is not None else found.get("plan_years") or []:
        if year not in years:
            raise unknown("year" + (f" of {found['region']}" if found.get("region") else ""), year, years)
    return found


def region(name: str, known: Iterable[str]) -> str:
    """The region's name in the frames: as given, or the only one that the given name ends with or begins.

    Raises: BriefError with the near matches.
    """
    names = list(known)
    if name in names:
        return name
    near = [other for other in names if name.endswith(other) or other.startswith(name)]
    if len(near) == 1:
        return near[0]
    raise unknown("region", name, names)


def _repeats(plans: pd.DataFrame, each: str, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    pinned = [name for name in EACH[each] if given.get(name) not in (None, "", [])]
    if pinned and each != "plan":
        raise BriefError(f"--each {each} and a given {', '.join(pinned)} exclude each other: leave one out")
    if each == "pair":
        regions = sorted(plans["region"].dropna().unique())
        return [{"regions": list(pair)} for pair in itertools.combinations(regions, 2)]
    columns = list(EACH[each])
    rows = plans.dropna(subset=columns)
    for name in pinned:
        rows = rows[rows[name].eq(given[name])]
    unique = rows[columns].drop_duplicates().sort_values(columns)
    return [{c: int(row[c]) if c == "plan_year" else str(row[c]) for c in columns} for row in unique.to_dict("records")]
