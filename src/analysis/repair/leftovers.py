"""What a web page leaves in copied text: buttons, breadcrumbs, source lines, captions, related links, adverts.

The patterns are in codebook/common/repairs_leftovers.csv.  A line is cut when the whole line fits a pattern and stands
where the pattern may: `head` before the document's first running text, `tail` after its last, `ends` either, `any`.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from analysis import lexicon
from analysis.repair.receipts import Change

LONG = 60  # characters from which a line among the first is running text
SENTENCE = 25  # characters from which a line with a full stop is, among the last
HEAD_LINES, TAIL_LINES = 45, 40
LINE = re.compile(r"[^\n]+")
OPENING = re.compile(
    r"(?:同志们|各位代表|各位委员|各位领导)[，,、]?.{0,12}[:：！!]?$|[一二三]、|第[一1][章节部]|[（(]一[）)]|各.{2,60}[:：]$"
)
ENDED = re.compile(r"[。！？；!?;”’）)】》…]$")
NO_END = ("bracket", "tools")  # too short to say that the document is over
FULL_STOP = re.compile(r"[。！？][”’）)》】]*$")
CLOCK = re.compile(r"(?:19|20)\d\d\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}")
SOURCE = re.compile(r"来\s?源\s?[:：]\s?(\S{2,30})")
NEXT_LABEL = re.compile(
    r"[\s　]+\S{1,6}\s?[:：]|[\s　]+(?:19|20)\d\d[-年/.]|(?:作者|阅读|浏览|点击|字[号体]|编辑|责任编辑|发布时间|时间|日期)\s?[:：]"
)
CHANGED = re.compile(r"更新|录入|添加|上传|修改")  # a copier's own date
DATE = re.compile(r"((?:19|20)\d\d)\s?[-年/.]\s?(\d{1,2})\s?[-月/.]\s?(\d{1,2})")
CRUMB = re.compile(r"(?:>|›|»|＞|>>|&gt;|→)")
NOISE_OF = {"nav": "nav", "crumb": "nav", "count": "nav", "stop": "nav", "ads": "ads"}
HINTS = (  # words without which no pattern for any place fits
    "下载", "打印", "字号", "字体", "扫", "上一", "下一", "前一", "后一", "上篇", "下篇", "转载", "欢迎", "参考", "帮助", "借鉴",
    "公众号", "微信", "QQ", "剩余", "全文", "试读", "预览", "阅读", "查看", "VIP", "会员", "本文", "原文", "返回", "回到", "关闭",
    "收藏", "分享", "朋友圈", "推荐", "未完", "还有", "DOC", "Word", "word", "doc", "付费", "按钮", "支付", "保存", "点击", "热门",
    "---", "———", "－－－", "===", "＝＝＝", "___", "~~~", "～～～", "···", "•••", "...", "……",
)  # fmt: skip


class Pattern(NamedTuple):
    """A row of the table."""

    id: str
    kind: str
    where: str
    full: re.Pattern[str]


class Line(NamedTuple):
    """A line and its span."""

    start: int
    end: int
    text: str


class Cut(NamedTuple):
    """Lines first..last (inclusive) are leftovers of a kind; `value` is a source or date that they state."""

    first: int
    last: int
    kind: str
    id: str
    value: str = ""
    is_inside: bool = False  # in the middle of the running text


@functools.cache
def patterns() -> tuple[Pattern, ...]:
    """The patterns of the table, in its order."""
    rows = lexicon.table("common/repairs_leftovers")
    return tuple(Pattern(r["id"], r["kind"], r["where"], re.compile(r["pattern"], re.I)) for r in rows)


def split(text: str) -> list[Line]:
    """The lines of the text that are not empty."""
    return [Line(m.start(), m.end(), m.group()) for m in LINE.finditer(text)]


def find(text: str) -> list[Cut]:
    """The leftovers, in the order of the text; they do not overlap."""
    lines = split(text)
    first, last = _body(lines)
    looked_at = {*range(first), *range(last + 1, len(lines)), *_hinted(text, lines)}
    cuts: list[Cut] = []
    i = 0
    while i < len(lines):
        if i not in looked_at:
            i += 1
            continue
        cut = _cut(lines, i, first, last)
        if cut is not None:
            cuts.append(cut._replace(is_inside=first <= i <= last))
            i = cut.last
        i += 1
    return cuts


def _hinted(text: str, lines: list[Line]) -> set[int]:
    """The numbers of the lines that hold one of the hints."""
    starts = [line.start for line in lines]
    found: set[int] = set()
    for hint in HINTS:
        at = text.find(hint)
        while at >= 0:
            i = bisect.bisect_right(starts, at) - 1
            found.add(i)
            at = text.find(hint, lines[i].end)
    return found


def changes(text: str, cuts: list[Cut]) -> Iterator[Change]:
    """The cuts as changes: each takes the line break after it, those at the text's end the one before."""
    lines = split(text) if cuts else []
    closing = len(lines)  # the first line from which all lines are cut
    for cut in reversed(cuts):
        if cut.last + 1 != closing:
            break
        closing = cut.first
    for cut in cuts:
        start, end = lines[cut.first].start, lines[cut.last].end
        start, end = (max(0, start - 1), end) if cut.first >= closing else (start, end + 1)
        yield Change(start, end, "", f"leftover_{cut.kind}")


def _body(lines: list[Line]) -> tuple[int, int]:
    """The numbers of the first and last line of running text."""
    first = 0
    for i, line in enumerate(lines[:HEAD_LINES]):
        if OPENING.match(line.text) or (
            len(line.text) >= LONG and ENDED.search(line.text) and "摄" not in line.text[-8:]
        ):
            first = i
            break
    last = len(lines) - 1
    for i in range(len(lines) - 1, max(first, len(lines) - TAIL_LINES) - 1, -1):
        if (
            len(lines[i].text) >= SENTENCE
            and FULL_STOP.search(lines[i].text)
            and not _fits(lines[i].text, ("any", "tail"))
        ):
            last = i
            break
    return first, _before_stop(lines, first, last)


def _before_stop(lines: list[Line], first: int, last: int) -> int:
    """The line before the first sign that other documents follow, when little follows."""
    allowed = max(400, sum(len(line.text) for line in lines) // 12)
    left, start = 0, len(lines)
    while start > first + 1 and left + len(lines[start - 1].text) <= allowed:
        start -= 1
        left += len(lines[start].text)
    sentences = [len(line.text) >= SENTENCE and bool(FULL_STOP.search(line.text)) for line in lines[start:]]
    for i in range(start, last + 1):
        fit = _fits(lines[i].text, ("tail", "any", "ends")) if len(lines[i].text) < 40 else None
        if fit is not None and fit[0].id not in NO_END:
            limit = 3 if fit[0].kind == "stop" else 1 if fit[0].kind in ("nav", "editor") else -1
            if sum(sentences[i - start :]) <= limit:
                return i - 1
    return last


def _fits(text: str, places: tuple[str, ...]) -> tuple[Pattern, re.Match[str]] | None:
    if len(text) > 200:
        return None
    for pattern in patterns():
        if pattern.where in places:
            found = pattern.full.fullmatch(text)
            if found:
                return pattern, found
    return None


def _cut(lines: list[Line], i: int, first: int, last: int) -> Cut | None:
    line = lines[i].text
    if len(line) > 200:
        return None
    places = ("any",) + (("head", "ends") if i < first else ()) + (("tail", "ends") if i > last else ())
    if i < first and CRUMB.fullmatch(line):
        return Cut(i, i, "crumb", "crumb")
    fit = _fits(line, places)
    if fit is None:
        return _crumb(lines, i, first)
    pattern, found = fit
    if pattern.kind == "stop":
        return Cut(i, len(lines) - 1, "stop", pattern.id)
    value = (found.group(1) or "").strip() if found.re.groups else ""
    if pattern.kind in ("source", "date", "count", "editor") and not value:
        return _with_value(lines, i, pattern)
    return Cut(i, i, pattern.kind, pattern.id, value)


def _with_value(lines: list[Line], i: int, pattern: Pattern) -> Cut:
    """A label whose value stands on the next line, when it looks like one."""
    after = lines[i + 1].text if i + 1 < len(lines) else ""
    takes = {
        "date": bool(CLOCK.match(after)) and len(after) <= 24,
        "source": 0 < len(after) <= 20 and not ENDED.search(after) and not _fits(after, ("any", "head", "ends")),
        "count": after.isdigit(),
        "editor": 1 < len(after) <= 4 and not _fits(after, ("any", "head", "tail", "ends")),
    }[pattern.kind]
    return Cut(i, i + 1, pattern.kind, pattern.id, after) if takes else Cut(i, i, pattern.kind, pattern.id)


def _crumb(lines: list[Line], i: int, first: int) -> Cut | None:
    """A short line of a breadcrumb that was broken at its > signs, or one that repeats the breadcrumb's last."""
    if i >= first or len(lines[i].text) > 16:
        return None
    after = lines[i + 1].text if i + 1 < len(lines) else ""
    before = lines[i - 1].text if i else ""
    if CRUMB.fullmatch(after) or CRUMB.fullmatch(before):
        return Cut(i, i, "crumb", "crumb")
    if i > 1 and before == lines[i].text and CRUMB.fullmatch(lines[i - 2].text):
        return Cut(i, i, "crumb", "crumb")
    return None


def state(metadata: dict[str, str], cut: Cut) -> None:
    """Keeps what a cut line states of the page: `publisher`, and `published` as YYYY-MM-DD."""
    source = cut.value if cut.kind == "source" else ""
    if cut.kind == "date":
        named = SOURCE.search(cut.value)
        source = named.group(1) if named else ""
    source = NEXT_LABEL.split(source)[0].strip(" |｜，,")
    if source:
        metadata.setdefault("publisher", source)
    found = DATE.search(cut.value) if cut.kind == "date" else None
    if found and cut.id != "label_changed" and not CHANGED.match(cut.value):
        year, month, day = (int(part) for part in found.groups())
        metadata.setdefault("published", f"{year:04d}-{month:02d}-{day:02d}")
