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
ENDS = 5000  # characters at either end of the text that are looked at
LONGEST = 400  # characters: no advert is longer


@functools.cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in lexicon.table("common/repairs_adverts")), re.I)


def find(text: str) -> Iterator[Change]:
    """Lines of adverts at the text's ends, and adverts behind the last sentence of a line."""
    words = _words()
    if not words.search(text[:ENDS]) and not words.search(text[-ENDS:]):
        return
    lines = list(LINE.finditer(text))
    ends = {*range(NEAR), *range(len(lines) - NEAR, len(lines))}
    for i, line in enumerate(lines):
        hit = words.search(line.group())
        if hit is None:
            continue
        is_whole = len(line.group()) <= LONGEST and i in ends and "。" not in line.group()
        start = 0 if is_whole else _behind_sentence(line.group(), hit.start())
        if start is None:
            continue
        if start == 0:
            first = max(0, line.start() - 1) if i == len(lines) - 1 else line.start()
            yield Change(first, min(len(text), line.end() + (i < len(lines) - 1)), "", "advert")
        else:
            yield Change(line.start() + start, line.end(), "", "advert")


def _behind_sentence(line: str, hit: int) -> int | None:
    """Where an advert begins that ends its line: behind the last sentence and a sign-off; None inside running text."""
    if SENTENCE_END.search(line, hit) or len(line) - hit > LONGEST:
        return None
    ends = [m.end() for m in SENTENCE_END.finditer(line, 0, hit)]
    start = ends[-1] if ends else 0
    bodies = [m.end() for m in BODY.finditer(line, start, hit)]
    return bodies[-1] if bodies else start
