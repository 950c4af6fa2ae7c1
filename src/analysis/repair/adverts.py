"""Adverts glued to the text, and first lines that a hijacked page put before it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from analysis import lexicon
from analysis.repair.receipts import Change

LINE = re.compile(r"[^\n]+")
SENTENCE_END = re.compile(r"[。！？”]")
BODY = re.compile(
    r"(?:人民政府|教育局|体育局|委员会|办公室|[\u4e00-\u9fff]{2}[局厅委办])(?=官方|权威|专业|治疗|$|[^\u4e00-\u9fff])"
)
NEAR = 12  # lines at either end where adverts stand
LONGEST = 400  # characters: no advert is longer


@functools.cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in lexicon.table("common/repairs_adverts")), re.I)


@functools.cache
def _hints() -> tuple[str, ...]:
    """Words of which one stands in every advert: plain words are found fast."""
    return tuple(hint for row in lexicon.table("common/repairs_adverts") for hint in lexicon.cells(row["hints"]))


def find(text: str) -> Iterator[Change]:
    """Lines of adverts at the text's ends, and adverts behind the last sentence of a line."""
    lines = list(LINE.finditer(text))
    for i in sorted({*range(min(NEAR, len(lines))), *range(max(0, len(lines) - NEAR), len(lines))}):
        line = lines[i].group()
        if any(hint in line for hint in _hints()):
            hit = _words().search(line)
            start = None if hit is None else _start(line, hit.start())
            if start is not None:
                yield _change(text, lines[i], start, is_last=i == len(lines) - 1)


def _start(line: str, hit: int) -> int | None:
    """Where the advert begins in its line: at 0 where the line is nothing else."""
    if len(line) <= LONGEST and "。" not in line:
        return 0
    return _behind_sentence(line, hit)


def _change(text: str, line: re.Match[str], start: int, is_last: bool) -> Change:
    if start > 0:
        return Change(line.start() + start, line.end(), "", "advert")
    first = max(0, line.start() - 1) if is_last else line.start()
    return Change(first, line.end() if is_last else line.end() + 1, "", "advert")


def _behind_sentence(line: str, hit: int) -> int | None:
    """Where an advert begins that ends its line: behind the last sentence and a sign-off; None inside running text."""
    if SENTENCE_END.search(line, hit) or len(line) - hit > LONGEST:
        return None
    ends = [m.end() for m in SENTENCE_END.finditer(line, 0, hit)]
    start = ends[-1] if ends else 0
    bodies = [m.end() for m in BODY.finditer(line, start, hit)]
    return bodies[-1] if bodies else start
