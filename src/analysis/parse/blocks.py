"""Blocks: the paragraphs of a clean text, with headings that were glued into a line cut free.

A block is a line, or a piece of a line that begins with a marker.  A line is cut only where the marker continues the
document's own numbering, so that 第一、二、三产业 and 3.5 stay whole.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from analysis.parse import markers
from analysis.parse.markers import Marker

LONG = 1200  # characters: no paragraph of a plan is longer; a longer line has lost its breaks
TITLE = 45  # characters: a heading that numbers its children inside its own line is no longer
_BLANK = " \t\u3000\xa0\r"
_SENTENCE_END = re.compile(r"(?:[。！？!?…]|[。！？…][”’』」）)】])[ \t\u3000\xa0]*$")
_UNITS_END = re.compile(
    r"(?:牵头|责任|配合|承办|主办|协办|落实|负责|参与)(?:单位|部门|科室|处室|股室|领导|人)?[:：][^。：:]{1,80}$|[（(][^（()）]{2,60}负责[）)]$"
)
_LIKE = 3  # lines with the same kind of marker: then it is a heading's also where its number is out of order
_AHEAD = 200  # spots in which a number that was passed over may still come
_LEAD = re.compile(r"[\u4e00-\u9fff“”、]{4,12}。(?=[\u4e00-\u9fff\d“《]{4})")
_CAPTION = re.compile(
    r"(?:专栏|附表|表格?)\s?[\d一二三四五六七八九十]{1,3}(?:[-－.]\d{1,2})?[\s:：、.]?[^。；]*$|专栏[\s:：][^。；]*$"
)
_CLAUSE = re.compile(r"(?:——|--|－－|[●■◆▪◇□★])\s?\S")
_TORN_LINE = 20  # characters: a shorter line is a title or a lead
_SENTENCE_GOES_ON = re.compile(r"[\u4e00-\u9fff\d“《（%％、，][^\n]{0,60}[，。；、：]")
_UNFINISHED = re.compile(r"[\u4e00-\u9fffA-Za-z\d，,、]$")


@dataclass
class Block:
    """A paragraph or a piece of one: `start:end` of the clean text, without white space at its ends."""

    start: int
    end: int
    text: str
    marker: Marker | None = None
    is_cut: bool = False  # begins inside a line: its break was lost
    is_table: bool = False
    is_aside: bool = False  # closing address, glossary, label of an annex: no part of the plan's own outline
    is_signed: bool = False  # sign-off before annexes


class Spot(NamedTuple):
    """A marker at a place of a paragraph, and how it stands there: line, sentence, glued or bare (a number alone)."""

    paragraph: int
    at: int
    marker: Marker
    how: str


@dataclass
class _State:
    """The numbering so far: the last number of each family, and the last accepted spot."""

    last: dict[str, int] = field(default_factory=dict)
    paragraph: int = -1
    at: int = 0
    family: str = ""
    strayed: int = 0  # the last number that the family in use has under another level's marker

    def stray(self, spot: Spot) -> None:
        """Takes a spot that counts on in the family in use under the marker of another."""
        self.paragraph, self.at = spot.paragraph, spot.at + spot.marker.length
        self.strayed = spot.marker.number or 0

    def accept(self, spot: Spot) -> None:
        self.paragraph, self.at, self.family = spot.paragraph, spot.at + spot.marker.length, spot.marker.family
        self.strayed = 0
        if spot.marker.number is not None:
            self.last[spot.marker.family] = spot.marker.number
        for inner in markers.FAMILIES[markers.RANK[spot.marker.family] + 1 :]:
            if inner != "num":  # 4. under 二、 may follow 3. under 一、
                self.last.pop(inner, None)


def of(text: str, tables: Sequence[tuple[int, int]] = (), is_run_on: bool = False) -> list[Block]:
    """The blocks of a clean text, in order.

    Args: tables: spans of table rows, which are not cut. is_run_on: the text's own line breaks are lost.
    """
    paragraphs = [b for line in _lines(text) for b in _paragraphs(line, is_run_on)]
    for block in paragraphs:
        block.is_table = any(a <= block.start < b for a, b in tables) or block.text.count("\t") >= 2
    for one, other in pairwise(paragraphs):  # rows of two columns stand together
        if one.text.count("\t") == other.text.count("\t") == 1:
            one.is_table = other.is_table = True
    spots = list(_spots(paragraphs, is_run_on))
    return _boxed(_pieces(text, paragraphs, _chosen(paragraphs, spots)))


def _boxed(blocks: list[Block]) -> list[Block]:
    """The blocks, those of a box or captioned table (专栏1 重大项目, 表2 主要指标) set apart as tables.

    A caption counts where rows of a table or clauses (——) stand right below it; they belong to the box as well.
    """
    for i, block in enumerate(blocks):
        if block.is_table or len(block.text) > TITLE or not _CAPTION.match(block.text):
            continue
        end = i + 1
        while end < len(blocks) and (blocks[end].is_table or _CLAUSE.match(blocks[end].text)):
            end += 1
        for own in blocks[i:end] if end > i + 1 else ():
            own.is_table, own.marker = True, None
    return blocks


def _lines(text: str) -> Iterator[Block]:
    at = 0
    for line in text.split("\n"):
        block = _trimmed(text, at, at + len(line))
        if block.text:
            yield block
        at += len(line) + 1


def _trimmed(text: str, start: int, end: int, is_cut: bool = False) -> Block:
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return Block(start, end, text[start:end], is_cut=is_cut)


def _paragraphs(line: Block, is_run_on: bool) -> Iterator[Block]:
    """A line of lost breaks, cut where white space follows the end of a sentence; other lines as they are."""
    if len(line.text) <= LONG and not is_run_on:
        yield line
        return
    at = 0
    for match in re.finditer(r"(?<=[。！？；：”）)])[ \u3000]{1,8}(?=\S)", line.text):
        yield _moved(_trimmed(line.text, at, match.start(), at > 0), line.start)
        at = match.end()
    yield _moved(_trimmed(line.text, at, len(line.text), at > 0), line.start)


def _moved(block: Block, by: int) -> Block:
    return Block(block.start + by, block.end + by, block.text, block.marker, block.is_cut, block.is_table)


def _spots(paragraphs: Sequence[Block], run_on: bool) -> Iterator[Spot]:
    """Every place where a marker may stand, in order."""
    for i, block in enumerate(paragraphs):
        if block.is_table:
            continue
        found = list(_inner(i, block.text, run_on))
        first = markers.at_start(block.text)
        if first is not None:
            yield Spot(i, 0, first, "sentence" if block.is_cut else "line")
        yield from sorted((s for s in found if s.at > 0 or first is None), key=lambda s: s.at)


def _inner(i: int, text: str, run_on: bool) -> Iterator[Spot]:
    taken = set()
    for match in markers.INLINE.finditer(text, 1):
        marker = markers.at_start(text[match.start() : match.start() + 24])
        if marker is not None and marker.number is not None:
            taken.add(match.start())
            yield Spot(i, match.start(), marker, "sentence" if _ends(text, match.start(), run_on) else "glued")
    for match in markers.BARE_NUMBER.finditer(text) if run_on or text[:1].isdecimal() else ():
        if match.start() not in taken and (run_on or match.start() == 0):
            marker = Marker("num", int(match.group(1)), match.group(1), match.end() - match.start())
            begins = match.start() == 0 or _ends(text, match.start(), False)
            yield Spot(i, match.start(), marker, "sentence" if begins else "bare")


def _ends(text: str, at: int, run_on: bool) -> bool:
    """Whether a sentence ends at a place of a text: by its mark, behind a list of units, or in run-on text by a colon."""
    before = text[max(0, at - 120) : at]
    if _SENTENCE_END.search(before) or _UNITS_END.search(before):
        return True
    return run_on and before.endswith(("：", ":"))


def _chosen(paragraphs: Sequence[Block], spots: Sequence[Spot]) -> list[Spot]:
    """The spots that are markers of headings, by the numbering before and after them.

    A title without a marker before a glued number is a spot too, with an empty marker.
    """
    state = _State()
    follows = _followed(spots)
    usual = Counter(s.marker.family for s in spots if s.how == "line")
    out = []
    for i, spot in enumerate(spots):
        if spot.marker.family in ("shi", "ordinal"):
            keep = spot.how == "line" or spot.at == 0
        else:
            keep = _stands(spot, state, paragraphs, follows[i]) or (
                usual[spot.marker.family] >= _LIKE and _has_lead(paragraphs[spot.paragraph].text, spot)
            )
        if _strays(spot, state, paragraphs) and (not keep or _comes_later(spots, i, state)):
            out.append(spot)
            state.stray(spot)
        elif keep:
            if spot.how in ("glued", "bare"):
                out += _bare_title(paragraphs[spot.paragraph].text, spot, state)
            out.append(spot)
            state.accept(spot)
    return out


def _bare_title(text: str, spot: Spot, state: _State) -> list[Spot]:
    start = _title_start(text, spot, state)
    if spot.marker.number != 1 or start == 0 or (state.paragraph == spot.paragraph and start == state.at):
        return []
    return [Spot(spot.paragraph, start, Marker("", None, "", 0), "bare")]


def _followed(spots: Sequence[Spot]) -> list[bool]:
    """For each spot, whether its family counts on to the next number before it begins anew."""
    out = [False] * len(spots)
    ahead: dict[str, set[int]] = defaultdict(set)
    for i in range(len(spots) - 1, -1, -1):
        family, number = spots[i].marker.family, spots[i].marker.number
        if number is None:
            continue
        out[i] = number + 1 in ahead[family]
        if number == 1 and spots[i].how in ("line", "sentence"):
            ahead[family] = {1}
        ahead[family].add(number)
    return out


def _stands(spot: Spot, state: _State, paragraphs: Sequence[Block], is_followed: bool) -> bool:
    text, number = paragraphs[spot.paragraph].text, spot.marker.number
    expected = state.last.get(spot.marker.family, 0) + 1
    if spot.how == "line":
        titled = state.paragraph == spot.paragraph - 1 and "。" not in paragraphs[state.paragraph].text[state.at :]
        return number == expected or is_followed or titled or not _is_torn(paragraphs, spot.paragraph)
    if number is None:
        return spot.at == 0
    in_title = _in_title(text, spot, state)
    if spot.how == "sentence":
        return number == expected or (number == 1 and is_followed) or expected < number <= expected + 2
    if spot.marker.family in ("num_paren", "circle", "article") or not _is_glued(text, spot):
        return False
    if spot.how == "bare":
        return number == 1 and is_followed and in_title
    counts_on = number == expected > 1 and spot.marker.family in ("num", "han")
    return counts_on or (number == 1 and is_followed and in_title)


def _strays(spot: Spot, state: _State, paragraphs: Sequence[Block]) -> bool:
    """Whether a spot with a lead counts on from its neighbour of another family (（七）…。八、抓好安全。…（八）)."""
    own, before = state.last.get(spot.marker.family, 0), max(state.strayed, state.last.get(state.family, 0))
    if spot.marker.number != before + 1 or before < _LIKE or own == before or state.family == spot.marker.family:
        return False
    return _has_lead(paragraphs[spot.paragraph].text, spot)


def _comes_later(spots: Sequence[Spot], i: int, state: _State) -> bool:
    """Whether the number that a spot's own family expects stands further on, so that the spot is none of it."""
    family = spots[i].marker.family
    wanted = state.last.get(family, 0) + 1
    return any(s.marker.family == family and s.marker.number == wanted for s in spots[i + 1 : i + _AHEAD])


def _has_lead(text: str, spot: Spot) -> bool:
    """Whether a marker behind a sentence has a short title and a text of its own behind it (…。3、规范办学。全面…)."""
    if (
        spot.how != "sentence"
        or spot.marker.number is None
        or not _SENTENCE_END.search(text[max(0, spot.at - 4) : spot.at])
    ):
        return False
    return _LEAD.match(text, spot.at + spot.marker.length) is not None


def _is_torn(paragraphs: Sequence[Block], i: int) -> bool:
    """Whether a paragraph is the rest of the one before, torn off by a break (…安全第 | 一、预防为主…)."""
    before = paragraphs[i - 1].text if i else ""
    return before.endswith("第") or (len(before) > 60 and _UNFINISHED.search(before) is not None)


def _title_start(text: str, spot: Spot, state: _State) -> int:
    """Where the words before a spot begin: after the last marker or sentence, or with the line."""
    start = state.at if state.paragraph == spot.paragraph else 0
    return max(start, *(text.rfind(c, max(start, spot.at - 4 * TITLE), spot.at) + 1 for c in "。！？；"))


def _in_title(text: str, spot: Spot, state: _State) -> bool:
    """Whether a spot stands right behind the title of a heading of an outer family, or behind a bare one."""
    start = _title_start(text, spot, state)
    is_marked = state.paragraph == spot.paragraph and start == state.at
    outer = not is_marked or markers.RANK[state.family] < markers.RANK[spot.marker.family]
    return outer and 4 <= spot.at - start <= TITLE


def _is_glued(text: str, spot: Spot) -> bool:
    """Whether the words on both sides may be a heading's end and another's begin (…平安教育19、推进教育法制建设。…)."""
    begin = spot.at + spot.marker.length
    before, after = text[max(0, spot.at - 9) : spot.at].rstrip(_BLANK)[-2:], text[begin : begin + 40]
    if not re.search(r"[\u4e00-\u9fff”*）)]$", before) or re.search(r"[第共约近达为至到于在及和与]$", before[-1:]):
        return False
    return re.match(r"[\u4e00-\u9fff“《]{3,}", after) is not None


def _pieces(text: str, paragraphs: Sequence[Block], chosen: Sequence[Spot]) -> list[Block]:
    """The paragraphs cut at the chosen spots; torn ones are made one again."""
    by_paragraph: dict[int, list[Spot]] = defaultdict(list)
    for spot in chosen:
        by_paragraph[spot.paragraph].append(spot)
    out: list[Block] = []
    for i, block in enumerate(paragraphs):
        spots = by_paragraph.get(i, [])
        if out and not spots and not block.is_table and markers.at_start(block.text) and _is_torn(paragraphs, i):
            out[-1] = _grown(out[-1], block, text)
            continue
        if out and not spots and _goes_on(out[-1], block):
            out[-1] = _grown(out[-1], block, text)
            continue
        cuts = sorted({0, *(s.at for s in spots)})
        marks = {s.at: s.marker for s in spots}
        for a, b in zip(cuts, [*cuts[1:], len(block.text)], strict=True):
            piece = _moved(_trimmed(block.text, a, b, a > 0 or block.is_cut), block.start)
            mark = marks.get(a)
            piece.marker, piece.is_table = mark if mark and mark.family else None, block.is_table
            if piece.text:
                out.append(piece)
    return out


def _goes_on(before: Block, block: Block) -> bool:
    """Whether a line without a marker is the rest of the one before, whose last sentence a break cut off."""
    text = before.text
    if before.is_table or block.is_table or len(text) < _TORN_LINE or not _SENTENCE_GOES_ON.match(block.text):
        return False
    last = max(text.rfind(mark) for mark in "。；！？")
    return text.endswith(("，", "、")) or (0 < last < len(text) - 2 and _UNFINISHED.search(text) is not None)


def _grown(block: Block, more: Block, text: str) -> Block:
    return Block(block.start, more.end, text[block.start : more.end], block.marker, block.is_cut, block.is_table)
