"""What stands at the head of a document: its title, the notice around a plan, and where the plan's own text begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.parse import bare, dates, foot
from analysis.parse.blocks import Block

Titled = tuple[str, int, int]  # a title and its span

_NOUN = (
    r"(?:要点|计划|规划|纲要|方案|意见|报告|总结|汇报|措施|思路|安排|打算|通知|决定|批复|函|办法|规则|细则|条例|预案|公告|通告|通报|建议|分解表|分工|清单"
    r"|目标任务|重点工作|工作任务|主要任务|答复|规定|部署|行动|讲话|述职|令|简报|纪要|解读|实事|举措|政策|名单|小结|情况|指引|指南)"
)
TITLE = re.compile(
    rf"(?:{_NOUN}|^中华人民共和国[\u4e00-\u9fff]{{2,30}}法)》?(?:[（(【][^）)】]{{1,24}}[）)】]){{0,2}}$"
)
NOTICE = re.compile(
    r"(?:印发|转发|下发|发布|公布|批转|颁布)(.{2,120})的(?:通知|函|公告|决定)$|(?:印发|发布|公布)《(.{2,80})》$"
)
METADATA = re.compile(r"^[-•·\s]{0,3}[\u4e00-\u9fff（）() ]{2,12}[:：]|^[-•·]\s|^新华社[^，。]{2,12}电$")
_JUNK_TAIL = re.compile(
    r"\s*(?:[-_—|｜]\s*\d{1,3}\s?篇.*|[（(]?(?:第\s?\d+/\d+\s?页|精选\s?\d+\s?篇|共\s?\d+\s?篇|通用\s?\d+\s?篇|最新)[）)]?.*"
    r"|范文(?:大全|模板)?|[_|｜-][^_|｜-]{2,20}(?:网|门户|平台|文库))$"
)
BEHIND = re.compile(
    rf"(?<=[\u4e00-\u9fff）)》])[，,]\s?([\u4e00-\u9fff]{{0,40}}?{foot.AUTHORITY})等?$"
)  # 规划，市教育局
_NUMBER_BEHIND = re.compile(
    r"(?<=的通知|的意见|的决定)[\u4e00-\u9fff]{2,12}[〔［\[（(]\s?(?:19|20)\d\d\s?[〕］\]）)]\s?\d{1,5}\s?号$"
)
_JUNK_HEAD = re.compile(r"^(?:[【\[](?:转载|原创|推荐|精品)[】\]]|附件?\s?\d{0,2}[:：])\s*")
_SUBTITLE = re.compile(r"^[—\-－―]{1,4}|(?:大会|会议|全会|全委会).{0,14}(?:会议)?上|在.{2,30}大会.{0,14}会议")
_HANDS_ON = re.compile(
    r"印发给你们|现(?:予以|将)?.{0,40}(?:印发|转发|发布)|请.{0,16}(?:贯彻|遵照|执行|落实|组织实施)|已经.{0,24}(?:同意|审议|批准|研究|通过)"
)
_RUNS_IN = re.compile(rf"([^，。；：]{{4,50}}?{_NOUN})(?=(?:19|20)\d\d年|今年|为|根据|按照|一、|第一)")
_RUNS_IN_BLANK = re.compile(
    r"([^，。；：\n]{4,50}?(?:要点|计划|规划|纲要|方案|意见|报告|总结|汇报|思路|通知|决定)(?:[（(][^）)\n]{1,24}[）)])?)(?=[ \u3000])"
)  # 工作计划 全县
_ORDER = re.compile(r"^[^《》]{2,24}(?:院|局|部|委员会|办公室|政府|主席)令$")  # stands over the order's own title
_SENTENCE = re.compile(r"[。！？；]")
LONGEST = 60  # characters of a heading that the format marks
_FAR = 60  # blocks: no head is longer


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
    limit = _limit(blocks[:tail])
    candidates = _titles(blocks[:limit])
    candidates = _stated(blocks[:limit], stated) or candidates
    notice = next((c for c in candidates if NOTICE.search(c[0])), None)
    title = (
        _own(candidates, notice, blocks[: min(tail, _FAR)])
        or notice
        or _glued(blocks)
        or _any_line(blocks[:limit], stated)
    )
    body = next((i for i, b in enumerate(blocks) if title and b.start >= title[2] and not _is_front(b, formats)), None)
    if body is None:
        body = next((i for i, b in enumerate(blocks) if not _is_front(b, formats)), 0)
    return Head(title, notice, min(body, tail), tail)


def _limit(blocks: Sequence[Block]) -> int:
    """The index of the first block of running text or the first heading: no title stands below it."""
    for i, block in enumerate(blocks[:_FAR]):
        if block.is_table:
            continue
        if block.marker is not None and block.marker.family not in ("shi", "ordinal", "num_paren", "circle"):
            return i
        if len(block.text) > 90 and _SENTENCE.search(block.text) and not _HANDS_ON.search(block.text):
            return i
    return min(len(blocks), _FAR)


def _own(candidates: Sequence[Titled], notice: Titled | None, blocks: Sequence[Block]) -> Titled | None:
    """The plan's own title: below a notice the line that the notice names; else the last before the text."""
    own = [c for c in candidates if not NOTICE.search(c[0])]
    if notice is None:
        return _last_together(own, blocks)
    inner = fold(named(notice[0]))
    below = [c for c in own if c[1] >= notice[2] and alike(inner, fold(c[0]))]
    if not below and inner:
        below = [c for c in _titles([b for b in blocks if b.start >= notice[2]]) if alike(inner, fold(c[0]))]
    return below[0] if below else None


def _last_together(own: Sequence[Titled], blocks: Sequence[Block]) -> Titled | None:
    """The last of the titles that no address, sentence or date parts from the first (a reposter's stand above)."""
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
            if _is_title(title) and (n == 1 or _runs_on(run)):
                out.append((title, run[0].start, run[-1].end))
                step = n
                break
        i += step
    return out


def _is_title(text: str) -> bool:
    if not 4 <= len(text) <= 90 or METADATA.search(text) or _SENTENCE.search(text) or _SUBTITLE.search(text):
        return False
    return TITLE.search(text) is not None and not _ORDER.search(text)


def _runs_on(run: Sequence[Block]) -> bool:
    """Whether lines are one title cut over lines: none but the last is a title of its own or ends a sentence."""
    for block in run[:-1]:
        if len(block.text) > 45 or re.search(r"[。！？；：:，,]$", block.text) or block.marker is not None:
            return False
        if _is_title(clean(block.text)) or METADATA.search(block.text) or next(dates.dates(block.text), None):
            return False
    joined = clean("".join(b.text for b in run))
    if "关于" in joined[:40] or re.match(r"[“\"《]?(?:十[一二三四五六]?五|(?:19|20)\d\d)", joined):
        return True
    return re.match(r".{0,30}(?:省|市|县|区|旗|政府|局|厅|委|国务院)", run[0].text) is not None


def clean(line: str) -> str:
    """A title line without spaces between characters, quotes around it, and what a download site hung on it."""
    line = re.sub(r"(?<=[\u4e00-\u9fff《》“”])[ \u3000]+(?=[\u4e00-\u9fff《》“”])", "", line.strip())
    line = _NUMBER_BEHIND.sub("", BEHIND.sub("", _JUNK_TAIL.sub("", _JUNK_HEAD.sub("", line))))
    if line.startswith("《") and line.endswith("》") and line.count("《") == 1:
        line = line[1:-1]
    return line.strip(" \u3000#*_-—")


def named(notice: str) -> str:
    """The plan that a notice's title names (关于印发《X》的通知 → X), "" where it names none."""
    match = NOTICE.search(notice)
    return (match.group(1) or match.group(2)).strip("《》 ") if match else ""


def fold(text: str) -> str:
    """A text without white space and punctuation."""
    return re.sub(r"[\s\W_]+", "", text)


def alike(one: str, other: str) -> bool:
    """Whether one folded title holds the other."""
    return bool(one and other) and (one in other or other in one)


def _any_line(blocks: Sequence[Block], stated: str | None) -> Titled | None:
    """The first short line that is no date, label or navigation; else the stated title."""
    for block in blocks:
        line = clean(block.text)
        odd = any(p.search(line) for p in (METADATA, _SENTENCE, _SUBTITLE, foot.NAV))
        if 4 <= len(line) <= 45 and not odd and next(dates.dates(line), None) is None:
            return line, block.start, block.end
    return (clean(stated), 0, 0) if stated else None


def _glued(blocks: Sequence[Block]) -> Titled | None:
    """A title that ran into its text (…2024年工作要点2024年，全县…; …工作计划 全县…), where the first break is lost."""
    if not blocks:
        return None
    least = ((_RUNS_IN, 80), (_RUNS_IN_BLANK, 30))  # characters of the line that holds title and text
    found = [m for pattern, n in least if len(blocks[0].text) >= n and (m := pattern.match(blocks[0].text))]
    match = min(found, key=lambda m: m.end(), default=None)
    return (clean(match.group(1)), blocks[0].start, blocks[0].start + match.end(1)) if match else None


def _is_front(block: Block, formats: Sequence[tuple[int, int, int]]) -> bool:
    """Whether a block below the title is still front matter: a date, a source, a name, a salutation."""
    text = block.text
    if any(abs(a - block.start) <= 2 and b >= block.end - 2 for a, b, _ in formats) and bare.may(block, LONGEST):
        return bool(TITLE.search(text) or METADATA.search(text))
    if block.marker is not None or block.is_table:
        return False
    if len(text) <= 60 and not _SENTENCE.search(text):
        return not (len(text) <= bare.LONGEST and bare.USUAL.search(text) and not TITLE.search(text)) or bool(
            METADATA.search(text)
        )
    return bool(METADATA.search(text) and len(text) < 60) or re.search(r"记者.{0,12}摄$", text) is not None
