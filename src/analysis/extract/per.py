"""Denominators: 每生每年, 每周, 每位教研员每年."""

from __future__ import annotations

import re

import rjieba

from analysis.extract.clauses import Slot

_PER = re.compile(
    r"每(?:次(?=[不至\d一两三]|$)|(?:半|两|三)?(?:年|个?月|周|日|天|个?季度|个?学期|学年)|两周|(?:生|校|班|人|户|亩|村|镇|室|园(?![区地])|县(?:[（(]区[)）])?)(?!年级)|"
    r"(?:个|名|位|所|家)(?P<who>乡[(（]镇[)）]|[^\s\d,，。、；;每]{1,6}))|"
    r"(?:一年|半年|一学期|[一两三]个月|一周)(?=[一二两三四五六七八九十\d]次|$|开展|组织|召开|进行|举办)"
)
_NAME = re.compile(
    r"每十?[万千百][名个位]?(?:常住|户籍)?(?:人口|户居民|学生|幼儿|儿童|老年人|居民|户|人|老人|适龄儿童|在校生|师生|教师|劳动者|职工|参保人员?)"
)
_END = re.compile(
    r"(?:.{2,6}?)(?=每|联系|至少|不少于|不低于|建|开[设展]|配|应|须|要|都|均|高标准|完成|参加|达|补助|安排|组织|选|有|落实|设|掌握|在|打造|推出|培育|推荐|组建|举办|遴选|聘|派|一次性|平均|最多|不超过|三年|$)"
)
_PLACE = re.compile(
    r"(?:县|区|市|镇|乡|村|校|园|乡镇|街道|学校)(?:[（(][县市区旗、]+[)）])?(?=[发培打新建选确安组开创设至配重])"
)


def of(slot: Slot) -> str | None:
    """The denominator as written (每生每年), None where the number stands for itself."""
    if slot.amount.per:
        return slot.amount.per
    if named := _NAME.search(slot.before):
        return named[0]
    return "".join(without(slot.before)[1]) or None


def without(text: str) -> tuple[str, list[str]]:
    """The text without its denominators, and these."""
    found: list[str] = []

    def take(m: re.Match[str]) -> str:
        who = m["who"]
        if not who:
            found.append(m[0])
            return ""
        ends = _END.match(who)
        if ends is None or (who[0] in "县区市镇乡村校园" and who[1:3] not in ("区民", "级的")):
            own = _PLACE.match(who)
            ends = own or ends
        first = who if who[-1] in ")）" else ends[0] if ends else next(iter(rjieba.cut(who)))
        found.append(m[0][: len(m[0]) - len(who)] + first)
        return who[len(first) :]

    return (text, found) if _NAME.search(text) else (_PER.sub(take, text), found)
