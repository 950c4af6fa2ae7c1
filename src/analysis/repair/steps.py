"""The steps of repair, in the order that makes them independent.

First what stands for characters (entities, tags, field codes), so that later rules see text; then script and width,
so that they see one script; then white space; then whole lines that are no part of the document; then what is cut or
doubled inside it; last the words.  Masks and noise are judged on what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from analysis.repair import adverts, cuts, damage, doubles, leftovers, masks, script, shape, signs, space, terms
from analysis.repair.receipts import Change, Desk
from analysis.text import Repaired, Source, Text

Rule = Callable[[str], Iterable[Change]]
BEFORE_SPACES: tuple[Rule, ...] = (signs.entities, signs.tags, signs.fields, signs.pinyin)
LINES: tuple[Rule, ...] = (cuts.page_marks, adverts.find)
INSIDE: tuple[Rule, ...] = (
    doubles.passages, signs.strays, cuts.letters, cuts.contents, cuts.broken_lines, doubles.characters, doubles.lines,
)  # fmt: skip

DEEPEST = 6  # a phrase copied twice may stand in a longer one that was too


def text(source: Source) -> Repaired:
    """The source's clean text: a paragraph a line; every change has a receipt."""
    desk = Desk(source, Text.of(source.text))
    _characters(desk)
    if source.format == "txt":
        desk.apply(cuts.wrapped(desk.clean))
    _spaces(desk)
    _lines(desk)
    for rule in INSIDE:
        desk.apply(rule(desk.clean))
    for _ in range(DEEPEST):
        if not desk.apply(doubles.phrases(desk.clean)):
            break
    _words(desk)
    _spaces(desk)
    _judge(desk)
    return _packed(desk)


def _characters(desk: Desk) -> None:
    for rule in BEFORE_SPACES:
        desk.apply(rule(desk.clean))
    desk.apply_counted("white_space", space.invisible(desk.clean))
    plain = script.simplified(desk.clean)
    desk.script = script.kind(desk.clean, plain)
    if desk.script != "simplified":
        desk.recode("script", plain)
    desk.recode("width", script.half_width(desk.clean))


def _spaces(desk: Desk) -> None:
    desk.apply_counted("white_space", space.tidy(desk.clean))


def _lines(desk: Desk) -> None:
    """Lines that are no part of the document; what they state of it is kept."""
    if cuts.misses_pages(desk.clean):
        desk.noise.add("fragment")
    for rule in LINES:
        changes = list(rule(desk.clean))
        if any(c.rule == "advert" for c in changes):
            desk.noise.add("ads")
        desk.apply(changes)
    cut = leftovers.find(desk.clean)
    for one in cut:
        noise = leftovers.NOISE_OF.get(one.kind)
        # what stands around the text of a page belongs to the choice of its main text, not to the text
        if noise and (one.is_inside or desk.source.format != "html"):
            desk.noise.add(noise)
        if one.id == "preview":
            desk.noise.add("truncated")
        leftovers.state(desk.source.metadata, one)
    desk.apply(leftovers.changes(desk.clean, cut))


def _words(desk: Desk) -> None:
    changes, doubtful = terms.find(desk.clean, desk.script)
    if terms.has_foreign(changes):
        desk.noise.add("converted_terms")
    desk.apply(changes)
    if doubtful:
        named = "、".join(sorted(set(doubtful))[:8])
        desk.problem("note", f"words that may be a machine's synonyms were left as they are: {named}")


def _judge(desk: Desk) -> None:
    desk.masks = masks.find(desk.clean)
    found = {
        "masked": any(mask["printed"] for mask in desk.masks),
        "run_on": shape.is_run_on(desk.clean),
        "truncated": shape.is_truncated(desk.clean),
    }
    desk.noise.update(name for name, is_so in found.items() if is_so)


def _packed(desk: Desk) -> Repaired:
    source = desk.source
    headings = [(*span, level) for start, end, level in source.headings if (span := desk.text.clean_span(start, end))]
    tables = [span for start, end in source.tables if (span := desk.text.clean_span(start, end))]
    worth = damage.of(desk.repairs, desk.masks, desk.noise, len(desk.clean))
    return Repaired(
        source,
        desk.text,
        desk.script,
        desk.repairs,
        desk.masks,
        sorted(desk.noise),
        worth,
        headings,
        tables,
        desk.problems,
    )
