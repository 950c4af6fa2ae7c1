"""Tasks without a number, followed from a plan into the next documents by their words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis import shingles
from analysis.trace import pairs
from analysis.trace.pairs import Row

CLAUSE = re.compile(r"[^。！？；\n]+")
SHORTEST = 8  # folded characters of a sentence that can be followed
FOLLOWED = ("binding", "concrete")  # what can be done or not; 加强 and 推进 can only be said again

_UNDONE = re.compile(r"(?:尚?未能?|没有|还没|未按|滞后|推迟|暂缓|延期|未达|不到位|难以)")


def followed(
    plan: Row, reports: list[Row], renewals: list[Row], items: dict[str, list[Row]], metrics: dict[str, list[Row]]
) -> Iterator[Row]:
    """A row a task item of a plan that has no numeric target: its telling sentence and what answers it."""
    numbered = {m["item_id"] for m in metrics.get(plan["plan_id"], []) if m["status"] == "target"}
    own = [i for i in _of(items, [plan], ("task",)) if i["commitment"] in FOLLOWED and i["item_id"] not in numbered]
    told = [s for item in own for s in sentences(item)[:1]]
    done = [s for item in _of(items, reports, ("review", "problem")) for s in sentences(item)]
    again = [s for item in _of(items, renewals, ("task",)) for s in sentences(item)]
    reported, renewed = pairs.matched(told, done, rate), pairs.matched(told, again, rate)
    for i, sentence in enumerate(told):
        row = {"promise": "task", "likeness": None} | {k: sentence[k] for k in _SAME}
        if i in reported:
            other, likeness = done[reported[i][0]], reported[i][1]
            is_undone = other["tense"] == "problem" or _UNDONE.search(other["sentence"])
            row |= _answer("report", "reported missed" if is_undone else "reported done", other, likeness)
        if i in renewed:
            other, likeness = again[renewed[i][0]], renewed[i][1]
            row |= _answer("renewal", "repeated" if likeness >= pairs.EQUAL else "kept", other, likeness)
        yield row


_SAME = ("item_id", "domain", "sentence", "start", "end")


def _answer(kind: str, word: str, other: Row, likeness: float) -> Row:
    answer = {kind: word, f"{kind}_plan_id": other["plan_id"], f"{kind}_id": other["item_id"]}
    return answer | {f"{kind}_sentence": other["sentence"], "likeness": round(likeness, 4)}


def _of(items: dict[str, list[Row]], documents: list[Row], tenses: tuple[str, ...]) -> list[Row]:
    held = [item for d in documents for item in items.get(d["plan_id"], [])]
    return [item | {"commitment": item.get("commitment")} for item in held if item["tense"] in tenses]


def sentences(item: Row) -> list[Row]:
    """The sentences of an item that are long enough to be followed, with offsets in the plan; the longest first."""
    text, start = item["text"] or "", int(item["start"] or 0)
    rows = []
    for match in CLAUSE.finditer(text):
        words = pairs.bigrams(pairs.undated(match.group()))
        if sum(words.values()) >= SHORTEST - 1:
            place = {"start": start + match.start(), "end": start + match.end(), "sentence": match.group()}
            same = {k: item.get(k) for k in ("item_id", "plan_id", "domain", "tense")}
            rows.append(same | place | {"words": words, "plain": shingles.fold(match.group())})
    return sorted(rows, key=lambda row: (-len(row["plain"]), row["start"]))


def rate(own: Row, other: Row) -> float:
    """How surely two sentences speak of one task, 0 where they hardly do."""
    size, other_size = sum(own["words"].values()), sum(other["words"].values())
    if 2 * min(size, other_size) < pairs.SAME_TASK * (size + other_size):
        return 0.0
    alike = pairs.dice(own["words"], other["words"])
    return alike if alike >= pairs.SAME_TASK else 0.0
