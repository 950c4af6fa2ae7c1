"""Titles without a marker: a short line of its own that names the part below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from analysis.parse import dates
from analysis.parse.blocks import Block
from analysis.parse.heading import BARE, SALUTATION, Heading, announces

PARAGRAPH, SHORT = 60, 30  # characters below a title; the latter where the document has its like
LIKE = 3
LONGEST = 34  # characters of a bare title; one that numbers its children may be longer
USUAL = re.compile(
    r"回顾|总结|工作安排|重点工作|主要工作|工作任务|重点任务|主要任务|总体要求|目标|指导思想|基本原则|[工总主发][作体要展]思路|保障措施|组织实施|组织保障|工作打算|存在(?:的)?问题|政府自身建设|基本情况"
)
MONTH = re.compile(  # the parts of a calendar: 三月份：; 第二季度; 第三周（3月4日—8日）
    r"^(?:[一二三四五六七八九十]{1,3}|\d{1,2})月(?:份|(?:上|中|下)旬)?[:：]?$|^第[一二三四五六七八九十\d]{1,3}(?:季度|周)(?:[（(][^（()）]{1,16}[）)])?[:：]?$"
)
_NOT = re.compile(
    r"[。；，,、！!？?：:…—]$|[。；]|^[—\-－•·（(【*]|\d{1,2}[:：]\d\d|来源|扫一扫|公众号|下载|点击|关注|网站|记者|编辑|摄$|^\d+$|作者|浏览|字号|附件|(?:省长|市长|县长|区长|主席)\s?[\u4e00-\u9fff]{2,4}$"
    r"|大会.{0,8}会议上$|[*＊]{3,}$"
)


def titles(blocks: Sequence[Block], found: Sequence[Heading], formats: Sequence[tuple[int, int, int]]) -> list[Heading]:
    """The bare titles among the blocks.

    A line counts where the file's format marks it, where a numbering begins anew right below it, or where it reads as
    a title and its like occurs at least twice in the document (or it is one of the usual names of parts).
    """
    first = {h.start: h for h in found}
    by_format, numbered, rest = [], [], []
    months = [b for b in blocks if b.marker is None and MONTH.match(b.text)]
    for i, block in enumerate(blocks):
        if block.marker is not None or block.start in first:
            continue
        if any(abs(a - block.start) <= 2 and abs(b - block.end) <= 2 for a, b, _ in formats) and may(block, 60):
            by_format.append(block)
        elif _begins_numbering(blocks, i, first):
            numbered.append(block)
        else:
            rest.append(i)
    read = _read(blocks, rest, is_marked=bool(found))
    usual = [b for b in read if USUAL.search(b.text)]
    kept = (
        (months if len(months) > 1 else [])
        + by_format
        + numbered
        + (read if len(read) >= 2 and (not found or usual) else usual)
    )
    kept = list({b.start: b for b in kept}.values())
    return [Heading(b.start, b.end, _family(b, found, formats), None, "", b.text.rstrip(":："), b.end) for b in kept]


def _family(block: Block, found: Sequence[Heading], formats: Sequence[tuple[int, int, int]]) -> str:
    """The family of the marked headings that the file's format marks with the same level, else that of bare titles."""
    level = next((n for a, _, n in formats if abs(a - block.start) <= 2), None)
    same = [h.family for h in found for a, _, n in formats if n == level and abs(a - h.start) <= 2]
    return Counter(same).most_common(1)[0][0] if same and level is not None else BARE


def may(block: Block, longest: int) -> bool:
    """Whether a block may be a title: short, no sentence, no date, no name, no salutation."""
    text = block.text
    if not 4 <= len(text) <= longest or _NOT.search(text) or SALUTATION.match(text) or announces(text):
        return False
    return len(re.findall(r"[\u4e00-\u9fff\d]", text)) >= 0.6 * len(text) and next(dates.dates(text), None) is None


def _begins_numbering(blocks: Sequence[Block], i: int, first: dict[int, Heading]) -> bool:
    """Whether a numbering begins at 1 right below a line that may be its title."""
    if i + 1 >= len(blocks) or not may(blocks[i], 45):
        return False
    below = first.get(blocks[i + 1].start)
    return below is not None and below.number == 1 and below.family in ("num", "han_paren", "num_paren", "section")


def _read(blocks: Sequence[Block], rest: Sequence[int], is_marked: bool) -> list[Block]:
    """The blocks that read as titles; where several do and no heading is marked, their like above short paragraphs too."""
    sure = [i for i in rest if _reads_as_title(blocks, i, PARAGRAPH)]
    if sum(USUAL.search(blocks[i].text) is None for i in sure) >= LIKE and not is_marked:
        longest = max(len(blocks[i].text) for i in sure) + 3
        sure = [i for i in rest if i in sure or (len(blocks[i].text) <= longest and _reads_as_title(blocks, i, SHORT))]
    return [blocks[i] for i in sure]


def _reads_as_title(blocks: Sequence[Block], i: int, least: int) -> bool:
    """Whether a line stands as a title does: behind a finished sentence, before a paragraph of `least` characters."""
    block = blocks[i]
    if not may(block, LONGEST) or i + 1 >= len(blocks):
        return False
    below = blocks[i + 1].text
    above = blocks[i - 1] if i else None
    ended = above is None or above.marker is not None or re.search(r"[。！？；：”）.!?;:)…]$", above.text) is not None
    return ended and (len(below) >= least or USUAL.search(block.text) is not None) and not SALUTATION.match(below)


def place(found: Sequence[Heading], families: Sequence[str]) -> int:
    """Where bare titles stand among the families, from outside to inside (an index).

    Outside the outermost family that begins anew below them, inside all those that count on across them.
    """
    inner: dict[str, int] = {}
    outer: dict[str, int] = {}
    last: dict[str, int] = {}
    pending = False
    for heading in found:
        if heading.family == BARE:
            pending = True
        elif heading.number is not None:
            counts = outer if heading.number == 1 else inner
            if pending:
                counts[heading.family] = counts.get(heading.family, 0) + (
                    heading.number == 1 or heading.number == last.get(heading.family, 0) + 1
                )
                pending = False
            last[heading.family] = heading.number
    for i, family in enumerate(families):
        if outer.get(family, 0) > inner.get(family, 0):
            return i
    return len(families)
