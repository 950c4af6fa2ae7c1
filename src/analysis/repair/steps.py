"""The steps of repair, in the order that makes them independent."""

from __future__ import annotations

from analysis.repair import script, space
from analysis.repair.receipts import Desk
from analysis.text import Repaired, Source, Text


def text(source: Source) -> Repaired:
    """The source's clean text: a paragraph a line; every change has a receipt."""
    desk = Desk(source, Text.of(source.text))
    _characters(desk)
    _spaces(desk)
    return _packed(desk)


def _characters(desk: Desk) -> None:
    desk.apply_counted("white_space", space.invisible(desk.clean))
    desk.script = script.kind(desk.clean)
    if desk.script != "simplified":
        desk.recode("script", script.simplified(desk.clean))
    desk.recode("width", script.half_width(desk.clean))


def _spaces(desk: Desk) -> None:
    for edits in (space.lines, space.squeezed, space.inner):
        desk.apply_counted("white_space", edits(desk.clean))


def _packed(desk: Desk) -> Repaired:
    source = desk.source
    headings = [(*span, level) for start, end, level in source.headings if (span := desk.text.clean_span(start, end))]
    tables = [span for start, end in source.tables if (span := desk.text.clean_span(start, end))]
    return Repaired(
        source,
        desk.text,
        desk.script,
        desk.repairs,
        desk.masks,
        sorted(desk.noise),
        0.0,
        headings,
        tables,
        desk.problems,
    )
