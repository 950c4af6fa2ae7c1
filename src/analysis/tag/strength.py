"""How firmly an item commits: binding, quantified, concrete, continuing, exploratory, or not at all."""

from __future__ import annotations

import re
from typing import Any

from analysis.tag.built import built
from analysis.tag.scan import Hit

# a named thing set up (建立…责任制, 设立…基金); 建立健全 and 探索建立 name none
SET_UP = re.compile(
    r"(?<!探索)(?<!逐步)(?<!研究)(?<!试点)(?<!不断)(?:建立|构建|搭建|设立|建设一批|建设若干|形成(?=[^，。]{1,20}报告))"
    r"(?!健全|完善|体制|和完善|和健全|并完善|起|在|以来|更加)"
    r"[^，,。；;\n]{2,30}?(?:制度|机制|责任制|平台|基金|项目|中心|档案|数据库|专班|清单|联盟|实验室|工作室|报告|基地|专项)"
)

RESULTS = ("全面完成",)  # binds in a task; in a review it says what came of it
SOUGHT = re.compile(r"(?:研究|探索|谋划|酝酿|尝试|考虑)$")  # 研究组建 sets nothing up yet
# 完成 said of the sum of an economy, or of a plan's share, is what was reached and no deliverable
SUM = re.compile(r"(?:总值|增加值|产值|收入|投资|税收|总额)$")
SHARE = re.compile(
    r"(?:全社会|全部)?(?:固定资产|工业|民间)投资|(?:全年|年度|年|季度|月度)?(?:计划|目标|任务)(?:任务|目标)?的"
)


def commitment(
    text: str, tense: str | None, hits: list[Hit], metrics: list[dict[str, Any]], ranks: dict[str, int]
) -> tuple[str | None, list[Hit]]:
    """The strongest commitment of an item, None for problems, and the cue that decided.

    Args: metrics: the numbers of this item; ranks: the strength table's ranks, higher is stronger.
    """
    if tense == "problem":
        return None, []
    firsts: dict[str, Hit] = {}
    promised = [hit for hit in hits if (tense != "review" or hit.cue not in RESULTS) and _delivers(text, hit)]
    for hit in [*promised, *_set_up(text, tense), *_targets(metrics)]:
        firsts.setdefault(hit.value, hit)
    if not firsts:
        return "continuing", []
    strongest = max(firsts, key=lambda value: ranks[value])
    return strongest, [firsts[strongest]]


def _delivers(text: str, hit: Hit) -> bool:
    """Whether a cue of a deliverable has one: not yet in 研究组建, nor in 生产总值完成 or 完成年计划的."""
    if hit.value != "concrete":
        return True
    before = text[max(0, hit.start - 4) : hit.start]
    amounts = hit.cue == "完成" and (SUM.search(before) or SHARE.match(text, hit.end))
    return not amounts and SOUGHT.search(before) is None


def _set_up(text: str, tense: str | None) -> list[Hit]:
    """A named thing set up, or, in a review, places built: how many are to be built is a target."""
    found = [*SET_UP.finditer(text), *(built(text) if tense == "review" else ())]
    return [Hit("concrete", m.group(), m.start(), m.end(), 2) for m in found][:1]


def _targets(metrics: list[dict[str, Any]]) -> list[Hit]:
    """A number still to be reached; one already reached promises nothing, nor does a target said in words."""
    return [
        Hit("quantified", str(m.get("quote") or ""), -1, -1, 2)
        for m in metrics
        if m.get("status") == "target" and not m.get("worded")
    ][:1]
