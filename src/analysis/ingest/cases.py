"""The codebook's test cases, tagged anew with the tables in force."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analysis import extract, frames, lexicon, review, tag
from analysis.text import Text


def check_cases(path: str | Path) -> list[dict[str, str]]:
    """A warning for each field of a case that the codebook answers otherwise than the coders agreed; [] when none.

    Returns: rows like those of lexicon.check: severity, table, id, cue, message.

    Raises: FrameError when the file is no table of cases.
    """
    cases = review.read_cases(path)
    plain = cases.astype(object).where(cases.notna(), None)
    tagged = [_tagged({str(k): v for k, v in row.items()}) for row in plain.to_dict("records")]
    return [_finding(row) for row in review.failures(cases, frames.make("items", tagged)).to_dict("records")]


def _tagged(case: dict[str, Any]) -> dict[str, Any]:
    """The item of a case, in a plan that holds nothing else, read and tagged."""
    head = "".join(f"{line}\n" for line in (case["above"], case["heading"]) if line)
    body = case["text"] or ""
    sector = case["sector"] if case["sector"] in lexicon.sectors() else "government"
    year = int(float(case["plan_year"])) if case["plan_year"] else None
    plan = {"plan_id": "case", "text": head + body, "title": case["title"], "sector": sector, "plan_year": year}
    plan |= {"doc_type": None, "plan_until": None}
    item = {"plan_id": "case", "item_id": case["item_id"], "heading": case["heading"], "text": body}
    item |= {"start": len(head), "end": len(head) + len(body), "tense": case["tense"], "order": 1, "part_id": None}
    metrics = extract.records(plan, [item], Text.of(head + body), [])["metrics"]
    return tag.records(plan, [item], metrics)["items"][0]


def _finding(row: dict[Any, Any]) -> dict[str, str]:
    said = (
        f"case {row['item_id']} ({row['heading'] or '—'}): {row['field']} is {row['found']}, agreed was {row['wanted']}"
    )
    return {"severity": "warning", "table": "cases", "id": str(row["item_id"]), "cue": "", "message": said}
