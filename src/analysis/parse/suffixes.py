"""Names of places read by their form alone (…省, …市, …县), for places that the table of regions lacks.

A name counts where a stop, a preposition or a verb stands before it, and where its clause does not speak of a foreign
place (赴…考察, 与…结对, 来自…).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from analysis import regions, words

REACH = 1500  # characters: head and preamble, where a plan says for whom and under whom it is written
_SUFFIX = {
    "province": re.compile(r"省(?![级直外内份际辖属城会情域力时钱略部厅])|自治区"),
    "city": re.compile(r"市(?![级直场民区县镇属内辖域值面容州])|自治州(?!级)|盟(?=[委直和与及党\W]|行政公署)"),
    "county": re.compile(r"自治县|县(?![级域直城乡区属内镇际])|区(?![域级直属内间县位块划])|旗(?![级帜下舰])"),
}
_BEFORE = re.compile(
    r"(?:^|[\W\d年月日]|[在按为由受以从是及和把将对经给到于省]|[新续改扩]建|围绕|根据|按照|依照|遵照|落实|贯彻|紧扣|对标|对照|服务|融入|执行|完成|结合|聚焦|建设|关于|印发|下发|转发|我县|我区|我市|迎接|通过"
    r"|高于|低于|快于|加快|推动|推进|适应|支撑|助力|积极|全面|中共|代表|富裕|美丽|幸福|最美|最新|力争|争取)$"
)
# before 省, 市, 县: words of every place (全市, 卫生城市, 教育强县)
_NO_STEM = re.compile(
    r"[全我本该各外大跨强城都超门上股节反他名级两区县市省地设辖属边个些新老小夜楼菜互直先山园校社片街景库学时及和与或的了等]$"
    r"|^(?:全|各|我|本|该|其|某|按|在|对|和|与|及|为|由|把|将|从|向|以|根据|按照|落实|经)|先进|示范|试点|发达|试验|贫困|重点|国家|全国|中心|自治|[在由让被把向入请兴政委党]|建成|棚户|(?:落实|贯彻|执行|按照|遵照|围绕|对标|紧扣|结合|服务|加强|推进|根据|依照|依据|符合|争取|得到|报经|取得|响应)$"
)
# what plans do with standings (力争新增省示范高中2所): no part of a name, wherever it stands before one
STRIVES = re.compile(
    r"力争|争取|争创|争当|争做|新增|增加|新建|创建|创成|创评|获评|获批|获得|荣获|评为|评上|评定|认定|入选|入围|申报|申创|晋升|升格|跻身|打造|培育|培养|遴选|推荐|拥有|共建|确保|实现|国家级?"
)
_STRIVING = re.compile(rf"(?:{STRIVES.pattern})$")
_VISITED = re.compile(
    r"赴|学习(?!贯彻)|考察|对口|结对|来自|借鉴|协作|支援|援助|帮扶|邻|招商|引进|引入|友好|访问|异地|联办|合作|跟岗|研修|户籍|游客|转移|先进经验|等地"
)
_BESIDE = re.compile(r"[与同向][^，。；！？\n]{0,4}$")
_STOPS = re.compile(r"[，。；！？\n]")
_KNOWN = ("v", "p", "d", "c", "m", "r", "a", "t", "f", "u", "b", "i", "l", "q")


class Name(NamedTuple):
    """A name at `start:end` of a text."""

    name: str
    start: int
    end: int


def names(text: str, level: str) -> Iterator[Name]:
    """The names of a level that a text gives to places of its own, in order; foreign places are left out."""
    for suffix in _SUFFIX[level].finditer(text):
        start = _begin(text, suffix.start())
        if start is not None and not _is_foreign(text, start, suffix.end()):
            yield Name(text[start : suffix.end()], start, suffix.end())


def above(text: str, level: str, own: str) -> Name | None:
    """The one place of a level above the plan's own that the beginning of a text names, None where it names several."""
    found = [n for n in names(text[:REACH], level) if n.name != own]
    return found[0] if len({n.name for n in found}) == 1 else None


def _begin(text: str, end: int) -> int | None:
    """Where the stem before a suffix begins: two to four characters with a word before that may not belong to it."""
    for n in (2, 3, 4):
        start = end - n
        stem = text[max(0, start) : end]
        if start < 0 or not re.fullmatch(r"[\u4e00-\u9fff]{2,4}", stem):
            return None
        if _BEFORE.search(text[max(0, start - 2) : start]) and not _NO_STEM.search(stem) and not _STRIVING.search(stem):
            return _without_verb(stem, start)
    return None


def _without_verb(stem: str, start: int) -> int | None:
    """Where a stem begins behind the verb or preposition that leads to it; None where it is a word and no name."""
    if strives := STRIVES.match(stem):
        rest = stem[strives.end() :]
        return _without_verb(rest, start + strives.end()) if len(rest) >= 2 else None
    cut = words.tokens(stem)
    if not cut[0][1].startswith(_KNOWN) or regions.named(stem):
        return start
    own = len(stem) - len(cut[0][0])
    return start + len(cut[0][0]) if own >= 2 else None


def _is_foreign(text: str, start: int, end: int) -> bool:
    """Whether the clause around a name speaks of a place that is visited, learned from or paired with."""
    before = re.split(_STOPS, text[max(0, start - 40) : start])[-1]
    clause = before + re.split(_STOPS, text[start : end + 30], maxsplit=1)[0]
    return _VISITED.search(clause) is not None or _BESIDE.search(before) is not None
