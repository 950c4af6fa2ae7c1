"""One plan: its row of facts, its outline, its items, and what was assumed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any

from analysis.parse import blocks, facts, head, items, outline, places, tense
from analysis.parse.blocks import Block
from analysis.parse.head import Head
from analysis.parse.heading import Heading
from analysis.text import Repaired

Row = dict[str, Any]


def plan(repaired: Repaired, part_no: int = 1, given: Row | None = None) -> dict[str, list[Row]]:
    """The rows of one plan: {"plans": [row], "outline": [...], "items": [...], "problems": [...]}.

    Args: part_no: counts the plans of a file from 1. given: facts of a manifest, which override the text's.
    """
    text = repaired.text.clean
    held = blocks.of(text, repaired.tables)
    at = head.of(held)
    end = held[at.tail].start if at.tail < len(held) else len(text)
    body = held[at.body].start if at.body < len(held) else len(text)
    found, odd = outline.headings(held[at.body :], end, repaired.headings)
    row, problems = _facts(repaired, held, at, given or {})
    row["plan_id"] = repaired.source.sha256[:16] + (f"-{part_no}" if part_no > 1 else "")
    row["part_no"] = part_no
    problems += [_problem("outline", "note", message) for message in odd]
    row["noise"] = _noise(repaired, row, odd, held)
    parts = _parts(found, row["plan_id"], body, end, len(text))
    kept = items.items(text, held, found, body, end)
    return {
        "plans": [row],
        "outline": parts,
        "items": _item_rows(text, kept, found, row),
        "problems": problems,
    }


def _problem(stage: str, severity: str, message: str) -> Row:
    return {"stage": stage, "severity": severity, "message": message}


def _facts(repaired: Repaired, held: Sequence[Block], at: Head, given: Row) -> tuple[Row, list[Row]]:
    text, source = repaired.text.clean, repaired.source
    evidence: facts.Evidence = []
    title = at.title[0] if at.title else source.metadata.get("title", "")
    notice = at.notice[0] if at.notice and at.notice != at.title else None
    if at.title:
        facts.note(evidence, "title", title, text[at.title[1] : at.title[2]], at.title[1:], "head")
    kind = facts.doc_type(title)
    row: Row = facts.numbers(repaired, held, at, evidence) | facts.written(repaired, held, at, evidence)
    if "政府工作报告" in title:
        row["written"] = facts.session(text, evidence) or row["written"]
        row["published"] = row["published"] or row["written"]
    year, until, notes = facts.period(title, notice or "", kind, text, row["written"], evidence)
    name, span = facts.issuer(repaired, held, at, title, evidence)
    zones = _zones(text, held, at, span)
    place = places.region(text, zones, year)
    facts.note(evidence, "region_code", place.code, place.cue, place.span, place.rule)
    row |= {
        "source_sha256": source.sha256, "format": source.format, "encoding": source.encoding,
        "encoding_confidence": source.encoding_confidence, "title": title or None, "notice_title": notice,
        "doc_type": kind, "issuer": facts.full_issuer(name, place), "province": place.province, "city": place.city,
        "county": place.county, "town": place.town, "region_code": place.code, "region_level": place.level,
        "region_code_2024": place.today, "plan_year": year, "plan_until": until, "script": repaired.script,
        "text": text, "n_chars": len(text), "damage": repaired.damage, "evidence": evidence,
    }  # fmt: skip
    row["sector"] = facts.sector(title, row["issuer"] or "", text)
    row["is_plan"] = kind not in ("notice", "other")
    row |= {key: value for key, value in given.items() if key in row or key in ("sector", "is_plan")}
    problems = [_problem("parse", "note", message) for message in [*notes, *place.problems]]
    if not row["is_plan"]:
        problems.append(_problem("parse", "note", f"does not look like a plan, because its title says {kind}"))
    return row, problems


def _zones(text: str, held: Sequence[Block], at: Head, span: tuple[int, int]) -> list[tuple[str, int, int]]:
    """The places that speak for the plan, the strongest first."""
    zones = [("title", *at.title[1:])] if at.title else []
    zones += [("notice", *at.notice[1:])] if at.notice else []
    zones += [("issuer", *span)] if span[1] else []
    zones += [("head", b.start, b.end) for b in held[: at.body] if len(b.text) < 80]
    zones += [("foot", b.start, b.end) for b in held[at.tail :] if len(b.text) < 60]
    session = facts._SESSION.search(text[:1500])
    zones += [("session", *session.span(1))] if session else []
    return zones


def _noise(repaired: Repaired, row: Row, odd: list[str], held: Sequence[Block]) -> list[str]:
    noise = list(repaired.noise)
    if len(odd) >= 2:
        noise.append("broken_numbering")
    if blocks.is_run_on(row["text"]):
        noise.append("run_on")
    if re.search(r"第\s?\d+/\d+\s?页", row["text"]):
        noise.append("fragment")
    return list(dict.fromkeys(noise))


def _parts(found: Sequence[Heading], plan_id: str, body: int, end: int, length: int) -> list[Row]:
    """Rows of the outline frame: headings, front matter, preamble, trailer."""
    first = found[0].start if found else end
    spans = [("front_matter", 0, body), ("preamble", body, first), ("trailer", end, length)]
    rows: list[Row] = [
        {"plan_id": plan_id, "part_id": kind, "kind": kind, "marker": "", "title": None, "start": a, "end": b}
        for kind, a, b in spans
        if b > a
    ]
    for i, h in enumerate(found):
        rows.append(
            {
                "plan_id": plan_id, "part_id": f"p{i + 1}", "kind": "heading", "level": h.level, "number": h.number,
                "parent_id": None if h.parent is None else f"p{h.parent + 1}", "marker": h.marker, "title": h.title,
                "start": h.start, "end": h.end,
            }
        )  # fmt: skip
    return sorted(rows, key=lambda r: (r["start"], r["end"]))


def _item_rows(text: str, kept: Sequence[items.Item], found: Sequence[Heading], row: Row) -> list[Row]:
    out: list[Row] = []
    seen: dict[str, int] = {}
    for n, item in enumerate(kept, start=1):
        body = text[item.start : item.end]
        key = hashlib.sha256(re.sub(r"[\s\W_]+", "", f"{row['plan_id']}|{item.heading}|{body}").encode()).hexdigest()[
            :16
        ]
        seen[key] = seen.get(key, 0) + 1
        titles = [h.title for h in _chain(found, item.part)]
        out.append(
            {
                "plan_id": row["plan_id"], "item_id": key if seen[key] == 1 else f"{key}-{seen[key]}",
                "part_id": None if item.part is None else f"p{item.part + 1}", "order": n, "heading": item.heading,
                "text": body, "start": item.start, "end": item.end,
                "tense": tense.of(body, [*titles, item.heading], row["doc_type"], row["plan_year"]),
            }
        )  # fmt: skip
    return out


def _chain(found: Sequence[Heading], part: int | None) -> list[Heading]:
    """The headings above a part, outermost first, itself last."""
    out: list[Heading] = []
    while part is not None:
        out.insert(0, found[part])
        part = found[part].parent
    return out
