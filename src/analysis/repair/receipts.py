"""The desk on which a text is repaired: every change goes over it and leaves a receipt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from analysis.text import Edit, Source, Text


class Change(NamedTuple):
    """Characters `start:end` of the text as it stands become `new`, by a rule."""

    start: int
    end: int
    new: str
    rule: str


@dataclass
class Desk:
    """A text under repair, its receipts, and what was seen on the way."""

    source: Source
    text: Text
    script: str = "simplified"
    repairs: list[dict[str, Any]] = field(default_factory=list)
    masks: list[dict[str, Any]] = field(default_factory=list)
    noise: set[str] = field(default_factory=set)
    problems: list[dict[str, Any]] = field(default_factory=list)

    @property
    def clean(self) -> str:
        """The text as it stands."""
        return self.text.clean

    def apply(self, changes: Iterable[Change]) -> int:
        """Makes changes, a receipt each; a change that overlaps an earlier one is left out.  Their number."""
        kept = _apart(changes)
        for c in kept:
            start, end = self.text.source_span(c.start, c.end)
            self.repairs.append(
                {"rule": c.rule, "n": 1, "source_start": start, "source_end": end, "before": self.clean[c.start : c.end],
                 "after": c.new}
            )  # fmt: skip
        if kept:
            self.text = self.text.edit(Edit(c.start, c.end, c.new) for c in kept)
        return len(kept)

    def apply_counted(self, rule: str, edits: Iterable[Edit]) -> None:
        """Makes changes that are too many and too small for a receipt each: one row with their number."""
        made = list(edits)
        if made:
            self.text = self.text.edit(made)
            self.count(rule, len(made))

    def recode(self, rule: str, clean: str) -> None:
        """The same characters written otherwise, counted."""
        n = sum(a != b for a, b in zip(self.clean, clean, strict=True)) if clean != self.clean else 0
        if n:
            self.text = self.text.recoded(clean)
            self.count(rule, n)

    def count(self, rule: str, n: int) -> None:
        """Adds to the row of a counted rule."""
        for row in self.repairs:
            if row["rule"] == rule and row["source_start"] is None:
                row["n"] += n
                return
        self.repairs.append(
            {"rule": rule, "n": n, "source_start": None, "source_end": None, "before": None, "after": None}
        )

    def problem(self, severity: str, message: str) -> None:
        """Adds a row of `problems`."""
        self.problems.append(
            {"source_path": self.source.path, "stage": "repair", "severity": severity, "message": message}
        )


def _apart(changes: Iterable[Change]) -> list[Change]:
    kept: list[Change] = []
    for c in sorted(changes, key=lambda c: (c.start, -c.end)):
        if not kept or c.start >= kept[-1].end:
            kept.append(c)
    return kept
