"""What stands at the foot of a document: sign-off, closing address, glossary, navigation, adverts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from analysis.parse import dates
from analysis.parse.blocks import Block
from analysis.parse.heading import title_end

NAV = re.compile(
    r"^(?:[-•·]\s)?(?:上一[篇页]|下一[篇页]|最近访问|相关(?:报道|阅读|链接|文章|推荐|新闻|附件|稿件)|责任编辑|责编|编辑[:：]|作者[:：]|来源[:：]|转载|打印|关闭"
    r"|分享|版权|返回|【?点击|VIP|扫码|关注|扫一扫|推荐阅读|猜你喜欢|热门|标签[:：]|更多|[（(]此件|[（(]本文|[（(]记者|网站地图|ICP|浏览|字号|收藏|下载)|https?://|www\."
)
_HOST = re.compile(
    r"^(?:[-•·]\s)?(?:主办|承办|协办)(?:单位)?\s?[:：]"
)  # of a site; of each task where it is said of many
_MANY = 3
AUTHORITY = (
    r"(?:人民政府(?:办公室|办公厅)?|政府(?:办公室|办公厅)?|国务院(?:办公厅)?|(?:中央军委|中央)(?:办公厅)?|委员会(?:办公室)?|教委|发改委|卫健委|[\u4e00-\u9fff]{1,10}(?:局|厅|部)|[\u4e00-\u9fff]{4,10}办公室"
    r"|县委|市委|区委|省委|党委|党组|党工委|管委会|人大(?:常委会)?|政协|人民代表大会|法院|检察院|公署|领导小组(?:办公室)?|指挥部|办事处|中心|集团|学院|大学)"
)
NAME = r"[*＊×X某\u4e00-\u9fff（）()]"
SIGN_OFF = re.compile(rf"^{NAME}{{0,40}}{AUTHORITY}(?:[ 、　]{{1,4}}{NAME}{{0,40}}{AUTHORITY}){{0,5}}$")
_YEAR = r"(?:(?:19|20)[\d*＊]{2}|[一二][九〇○零][一二三四五六七八九〇○零]{2})"
_DAY = rf"{_YEAR}\s?年\s?[\d一二三四五六七八九十XＸ*＊]{{1,3}}\s?月\s?[\d一二三四五六七八九十XＸ*＊]{{1,3}}\s?日"
SIGNED_DAY = re.compile(rf"^[ \u3000]*{_DAY}[ \u3000]*$")
SIGNED = re.compile(rf"^({NAME}{{0,40}}{AUTHORITY})[ \u3000\n]{{0,4}}{_DAY}$")
_SIGNED_BEHIND = re.compile(rf"(?<=[。！”）)；])[ \u3000]?(?={NAME}{{0,30}}{AUTHORITY}[ \u3000]{{0,4}}{_DAY}$)")
_SIGNED_BEFORE_NAV = re.compile(  # …落实。县教育局 2024年3月5日 上一页 1 2 下一页 相关推荐
    rf"(?<=[。！”）)；])[ \u3000]?(?={NAME}{{0,30}}{AUTHORITY}[ \u3000]{{0,4}}{_DAY}([ \u3000]+)(?:上一[页篇]|下一[页篇]|相关|点击|分享|推荐|更多|责任编辑|编辑|打印|返回|来源|版权|首页|猜你喜欢))"
)
_CLOSING = re.compile(
    r"让我们|努力奋斗[！!。]|谢谢大家|不懈奋斗[！!。]|再创[^。]{0,12}(?:辉煌|佳绩)[！!。]?$|创造[^。]{0,8}新辉煌|再立新功"
)
_CLOSING_BEGINS = re.compile(
    r"(?<=[。！!”])(?:[“\"][^”\"]{5,40}[”\"]\s?(?=在|让|我们|新)|各位代表[，！]|让我们|我们(?:有理由)?(?:相信|坚信)|在[^。]{2,30}(?:道路|征程)上)"
)
_GLOSSARY = re.compile(
    r"^(?:附件?\s?\d?[:：]?\s?)?(?:《?政府工作报告》?)?(?:中)?(?:的)?(?:有关|部分|相关)?(?:内容)?(?:名词|用语|术语|词语|名称|指标|缩略语)(?:术语|名词)?(?:解释|注释|说明|释义)$|^[【\[（(]?(?:注释|注解|脚注|尾注|术语表|缩略语表?)[】\]）)]?[:：]?$"
)
_NOTE = re.compile(r"(?:[［\[【(（]\s?\d{1,3}\s?[］\]】)）]|\d{1,3}\s?[.．、]|[①-⑳]|[*＊]{1,2}\d{0,2})\s?(?=\S)")
_DEFINES = re.compile(
    r"[“\"‘《]?[^。；：:]{1,30}?[”\"’》]?\s?(?:[:：]|[，,]?(?:是指|指的是|即指|系指|具体指|主要指|指(?=[\u4e00-\u9fff“])))"
)
_FEWEST = 3  # definitions that make a list of footnotes
_LABEL = re.compile(r"^(?:附件|附表|附)\s?[\d一二三四五六七八九十]{0,2}\s?(?:[:：]|$)")
_CAPTION = re.compile(r"(?:表|清单|台账|一览|安排|项目|指标)(?:[（(][^（()）]{1,16}[）)])?$")
_ANNEX = re.compile(r"^附件?\s?[\d一二三四五六七八九十]{0,2}\s?[:：]|^附件\d?$|民生实事|任务分解|分工方案|重点任务")


def start(blocks: Sequence[Block]) -> int:
    """The index of the first block of the trailer."""
    hosts = sum(_HOST.match(b.text) is not None for b in blocks)
    i = len(blocks)
    while i > 1 and (_is_foot(blocks[i - 1], hosts < _MANY) or _among_nav(blocks, i - 1)):
        i -= 1
    return i


def _is_foot(block: Block, has_site: bool) -> bool:
    text = block.text
    if block.is_table or block.marker is not None:
        return False
    if block.is_aside or NAV.search(text) or (len(text) <= 24 and next(dates.dates(text), None)):
        return True
    if (has_site and _HOST.match(text)) or SIGNED_DAY.match(text):
        return True
    return (len(text) <= 40 and SIGN_OFF.match(text) is not None) or SIGNED.match(text) is not None


def _among_nav(blocks: Sequence[Block], i: int) -> bool:
    """Whether a short line without a sentence stands below navigation (then it is navigation too)."""
    text = blocks[i].text
    if len(text) > 30 or blocks[i].marker is not None or blocks[i].is_table or title_end(text) < len(text):
        return False
    return any(NAV.search(b.text) for b in blocks[max(0, i - 6) : i])


def set_aside(blocks: list[Block], formats: Sequence[tuple[int, int, int]] = ()) -> list[Block]:
    """The blocks with closing addresses and glossaries marked `is_aside`; a closing glued to a text is cut off.

    Args: formats: spans that the file's format marks as headings; a table's caption among them stays a heading.
    """
    length = blocks[-1].end if blocks else 0
    out = [piece for block in blocks for piece in _closing_cut(block, length)]
    for block in out:
        late = block.start > 0.6 * length
        block.is_aside = late and len(block.text) < 800 and _CLOSING.search(block.text) is not None
        block.is_aside = block.is_aside and block.marker is None and not block.is_table
    _glossary(out)
    _footnotes(out)
    _annexes(out, {start + by for start, _, _ in formats for by in range(-2, 3)})
    return out


def _closing_cut(block: Block, length: int) -> list[Block]:
    """A late block cut before its closing address, where one begins inside it."""
    if block.is_table or block.end < 0.85 * length:
        return [block]
    signed = _SIGNED_BEHIND.search(block.text, max(1, len(block.text) - 80))
    if signed:
        return [*_closing_cut(_part(block, 0, signed.start()), length), _part(block, signed.end(), len(block.text))]
    above_nav = _SIGNED_BEFORE_NAV.search(block.text, max(1, len(block.text) - 400))
    if above_nav:
        bounds = (0, above_nav.start(), above_nav.end(), above_nav.start(1), above_nav.end(1), len(block.text))
        kept, signed_off, nav = (_part(block, *bounds[i : i + 2]) for i in (0, 2, 4))
        return [*_closing_cut(kept, length), signed_off, nav]
    match = _CLOSING_BEGINS.search(block.text, max(1, len(block.text) - 600)) if len(block.text) >= 200 else None
    if match is None or not re.search(r"让我们|辉煌|奋斗|一定(?:能|会)|篇章|相信", block.text[match.start() :]):
        return [block]
    return [_part(block, 0, match.start()), _part(block, match.start(), len(block.text))]


def _part(block: Block, start: int, end: int) -> Block:
    marker = block.marker if start == 0 else None
    return Block(block.start + start, block.start + end, block.text[start:end], marker, block.is_cut or start > 0)


def _glossary(blocks: Sequence[Block]) -> None:
    """Marks a glossary of terms, from its title to the next annex or the end."""
    inside = False
    for block in blocks:
        if _GLOSSARY.match(block.text):
            inside = True
        elif inside and len(block.text) < 40 and _ANNEX.search(block.text) and block.marker is None:
            inside = False
        block.is_aside = block.is_aside or inside
        if inside:
            block.marker = None


def _footnotes(blocks: Sequence[Block]) -> None:
    """Marks numbered definitions (［1］两重：…; 1.“两新”，是指…) behind the closing address, up to the next annex."""
    last = max((i for i, b in enumerate(blocks) if b.is_aside and _CLOSING.search(b.text)), default=None)
    if last is None:
        return
    behind = list(itertools.takewhile(lambda b: len(b.text) >= 40 or not _ANNEX.search(b.text), blocks[last + 1 :]))
    notes = [b for b in behind if _NOTE.match(b.text)]
    defined = [b for b in notes if _DEFINES.match(_NOTE.sub("", b.text, count=1))]
    if len(defined) < max(_FEWEST, 0.6 * len(notes)):
        return
    for block in behind[behind.index(notes[0]) :]:
        block.is_aside, block.marker = True, None


def _annexes(blocks: Sequence[Block], headed: set[int]) -> None:
    """Marks what stands between a plan and its annexes: the sign-off, the labels (附件1), titles and captions of tables.

    Args: headed: where the file's format marks a heading.
    """
    first = next((i for i, b in enumerate(blocks) if b.marker is not None), len(blocks))
    for i in range(first + 1, len(blocks)):
        block, above = blocks[i], blocks[i - 1]
        if block.marker is None and not block.is_table and _LABEL.match(block.text) and len(block.text) < 80:
            block.is_aside = True
            _sign(blocks, i)
        elif (
            _is_caption(above)
            and above.start not in headed
            and not above.is_aside
            and (block.is_table or _is_label(blocks[i - 2]))
        ):
            above.is_aside = True


def _is_caption(block: Block) -> bool:
    """Whether a line may be the title of an annex or of a table."""
    text = block.text
    return block.marker is None and not block.is_table and len(text) <= 45 and _CAPTION.search(text) is not None


def _is_label(block: Block) -> bool:
    return block.is_aside and _LABEL.match(block.text) is not None


def _sign(blocks: Sequence[Block], label: int) -> None:
    """Marks the sign-off right above the first label of an annex: bodies, then their day."""
    i = label - 1
    while i > 0 and _is_foot(blocks[i], False) and not blocks[i].is_aside:
        blocks[i].is_aside = blocks[i].is_signed = True
        i -= 1
