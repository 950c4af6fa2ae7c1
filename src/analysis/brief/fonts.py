"""The project's font cut to the characters of one page, ready to be embedded in it."""

from __future__ import annotations

import base64
import functools
import io
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent.parent / "draw" / "fonts"
FAMILY = "Noto Sans SC"
_WEIGHTS = {400: "NotoSansSC-Regular.ttf", 700: "NotoSansSC-Bold.ttf"}
FILES = tuple(FOLDER / name for name in _WEIGHTS.values())
_ALWAYS = frozenset(map(chr, range(32, 127))) | frozenset("…—·×↑↓≥≤≈–、。，；：？！（）《》“”‘’%")


def css(text: str) -> str:
    """@font-face rules that hold the font's characters of this text, regular and bold."""
    return _css(frozenset(text) | _ALWAYS)


@functools.lru_cache(maxsize=8)
def _css(characters: frozenset[str]) -> str:
    rules = []
    for weight, name in _WEIGHTS.items():
        data = base64.b64encode(_cut(FOLDER / name, characters)).decode()
        rules.append(
            f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};font-display:swap;'
            f"src:url(data:font/woff;base64,{data}) format('woff')}}"
        )
    return "\n".join(rules)


def _cut(file: Path, characters: Iterable[str]) -> bytes:
    options = subset.Options(
        flavor="woff",
        hinting=False,
        layout_features=[],
        name_IDs=[0, 1, 2, 13, 14],
        notdef_outline=True,
        legacy_kern=False,
    )
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(characters)))
    held = io.BytesIO()
    with TTFont(file, lazy=True, recalcTimestamp=False) as font:  # equal characters, equal bytes
        cutter.subset(font)
        font.flavor = "woff"
        font.save(held, reorderTables=None)
    return held.getvalue()


def missing(text: str) -> set[str]:
    """The characters of a text that the font cannot show (control characters aside)."""
    return {c for c in set(text) if c.isprintable() and not c.isspace()} - _known()


@functools.cache
def _known() -> frozenset[str]:
    with TTFont(FOLDER / _WEIGHTS[400], lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
