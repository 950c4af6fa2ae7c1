"""Which policy instruments an item uses, after the types of Rothwell and Zegveld."""

from __future__ import annotations

from collections import defaultdict

from analysis.tag.scan import Hit

LOUDNESS = {1: 0.4, 2: 1.0, 3: 2.0, 4: 1.0}  # a cue's weight → its votes; 4 names a heading's tool (发展目标)
NAMES = 4
ENOUGH = 2.0  # votes at which an instrument counts as used: one cue of its own, or two usual ones
SHORT = 120  # characters below which an item has no room to say it twice: one usual cue is enough


def instruments(
    heading: list[Hit], body: list[Hit], order: list[str], length: int
) -> tuple[list[str], list[Hit], list[Hit]]:
    """The instruments of an item in the order of the codebook, and the cues of heading and text that speak for them.

    A heading counts where it names an instrument outright.

    Args: length: the characters of the item's text without the names of those responsible.
    """
    named = [hit for hit in heading if hit.weight == NAMES]
    votes: dict[str, float] = defaultdict(float)
    for value, weight, _cue in {(hit.value, hit.weight, hit.cue) for hit in body}:
        votes[value] += LOUDNESS[weight]
    enough = LOUDNESS[2] if length < SHORT else ENOUGH
    names = {hit.value for hit in named}
    found = [value for value in order if votes[value] >= enough or value in names]
    return found, named, [hit for hit in body if hit.value in found]
