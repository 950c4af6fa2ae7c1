"""One plan's sentences into rows of `metrics`, without keys and places in the source."""

from __future__ import annotations

import bisect
import re
from typing import Any

from analysis import numerals
from analysis.extract import eras as passages
from analysis.extract import harmonise, names, per, phrases, times, worded
from analysis.extract.clauses import Clause, Sentence, Slot, sentences
from analysis.extract.eras import Eras

Row = dict[str, Any]
_HEADED = re.compile(rf"(?:今年|全年|初步|\d{{4}}年|到\d{{4}}年)?({numerals.HEDGE.pattern})")
_FROM = re.compile(r"(?:由|(?<!服)从(?!业|教|事))[^,，。；;]{0,24}$")
_RAISED = re.compile(r"[，,、]?(?:力争|争取|努力|并力争)(?:达到?|实现|到)")
_YEARS = re.compile(r"(?:20\d\d年度?[、和及])+20\d\d年度?")
# 低于全国0.6个百分点: how far from another place, no value of the indicator
_APART = re.compile(
    r"(?:高|低|快|慢|优|好|多|少|大|小|领先|超)[于出过]?(?:[\u4e00-\u9fff]{0,4}(?:全国|全省|全市|全区|平均|国家|经济|城镇|城市|年度|GDP|计划)|地区生产总值)[^,，。]{0,12}$"
)
_LEAD = 25  # characters of a lead that is a heading in all but marks
_DIGIT = re.compile(r"\d")
_HEAD = 80  # an item begins with the words that name its years, or right behind its heading
_BREAK = re.compile("\n")
_NOW = re.compile(r"目前|以来|今年|去年|五年来|[\"”]期间|时期|末|现有|\d{4}年")


def numbers(plan: Row, items: list[Row]) -> list[Row]:
    """A row a number of the plan, in order; a number that cannot be named is a row with its reason."""
    clean = plan["text"] or ""
    found = numerals.amounts(clean)
    breaks = [m.start() for m in _BREAK.finditer(clean)]
    rows: list[Row] = []
    places, paragraph, year = Places(items), -1, None
    eras = passages.of(clean, plan)
    for sentence in sentences(clean, found):
        item = places.at(sentence.start, sentence.end)
        begins = bisect.bisect_left(breaks, sentence.start)
        # a result's year holds until the paragraph ends or another time is named
        past = year is not None and plan.get("plan_year") is not None and year < plan["plan_year"]
        kept = year if begins == paragraph and (past or (item and item.get("tense") == "review")) else None
        tense = places.tense_at(item, sentence.start)
        kept = _within(plan, times.five_years(clean, sentence.start, sentence.text), tense) or (
            None if _NOW.search(sentence.text) else kept
        )
        era = eras.at(sentence.start)
        sentence.opening = clean[max(breaks[begins - 1] if begins else 0, sentence.start - 400) : sentence.start]
        sentence.lead = _lead(sentence.opening)
        if era and era.name == "past":
            sentence.opening = clean[era.start : min(era.start + 40, sentence.start)] + sentence.opening
            tense = "review" if item and tense == "task" and item["start"] - era.start < _HEAD else tense
        more, year = _sentence(plan, item, sentence, kept, tense)
        _set_far(more, plan, eras)
        paragraph = begins
        rows += more
    return rows


def _lead(opening: str) -> str:
    """The short first sentence of a paragraph, where it names a theme and no number."""
    lead = opening.lstrip("\n").split("。")[0]
    return lead if len(lead) < _LEAD and not _DIGIT.search(lead) else ""


def _set_far(rows: list[Row], plan: Row, eras: Eras) -> None:
    """Targets of no other year hold for the end of the five years that the text speaks of; yearly means always do."""
    for row in rows:
        if row["status"] == "target" and row["year"] == plan.get("plan_year"):
            is_mean = row["kind"] == "change" and "年均" in row["quote"] and row["unit"] == "%"
            row["year"] = (eras.coming if is_mean else eras.ahead)(row["start"]) or row["year"]


def words(plan: Row, items: list[Row]) -> list[Row]:
    """A row a target said in words (全覆盖, 清零, 翻番)."""
    places, rows = Places(items), []
    for found in worded.worded(plan["text"] or ""):
        item = places.at(found.start, found.end)
        tense = places.tense_at(item, found.start)
        year = times.stated_year(found.before, plan.get("plan_year"))
        fields = _fields(plan, item, found.sentence, found.quote, found.before, year, tense)
        unit = numerals.units().get(found.unit or "%")
        kind = unit.kind if unit and unit.kind == "count" else "rate"
        sector = plan.get("sector") or "other"
        meant = harmonise.match(found.indicator, kind, False, sector) if found.indicator else None
        rows.append(worded.row(found, {**fields, **_meant(meant), "hedge": _hedge(found.before)}))
    return rows


def _fields(
    plan: Row, item: Row | None, sentence: str, clause: str, before: str, year: int | None, tense: str | None
) -> Row:
    """What the place of a number says of it: item, status, year."""
    status = times.status(sentence, clause, before, tense, plan, year)
    return {
        "item_id": item.get("item_id") if item else None,
        "status": status,
        "year": year if year is not None or times.MASKED.search(before) else times.default_year(plan, status, tense),
    }


def _meant(found: harmonise.Match | None) -> Row:
    return {"indicator_id": found.id if found else None, "indicator_confidence": found.confidence if found else None}


def _hedge(before: str) -> str | None:
    """The hedge of a number: in its clause, or at the head of a clause of numbers that it continues."""
    if not numerals.HEDGE.search(before):
        return None
    *earlier, own = re.split(r"[,，]", before)
    found = numerals.HEDGE.findall(own)
    if found:
        return found[-1]
    heads = [m[1] for c in earlier if (m := _HEADED.match(c)) and (m[1] == "预计" or _DIGIT.search(c))]
    return heads[-1] if heads else None


class Places:
    """Which item a place of the text belongs to."""

    def __init__(self, items: list[Row]) -> None:
        self.items = sorted((i for i in items if i.get("start") is not None), key=lambda i: i["start"])
        self.starts = [i["start"] for i in self.items]

    def at(self, start: int, end: int) -> Row | None:
        i = bisect.bisect_right(self.starts, max(start, end - 1)) - 1
        if i >= 0 and start < self.items[i]["end"] and end > self.items[i]["start"]:
            return self.items[i]
        return None

    def tense_at(self, item: Row | None, start: int) -> str | None:
        """The tense of an item; of the last one before a place that lies in none (tables, notes at the end)."""
        if item is not None:
            return item.get("tense")
        i = bisect.bisect_right(self.starts, start) - 1
        return self.items[i].get("tense") if i >= 0 else None


def _sentence(
    plan: Row, item: Row | None, sentence: Sentence, year: int | None, tense: str | None
) -> tuple[list[Row], int | None]:
    """The rows of a sentence and the year that it ends with."""
    rows: list[Row] = []
    carried = names.Carried()
    for clause in sentence.clauses:
        for i, slot in enumerate(clause.slots):
            year = _one_of_years(clause, i) or _stated(plan, slot.before, tense) or year
            double = _is_double(clause.slots)
            if double and i < len(clause.slots) // 2:
                continue
            if not double and i + 1 < len(clause.slots) and _is_baseline(slot, clause.slots[i + 1]):
                continue
            earlier = _earlier(clause.slots, i)
            rows += _records(plan, item, sentence, clause, slot, earlier, carried, year, tense)
        if "分别" in clause.text and len(clause.slots) > 1:
            _share_comparator(rows, len(clause.slots))
        if not clause.slots:
            names.note(clause, carried)
            year = _stated(plan, clause.text, tense) or year
    return rows, year


def _earlier(slots: list[Slot], i: int) -> Slot | None:
    """The slot of the baseline of a number; 小学500元、初中750元 share the one before them."""
    half = len(slots) // 2
    if _is_double(slots):
        return slots[i - half] if i >= half else None
    if i and _is_baseline(slots[i - 1], slots[i]):
        return slots[i - 1]
    shared = i > 1 and slots[i].linked and re.fullmatch(phrases.STAGE, slots[i].before)
    return slots[i - 2] if shared and _is_baseline(slots[i - 2], slots[i - 1]) else None


def _is_double(slots: list[Slot]) -> bool:
    """Whether a clause lists where several numbers came from and where they got to: 分别从a、b增加到c、d."""
    half = len(slots) // 2
    if half < 2 or len(slots) % 2 or not re.search(r"分别[由从]", slots[0].before):
        return False
    return bool(phrases.REACHED.search(slots[half].before))


def _one_of_years(clause: Clause, i: int) -> int | None:
    """The year of a number of a list: 2023年、2024年分别达到85%、90%."""
    named = _YEARS.search(clause.slots[0].before) if "分别" in clause.text else None
    years = re.findall(r"20\d\d", named[0]) if named else []
    return int(years[i]) if len(years) == len(clause.slots) else None


def _share_comparator(rows: list[Row], n: int) -> None:
    """The word after the last number of a list holds for the bare ones before it: 分别增长5%和7%以上."""
    last = rows[-1]["comparator"] if rows else "eq"
    if last in ("ge", "le", "approx"):
        for row in rows[-n:]:
            whole = last == "ge" and row["unit"] == "%" and row["value"] == 100  # 分别为100%和95%以上
            row["comparator"] = last if row["comparator"] == "eq" and not whole else row["comparator"]
    first = rows[-n]["comparator"] if len(rows) >= n else "eq"
    if first in ("ge", "le") and last == "eq":  # 分别不少于4次、2次
        for row in rows[-n:]:
            row["comparator"] = first if row["comparator"] == "eq" else row["comparator"]


def _stated(plan: Row, text: str, tense: str | None) -> int | None:
    """The year that the words name; of a five-year plan that still runs, a review reports no end."""
    year = times.stated_year(text, plan.get("plan_year"))
    return year if year is None or str(year) in text else _within(plan, year, tense)


def _within(plan: Row, year: int | None, tense: str | None) -> int | None:
    runs = tense in ("review", "problem") and plan.get("plan_year") is not None
    return None if year is not None and runs and year >= plan["plan_year"] else year


def _is_baseline(slot: Slot, following: Slot) -> bool:
    """Whether the number is where another one came from: 由240元提高到295元."""
    same = slot.amount.kind == following.amount.kind
    return same and bool(_FROM.search(slot.before)) and bool(phrases.REACHED.search(following.before))


def _records(
    plan: Row, item: Row | None, sentence: Sentence, clause: Clause, slot: Slot, earlier: Slot | None,
    carried: names.Carried, year: int | None, tense: str | None,
) -> list[Row]:  # fmt: skip
    amount = slot.amount
    named = _without_baseline(slot, earlier)
    found = names.names(sentence, clause, named, carried)
    carried.kind = kind = _kind(slot, carried)
    before = _reach(sentence.text[: amount.start - sentence.start])
    bare = slot.linked and len(slot.before) < 3
    listed = carried.per if (carried.next_member > 1 or bare) and slot is not clause.slots[0] else None
    carried.per = per.of(named) or (per.of(earlier) if earlier else None) or listed
    row = {
        **_fields(plan, item, sentence.text, clause.text, before, year, tense),
        "quote": clause.text.strip(),
        "start": amount.start,
        "end": amount.end,
        "value": amount.value,
        "value_high": amount.value_high,
        "unit": amount.unit,
        "per": carried.per,
        "comparator": amount.comparator,
        "kind": kind,
        "baseline": earlier.amount.value if earlier else None,
        "hedge": amount.hedge or _hedge(before),
        "worded": False,
        "base_value": amount.base_value,
        "base_unit": amount.base_unit,
    }
    if row["status"] == "achieved" and row["hedge"] != "预计":
        row["hedge"] = None  # what was reached is hedged by nothing but an estimate
    for head in (item.get("heading") if item else None, sentence.lead):
        found = [names.with_heading(n, head) for n in found]
    if not found:
        reason = "indicator: the clause names nothing that the number measures"
        return [{**row, "indicator": None, **_meant(None), "reason": reason}]
    sector = plan.get("sector") or "other"
    flows = kind == "change" or any("新增" in n for n in found)
    span = times.span(before, sentence.opening) if flows else ""
    apart = amount.kind == "points" and _APART.search(slot.before)
    meant = [None if apart else harmonise.match(span + n, amount.kind, kind == "change", sector) for n in found]
    return [{**row, "indicator": n, **_meant(m), "reason": _reason(m)} for n, m in zip(found, meant, strict=True)]


def _reason(found: harmonise.Match | None) -> str | None:
    return None if found else "indicator_id: no indicator of the codebook has this name"


def _without_baseline(slot: Slot, earlier: Slot | None) -> Slot:
    """The slot with the words that name it: of 由每生每年补助300元提高到小学500元 both sides of the first number."""
    if earlier is None:
        return slot
    head = _FROM.sub("", earlier.before)
    own = phrases.REACHED.split(slot.before)[-1]
    return Slot(slot.amount, head + own, slot.after, slot.linked)


def _reach(before: str) -> str:
    """The words before a number that speak of it: from the last strong pause on."""
    return before[max(before.rfind("；"), before.rfind(";")) + 1 :]


_BETTERED = re.compile(r"改善(?:了|约)?$")
_CUT = re.compile(r"(?:再|继续|力争|确保)?(?:压减|压缩|削减|缩减|减少)[^率占比,，]{2,14}$")  # 压减一般性支出5%
_AMONG = re.compile(rf"其中[，,]?(?:{phrases.STAGE}|主城区|城区|镇区|县域|市区|乡镇)?")
_OWN = re.compile(r"占|达|为|总量|总数|累计|共|率|稳定|保持|控制|[到至]")


def _kind(slot: Slot, carried: names.Carried) -> str:
    before = slot.before.rstrip()
    if phrases.LEVEL_TO.search(before):
        return "level"
    if _BETTERED.search(before) and slot.amount.kind not in ("rate", "points", "money"):
        return "level"
    if carried.kind == "change" and _RAISED.fullmatch(before):
        return "change"
    if slot.amount.kind == "points" or phrases.CHANGE.search(before):
        return "change"
    if slot.amount.kind == "rate" and _CUT.match(before):
        return "change"
    if carried.kind == "change" and _AMONG.fullmatch(before):
        return "change"
    if slot.amount.kind not in ("rate", "ratio", "years") and phrases.ADDED.search(before):
        return "change"
    if carried.kind == "change" and carried.among and slot.linked:
        return "change"
    if carried.kind != "change" or not (slot.linked or carried.next_member > 1):
        return "level"
    return "level" if _OWN.search(before) or phrases.MEASURED.search(before) else "change"
