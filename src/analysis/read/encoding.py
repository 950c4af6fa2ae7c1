"""Bytes → characters, by a ladder: byte-order mark, strict UTF-8, then the best of what Chinese files are written in.

Source: the level-1 tables of GB 2312 (3,755 characters) and Big5 (5,401 characters) are taken from Python's codecs.
"""

from __future__ import annotations

import codecs
import functools
import re
from typing import NamedTuple

CANDIDATES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
MARKS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
# the most frequent characters of official prose in both scripts: few, so that chance hits are rare
FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相"
    "全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五"
    "果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先"
    "回则任取据处理世加强推市教育镇乡县村幼园校师培训监督检查完善落实深化推进服务创新保障安全"
    "這個為來們時會對發動產種過進還與關學業機當從兩體點應開間將組計別實務導講區農數題變條結總資邊級圖統較論運據處縣鄉鎮園師訓監檢"
)
TAIL = 4  # bytes that an incomplete last character can leave
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff\ue000-\uf8ff]")
_LATIN_TWICE = re.compile(r"[\u00a0-\u00ff\u0152-\u02dc\u2013-\u2122\x80-\x9f]")


class Decoded(NamedTuple):
    """Characters, the name of their encoding, and how sure that is (0 to 1)."""

    text: str
    encoding: str
    confidence: float


@functools.cache
def _common() -> frozenset[str]:
    """Characters that both scripts' first tables hold, with the punctuation and digits of Chinese text."""
    gb = (bytes((a, b)).decode("gb2312", "ignore") for a in range(0xB0, 0xD8) for b in range(0xA1, 0xFF))
    tails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    big5 = (bytes((a, b)).decode("big5", "ignore") for a in range(0xA4, 0xC7) for b in tails)
    marks = "，。、；：？！“”‘’（）《》〈〉【】〔〕—…·％－　０１２３４５６７８９"
    return frozenset("".join(gb)) | frozenset("".join(big5)) | frozenset(marks)


def decode(data: bytes) -> Decoded | None:
    """The characters of the bytes, with the encoding that fits best; None when no encoding gives readable text."""
    for mark, name in MARKS:
        if data.startswith(mark):
            decoder = codecs.getincrementaldecoder(name)("replace")  # drops an incomplete last character
            return Decoded(decoder.decode(data[len(mark) :]), name, 1.0)
    text = _strict(data, "utf-8")
    if text is not None and "\0" not in text:
        return _utf8(text)
    best = max((_candidate(data, name) for name in CANDIDATES), key=lambda c: c.confidence)
    if _CONTROL.search(best.text) and len(_CONTROL.findall(best.text)) > 0.02 * len(best.text) + 1:
        return None
    return best if best.confidence >= 0.3 else None


def _strict(data: bytes, name: str) -> str | None:
    """The text when all bytes are valid but for an incomplete last character."""
    decoder = codecs.getincrementaldecoder(name)("strict")
    try:
        return decoder.decode(data)
    except UnicodeDecodeError:
        return None


def _utf8(text: str) -> Decoded | None:
    if len(_CONTROL.findall(text)) > 0.05 * len(text) + 1 and not _LATIN_TWICE.search(text):
        return None
    twice = _once(text)
    if twice is not None:
        return Decoded(twice, "utf-8 (twice)", 0.95)
    return Decoded(text, "utf-8", 1.0)


def _once(text: str) -> str | None:
    """The text that was UTF-8 read as Latin-1 (or Windows-1252) and written as UTF-8 again, None when it was not."""
    if len(_LATIN_TWICE.findall(text)) < 0.3 * len(text):
        return None
    for name in ("latin-1", "cp1252"):
        try:
            data = b"".join(_byte(c, name) for c in text)
        except UnicodeEncodeError:
            continue
        inner = _strict(data, "utf-8")
        if inner is not None and _score(inner) > 0.5:
            return inner
    return None


def _byte(char: str, name: str) -> bytes:
    # Windows-1252 leaves five bytes open; programs write them as the control character of the same number
    return char.encode("latin-1") if "\x80" <= char <= "\x9f" else char.encode(name)


def _candidate(data: bytes, name: str) -> Decoded:
    text = _strict(data, name)
    if text is None:
        text = data.decode(name, "replace")
    return Decoded(text, name, round(_score(text), 3))


def _score(text: str) -> float:
    """How much the text looks like Chinese prose: the share of common characters, half of it that of frequent ones."""
    sample = text[:200_000]  # a page may begin with long scripts
    wide = [c for c in sample if c > "\x7f"][:20_000]
    if not wide:
        return 0.0
    common, bad = _common(), sum(1 for c in wide if _CONTROL.match(c))
    share = sum(c in common for c in wide) / len(wide)
    frequent = sum(c in FREQUENT for c in wide) / len(wide)
    return max(0.0, min(1.0, 0.6 * share + min(0.4, frequent) - 3 * bad / max(1, len(wide))))
