"""Text: characters with a map back to the source.

A `Source` is what a reader gets out of a file.  A `Text` is a cleaned version of a source's characters that can
say, for every span, which characters of the source it came from.  Edits make a new Text; maps compose.
`Repaired` is a Text with its receipts: what was changed, what is masked, which damage was seen.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Edit(NamedTuple):
    """Replace `start:end` of a text by `new` ("" deletes; start == end inserts)."""

    start: int
    end: int
    new: str


class Segment(NamedTuple):
    """Clean characters `start:end` come from source characters `source_start:source_end`.

    Spans of equal length map character by character; others map as a whole.
    """

    start: int
    end: int
    source_start: int
    source_end: int

    @property
    def is_even(self) -> bool:
        """Whether the span maps character by character."""
        return self.end - self.start == self.source_end - self.source_start


@dataclass
class Source:
    """One document as a reader found it.

    `text` is the decoded or extracted text (for HTML the main text).  `pages` are the start offsets of its pages
    (PDF only).  `metadata` holds what the format itself states, printed as found, under the names of the `plans` frame
    (title, index_number, doc_number, issuer, written, published, …), dates as YYYY-MM-DD.  `headings` are
    (start, end, level) spans of `text` that the format marks as headings; `tables` are spans of table rows, one
    row a line with cells parted by tabs.  `problems` are rows of the `problems` frame without `plan_id`.
    """

    path: str
    sha256: str
    format: str
    text: str
    encoding: str | None = None
    encoding_confidence: float | None = None
    pages: list[int] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    headings: list[tuple[int, int, int]] = field(default_factory=list)
    tables: list[tuple[int, int]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)


class Text:
    """Characters (`clean`) with a map to the `source` they came from."""

    __slots__ = ("_ends", "_starts", "clean", "segments", "source")

    def __init__(self, clean: str, source: str, segments: list[Segment]) -> None:
        self.clean = clean
        self.source = source
        self.segments = segments
        self._starts = [s.start for s in segments]
        self._ends = [s.end for s in segments]

    @classmethod
    def of(cls, source: str) -> Text:
        """The source itself, unchanged."""
        return cls(source, source, [Segment(0, len(source), 0, len(source))] if source else [])

    def edit(self, edits: Iterable[Edit]) -> Text:
        """A new Text with the edits made; they must not overlap and count characters of `clean`.

        Raises: ValueError when two edits overlap or one leaves the text.
        """
        pieces: list[str] = []
        spans: list[tuple[int, int, int]] = []  # (length in the new text, start, end in the old one)
        at = 0
        for start, end, new in sorted(edits, key=lambda e: (e[0], e[1])):
            if start < at or end < start or end > len(self.clean):
                raise ValueError(
                    f"edit {start}:{end} overlaps another or leaves the text of {len(self.clean)} characters"
                )
            if start > at:
                pieces.append(self.clean[at:start])
                spans.append((start - at, at, start))
            if new:
                pieces.append(new)
                spans.append((-len(new), start, end))  # negative: an edit, mapped as a whole unless lengths agree
            at = end
        if at == 0 and not pieces:
            return self
        if at < len(self.clean):
            pieces.append(self.clean[at:])
            spans.append((len(self.clean) - at, at, len(self.clean)))
        return Text("".join(pieces), self.source, self._compose(spans))

    def recoded(self, clean: str) -> Text:
        """The same characters written otherwise (script, width): one for one.

        Raises: ValueError when the lengths differ.
        """
        if len(clean) != len(self.clean):
            raise ValueError(f"recoded text has {len(clean)} characters, the text has {len(self.clean)}")
        return Text(clean, self.source, self.segments)

    def _compose(self, spans: list[tuple[int, int, int]]) -> list[Segment]:
        segments: list[Segment] = []
        at = 0
        for length, start, end in spans:
            if length < 0:
                source_start, source_end = self.source_span(start, end)
                segments.append(Segment(at, at - length, source_start, source_end))
                at -= length
                continue
            for s in self._cut(start, end):
                segments.append(Segment(at + s.start - start, at + s.end - start, s.source_start, s.source_end))
            at += length
        return _joined(segments)

    def _cut(self, start: int, end: int) -> Iterable[Segment]:
        """The segments of start:end, cut at its ends."""
        i = bisect.bisect_right(self._ends, start)
        while i < len(self.segments) and self.segments[i].start < end:
            s = self.segments[i]
            left, right = max(s.start, start), min(s.end, end)
            if s.is_even:
                yield Segment(left, right, s.source_start + left - s.start, s.source_start + right - s.start)
            else:
                yield Segment(left, right, s.source_start, s.source_end)
            i += 1

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that clean characters start:end came from (empty spans give an empty span)."""
        cut = list(self._cut(start, end))
        if cut:
            return min(s.source_start for s in cut), max(s.source_end for s in cut)
        i = bisect.bisect_left(self._starts, start)
        if i < len(self.segments):
            at = self.segments[i].source_start
        else:
            at = self.segments[-1].source_end if self.segments else 0
        return at, at

    def clean_span(self, source_start: int, source_end: int) -> tuple[int, int] | None:
        """The clean span that holds what is left of source characters source_start:source_end, None if nothing is."""
        left = right = None
        for s in self.segments:  # source order may differ from clean order only if a reader moved text
            if s.source_end <= source_start or s.source_start >= source_end:
                continue
            if s.is_even:
                a = s.start + max(source_start, s.source_start) - s.source_start
                b = s.start + min(source_end, s.source_end) - s.source_start
            else:
                a, b = s.start, s.end
            left = a if left is None else min(left, a)
            right = b if right is None else max(right, b)
        return None if left is None or right is None else (left, right)

    def __len__(self) -> int:
        return len(self.clean)


def _joined(segments: list[Segment]) -> list[Segment]:
    """Even neighbours that continue each other become one."""
    out: list[Segment] = []
    for s in segments:
        if out and s.is_even and out[-1].is_even and out[-1].source_end == s.source_start and out[-1].end == s.start:
            out[-1] = Segment(out[-1].start, s.end, out[-1].source_start, s.source_end)
        else:
            out.append(s)
    return out


@dataclass
class Repaired:
    """A source with its clean text and the receipts.

    `repairs` and `masks` are rows of those frames without `plan_id`; `noise` holds values of the codebook's list
    that were seen while repairing; `damage` is 0 (clean) to 1.  `headings` and `tables` are the source's, in
    offsets of the clean text.  `script` is the source's.
    """

    source: Source
    text: Text
    script: str = "simplified"
    repairs: list[dict[str, Any]] = field(default_factory=list)
    masks: list[dict[str, Any]] = field(default_factory=list)
    noise: list[str] = field(default_factory=list)
    damage: float = 0.0
    headings: list[tuple[int, int, int]] = field(default_factory=list)
    tables: list[tuple[int, int]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
