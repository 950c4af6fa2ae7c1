"""Numbers, words and paragraphs that were cut: over lines, by blanks, by letter spacing, by page marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from analysis.repair.receipts import Change

HAN = r"\u3400-\u9fff〇"
UNIT = r"[万亿千百]{0,2}(?:元|%|％|个|名|人|所|项|次|亩|公顷|吨|公里|千米|平方|立方|米|家|户|件|套|台|座|条|处|户|年|月|日|号|度|倍|成|以上|以下|左右)"
MARKER = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[.．、](?!\d)|第[一二三四五六七八九十百\d]{1,4}[章节条部篇]|——|―|[①-⑳]|[一二三四五六七八九十]是|附件|附表|附：|责任单位|牵头|（?此件|索引号|文号|- )"
)
TERMINAL = re.compile(r"[。！？；：!?;:…][”’）)》」』】\]]*$|[”」』】）)]$")
CUT_NUMBER = re.compile(rf"\d[万亿]\n元|〔\d{{4}}〕\n第?\d{{1,4}} ?号|[{HAN}]\d{{1,6}}[.．]\n\d{{1,4}} ?(?:{UNIT})")
OPEN_END = re.compile(r"[（(《“‘〈【〔「『]$")
SPLITS = frozenset("（(《“‘〈【〔「『第0123456789万亿千百〕.．")  # what may stand before a break inside a sentence
CLOSERS = frozenset("，。、；：！？）》”’〉】〕」』%％")  # and behind it
CLOSE_START = re.compile(r"[，。、；：！？）》”’〉】〕」』%％]")
SIGN_OFF = re.compile(
    r"(?:(?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{3})\s?年.{0,8}[月日]?$|^.{2,24}(?:政府|委员会|局|厅|办公室|办|部|院|党委|党组)$|^各位|^同志们"
)
RUNNING = re.compile(r"[，。；、]")
SPACED = re.compile(rf"^(?:\d{{4}} ?年 )?(?:[{HAN}][ ]){{2,}}[{HAN}]$")
SPACED_PAIR = re.compile(
    r"(?:^|(?<=章 )|(?<=[章节]))(?:目 录|附 则|总 则|附 件|前 言|序 言|通 知|意 见|报 告|决 定|附 录|摘 要|结 语)(?=$|\d)"
)
SPACED_DIGITS = re.compile(r"(?<![\d.])(?<![\d.] )\d(?: \d){2,12}(?=\s?[年月日%个万亿元所名人项])")
SPACED_POINT = re.compile(
    r"(?<=\d)(?: [.．] ?|[.．] )(?=\d{1,2}\s?(?:%|％|万|亿|个|倍|元))(?<!^\d[.．] )(?<!^\d\d[.．] )", re.M
)
PAGE_LINE = re.compile(
    r"^(?:[-—–_·.\s]{0,4}第?\s?\d{1,4}\s?(?:页|/)?\s?[，,/]?\s?共?\s?\d{0,4}\s?页?[-—–_·.\s]{0,4}|Page\s\d+(?:\sof\s\d+)?)$",
    re.M | re.I,
)
PAGE_NOTE = re.compile(r"[（(【\[]?第\s?(\d{1,3})\s?[/／页]\s?(?:共\s?)?(\d{1,3})\s?页[）)】\]]?")
PARTS_NOTE = re.compile(r"[-—_（(]\s?[\d一二三四五六七八九十]{1,3}\s?篇[）)]?(?=[（(]第|$)", re.M)
INLINE_PAGE = re.compile(r"[-—–]\s?(\d{1,3})\s?[-—–]")
BESIDE_PAGE = re.compile(rf"[{HAN}，、。]")
SHORT_LINE = re.compile(r"^[^\n]{1,24}$", re.M)
LOOK = 400  # characters of a paragraph that are looked at
LISTED_MISSES = 3  # lines of a contents list in a row that the text words otherwise
INDENT = re.compile(r"[ \t\u3000\u00a0]{2,}|[\u3000\t]")


def letters(text: str) -> Iterator[Change]:
    """Letter-spaced lines (工 作 要 点), and digits parted by blanks (2 0 2 4 年)."""
    at = text.find(" ")
    while at >= 0:
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        end = end if end >= 0 else len(text)
        yield from _spaced_line(text[start:end], start)
        at = text.find(" ", end)
    if re.search(r"\d \d", text):
        for m in SPACED_DIGITS.finditer(text):
            yield Change(m.start(), m.end(), m.group().replace(" ", ""), "cut_number")
    if any(point in text for point in (" .", ". ", " ．", "． ")):
        for m in SPACED_POINT.finditer(text):
            yield Change(m.start(), m.end(), m.group().replace(" ", ""), "cut_number")


def _spaced_line(line: str, start: int) -> Iterator[Change]:
    if SPACED.match(line):
        yield Change(start, start + len(line), line.replace(" ", ""), "letter_spaced")
    elif len(line) < 20:
        for m in SPACED_PAIR.finditer(line):
            yield Change(start + m.start(), start + m.end(), m.group().replace(" ", ""), "letter_spaced")


def page_marks(text: str) -> Iterator[Change]:
    """Page numbers and page marks of a download site: lines of their own, notes behind a title, marks inside lines."""
    if "页" in text:
        for m in PAGE_NOTE.finditer(text):
            if int(m.group(1)) <= int(m.group(2)):
                yield Change(m.start(), m.end(), "", "page_mark")
    if "篇" in text:
        yield from (Change(m.start(), m.end(), "", "page_mark") for m in PARTS_NOTE.finditer(text))
    lines = [
        (m.start(), min(len(text), m.end() + 1), int(number.group()))
        for m in SHORT_LINE.finditer(text)
        if (number := re.search(r"\d+", m.group()))
        and PAGE_LINE.fullmatch(m.group())
        and not PAGE_NOTE.fullmatch(m.group())
    ]
    inside = [
        (*m.span(), int(m.group(1)))
        for m in INLINE_PAGE.finditer(text)
        if BESIDE_PAGE.match(text, m.start() - 1) and BESIDE_PAGE.match(text, m.end())
    ]
    for found in (lines, inside):
        if len(found) >= 2 and all(0 < b[2] - a[2] <= 3 for a, b in pairwise(found)):
            yield from (Change(start, end, "", "page_mark") for start, end, _ in found)


def misses_pages(text: str) -> bool:
    """Whether a download site's page marks (第18/27页) say that the text begins behind its first page, or skips one."""
    shown = [(int(m.group(1)), int(m.group(2))) for m in PAGE_NOTE.finditer(text)] if "页" in text else []
    pages = sorted({page for page, total in shown if page <= total and total > 1})
    return bool(pages) and pages != list(range(1, len(pages) + 1))


def wrapped(text: str) -> Iterator[Change]:
    """Line ends of a text that was wrapped at a fixed width; must be asked before indents are gone."""
    lines = list(re.finditer(r"[^\r\n]+", text))
    if len(lines) < 8:
        return
    widths = [_width(m.group().rstrip()) for m in lines]
    full = sorted(widths)[int(0.9 * (len(widths) - 1))]
    if not 24 <= full <= 120:
        return
    near = [m.group().rstrip() for m, w in zip(lines, widths, strict=True) if full - 4 <= w <= full + 4]
    if len(near) < 0.5 * len(lines) or sum(bool(TERMINAL.search(line)) for line in near) > 0.5 * len(near):
        return
    for this, after, width in zip(lines, lines[1:], widths, strict=False):
        between = text[this.end() : after.start()]
        is_next = between.count("\n") <= 1 and between.count("\r") <= 1
        if is_next and full - 6 <= width and not _starts_paragraph(after.group(), this.group()):
            end = after.start() + len(after.group()) - len(after.group().lstrip())
            yield Change(this.start() + len(this.group().rstrip()), end, "", "wrapped_line")


def _width(line: str) -> int:
    return len(line.encode("gb18030", "replace"))  # two bytes a Han character, one a Latin letter


def _starts_paragraph(line: str, before: str) -> bool:
    if INDENT.match(line):
        return True
    return bool(MARKER.match(line) and TERMINAL.search(before.rstrip()))


def broken_lines(text: str) -> Iterator[Change]:
    """Line breaks inside a sentence or a number."""
    lines = list(re.finditer(r"[^\n]+", text))
    run = ""  # the paragraph so far, over the breaks taken out
    for this, after in pairwise(lines):
        run += this.group()
        if "\t" not in this.group() and "\t" not in after.group() and _is_cut(run, after.group()):
            yield Change(this.end(), after.start(), "", "cut_line")
        else:
            run = ""


def _is_cut(before: str, after: str) -> bool:
    if before[-1] in "。！？；":
        return False
    before = before[-LOOK:]
    if _quote_is_open(before, after):
        return True
    if len(before) < 40 and before[-1] not in SPLITS and after[0] not in CLOSERS:  # most lines of a clean text
        return False
    if OPEN_END.search(before) or (CLOSE_START.match(after) and not TERMINAL.search(before) and len(before) > 4):
        return True
    if before.endswith("第") and re.match(r"[一二三四五六七八九十\d]", after):
        return True
    if _is_cut_number(before, after):
        return True
    if TERMINAL.search(before) or MARKER.match(after) or SIGN_OFF.search(after) or len(before) < 40:
        return False
    if not RUNNING.search(before) or (MARKER.match(before) and "。" not in before):  # a long heading
        return False
    is_fragment = len(after) <= 4 or bool(re.fullmatch(r"[\d.%]+", after))
    return is_fragment or (len(after) >= 12 and bool(RUNNING.search(after)))


def _is_cut_number(before: str, after: str) -> bool:
    """Whether a number, or a number and its unit, stand on both sides of a line's end."""
    if CUT_NUMBER.search(before[-24:] + "\n" + after[:12]):
        return True
    if re.search(r"\d[万亿千百]?$", before) and re.match(UNIT, after):
        return len(before) >= 8 and not SIGN_OFF.search(after)
    halves = re.search(r"[^\d]\d{1,6}$", before) and re.match(r"\d{1,6}" + UNIT, after)
    return bool(halves and RUNNING.search(before + after))


def _quote_is_open(before: str, after: str) -> bool:
    """Whether a quotation begun in one line ends in the next."""
    if before.count("“") <= before.count("”") or TERMINAL.search(before) or MARKER.match(after):
        return False
    mark = re.search(r"[“”]", after)
    return mark.group() == "”" if mark else len(after) <= 4


def contents(text: str) -> Iterator[Change]:
    """The lines of a contents list: leaders and page numbers, or lines under 目录 that return as headings."""
    lines = list(re.finditer(r"[^\n]+", text))
    listed = re.compile(r"^.{2,80}?(?:[.…·．]{2,}|[ \t]{1,40})\s?[-—]?\d{1,3}[-—]?$|^.{2,60}?[.…·．]{3,}$")
    start = next(
        (i for i, m in enumerate(lines[:80]) if re.fullmatch(r"目\s?录|目\s?次|CONTENTS", m.group(), re.I)), None
    )
    if start is not None:
        end = _listed_end(lines, start + 1, text)
        if end - start > 2:
            yield Change(lines[start].start(), lines[end - 1].end() + (end < len(lines)), "", "contents")
            return
    i = 0
    while i < min(len(lines), 200):
        j = i
        while (
            j < len(lines)
            and len(lines[j].group()) < 200
            and listed.match(lines[j].group())
            and "\t" not in lines[j].group()
        ):
            j += 1
        if j - i >= 4:
            yield Change(lines[i].start(), lines[j - 1].end() + (j < len(lines)), "", "contents")
            return
        i = j + 1


def _listed_end(lines: list[re.Match[str]], i: int, text: str) -> int:
    """The line after the last that belongs to a contents list: each returns later as a line of its own, but for some."""
    end, first = i, ""
    while i < len(lines):
        title = re.sub(r"[.…·．\s\t]*[-—]?\d{0,3}[-—]?$", "", lines[i].group())
        if title and title == first:  # the text itself begins
            break
        first = first or title
        if len(title) >= 2 and text.find("\n" + title, lines[i].end()) >= 0:
            end = i + 1
        elif i - end >= LISTED_MISSES or len(title) > 60 or "。" in title:
            break
        i += 1
    return end
