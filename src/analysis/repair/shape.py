"""What the shape of a text says of its damage: line breaks lost, stopped in mid-sentence."""

from __future__ import annotations

import re

GLUED = re.compile(
    r"[^\n](?:[一二三四五六七八九十]{1,3}、(?=[\u4e00-\u9fff])|[（(][一二三四五六七八九十]{1,3}[）)](?=[\u4e00-\u9fff])|(?<=[。；！？ ])\d{1,2}[.．、]?(?=[\u4e00-\u9fff]{4}))"
)
SENTENCE = re.compile(r"[。！？]")
ENDED = re.compile(r"[。！？；：!?;:”’」』）)】〕》…」.][”’）)]?$|[日月年]$|\d$")
BREAKS_OFF = re.compile(
    r"[，、：；,;（(“《—-]$|(?:的|和|与|及|以及|在|对|把|将|向|为|并|或|而|是|等方面|加强|推进|完善|提高|落实|开展|做好)$"
)
SIGNED = re.compile(r"(?:政府|委员会|[局厅委部办院校会组]|年|月|日)$")  # a sign-off glued to the last sentence
BESIDE = re.compile(r"https?://|www\.|[:：]\s?[|｜]|[|｜].{1,20}[|｜]")  # in a line that is no part of a text
SHORT = 15  # characters: a shorter last line may be a heading
LONG_LINE = 1500  # characters: no paragraph of a plan is that long on purpose


def is_run_on(text: str) -> bool:
    """Whether the plan's own line breaks are lost: most of it stands in very long lines with headings glued inside."""
    if len(text) < 600:
        return False
    lines = text.split("\n")
    long = [line for line in lines if len(line) >= min(LONG_LINE, len(text) // 2)]
    share = sum(map(len, long)) / len(text)
    glued = sum(len(GLUED.findall(line)) for line in long)
    sentences = sum(len(SENTENCE.findall(line)) for line in long)
    return share > 0.5 and sentences >= 10 and glued >= 3


def is_truncated(text: str) -> bool:
    """Whether the text stops in mid-sentence; addresses and menus behind it are passed over."""
    last = _last_line(text)
    if not last or "\t" in last:
        return False
    tail = SENTENCE.split(last)[-1].strip(" ”’」")
    if len(last) >= SHORT and BREAKS_OFF.search(last):
        return True
    if len(tail) <= 30 and SIGNED.search(tail):
        return False
    return len(last) >= 30 and bool(tail) and not ENDED.search(last)


def _last_line(text: str) -> str:
    """The last line that belongs to the text."""
    end = len(text.rstrip())
    while end > 0:
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end].strip()
        if "\t" in line or (any(map(str.isalnum, line)) and not BESIDE.search(line)):
            return line
        end = start - 1
    return ""
