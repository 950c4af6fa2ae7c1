"""A heading, where its title ends, and what only looks like one."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BEFORE_BLANK = re.compile(r"[\u4e00-\u9fff、]{4,12}(?=[ \t\u3000])")
_SECOND = 26  # characters: the second half of a title in two halves (提高站位 加强领导) is no longer
_AMOUNT = re.compile(r"\d\s?[%％万亿个所名人项元家]")
BARE = "bare"  # the family of titles without a marker
_PAIRS = {"“": "”", "《": "》", "（": "）", "(": ")", "「": "」", "‘": "’"}
_ANNOUNCES = re.compile(
    r"(?:以下|下列|如下|[几\d一二三四五六七八九十]+(?:个|大)?方面|重点(?:做好|抓好)|主要(?:做了|抓了|做好|是|工作是)).{0,12}[：:。]?$"
)
_LEADS_ON = re.compile(
    r"(?:认识|看|注意|意识|体会|了解)到|(?:是|(?<![作行])为|包括|达到|做到|强调|指出|提出)$|^(?:同时|与此同时|此外|但是?|对此|为此|其中)"
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


def blank_end(text: str) -> int | None:
    """Where a title ends at a blank that stands for its lost break: a few words, then a text of sentences.

    Example: blank_end("工作目标 全县入园率达到九成，巩固率稳步提高，各项指标全部达到省定标准。") == 4
    """
    match = _BEFORE_BLANK.match(text)
    if match is None or not re.search(r"[。；]", text[match.end() :]):
        return None
    first = text[match.end() : title_end(text)].strip()
    return match.end() if len(first) > _SECOND or _AMOUNT.search(first) else None


def leads_on(lead: str, mark: str) -> bool:
    """Whether a lead before a colon belongs to its sentence (我们也看到：, 总要求是：) and names nothing."""
    return mark in ("：", ":") and _LEADS_ON.search(lead) is not None


def announces(text: str) -> bool:
    """Whether a line only announces what follows (重点做好以下工作。)."""
    return len(text) <= 45 and _ANNOUNCES.search(text) is not None
