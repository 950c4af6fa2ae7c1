"""Which policy instruments an item uses, after the types of Rothwell and Zegveld."""

from __future__ import annotations

from collections import defaultdict

from analysis.tag.scan import Hit

LOUDNESS = {1: 0.4, 2: 1.0, 3: 2.0, 4: 3.0}
ENOUGH = 2.0  # votes at which an instrument counts as used: one cue of its own, or two usual ones


def instruments(hits: list[Hit], order: list[str]) -> tuple[list[str], list[Hit]]:
    """The instruments of an item in the order of the codebook, and the cues that speak for them."""
    votes: dict[str, float] = defaultdict(float)
    for value, weight, _cue in {(hit.value, hit.weight, hit.cue) for hit in hits}:
        votes[value] += LOUDNESS[weight]
    found = [value for value in order if votes[value] >= ENOUGH]
    return found, [hit for hit in hits if hit.value in found]
