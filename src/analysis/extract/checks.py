"""The plan checked against itself: figures of one plan that disagree."""

from __future__ import annotations

import itertools
from typing import Any

from analysis.extract import twice

Row = dict[str, Any]
_CLOSE = 0.006  # rounding of a printed share: half of the last of two digits, and a little


def checks(rows: list[Row], plan: Row) -> list[Row]:
    """Rows of `checks` for the metrics of one plan: shares outside 0-100 %, parts and totals, stated rates, contradictions."""
    numbers = [r for r in rows if not r["worded"] and r["value"] is not None]
    return [*_shares(numbers), *_contradictions(numbers, plan["text"] or "", plan), *_parts(numbers), *_rates(numbers)]


def _row(kind: str, row: Row, other: Row | None, expected: float | None, found: float | None, message: str) -> Row:
    return {
        "plan_id": row["plan_id"],
        "kind": kind,
        "metric_id": row["metric_id"],
        "other_metric_id": other["metric_id"] if other else None,
        "expected": expected,
        "found": found,
        "message": message,
    }


def _is_share(row: Row) -> bool:
    name = row["indicator"] or ""
    return row["unit"] == "%" and row["kind"] == "level" and name.endswith(("率", "占比", "比例", "比重", "覆盖面"))


def _shares(rows: list[Row]) -> list[Row]:
    # gross enrolment and growth rates may pass 100 %, a change may be negative
    free = ("毛入", "增长率", "增速", "流动比", "完成率", "执行率")
    wrong = [
        r for r in rows if _is_share(r) and not 0 <= r["value"] <= 100 and not any(w in r["indicator"] for w in free)
    ]
    return [
        _row("share_outside", r, None, None, r["value"], f"{r['indicator']} is {r['value']:g} %, outside 0-100 %")
        for r in wrong
    ]


def _contradictions(rows: list[Row], text: str, plan: Row) -> list[Row]:
    return [
        _row("stated_twice", one, two, one["value"], two["value"], _both(one, two))
        for one, two in twice.pairs(rows, text, plan)
    ]


def _both(one: Row, two: Row) -> str:
    return f"{one['indicator']} is stated as {one['value']:g} {one['unit']} and as {two['value']:g} {two['unit']}"


def _parts(rows: list[Row]) -> list[Row]:
    """A part named after 其中 that is larger than the total before it, or parts of one unit that do not add up."""
    found = []
    for total, part in itertools.pairwise(rows):
        inside = (
            part["quote"].lstrip("（(").startswith("其中")
            and total["quote"] != part["quote"]
            and part["start"] - total["end"] <= 12
        )
        same = (
            total["base_unit"] == part["base_unit"] and total["kind"] == part["kind"] == "level" and _alike(total, part)
        )
        if inside and same and total["unit"] not in ("%", "百分点") and part["base_value"] > total["base_value"]:
            message = f"the part {part['indicator']} ({part['value']:g} {part['unit']}) is larger than its total"
            found.append(_row("part_over_total", part, total, total["value"], part["value"], message))
    return found


def _alike(one: Row, other: Row) -> bool:
    """Whether two names have two characters in a row in common, so that one may be a part of the other."""
    a, b = one["indicator"] or "", other["indicator"] or ""
    return any(a[i : i + 2] in b for i in range(len(a) - 1) if a[i : i + 2] not in ("人数", "数量", "总数"))


def _rates(rows: list[Row]) -> list[Row]:
    """部分、总额 and 占比 in a row: the stated share against the quotient of the two sums."""
    found = []
    for total, part, share in zip(rows, rows[1:], rows[2:], strict=False):
        near = share["start"] - total["end"] <= 60 and share["unit"] == "%" and "占" in (share["indicator"] or "")
        same = total["base_unit"] == part["base_unit"] == "元" and {total["kind"], part["kind"]} == {"level"}
        if not (near and same and part["quote"].startswith("其中") and total["base_value"]):
            continue
        quotient = 100 * part["base_value"] / total["base_value"]
        if abs(quotient - share["value"]) > max(0.1, _CLOSE * quotient):
            message = f"{share['indicator']} is stated as {share['value']:g} %, the two sums give {quotient:.1f} %"
            found.append(_row("rate_differs", share, part, round(quotient, 2), share["value"], message))
    return found
