"""Which policy domains an item is about: the primary, and others that have a clause of their own.

The primary is what the heading names, else the parent's heading; where those name several or none, what most of the
text is about.  Each of the three votes with a share of its cues, the heading louder than the text, the text louder
than the parent.  Where heading and text have few cues, the short runs of the text's characters vote too (`grams`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import NamedTuple

from analysis.tag.grams import Model
from analysis.tag.scan import Hit

LOUDNESS = {1: 0.3, 2: 1.0, 3: 2.5, 4: 5.0}  # a cue's weight → its votes
HEADING, TEXT, PARENT = 2.0, 1.0, 0.6  # what each place of an item counts for
LOOSE = 0.3  # what the parent's heading counts for a paragraph without a heading, which may have left its subject
FIRST = 0.3  # what being named first counts for where a heading names several (体育美育劳动教育)
FULL = 5.0  # votes at which a place speaks with its full voice: one cue that names a domain
CLEAR = 0.01  # lead of the first domain over the second, in shares of their votes, below which the primary stays open
TOGETHER = 0.04  # the lead below which two are as good as together, and the one named first comes first
NAMING, TELLING = 2.5, 30.0  # votes of the heading's cues, and of the text's, beside which the grams are silent
SURE = 0.25  # share of the grams' votes below which they know no domain either
CLAUSE = re.compile(r"[，,；;。！？\n]")
HEARD, OWN = 2.5, 7.5  # votes at which a clause speaks for a domain, and at which one clause is enough
NAMED, RATE = 5.0, re.compile(r"\d[\d.]*[%％]|率|增速")  # votes at which one is enough that gives a rate
OTHER = "other"
EACH = "分别"  # in a clause of rates: each of its domains has one of its own
LEAST = 0.05  # share of a text's votes below which a domain is only mentioned
SHORT, MUCH = 120, 0.15  # a text of fewer characters has no room: one clause that speaks for a domain is enough there


class Domains(NamedTuple):
    """The domains of an item, best first; `primary` is None when the lead is too small to tell.

    `by_grams`: cues alone would have told another first domain, or none.
    """

    found: list[str]
    primary: str | None
    margin: float
    by_grams: bool = False


def domains(
    text: str,
    length: int,
    heading: list[Hit],
    body: list[Hit],
    parent: list[Hit],
    headed: bool = True,
    model: Model | None = None,
) -> Domains:
    """The domains of an item from the cues in its heading, its text and its parent's heading.

    Args: length: the characters of the text without the names of those responsible; headed: whether the item has a
        heading of its own; model: what the grams of the text are asked of, where its cues say little.
    """
    told, said = _votes(heading), _votes(body)
    in_text = _shares(said)
    votes = _by_cues(_shares(told), in_text, _shares(_votes(parent)) if parent else {}, PARENT if headed else LOOSE)
    if len(told) > 1:
        votes[heading[0].value] += FIRST
    by_cues = min(votes, key=lambda value: (-votes[value], value), default=None)
    for value, share in _by_grams(text, told, said, model).items():
        votes[value] += share
    if OTHER not in told and OTHER in votes and votes[OTHER] < sum(votes.values()) / 2:
        votes.pop(
            OTHER
        )  # what none of the others holds: it stands beside none, unless the heading or most words name it
    if not votes:
        return Domains([], None, 0.0)
    ranked = sorted(votes, key=lambda value: (-votes[value], value))
    margin, clear = _lead([votes[value] for value in ranked])
    ranked.insert(0, ranked.pop(ranked.index(_named_first(votes, [*heading, *body]))))
    own = _with_own_clause(text, length, body, ranked[0], in_text)
    others = [value for value in own if value != ranked[0] and value in votes]
    found = [ranked[0], *sorted(others, key=ranked.index)]
    return Domains(found, ranked[0] if clear else None, margin, ranked[0] != by_cues)


def _by_cues(
    heading: dict[str, float], body: dict[str, float], parent: dict[str, float], above: float
) -> dict[str, float]:
    """The votes of an item's cues: the shares in its heading, its text and the heading above it."""
    votes: dict[str, float] = defaultdict(float)
    for shares, voice in ((heading, HEADING), (body, TEXT), (parent, above)):
        for value, share in shares.items():
            votes[value] += voice * share
    return votes


def _by_grams(text: str, told: dict[str, float], said: dict[str, float], model: Model | None) -> dict[str, float]:
    """The votes of the grams: the quieter the cues, the louder; {} where cues say enough or the grams know nothing.

    Args: told, said: the votes of the heading's cues, and of the text's.
    """
    voice = max(0.0, 1 - sum(told.values()) / NAMING) * max(0.0, 1 - sum(said.values()) / TELLING)
    first, second = sorted([0.0, 0.0, *said.values()])[:-3:-1]
    listed = first == second >= FULL and RATE.search(text) is not None  # a list of rates: the one named first counts
    if model is None or voice <= 0 or listed:
        return {}
    shares = model.shares(text)
    return {value: voice * share for value, share in shares.items()} if max(shares.values(), default=0) >= SURE else {}


def _named_first(votes: dict[str, float], hits: list[Hit]) -> str:
    """The domain with the most votes; of those that lead as good as together, the one that is named first."""
    near = max(votes.values()) * (1 - TOGETHER) / (1 + TOGETHER)
    leading = sorted((value for value in votes if votes[value] > near), key=lambda v: -votes[v])
    return next((hit.value for hit in hits if hit.value in leading), leading[0])


def _shares(votes: dict[str, float]) -> dict[str, float]:
    """Each domain's share of the votes in one place; a place with few votes speaks softly."""
    whole = max(sum(votes.values()), FULL)
    return {value: held / whole for value, held in votes.items()}


def _votes(hits: list[Hit]) -> dict[str, float]:
    """The votes for each domain; the second time that a cue is met it counts half."""
    seen: Counter[tuple[str, str]] = Counter()
    votes: dict[str, float] = defaultdict(float)
    for hit in hits:
        seen[hit.value, hit.cue] += 1
        votes[hit.value] += LOUDNESS[hit.weight] / seen[hit.value, hit.cue]
    return votes


def _lead(votes: list[float]) -> tuple[float, bool]:
    """How far the first leads the second, as a share of all votes, and whether that is clear between the two."""
    second = votes[1] if len(votes) > 1 else 0.0
    lead = votes[0] - second
    return round(lead / sum(votes), 4), lead >= CLEAR * (votes[0] + second)


def _with_own_clause(text: str, length: int, hits: list[Hit], primary: str, shares: dict[str, float]) -> list[str]:
    """Domains that have a clause of their own: one that names them twice over or gives a rate, or two that name them."""
    loudest: dict[str, float] = {}
    often: Counter[str] = Counter()
    for clause, held in _by_clause(text, hits):
        rated = RATE.search(clause) is not None
        for value, loud in _loudest(held, primary, every=rated and EACH in clause):
            loudest[value] = max(loudest.get(value, 0.0), OWN if rated and loud >= NAMED else loud)
            often[value] += loud >= HEARD
    own, least = (HEARD, MUCH) if length < SHORT else (OWN, LEAST)
    return [v for v in loudest if (loudest[v] >= own or often[v] >= 2) and shares[v] >= least]


def _loudest(hits: list[Hit], primary: str, every: bool) -> list[tuple[str, float]]:
    """The domain that a clause speaks for, another rather than the primary on a tie, and its votes.

    Args: every: whether all domains of the clause count, each with a rate of its own (A、B分别增长3%、5%).
    """
    votes: dict[str, float] = defaultdict(float)
    for hit in hits:
        votes[hit.value] += LOUDNESS[hit.weight]
    if every:
        return list(votes.items())
    value = max(votes, key=lambda v: (votes[v], v != primary))
    return [(value, votes[value])]


def _by_clause(text: str, hits: list[Hit]) -> list[tuple[str, list[Hit]]]:
    """The clauses that hold a cue, each with its cues."""
    ends = [m.start() for m in CLAUSE.finditer(text)] + [len(text)]
    clauses: dict[int, list[Hit]] = defaultdict(list)
    at = 0
    for hit in hits:
        while ends[at] < hit.start:
            at += 1
        clauses[at].append(hit)
    return [(text[ends[i - 1] if i else 0 : ends[i]], held) for i, held in clauses.items()]
