"""How damaged a text is: one number from 0 (clean) to 1, made of parts that can be named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

UNHARMED = {"script", "width", "white_space"}  # rules that change how a text is written, not what it says
BESIDE = {
    "advert",
    "page_mark",
    "contents",
    "template",
    "doubled_passage",
}  # whole pieces beside the text: they hide nothing of it
NOISE = {
    "run_on": 0.2,
    "truncated": 0.2,
    "fragment": 0.2,
    "converted_terms": 0.1,
    "masked": 0.05,
    "ads": 0.02,
    "nav": 0.01,
}


def of(repairs: Iterable[Mapping[str, Any]], masks: Iterable[Any], noise: Iterable[str], n_chars: int) -> float:
    """The damage of a text.

    1 − ∏(1 − part) over the parts: a fixed part for each kind of noise (above), the share of characters that repairs
    inside the text touched (each at least as 4 characters; lines beside the text are left out), and 0.002 for each
    masked word, at most 0.2.
    """
    touched = sum(
        max(4, len(row["before"] or ""))
        for row in repairs
        if row["rule"] not in UNHARMED | BESIDE and not row["rule"].startswith("leftover_")
    )
    parts = [NOISE.get(name, 0.0) for name in noise]
    parts += [min(1.0, touched / max(1, n_chars)), min(0.2, 0.002 * sum(1 for _ in masks))]
    whole = 1.0
    for part in parts:
        whole *= 1 - part
    return round(1 - whole, 4)
