"""What stands around an item in its plan: the heading above its own, the place of its own, the header of its table."""

from __future__ import annotations

import re
from typing import Any

LONGEST = 60  # characters of a heading
MARKER = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百\d]+[章节条编篇]|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|"
    r"\d{1,2}[.、．]|[①-⑳]|[一二三四五六七八九十]是|第[一二三四五六七八九十][，,、])\s*"
)
APART = re.compile(
    r"各位代表|(?:五年|一年)来，?我们|过去(?:的)?[一五]年|回顾过去"
)  # closes a part; the heading above is not its
CLOSING = re.compile(r"让我们|(?:谱写|书写|续写)[^。]{2,40}(?:新篇章|华章|篇章)|不懈奋斗|美好明天")  # ends the whole
SHORTEST = 300  # characters up to which a text with such words is only a closing address
OWNERS = re.compile(r"牵头|责任|配合|承办|主办")


def parents(text: str, items: list[dict[str, Any]]) -> list[str]:
    """For each item the heading above its own, "" where there is none.

    Headings stand between items: a gap that holds more than the item's own heading opens a new part, which lasts
    until the next such gap.
    """
    found, above, at = [], "", 0
    for item in items:
        others = _titles(text[at : item["start"]], (item.get("heading") or "").strip())
        above = others[-1] if others else "" if APART.match(item["text"] or "") else above
        found.append("" if closes(item) else above)
        at = item["end"]
    return found


def closes(item: dict[str, Any]) -> bool:
    """Whether an item is a closing address, which does not belong under the heading above it."""
    text = item["text"] or ""
    return not item.get("heading") and len(text) < SHORTEST and CLOSING.search(text) is not None


def _titles(gap: str, own: str) -> list[str]:
    """The lines of a gap that may be headings, without the item's own."""
    lines = [MARKER.sub("", line).strip() for line in gap[-2000:].splitlines()]
    return [line for line in lines if 2 <= len(line) <= LONGEST and not (own and line.startswith(own))]


def heading_start(text: str, item: dict[str, Any]) -> int | None:
    """Where an item's heading stands in the plan's text, None where it is not found before the item."""
    heading = item.get("heading") or ""
    at = text.rfind(heading, max(0, item["start"] - len(heading) - 80), item["start"] + len(heading)) if heading else -1
    return at if at >= 0 else None


def table_header(text: str, item: dict[str, Any]) -> list[str] | None:
    """The cells of the header above an item that is a row of a table, when a column names the responsible."""
    line_start = text.rfind("\n", 0, item["start"]) + 1
    if "\t" not in text[line_start : item["end"]]:
        return None
    for line in reversed(text[:line_start].splitlines()[-200:]):
        cells = line.split("\t")
        if len(cells) >= 3 and any(OWNERS.search(cell) and len(cell) <= 12 for cell in cells):
            return [cell.strip() for cell in cells]
    return None


def table_row(text: str, item: dict[str, Any]) -> list[str]:
    """The cells of the table row that an item stands in."""
    start = text.rfind("\n", 0, item["start"]) + 1
    end = text.find("\n", start)
    return [cell.strip() for cell in text[start : end if end >= 0 else len(text)].split("\t")]
