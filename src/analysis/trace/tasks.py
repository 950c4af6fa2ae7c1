"""Tasks without a number, followed from a plan into the next documents by their words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis import shingles
from analysis.trace import pairs
from analysis.trace.pairs import Row
from analysis.trace.steps import Step

FOLLOWED = ("binding", "concrete")  # what can be done or not; 加强 and 推进 can only be said again
SHORTEST = 8  # folded characters of a clause that can be followed

_CLAUSE = re.compile(r"[^，。！？；,;\n]+")
UNDONE = re.compile(r"(?:尚?未能?|没有|还没|未按|滞后|推迟|暂缓|延期|未达|不到位|难以)")
_CREED = re.compile(  # what is professed, not done
    r"(?:我们|政府|必须|一定|要|始终|更加|时刻)*(?:坚持|坚定|锚定|牢记|牢牢|牢固树立|深刻|旗帜鲜明|付出|弘扬|发扬|把握|统筹|以.{2,24}为(?:指导|遵循|统领|纲))|"
    r".*(?:实际行动$|(?:决策|工作)部署.*(?:落[地到实]|见效|执行))"
)
_SAME = ("item_id", "domain", "sentence", "start", "end")


def followed(step: Step, items: dict[str, list[Row]], metrics: dict[str, list[Row]]) -> Iterator[tuple[Row, Row]]:
    """The telling clause of each task of a plan that has no numeric target, and its row: what answers it."""
    plan = step.plan
    numbered = {m["item_id"] for m in metrics.get(plan["plan_id"], []) if m["status"] == "target"}
    own = [i for i in _of(items, [plan], ("task",)) if i["commitment"] in FOLLOWED and i["item_id"] not in numbered]
    told = [clause | {"commitment": i["commitment"]} for i in own for clause in telling(i)]
    done = [c for item in _of(items, step.reports, ("review", "problem")) for c in clauses(item)]
    again = [c for item in _of(items, step.renewals, ("task",)) for c in clauses(item)]
    rarity = pairs.Rarity(c["plain"] for c in (*told, *done, *again))
    for clause in (*told, *done, *again):
        clause["weights"] = rarity.weights(clause["plain"])
    reported, renewed = pairs.matched(told, done, rate), pairs.matched(told, again, rate)
    for i, clause in enumerate(told):
        row = {"promise": "task", "likeness": None} | {k: clause[k] for k in _SAME}
        if i in reported:
            other, likeness = done[reported[i][0]], reported[i][1]
            row |= _answer("report", "reported missed" if _is_undone(other) else "reported done", other, likeness)
        if i in renewed:
            other, likeness = again[renewed[i][0]], renewed[i][1]
            row |= _answer("renewal", "repeated" if likeness >= pairs.EQUAL else "kept", other, likeness)
        yield clause, row


def _is_undone(clause: Row) -> bool:
    return clause["tense"] == "problem" or bool(UNDONE.search(clause["sentence"]))


def _answer(kind: str, word: str, other: Row, likeness: float) -> Row:
    answer = {kind: word, f"{kind}_plan_id": other["plan_id"], f"{kind}_id": other["item_id"]}
    return answer | {f"{kind}_sentence": other["sentence"], "likeness": round(likeness, 4)}


def _of(items: dict[str, list[Row]], documents: list[Row], tenses: tuple[str, ...]) -> list[Row]:
    held = [item for d in documents for item in items.get(d["plan_id"], [])]
    return [item for item in held if item["tense"] in tenses]


def telling(item: Row) -> list[Row]:
    """The clause that earned an item its commitment, else its longest one; none where all are short or creeds."""
    found = [c for c in clauses(item) if not _CREED.match(c["sentence"])]
    cues = [e["start"] for e in item.get("evidence") or [] if e["field"] == "commitment" and e["start"] is not None]
    earned = [c for c in found if any(c["start"] <= cue < c["end"] for cue in cues)]
    return earned[:1] or sorted(found, key=lambda c: (-len(c["plain"]), c["start"]))[:1]


def clauses(item: Row) -> list[Row]:
    """The clauses of an item that are long enough to be followed, with offsets in the plan."""
    start = int(item["start"] or 0)
    same = {k: item.get(k) for k in ("item_id", "plan_id", "domain", "tense")}
    rows = []
    for match in _CLAUSE.finditer(item["text"] or ""):
        plain = shingles.fold(pairs.undated(match.group()))
        if len(plain) >= SHORTEST:
            span = {"start": start + match.start(), "end": start + match.end()}
            rows.append(same | span | {"sentence": match.group(), "plain": plain})
    return rows


def rate(own: Row, other: Row) -> float:
    """How surely two clauses speak of one task, 0 where they hardly do."""
    size, other_size = len(own["plain"]), len(other["plain"])
    if 2 * min(size, other_size) < pairs.SAME_TASK * (size + other_size) / 2:
        return 0.0
    alike = pairs.alike(own["weights"], other["weights"])
    return alike if alike >= pairs.SAME_TASK else 0.0
