"""What became of a target: whether it was met, and how the next one stands to it."""

from __future__ import annotations

import functools
import re

from analysis import lexicon, shingles
from analysis.trace.pairs import Row, is_fall, undated

NEAR = 0.05  # a target of 左右 (about) is met within a twentieth of it
ABOUT = 0.25  # and within a quarter where neither more nor less is better: 2%左右 is 1.5% to 2.5%

MISSED = re.compile(r"[未没](?:能|有)?(?:达到|完成|实现)")
_CEILING = re.compile(r"降至|降到|下降到|下降至|降低到|控制在|压减到|压减至|减至|减到")
_SAID = {  # ways of setting a level without a number
    "better": re.compile(r"更好"),
    "above": re.compile(r"(?<!不)高于|快于|好于|优于|领先|不低于"),
    "below": re.compile(r"(?<!不)低于|不高于"),
    "equal": re.compile(r"同步|一致|持平(?!稳)|相当|相适应|相匹配"),
    "steady": re.compile(r"稳|合理|适度|温和|正增长|较快"),
}
_BURDEN = re.compile(
    r"失业率|能耗|物耗|排放量?|浓度|事故|死亡|发病率|辍学|赤字率|负债率|价格|物价|涨幅|物流总?费用|时限|投诉"
)


def value(row: Row) -> float | None:
    """A metric's value in its base unit, the lower end of a range."""
    number = row["base_value"] if row["base_value"] is not None else row["value"]
    return None if number is None else float(number)


def _high(row: Row) -> float | None:
    """The upper end of a range in the base unit."""
    if row["value_high"] is None or not row["value"] or value(row) is None:
        return value(row)
    return float(row["value_high"]) * float(value(row) or 0) / float(row["value"])


@functools.cache
def _directions(sector: str) -> dict[str, str]:
    if not lexicon.has(f"{sector}/indicators"):
        return {}
    return {row["id"]: row["direction"] for row in lexicon.table(f"{sector}/indicators")}


def _known(row: Row) -> str | None:
    return _directions(str(row.get("sector") or "government")).get(str(row["indicator_id"]))


def direction(row: Row) -> str:
    """`higher` or `lower`: which values of a metric are asked for.

    The comparator says it (以内 asks for less), else the codebook does, else the words do (降至, 失业率), else more is
    better; of a fall more is better too (能耗下降3%).
    """
    if row["comparator"] in ("le", "lt"):
        return "lower"
    if row["comparator"] in ("ge", "gt"):
        return "higher"
    if row["kind"] == "change" and is_fall(row):
        return "higher"
    known = _known(row)
    if known in ("higher", "lower"):
        return known
    return "lower" if _CEILING.search(row["quote"] or "") or _BURDEN.search(row["indicator"] or "") else "higher"


def report(target: Row, result: Row) -> str | None:
    """`reported done` or `reported missed`: a reported result against its target; None where a value is missing.

    What is said in words without a value (与经济增长同步) is done where the result says as much.
    """
    asked, reached = value(target), value(result)
    if asked is None and reached is None and target["worded"] and result["worded"]:
        return _in_words(target["quote"] or "", result["quote"] or "")
    if asked is None or reached is None:
        return None
    if result["kind"] == "change" and is_fall(result) and not is_fall(target):
        reached = -reached  # asked to grow, it fell
    slack = NEAR * abs(asked) if target["comparator"] == "approx" else 1e-9
    is_ceiling = _CEILING.search(target["quote"] or "") is not None
    if target["comparator"] == "approx" and _known(target) == "neither" and not is_ceiling:  # prices: 0.1% is not 2%
        return "reported done" if abs(reached - asked) <= ABOUT * abs(asked) else "reported missed"
    if is_ceiling or direction(target) == "lower":
        most = _high(target)
        return "reported done" if reached <= (asked if most is None else most) + slack else "reported missed"
    return "reported done" if reached >= asked - slack else "reported missed"


def _in_words(asked: str, said: str) -> str | None:
    """What is asked for and what is said of it, both in words; None where they speak of other things."""
    if MISSED.search(said):
        return "reported missed"
    asked_for, reached = _level(asked), _level(said)
    is_met = asked_for is not None and reached in (asked_for, "above" if asked_for == "equal" else asked_for)
    return "reported done" if is_met else None


def _level(said: str) -> str | None:
    """How a level is set without a number: above another one, equal to it, below it, or steady."""
    return next((name for name, words in _SAID.items() if words.search(said)), None)


def renewal(target: Row, again: Row) -> str | None:
    """`repeated` (the same words), `kept` (the same value), `raised` (asks for more) or `lowered`."""
    old, new = value(target), value(again)
    if old is None or new is None:
        return _said_again(target, again) if old == new and target["worded"] and again["worded"] else None
    if abs(old - new) <= 1e-9 and target["value_high"] == again["value_high"]:
        return _same(target, again)
    more = (new + (_high(again) or new)) > (old + (_high(target) or old))
    return "raised" if more == (direction(target) == "higher") else "lowered"


def _said_again(target: Row, again: Row) -> str:
    levels = (_level(target["quote"] or ""), _level(again["quote"] or ""))
    if set(levels) == {"above", "equal"}:
        return "raised" if levels[1] == "above" else "lowered"
    return _same(target, again)


def _same(target: Row, again: Row) -> str:
    return "repeated" if _plain(target) == _plain(again) else "kept"


def _plain(row: Row) -> str:
    return shingles.fold(undated(row["quote"] or ""))
