"""What it tells that no later document answers a promise: dropped is a strong word, and seldom earned."""

from __future__ import annotations

import re
from typing import NamedTuple

from analysis.trace import mentions, pairs
from analysis.trace.mentions import Near
from analysis.trace.pairs import Row
from analysis.trace.steps import Step

SPOKEN = 0.7  # share of a promise's words, close together, from which a clause speaks of it: nine of ten do
NEARBY = 0.4  # from here on it may: one in three does, so that nothing is called dropped
SAME_NUMBER = 0.15  # what the promised number in a later clause adds to the share of words
WHOLE = 0.5  # a later document of less than half the length is no document of the same kind

_YEARLY = {"work_points", "work_plan"}  # 工作要点 of one year is followed by 工作计划 of the next
_CUT = {"fragment", "truncated"}  # noise of a text of which parts are missing
_MAKING = re.compile(
    r"新[建改增设开辟创购引]|改[造扩建]|扩建|建[成设好立]|打[造通]|开[工通展]|启动|竣工|投[产运用]|通车|落[地成]|交付|创[建成]|组[建织]|成立|设立|揭牌|引[进育]|"
    r"培[育养训]|孵化|举办|召开|承办|办好|完[成工]|实施|推进|遴选|评选|选[派树]|招[募聘引]|发[布放]|出台|印发|制定|编制|安排|布局|获批|争[创取]|认定|"
    r"更[换新]|配[备建]|修[缮复]|整治|治理|提[升质]|补[充助]|帮扶|募集|勘探|购[买置]|添置|下达|筹[集措]"
)
_RULE = re.compile(r"严禁|禁止|不得|不准|不许|杜绝|严控|一律|一票否决|不发生|不突破")
_HELD = re.compile(
    r"稳定在|保持|控制在|维持|巩固在|达|突破|增至|[提扩]\w{0,2}[到至]|降[到至低]|总[数量]|规模|存量|拥有"
)
_OFTEN = re.compile(r"[年月周天日期次时]|元")  # 每生每年, 每周; 每个领域 is no time
_REACHED = re.compile(  # said of a whole or of a campaign: once reached, it need not be said again
    r"覆盖|全部|达标|翻[一两了]*[番倍]|[应该].尽|一个|消除|行动|攻坚"
)


class Silence(NamedTuple):
    """What is told of a promise that nothing answers: its outcome, and the later clause that comes nearest to it."""

    outcome: str
    near: Near | None


def told(promise: Row, later: mentions.Said, step: Step, due: int) -> Silence:
    """`named` where a later clause speaks of the same thing, `not found` where one may or nothing could tell for sure;
    `dropped` where a thing that goes on is left out of the next plan of the same kind, which was read whole;
    `unreported` where a report of the year, read whole, says nothing of it; `unanswered` where nothing could tell.

    Args: promise: a target, or a task's clause with its commitment. later: the clauses of the step's documents.
    """
    if not step.is_answerable(due):
        return Silence("unanswered", None)
    near = _nearest(promise, later)
    share = near.share if near else 0.0
    if share >= NEARBY:
        return Silence("named" if share >= SPOKEN else "not found", near)
    if goes_on(promise) and any(_is_alike(step.plan, other) for other in step.renewals):
        return Silence("dropped", near)
    reports = [d for d in step.reports if d["reviewed"] >= due]
    if any(_is_whole(d) for d in reports):
        return Silence("unreported", near)
    return Silence("not found" if reports or goes_on(promise) else "unanswered", near)


def _nearest(promise: Row, later: mentions.Said) -> Near | None:
    """The later clause that holds most of a promise's words; one that holds its very number is nearer."""
    if "commitment" in promise:
        return next(iter(later.near([promise["plain"]])), None)
    amount = mentions.amount(promise)
    told = [
        Near(min(1.0, n.share + SAME_NUMBER), n.clause) if amount and amount in n.clause["sentence"] else n
        for n in later.near(mentions.looked_for(promise))
    ]
    return max(told, key=lambda near: near.share, default=None)


def goes_on(promise: Row) -> bool:
    """Whether a promise can be made again each year: rates, growth, norms, what is kept or reached, standing rules.

    What is built, held or issued once is over with its year; a plan of the next year need not speak of it.
    """
    said = promise.get("quote") or promise["sentence"] or ""
    if "commitment" in promise:
        return promise["commitment"] == "binding" and bool(_RULE.search(said))
    if pairs.unit(promise) in ("%", "百分点") or _OFTEN.search(promise["per"] or ""):
        return not (promise["worded"] and _REACHED.search(said))
    if promise["worded"]:
        return not _REACHED.search(said)
    return not _MAKING.search(said) and (not pairs.is_counted(promise) or bool(_HELD.search(said)))


def _is_alike(plan: Row, other: Row) -> bool:
    """Whether another document is one of the same kind, read whole, from which a promise can be missing."""
    own, theirs = (document.get("n_chars") or 0 for document in (plan, other))
    is_kind = plan["doc_type"] == other["doc_type"] or {plan["doc_type"], other["doc_type"]} <= _YEARLY
    return is_kind and _is_whole(other) and theirs >= WHOLE * own


def _is_whole(document: Row) -> bool:
    noise = document.get("noise")
    return not _CUT & set(noise if noise is not None else ())
