"""Which policy instruments an item uses, after the types of Rothwell and Zegveld."""

from __future__ import annotations

from collections import defaultdict

from analysis.tag.scan import Hit

LOUDNESS = {1: 0.4, 2: 1.0, 3: 2.0, 4: 3.0}
ENOUGH = 2.0  # votes at which an instrument counts as used: one cue of its own, or two usual ones
SHORT = 120  # characters below which an item has no room to say it twice: one usual cue is enough


def instruments(hits: list[Hit], order: list[str], length: int) -> tuple[list[str], list[Hit]]:
    """The instruments of an item in the order of the codebook, and the cues that speak for them.

    Args: length: the characters of the item's text.
    """
    votes: dict[str, float] = defaultdict(float)
    for value, weight, _cue in {(hit.value, hit.weight, hit.cue) for hit in hits}:
        votes[value] += LOUDNESS[weight]
    enough = LOUDNESS[2] if length < SHORT else ENOUGH
    found = [value for value in order if votes[value] >= enough]
    return found, [hit for hit in hits if hit.value in found]
