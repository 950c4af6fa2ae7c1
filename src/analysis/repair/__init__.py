"""Source text → clean text, with a receipt for every change.

    repaired = repair.text(source)
    repaired.text.clean        # one paragraph a line
    repaired.repairs           # what was changed, where, before and after

Each family of damage has a rule in a module of its own; `steps.STEPS` lists them in their order.
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.repair.steps import text
from analysis.text import Repaired, Source

__all__ = ["text", "texts"]


def texts(sources: Iterable[Source]) -> list[Repaired]:
    """The repaired texts, one a source."""
    return [text(source) for source in sources]
