"""Targets said as a level without a number: 保持合理水平, 与全国一致, 高于全国平均, 力争更好结果."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_SOME = r"(?:总体|基本|大体|大致|持续|继续|整体)"
_STEADY = (
    r"(?:稳定|平稳|稳中有[升降进]|合理(?:水平|区间|范围|增长|回升)|适度增长|较快增长|平稳增长|稳定增长|正增长|温和(?:上涨|回升|水平)|较[低高]水平|"
    r"[^，,。；;、：:\d\n]{2,6}(?:前列|最好水平))"
)
_END = r"(?=[，,。；;、）)\n]|$)"
_LEVEL = re.compile(
    rf"(?:{_SOME}{{0,2}}(?:保持|维持|处于|处在|运行在|稳定在|控制在)(?:在|了)?{_SOME}?{_STEADY}|{_SOME}{_STEADY}|"
    rf"(?:合理回升|温和回升|温和上涨|稳中有[升降]|平稳增长|稳定增长)){_END}|"
    rf"(?:与|同|和)[^，,。；;、：:\d\n]{{2,14}}?{_SOME}?(?:保持)?{_SOME}?(?:同步|一致|持平|相当|相适应|相匹配)(?:增长)?{_END}|{_SOME}?持平{_END}|"
    rf"(?:略|均|要)?(?:不低于|不高于|高于|低于|快于|好于|优于|领先于)[^，,。；;、：:\d\n]{{2,14}}{_END}"
)
_BETTER = re.compile(rf"更好(?:的)?(?:结果|成绩|水平|成效|效果){_END}")
_BEFORE = re.compile(
    r"(?P<name>[^，,。；;、：:\d\n]{2,24})\d[^，,。；;、：:\n]{0,12}[，,、（(][^，,。；;、：:\d\n]{0,16}$"
)
_MEASURES = re.compile(
    r"(?:率|增速|增长|增幅|涨幅|物价|价格|指数|收入|支出|投资|产量|产值|增加值|总额|总值|比重|占比|浓度|面积|就业(?:形势|局势)?|人口规模|房地产市场)$"
)
_VERBS = re.compile(
    r"(?:实现|达到|做到|推动|确保|保持|推进|力争|促进|继续|努力|争取|要|均|都|的?水平)+$|^(?:实现|推动|确保|保持|力争|促进|预计|使|全[省市县区州旗])+"
)


class Level(NamedTuple):
    """A level said in words: its span, where its clause begins, and the name of what it is said of."""

    start: int
    end: int
    head: int
    name: str


def levels(text: str) -> Iterator[Level]:
    """The levels of a text in order, each with what measure it is said of; what names no measure is none."""
    for m in _LEVEL.finditer(text):
        head = _head(text, m.start())
        said = text[head : m.start()]
        name = _named(_LEVEL.split(said, maxsplit=1)[0])
        if name and not re.search(r"\d", said):
            yield Level(m.start(), m.end(), head, name)
    for m in _BETTER.finditer(text):
        before = _BEFORE.search(text, max(0, m.start() - 80), m.start())
        name = _named(before["name"]) if before else None
        if before and name:
            yield Level(m.start(), m.end(), before.start(), name)


def _head(text: str, start: int) -> int:
    """Where the clause before a place begins; a 、 with nothing new behind it carries the subject on."""
    low = max(0, start - 60)
    return max((low + m.end() for m in re.finditer(r"[，,；;。！？：:\n]", text[low:start])), default=low)


def _named(said: str) -> str | None:
    """The measure at the end of some words, the last of several."""
    name = _VERBS.sub("", re.split(r"[、（(]", said.rstrip("、"))[-1].strip('“”" '))
    return name if 2 <= len(name) <= 24 and _MEASURES.search(name) else None
