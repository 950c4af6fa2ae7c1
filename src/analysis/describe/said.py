"""Sentences that know what their numbers were read or counted from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from analysis import frames

# a number within a sentence that is being made: these never occur in a text (Unicode's noncharacters)
_OPEN, _THEN, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
_MARK = re.compile(f"{_OPEN}([^{_THEN}]*){_THEN}([^{_CLOSE}]*){_CLOSE}")


class Said(str):
    """A sentence: plain text to everybody, with its numbers still marked in `marked`."""

    marked: str

    def __new__(cls, marked: str) -> Said:
        """The text without marks; they stay in `marked`."""
        said = super().__new__(cls, _MARK.sub(r"\2", marked))
        said.marked = marked
        return said


def cited(text: object, rows: Any, column: str = "ids") -> str:
    """The text of a number, marked with the ids of the rows that it was read or counted from (see `frames.ids`).

    Example: f"{cited(n, own)} 项任务" inside a sentence maker; what the caller gets is plain.
    """
    known = frames.ids(rows, column)
    return f"{_OPEN}{','.join(known)}{_THEN}{text}{_CLOSE}" if known else str(text)


def marked(sentence: str) -> str:
    """The sentence with its marks where it has any: what to cut and join before `parts`."""
    return sentence.marked if isinstance(sentence, Said) else str(sentence)


def parts(sentence: str) -> Iterator[tuple[str, list[str]]]:
    """The pieces of a (marked) sentence in order, each with the ids that it stands for: none for plain words."""
    text, at = marked(sentence), 0
    for found in _MARK.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], []
        yield found[2], found[1].split(",")
        at = found.end()
    if at < len(text):
        yield text[at:], []
