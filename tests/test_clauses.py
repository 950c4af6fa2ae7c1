"""Three hundred clauses of our own, in words chosen before a look at what the cues make of them; floors only rise.

Labels are by the codebook.  On the first run, before any rule was mended after them, cues alone found the primary
domain of 0.673 (education) and 0.784 (government) of them, instruments with F1 0.614 and 0.572, and the commitment of
0.847 and 0.810.  Rules were then mended after reading every other clause (the even rows), so the odd rows say more of how an
unseen clause is read.  One floor fell once (instruments of the even government rows, .76 to .75), when cues were weighed by
how they do over all sets: the odd rows and fresh plans gained by it.  Eleven labels of `goal` were taken back after the first run: bare numbers do not earn it.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from analysis import extract, lexicon, tag
from analysis.text import Text

CLAUSES = Path(__file__).resolve().parent / "plans/clauses.tsv"
FLOORS = {
    ("education", 0): {"domain": 0.92, "instruments": 0.85, "commitment": 0.82},
    ("education", 1): {"domain": 0.86, "instruments": 0.65, "commitment": 0.84},
    ("government", 0): {"domain": 0.96, "instruments": 0.75, "commitment": 0.80},
    ("government", 1): {"domain": 0.95, "instruments": 0.66, "commitment": 0.79},
}  # share of right answers; of instruments F1


def rows(sector: str, half: int) -> list[dict[str, str]]:
    """Every other clause of a sector."""
    with CLAUSES.open(encoding="utf-8", newline="") as handle:
        held = [
            row for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE) if row["sector"] == sector
        ]
    return held[half::2]


def tagged(row: dict[str, str]) -> dict[str, Any]:
    """The tags of a clause that stands alone in a plan."""
    lead = f"{row['heading']}。"
    text = lead + row["text"]
    plan: dict[str, Any] = {"plan_id": "p", "text": text, "title": "", "sector": row["sector"], "plan_year": 2024}
    plan |= {"plan_until": 2024, "doc_type": "work_points"}
    item: dict[str, Any] = {"plan_id": "p", "item_id": "i", "heading": row["heading"], "text": row["text"]}
    item |= {"start": len(lead), "end": len(text), "tense": "task"}
    metrics = extract.records(plan, [item], Text.of(text), [0])["metrics"]
    return tag.records(plan, [item], metrics)["items"][0]


@cache
def scores(sector: str, half: int) -> dict[str, float]:
    """How much of a half is read right."""
    held = [(row, tagged(row)) for row in rows(sector, half)]
    wanted = [set(lexicon.cells(row["instruments"])) for row, _ in held]
    found = [set(tags["instruments"]) for _, tags in held]
    both = sum(len(a & b) for a, b in zip(wanted, found, strict=True))
    return {
        "domain": sum(tags["domain"] == row["domain"] for row, tags in held) / len(held),
        "instruments": 2 * both / (sum(map(len, wanted)) + sum(map(len, found))),
        "commitment": sum((tags["commitment"] or "") == row["commitment"] for row, tags in held) / len(held),
    }


def test_the_clauses_are_labelled_with_codes_of_the_codebook_and_stand_once() -> None:
    held = [row for sector, half in FLOORS for row in rows(sector, half)]
    instruments = {row["id"] for row in lexicon.table("common/instruments")}
    domains = {name: {row["id"] for row in lexicon.table(f"{name}/domains")} for name in ("education", "government")}
    assert len(held) == len({row["text"] for row in held}) > 300
    assert all(row["domain"] in domains[row["sector"]] for row in held)
    assert all(set(lexicon.cells(row["instruments"])) <= instruments for row in held)
    assert {(row["sector"], row["domain"]) for row in held} == {
        (name, code) for name in domains for code in domains[name]
    }


@pytest.mark.parametrize(("sector", "half"), FLOORS)
@pytest.mark.parametrize("measure", ["domain", "instruments", "commitment"])
def test_scores_on_clauses_in_other_words_do_not_fall(sector: str, half: int, measure: str) -> None:
    reached = scores(sector, half)[measure]
    assert reached >= FLOORS[sector, half][measure], f"{reached:.3f}"
