"""Parameters to executed notebooks to HTML, PDF and an index.

    brief.report(["20_region_profile"], each="region", formats=("html", "pdf"), jobs=2)
    brief.region("青禾县", plan_year=2024)
    brief.index()

Inside a notebook, `brief.page(corpus, lang)` shows sentences, figures and tables.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.brief import chief, counts
from analysis.brief.coded import coding
from analysis.brief.errors import BriefError
from analysis.brief.parameters import questions
from analysis.brief.phrases import frequent, phrase
from analysis.brief.results import Result
from analysis.brief.selection import Selection, first_region, select
from analysis.brief.show import Page, page
from analysis.brief.tables import filled

# what `plans briefing` makes: notebooks, and what they are repeated for
MAIN_JOB: tuple[tuple[tuple[str, ...], str | None], ...] = (
    (
        (
            "00_start_here",
            "10_corpus_quality",
            "30_cross_region_comparison",
            "40_targets",
            "50_topic_clusters",
            "60_policy_instruments",
            "70_text_reuse",
            "80_change_over_time",
        ),
        None,
    ),
    (("20_region_profile", "90_briefing"), "region"),
)


def report(
    names: Sequence[str] = (), each: str | None = None, params: Mapping[str, Any] | None = None,
    formats: Sequence[str] = ("html", "pdf"), jobs: int = 1, out: Path | None = None, lang: str | None = None,
    strict: bool = False, progress: Callable[[int, int], None] | None = None, fresh: bool = True,
) -> list[Result]:  # fmt: skip
    """A result a report, in the order asked for; a report that failed is a result too.

    Args:
        names: notebooks (20_region_profile, region_profile or 20); none means all.
        each: one report a region, plan, year or pair of regions, for the notebooks that take it.
        params: values of parameters, as text or typed; lang is one of them.
        jobs: kernels side by side.
        strict: a warning in a cell is an error.
        progress: called with reports done and reports in all.
        fresh: make every report anew; else those made before from the same notebook, parameters, frames and program stay.
    Raises: BriefError for wrong use and FrameError without frames, before anything runs.
    """
    from analysis.brief import batch  # papermill, nbconvert and typst are loaded only to make reports

    return batch.report(names, each, params, formats, jobs, out, lang, strict, progress, fresh)


def region(name: str, out: Path | None = None, formats: Sequence[str] = ("html", "pdf"), **params: Any) -> list[Result]:
    """The profile and the briefing of one region.

    Example: brief.region("青禾县", plan_year=2024)
    """
    return report(["20_region_profile", "90_briefing"], params={"region": name, **params}, formats=formats, out=out)


def index(out: Path | None = None) -> Path:
    """The page that lists every report in a folder, written anew beside an index.json of the same rows."""
    from analysis.brief import listing

    return listing.index(out)


def doctor() -> list[dict[str, str]]:
    """A row a thing that the suite needs: state (ok, missing, optional), name, detail."""
    from analysis.brief import checkup

    return checkup.doctor()


__all__ = [
    "MAIN_JOB",
    "BriefError",
    "Page",
    "Result",
    "Selection",
    "chief",
    "coding",
    "counts",
    "doctor",
    "filled",
    "first_region",
    "frequent",
    "index",
    "page",
    "phrase",
    "questions",
    "region",
    "report",
    "select",
]
