"""Coordinate lists: one number of several things, several numbers of several things."""

from __future__ import annotations

import re

import rjieba

from analysis.extract import phrases

_EACH = re.compile(r"(?:各|(?<![班人生户校年平])均|双双|都)(?:为|达到?|在|超过|有|实现|不低于|突破|稳定在|保持在|\s)*$")
_COUNTED = re.compile(
    r"(?:^|[,，；;])(?P<list>[^,，；;\d]{3,40}?)[2-9两二三四五六七八九]个(?P<kind>[\u4e00-\u9fff]{1,4}?)各[\u4e00-\u9fff]{0,6}$"
)
_AND = re.compile(r"以及|、|(?<![普以涉])及(?![格时])|(?<![参给])与|和(?![谐美平])")
_WHOSE = re.compile(r"(.{2,})(?:居民|人口|学生|教师|学校|企业|幼儿|干部)$")
_HEADS = re.compile(r"(?:赛事|比赛|竞赛|活动|培训|讲座|基地|教室|学校|中心|工作室|项目)$")
_STAGE = re.compile(phrases.STAGE)
_OF_STAGES = re.compile(rf"(?P<measure>[\u4e00-\u9fff]{{2,}}?)(?P<stage>{phrases.STAGE})")
_SHORT = {
    "存贷款": ("存款", "贷款"), "城乡": ("城镇", "农村"), "中小学": ("中学", "小学"), "进出口": ("进口", "出口"), "粮油": ("粮食", "油料"),
    "肉蛋奶": ("肉类", "禽蛋", "奶类"), "粮肉奶": ("粮食", "肉类", "奶类"), "粮棉油": ("粮食", "棉花", "油料"),
}  # fmt: skip


def together(before: str, name: str) -> list[str]:
    """The names that one number is said of: A和B各n, A率、B率达到n; the name alone otherwise."""
    counted = _COUNTED.search(phrases.QUOTES.sub("", before))
    if counted and len(parts(counted["list"])) > 1:  # 东溪、西溪2个镇各新建
        return [part + counted["kind"] + name for part in parts(counted["list"])]
    found = parts(name)
    rates = len(found) > 1 and all(re.search(r".率$", p) for p in found)
    if not rates and not _EACH.search(phrases.QUOTES.sub("", before)):
        return [name]
    if len(found) < 2 or any(len(p) < 2 for p in found):
        return [name]
    if phrases.QUOTES.sub("", before).endswith("各"):
        return _each(name, found)
    return members(name, len(found))


def _each(name: str, found: list[str]) -> list[str]:
    """The names of 新建、改扩建A各n (two deeds), of A、B和C赛事各n (a head that they share)."""
    ending = re.search(r"(?:人数|户数|次数|场数|面积|数)$", name)
    end = ending[0] if ending else ""
    deeds, thing = phrases.split_verb(name.removesuffix(end))
    if "、" in deeds:
        return [deed + thing + end for deed in deeds.split("、")]
    verb, found[0] = phrases.split_verb(found[0])
    heads = [*found[:-1], found[-1].removesuffix(end)]
    shared = _HEADS.search(heads[-1])
    if shared and shared.start() and not any(_HEADS.search(h) for h in heads[:-1]):
        heads = [*(h + shared[0] if len(h) <= shared.start() + 1 else h for h in heads[:-1]), heads[-1]]
    return [verb + h + end for h in heads]


def parts(text: str) -> list[str]:
    """The members of a list as printed."""
    return [p for p in _AND.split(text) if p]


def members(text: str, n: int) -> list[str]:
    """The members of a list, each with the head or the tail that it shares: 体育、艺术教师配备率 gives 体育教师配备率 and 艺术教师配备率."""
    found = parts(text)
    if len(found) == 1 and n > 1:
        for word, full in _SHORT.items():
            if len(full) == n and (text.startswith(word) or (word == "存贷款" and word in text)):
                return [text.replace(word, p, 1) for p in full]
    if len(found) > n > 1:  # more commas than numbers: the list is what stands last
        found = ["、".join(found[: len(found) - n + 1]), *found[len(found) - n + 1 :]]
    if len(found) < 2:
        return [text] * n if n > 1 and text else found
    staged = _OF_STAGES.fullmatch(found[0])
    if staged and all(_STAGE.fullmatch(p) for p in found[1:]):  # 生均公用经费小学、初中、高中
        return [stage + staged["measure"] for stage in (staged["stage"], *found[1:])]
    last = found[-1]
    if all(phrases.MEASURED.search(p) for p in found[:-1]):
        return _with_head(found)
    tail = _tail(last)
    if not phrases.MEASURED.search(tail):
        first = len(last) - len(tail)
        alike = (
            len(tail) > 1
            and not tail.endswith("数")
            and all(p[-1] == last[first - 1] and len(p) == first for p in found[:-1])
        )
        return [*(p + tail for p in found[:-1]), last] if alike and n > 1 else found
    return [*(p if phrases.MEASURED.search(p) else _joined(p, last, tail) for p in found[:-1]), last]


def _tail(last: str) -> str:
    """What the last member shares with the others: all but its first word (of 农村居民 the 居民 is shared)."""
    first = next(iter(rjieba.cut(last)))
    own = _WHOSE.match(first)
    return last[len(own[1] if own else first) :]


def _joined(part: str, last: str, tail: str) -> str:
    """A member with the tail of the last one; where both name one kind of thing (…制造业), what follows it there."""
    at = last.find(part[-2:])
    if at < 0 and part[-1] == "位" and "位" in last[1:-1]:
        return part + last[last.rfind("位") + 1 :]  # 托位 of 养老床位数
    return part + (last[at + 2 :] if at >= 0 else tail)


_OWN = re.compile(r"旅游|财政|税收|居民|工业|农业|服务业|进出口|出口|进口|消费|投资|贷款|存款|就业|粮食")


def _with_head(parts: list[str]) -> list[str]:
    """Short later members take the head of the first: 生产安全事故起数、死亡人数."""
    words = list(rjieba.cut(parts[0]))
    head = "".join(words[: -2 if words[-1] == "率" else -1])
    return [parts[0]] + [
        head + p
        if len(p) <= 4 and len(words) > 1 and not (len(p) == 4 and _OWN.match(p)) and not p.startswith(words[0])
        else p
        for p in parts[1:]
    ]
