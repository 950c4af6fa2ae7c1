"""The steps of repair, in the order that makes them independent."""

from __future__ import annotations

from analysis.repair import leftovers, masks, script, shape, space
from analysis.repair.receipts import Desk
from analysis.text import Repaired, Source, Text


def text(source: Source) -> Repaired:
    """The source's clean text: a paragraph a line; every change has a receipt."""
    desk = Desk(source, Text.of(source.text))
    _characters(desk)
    _spaces(desk)
    _leftovers(desk)
    _judge(desk)
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


def _leftovers(desk: Desk) -> None:
    cuts = leftovers.find(desk.clean)
    for cut in cuts:
        noise = leftovers.NOISE_OF.get(cut.kind)
        if noise:
            desk.noise.add(noise)
        leftovers.state(desk.source.metadata, cut)
    desk.apply(leftovers.changes(desk.clean, cuts))


def _judge(desk: Desk) -> None:
    desk.masks = masks.find(desk.clean)
    found = {
        "masked": bool(desk.masks),
        "run_on": shape.is_run_on(desk.clean),
        "truncated": shape.is_truncated(desk.clean),
    }
    desk.noise.update(name for name, is_so in found.items() if is_so)


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
