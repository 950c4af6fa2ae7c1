"""What a report was made from and how: inputs, versions, parameters, counts kept and dropped, scores, how to cite.

Everything here is computed from the frames and this installation; nothing is written by hand.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis import __version__, frames, lexicon
from analysis.brief import sources
from analysis.brief.html import read
from analysis.frames import Corpus

PARAMETERS = "PLANS_PARAMETERS"  # the variable in which a run tells its kernel the notebook's parameters
SHOWN = (
    "document.fields", "outline.headings", "items", "items.primary_domain", "items.instruments", "items.commitment",
    "metrics", "metrics.indicator", "metrics.record",
)  # fmt: skip
PACKAGES = (
    "pandas", "numpy", "scipy", "scikit-learn", "matplotlib", "seaborn", "jieba", "rjieba", "pyarrow", "selectolax", "pypdfium2",
    "opencc", "networkx", "papermill", "nbconvert", "typst",
)  # fmt: skip
NAME = "regional-plan-analysis"
_HEX = 16  # digits of a hash that are printed: enough to tell files apart


def inputs(plans: pd.DataFrame) -> pd.DataFrame:
    """A row a document used: region, plan_year, title, file, sha256 (its first digits)."""
    table = plans.assign(
        file=[sources.file_name(paths) for paths in plans["source_paths"]],
        sha256=plans["source_sha256"].astype("str").str[:_HEX],
    )
    return table.sort_values(["region", "plan_year"], na_position="last")[
        ["region", "plan_year", "title", "file", "sha256"]
    ]


def steps(corpus: Corpus, used: pd.DataFrame) -> pd.DataFrame:
    """A row a step from the files found to the documents used: step, kept, dropped; then the items and numbers of these."""
    plans = corpus.plans
    problems = corpus.problems
    unread = problems[problems["severity"].eq("error") & problems["stage"].eq("read")]["source_path"].nunique()
    is_plan = int(plans["is_plan"].fillna(False).astype(bool).sum())
    best = frames.comparable(plans, plans)
    placed = int(best["region"].notna().sum())
    counts = [len(plans) + unread, len(plans), is_plan, len(best), placed, len(used)]
    names = ["files", "read", "plans", "best_copies", "with_region", "used"]
    rows = [
        {"step": name, "kept": kept, "dropped": before - kept}
        for name, kept, before in zip(names, counts, [counts[0], *counts], strict=False)
    ]
    for name in ("items", "metrics"):
        held = getattr(corpus, name)
        n = int(held["plan_id"].isin(used["plan_id"]).sum())
        rows.append({"step": name, "kept": n, "dropped": len(held) - n})
    return pd.DataFrame(rows, columns=["step", "kept", "dropped"])


def versions() -> dict[str, str]:
    """Of Python, of this package and of the libraries that read, count and draw."""
    found = {"Python": platform.python_version(), NAME: __version__}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:  # an installation without it: `plans doctor` says how to get it
            continue
    return found


def parameters() -> dict[str, Any]:
    """The parameters of the run that this kernel is in, empty in a notebook that somebody has open."""
    return dict(json.loads(os.environ.get(PARAMETERS, "{}")))


def scores() -> pd.DataFrame:
    """How well the hand-coded plans are read: a row a measure, precision, recall and F1 of both sets.

    Returns: measure, then for the sets sample and apart: gold (decisions coded), precision, recall, f1.
    """
    held = measured()["sets"]
    tables = [
        pd.DataFrame(part["rows"])
        .set_index("measure")
        .reindex(list(SHOWN))[["gold", "precision", "recall", "f1"]]
        .add_suffix(f"_{name}")
        for name, part in held.items()
    ]
    return pd.concat(tables, axis=1).reset_index()


def measured() -> Mapping[str, Any]:
    """What benchmarks/make_scores.py wrote: version, codebook, and for each set its documents and rows."""
    return dict(json.loads(read("scores.json")))


def citation(lang: str, when: str) -> str:
    """How a report of this installation is cited."""
    book = lexicon.version()
    if lang == "zh":
        return f"Regional plan analysis（区域规划分析）{__version__} 版，编码表 {book}，生成于 {when}。"
    return f"Regional plan analysis, version {__version__}, codebook {book}, made {when}."
