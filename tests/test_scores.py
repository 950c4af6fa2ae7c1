"""What the whole road makes of the sample, against its gold: every measure has a floor, which may only rise."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis import frames, ingest, review

PROJECT = Path(__file__).resolve().parents[1]
SAMPLE = PROJECT / "data/raw/sample"
GOLD = [json.loads(file.read_text("utf-8")) for file in sorted((PROJECT / "tests/plans").glob("*.json"))]
HAS_OCR = importlib.util.find_spec("rapidocr") is not None
SCORED = [gold for gold in GOLD if HAS_OCR or gold.get("needs") != "ocr"]

# F1; where a measure is asked of pairs only (a domain, a unit), the share of right answers
FLOORS = {
    "documents": 1.0,
    "document.fields": 1.0,
    "outline.headings": 0.99,
    "outline.level": 0.99,
    "items": 0.99,
    "items.primary_domain": 0.95,
    "items.domains": 0.895,
    "items.instruments": 0.945,
    "items.lead_units": 1.0,
    "items.support_units": 1.0,
    "items.commitment": 0.97,
    "metrics": 0.99,
    "metrics.indicator": 0.92,
    "metrics.value_high": 0.99,
    "metrics.comparator": 0.99,
    "metrics.kind": 0.99,
    "metrics.baseline": 0.99,
    "metrics.status": 0.99,
    "metrics.year": 0.99,
    "metrics.per": 0.99,
    "metrics.record": 0.95,
}
FIELDS = "document."  # each fact of a document by itself: all are right


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> pd.Series:
    """F1 of each measure, after an ingest of the sample."""
    folder, out = tmp_path_factory.mktemp("sample"), tmp_path_factory.mktemp("frames")
    for name in ["manifest.csv", *(gold["source"] for gold in SCORED)]:
        shutil.copy(SAMPLE / name, folder / name)
    ingest.run([folder], out, jobs=1)
    tables = {name: frames.read(out, name) for name in ("plans", "outline", "items", "metrics")}
    return review.score(tables, SCORED).set_index("measure")["f1"]


def test_every_measure_has_a_floor(scores: pd.Series) -> None:
    assert {name for name in scores.index if not name.startswith(FIELDS)} == set(FLOORS) - {"document.fields"}


def test_every_fact_of_every_document_of_the_sample_is_right(scores: pd.Series) -> None:
    assert scores[scores.index.str.startswith(FIELDS) & (scores < 1)].to_dict() == {}


@pytest.mark.parametrize("measure", FLOORS)
def test_scores_of_the_sample_do_not_fall(scores: pd.Series, measure: str) -> None:
    assert scores[measure] >= FLOORS[measure], f"{measure}: {scores[measure]:.3f}"
