"""What stands at the head of a document: its title, the notice around a plan, and where the plan's own text begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.parse import bare, dates, foot, lines, titles
from analysis.parse.blocks import Block
from analysis.parse.titles import METADATA, NOTICE, SENTENCE, TITLE, alike, clean, fold, is_title

Titled = tuple[str, int, int]  # a title and its span

_HANDS_ON = re.compile(
    r"印发给你们|现(?:予以|将)?.{0,40}(?:印发|转发|发布)|请.{0,16}(?:贯彻|遵照|执行|落实|组织实施)|已经.{0,24}(?:同意|审议|批准|研究|通过)"
)
_ANNEX = re.compile(r"^附件?\s?[\d一二三四五]{0,2}\s?[:：]")
_BRACKETED = re.compile(
    r"^[（(]\s?(?:(?:19|20)\d\d年?(?:度)?(?:\s?[-—–~～至到]{1,2}\s?(?:19|20)?\d\d年?(?:度)?)?)\s?[）)]$"
)
_ANNOUNCES = re.compile(r"(?:通知|公告|通告|函)$")
_RED_HEAD = re.compile(
    r"文件$|[〔［\[（(]\s?(?:19|20)\d\d\s?[〕］\]）)]\s?第?\s?\d{1,5}\s?号$"
)  # stands over a title and is none
_QUOTED = re.compile(r"《([^《》]{4,80})》")
LONGEST = 60  # characters of a heading that the format marks
_FAR = 60  # blocks: no head is longer
_NEAR = 12  # blocks in which a printed title stands below a collector's label


@dataclass
class Head:
    """A document's titles and the indices of its blocks: `body` the plan's first own block, `tail` the trailer's."""

    title: Titled | None
    notice: Titled | None
    body: int
    tail: int


def of(blocks: Sequence[Block], stated: str | None = None, formats: Sequence[tuple[int, int, int]] = ()) -> Head:
    """Titles and bounds of a document.

    Args: stated: the title that the page's metadata states. formats: spans that the format marks as headings.
    """
    tail = foot.start(blocks)
    title, notice = _titled(blocks, tail, stated)
    body = next((i for i, b in enumerate(blocks) if title and b.start >= title[2] and not _is_front(b, formats)), None)
    if body is None:
        body = next((i for i, b in enumerate(blocks) if not _is_front(b, formats)), 0)
    return Head(title, notice, min(body, tail), tail)


def _titled(blocks: Sequence[Block], tail: int, stated: str | None) -> tuple[Titled | None, Titled | None]:
    """The title and the notice around it."""
    printed = _printed(blocks[: min(tail, _FAR)])
    if printed:
        return printed, None
    limit = _limit(blocks[:tail])
    candidates = _stated(blocks[:limit], stated) or _titles(blocks[:limit])
    far = blocks[: min(tail, _FAR)]
    notice = next((c for c in candidates if NOTICE.search(c[0]) or _announced(c, far)), None)
    title = _own(candidates, notice, far) or notice or _spoken(blocks[:limit]) or _glued(blocks)
    return title or _any_line(blocks[:limit], stated), notice


def _limit(blocks: Sequence[Block]) -> int:
    """The index of the first block of running text or the first heading: no title stands below it."""
    for i, block in enumerate(blocks[:_FAR]):
        if block.is_table:
            continue
        if block.marker is not None and block.marker.family not in ("shi", "ordinal", "num_paren", "circle"):
            return i
        if len(block.text) > 90 and SENTENCE.search(block.text) and not _HANDS_ON.search(block.text):
            return i
    return min(len(blocks), _FAR)


def _printed(blocks: Sequence[Block]) -> Titled | None:
    """The title that a document prints where its first line is a collector's label that the text does not bear out.

    A label names a title and behind a comma its author (节水办法，县水利局).
    """
    if not blocks or not titles.BEHIND.search(blocks[0].text):
        return None
    label = fold(clean(blocks[0].text))
    if label in fold("".join(b.text for b in blocks[1:])):
        return None
    near = blocks[1 : _NEAR + 1]
    for i, block in enumerate(near):
        found = titles.dated(block.text)
        if found:
            above = near[i - 1].text if i and found[1] == 0 else ""
            body = re.search(rf"(?:^|电|[ \u3000])([\u4e00-\u9fff]{{0,20}}?{foot.AUTHORITY})$", above)
            title = (body.group(1) if body else "") + found[0]
            return title, block.start + found[1], block.start + found[2]
    short = [(t, b.start, b.end) for b in near if (t := titles.labelled(b.text))]
    own = [c for c in _titles([b for b in blocks[1:] if not _ANNEX.match(b.text)]) if not NOTICE.search(c[0])]
    return min(short, key=lambda c: len(c[0]), default=None) or (own[0] if own else None)


def _own(candidates: Sequence[Titled], notice: Titled | None, blocks: Sequence[Block]) -> Titled | None:
    """The plan's own title: below a notice the line that the notice names; else the last before the text."""
    if notice is None:
        return _last_together(candidates, blocks)
    inner = fold(titles.named(notice[0]) or _announced(notice, blocks))
    below = _below(notice, inner, blocks)
    listed = [c for c in below if _ANNEX.match(_line(blocks, c[1]))]
    plain = [c for c in below if c not in listed]
    if plain or not listed:
        return plain[0] if plain else None
    signed = any(notice[2] <= b.start < listed[-1][1] and foot.SIGNED_DAY.match(b.text) for b in blocks)
    return listed[-1] if signed or len(listed) > 1 else None


def _below(notice: Titled, inner: str, blocks: Sequence[Block]) -> list[Titled]:
    """The titles below a notice that are like the one that it names, and the lines that are that one."""
    below = [b for b in blocks if b.start >= notice[2]]
    found = [c for c in _titles(below) if alike(inner, fold(c[0]))]
    found += [(clean(b.text), b.start, b.end) for b in below if fold(clean(b.text)) == inner != ""]
    return sorted(set(found), key=lambda c: c[1:])


def _line(blocks: Sequence[Block], start: int) -> str:
    return next((b.text for b in blocks if b.start == start), "")


def _announced(title: Titled, blocks: Sequence[Block]) -> str:
    """The plan that a notice's text quotes (现将《X》印发给你们) and that stands below with a title line of its own, else ""."""
    if not _ANNOUNCES.search(title[0]):
        return ""
    below = [b for b in blocks if b.start >= title[2]]
    held = {fold(clean(b.text)) for b in below if not _ANNEX.match(b.text)}
    for block in below:
        for quoted in _QUOTED.findall(block.text) if len(block.text) < 400 else ():
            if is_title(clean(quoted)) and fold(quoted) in held:
                return str(quoted)
    return ""


def _last_together(candidates: Sequence[Titled], blocks: Sequence[Block]) -> Titled | None:
    """The last of the titles that no address, sentence or date parts from the first (a reposter's stand above)."""
    own = [c for c in candidates if not NOTICE.search(c[0])]
    own = [c for c in own if not titles.is_of_a_part(c[0])] or own
    if not own:
        return None
    below = next((b.text for b in blocks if b.start >= own[0][2]), "")
    if fold(below).startswith(fold(own[0][0])) and len(below) > len(own[0][0]) + 8:  # the text begins with its title
        return own[0]
    parted = (b.start for b in blocks if b.start >= own[0][2] and re.search(r"[。：:]$|^[\d年月日.-]+$", b.text))
    stop = next(parted, None)
    return [c for c in own if stop is None or c[1] < stop][-1]


def _stated(blocks: Sequence[Block], stated: str | None) -> list[Titled]:
    """The lines that together are the title which the page's metadata states."""
    wanted = fold(clean(stated or ""))
    for i in range(len(blocks) if len(wanted) >= 6 else 0):
        joined = ""
        for n, block in enumerate(blocks[i : i + 6]):
            joined += fold(block.text)
            if joined == wanted:
                return [(clean("".join(b.text for b in blocks[i : i + n + 1])), blocks[i].start, block.end)]
            if not wanted.startswith(joined):
                break
    return []


def _titles(blocks: Sequence[Block]) -> list[Titled]:
    """Lines, or two to four lines together, that read as a title."""
    out: list[Titled] = []
    i = 0
    while i < len(blocks):
        step = 1
        for n in range(min(4, len(blocks) - i), 0, -1):
            run = blocks[i : i + n]
            title = clean("".join(b.text for b in run))
            if is_title(title) and (n == 1 or _runs_on(run)):
                below = blocks[i + n : i + n + 1]
                run = [*run, *(b for b in below if _BRACKETED.match(b.text))]  # （2023—2025年）
                out.append((clean("".join(b.text for b in run)), run[0].start, run[-1].end))
                step = len(run)
                break
        i += step
    return out


def _runs_on(run: Sequence[Block]) -> bool:
    """Whether lines are one title cut over lines: none but the last is a title of its own or ends a sentence."""
    for block in run[:-1]:
        if len(block.text) > 45 or re.search(r"[。！？；：:，,]$", block.text) or block.marker is not None:
            return False
        if is_title(clean(block.text)) or METADATA.search(block.text) or next(dates.dates(block.text), None):
            return False
        if lines.is_byline(block.text) or _RED_HEAD.search(block.text):
            return False
    if any(other.text.startswith(run[0].text) for other in run[1:]):  # the office stands over a title that names it
        return False
    joined = clean("".join(b.text for b in run))
    if "关于" in joined[:40] or re.match(r"[“\"《]?(?:十[一二三四五六]?五|(?:19|20)\d\d)", joined):
        return True
    return re.match(r".{0,30}(?:省|市|县|区|旗|政府|局|厅|委|国务院)", run[0].text) is not None


def _spoken(blocks: Sequence[Block]) -> Titled | None:
    """The title of a speech: the line that names its occasion, or the one above where that is a subtitle."""
    found = lines.spoken(blocks)
    if found is None:
        return None
    i, words = found
    above = blocks[i - 1] if i and lines.is_subtitle(blocks[i]) else None
    if above is not None and 4 <= len(above.text) <= 45 and not METADATA.search(above.text):
        return clean(above.text), above.start, above.end
    return clean(words), blocks[i].start, blocks[i].end


def _any_line(blocks: Sequence[Block], stated: str | None) -> Titled | None:
    """The first short line that is no date, label, byline or navigation; else the stated title."""
    for block in blocks:
        line = clean(block.text)
        odd = any(p.search(line) for p in (METADATA, SENTENCE, lines.SUBTITLE, foot.NAV)) or lines.is_byline(block.text)
        if 4 <= len(line) <= 45 and not odd and next(dates.dates(line), None) is None:
            return line, block.start, block.end
    return (clean(stated), 0, 0) if stated else None


def _glued(blocks: Sequence[Block]) -> Titled | None:
    """A title that ran into its text (…2024年工作要点2024年，全县…; …工作计划 全县…), where the first break is lost."""
    menu = titles.behind_menu(blocks[0].text) if blocks else None
    if menu:
        return menu[0], blocks[0].start + menu[1], blocks[0].start + menu[2]
    found = titles.glued(blocks[0].text) if blocks else None
    return (found[0], blocks[0].start, blocks[0].start + found[1]) if found else None


def _is_front(block: Block, formats: Sequence[tuple[int, int, int]]) -> bool:
    """Whether a block below the title is still front matter: a date, a source, a name, a salutation."""
    text = block.text
    if any(abs(a - block.start) <= 2 and b >= block.end - 2 for a, b, _ in formats) and bare.may(block, LONGEST):
        return bool(TITLE.search(text) or METADATA.search(text))
    if block.marker is not None or block.is_table:
        return False
    if titles.is_of_a_part(text) and bare.USUAL.search(text):
        return False
    if len(text) <= 60 and not SENTENCE.search(text):
        return not (len(text) <= bare.LONGEST and bare.USUAL.search(text) and not TITLE.search(text)) or bool(
            METADATA.search(text)
        )
    return bool(METADATA.search(text) and len(text) < 60) or re.search(r"记者.{0,12}摄$", text) is not None
