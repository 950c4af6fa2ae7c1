"""The facts of a document: section 1 of the codebook, each with the place where it was read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from analysis import lexicon
from analysis.parse import dates, head, places
from analysis.parse.blocks import Block
from analysis.parse.head import Head
from analysis.text import Repaired

Evidence = list[dict[str, Any]]
_DOC_NUMBER = re.compile(
    r"(?<![\u4e00-\u9fff《])([\u4e00-\u9fff]{1,10}(?:[（(][\u4e00-\u9fff]{1,6}[）)])?)\s?[〔［\[（(【]\s?((?:19|20)\d\d)\s?[〕］\]）)】]\s?第?\s?(\d{1,5})\s?号"
)
_ORDER = re.compile(r"^第\s?(\d{1,4})\s?号$")
_INDEX = re.compile(r"索\s?引\s?号\s?[:：]?\s*(?:[-•·]\s*)?([A-Za-z0-9][\w/\-.]{5,60})")
_WRITTEN = re.compile(r"(?:成文日期|成文时间|印发日期|签发日期|发文日期|生成日期)\s?[:：]?\s*(?:[-•·]\s*)?")
_PUBLISHED = re.compile(r"(?:发布日期|发布时间|公开日期|发文时间|公开时间|信息时间)\s?[:：]?\s*(?:[-•·]\s*)?")
_SPEAKER = re.compile(r"我(?:受|谨)?代表([\u4e00-\u9fff]{1,24}?人民政府|[\u4e00-\u9fff]{1,20}?政府)")
_SESSION = re.compile(r"在([\u4e00-\u9fff]{2,24}?)第[一二三四五六七八九十百\d]{1,4}届人民代表大会")
_MASKED_YEAR = re.compile(r"(?:19|20)?\d?\d?[*＊×Xx]{1,4}年")
_ANY_SIGN = re.compile(
    r"([*＊×X\u4e00-\u9fff、]{0,24}?(?:人民政府(?:办公室|办公厅)?|教育局|教育体育局|教体局|委员会|[\u4e00-\u9fff]{2,8}局|教育厅))"
)


def note(evidence: Evidence, field: str, value: object, cue: str, span: tuple[int, int], rule: str) -> None:
    """Adds a row that says where a fact was read."""
    evidence.append({"field": field, "value": str(value), "cue": cue, "start": span[0], "end": span[1], "rule": rule})


def doc_type(title: str) -> str:
    """What a document is, by the last noun of its title; a combined 总结和计划 is what comes first."""
    bare = re.sub(r"[（(【][^（()）】]{0,30}[）)】]\s*$", "", title)
    if re.search(r"政府工作报告", bare):
        return "work_report"
    cues = [(cue, row["id"]) for row in lexicon.table("common/doc_types") for cue in lexicon.cells(row["cues"])]
    found = [(m.end(), len(cue), m.start(), kind) for cue, kind in cues for m in re.finditer(re.escape(cue), bare)]
    if not found:
        return "other"
    _, _, start, kind = max(found)
    first = [f for f in found if f[0] < start and re.fullmatch(r"[和与及暨、，,]?.{0,14}", bare[f[0] : start])]
    both = [f for f in first if re.match(r"[和与及暨、]", bare[f[0] : f[0] + 1]) and f[3] == "work_report"]
    if both and kind in ("work_plan", "work_points"):
        return "work_report"
    if kind == "notice":
        inner = re.search(r"(?:措施|意见|方案|要点|计划|规划)(?=的通知$)", bare)
        return doc_type(bare[: inner.end()]) if inner else "notice"
    return kind


def sector(title: str, issuer: str, text: str) -> str:
    """The subject: by the title, else the issuer, else by what most of the text speaks of."""
    rows = lexicon.table("common/sectors")
    general = next(row for row in rows if row["id"] == "government")
    if any(cue in title for cue in lexicon.cells(general["cues"])):
        return "government"
    for words in (title, issuer):
        for row in rows:
            if row["id"] != "government" and any(cue in words for cue in lexicon.cells(row["cues"])):
                return row["id"]
    counts = {
        row["id"]: sum(text.count(cue) for cue in lexicon.cells(row["cues"]))
        for row in rows
        if row["id"] != "government"
    }
    best = max(counts, key=lambda name: counts[name])
    total = sum(counts.values())
    if total and counts[best] > 0.6 * total and counts[best] * 250 > len(text):
        return best
    return "government" if len([c for c in counts.values() if c > 0.08 * total]) >= 3 else "other"


def numbers(repaired: Repaired, blocks: Sequence[Block], at: Head, evidence: Evidence) -> dict[str, str | None]:
    """doc_number and index_number; what the page's own metadata says comes first."""
    text, said = repaired.text.clean, repaired.source.metadata
    first = blocks[at.body].start if at.body < len(blocks) else len(text)
    index = said.get("index_number")
    match = _INDEX.search(text[: first + 1])
    if not index and match:
        index = match.group(1)
        note(evidence, "index_number", index, match.group(0), match.span(), "labelled")
    own = said.get("doc_number")
    if not own:
        for block in blocks[: at.body]:
            line = block.text
            found = _DOC_NUMBER.search(line)
            if (found and found.end() - found.start() > 0.6 * len(line)) or (
                found and re.match(r"(?:文号|发文字号|[-•])", line)
            ):
                own = found.group(0).replace(" ", "") if found else None
                note(evidence, "doc_number", own, line, (block.start, block.end), "a line of its own in the head")
                break
    return {"doc_number": own or None, "index_number": index or None}


def written(repaired: Repaired, blocks: Sequence[Block], at: Head, evidence: Evidence) -> dict[str, str | None]:
    """written and published; where only one is printed both have it."""
    text, said = repaired.text.clean, repaired.source.metadata
    out: dict[str, str | None] = {"written": said.get("written"), "published": said.get("published")}
    head_end = blocks[at.body].start if at.body < len(blocks) else len(text)
    for name, label in (("written", _WRITTEN), ("published", _PUBLISHED)):
        match = None if out[name] else label.search(text[:head_end])
        found = next(dates.dates(text[match.end() : match.end() + 20]), None) if match else None
        if match and found and found.start <= 2:
            out[name] = found.value
            note(evidence, name, found.value, text[match.start() : match.end() + found.end], match.span(), "labelled")
    if not out["written"]:
        out["written"] = _signed(blocks, at, evidence)
    out["written"], out["published"] = out["written"] or out["published"], out["published"] or out["written"]
    return out


def _signed(blocks: Sequence[Block], at: Head, evidence: Evidence) -> str | None:
    """The date below the sign-off: at the foot, else in the notice at the head."""
    for block in [*reversed(blocks[at.tail :]), *blocks[: at.body]]:
        if len(block.text) > 60 or re.search(r"来源|时间|发布|编辑|[:：]\d", block.text):
            continue
        found = next(dates.dates(block.text), None)
        if found and found.end - found.start > 0.5 * len(block.text):
            note(evidence, "written", found.value, block.text, (block.start, block.end), "below the sign-off")
            return found.value
    return None


def session(text: str, evidence: Evidence) -> str | None:
    """The day on which a government report was given, from its subtitle."""
    match = _SESSION.search(text[:1500])
    if not match:
        return None
    for found in dates.dates(text[max(0, match.start() - 30) : match.start()]):
        note(evidence, "written", found.value, match.group(0), match.span(), "the session")
        return found.value
    return None


def period(
    title: str, notice: str, kind: str, text: str, when: str | None, evidence: Evidence
) -> tuple[int | None, int | None, list[str]]:
    """plan_year, plan_until, and what disagrees."""
    notes: list[str] = []
    span = dates.period(title) or dates.period(notice)
    if span:
        note(evidence, "plan_year", span[0], span[2], (0, 0), "the period that the title names")
        return span[0], span[1], notes
    named = [int(d.value) for d in dates.years(title)] or [int(d.value) for d in dates.years(notice)]
    if named:
        year = named[0]
        note(evidence, "plan_year", year, title, (0, 0), "the year that the title names")
        return year, year, notes
    if _MASKED_YEAR.search(title):
        return None, None, ["the year is masked in the title"]
    if kind == "work_report" and "政府工作报告" in title and when:
        return int(when[:4]), int(when[:4]), notes
    if when:
        note(evidence, "plan_year", when[:4], when, (0, 0), "the year of its date")
        return int(when[:4]), int(when[:4]), notes
    return _spoken(text, notes)


def _spoken(text: str, notes: list[str]) -> tuple[int | None, int | None, list[str]]:
    """The year that the text speaks of as its own, where nothing else says it."""
    if _MASKED_YEAR.search(text):
        return None, None, ["the years are masked in the text"]
    found = [int(d.value) for d in dates.years(text[:600])]
    if found and found.count(max(set(found), key=found.count)) >= 1:
        year = max(set(found), key=lambda y: (found.count(y), y))
        notes.append(f"no date is printed; {year} is the year that the beginning speaks of")
        return year, year, notes
    return None, None, ["no year is printed"]


def issuer(
    repaired: Repaired, blocks: Sequence[Block], at: Head, title: str, evidence: Evidence
) -> tuple[str | None, tuple[int, int]]:
    """The body that issued the document, and where it is read."""
    text, said = repaired.text.clean, repaired.source.metadata
    if said.get("issuer"):
        note(evidence, "issuer", said["issuer"], said["issuer"], (0, 0), "the page's metadata")
        return said["issuer"], (0, 0)
    for i, block in enumerate(blocks):
        if at.body <= i < at.tail or (
            i < at.body and block.end <= (at.title[2] if at.title else 0) and "\n" in block.text
        ):
            continue
        line = block.text.strip("- ")
        if (
            3 <= len(line) <= 40
            and head.SIGN_OFF.match(line)
            and head._ISSUER_END.search(line)
            and block.marker is None
        ):
            note(evidence, "issuer", line, block.text, (block.start, block.end), "sign-off")
            return re.sub(r"\s+", "、", line), (block.start, block.end)
    speaker = _SPEAKER.search(text[:3000])
    if speaker:
        note(evidence, "issuer", speaker.group(1), speaker.group(0), speaker.span(1), "the speaker")
        return speaker.group(1), speaker.span(1)
    for words in (title, at.notice[0] if at.notice else ""):
        match = re.match(
            r"(.{2,40}?(?:人民政府(?:办公室|办公厅)?|教育局|[\u4e00-\u9fff]{2,8}(?:局|厅)|委员会|国务院(?:办公厅)?))(?=关于|\d|印发|[“\"]|转发|《)",
            words,
        )
        if match:
            note(evidence, "issuer", match.group(1), words, (at.title or ("", 0, 0))[1:], "title")
            return match.group(1), (at.title or ("", 0, 0))[1:]
    return None, (0, 0)


def full_issuer(name: str | None, found: places.Found) -> str | None:
    """The issuer with its place, where the text gives it elsewhere: 市教育局 of 温岭市 is 温岭市教育局."""
    if name is None:
        return None
    own = found.county or found.city or found.province
    match = re.match(
        r"(?:省|市|县|区|旗|自治区|州|盟)(?=人民政府|[\u4e00-\u9fff]{1,10}(?:局|厅|委|委员会|府|办公室)$)", name
    )
    if own and match and own.endswith(match.group(0)):
        return own + name[match.end() :]
    if own and match and match.group(0) == "省" and found.province:
        return found.province + name[1:]
    return name
