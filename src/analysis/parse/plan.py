"""One plan: its row of facts, its outline, its items, and what was assumed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from analysis.parse import (
    blocks,
    facts,
    foot,
    head,
    issuing,
    items,
    lines,
    outline,
    places,
    subject,
    tables,
    tense,
    titles,
    unlike,
    voice,
)
from analysis.parse.blocks import Block
from analysis.parse.head import Head
from analysis.parse.heading import Heading
from analysis.text import Repaired

Row = dict[str, Any]
_YEARS = re.compile(r"\s{0,3}([（(](?:19|20)\d\d(?:年?\s?[-—–－~～至]{1,2}\s?(?:19|20)?\d\d)?(?:年度?|学年度?)[）)])")


def plan(repaired: Repaired, part_no: int = 1, given: Row | None = None) -> dict[str, list[Row]]:
    """The rows of one plan: {"plans": [row], "outline": [...], "items": [...], "problems": [...]}.

    Args: part_no: counts the plans of a file from 1. given: facts of a manifest, which override the text's.
    """
    text = repaired.text.clean
    held = foot.set_aside(blocks.of(text, repaired.tables, "run_on" in repaired.noise), repaired.headings)
    at = head.of(held, repaired.source.metadata.get("title"), repaired.headings)
    end = held[at.tail].start if at.tail < len(held) else len(text)
    body = held[at.body].start if at.body < len(held) else len(text)
    found, odd = outline.headings(held[at.body :], end, repaired.headings)
    rows = tables.tasks(held)
    kept = items.items(text, held, found, body, end)
    if len(rows) > len(kept):  # the table is the plan
        kept = sorted([*kept, *(items.Item(r.start, r.end, "", None) for r in rows)], key=lambda i: i.start)
    row, problems = _facts(repaired, held, at, found, [text[i.start : i.end] for i in kept])
    row |= {"plan_id": repaired.source.sha256[:16] + (f"-{part_no}" if part_no > 1 else ""), "part_no": part_no}
    _override(row, given or {})
    row["noise"] = _noise(repaired, odd)
    item_rows = _item_rows(text, kept, found, row)
    odd = odd + _fill(item_rows, rows)
    problems += [_problem("outline", "note", message) for message in odd]
    return {
        "plans": [row],
        "outline": _parts(found, held, row["plan_id"], body, end, len(text)),
        "items": item_rows,
        "problems": problems,
    }


def _override(row: Row, given: Row) -> None:
    """Lays the facts of a manifest over those of the text; a place given by its names gets its code."""
    if any(given.get(level) for level in ("province", "city", "county")):
        found = places.of_names({level: given.get(level) for level in ("province", "city", "county")}, row["plan_year"])
        row |= {"province": found.province, "city": found.city, "county": found.county, "town": None}
        row |= {"region_code": found.code, "region_code_2024": found.today, "region_level": found.level}
    row.update({key: value for key, value in given.items() if key in row})


def _problem(stage: str, severity: str, message: str) -> Row:
    return {"stage": stage, "severity": severity, "message": message}


def _facts(
    repaired: Repaired, held: Sequence[Block], at: Head, found: Sequence[Heading], bodies: Sequence[str]
) -> tuple[Row, list[Row]]:
    text, source = repaired.text.clean, repaired.source
    evidence: issuing.Evidence = []
    title = at.title[0] if at.title else ""
    notice = at.notice[0] if at.notice and at.notice != at.title else None
    if at.title:
        issuing.note(evidence, "title", title, text[at.title[1] : at.title[2]], at.title[1:], "head")
    copies = "\n".join(r["before"] for r in repaired.repairs if r["rule"] == "doubled_passage")
    row: Row = issuing.numbers(text, source.metadata, held, at, evidence, copies)
    row |= issuing.written(text, source.metadata, held, at, evidence, copies)
    own = text[held[at.body].start :] if at.body < len(held) else text
    parts = [h.title for h in found if h.level == 1]
    named = title + _years_behind(text, at) or _stem(source.path)
    when = facts.period(named, notice or "", facts.doc_type(title), own, parts, row["written"])
    issuing.note(evidence, "plan_year", when.first, when.cue, (0, 0), when.rule)
    issuer = issuing.issuer(text, source.metadata, held, at, copies)
    place = _place(text, held, at, issuer, when.first, source.path)
    issuing.note(evidence, "region_code", place.code, place.cue, place.span, place.rule)
    if issuer:
        issuing.note(evidence, "issuer", issuer.name, text[issuer.start : issuer.end], issuer[1:3], issuer.rule)
    name = issuing.in_full(issuer.name if issuer else None, place)
    row |= {
        "source_sha256": source.sha256, "format": source.format, "encoding": source.encoding,
        "encoding_confidence": source.encoding_confidence, "title": title or None, "notice_title": notice,
        "issuer": name, "province": place.province, "city": place.city, "county": place.county, "town": place.town,
        "region_code": place.code, "region_level": place.level, "region_code_2024": place.today,
        "plan_year": when.first, "plan_until": when.last, "script": repaired.script, "text": text,
        "n_chars": len(text), "damage": repaired.damage, "evidence": evidence, "source_paths": None, "family_id": None,
        "sector": subject.sector(title, name or "", own), "doc_type": facts.doc_type(title),
    }  # fmt: skip
    reasons = _type(row, title, _front(text, held, at), own, found, bodies)
    notes = [*when.notes, *place.problems, *(f"does not look like a plan, because {reason}" for reason in reasons)]
    return row, [_problem("parse", "note", message) for message in notes]


def _front(text: str, held: Sequence[Block], at: Head) -> str:
    """The lines between the title and the text."""
    return text[at.title[2] : held[at.body].start] if at.title and at.body < len(held) else ""


def _type(row: Row, title: str, front: str, own: str, found: Sequence[Heading], bodies: Sequence[str]) -> list[str]:
    """Completes doc_type and is_plan; gives the reasons for which the document is no plan."""
    spoken = row["doc_type"] == "other" and unlike.is_spoken(title, front)
    if spoken and lines.reports(front + own):
        row["doc_type"], spoken = "work_report", False
    reasons = unlike.reasons(title, own, len(found)) + (["it is a speech by its head"] if spoken else [])
    if row["doc_type"] == "other" and not reasons and not unlike.names_other(title):
        tenses = [tense.of(body, "other") for body in bodies]
        row["doc_type"] = facts.by_text(own, tenses, len(found))
    if reasons and row["doc_type"] != "notice":
        row["doc_type"] = "other"
    if row["doc_type"] not in facts.PLANS and not reasons:
        reasons = [f"it is a {row['doc_type']} by its title"]
    row["is_plan"] = not reasons
    return reasons


def _years_behind(text: str, at: Head) -> str:
    """The years in brackets on the line below the title (（2024—2026年）), "" where there are none."""
    match = _YEARS.match(text, at.title[2]) if at.title and at.title[2] else None
    return match.group(1) if match else ""


def _stem(path: str) -> str:
    return PurePath(path.split("!")[-1]).stem


def _place(
    text: str, held: Sequence[Block], at: Head, issuer: issuing.Issuer | None, year: int | None, path: str
) -> places.Found:
    """The region by what the document says, else by its file's name."""
    found = places.national(issuer.name if issuer else None) or places.named(text, _zones(text, held, at, issuer), year)
    if found is not None:
        return places.with_parents(found, text)
    found = voice.region(text, year)
    stem = _stem(path)
    by_file = None if found.is_named else places.named(stem, [("file name", 0, len(stem))], year)
    if by_file is None or not by_file.code:
        return found
    by_file.span = (0, 0)
    by_file.problems.append(f"the text names no place; {by_file.cue} was read in the file's name")
    return by_file


def _zones(text: str, held: Sequence[Block], at: Head, issuer: issuing.Issuer | None) -> list[tuple[str, int, int]]:
    """The places that speak for the plan, the strongest first."""
    zones = [("title", *at.title[1:])] if at.title and at.title[2] else []
    zones += [("notice", *at.notice[1:])] if at.notice else []
    zones += [("issuer", issuer.start, issuer.end)] if issuer and issuer.end else []
    session = issuing.SESSION.search(text[:1500])
    zones += [("session", *session.span(1))] if session else []
    zones += [("head", b.start, b.end) for b in held[: at.body] if len(b.text) < 80]
    zones += [("foot", b.start, b.end) for b in held[at.tail :] if len(b.text) < 60]
    return zones


def _noise(repaired: Repaired, odd: Sequence[str]) -> list[str]:
    noise = list(repaired.noise)
    if sum("follows" in message or "stands among" in message or "lost its number" in message for message in odd) >= 2:
        noise.append("broken_numbering")
    return list(dict.fromkeys(noise))


def _parts(
    found: Sequence[Heading], held: Sequence[Block], plan_id: str, body: int, end: int, length: int
) -> list[Row]:
    """Rows of the outline frame: headings, front matter, preamble, trailer."""
    first = found[0].start if found else end
    spans = [("front_matter", 0, body), ("preamble", body, first), ("trailer", end, length)]
    spans += [("trailer", b.start, b.end) for b in held if b.is_aside and b.start < end]
    rows: list[Row] = [
        {"plan_id": plan_id, "part_id": f"{kind}-{a}", "kind": kind, "marker": "", "start": a, "end": b}
        for kind, a, b in spans
        if b > a
    ]
    for i, h in enumerate(found):
        parent = None if h.parent is None else f"p{h.parent + 1}"
        rows.append(
            {
                "plan_id": plan_id, "part_id": f"p{i + 1}", "kind": "heading", "level": h.level, "number": h.number,
                "parent_id": parent, "marker": h.marker, "title": h.title, "start": h.start, "end": h.end,
            }
        )  # fmt: skip
    return sorted(rows, key=lambda r: (r["start"], r["end"]))


def _item_rows(text: str, kept: Sequence[items.Item], found: Sequence[Heading], row: Row) -> list[Row]:
    bodies = [text[item.start : item.end] for item in kept]
    chains = [[*(h.title for h in _chain(found, item.part)), item.heading] for item in kept]
    told = tense.tenses(bodies, chains, row["doc_type"], row["plan_year"], "政府工作报告" in (row["title"] or ""))
    out: list[Row] = []
    seen: dict[str, int] = {}
    for n, (item, body, says) in enumerate(zip(kept, bodies, told, strict=True), start=1):
        key = hashlib.sha256(titles.fold(f"{row['plan_id']}|{item.heading}|{body}").encode()).hexdigest()[:16]
        seen[key] = seen.get(key, 0) + 1
        out.append(
            {
                "plan_id": row["plan_id"], "item_id": key if seen[key] == 1 else f"{key}-{seen[key]}",
                "part_id": None if item.part is None else f"p{item.part + 1}", "order": n, "heading": item.heading,
                "text": body, "start": item.start, "end": item.end, "tense": says,
            }
        )  # fmt: skip
    return out


def _fill(item_rows: list[Row], rows: Sequence[tables.Task]) -> list[str]:
    """Gives items the units and deadlines of the table rows that are about them; names the rows that match none."""
    bodies = [f"{item['heading']}{item['text']}" for item in item_rows]
    notes = []
    for task, i in zip(rows, tables.matched(rows, bodies), strict=True):
        if i is None:
            notes.append(f"the row {task.text[:24]!r} of the table of tasks fits no item")
            continue
        item = item_rows[i]
        item["lead_units"] = list(dict.fromkeys([*item.get("lead_units", []), *task.lead_units]))
        item["support_units"] = list(dict.fromkeys([*item.get("support_units", []), *task.support_units]))
        item["deadline"] = item.get("deadline") or task.deadline
    return notes


def _chain(found: Sequence[Heading], part: int | None) -> list[Heading]:
    """The headings above a part, outermost first, itself last."""
    out: list[Heading] = []
    while part is not None:
        out.insert(0, found[part])
        part = found[part].parent
    return out
