"""How firmly an item commits: binding, quantified, concrete, continuing, exploratory, or not at all."""

from __future__ import annotations

import re
from typing import Any

from analysis.tag.scan import Hit

# a named thing set up (建立…责任制, 设立…基金); 建立健全 and 探索建立 name none
SET_UP = re.compile(
    r"(?<!探索)(?<!逐步)(?<!研究)(?<!试点)(?<!不断)(?:建立|构建|搭建|设立|建设一批|建设若干|形成(?=[^，。]{1,20}报告))"
    r"(?!健全|完善|体制|和完善|和健全|并完善|起|在|以来|更加)"
    r"[^，,。；;\n]{2,30}?(?:制度|机制|责任制|平台|基金|项目|中心|档案|数据库|专班|清单|联盟|实验室|工作室|报告|基地|专项)"
)

RESULTS = ("全面完成",)  # binds in a task; in a review it says what came of it


def commitment(
    text: str, tense: str | None, hits: list[Hit], metrics: list[dict[str, Any]], ranks: dict[str, int]
) -> tuple[str | None, list[Hit]]:
    """The strongest commitment of an item, None for problems, and the cue that decided.

    Args: metrics: the numbers of this item; ranks: the strength table's ranks, higher is stronger.
    """
    if tense == "problem":
        return None, []
    firsts: dict[str, Hit] = {}
    promised = [hit for hit in hits if tense != "review" or hit.cue not in RESULTS]
    for hit in [*promised, *_set_up(text), *_targets(metrics)]:
        firsts.setdefault(hit.value, hit)
    if not firsts:
        return "continuing", []
    strongest = max(firsts, key=lambda value: ranks[value])
    return strongest, [firsts[strongest]]


def _set_up(text: str) -> list[Hit]:
    return [Hit("concrete", m.group(), m.start(), m.end(), 2) for m in SET_UP.finditer(text)][:1]


def _targets(metrics: list[dict[str, Any]]) -> list[Hit]:
    """A number still to be reached; one already reached promises nothing, nor does a target said in words."""
    return [
        Hit("quantified", str(m.get("quote") or ""), -1, -1, 2)
        for m in metrics
        if m.get("status") == "target" and not m.get("worded")
    ][:1]
