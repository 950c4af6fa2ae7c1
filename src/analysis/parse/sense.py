"""Where a heading ends in text that lost the break behind it: …坚持依法办事行政审批、基建维修…

The cut is chosen by word kinds (a heading ends in a noun, a sentence begins with a verb, a preposition or a quote), by
words that open a sentence (要, 按照, 通过), and by what the neighbouring headings look like.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from analysis import words

_CONSENT = 0.6  # share of siblings that must read so
_SURE = 20.0  # more than all that speaks for another cut
LEAST, MOST = 4, 22  # characters of a heading
_OPENS = re.compile(
    r"(?:要(?![求素点])|在|按照|按|通过|以|围绕|严格|充分|牢固|适应|认真|积极|切实|进一步|继续|各|全[省市县区]|根据|将|把|对|针对|为|紧|广泛|大力|着力|结合"
    r"|依托|利用|坚持|加强|强化|建立|完善|落实|推进|开展|组织|实施|投资|贯彻|深化|深入|健全|优化|加大|加快|做好|制定|出台|抓好|突出|发挥|建设(?=[省市县国一二三四五六七八九十\d高])|新建|创建|打造|提高|提升|扩大|增加|补充|支持|引导|鼓励|促进|培育|培养|统筹|规范|巩固|坚决|始终|抓实|实现|确保|过去|今年|到\d{4}年|综合|[“《])"
)
_USUAL = re.compile(  # titles that parts of every plan bear
    r"(?:指导思想|基本原则|总体要求|总体目标|总体思路|发展目标|主要目标|工作目标|工作思路|主要任务|重点任务|工作措施|保障措施|组织保障|组织实施|发展基础|发展环境|发展形势|面临形势|发展现状"
    r"|(?:19|20)\d\d年(?:政府|主要|重点)?工作(?:回顾|总结|安排|打算|任务|思路|重点|情况)|(?:今年|明年|下一步|下步)(?:主要|重点)?工作(?:安排|打算|任务|思路|重点)|工作回顾|存在(?:的)?(?:主要)?问题)"
)
_FIRST_CLAUSE = re.compile(r"(?:一是|一要|首先)")
_SUBJECT = re.compile(r"(?!.{0,3}(?:重点|任务|目标|方向)要)[\u4e00-\u9fff]{2,9}(?:要(?![求素点])|应当?|必须|是)")
_NOUNS = ("n", "vn", "an", "l", "j", "nz", "i", "nt", "ns", "s", "b")
_HEAVY_END = re.compile(
    r"(?:建设|工作|发展|管理|水平|能力|体系|机制|改革|责任|作用|质量|服务|保障|安全|教育|制度|队伍|结构|活动|工程|行动|监督|治理|环境|基础|重点|体育|回顾|要求|目标|形势|思路|投入|领导|评估|打算|安排|保护|事业|产业|经济|文化|政策|布局)$"
)


def cuts(bodies: Sequence[str]) -> list[int]:
    """Where the heading of each of several sibling texts ends (characters), all read together.

    Example: cuts(["坚持依法决策严格按照程序办理。", "坚持依法办事行政审批要合法。"]) == [6, 6]
    """
    scored = [_scores(body) for body in bodies]
    first = [max(s, key=lambda k: s[k], default=0) for s in scored]
    lengths = Counter(first)
    ends = Counter(body[max(0, k - 2) : k] for body, k in zip(bodies, first, strict=True))
    out = []
    for body, scores in zip(bodies, scored, strict=True):
        if not scores:
            out.append(0)
            continue
        others = sum(lengths.values()) - 1

        def likeness(k: int, body: str = body, others: int = others) -> float:
            near = sum(n for length, n in lengths.items() if abs(length - k) <= 1)
            return (1.5 * near / others if others else 0.0) + 0.5 * min(ends[body[k - 2 : k]], 3)

        out.append(max(scores, key=lambda k: scores[k] + likeness(k)))
    return out


def pairs(titles: Sequence[str]) -> list[int]:
    """Where titles in two halves of one length run into their text (聚力项目，扩大投资|抓实开工); 0s where most do not.

    Example: pairs(["聚力项目建设，扩大有效投资抓实前期工作", "聚力乡村振兴，促进城乡融合守住耕地红线"]) == [13, 13]
    """
    found = [_half(title) for title in titles]
    return found if sum(k > 0 for k in found) > _CONSENT * len(found) and len(found) > 1 else [0] * len(found)


def _half(title: str) -> int:
    """Where the second half of a title ends that is as long as the first, with a clause behind it; else 0."""
    first, comma, rest = title.partition("，")
    if not comma or not 4 <= len(first) <= 10 or len(rest) < len(first) + 4:
        return 0
    at = 0
    tokens = words.tokens(rest)
    for (word, _), (_, kind) in pairwise(tokens):
        at += len(word)
        if at == len(first):
            return len(first) + 1 + at if kind.startswith("v") or _OPENS.match(rest[at:]) else 0
    return 0


def _scores(body: str) -> dict[int, float]:
    """Length of heading → how well the cut reads."""
    usual = _USUAL.match(body)
    if usual and not re.match(r"[的和与及、，是]", body[usual.end() :]):
        return {usual.end(): _SURE}
    tokens = words.tokens(body[: MOST + 12])
    out: dict[int, float] = {}
    at = 0
    for i, (word, kind) in enumerate(tokens[:-1]):
        at += len(word)
        if at > MOST or re.search(r"[，。,；]", word):
            break
        if at >= LEAST and not body[at : at + 1].isspace():
            out[at] = _score(body, at, kind, tokens[i + 1])
    return out


def _score(body: str, at: int, kind: str, following: tuple[str, str]) -> float:
    head, rest = body[:at], body[at:]
    score = 2.0 if kind.startswith(_NOUNS) else -1.0 if kind[:1] in "pucdrm" else 0.0
    score += 1.0 if _HEAVY_END.search(head) else 0.0
    score += 2.2 if _OPENS.match(rest) else 0.0
    score += 3.0 if _FIRST_CLAUSE.match(rest) else 0.0
    score += 1.8 if _SUBJECT.match(rest) else 0.0
    score += 1.5 if at >= 8 and rest.startswith(head[-4:]) else 0.0  # 招商引资|招商引资是
    score -= 2.0 if following[1][:1] in "ucy" or re.match(r"[的和与及、，,）)”》]", rest) else 0.0
    score -= 1.0 if kind.startswith("n") and following[1].startswith("n") and not _SUBJECT.match(rest) else 0.0
    score -= 1.5 if "、" in head else 0.0
    return score - 0.12 * abs(at - 8)
