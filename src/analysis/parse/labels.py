"""The labels of an official page's own block (索引号, 发文字号, 发布日期 …), in whatever form a copy prints them.

A label may be spread (文 号), stand in brackets (【索引号】), beside others on one line, or above its value.
"""

from __future__ import annotations

import re

_GAP = r"[ \t\u3000\xa0]{0,4}"
_INDEX = ("信息索引号", "信息索引", "索引号", "索引码")
_NUMBER = (
    "公文文号",
    "公文字号",
    "发文字号",
    "发文文号",
    "文件文号",
    "文件字号",
    "文件编号",
    "发文号",
    "文件号",
    "文号",
)
_WRITTEN = tuple(act + noun for act in ("成文", "印发", "签发", "生成", "制发") for noun in ("日期", "时间"))
_PUBLISHED = (
    *(act + noun for act in ("发布", "发文", "公开", "公布") for noun in ("日期", "时间")),
    *("信息时间", "发表时间"),
)
_ISSUER = tuple(act + noun for act in ("发布", "发文", "制发", "公开") for noun in ("机构", "机关", "单位"))
_ISSUER_TOO = ("制单位", "制机关", "责任部门")  # say less: no sign of an official block


def _spread(words: tuple[str, ...]) -> str:
    """A pattern of labels whose characters may stand apart."""
    return "(?:" + "|".join(_GAP.join(word) for word in sorted(words, key=len, reverse=True)) + ")"


def _label(words: tuple[str, ...], colon: str = "?") -> str:
    """A label with what parts it from its value: a bracket around it, a colon, a dash of a list, a break."""
    return rf"[【\[［〖]?{_GAP}{_spread(words)}(?:{_GAP}[】\]］〗])?{_GAP}[:：]{colon}\s{{0,8}}(?:[-•·|｜]\s{{0,4}})?"


def _in_block(words: tuple[str, ...]) -> re.Pattern[str]:
    """A label that begins a line or stands beside others, in brackets or before a colon, and has a value."""
    end = rf"(?:{_GAP}[】\]］〗]{_GAP}[:：]?|{_GAP}[:：])"
    return re.compile(rf"(?:^|[ \t\u3000|｜])(?:[-•·]\s)?[【\[［〖]?{_GAP}{_spread(words)}{end}\s{{0,8}}\S", re.M)


INDEX = re.compile(_label(_INDEX) + r"([A-Za-z0-9](?:[A-Za-z0-9_/\-.]|[\u4e00-\u9fff]{1,6}(?=[-/]\d)){5,60})")
NUMBER = re.compile(_label(_NUMBER))
WRITTEN = re.compile(_label(_WRITTEN))
PUBLISHED = re.compile(_label(_PUBLISHED))
ISSUER = re.compile(
    rf"(?:[【\[［〖]{_GAP}{_spread(_ISSUER)}{_GAP}[】\]］〗]{_GAP}[:：]?|{_spread(_ISSUER + _ISSUER_TOO)}{_GAP}[:：])"
    r"\s{0,8}(?:[-•·]\s{0,4})?([^\s:：【\[［〖]{2,40})"
)
BLOCK = tuple(_in_block(words) for words in (_INDEX, _NUMBER, _ISSUER, _WRITTEN))
ENOUGH = 2  # different labels that make a block
LINE = rf"[【\[［〖]{_GAP}{_spread(_INDEX + _NUMBER + _ISSUER + _WRITTEN + _PUBLISHED)}{_GAP}[】\]］〗]"


def has_block(head: str) -> bool:
    """Whether the head of a copied page still holds the block of the official page."""
    return sum(pattern.search(head) is not None for pattern in BLOCK) >= ENOUGH
