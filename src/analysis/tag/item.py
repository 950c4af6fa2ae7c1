"""One item tagged: each tag from its rule, each with its evidence."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import Any

from analysis import lexicon
from analysis.tag import context, grams
from analysis.tag.dates import deadline
from analysis.tag.domains import domains
from analysis.tag.instruments import instruments
from analysis.tag.programmes import programmes
from analysis.tag.scan import Hit, scanner
from analysis.tag.strength import commitment
from analysis.tag.units import Named, from_row, labels, units

Record = dict[str, Any]

OWNERS = ("lead_units", "support_units")
DATE = re.compile(r"\d{4}-\d\d-\d\d")


class Evidence:
    """Evidence rows of one item, spans counted in the plan's text.

    A cue at a negative place stands outside the text that was read (a metric, a table's cell); its span stays null.
    """

    def __init__(self, offset: int, heading_at: int | None) -> None:
        self.rows: list[Record] = []
        self._offset = offset
        self._heading_at = heading_at

    def add(self, field: str, value: str, cue: str, start: int, rule: str, in_heading: bool = False) -> None:
        """Notes that `cue` at `start` of the text (or heading) speaks for `value`."""
        base = self._heading_at if in_heading else self._offset
        at = base + start if base is not None and start >= 0 else None
        end = at + len(cue) if at is not None else None
        self.rows.append({"field": field, "value": value, "cue": cue, "start": at, "end": end, "rule": rule})

    def hits(self, field: str, hits: list[Hit], in_heading: bool = False) -> None:
        """Notes each different cue once, with its weight as the rule."""
        for hit in {(h.value, h.cue): h for h in reversed(hits)}.values():
            place = "heading" if in_heading else "text"
            self.add(field, hit.value, hit.cue, hit.start, f"{place}*{hit.weight}", in_heading)


class Tagger:
    """Tags the items of one plan.

    Args: codebook: the folder of the domain table; text, title: the plan's; year: the plan's, which 年底前 counts in.
    """

    def __init__(self, codebook: str, text: str, title: str, year: int | None) -> None:
        self.codebook = codebook
        self.text = text
        self.year = year
        self.scanner = scanner(codebook)
        self.model = grams.model(f"{codebook}/domains")
        self.tools = grams.model("common/instruments")
        self._above: dict[str, list[Hit]] = {}  # siblings share a parent: its cues are looked up once
        self.subject = _one_subject(self.scanner.find(title)["domains"])
        self.order = [row["id"] for row in lexicon.table("common/instruments")]
        self.ranks = {row["id"]: int(row["rank"]) for row in lexicon.table("common/strength")}

    def tagged(self, item: Record, parent: str, metrics: list[Record]) -> Record:
        """The item's row with every tag column filled."""
        text = item["text"] or ""
        body, head = self.scanner.find(text), self.scanner.find(item.get("heading") or "")
        notes = Evidence(item["start"], context.heading_start(self.text, item))
        named = self._units(text, item)
        owners = labels(text)
        apart = sorted([*owners, *((unit.start, unit.end) for unit in named)])
        length = len(text) - sum(end - start for start, end in owners)
        body = {table: _outside(hits, apart) for table, hits in body.items()}
        said = _blanked(text, apart)
        about = self._about(item, said, length, head["domains"], body["domains"], parent, notes)
        tags = about | self._by_cues(item, said, length, head, body, metrics, notes)
        tags |= _with_table(self._by_pattern(text, item.get("tense"), named, notes), item, self.year, notes)
        return {**item, "codebook": self.codebook, **tags, "evidence": notes.rows, "priority": item.get("priority")}

    def _about(
        self, item: Record, text: str, length: int, head: list[Hit], body: list[Hit], parent: str, notes: Evidence
    ) -> Record:
        """The domains of an item, by its cues and, where they say little, by the grams of its text."""
        model = None if self.subject or context.closes(item) else self.model  # a plan's one subject is known
        if item.get("tense") == "problem":  # 成绩来之不易，差距不容回避: thanks are not what falls short
            head = [hit for hit in head if hit.value != "other"]
        about = domains(text, length, head, body, self._above_it(parent), bool(item.get("heading")), model)
        if model is not None and about.by_grams:
            for hit, share in model.reasons(text, about.found[0]):
                notes.add("domains", hit.value, hit.cue, hit.start, f"grams*{share}")
        notes.hits("domains", [h for h in head if h.value in about.found], in_heading=True)
        notes.hits("domains", [h for h in body if h.value in about.found])
        return {"domains": about.found, "domain": about.primary, "domain_margin": about.margin}

    def _by_cues(
        self,
        item: Record,
        said: str,
        length: int,
        head: dict[str, list[Hit]],
        body: dict[str, list[Hit]],
        metrics: list[Record],
        notes: Evidence,
    ) -> Record:
        text, tense = item["text"] or "", item.get("tense")
        tools = ("", [], []) if tense == "problem" else (said, head["instruments"], body["instruments"])
        used, names, cues = instruments(*tools, self.order, length, self.tools)
        notes.hits("instruments", names, in_heading=True)
        notes.hits("instruments", cues)
        strength, decided = commitment(text, tense, body["strength"], metrics, self.ranks)
        notes.hits("commitment", decided)
        for field in ("hedges", "beneficiaries"):
            notes.hits(field, body[field])
        stage = _most(body["stages"])
        notes.hits("stage", [h for h in body["stages"] if h.value == stage][:1])
        return {
            "instruments": used,
            "commitment": strength,
            "hedges": list(dict.fromkeys(h.cue for h in body["hedges"])),
            "beneficiaries": list(dict.fromkeys(h.value for h in body["beneficiaries"])),
            "stage": stage,
        }

    def _above_it(self, parent: str) -> list[Hit]:
        """The cues of the parent's heading, else of the plan's one subject."""
        if parent not in self._above:
            named = [hit for hit in self.scanner.find(parent)["domains"] if hit.value != "other"]
            self._above[parent] = named or self.subject
        return self._above[parent]

    def _by_pattern(self, text: str, tense: str | None, named: list[Named], notes: Evidence) -> Record:
        for unit in named:
            notes.add(unit.role, unit.name, unit.name, unit.start, unit.rule)
        due = deadline(text, self.year) if tense in (None, "task") else None
        if due is not None:
            notes.add("deadline", due.value, text[due.start : due.end], due.start, "date")
        called = programmes(text)
        for programme in called:
            notes.add("programmes", programme.name, text[programme.start : programme.end], programme.start, "name")
        return {
            "lead_units": [u.name for u in named if u.role == "lead_units"],
            "support_units": [u.name for u in named if u.role == "support_units"],
            "deadline": due.value if due is not None else None,
            "programmes": [p.name for p in called],
        }

    def _units(self, text: str, item: Record) -> list[Named]:
        header = context.table_header(self.text, item)
        if header is not None:
            named = from_row(header, context.table_row(self.text, item))
            if named:
                return named
        in_heading = (name._replace(start=-1, end=-1, rule="heading") for name in units(item.get("heading") or ""))
        return units(text) or list(in_heading)  # 改善条件（项目办）


def _with_table(tags: Record, item: Record, year: int | None, notes: Evidence) -> Record:
    """The owners and deadline of an item, those that its row in a table of tasks gave where its text names none.

    A date in the table comes before mere words of the text (每季度).
    """
    named = {*tags["lead_units"], *tags["support_units"]}
    given = {field: [unit for unit in item.get(field) or [] if unit not in named] for field in OWNERS}
    taken: Record = {field: names for field, names in given.items() if names and not tags[field]}
    for field, names in taken.items():
        for unit in names:
            notes.add(field, unit, unit, -1, "table")
    due = _due(item.get("deadline"), year)
    if due is not None and (tags["deadline"] is None or _is_date(due) > _is_date(tags["deadline"])):
        notes.rows = [row for row in notes.rows if row["field"] != "deadline"]
        notes.add("deadline", due, item["deadline"], -1, "table")
        taken["deadline"] = due
    return tags | taken


def _due(cell: str | None, year: int | None) -> str | None:
    """The deadline in a cell of a table: a date where its words settle one, else the words."""
    found = deadline(f"时限：{cell}", year) if cell else None
    return found.value if found is not None else cell or None


def _is_date(due: str) -> bool:
    return DATE.fullmatch(due) is not None


def _one_subject(title: list[Hit]) -> list[Hit]:
    """The cues of a title that names one domain (学前教育三年行动计划): it stands above headings that name none."""
    named = [hit for hit in title if hit.weight == 4 and hit.value != "other"]
    return named if len({hit.value for hit in named}) == 1 else []


def _outside(hits: list[Hit], spans: list[tuple[int, int]]) -> list[Hit]:
    """The cues that do not stand in the name of a responsible body (职业教育处 is not about vocational schools)."""
    if not spans:
        return hits
    starts = [start for start, _ in spans]
    reach = list(accumulate((end for _, end in spans), max))  # where the spans so far end
    kept = []
    for hit in hits:
        before = bisect_right(starts, hit.start)
        if before == 0 or reach[before - 1] <= hit.start:
            kept.append(hit)
    return kept


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with blanks in place of the spans, every character where it was."""
    for start, end in spans:
        if start >= 0:
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def _most(hits: list[Hit]) -> str | None:
    """The code with the most votes, the first in the text on a tie."""
    votes: dict[str, int] = {}
    for hit in hits:
        votes[hit.value] = votes.get(hit.value, 0) + hit.weight
    return max(votes, key=lambda value: votes[value]) if votes else None
