"""How firmly an item commits: binding, quantified, concrete, continuing, exploratory, or not at all."""

from __future__ import annotations

from typing import Any

from analysis.tag.scan import Hit


def commitment(
    tense: str | None, hits: list[Hit], metrics: list[dict[str, Any]], ranks: dict[str, int]
) -> tuple[str | None, list[Hit]]:
    """The strongest commitment of an item, None for problems, and the cue that decided.

    Args: metrics: the numbers of this item; ranks: the strength table's ranks, higher is stronger.
    """
    if tense == "problem":
        return None, []
    by_value: dict[str, Hit] = {}
    for hit in hits:
        by_value.setdefault(hit.value, hit)
    target = next((m for m in metrics if _is_target(m)), None)
    if target is not None:
        by_value["quantified"] = Hit("quantified", str(target.get("quote") or ""), -1, -1, 0)
    if not by_value:
        return "continuing" if tense == "task" else None, []
    strongest = max(by_value, key=lambda value: ranks[value])
    return strongest, [by_value[strongest]]


def _is_target(metric: dict[str, Any]) -> bool:
    return metric.get("status") == "target" and not metric.get("worded")
