"""Every notebook runs with warnings as errors: for two regions, for one alone, in English, on nothing at all."""

from __future__ import annotations

import ast
import functools
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analysis import frames, ingest
from analysis.brief import chosen, parameters, run
from analysis.brief.batch import one
from analysis.brief.chosen import Job
from analysis.brief.errors import BriefError
from analysis.brief.results import Result
from test_brief import REGIONS, corpus, offline, pdf_text

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
DESIGNED = [
    "00_start_here", "10_corpus_quality", "20_region_profile", "30_cross_region_comparison", "40_targets",
    "50_topic_clusters", "60_policy_instruments", "70_text_reuse", "80_change_over_time", "85_coding_review", "90_briefing",
]  # fmt: skip
NAMES = [path.stem for path in NOTEBOOKS]
ABOUT_ONE = ("20_region_profile", "90_briefing")


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> dict[str, str]:
    """Frames of four regions and two years, of one region and year, of nothing."""
    root = tmp_path_factory.mktemp("frames")
    wanted = {"all": corpus(), "alone": corpus({"青禾县": 3}, (2024,)), "empty": corpus({}, ())}
    for name, tables in wanted.items():
        frames.write(tables, root / name)
    return {name: str(root / name) for name in wanted}


@pytest.fixture(scope="module")
def kernel(tmp_path_factory) -> Iterator[run.Kernel]:
    with run.Kernel(tmp_path_factory.mktemp("work"), strict=True) as held:
        yield held


@pytest.fixture(scope="module")
def report(kernel, tmp_path_factory) -> Callable[..., Result]:
    """Makes the report of a notebook with those of the parameters that it has, each once."""

    @functools.cache
    def made(name: str, formats: tuple[str, ...] = ("html", "pdf"), **params: object) -> Result:
        out = tmp_path_factory.mktemp("reports")
        path = FOLDER / f"{name}.ipynb"
        known = {p.name for p in parameters.read(path)}
        values = {k: list(v) if isinstance(v, tuple) else v for k, v in params.items() if k in known}
        return one(Job(path, values), formats, out, kernel)

    return made


def told(result: Result) -> str:
    return result.paths["html"].read_text("utf-8")


def test_the_notebooks_are_those_that_the_design_names():
    assert set(NAMES) <= set(DESIGNED)
    assert {"20_region_profile", "30_cross_region_comparison", "40_targets", "90_briefing"} <= set(NAMES)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_thin_empty_of_output_and_explains_its_parameters(path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    for cell in cells:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
            tree = ast.parse("".join(cell["source"]))
            assert not [
                n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef | ast.Lambda | ast.For)
            ]
    assert "".join(cells[0]["source"]).startswith("# ")
    assert cells[1]["metadata"]["tags"] == ["parameters"]
    found = parameters.read(path)
    assert {"lang", "frames_dir"} <= {p.name for p in found}
    assert all(p.help for p in found)


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_for_a_region(name, report, folders):
    result = report(name, region="青禾县", frames_dir=folders["all"])
    assert (result.error, result.warnings) == (None, [])
    page = told(result)
    assert ("青禾县" if name in ABOUT_ONE else "？") in result.title
    assert offline(page)
    assert "Traceback" not in page
    assert not re.search(r">(nan|None|NaN|&lt;NA&gt;)<", page)
    paper = pdf_text(result.paths["pdf"].read_bytes())
    assert result.title.replace(" ", "") in paper
    for told_where in (page, paper, result.paths["ipynb"].read_text("utf-8"), json.dumps(result.params)):
        assert folders["all"] not in told_where
        assert str(FOLDER.parent) not in told_where


@pytest.mark.parametrize("name", ["20_region_profile", "40_targets", "90_briefing"])
def test_every_number_of_a_table_opens_a_sentence(name, report, folders):
    page = told(report(name, region="青禾县", frames_dir=folders["all"]))
    links = set(re.findall(r'<a class="src" href="#(src-[^"]+)"', page))
    assert len(links) >= 3
    assert links <= set(re.findall(r'<article class="source" id="([^"]+)"', page))


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_for_another_region_in_english(name, report, folders):
    result = report(name, ("html",), region="白渚县", lang="en", frames_dir=folders["all"])
    assert (result.error, result.warnings) == (None, [])
    assert name not in ABOUT_ONE or "白渚县" in result.title
    headings = re.findall(r'<h[12] id="part[^>]*>(.*?)</h', told(result))
    assert len(headings) > 4
    for heading in headings:
        assert not re.search("[\u4e00-\u9fff]", re.sub("|".join(REGIONS), "", heading))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("held", ["alone", "empty"])
def test_one_region_one_year_or_nothing_gives_sentences(name, held, report, folders):
    result = report(name, ("html",), frames_dir=folders[held])
    assert (result.error, result.warnings) == (None, [])
    sections = re.split(r"<h2 ", told(result))[1:]
    assert all(re.search(r"<p>|<table|<figure", section) for section in sections[:-1])


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> str:
    """The frames of the plans that ship with the project."""
    out = tmp_path_factory.mktemp("sample")
    ingest.run([FOLDER.parent / "data" / "raw" / "sample"], out, jobs=1)
    return str(out)


@pytest.mark.parametrize(
    ("name", "region"),
    [(name, region) for name in NAMES for region in (("青禾县", "桑麓县") if name in ABOUT_ONE else ("青禾县",))],
)
def test_a_notebook_runs_on_the_sample(name, region, report, sample):
    result = report(name, ("html",), region=region, regions=("青禾县", "桑麓县"), frames_dir=sample)
    assert (result.error, result.warnings) == (None, [])
    page = told(result)
    assert offline(page)
    assert len(page) < 2_000_000
    assert not re.search(r">(nan|None|NaN|&lt;NA&gt;)<", page)


def test_the_same_run_twice_gives_the_same_page(report, folders):
    pages = [
        told(report("50_topic_clusters", region=region, frames_dir=folders["all"])) for region in ("青禾县", "again")
    ]
    first, second = (re.sub(r"<footer>.*?</footer>", "", page, flags=re.DOTALL) for page in pages)
    assert first == second


def test_a_year_without_plans_is_refused_before_anything_runs(folders, monkeypatch):
    monkeypatch.setenv("PLANS_HOME", str(FOLDER.parent))
    with pytest.raises(BriefError, match="year of 青禾县 '2031' is unknown"):
        chosen.jobs(["90"], None, {"region": "青禾县", "plan_year": "2031", "frames_dir": folders["all"]})
