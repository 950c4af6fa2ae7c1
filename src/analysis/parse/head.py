"""What stands at the head and foot of a document: titles, the notice around a plan, sign-off, numbers, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.parse import dates
from analysis.parse.blocks import Block
from analysis.parse.heading import title_end

_NOUN = (
    r"(?:要点|计划|规划|纲要|方案|意见|报告|总结|汇报|措施|思路|安排|打算|通知|决定|批复|函|办法|规则|细则|条例|预案"
    r"|公告|通告|通报|建议|分解表|分工|清单|目标任务|重点工作|工作任务|主要任务|答复|规定|部署|行动|讲话|述职|令|制度|简报|纪要|解读)"
)
TITLE = re.compile(rf"{_NOUN}(?:[（(【][^）)】]{{1,24}}[）)】]){{0,2}}$")
_NOTICE = re.compile(r"(?:印发|转发|下发|发布|公布|批转|颁布)(.{2,120})的(?:通知|函|公告|决定)$")
_JUNK_TAIL = re.compile(
    r"\s*(?:[-_—|｜]\s*\d{1,3}\s?篇.*|[（(]?(?:第\s?\d+/\d+\s?页|精选\s?\d+\s?篇|共\s?\d+\s?篇|通用\s?\d+\s?篇|最新)[）)]?.*|范文(?:大全|模板)?|[_|｜-][^_|｜-]{2,20}(?:网|门户|平台|文库))$"
)
_METADATA = re.compile(r"^[-•·\s]{0,3}[\u4e00-\u9fff（）()\s]{2,12}[:：]|^[-•·]\s")
_ADDRESSEE = re.compile(r"[：:]$")
_CLOSING = re.compile(
    r"让我们|努力奋斗[！!。]|谢谢大家|而(?:不懈)?奋斗[！!。]|再创[^。]{0,12}(?:辉煌|佳绩)[！!。]?$|创造[^。]{0,8}新辉煌"
)
_NAV = re.compile(
    r"^(?:[-•·]\s)?(?:上一篇|下一篇|最近访问|相关(?:报道|阅读|链接|文章|推荐|新闻|附件|稿件)|责任编辑|责编|编辑[:：]|作者[:：]|来源[:：]|转载|打印|关闭"
    r"|分享|扫一扫|版权|返回|点击|推荐阅读|猜你喜欢|热门|标签[:：]|更多|附件\d?[:：]?|[（(]此件|[（(]本文|[（(]记者|网站地图|主办[:：单]|承办[:：单]|ICP|浏览|字号|收藏|下载)|https?://|www\."
)
_BODY = re.compile(r"[。！？；]")
_ISSUER_END = re.compile(
    r"(?:人民政府|政府|办公室|办公厅|委员会|局|厅|教委|党组|党委|领导小组|县委|市委|区委|省委|国务院|集团|中心|指挥部|办事处|部|院)$"
)
SIGN_OFF = re.compile(r"^[*＊×X某\u4e00-\u9fff（）() 、]{2,60}$")
_PARTS = re.compile(r"^[\s　]*(?:第[一二三四五六七八九十\d]+篇|篇[一二三四五六七八九十\d]+)[\s:：、]")


@dataclass
class Head:
    """The parts of a document by the indices of its blocks, and its titles (text, start, end)."""

    title: tuple[str, int, int] | None = None
    notice: tuple[str, int, int] | None = None
    body: int = 0  # index of the first block of the plan's own text
    preamble_end: int = 0
    tail: int = 0  # index of the first block of the trailer
    notes: list[str] = field(default_factory=list)


def of(blocks: Sequence[Block]) -> Head:
    """Head and tail of a document's blocks."""
    head = Head(tail=_tail(blocks))
    first = next((i for i, b in enumerate(blocks[: head.tail]) if _opens(blocks, i)), min(len(blocks), 40))
    candidates = _titles(blocks[:first])
    notices = [c for c in candidates if _NOTICE.search(c[0])]
    own = [c for c in candidates if not _NOTICE.search(c[0])]
    if notices:
        head.notice = notices[0]
        inner = _fold(_inner(notices[0][0]))
        own = [c for c in own if c[1] > notices[0][2]] or [c for c in own if inner and inner in _fold(c[0])]
        own = [c for c in own if inner and _alike(inner, _fold(c[0]))] or own
    head.title = own[-1] if own else head.notice
    if head.title is None:
        head.title = _any_line(blocks[:first] or blocks[:3])
    after = head.title[2] if head.title else 0
    head.body = next((i for i, b in enumerate(blocks) if b.start >= after and not _is_front(b)), len(blocks))
    head.body = min(head.body, head.tail)
    return head


def _opens(blocks: Sequence[Block], i: int) -> bool:
    """Whether a block is the plan's first heading."""
    block = blocks[i]
    if block.marker is None or block.is_table or block.marker.family in ("shi", "ordinal", "num_paren", "circle"):
        return False
    return block.marker.number in (None, 0, 1) or i > 12


def _titles(blocks: Sequence[Block]) -> list[tuple[str, int, int]]:
    """Lines, or two to four lines together, that read as a title."""
    out: list[tuple[str, int, int]] = []
    i = 0
    while i < len(blocks):
        for n in range(min(4, len(blocks) - i), 0, -1):
            run = blocks[i : i + n]
            title = clean("".join(b.text for b in run))
            if _is_title(title) and (n == 1 or _runs_on(run)):
                out.append((title, run[0].start, run[-1].end))
                i += n - 1
                break
        i += 1
    return out


def _is_title(text: str) -> bool:
    return (
        4 <= len(text) <= 90
        and TITLE.search(text) is not None
        and not _METADATA.search(text)
        and not _BODY.search(text)
    )


def _runs_on(run: Sequence[Block]) -> bool:
    """Whether lines are one title cut over lines: none but the last is a title or ends a sentence."""
    for block in run[:-1]:
        if len(block.text) > 45 or _is_title(clean(block.text)) or re.search(r"[。！？；：:，,]$", block.text):
            return False
        if block.marker is not None or _METADATA.search(block.text) or next(dates.dates(block.text), None):
            return False
    text = clean("".join(b.text for b in run))
    return "关于" in text[:40] or re.match(r".{0,30}(?:省|市|县|区|旗|政府|局|厅|委)", run[0].text) is not None


def clean(line: str) -> str:
    """A title line without spaces between characters, quotes around it, and what a download site hung on it."""
    line = re.sub(r"(?<=[\u4e00-\u9fff《》“”])[ \u3000]+(?=[\u4e00-\u9fff《》“”])", "", line.strip())
    line = _JUNK_TAIL.sub("", line)
    if line.startswith("《") and line.endswith("》") and line.count("《") == 1:
        line = line[1:-1]
    return line.strip(" \u3000#*_-—")


def _inner(notice: str) -> str:
    match = _NOTICE.search(notice)
    return match.group(1).strip("《》") if match else ""


def _fold(text: str) -> str:
    return re.sub(r"[\s\W_]+", "", text)


def _alike(one: str, other: str) -> bool:
    return one in other or other in one


def _any_line(blocks: Sequence[Block]) -> tuple[str, int, int] | None:
    for block in blocks:
        line = clean(block.text)
        if 4 <= len(line) <= 45 and not _METADATA.search(line) and not _BODY.search(line) and not _NAV.search(line):
            return line, block.start, block.end
    return None


def _is_front(block: Block) -> bool:
    """Whether a block after the title is still front matter: a date, a source, a name, a salutation."""
    text = block.text
    if block.marker is not None:
        return False
    if len(text) <= 60 and not _BODY.search(text):
        return True
    return bool(_METADATA.search(text) and len(text) < 60)


def _tail(blocks: Sequence[Block]) -> int:
    """The index of the first block of the trailer."""
    i = len(blocks)
    while i > 1 and (_is_tail(blocks[i - 1]) or _far_nav(blocks, i - 1)):
        i -= 1
    return i


def _is_tail(block: Block) -> bool:
    text = block.text
    if block.is_table or block.marker is not None:
        return False
    if _NAV.search(text) or (len(text) <= 24 and next(dates.dates(text), None)):
        return True
    if len(text) <= 40 and SIGN_OFF.match(text) and _ISSUER_END.search(text):
        return True
    return len(text) < 800 and _CLOSING.search(text) is not None and len(text) > 6


def _far_nav(blocks: Sequence[Block], i: int) -> bool:
    """Whether a short line without a sentence stands among navigation (above it is navigation too)."""
    text = blocks[i].text
    return (
        len(text) <= 24
        and not _BODY.search(text)
        and blocks[i].marker is None
        and i > 2
        and title_end(text) == len(text)
        and any(_NAV.search(b.text) for b in blocks[max(0, i - 6) : i])
    )
