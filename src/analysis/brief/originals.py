"""The whole plans that a page cites, packed into it: clean text, what was repaired or is masked, and the way to the raw text.

A page holds no plan twice: the raw text is told as pieces of the clean one and what differs from it, each plan is
compressed on its own, and only what a reader opens is unpacked.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq

from analysis import frames
from analysis.brief import labels
from analysis.text import Segment, Text

MOST = 3_000_000  # characters that the plans of one page may take; those cited least stay out
REACH = 300  # characters of what a repair took away that are kept to be shown
_FRAMES = ("plans", "sources", "repairs", "masks")

Piece = str | list[Any]
Mark = list[Any]


class Packed(NamedTuple):
    """One plan: base64 of the deflated JSON of `opened`, and the characters that it needs a font for."""

    data: str
    characters: frozenset[str]


def packed(folder: Path, cited: Iterable[str], lang: str = "zh", most: int = MOST) -> dict[str, Packed]:
    """For each plan that is cited its packed text, those cited most first, as long as all stay below `most` characters.

    Args: cited: plan ids, one a citation.
    Returns: nothing where the frames are not in the folder.
    """
    counts = Counter(cited)
    held: dict[str, Packed] = {}
    if not counts or not (folder / "sources.parquet").is_file():
        return held
    rows = {name: _rows(folder, name, list(counts)) for name in _FRAMES}
    room = most
    for key, _ in counts.most_common():
        if key not in rows["plans"] or key not in rows["sources"]:
            continue
        made = _pack(opened(*(rows[name].get(key, []) for name in _FRAMES), lang=lang))
        if len(made.data) <= room:
            held[key] = made
            room -= len(made.data)
    return held


def _rows(folder: Path, name: str, ids: list[str]) -> dict[str, list[dict[str, Any]]]:
    """The rows of these plans, by plan, without reading the others."""
    table = pq.read_table(folder / f"{name}.parquet", filters=[("plan_id", "in", ids)])
    found: dict[str, list[dict[str, Any]]] = {}
    for row in table.select([c for c in frames.COLUMNS[name] if c not in ("evidence", "pages")]).to_pylist():
        found.setdefault(row["plan_id"], []).append(row)
    return found


def _pack(plan: Mapping[str, Any]) -> Packed:
    told = json.dumps(plan, ensure_ascii=False, separators=(",", ":"))
    return Packed(base64.b64encode(zlib.compress(told.encode("utf-8"), 9)).decode("ascii"), frozenset(told))


def opened(
    plans: Sequence[Mapping[str, Any]], sources: Sequence[Mapping[str, Any]], repairs: Sequence[Mapping[str, Any]],
    masks: Sequence[Mapping[str, Any]], *, lang: str = "zh",
) -> dict[str, Any]:  # fmt: skip
    """One plan as its view reads it: `text`, `raw` (pieces), `marks`.

    A piece is raw text without a counterpart, or [start, end] of the clean text, which reads the same, or [start, end,
    raw text]. A mark is [start, end, kind, what is told of it]: `repair`, `gone` (start equals end) or `mask`.
    """
    clean = plans[0]["text"] or ""
    source = sources[0]["source_text"] or ""
    held = [Segment(**segment) for segment in sources[0]["segments"] or []]
    segments = held or Text.of(source).segments if source == clean else held
    text = Text(clean, source, segments)
    marks = [*_masks(masks, lang), *_repairs(repairs, text, lang)]
    return {"text": clean, "raw": pieces(text), "marks": sorted(marks, key=lambda mark: (mark[0], mark[1]))}


def pieces(text: Text) -> list[Piece]:
    """The raw text in order, told by the clean text where the two agree."""
    found: list[Piece] = []
    at = 0
    for s in sorted(text.segments, key=lambda s: (s.source_start, s.source_end)):
        if s.source_start > at:
            found.append(text.source[at : s.source_start])
        raw = text.source[max(at, s.source_start) : s.source_end]
        same = s.is_even and s.source_start >= at and text.clean[s.start : s.end] == raw
        found.append([s.start, s.end] if same else [s.start, s.end, raw])
        at = max(at, s.source_end)
    return [*found, text.source[at:]] if at < len(text.source) else found


def _masks(masks: Sequence[Mapping[str, Any]], lang: str) -> list[Mark]:
    return [[row["start"], row["end"], "mask", _masked(row, lang)] for row in masks]


def _masked(row: Mapping[str, Any], lang: str) -> str:
    kind = labels.value("kind", row["kind"], lang)
    said = labels.pick((f"遮蔽的{kind}", f"masked: {kind}"), lang)
    return said + (
        labels.pick((f"，可能是{row['likely']}", f", likely {row['likely']}"), lang) if row["likely"] else ""
    )


def _repairs(repairs: Sequence[Mapping[str, Any]], text: Text, lang: str) -> list[Mark]:
    marks = []
    for row in repairs:
        if row["source_start"] is None or row["source_end"] is None:
            continue  # counted for the whole plan only
        span = text.clean_span(row["source_start"], row["source_end"]) if row["after"] else None
        rule, before = labels.value("rule", row["rule"], lang), (row["before"] or "").strip()[:REACH]
        if span is None:
            at = gap(text, row["source_start"])
            marks.append(
                [at, at, "gone", labels.pick((f"删去（{rule}）：{before}", f"taken out ({rule}): {before}"), lang)]
            )
        else:
            marks.append(
                [
                    *span,
                    "repair",
                    labels.pick((f"修复（{rule}），原为：{before}", f"repaired ({rule}), was: {before}"), lang),
                ]
            )
    return marks


def gap(text: Text, source_at: int) -> int:
    """Where in the clean text a place of the source would stand that left nothing in it."""
    before = [s.end for s in text.segments if s.source_end <= source_at]
    return max(before, default=0)
