"""Blocks: the paragraphs of a clean text, with headings that were glued into a line cut free.

A block is a line, or a piece of a line that begins with a marker.  Pieces are cut only where the marker continues
the document's own numbering, so that 第一、二、三产业 and 3.5 stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.parse import markers
from analysis.parse.markers import Marker

LONG = 1200  # characters: no paragraph of a plan is longer; a longer line has lost its breaks
_SENTENCE_END = "。！？；：”』」）)】.!?;:"
_SPACES = " \t\u3000\xa0"


@dataclass
class Block:
    """A paragraph or a piece of one: `start:end` of the clean text, without white space at its ends."""

    start: int
    end: int
    text: str
    marker: Marker | None = None
    is_cut: bool = False  # begins inside a line: its break was lost
    is_table: bool = False

    def _moved(self, by: int) -> Block:
        return Block(self.start + by, self.end + by, self.text, self.marker, self.is_cut, self.is_table)


def of(text: str, tables: list[tuple[int, int]] | None = None) -> list[Block]:
    """The blocks of a clean text, in order."""
    blocks = [b for line in _lines(text) for b in _paragraphs(line)]
    for block in blocks:
        block.is_table = any(a <= block.start < b for a, b in tables or ()) or block.text.count("\t") >= 2
        block.marker = None if block.is_table else markers.at_start(block.text)
    return _cut(_join(blocks))


def is_run_on(text: str) -> bool:
    """Whether the text's own line breaks are lost: most of it stands in lines longer than any paragraph."""
    long = sum(len(line) for line in text.split("\n") if len(line) > LONG)
    return long > 0.5 * len(text) and len(text) > LONG


def _lines(text: str) -> Iterator[Block]:
    at = 0
    for line in text.split("\n"):
        block = _block(text, at, at + len(line))
        if block.text:
            yield block
        at += len(line) + 1


def _block(text: str, start: int, end: int, is_cut: bool = False) -> Block:
    while start < end and text[start] in _SPACES:
        start += 1
    while end > start and text[end - 1] in _SPACES:
        end -= 1
    return Block(start, end, text[start:end], is_cut=is_cut)


def _paragraphs(line: Block) -> Iterator[Block]:
    """A line of lost breaks, cut where white space follows the end of a sentence; other lines as they are."""
    if len(line.text) <= LONG:
        yield line
        return
    at = 0
    for match in re.finditer(r"(?<=[。！？；：”）)])[ \u3000]{1,8}(?=\S)", line.text):
        yield _block(line.text, at, match.start(), at > 0)._moved(line.start)
        at = match.end()
    yield _block(line.text, at, len(line.text), at > 0)._moved(line.start)


def _join(blocks: list[Block]) -> list[Block]:
    """Blocks that a break cut apart (…安全第 | 一、预防为主…) made one again."""
    out: list[Block] = []
    for block in blocks:
        if out and out[-1].text.endswith("第") and len(out[-1].text) > 20 and block.marker is not None:
            before = out[-1]
            before.text = before.text + "\n" * (block.start - before.end) + block.text
            before.end = block.end
        else:
            out.append(block)
    return out


def _cut(blocks: list[Block]) -> list[Block]:
    """Blocks with inner headings cut free, by the numbering of the document so far."""
    last: dict[str, int] = {}
    out: list[Block] = []
    for block in blocks:
        pieces = [block] if block.is_table else list(_pieces(block, last))
        out += pieces
        for piece in pieces:
            if piece.marker is not None and piece.marker.number is not None:
                last[piece.marker.family] = piece.marker.number
                _restart(last, piece.marker.family)
    return out


def _restart(last: dict[str, int], family: str) -> None:
    """Forgets the numbers of families inside this one, but those that run on (num under han)."""
    for inner in markers.FAMILIES[markers.RANK[family] + 1 :]:
        if inner not in ("num",):
            last.pop(inner, None)


def _pieces(block: Block, last: dict[str, int]) -> Iterator[Block]:
    """A block cut before each inner marker that continues the numbering."""
    seen = dict(last)
    if block.marker is not None and block.marker.number is not None:
        seen[block.marker.family] = block.marker.number
    cuts = [0]
    for match in markers.INLINE.finditer(block.text, 1):
        marker = markers.at_start(block.text[match.start() : match.start() + 24])
        if marker is None or marker.number is None or match.start() - cuts[-1] < 6:
            continue
        if _continues(block.text, match.start(), marker, seen):
            cuts.append(match.start())
            seen[marker.family] = marker.number
            _restart(seen, marker.family)
    if len(cuts) == 1:
        yield block
        return
    for a, b in zip(cuts, [*cuts[1:], len(block.text)], strict=True):
        piece = _block(block.text, a, b, is_cut=a > 0 or block.is_cut)._moved(block.start)
        piece.marker = markers.at_start(piece.text)
        yield piece


def _continues(text: str, at: int, marker: Marker, last: dict[str, int]) -> bool:
    """Whether an inner marker is a heading whose line break was lost."""
    before = text[:at].rstrip(_SPACES)
    ends_sentence = before[-1:] in "。！？…" or before[-2:] in ("。”", "！”", "。）", "。)")
    expected = last.get(marker.family, 0) + 1
    assert marker.number is not None
    if marker.family in ("num", "han"):
        if ends_sentence:
            return 0 <= marker.number - expected <= 2 or (marker.number == 1 and f"2{marker.printed[-1]}" in text[at:])
        return expected > 1 and marker.number == expected and _is_glued(before, text[at + marker.length :])
    if marker.family in ("chapter", "section", "han_paren"):
        return ends_sentence and (marker.number == expected or marker.number == 1)
    return False


def _is_glued(before: str, after: str) -> bool:
    """Whether the words on both sides could be a heading's end and another's begin (…平安教育19、推进教育法制建设。…)."""
    if not re.search(r"[\u4e00-\u9fff”*）)]$", before) or re.search(r"[第共约近达为第至到]$", before):
        return False
    return re.match(r"[\u4e00-\u9fff“]{4,30}[。,，:：]", after) is not None
