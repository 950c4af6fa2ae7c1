"""Clean text → what the document is, its outline, its items.

for part in parse.split(repaired):
    parsed = parse.plan(part)      # {"plans": [row], "outline": [...], "items": [...], "problems": [...]}
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis import frames
from analysis.parse.plan import plan
from analysis.parse.split import split
from analysis.text import Repaired

__all__ = ["plan", "plans", "split"]


def plans(texts: Iterable[Repaired]) -> dict[str, pd.DataFrame]:
    """The frames plans, outline, items and problems of documents, several plans in one file taken apart."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ("plans", "outline", "items", "problems")}
    for repaired in texts:
        for part_no, part in enumerate(split(repaired), start=1):
            parsed = plan(part, part_no)
            for row in parsed["plans"]:
                row["source_paths"] = [part.source.path]
            for row in parsed["problems"]:
                row |= {"source_path": part.source.path, "plan_id": parsed["plans"][0]["plan_id"]}
            for name, found in parsed.items():
                rows[name] += found
    return {name: frames.make(name, found) for name, found in rows.items()}
