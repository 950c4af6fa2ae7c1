"""Which policy instruments an item uses, after the types of Rothwell and Zegveld.

An instrument is earned by its cues: one cue of its own, or, in a short text, a single usual one, unless the short runs
of the text's characters lean away from it (`grams`): 引进 a teacher is `talent`, 引进 a kind of rice is not.
"""

from __future__ import annotations

import re
from collections import defaultdict

from analysis.tag.built import places
from analysis.tag.grams import Model
from analysis.tag.scan import Hit

LOUDNESS = {1: 0.4, 2: 1.0, 3: 2.0, 4: 1.0}  # a cue's weight → its votes; 4 names a heading's tool (发展目标)
NAMES = 4
ENOUGH = 2.0  # votes at which an instrument counts as used: one cue of its own, or two usual ones
FEW = 1.0  # votes that are enough where an item has no room to say it twice: one usual cue
SHORT = 120  # characters below which it has none
GRAMS, HELD = 0.5, 0.8  # what the grams' leaning adds to few votes, and the sum that keeps them
CLAUSE = re.compile(r"[，,；;。！？\n]")
WORD = re.compile(r"[一-龥A-Za-z]")


def instruments(
    text: str, heading: list[Hit], body: list[Hit], order: list[str], length: int, model: Model | None = None
) -> tuple[list[str], list[Hit], list[Hit]]:
    """The instruments of an item in the order of the codebook, and the cues of heading and text that speak for them.

    A heading counts where it names an instrument outright.

    Args: length: the characters of the item's text without the names of those responsible; model: what the grams of
        the text are asked of.
    """
    named = [hit for hit in heading if hit.weight == NAMES]
    body = [*body, *(Hit("infrastructure", m.group(), m.start(), m.end(), 3) for m in places(text))]
    votes: dict[str, float] = defaultdict(float)
    for value, weight, _cue in {(hit.value, hit.weight, hit.cue) for hit in body}:
        votes[value] += LOUDNESS[weight]
    used = {hit.value for hit in named} | {value for value, held in votes.items() if held >= ENOUGH}
    if length < SHORT:
        used |= _kept({value: held for value, held in votes.items() if FEW <= held < ENOUGH}, text, model)
    found = [value for value in order if value in used]
    return found, named, [hit for hit in body if hit.value in used]


def _kept(votes: dict[str, float], text: str, model: Model | None) -> set[str]:
    """The instruments with few votes that the grams of some clause do not lean away from."""
    if model is None:
        return set(votes)
    left = dict(votes)
    for clause in filter(WORD.search, CLAUSE.split(text) if left else ()):
        leanings = model.leanings(clause)
        left = {value: held for value, held in left.items() if held + GRAMS * leanings[value] < HELD}
        if not left:
            break
    return set(votes) - set(left)
