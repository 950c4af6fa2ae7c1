"""The project's font cut to the characters of one page, ready to be embedded in it."""

from __future__ import annotations

import base64
import functools
import itertools
import struct
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent.parent / "draw" / "fonts"
FAMILY = "Noto Sans SC"
_WEIGHTS = {400: "NotoSansSC-Regular.ttf", 700: "NotoSansSC-Bold.ttf"}
FILES = tuple(FOLDER / name for name in _WEIGHTS.values())
_EM = 1000  # units of the font in an em
_KEPT = ("OS/2", "head", "hhea", "maxp", "name", "post")
_ALWAYS = frozenset(map(chr, range(32, 127))) | frozenset("…—·×↑↓≥≤≈–、。，；：？！（）《》“”‘’%")


def css(text: str, more: Iterable[str] = ()) -> str:
    """@font-face rules that hold the font's characters of this text, regular and bold.

    Args: more: characters that are shown in regular letters only.
    """
    bold = frozenset(text) | _ALWAYS
    return "\n".join(_rule(weight, bold | frozenset(more) if weight == 400 else bold) for weight in _WEIGHTS)


def _rule(weight: int, characters: frozenset[str]) -> str:
    data = base64.b64encode(cut(FOLDER / _WEIGHTS[weight], characters)).decode()
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};font-display:swap;'
        f"src:url(data:font/woff;base64,{data}) format('woff')}}"
    )


class _Whole(NamedTuple):
    """A TrueType font as its tables lie in the file, and where each glyph starts."""

    tables: dict[str, bytes]
    starts: tuple[int, ...]
    glyphs: dict[int, int]  # character → glyph
    widths: tuple[tuple[int, int], ...]  # of each glyph: advance, left side bearing


@functools.cache
def _whole(file: Path) -> _Whole:
    with TTFont(file, lazy=True) as font:
        tables = {name: font.getTableData(name) for name in (*_KEPT, "glyf")}
        order = {name: at for at, name in enumerate(font.getGlyphOrder())}
        glyphs = {character: order[name] for character, name in font.getBestCmap().items()}
        widths = tuple(font["hmtx"].metrics[name] for name in order)
        return _Whole(tables, tuple(font["loca"].locations), glyphs, widths)


@functools.lru_cache(maxsize=8)
def cut(file: Path, characters: frozenset[str]) -> bytes:
    """A WOFF file with these characters of a TrueType font: equal characters, equal bytes.

    Outlines are taken over as they lie in the file, hundreds of times faster than by reading and writing each. The
    project's fonts have no composed glyphs, whose parts would have to come along.
    Source: OpenType 1.9 (cmap 12, glyf, hmtx, loca), WOFF 1.0.
    """
    font = _whole(file)
    pairs = sorted((ord(c), font.glyphs[ord(c)]) for c in characters if ord(c) in font.glyphs)
    chosen = [0, *sorted({glyph for _, glyph in pairs} - {0})]
    places = {glyph: at for at, glyph in enumerate(chosen)}
    outlines = [font.tables["glyf"][font.starts[g] : font.starts[g + 1]] for g in chosen]
    ends = list(itertools.accumulate(map(len, outlines), initial=0))
    groups = b"".join(struct.pack(">3I", code, code, places[glyph]) for code, glyph in pairs)
    tables = {
        **{name: font.tables[name] for name in _KEPT},
        "cmap": struct.pack(">2H2HIHHIII", 0, 1, 3, 10, 12, 12, 0, 16 + len(groups), 0, len(pairs)) + groups,
        "glyf": b"".join(outlines),
        "hmtx": b"".join(struct.pack(">Hh", *font.widths[g]) for g in chosen),
        "loca": struct.pack(f">{len(ends)}I", *ends),
        "head": font.tables["head"][:50] + struct.pack(">h", 1) + font.tables["head"][52:],
        "hhea": font.tables["hhea"][:34] + struct.pack(">H", len(chosen)),
        "maxp": font.tables["maxp"][:4] + struct.pack(">H", len(chosen)) + font.tables["maxp"][6:],
        "post": struct.pack(">I", 0x00030000) + font.tables["post"][4:32],
    }
    return _woff(tables)


def _woff(tables: Mapping[str, bytes]) -> bytes:
    entries, body = b"", b""
    at = 44 + 20 * len(tables)
    for name in sorted(tables):
        data = tables[name]
        pressed = min(zlib.compress(data, 9), data, key=len)
        entries += struct.pack(">4s4I", name.encode(), at + len(body), len(pressed), len(data), _sum(data))
        body += pressed + b"\0" * (-len(pressed) % 4)
    whole = 12 + sum(16 + len(data) + -len(data) % 4 for data in tables.values())
    head = struct.pack(
        ">4sIIHHIHHIIIII", b"wOFF", 0x00010000, at + len(body), len(tables), 0, whole, 1, 0, 0, 0, 0, 0, 0
    )
    return head + entries + body


def _sum(data: bytes) -> int:
    """A table's checksum: the sum of its words of four bytes."""
    padded = data + b"\0" * (-len(data) % 4)
    return sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF


def missing(text: str) -> set[str]:
    """The characters of a text that the font cannot show (control characters aside)."""
    return {c for c in set(text) if c.isprintable() and not c.isspace()} - _known()


def advance(character: str) -> float:
    """How far a character moves the line on, in em; one that the font lacks as far as a Chinese one."""
    font = _whole(FILES[0])
    glyph = font.glyphs.get(ord(character))
    if glyph is None:
        return 1.0 if character > "\u2e7f" else 0.0
    return font.widths[glyph][0] / _EM


@functools.cache
def _known() -> frozenset[str]:
    with TTFont(FOLDER / _WEIGHTS[400], lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
