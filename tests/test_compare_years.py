"""Ladders, scorecards and what changes between years; each statistic computed a second way."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis import compare, frames
from analysis.compare import goals, rises, scores


def plans() -> pd.DataFrame:
    places = [
        ("东省", None, None, "province"),
        ("东省", "大江市", None, "city"),
        ("东省", "大江市", "青禾县", "county"),
    ]
    frame = frames.make(
        "plans",
        [
            {
                "plan_id": str(i),
                "province": p,
                "city": c,
                "county": k,
                "region_level": level,
                "noise": [],
                "damage": 0.0,
            }
            for i, (p, c, k, level) in enumerate(places)
        ],
    )
    return frame.assign(region=frames.region_names(frame))


def metrics(*rows: dict) -> pd.DataFrame:
    known = {
        "indicator_id": "enrolment", "indicator": "入园率", "unit": "%", "comparator": "eq", "kind": "level",
        "status": "target", "worded": False, "quote": "入园率", "base_unit": "%", "year": 2030,
    }  # fmt: skip
    held = [{**known, "metric_id": str(i), "base_value": r.get("value"), **r} for i, r in enumerate(rows)]
    return frames.make("metrics", held).merge(plans()[["plan_id", "region"]], on="plan_id", how="left")


def test_a_ladder_sets_each_region_beside_the_next_above_that_speaks():
    said = metrics(
        {"plan_id": "0", "value": 90.0, "hedge": "力争"},
        {"plan_id": "2", "value": 95.0, "comparator": "ge"},
    )
    told = compare.ladder(said, plans(), "enrolment").set_index("region")
    assert told.loc["青禾县", ["upper", "upper_value", "step", "wording"]].tolist() == ["东省", 90, 5, "hard"]
    assert told.loc["东省", "wording"] == "soft" and pd.isna(told.loc["东省", "upper"])
    nation = pd.DataFrame([{"indicator_id": "enrolment", "year": 2029, "value": 88.0, "unit": "%"}])
    above = compare.ladder(said, plans(), "enrolment", reference=nation).set_index("region")
    assert above.loc["东省", ["upper", "step"]].tolist() == ["全国", 2]
    assert len(compare.ladder(said, plans(), "enrolment", year=2031)) == 0


@pytest.mark.parametrize(
    ("actual", "actual_year", "baseline", "name", "reason"),
    [
        (96.0, 2028, 80.0, "met", None),
        (88.0, 2028, 80.0, "on_track", None),  # 8 of 15 points in 3 of 5 years
        (85.0, 2028, 80.0, "behind", None),
        (81.0, 2029, 80.0, "far_behind", None),
        (85.0, 2028, None, "not_enough_data", "no_baseline"),
        (None, None, 80.0, "not_due", None),  # no report tells of 2030 yet
    ],
)
def test_progress_is_the_way_gone_against_the_time_gone(actual, actual_year, baseline, name, reason):
    said = [{"plan_id": "2", "value": 95.0, "baseline": baseline}]
    if baseline is not None:
        said.append({"plan_id": "2", "value": baseline, "status": "achieved", "year": 2025})
    if actual is not None:
        said.append({"plan_id": "2", "value": actual, "status": "achieved", "year": actual_year, "metric_id": "z"})
    if actual is None:
        said = said[:1]
    row = compare.scorecard(metrics(*said)).iloc[0]
    assert (row["class"], row["reason"]) == (name, reason)


def test_without_a_year_there_is_no_class():
    row = {
        "baseline": 80.0,
        "target": 95.0,
        "actual": 85.0,
        "baseline_year": 2025,
        "actual_year": None,
        "target_year": 2030,
        "kind": "level",
        "unit": "%",
        "indicator": "入园率",
        "named": 80.0,
        "comparator": "eq",
    }
    told = scores._class(row, "higher", 2030)
    assert (told["class"], told["reason"]) == ("not_enough_data", "no_year")


def test_a_target_that_is_to_fall_is_met_from_above():
    row = {
        "baseline": 9.0,
        "target": 3.0,
        "actual": 2.5,
        "baseline_year": 2025,
        "actual_year": 2028,
        "target_year": 2030,
        "kind": "level",
        "unit": "%",
        "indicator": "入园率",
        "named": 80.0,
        "comparator": "eq",
    }
    assert scores._class(row, "lower", 2030)["class"] == "met"


def two_reports(target: dict, *results: dict) -> pd.Series:
    """The scorecard of a plan for 2030 and what the report of a year later says of it."""
    done = [{"plan_id": "2", "status": "achieved", "metric_id": f"z{i}", **r} for i, r in enumerate(results)]
    return compare.scorecard(metrics({"plan_id": "2", **target}, *done)).iloc[0]


@pytest.mark.parametrize(
    ("target", "result", "name"),
    [
        ({"value": 95.0, "comparator": "ge"}, 95.0, "met"),
        ({"value": 95.0, "comparator": "ge"}, 94.9, "missed"),
        ({"value": 5.0, "comparator": "approx", "kind": "change"}, 4.8, "met"),  # 左右: within a twentieth
        ({"value": 5.0, "comparator": "approx", "kind": "change"}, 4.7, "missed"),
        ({"value": 5.0, "value_high": 5.5, "comparator": "range", "kind": "change"}, 5.1, "met"),
        ({"value": 3.0, "comparator": "le"}, 2.0, "met"),
        ({"value": 3.0, "comparator": "lt"}, 3.4, "missed"),
    ],
)
def test_last_years_target_stands_beside_this_years_result(target, result, name):
    row = two_reports(target, {"value": result, "kind": target.get("kind", "level")})
    assert (row["class"], row["actual"]) == (name, result)
    assert row["gap"] == pytest.approx(result - target["value"])


def test_a_later_target_stands_beside_and_a_result_in_another_unit_is_converted():
    said = metrics(
        {"plan_id": "2", "value": 20.0, "unit": "万人", "base_value": 2e5, "base_unit": "人", "kind": "change"},
        {"plan_id": "2", "value": 22.0, "unit": "万人", "base_value": 2.2e5, "base_unit": "人", "kind": "change", "year": 2031},
        {"plan_id": "2", "value": 210400.0, "unit": "人", "base_unit": "人", "kind": "change", "status": "achieved"},
    )  # fmt: skip
    row = compare.scorecard(said).iloc[0]
    assert row[["target", "actual", "next_target", "next_year", "unit", "class"]].tolist() == [
        20.0, pytest.approx(21.04), 22.0, 2031, "万人", "met",
    ]  # fmt: skip


def test_what_is_counted_anew_each_year_meets_no_later_target():
    built = {"unit": "公里", "base_unit": "公里", "indicator": "新建管网里程"}
    row = two_reports({"value": 100.0, **built}, {"value": 900.0, "year": 2029, **built})
    assert row["class"] == "not_due"
    rate = two_reports({"value": 95.0}, {"value": 96.0, "year": 2029})
    assert rate["class"] == "met"  # a rate stays


def test_a_later_report_that_is_silent_is_too_few_data():
    row = two_reports({"value": 95.0}, {"value": 7.0, "indicator_id": "schools", "unit": "所", "base_unit": "所"})
    assert (row["class"], row["reason"]) == ("not_enough_data", "no_result")


def test_of_several_results_the_one_that_bears_the_targets_name_is_taken():
    row = two_reports(
        {"value": 5.0, "kind": "change", "indicator": "外贸进出口总额"},
        {"value": 19.0, "kind": "change", "indicator": "对邻省进出口"},
        {"value": 8.4, "kind": "change", "indicator": "外贸进出口"},
    )
    assert row["actual"] == 8.4


@pytest.mark.parametrize(
    ("quote", "value", "fell"),
    [
        ("固定资产投资下降3.3%", 3.3, True),
        ("刑事、治安案件分别下降15.9%、13.3%", 13.3, True),
        ("投资增长3.3%", 3.3, False),
        ("比重下降后，投资增长3.3%", 3.3, False),
        ("下降13.3%", 3.3, False),
        ("下降到3.3%", 3.3, False),  # a level
    ],
)
def test_a_fall_is_read_beside_its_number(quote, value, fell):
    assert goals.is_fall(quote, value) == fell


def test_a_fall_of_what_is_to_grow_is_a_negative_growth_and_a_cut_stays():
    said = metrics(
        {"plan_id": "2", "value": 3.3, "kind": "change", "quote": "投资下降3.3%", "indicator_id": "retail_growth"},
        {"plan_id": "2", "value": 3.0, "kind": "change", "quote": "能耗下降3%", "indicator_id": "energy_intensity"},
    )
    assert goals.signed(said)["value"].tolist() == [-3.3, 3.0]


def items(*rows: tuple[str, int, str, int]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"region": r, "plan_year": y, "domain": d, "text": "字" * n, "sector": "education"}
            for r, y, d, n in rows
        ],
        columns=["region", "plan_year", "domain", "text", "sector"],
    )  # fmt: skip


def test_change_is_last_share_less_first_and_names_the_kind():
    many = [("青禾县", 2028, "teachers", 10)] * 30 + [("青禾县", 2028, "safety", 10)] * 30
    many += [("青禾县", 2029, "safety", 10)] * 30
    many += [("青禾县", 2030, "teachers", 10)] * 6 + [("青禾县", 2030, "safety", 10)] * 54
    told = compare.change(items(*many)).set_index("domain")
    assert told.loc["safety", "change"] == pytest.approx(0.4) and told.loc["safety", "kind"] == "growing"
    assert told.loc["teachers", "kind"] == "broken"  # silent in between
    assert told.loc["safety", "low"] > 0 and told.loc["safety", "is_change"]
    assert told.loc["safety", "log_ratio"] == pytest.approx(math.log2(0.9 / 0.5))


def test_one_year_has_no_change():
    told = compare.change(items(("青禾县", 2028, "safety", 9)))
    assert (len(told), told.attrs["reason"]) == (0, "one_year")
    assert compare.change(items()).attrs["reason"] == "no_rows"


def yearly(**counts: dict[str, list[int]]) -> pd.DataFrame:
    """Content words by year, an item a list place: yearly(y2028={"教师": [2, 1]})."""
    return pd.DataFrame(
        [
            {"plan_id": y, "plan_year": int(y[1:]), "item_id": f"{y}-{i}", "term": t, "pos": "n", "n": n}
            for y, held in counts.items()
            for t, each in held.items()
            for i, n in enumerate(each)
            if n
        ],
        columns=["plan_id", "plan_year", "item_id", "term", "pos", "n"],
    )


RISE = yearly(
    y2028={"教师": [4] * 30, "校舍": [3] * 30, "旧词": [1] * 12, "安全": [3] * 30},
    y2029={"教师": [4] * 30, "校舍": [1] * 30, "新词": [1] * 12, "安全": [5] * 30},
)


def test_words_are_new_rising_steady_fading_or_gone():
    told = compare.bursts(RISE).set_index("term")
    assert dict(sorted(told["kind"].items())) == {
        "安全": "rising", "新词": "new", "教师": "steady", "校舍": "fading", "旧词": "gone",
    }  # fmt: skip
    ratio = math.log2(150.5 / 90.5)
    assert told.loc["安全", "log_ratio"] == pytest.approx(ratio, abs=1e-12)
    assert told.loc["安全", "low"] < ratio < told.loc["安全", "high"]
    assert next(iter(told.index)) == "安全" and set(told["unit"]) == {"item"}
    expected = stats.chi2_contingency([[12, 0], [300, 312]], correction=False, lambda_="log-likelihood")
    assert told.loc["新词", "g2"] == pytest.approx(expected.statistic, abs=1e-9)


def test_whole_plans_are_drawn_where_there_are_enough_of_them():
    many = pd.concat(
        [RISE.assign(plan_id=RISE["plan_id"] + str(k), item_id=RISE["item_id"] + str(k)) for k in range(8)]
    )
    assert set(compare.bursts(many)["unit"]) == {"plan"}


def cheapest(hits: list[int], totals: list[int], ratio: float, cost: float) -> tuple[int, ...]:
    """The cheapest of all ways through Kleinberg's two states, tried one by one with binomial likelihoods."""
    usual = sum(hits) / sum(totals)
    rates = (usual, usual * ratio)
    ways = itertools.product((0, 1), repeat=len(hits))

    def price(way: tuple[int, ...]) -> float:
        fit = -sum(stats.binom.logpmf(r, d, rates[q]) for r, d, q in zip(hits, totals, way, strict=True))
        ups = sum(b > a for a, b in itertools.pairwise((0, *way)))
        return fit + ups * cost * math.log(len(hits))

    return min(ways, key=price)


@pytest.mark.parametrize(
    "hits", [[2, 3, 20, 18, 2, 1], [9, 1, 1, 1, 1, 9], [4, 4, 5, 4, 4, 4], [0, 0, 0, 0, 0, 30], [12, 2, 2, 11, 13, 2]]
)
def test_a_burst_is_that_of_the_cheapest_way_through_both_states(hits):
    totals = [100, 120, 90, 110, 100, 95]
    way = cheapest(hits, totals, 2.0, 1.0)
    found = rises.heaviest(np.array(hits, dtype=float), np.array(totals, dtype=float), 2.0, 1.0)
    assert (found is None) == (not any(way))
    if found:
        first, last, weight = found
        assert (
            all(way[first : last + 1]) and not any(way[last + 1 : last + 2]) and not any(way[max(first - 1, 0) : first])
        )
        usual = sum(hits) / sum(totals)
        by_hand = sum(
            stats.binom.logpmf(hits[t], totals[t], 2 * usual) - stats.binom.logpmf(hits[t], totals[t], usual)
            for t in range(first, last + 1)
        )
        assert weight == pytest.approx(by_hand, abs=1e-9)


def texts(*rows: tuple[int, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"region": "青禾县", "plan_year": y, "item_id": f"i{k}", "heading": "", "text": t, "tense": "task",
             "domain": "safety", "sector": "education"}
            for k, (y, t) in enumerate(rows)
        ]
    )  # fmt: skip


def test_tasks_are_kept_reworded_dropped_or_new():
    told = compare.carried(
        texts(
            (2028, "2028年新建公办幼儿园三所，增加学位九百个。"),
            (2028, "开展校车安全检查，逐车建立台账，发现隐患立即停驶。"),
            (2028, "举办中学生合唱比赛。"),
            (2029, "2029年新建公办幼儿园三所，增加学位九百个。"),
            (2029, "加强校车安全检查，逐车建立台账，对驾驶员集中培训。"),
            (2029, "为乡村教师建设周转宿舍。"),
        )
    )
    assert list(told["state"]) == ["kept", "reworded", "dropped", "new"]
    assert told["item_id"].fillna("").tolist() == ["i3", "i4", "", "i5"]
    assert told["earlier_id"].fillna("").tolist() == ["i0", "i1", "i2", ""]
    assert told.loc[0, "likeness"] == pytest.approx(1)  # the year itself does not count
    assert set(told["first_year"]) == {2028} and set(told["last_year"]) == {2029}


def test_each_task_is_joined_to_one_at_most():
    told = compare.carried(
        texts((2028, "开展校车安全检查。"), (2029, "开展校车安全检查。"), (2029, "开展校车安全大检查。"))
    )
    assert sorted(told["state"]) == ["kept", "new"]
    assert compare.carried(texts((2028, "开展校车安全检查。"))).attrs["reason"] == "one_year"
