"""The programmes, plans and campaigns that an item calls by name."""

from __future__ import annotations

import re
from typing import NamedTuple

KIND = r"(?:工程|行动计划|提升计划|专项行动|行动|计划|专项|项目)"
TITLED = re.compile(r"《([^《》\n]{2,50}?(?:计划|行动|工程|规划|纲要|方案)(?:[（(][^《》（）()\n]{2,20}[）)])?)》")
QUOTED = re.compile(rf"[“\"「]([^“”\"「」\n。]{{2,16}})[”\"」](?:{KIND})")
CALLED = re.compile(r"[“\"「]([^“”\"「」\n。，]{1,12}(?:工程|计划|行动))[”\"」]")
BARE = re.compile(
    r"(?:实施|启动|推进|开展|落实|推行)(?:好|了)?([一-龥]{2,12}?(?:工程|行动计划|提升计划|专项行动|三年行动|计划))"
)
PLAIN = re.compile(
    r"^(?:重点|重大|建设|一批|基建|各项|相关|有关|民生|这项|系列|年度|改造|市政|配套|工作|招生|教学|投资|课程|生产|培训|"
    r"各类|国家|上级|全年|本|首批|多项|若干|(?:形象|政绩|面子|头号|一号|一把手|民心|惠民|世纪|样板)工程$|"
    r"[一二三四五六七八九十两\d]+[大项个类](?:重点|重大|民生)?(?:工程|行动|计划|项目)$)"
)


class Programme(NamedTuple):
    """A programme's name as written, and where it stands."""

    name: str
    start: int
    end: int


def programmes(text: str) -> list[Programme]:
    """The programmes that a text names, each once, in its order."""
    found: dict[str, Programme] = {}
    for pattern in (TITLED, QUOTED, CALLED, BARE):
        for m in pattern.finditer(text):
            whole = m.group() if pattern is QUOTED else m[1]
            start = m.start() if pattern is QUOTED else m.start(1)
            name = whole.strip('“”"「」')
            name = re.sub(r"[“”\"「」]", "", name)
            if not PLAIN.match(name):
                found.setdefault(name, Programme(name, start, start + len(whole)))
    return sorted(found.values(), key=lambda p: p.start)
