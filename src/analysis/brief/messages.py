"""What the program told of documents, in the reader's language; the table of messages is common/messages."""

from __future__ import annotations

import functools
import re

from analysis import lexicon

_PLACE = re.compile(r"\\\{(\d)\\\}")
_LONGEST = 2000  # characters of a message that are looked at


def message(text: str, lang: str = "zh") -> str:
    """A message of `problems` or `checks` in the language; one that the table lacks stays as it is.

    Example: message("the year is masked in the title", "zh") gives 标题里的年份被遮蔽
    """
    if lang != "zh" or len(text) > _LONGEST:
        return text
    for pattern, zh in _patterns():
        found = pattern.fullmatch(text)
        if found is not None:
            return zh.format(*(message(part, lang) for _, part in sorted(found.groupdict().items())))
    before, mark, after = text.partition(": ")
    told = message(after, lang) if mark else after
    return f"{before}：{told}" if told != after else text


@functools.cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Each message as a pattern with its Chinese, those with most words of their own first."""
    rows = sorted(lexicon.table("common/messages"), key=lambda row: -len(re.sub(r"\{\d\}", "", row["en"])))
    return [(re.compile(_PLACE.sub(r"(?P<p\1>.+?)", re.escape(row["en"])), re.DOTALL), row["zh"]) for row in rows]
