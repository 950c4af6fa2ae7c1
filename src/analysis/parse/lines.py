"""Lines of a head that are no title by themselves: who speaks or wrote, where and when, a collector's label."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.parse import foot
from analysis.parse.blocks import Block

_OFFICE = r"(?:书记|主任|主席|(?:省|市|县|区|旗|盟|州|镇|乡|局|厅|处|科|院|校|园|部|会|所|站|团|师)长|检察长|秘书长|专员|教师|记者|作者|整理|供稿|执笔|撰稿)"
_PERSON = r"[\u4e00-\u9fff]{1,2}[ \u3000]{0,3}[\u4e00-\u9fff·]{1,3}"
# 青禾县副县长 林远; 青禾县教育局 林远; （根据录音整理）
_BYLINE = re.compile(
    rf"^(?:[\u4e00-\u9fff、（）() \u3000]{{0,30}}{_OFFICE}[ \u3000:：]{{0,4}}{_PERSON}"
    rf"|[\u4e00-\u9fff]{{2,24}}{foot.AUTHORITY}[ \u3000]{{1,4}}{_PERSON}"
    r"|[（(](?:根据录音|摘要|节选|全文|摘编|讲话提纲|代拟稿|供稿|记录|整理)[^（()）]{0,12}[）)])$"
)
_NOT_NAME = re.compile(
    r"(?:工作|规划|计划|要点|方案|意见|报告|总结|通知|建设|教育|文件|印发|关于|办公室|委员会|政府|局|厅)$"
)
SUBTITLE = re.compile(r"^[—\-－―]{1,4}|(?:大会|会议|全会|全委会).{0,14}(?:会议)?上|在.{2,30}大会.{0,14}会议")
_SPOKEN = re.compile(
    r"^[—\-－―\s]{0,6}([^。；：]{0,16}在.{2,40}上的(?:讲话|发言|致辞|寄语|主持词|[\u4e00-\u9fff]{0,8}报告)(?:稿|提纲)?(?:[（(][^（()）]{1,16}[）)])?)$"
)
_DASH = re.compile(r"^[—\-－―]")
_REPORTS = re.compile(r"向(?:大会|全委会|全会|会议)(?:作|做)?[\u4e00-\u9fff]{0,8}报告|作(?:政府)?工作报告")


def is_byline(text: str) -> bool:
    """Whether a line says who speaks, wrote or noted (青禾县副县长 林远; （根据录音整理）)."""
    return len(text) <= 40 and _BYLINE.match(text) is not None and not _NOT_NAME.search(text)


def spoken(blocks: Sequence[Block]) -> tuple[int, str] | None:
    """The first line that says on what occasion a text was spoken (在X会议上的讲话): its index and words."""
    for i, block in enumerate(blocks):
        match = _SPOKEN.match(block.text)
        if match and block.marker is None:
            return i, match.group(1)
    return None


def is_subtitle(block: Block) -> bool:
    """Whether such a line stands below a title of its own (——在X会议上的讲话)."""
    return _DASH.match(block.text) is not None


def reports(text: str) -> bool:
    """Whether a text says at its beginning that it reports to an assembly (向大会报告工作)."""
    return _REPORTS.search(text[:800]) is not None
