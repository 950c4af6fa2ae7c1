"""What an item says is built, counted in the units that only built things have: places, rooms, lengths, areas."""

from __future__ import annotations

import re

COUNT = r"[\d一二三四五六七八九十百两][\d.]{0,9}[余多]?[万千百]?[余多]?"
PLACE = r"(?:(?<!重)点|站|室|馆|园|场|基地|车间|公寓|小区|中心|楼|位|桥|厂|库|床|房|厕)"
BUILT = re.compile(
    r"(?=[新改扩迁修兴重建维])(?:新建|改建|扩建|新改建|改扩建|迁建|修建|兴建|重建|建成|建设|改造|新修|维修|修复|(?<![创组筹共构基])建(?!档))"
    r"(?P<thing>[^，,；;。！？\s\d]{0,16}?)" + COUNT + r"(?:所|座|栋|幢|公里|千米|平方米|间|亩|处|条|口)"
)
ADDED = re.compile(
    r"(?=[新增设建改重])(?:新增|增设|增加|设立|设置|建立|新建|建成|建设|改造|重建|(?<![创组筹共构基])建(?!档))"
    r"(?P<thing>[^，,；;。！？\s\d]{0,16}?" + PLACE + ")" + COUNT + r"[个张处间座户套]"
)
GAINED = re.compile(r"新?增|设")
# a title that is awarded, nothing built
NAMED = re.compile(r"示范|品牌|特色|名师|工作室|文明|样板|标杆|先进|优质|达标")


def built(text: str) -> list[re.Match[str]]:
    """Where a text says that places are built, with how many."""
    return [m for m in places(text) if not GAINED.match(m.group())]


def places(text: str) -> list[re.Match[str]]:
    """Where a text says that places are built or gained (新增床位500张), with how many."""
    found = [m for pattern in (BUILT, ADDED) for m in pattern.finditer(text)]
    return [m for m in found if not NAMED.search(m["thing"])]
