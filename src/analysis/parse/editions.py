"""Which edition of a plan a document is: the plan itself, a draft of it (征求意见稿), or an annex in a file of its own (任务分解表)."""

from __future__ import annotations

import re

from analysis.parse import titles

_MARK = r"(?:公开)?征求意见稿|送审稿|报审稿|讨论稿|审议稿|报批稿|修改稿|修订稿|初稿|草稿|代拟稿|(?:修[订正])?草案(?!的)|第[一二三四五六\d]稿|[一二三四五六]稿"
_DRAFT = re.compile(rf"[（(【\[]\s?(?:{_MARK})[^（()）】\]]{{0,12}}[）)】\]]|(?:{_MARK})$", re.M)
_DRAFT_NAMED = re.compile(rf"(?:征求|征集|听取)[^，。]{{2,80}}意见|(?:{_MARK})")
_ANNEX = re.compile(
    r"(?:(?:重点|主要|目标|年度|责任|工作|任务|项目|指标|分解|分工|推进|措施|落实)*(?:分解表|分工表|任务表|项目表|推进表|进度表|一览表|责任表|清单|台账|任务分解|任务分工|责任分工|分工方案|指标体系|任务书))$"
)
_NUMBERED = re.compile(r"^附\s?[件表]\s?[\d一二三四五六七八九十]{0,2}\s?[:：]?\s?")
_HEAD = 300  # characters in which a draft says that it is one


def of(title: str, notice: str, text: str, stem: str = "") -> str | None:
    """`annex`, `draft`, or None for the plan as it was issued.

    Args: notice: the title of the notice around it. text: its text, of which the head counts. stem: its file's name.

    Example: of("青禾县2024年工作要点任务分解表", "", "") == "annex"
    """
    if is_annex(title, text):
        return "annex"
    head = text[:_HEAD]
    drafted = any(_DRAFT.search(words) for words in (title, stem, notice)) or _DRAFT_NAMED.search(notice) is not None
    lines = [line.strip() for line in head.split("\n")]
    return "draft" if drafted or any(_DRAFT.fullmatch(line) for line in lines) else None


def is_annex(title: str, text: str = "") -> bool:
    """Whether a title is that of a list or table of tasks under the name of a plan, or under the word 附件."""
    bare = _NUMBERED.sub("", titles.clean(title))
    match = _ANNEX.search(bare)
    if match is None:
        return False
    is_numbered = any(_NUMBERED.match(words) for words in (title.strip(), text.lstrip()[:20]))
    return is_numbered or titles.TITLE.search(bare[: match.start()].rstrip("》”")) is not None


def core(title: str, names: tuple[str, ...] = ()) -> str:
    """The words of a title that all editions of a plan share: without year, place, draft's mark, annex's words.

    Args: names: the plan's places.

    Example: core("青禾县2024年政府工作报告（征求意见稿）", ("青禾县",)) == "政府工作报告"
    """
    bare = _NUMBERED.sub("", titles.clean(title))
    bare = _ANNEX.sub("", _DRAFT.sub("", titles.named(bare) or bare))
    bare = re.sub(r"(?:19|20)\d\d\s?(?:[-—–－~～至]{1,2}\s?(?:19|20)?\d\d)?\s?年?度?", "", bare)
    for name in names:
        bare = bare.replace(name, "")
    return titles.fold(bare)
