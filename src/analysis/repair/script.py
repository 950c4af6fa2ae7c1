"""Script and width: traditional → simplified, full-width digits and letters → half-width; always one for one."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter

from opencc import OpenCC

# written by simplified texts too (乾县, 於潜, 卓著, 瞭望, 徵 the note, 锺 and 昇 in names)
SHARED = frozenset("乾於著瞭徵藉夥鍾昇甯祇麽馀嶽鬱衹讎")
FEW = 3  # traditional characters below which a simplified text stays as it is
SOME = 0.1  # share of the minor script from which a text is mixed
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ％﹪]")
WIDE_MARK = re.compile(r"(?<=[0-9A-Za-z])[．＋－／～](?=[0-9A-Za-z])")
OTHER_FORM = re.compile(r"[\u2e80-\u2fd5\uf900-\ufaff]")  # radicals and compatibility forms that PDF fonts give
_WIDTH = {ord(c): unicodedata.normalize("NFKC", c) for c in map(chr, range(0xFF10, 0xFF5B)) if c.isalnum()}
_WIDTH |= {ord("％"): "%", ord("﹪"): "%"}
_MARKS = str.maketrans("．＋－／～", ".+-/~")


@functools.cache
def _converter(config: str) -> OpenCC:
    return OpenCC(config)


@functools.cache
def _differs(config: str) -> frozenset[str]:
    """The common characters that a conversion changes."""
    han = "".join(map(chr, range(0x4E00, 0xA000)))
    return frozenset(c for c in han if _converter(config).convert(c) != c)


def kind(text: str, plain: str) -> str:
    """`simplified`, `traditional` or `mixed`: which script a text is written in.

    Args: plain: the text in simplified characters.
    """
    if plain == text:
        return "simplified"
    counts = Counter(text)
    only_old, only_new = _differs("t2s") - SHARED, _differs("s2t")
    traditional = sum(n for char, n in counts.items() if char in only_old)
    simplified_only = sum(n for char, n in counts.items() if char in only_new)
    if traditional <= simplified_only and (traditional < FEW or traditional < 0.001 * simplified_only):
        return "simplified"
    share = traditional / (traditional + simplified_only)
    return "traditional" if share > 1 - SOME else "mixed"


def simplified(text: str) -> str:
    """The text in simplified characters, as long as it was."""
    made = _converter("t2s").convert(text)
    if len(made) == len(text):
        return made
    return "".join(c if len(one := _converter("t2s").convert(c)) != 1 else one for c in text)


def half_width(text: str) -> str:
    """The text with digits, Latin letters and % in half width, and marks between them too; as long as it was."""
    if WIDE.search(text):
        text = text.translate(_WIDTH)
    if any(mark in text for mark in "．＋－／～"):
        text = WIDE_MARK.sub(lambda m: m.group().translate(_MARKS), text)
    if OTHER_FORM.search(text):
        text = OTHER_FORM.sub(lambda m: _same(m.group()), text)
    return text


def _same(char: str) -> str:
    made = unicodedata.normalize("NFKC", char)
    return made if len(made) == 1 else char
