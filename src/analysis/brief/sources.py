"""The sentence that a number or an item came from, with its plan, place and raw text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

import pandas as pd

from analysis.frames import Corpus

MIME = "application/vnd.plans.sources+json"
FILE_MIME = "application/vnd.plans.file+json"  # a data file that a report lays beside itself: name, text
NUMBERS_MIME = "application/vnd.plans.numbers+json"  # headline numbers, for the file over all reports
READ = "plans_read"  # where a page says which frames it was made from
HEAD = 40  # characters by which a plan is shown whose title was not read in one place
REACH = 160  # characters of context on either side, at most
_SPAN = re.compile(r"(.+):(\d+):(\d+)")
_END = re.compile(r"[。！？!?\n]")

Record = dict[str, Any]


def anchor(key: str) -> str:
    """The id under which a page holds the source of a metric or item: safe in HTML and typst."""
    is_safe = re.fullmatch(r"[0-9A-Za-z-]+", key) is not None
    return "src-" + (key if is_safe else hashlib.sha256(key.encode()).hexdigest()[:16])


def context(text: str, start: int, end: int) -> tuple[str, str, str]:
    """What stands before the span in its sentence, the span, and what follows up to the sentence's end."""
    before = text[max(0, start - REACH) : start]
    after = text[end : end + REACH]
    ends = [m.end() for m in _END.finditer(before)]
    stop = _END.search(after)
    return before[ends[-1] if ends else 0 :], text[start:end], after[: stop.end()] if stop else after


def metrics(corpus: Corpus, ids: Iterable[str]) -> list[Record]:
    """A record a number: its clause in its sentence, where it stands, and the raw text when that reads otherwise."""
    frame = corpus.metrics
    rows = frame[frame["metric_id"].isin(set(ids))]
    return _records(corpus, rows, "metric_id")


def items(corpus: Corpus, ids: Iterable[str]) -> list[Record]:
    """A record an item: its whole text and where it stands."""
    frame = corpus.items
    rows = frame[frame["item_id"].isin(set(ids))]
    return _records(corpus, rows, "item_id")


def span_id(plan_id: str, start: int, end: int) -> str:
    """The key of a place in a plan that is neither a number nor an item."""
    return f"{plan_id}:{start}:{end}"


def spans(corpus: Corpus, ids: Iterable[str]) -> list[Record]:
    """A record a place that `span_id` names: the words in their sentence."""
    found = [match for match in map(_SPAN.fullmatch, ids) if match is not None]
    rows = [{"plan_id": m[1], "start": int(m[2]), "end": int(m[3]), "metric_id": m[0]} for m in found]
    return _records(corpus, pd.DataFrame(rows, columns=["plan_id", "start", "end", "metric_id"]), "metric_id")


def span_plan(key: str) -> str | None:
    """The plan of a place that `span_id` names; None for another key."""
    found = _SPAN.fullmatch(key)
    return found[1] if found is not None else None


def plans(corpus: Corpus, ids: Iterable[str]) -> list[Record]:
    """A record a plan: the words that its title was read in, else its first ones."""
    rows = corpus.plans[corpus.plans["plan_id"].isin(set(ids))]
    heads = [(plan_id, *_head(text, held)) for plan_id, text, held in
             zip(rows["plan_id"], rows["text"], rows["evidence"], strict=True)]  # fmt: skip
    found = pd.DataFrame(heads, columns=["plan_id", "start", "end"])
    made = _records(corpus, found.assign(metric_id=found["plan_id"]), "metric_id")
    return [{**record, "before": "", "after": "", "is_plan": True} for record in made]


def _head(text: Any, evidence: Any) -> tuple[int, int]:
    spans = [(row["start"], row["end"]) for row in evidence if row["field"] == "title"] if _is_list(evidence) else []
    return spans[0] if spans and None not in spans[0] else (0, min(len(_known(text) or ""), HEAD))


def _is_list(held: Any) -> bool:
    return isinstance(held, list | tuple)


def records(frame: pd.DataFrame) -> list[Record]:
    """A dict a row."""
    return [{str(name): held for name, held in row.items()} for row in frame.to_dict("records")]


NUMBERS = (
    "region", "indicator_id", "indicator", "value", "value_high", "unit", "comparator", "year", "rank", "n", "peers_median", "distance",
    "national", "national_year",
)  # fmt: skip


def numbers(frame: pd.DataFrame) -> list[Record]:
    """A record a headline number: what it is, its value, where it stands among the peers and beside the nation."""
    kept = frame.reindex(columns=list(NUMBERS))
    return [{name: _plain(held) for name, held in row.items()} for row in records(kept)]


def _plain(held: Any) -> Any:
    """A cell as JSON holds it: null, text, whole number or number."""
    if held is None or pd.isna(held):
        return None
    return held if isinstance(held, str) else int(held) if float(held).is_integer() else float(held)


def _records(corpus: Corpus, rows: pd.DataFrame, key: str) -> list[Record]:
    if rows.empty:
        return []
    used = set(rows["plan_id"])
    plans = {row["plan_id"]: row for row in records(corpus.plans[corpus.plans["plan_id"].isin(used)])}
    raw: dict[str, str] = {}
    if "source_start" in rows:
        found = corpus.sources[corpus.sources["plan_id"].isin(used)]
        raw = dict(zip(found["plan_id"], found["source_text"], strict=True))
    return [_record(row, plans[row["plan_id"]], raw, key) for row in records(rows)]


def _record(row: Record, plan: Record, raw: dict[str, str], key: str) -> Record:
    start, end = int(row["start"]), int(row["end"])
    text = _known(plan["text"]) or ""
    before, quote, after = context(text, start, end) if key == "metric_id" else ("", text[start:end], "")
    return {
        "id": anchor(row[key]), "plan_id": row["plan_id"], "region": _known(plan["region"]), "title": _known(plan["title"]),
        "year": _known(plan["plan_year"]), "file": file_name(plan["source_paths"]), "start": start, "end": end,
        "heading": None if key == "metric_id" else _known(row["heading"]), "before": before, "quote": quote,
        "after": after, "raw": _raw(row, raw, before + quote + after),
    }  # fmt: skip


def _raw(row: Record, raw: dict[str, str], clean: str) -> str | None:
    """The same place in the source as it was found, None when it reads the same."""
    if row["plan_id"] not in raw or pd.isna(row.get("source_start")) or pd.isna(row.get("source_end")):
        return None
    found = "".join(context(raw[row["plan_id"]], int(row["source_start"]), int(row["source_end"])))
    return found if found.strip() != clean.strip() else None


def file_name(found: Any) -> str | None:
    """The name of a document's (first) file, without folders and archives."""
    if found is None or isinstance(found, float) or not len(found):
        return None
    return PurePath(str(found[0]).split("!")[-1]).name


def _known(value: Any) -> Any:
    if value is None or pd.isna(value):
        return None
    return int(value) if isinstance(value, int) or hasattr(value, "__index__") else str(value)
