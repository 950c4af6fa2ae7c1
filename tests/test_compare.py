"""Comparisons: shares, states, ranks; each statistic computed a second way."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis import compare, frames
from analysis.compare import goals, lenses, tools
from analysis.frames import FrameError


def plans(*rows: dict) -> pd.DataFrame:
    known = {"sector": "education", "is_plan": True, "plan_year": 2030, "region_level": "county", "damage": 0.0}
    frame = frames.make("plans", [{**known, "noise": [], "plan_id": r["county"], **r} for r in rows])
    return frame.assign(region=frame["county"])


def joined(name: str, rows: list[dict], of: pd.DataFrame) -> pd.DataFrame:
    return frames.make(name, rows).merge(of[["plan_id", *frames.PLAN_COLUMNS]], on="plan_id", how="left")


PLANS = plans({"county": "青禾县"}, {"county": "云溪县"}, {"county": "白石县", "noise": ["truncated"]})


def items(*rows: tuple[str, str | None, int]) -> pd.DataFrame:
    records = [
        {"plan_id": p, "item_id": str(i), "domain": d, "text": "字" * n, "tense": "task", "order": i}
        for i, (p, d, n) in enumerate(rows)
    ]
    return joined("items", records, PLANS)


def metrics(*rows: dict) -> pd.DataFrame:
    known = {
        "indicator_id": "enrolment", "indicator": "入园率", "unit": "%", "comparator": "ge", "kind": "level",
        "status": "target", "worded": False, "quote": "入园率达到", "base_unit": "%", "start": 0, "end": 5,
    }  # fmt: skip
    records = [{**known, "metric_id": str(i), "base_value": r.get("value"), **r} for i, r in enumerate(rows)]
    return joined("metrics", records, PLANS)


def test_shares_are_of_characters_and_sum_to_one_in_each_group():
    told = compare.emphasis(
        items(("青禾县", "teachers", 30), ("青禾县", "safety", 10), ("云溪县", "safety", 5), ("云溪县", None, 5))
    )
    shares = told.set_index(["region", "domain"])["share"]
    assert shares["青禾县", "teachers"] == 0.75
    assert shares["云溪县", "teachers"] == 0  # no holes in the table
    assert shares["云溪县", "unknown"] == 0.5  # what has no domain counts, under its own name
    assert np.allclose(shares.groupby("region").sum(), 1)


def test_weight_by_items_counts_each_item_once():
    told = compare.emphasis(items(("青禾县", "teachers", 30), ("青禾县", "safety", 10)), weight="items")
    assert set(told["share"]) == {0.5}


def test_a_region_keeps_its_interval_when_others_join_and_when_run_again():
    own = [("青禾县", d, n) for d, n in itertools.product(["teachers", "safety"], [10, 20, 35])]
    alone, beside = compare.emphasis(items(*own)), compare.emphasis(items(*own, ("云溪县", "safety", 9)))
    same = beside[beside["region"].eq("青禾县")].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, same)
    assert (alone["low"] <= alone["share"]).all() and (alone["share"] <= alone["high"]).all()


def test_intervals_of_equal_items_are_those_of_a_binomial_share():
    rows = [("青禾县", "teachers" if i < 60 else "safety", 10) for i in range(200)]
    told = compare.emphasis(items(*rows), n_boot=4000).set_index("domain").loc["teachers"]
    exact = stats.binom.ppf([0.025, 0.975], 200, 0.3) / 200
    assert np.allclose([told["low"], told["high"]], exact, atol=0.011)


def test_a_location_quotient_is_own_share_over_everybodys():
    told = compare.emphasis(items(("青禾县", "teachers", 30), ("青禾县", "safety", 10), ("云溪县", "safety", 60)))
    quotient = compare.specialisation(told).set_index(["region", "domain"])["quotient"]
    assert quotient["青禾县", "teachers"] == pytest.approx((30 / 40) / (30 / 100))
    assert quotient["云溪县", "safety"] == pytest.approx(1 / 0.7)


def test_entropy_is_scipys():
    told = compare.emphasis(items(("青禾县", "teachers", 30), ("青禾县", "safety", 10), ("青禾县", "party", 60)))
    row = compare.focus(told).iloc[0]
    assert row["entropy"] == pytest.approx(stats.entropy([0.3, 0.1, 0.6]), abs=1e-12)
    assert row["evenness"] == pytest.approx(stats.entropy([0.3, 0.1, 0.6]) / np.log(3), abs=1e-12)
    assert (row["top"], row["top_share"]) == ("party", 0.6)


def test_the_domain_on_top_is_one_that_was_identified():
    told = compare.emphasis(items(("青禾县", "teachers", 30), ("青禾县", None, 60), ("云溪县", None, 5)))
    top = compare.focus(told).set_index("region")["top"]
    assert (top["青禾县"], top["云溪县"]) == ("teachers", "unknown")


def test_four_states_are_told_apart():
    said = metrics(
        {"plan_id": "青禾县", "value": 95.0},
        {"plan_id": "云溪县", "value": 100.0, "worded": True},
        {"plan_id": "青禾县", "value": 9.0, "indicator_id": "schools", "unit": "所", "base_unit": "所"},
    )
    told = compare.targets(said, PLANS).set_index(["indicator_id", "region"])["state"]
    assert told["enrolment", "青禾县"] == "stated"
    assert told["enrolment", "云溪县"] == "stated_in_words"
    assert told["schools", "云溪县"] == "not_stated"
    assert told["schools", "白石县"] == "not_found"  # its copy is cut off


def test_growth_is_compared_where_growth_is_what_most_state():
    said = metrics(
        {"plan_id": "青禾县", "value": 5.0, "kind": "change"},
        {"plan_id": "云溪县", "value": 6.0, "kind": "change"},
        {"plan_id": "云溪县", "value": 900.0, "unit": "亿元", "base_unit": "亿元"},
        {"plan_id": "白石县", "value": 700.0, "unit": "亿元", "base_unit": "亿元"},
        {"plan_id": "白石县", "value": 4.0, "kind": "change"},
    )
    told = compare.standing(compare.targets(said, PLANS)).set_index("region")
    assert dict(told["value"]) == {"青禾县": 5, "云溪县": 6, "白石县": 4}


@pytest.mark.parametrize(
    ("unit", "name", "relative"),
    [("%", "入园率", True), ("元", "人均可支配收入", True), ("万吨", "粮食产量", False), ("人", "新增就业人数", False)],
)
def test_a_nations_total_is_not_set_beside_a_regions(unit, name, relative):
    assert goals.is_relative(unit, name) == relative


def test_the_level_is_taken_before_the_change_and_results_are_no_targets():
    said = metrics(
        {"plan_id": "青禾县", "value": 2.0, "kind": "change"},
        {"plan_id": "青禾县", "value": 95.0},
        {"plan_id": "云溪县", "value": 91.0, "status": "achieved"},
    )
    told = compare.targets(said, PLANS).set_index("region")
    assert told.loc["青禾县", "value"] == 95
    assert told.loc["云溪县", "state"] == "not_stated"
    assert compare.targets(said, PLANS, status="achieved").set_index("region").loc["云溪县", "value"] == 91


def test_standing_ranks_and_measures_from_the_others_median():
    values = {"青禾县": 95.0, "云溪县": 91.0, "白石县": 91.0}
    said = metrics(*({"plan_id": p, "value": v} for p, v in values.items()))
    reference = pd.DataFrame([{"indicator_id": "enrolment", "year": 2029, "value": 90.0, "unit": "%"}])
    told = compare.standing(compare.targets(said, PLANS), reference=reference).set_index("region")
    assert dict(told["rank"]) == {"青禾县": 1, "云溪县": 2, "白石县": 2}
    assert told.loc["云溪县", "peers_median"] == 93 and told.loc["云溪县", "distance"] == -2
    assert told.loc["青禾县", "above_national"] == 5 and told.loc["青禾县", "spread"] == 4


AREA = (
    {"plan_id": "青禾县", "value": 2.0, "unit": "万亩", "base_value": 2e4 / 0.0015, "base_unit": "平方米"},
    {"plan_id": "云溪县", "value": 4e7, "unit": "平方米", "base_value": 4e7, "base_unit": "平方米"},
)


def test_numbers_are_told_in_the_regions_own_unit_and_else_in_a_readable_one():
    targets = compare.targets(metrics(*AREA), PLANS)
    for region, unit, values in (
        ("青禾县", "万亩", [6.0, 2.0]),
        ("云溪县", "平方米", [4e7, 2e4 / 0.0015]),
        (None, "万亩", [6.0, 2.0]),
        ("白石县", "万亩", [6.0, 2.0]),  # it states none
    ):
        told = compare.standing(targets, region=region)
        assert set(told["unit"]) == {unit}
        assert list(told["value"]) == pytest.approx(values)
        assert told["peers_median"].tolist() == pytest.approx(values[::-1])


def test_a_place_with_a_name_and_no_code_does_not_lack_its_region():
    empty = [frames.make(n) for n in ("problems", "repairs", "masks")]
    named, nameless = PLANS, PLANS.assign(region=None)
    assert not any("region" in held for held in compare.quality(named, *empty)["missing"])
    assert all("region" in held for held in compare.quality(nameless, *empty)["missing"])


def test_numbers_in_another_unit_are_not_ranked_together():
    said = metrics(
        {"plan_id": "青禾县", "value": 95.0},
        {"plan_id": "云溪县", "value": 91.0},
        {"plan_id": "白石县", "value": 3000.0, "unit": "人", "base_unit": "人"},
    )
    assert set(compare.standing(compare.targets(said, PLANS))["region"]) == {"青禾县", "云溪县"}


def test_ranks_within_a_plan_are_scipys():
    draws = np.random.default_rng(1).integers(0, 5, size=(4, 9, 3)).astype(float)
    expected = np.apply_along_axis(lambda v: stats.rankdata(-v), 1, draws)
    assert np.array_equal(lenses._ranks(draws), expected)


def test_priorities_see_space_strength_and_substance():
    held = items(("青禾县", "teachers", 90), ("青禾县", "safety", 10)).assign(
        commitment=["exploratory", "binding"], lead_units=[[], ["教育局"]], deadline=[None, "2030-06"]
    )
    told = compare.priorities(held, metrics({"plan_id": "青禾县", "item_id": "1", "value": 3.0})).set_index("domain")
    assert told.loc["teachers", "space"] == 0.9 and told.loc["teachers", "space_rank"] == 1
    assert told.loc["safety", "strength"] == 1 and told.loc["safety", "substance"] == 1
    assert told.loc["safety", "joint_rank"] == 1


def test_an_item_weighs_by_length_wording_and_substance():
    held = items(("青禾县", "teachers", 90), ("青禾县", "safety", 10), ("青禾县", "safety", 50)).assign(
        commitment=["exploratory", "binding", None], lead_units=[[], ["教育局"], None], deadline=[None, "2030-06", None]
    )
    held.loc[2, "tense"] = "review"
    told = compare.item_priorities(held, metrics({"plan_id": "青禾县", "item_id": "1", "value": 3.0}))
    assert told[0] == pytest.approx((1 + 0.2 + 0) / 3) and told[1] == pytest.approx((0.5 + 1 + 1) / 3)
    assert pd.isna(told[2])
    assert compare.item_priorities(items(), metrics()).empty


def test_uses_of_tools_are_counted_once_an_item_and_empty_cells_are_rows():
    held = items(("青禾县", "teachers", 9), ("青禾县", "safety", 9)).assign(
        instruments=[["talent", "talent", "funding"], ["funding"]]
    )
    told = compare.instruments(held).set_index(["instrument", "domain"])["n"]
    assert told["talent", "teachers"] == 1 and told["talent", "safety"] == 0
    assert told["funding"].sum() == 2
    assert ("pilot", "safety") in told.index  # a tool that nobody uses stays visible


def test_chi_square_and_residuals_are_scipys():
    counts = np.array([[12.0, 5, 7], [3, 9, 2]])
    table = pd.DataFrame([{"instrument": i, "domain": d, "n": counts[i, d]} for i in range(2) for d in range(3)])
    told, expected = compare.association(table).iloc[0], stats.chi2_contingency(counts, correction=False)
    assert told["chi2"] == pytest.approx(expected.statistic, abs=1e-9)
    assert told["p"] == pytest.approx(expected.pvalue, abs=1e-9)
    assert told["cramers_v"] == pytest.approx(stats.contingency.association(counts.astype(int)), abs=1e-9)
    first = (12 - 24 * 15 / 38) / np.sqrt(24 * 15 / 38 * (1 - 24 / 38) * (1 - 15 / 38))
    assert tools.residuals(counts)[1][0, 0] == pytest.approx(first, abs=1e-12)


def test_small_counts_have_a_p_from_random_tables():
    counts = np.array([[3, 1], [1, 4]])
    table = pd.DataFrame([{"instrument": i, "domain": d, "n": counts[i, d]} for i in range(2) for d in range(2)])
    told = compare.association(table, n_draws=20_000).iloc[0]
    every = [np.array([[k, 4 - k], [4 - k, 1 + k]]) for k in range(5)]  # all tables with these margins
    weights = np.array([stats.hypergeom.pmf(k, 9, 4, 4) for k in range(5)])
    far = [stats.chi2_contingency(t, correction=False).statistic >= told["chi2"] - 1e-9 for t in every]
    assert told["p_simulated"] == pytest.approx(weights[far].sum(), abs=0.012)
    large = table.assign(n=table["n"] * 50)
    assert np.isnan(compare.association(large).iloc[0]["p_simulated"])


def test_wilson_intervals_are_scipys():
    low, high = tools.wilson(np.array([3.0, 0]), np.array([10.0, 5]))
    for i, (k, n) in enumerate([(3, 10), (0, 5)]):
        exact = stats.binomtest(k, n).proportion_ci(method="wilson")
        assert (low[i], high[i]) == pytest.approx((exact.low, exact.high), abs=1e-9)


def test_quality_counts_damage_gaps_repairs_and_masks():
    repairs = frames.make("repairs", [{"plan_id": "白石县", "rule": "space", "n": 4}])
    masks = frames.make("masks", [{"plan_id": "白石县", "kind": "place"}])
    problems = frames.make("problems", [{"plan_id": "白石县", "severity": "warning"}])
    told = compare.quality(PLANS, problems, repairs, masks).set_index("plan_id").loc["白石县"]
    assert told["truncated"] and not told["ads"]
    assert (told["n_repairs"], told["n_masks"], told["n_warnings"], told["n_errors"]) == (4, 1, 1, 0)
    assert "issuer" in told["missing"] and "plan_year" not in told["missing"]


@pytest.mark.parametrize(
    ("heading", "text", "name"),
    [
        ("建好三所学校", "年底完成。", "建好三所学校"),
        (None, "开工建设三所学校，年底完成。", "开工建设三所学校"),
        ("", "办好", "办好"),
        (None, "长" * 60, "长" * 39 + "…"),
    ],
)
def test_a_task_is_named_by_its_heading_or_first_clause(heading, text, name):
    assert compare.duties.task_name(heading, text) == name


def test_tasks_keep_the_order_of_the_plan_and_show_their_gaps():
    held = items(("青禾县", "safety", 9), ("青禾县", "teachers", 9)).assign(
        order=[2, 1], lead_units=[["教育局", "财政局"], None], deadline=["2030-06", None]
    )
    told = compare.tasks(held, metrics({"plan_id": "青禾县", "item_id": "0", "value": 3.0, "quote": "新建3所"}))
    assert list(told["number"]) == [1, 2] and list(told["item_id"]) == ["1", "0"]
    assert list(told["lead"]) == ["", "教育局、财政局"] and list(told["indicators"]) == ["", "新建3所"]
    assert list(told["n_gaps"]) == [3, 0]
    assert compare.draft_check(told).iloc[0][["n", "no_owner", "n_complete"]].tolist() == [2, 1, 1]


def test_peers_are_ordered_by_level_province_and_likeness():
    of = plans(
        {"county": "青禾县", "province": "东省"},
        {"county": "云溪县", "province": "西省"},
        {"county": "白石县", "province": "东省"},
        {"county": "大江市", "province": "东省", "region_level": "city"},
    )
    held = joined("items", [{"plan_id": p, "item_id": p, "domain": d, "text": "字"} for p, d in zip(
        of["plan_id"], ["party", "party", "safety", "party"], strict=True)], of)  # fmt: skip
    told = compare.peers(of, held, "青禾县")
    assert list(told["region"]) == ["白石县", "云溪县", "大江市"]
    assert dict(zip(told["region"], told["likeness"], strict=True)) == {"白石县": 0, "云溪县": 1, "大江市": 1}


def test_a_size_that_is_given_weighs_as_much_as_the_words():
    of = plans({"county": "青禾县"}, {"county": "云溪县"}, {"county": "白石县"})
    held = joined("items", [{"plan_id": p, "item_id": p, "domain": d, "text": "字" * n} for p, d, n in (
        ("青禾县", "party", 9), ("云溪县", "party", 9), ("白石县", "party", 8), ("白石县", "safety", 1))], of)  # fmt: skip
    assert list(compare.peers(of, held.assign(item_id=range(len(held))), "青禾县")["region"]) == ["云溪县", "白石县"]
    sizes = pd.Series({"青禾县": 40.0, "云溪县": 400.0, "白石县": 50.0})
    told = compare.peers(of, held, "青禾县", sizes=sizes)
    assert list(told["region"]) == ["白石县", "云溪县"]
    assert list(told["size_ratio"]) == [pytest.approx(0.8), pytest.approx(0.1)]


def test_ties_ranges_and_about_leave_a_rank_open():
    rows = {"青禾县": (5.0, "ge", None), "云溪县": (5.0, "range", 5.5), "白石县": (5.4, "approx", None)}
    said = metrics(*({"plan_id": p, "value": v, "comparator": c, "value_high": h} for p, (v, c, h) in rows.items()))
    told = compare.standing(compare.targets(said, PLANS)).set_index("region")
    assert dict(zip(told.index, zip(told["rank_low"], told["rank_high"], strict=True), strict=True)) == {
        "青禾县": (2, 3), "云溪县": (1, 3), "白石县": (1, 2),
    }  # fmt: skip


@pytest.mark.parametrize("ascending", [False, True])
def test_rank_intervals_hold_every_rank_that_values_between_the_ends_can_take(ascending):
    low = np.array([1.0, 2, 2.5, 6, 6])
    high = np.array([1.5, 3, 4, 6, 7])
    told = goals.ranks(low, high, ascending)
    drawn = np.random.default_rng(0).uniform(low, high, size=(4000, 5))
    seen = stats.rankdata(drawn if ascending else -drawn, axis=1)
    assert (seen.min(axis=0) >= told["rank_low"]).all() and (seen.max(axis=0) <= told["rank_high"]).all()
    assert (told["rank_low"] == [1, 2, 2, 4, 4]).all() if ascending else (told["rank_high"] == [5, 4, 4, 2, 2]).all()


def test_own_value_lies_among_the_others_quartiles():
    values = pd.DataFrame({"region": list("abcde"), "domain": "x", "share": [0.9, 0.1, 0.2, 0.3, 0.4]})
    row = compare.against_peers(values, "a", "share").iloc[0]
    assert (row["median"], row["quartile_low"], row["rank"]) == (pytest.approx(0.25), pytest.approx(0.175), 1)
    assert row["z"] == pytest.approx(0.65 / stats.median_abs_deviation([0.1, 0.2, 0.3, 0.4], scale=1 / 1.4826))


def test_headline_prefers_known_indicators_and_tells_each_once():
    said = metrics(
        {"plan_id": "青禾县", "value": 8.0, "indicator_id": None, "indicator": "其他数"},
        {"plan_id": "青禾县", "value": 95.0, "start": 3},
        {"plan_id": "青禾县", "value": 96.0, "start": 4},
        {"plan_id": "云溪县", "value": 91.0},
    )
    told = compare.headline(said, "青禾县")
    assert list(told["indicator"]) == ["入园率", "其他数"]
    assert (told.loc[0, "peers_median"], told.loc[0, "n_peers"]) == (91, 1)


def test_oddities_are_the_greatest_deviations_from_the_others():
    names = ["青禾县", "甲县", "乙县", "丙县", "丁县"]
    shares = pd.DataFrame(
        [
            {"region": r, "codebook": "education", "domain": d, "share": s}
            for r, row in zip(names, [[0.7, 0.3], [0.2, 0.31], [0.21, 0.3], [0.22, 0.29], [0.2, 0.3]], strict=True)
            for d, s in zip(["safety", "party"], row, strict=True)
        ]
    )
    none = compare.targets(metrics({"plan_id": "青禾县", "value": 1.0}), PLANS)
    told = compare.oddities(shares, none, "青禾县")
    assert told.loc[0, ["kind", "subject", "direction"]].tolist() == ["emphasis", "safety", "above"]
    assert len(compare.oddities(shares[shares["region"].isin(names[:2])], none, "青禾县")) == 0  # one other is no norm


def test_a_missing_column_is_named():
    with pytest.raises(FrameError, match=r"items lacks domain"):
        compare.emphasis(items().drop(columns="domain"))
    with pytest.raises(FrameError, match="weight is 'words'"):
        compare.emphasis(items(("青禾县", "party", 3)), weight="words")


EMPTY = {
    "emphasis": lambda: compare.emphasis(items()),
    "specialisation": lambda: compare.specialisation(compare.emphasis(items(("青禾县", "party", 3)))),
    "focus": lambda: compare.focus(compare.emphasis(items())),
    "targets": lambda: compare.targets(metrics(), PLANS),
    "standing": lambda: compare.standing(compare.targets(metrics(), PLANS)),
    "priorities": lambda: compare.priorities(items(), metrics()),
    "instruments": lambda: compare.instruments(items()),
    "structure": lambda: compare.structure(items()),
    "association": lambda: compare.association(compare.instruments(items())),
    "quality": lambda: compare.quality(PLANS.iloc[:0], *(frames.make(n) for n in ("problems", "repairs", "masks"))),
    "tasks": lambda: compare.tasks(items(), metrics()),
    "peers": lambda: compare.peers(PLANS.iloc[:1], items(), "青禾县"),
    "peers of nobody": lambda: compare.peers(PLANS, items(), "无名县"),
    "headline": lambda: compare.headline(metrics(), "青禾县"),
}


@pytest.mark.parametrize("made", EMPTY.values(), ids=EMPTY.keys())
def test_an_empty_selection_gives_an_empty_frame_with_its_columns_and_a_reason(made):
    told = made()
    assert len(told) == 0 and len(told.columns) > 3
    assert told.attrs["reason"] in ("no_rows", "one_group", "one_year", "no_region", "no_indicator")


def test_a_range_keeps_its_upper_end_beside_the_others():
    rows = [
        {"indicator_id": "x", "indicator": "x", "region": region, "value": value, "value_high": high, "unit": unit,
         "state": "stated", "kind": "level", "base_value": base, "base_unit": "元", "plan_id": region, "metric_id": region,
         "comparator": "range" if high else "eq", "year": 2024}
        for region, value, high, unit, base in (("甲县", 5.0, 5.5, "万元", 5e4), ("乙县", 60000.0, 70000.0, "元", 6e4))
    ]  # fmt: skip
    standing = compare.standing(pd.DataFrame(rows), region="甲县").set_index("region")
    assert standing.loc["甲县", ["value", "value_high", "unit"]].tolist() == [5.0, 5.5, "万元"]
    assert standing.loc["乙县", ["value", "value_high", "unit"]].tolist() == [6.0, 7.0, "万元"]
