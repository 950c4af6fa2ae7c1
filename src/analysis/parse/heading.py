"""A heading, where its title ends, and what only looks like one."""

from __future__ import annotations

import re
from dataclasses import dataclass

BARE = "bare"  # the family of titles without a marker
_PAIRS = {"“": "”", "《": "》", "（": "）", "(": ")", "「": "」", "‘": "’"}
_ANNOUNCES = re.compile(
    r"(?:以下|下列|如下|[几\d一二三四五六七八九十]+(?:个|大)?方面|重点(?:做好|抓好)|主要(?:做了|抓了|做好|是|工作是)).{0,12}[：:。]?$"
)
SALUTATION = re.compile(r"^(?:各位(?:代表|委员|同志|领导)|同志们|尊敬的)[^。]{0,14}[：:！!，,]?$")


@dataclass
class Heading:
    """A heading: its printed span, its title, where its text begins, and the span that it covers (`start:end`)."""

    start: int
    end: int
    family: str
    number: int | None
    marker: str
    title: str
    body_start: int
    runs_on: bool = False  # its break is lost and text follows
    level: int = 1
    parent: int | None = None

    @property
    def is_numbered_only(self) -> bool:
        """Whether its marker is a number without any point, bracket or space behind it (…水平1发挥…)."""
        return self.marker.isdecimal() and self.body_start > self.start


def title_end(text: str) -> int:
    """Where a title ends: the first 。 or ： outside brackets and quotes, else the end of the line.

    Example: title_end("推进公平（一）。继续") == 7
    """
    closing = ""
    for i, character in enumerate(text):
        if closing:
            closing = "" if character == closing else closing
        elif character in _PAIRS and _PAIRS[character] in text[i + 1 : i + 80]:
            closing = _PAIRS[character]
        elif character in "。：\n" or (character == ":" and not text[i + 1 : i + 2].isdigit()):
            return i
    return len(text)


def announces(text: str) -> bool:
    """Whether a line only announces what follows (重点做好以下工作。)."""
    return len(text) <= 45 and _ANNOUNCES.search(text) is not None
