"""The subject of a plan: by its title, else its issuer, else by what most of its text speaks of."""

from __future__ import annotations

import re

from analysis import lexicon, regions
from analysis.parse import foot, titles

_GENERAL = re.compile(
    r"(?:人民政府|政府|[省市县区旗盟州镇乡]委|党委|党工委|工作委员会|管委会|管理委员会|办事处|行政公署|街道|[镇乡])(?:办公[室厅])?$"
)
_FRAME = re.compile(  # what a title says besides its subject
    rf"{titles.NOUN}|(?:19|20)[\d*＊Xx×]{{2}}|[一二][〇○零九][一二三四五六七八九〇○零]{{2}}|第?十[一二三四五六]?个?五|[年度月份届期次]"
    r"|[上下]半年|学期|学年|第[一二三四]季度|关于|印发|转发|做好|全面|为民办?|民生|实事|项目|[十百][件大项]|推进|切实|进一步|开展|落实|加强|工作|重点|主要|目标|任务|年度|总体|及|和|与|暨|以及|的"
    r"|全[省市县区旗州盟镇乡]|我[省市县区镇乡]|[省市县区旗镇乡]|责任|分解|表|发展|经济社会|若干|实施|贯彻|征求|稿|草案|修订|讨论|送审|试行|远景|年远景|行动|三年|五年|高质量|[^\u4e00-\u9fff]"
)
_LEAST = 5  # words of a subject: fewer are said in passing
_MOST = 0.6  # share of the words of all subjects that one must have


def sector(title: str, issuer: str, text: str) -> str:
    """The subject of a plan: `education`, `health`, … ; `government` where it is of all of them, else `other`.

    Args: issuer: of joint ones the first leads.
    """
    cues = {row["id"]: lexicon.cells(row["cues"]) for row in lexicon.table("common/sectors")}
    if any(cue in title for cue in cues.pop("government")):
        return "government"
    lead = issuer.split("、")[0]
    for words in (title, lead):
        named = [(words.find(cue), name) for name, own in cues.items() for cue in own if cue in words]
        if named:
            return min(named)[1]
    is_telling = titles.TITLE.search(title) is not None
    return _by_text(cues, text) or ("other" if is_telling and own_words(title) else _general(title, lead, cues, text))


def _by_text(cues: dict[str, list[str]], text: str) -> str | None:
    """The subject that most of a text speaks of."""
    counts = {name: sum(text.count(cue) for cue in own) for name, own in cues.items()}
    best = max(counts, key=lambda name: counts[name])
    is_most = counts[best] > max(_LEAST, _MOST * sum(counts.values())) and counts[best] * 250 > len(text)
    return best if is_most else None


def _general(title: str, issuer: str, cues: dict[str, list[str]], text: str) -> str:
    """`government` where a general authority speaks, or nobody does and the text speaks of many subjects."""
    spoken = issuer or (match.group() if (match := re.match(rf".*?{foot.AUTHORITY}", title)) else "")
    if spoken:
        return "government" if _GENERAL.search(spoken) else "other"
    counts = [sum(text.count(cue) for cue in own) for own in cues.values()]
    return "government" if sum(c > 0.08 * sum(counts) for c in counts) >= 3 else "other"


def own_words(title: str) -> str:
    """What a title says besides place, authority, year and type (青禾县水利局2024年防汛工作要点 → 防汛).

    Example: own_words("2024年防汛工作要点") == "防汛"
    """
    bare = re.sub(r"[（(【][^（()）】]{0,30}[）)】]|^(?:19|20)\d\d年?度?", "", title)
    bare = re.sub(rf"^[^关]{{0,40}}?{foot.AUTHORITY}(?=关于|印发|转发|[\d“《年]|[上下]半年|$)", "", bare)
    for place in reversed(list(regions.mentions(bare))):
        bare = bare[: place.start] + bare[place.end :]
    bare = re.sub(r"^(?:[\u4e00-\u9fff]{2,8}?(?:自治[县州旗]|[省市县区旗盟镇乡]|街道|开发区|新区))+", "", bare)
    left = _FRAME.sub("", bare)
    return left if len(left) > 1 else ""
