"""Pages that are filled: a figure that would leave much of a page empty is set smaller, or behind the text below it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import typst

from analysis.brief import fonts, typeset

TOP, BOTTOM = 68.0, 779.5  # points from a page's upper edge between which text stands
EMPTY = 70  # points at a page's end that may stay empty
LOOSE = 170  # points left from which a figure goes behind the text below it
LINES = 40  # points of text that a heading keeps when its figure goes
AROUND = 34  # points above a heading and around a figure
SMALL, SMALLEST = (
    0.68,
    0.61,
)  # of the size at which a figure was drawn: its smallest letters then have 5.4 or 4.9 points
HALF = 350  # points left from which a figure may be set smallest
ENOUGH = 0.5  # of the empty room that the text below a figure fills to change places with it
ROOM = 330  # points that must be left of a page for another chapter to begin on it
WIDOW = 58  # points of a table that may not stand alone on its last page
ROUNDS = 20  # pages that are looked after, each with a layout of its own


@dataclass(frozen=True)
class Part:
    """A stretch of a document.

    `kind` is heading, lead (a sentence that stays with what follows), text, figure, none (nothing that is seen), break (a
    new page) or chapter (a new page where little is left of this one).
    """

    kind: str
    markup: str = ""
    drawing: typeset.Drawing | None = None
    is_short: bool = False


@dataclass(frozen=True)
class Setting:
    """How a part stands.

    A figure has a scale, and `floats` when it waits for the head of the next page; a chapter `breaks` when it begins a
    page; a table is `tight` when its rows stand closer than others'.
    """

    scale: float = 1.0
    floats: bool = False
    breaks: bool = False
    tight: bool = False


class Spot(NamedTuple):
    """A place on the pages: page number, and points from the upper edge."""

    page: int
    y: float

    def below(self, other: Spot) -> float:
        """Points of text between another place and this one."""
        return (self.page - other.page) * (BOTTOM - TOP) + self.y - other.y


_FLOWING = ("text", "none", "lead", "heading")
Settings = Mapping[int, Setting]
Spots = Mapping[str, Spot]


def compiled(head: str, parts: Sequence[Part], folder: Path) -> bytes:
    """The PDF of a document whose figures lie in the folder, its pages filled."""
    file, settings = folder / "main.typ", dict[int, Setting]()
    file.write_text(head + source(parts), encoding="utf-8")
    compiler = typst.Compiler(file, root=folder, font_paths=[fonts.FOLDER], ignore_system_fonts=True)
    for _ in range(ROUNDS):
        better = _better(parts, settings, _spots(compiler))
        if better is None:
            break
        settings |= better
        file.write_text(head + source(parts, settings), encoding="utf-8")
    made: Any = compiler.compile(format="pdf")
    return bytes(made)


def source(parts: Sequence[Part], settings: Settings | None = None) -> str:
    """The typst source of the parts; behind each stands a mark that tells where it ended."""
    held = [_set(part, (settings or {}).get(at, Setting())) for at, part in enumerate(parts)]
    return "\n\n".join(f'{markup}\n\n#mark("part-{at}")' for at, markup in enumerate(held)) + "\n"


def _set(part: Part, setting: Setting) -> str:
    drawing = part.drawing
    if part.kind == "break" or setting.breaks:
        return "#pagebreak(weak: true)"
    if drawing is None:
        return part.markup.replace("tight: false", "tight: true") if setting.tight else part.markup
    return (
        f"#drawing({drawing.number}, {typeset.string(drawing.file)}, {drawing.wide * setting.scale:.1f}pt, "
        f"alt: {typeset.string(drawing.alt)}, floats: {'true' if setting.floats else 'false'})"
    )


def _spots(compiler: typst.Compiler) -> Spots:
    return {key: Spot(page, y) for key, page, y in json.loads(compiler.query("<mark>", field="value"))}


def _better(parts: Sequence[Part], settings: Settings, spots: Spots) -> Settings | None:
    """Other settings for the first page that is too empty at its end; None where nothing helps."""
    for at, part in enumerate(parts):
        first = lead(parts, at)
        if at in settings or first == 0:
            continue
        before = spots[f"part-{first - 1}"]
        found: Settings | None = None
        if part.kind == "chapter" and BOTTOM - before.y < ROOM:
            found = {at: Setting(breaks=True)}
        elif part.kind == "figure":
            found = _figure(parts, settings, spots, at, BOTTOM - before.y)
        elif "#sheet(" in part.markup:
            found = _table(parts, settings, spots, at, before)
        if found is not None:
            return found
    return None


def _figure(parts: Sequence[Part], settings: Settings, spots: Spots, at: int, left: float) -> Settings | None:
    """A figure that went to the next page: set smaller, or behind the text below it."""
    first = lead(parts, at)
    end, top = spots[f"part-{first - 1}"], spots[f"figure-{_number(parts[at])}"]
    if top.page != end.page + 1 or left < EMPTY or parts[first - 1].kind in ("break", "chapter"):
        return None
    over = _high(parts[at]) - (left - (top.y - TOP) - AROUND)
    near = [*_standing(parts, settings, spots, end.page), at]
    smaller = _smaller(parts, settings, near, over, SMALL if left < HALF else SMALLEST)
    if smaller is not None or left < LOOSE:
        return smaller
    own, more = _following(parts, spots, at, ("text", "none")), _following(parts, spots, at, _FLOWING)
    return {at: Setting(floats=True)} if own >= LINES and more >= ENOUGH * left else None


def _table(parts: Sequence[Part], settings: Settings, spots: Spots, at: int, before: Spot) -> Settings | None:
    """A table that went to the next page, or whose last rows did: the figures above it set smaller, or its rows closer."""
    after = spots[f"part-{at}"]
    is_whole, over = "whole: true" in parts[at].markup, after.y - TOP
    is_widow = not is_whole and over < WIDOW and after.below(before) > 2 * WIDOW
    if after.page == before.page + 1 and (is_widow or (is_whole and BOTTOM - before.y > EMPTY)):
        need = over + AROUND - (BOTTOM - before.y if is_whole else AROUND)
        near = _standing(parts, settings, spots, before.page)
        smaller = _smaller(parts, settings, near, need, SMALL) if near else None
        if smaller is not None:
            return {**smaller, at: Setting()}
    return {at: Setting(tight=True)} if is_widow and after.page > before.page else None


def lead(parts: Sequence[Part], at: int) -> int:
    """The first of the parts that stay with a figure or table: its headings, a sentence."""
    while at > 0 and parts[at - 1].kind in ("heading", "lead", "none"):
        at -= 1
    return at


def _standing(parts: Sequence[Part], settings: Settings, spots: Spots, page: int) -> list[int]:
    """The figures that stand in their place on a page."""
    return [
        at for at, part in enumerate(parts)
        if part.drawing is not None and spots[f"figure-{_number(part)}"].page == page and not _of(settings, at).floats
    ]  # fmt: skip


def _smaller(
    parts: Sequence[Part], settings: Settings, figures: Sequence[int], over: float, least: float
) -> dict[int, Setting] | None:
    """Figures set so much smaller that so many points are won; None where they would be too small."""
    high = sum(_high(parts[at]) * _of(settings, at).scale for at in figures)
    found = {at: replace(_of(settings, at), scale=_of(settings, at).scale * (high - over) / high) for at in figures}
    is_legible = all(least <= setting.scale * _drawn(parts[at]) for at, setting in found.items())
    return found if over > 0 and is_legible else None


def _following(parts: Sequence[Part], spots: Spots, at: int, kinds: Sequence[str]) -> float:
    """Points of text behind a figure, as far as parts of these kinds go."""
    last = at
    while last + 1 < len(parts) and parts[last + 1].kind in kinds:
        last += 1
    return spots[f"part-{last}"].below(spots[f"part-{at}"])


def _of(settings: Settings, at: int) -> Setting:
    return settings.get(at, Setting())


def _number(part: Part) -> int:
    return part.drawing.number if part.drawing is not None else -1


def _drawn(part: Part) -> float:
    return part.drawing.scale if part.drawing is not None else 1.0


def _high(part: Part) -> float:
    return part.drawing.high if part.drawing is not None else 0.0
