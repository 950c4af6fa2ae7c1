"""Bare lists of offices in brackets behind what they answer for: …。（基教股、项目办） …。【人事科】.

No label says that the names are responsible bodies; their place (behind the end of a sentence, or at the end of a
line) and their form (every name ends as offices do) say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_BRACKET = re.compile(
    r"(?P<stop>(?:^|[。；;！!”\n])[ \u3000]{0,4}|)[(（【〔\[]"
    r"(?P<names>(?:[^()（）【】〔〕\[\]\n。：:]|[(（][^()（）\n]{1,12}[)）]){2,120})[)）】〕\]]"
    r"(?P<end>[ \u3000。；;]{0,4}(?:\n|$)|)"
)
_SEPARATOR = re.compile(r"[、，,；;/\s]+(?![^(（]{0,12}[)）])")
_SIDE = re.compile(r"(?:等(?:部门|单位|科室|股室)?)?(?:牵头|主办|承办|(?P<support>配合|协助|参与|协办))?$")
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z\d（()）、]{2,20}")
_OFFICE = re.compile(
    r"(?:[股科室处办局委部组站队厅]|中心|电教馆|[县市区旗州省][\u4e00-\u9fff]{1,3}馆|教研院|教科院|[县市区旗州省][\u4e00-\u9fff]{0,4}医院|"
    r"党校|进修学校|研究[所院]|教科所|妇联|残联|科协|工会|委员会|联合会|红十字会|专班|机关|政府|单位|部门)(?:等)?$"
)
# what ends like an office and is another word
_WORD = re.compile(
    r"^(?:[学本专文理工主副全内外医]科|[公民主承协开举兴创合联自停代申交查经试补收应]办|[布格大全结开时]局|[常政]委|[干全内外局中东西南北]部|[分重]组|[好益用之多各短长深高两某]处)$"
    r"|(?:[教浴卧寝活会播书览验警咨疗展]室|(?:功能|活动|工作|卫生|实验|会议)室|俱乐部|[网车]站|(?:军|团|运动|代表|艺术|志愿)队"
    r"|[一二两三四五六七八九十\d]+[处所站组队室部校园])$"
)
# schools and places count behind a sentence only
_SCHOOL = re.compile(
    r"(?:各[\u4e00-\u9fff（()）、]{0,10}(?:学校|小学|初中|高中|中学|中小学|校|园|乡镇|镇街|街道|苏木|[镇乡县区市旗])(?:[(（][^()（）]{1,8}[)）])?"
    r"|[\u4e00-\u9fff]{0,6}(?:第?[一二三四五六七八九十\d]{1,3}|实验|民族|高级|外国语|职业|职教|特教|中心)(?:中学|中专|职中|高中|小学|学校|幼儿园|[中小幼校园])"
    r"|[\u4e00-\u9fff]{2,10}(?:中学|小学|中专|幼儿园|学院|大学|学校|街道|苏木|[乡镇]))"
)
# words that say what a bracket holds instead: a definition, a part, a kind, a deed
_OTHERWISE = re.compile(
    r"^(?:[不仅均]?(?:含|包括|指|限)|原|即|如|例|见|详|参|附|以下|简称|下同|其中|或|由|除|非|新|老|改建|扩建|建设|创建|建成|改造|成立|设立|"
    r"公办|民办|普惠|示范|试点|项目学校|城[镇区乡]|农村|乡村|[牧山]区|偏远|边远|义务|普通高|完全|九年|十二年|寄宿|薄弱|优质|小规模|中小学|高等|结对|受援)"
    r"|[“”\"‘’年月日%％的了是为]"
)

# 成立教师发展机构（教研室）: another name of what is founded
_FOUNDED = re.compile(r"(?:成立|设立|组建|更名|挂牌|合并|撤销)[^，,。；;\n]{0,20}$")


class Side(NamedTuple):
    """Names as printed at `start` of the text, and whether they support."""

    start: int
    names: str
    supports: bool


def sides(text: str) -> Iterator[Side]:
    """The bare lists of offices in brackets, each cut where others support: （基教股，人事股配合）."""
    for match in _BRACKET.finditer(text) if re.search(r"[)）】〕\]]", text) else ():
        names = match["names"]
        parts = [_SIDE.sub("", part) for part in _SEPARATOR.split(names.strip())]
        places = bool(match["stop"]) or match.start() == 0
        ends = bool(match["end"]) or match.end() == len(text)
        if not places and _FOUNDED.search(text, max(0, match.start() - 30), match.start()):
            continue
        if (places or ends) and all(_is_office(part, places) for part in parts):
            yield from _cut(match.start("names"), names)


def _is_office(part: str, or_school: bool) -> bool:
    if not _NAME.fullmatch(part) or _OTHERWISE.search(part):
        return False
    is_office = _OFFICE.search(part) is not None and not _WORD.search(part)
    return is_office or (or_school and _SCHOOL.fullmatch(part) is not None)


def _cut(start: int, names: str) -> Iterator[Side]:
    """The sides of a list; one whose last name says so supports."""
    for part in re.finditer(r"[^，,；;]+", names):
        side = _SIDE.search(part[0])
        yield Side(start + part.start(), part[0], bool(side and side["support"]))
