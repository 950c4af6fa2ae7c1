"""What the numbers of sentences and figures open: one sentence, or the list of those that they were counted from."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.brief import sources
from analysis.describe.said import parts
from analysis.draw import areas
from analysis.frames import Corpus

MIME = "application/vnd.plans.cites+json"
LISTED = 20  # sentences that a number lists; how many more there are is said


class Known:
    """The plan of each id of a corpus: of plans, numbers and items, each frame read when an id asks for it."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    @functools.cached_property
    def plans(self) -> frozenset[str]:
        return frozenset(self.corpus.plans["plan_id"])

    @functools.cached_property
    def metrics(self) -> dict[str, str]:
        return dict(zip(self.corpus.metrics["metric_id"], self.corpus.metrics["plan_id"], strict=True))

    @functools.cached_property
    def items(self) -> dict[str, str]:
        return dict(zip(self.corpus.items["item_id"], self.corpus.items["plan_id"], strict=True))

    def is_item(self, key: str) -> bool:
        """Whether an id is an item's: a number is counted from it, and is not the number that it states."""
        is_other = key in self.plans or sources.span_plan(key) is not None or key in self.metrics
        return not is_other and key in self.items

    def plan(self, key: str) -> str | None:
        """The plan that an id is of; None where the corpus has no such id."""
        if key in self.plans:
            return key
        span = sources.span_plan(key)
        found = span if span is not None else self.metrics.get(key) or self.items.get(key)
        return found if found in self.plans else None


class Cites:
    """The links of one output, and the data that make them open."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.lists: dict[str, dict[str, Any]] = {}
        self._wanted: dict[str, None] = {}
        self._alone: set[str] = set()

    def link(self, ids: Iterable[str]) -> str | None:
        """Where a number leads: to the one number that was read, else to the list of what was counted.

        Returns: None where the corpus has none of the ids.
        """
        by_plan: dict[str, list[str]] = {}
        for key in dict.fromkeys(ids):
            plan = self.known.plan(key)
            if plan is not None:
                by_plan.setdefault(plan, []).append(key)
        n = sum(map(len, by_plan.values()))
        chosen = some(by_plan, LISTED)
        self._wanted |= dict.fromkeys(chosen)
        if not chosen:
            return None
        if n == 1 and not self.known.is_item(chosen[0]):
            self._alone.add(sources.anchor(chosen[0]))
            return f"#{sources.anchor(chosen[0])}"
        every = ",".join(key for held in by_plan.values() for key in held)
        name = "list-" + hashlib.sha256(every.encode()).hexdigest()[:10]
        of_plans = all(key in self.known.plans for key in chosen)
        anchors = [sources.anchor(key) for key in chosen]
        self.lists[name] = {"n": n, "n_plans": len(by_plan), "ids": anchors, "of_plans": of_plans}
        return f"#{name}"

    def records(self) -> list[sources.Record]:
        """The sentences that the links lead to, each once, in order of their first link."""
        keys = list(self._wanted)
        found = {r["id"]: r for read in self._readers(keys) for r in read}
        return [found[sources.anchor(key)] for key in keys if sources.anchor(key) in found]

    def _readers(self, keys: Sequence[str]) -> Iterable[list[sources.Record]]:
        corpus = self.known.corpus
        rest = [key for key in keys if key not in self.known.plans]
        yield sources.plans(corpus, set(keys) - set(rest))
        if rest:
            yield sources.metrics(corpus, rest)
            yield sources.items(corpus, rest)
            yield sources.spans(corpus, rest)

    def data(self) -> dict[str, Any]:
        """What an output holds beside its text, by MIME type; nothing where no number opens anything."""
        if not self._wanted:
            return {}
        return {MIME: {"records": self.records(), "lists": self.lists, "alone": sorted(self._alone)}}


def some(by_plan: Mapping[str, Sequence[str]], most: int) -> list[str]:
    """At most so many ids, taken in turn from each plan, given plan by plan."""
    turns = [key for turn in zip_longest(*by_plan.values()) for key in turn if key is not None]
    kept = set(turns[:most])
    return [key for held in by_plan.values() for key in held if key in kept]


def opened(figure: Figure, title: str, saved: Bbox, cites: Cites) -> list[list[Any]]:
    """The areas of a figure that open something: left, top, width, height (points), link, name, whether it is a word.

    Args: title: its sentence, as `describe` gives it; saved: the part of the figure that was saved, in inches.
    """
    found = [(place, False) for place in areas.placed(figure, saved)]
    found += [(place, True) for place in areas.words(figure, parts(title), saved)]
    told = [(place, cites.link(place.ids), is_word) for place, is_word in found]
    return [
        [*(round(float(side), 1) for side in place[:4]), link, place.name, is_word]
        for place, link, is_word in told
        if link is not None
    ]


def linked(text: str, cites: Cites) -> str:
    """Markdown of a marked sentence (already escaped), its numbers as links."""
    pieces = ((piece, cites.link(ids) if ids else None) for piece, ids in parts(text))
    return "".join(piece if link is None else f"[{piece}]({link})" for piece, link in pieces)
