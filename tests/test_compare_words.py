"""Comparisons of words, maps, ladders and years; each statistic computed a second way."""

from __future__ import annotations

import itertools
import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.spatial import distance

from analysis import compare, frames, lexicon
from analysis.compare import consistency, goals, maps, scores, verdict, wording
from analysis.frames import FrameError


def terms(**counts: dict[str, int]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"region": r, "plan_id": r, "item_id": f"{r}1", "term": t, "pos": "n", "n": n}
            for r, held in counts.items()
            for t, n in held.items()
        ],
        columns=["region", "plan_id", "item_id", "term", "pos", "n"],
    )


TWO = terms(青禾县={"教师": 30, "校舍": 2, "安全": 8}, 云溪县={"教师": 10, "校舍": 20, "安全": 30})
TABLES = [np.array(t, dtype=float) for t in itertools.product((0, 3, 40), (1, 17), (90, 300), (60, 250))]


@pytest.mark.parametrize("correction", ["default", "none"])
@pytest.mark.parametrize("cells", TABLES, ids=str)
def test_g2_and_chi2_are_scipys(cells, correction):
    a, b, c, d = cells
    table = np.array([[a, b], [c, d]])
    least = stats.contingency.expected_freq(table).min()
    yates = correction == "default" and least < 5 and abs(a * d - b * c) >= table.sum() / 2
    sign = 1 if a * d > b * c else -1
    for measure, power in ((wording.chi_squared, "pearson"), (wording.g_squared, "log-likelihood")):
        expected = stats.chi2_contingency(table, correction=bool(yates), lambda_=power).statistic
        got = float(measure(*(np.array([x]) for x in cells), correction)[0])
        assert got == pytest.approx(sign * expected, abs=1e-9)


def textbook(cells: np.ndarray, correction: str) -> tuple[float, float]:
    """Chi-square and G² as quanteda.textstats 0.97 defines them, a cell at a time."""
    (a, b), (c, d) = cells.reshape(2, 2)
    n, rows, columns = a + b + c + d, (a + b, c + d), (a + c, b + d)
    expected = [[r * k / n for k in columns] for r in rows]
    half = correction in ("default", "yates") and abs(a * d - b * c) >= n / 2 and min(map(min, expected)) < 5
    moved = math.copysign(0.5, a * d - b * c) if half else 0.0
    held = [[a - moved, b + moved], [c + moved, d - moved]]
    factor = 1.0
    if correction == "williams" and a * b * c * d > 0:
        factor = 1 + (sum(n / r for r in rows) - 1) * (sum(n / k for k in columns) - 1) / (6 * n)
    pairs = [(held[i][j], expected[i][j]) for i in (0, 1) for j in (0, 1)]
    sign = 1 if a > expected[0][0] else -1
    chi2 = sum((seen - e) ** 2 / e for seen, e in pairs)
    g2 = 2 * sum(seen * math.log(seen / e) for seen, e in pairs if seen > 0)
    return sign * chi2 * factor, sign * g2 / factor


@pytest.mark.parametrize("correction", wording.CORRECTIONS)
@pytest.mark.parametrize("cells", [*TABLES, np.array([2.0, 2, 2, 6]), np.array([1.0, 3, 2, 2])], ids=str)
def test_g2_and_chi2_are_quantedas_with_each_of_its_corrections(cells, correction):
    parts = [np.array([x]) for x in cells]
    chi2, g2 = textbook(cells, correction)
    assert float(wording.chi_squared(*parts, correction)[0]) == pytest.approx(chi2, abs=1e-9)
    assert float(wording.g_squared(*parts, correction)[0]) == pytest.approx(g2, abs=1e-9)


def test_a_correction_of_no_name_is_refused():
    with pytest.raises(FrameError, match="correction is 'bonferroni'; it may be default, yates"):
        compare.keyness(TWO, "青禾县", correction="bonferroni")


def test_log_odds_are_those_of_monroe_colaresi_and_quinn():
    a, b, prior = np.array([30.0, 10]), np.array([5.0, 55]), 20.0
    told = wording.log_odds(a, b, prior)
    alpha = prior * 35 / 100
    left, right = (30 + alpha) / (40 + prior - 30 - alpha), (5 + alpha) / (60 + prior - 5 - alpha)
    assert told["log_odds"][0] == pytest.approx(math.log(left) - math.log(right), abs=1e-12)
    assert told["z"][0] == pytest.approx(math.log(left / right) / math.sqrt(1 / (30 + alpha) + 1 / (5 + alpha)))


def test_the_typical_words_of_a_group_come_first_with_their_q():
    told = compare.keyness(TWO, "青禾县")
    assert list(told["term"]) == ["教师", "安全", "校舍"]
    assert told.loc[0, "per_1000"] == 750 and told.loc[0, "g2"] > 0 > told.loc[2, "g2"]
    p = np.sort(told["p"].to_numpy())
    by_hand = np.minimum.accumulate((p * 3 / np.arange(1, 4))[::-1])[::-1]
    assert np.allclose(np.sort(told["q"]), np.minimum(by_hand, 1), atol=1e-12)
    assert told.loc[0, "log_ratio"] == pytest.approx(math.log2((30 / 40) / (10 / 60)))


def test_names_of_places_do_not_count_unless_asked_for():
    named = pd.concat([TWO, terms(青禾县={"青禾": 9}).assign(pos="ns")], ignore_index=True)
    assert "青禾" not in set(compare.keyness(named, "青禾县")["term"])
    assert "青禾" in set(compare.keyness(named, "青禾县", leave_out=())["term"])
    assert "青禾" not in compare.crossed(named).index


def test_without_a_threshold_two_edges_a_term_are_left():
    words = [f"词{i}" for i in range(12)]
    held = pd.DataFrame(
        [{"item_id": str(k), "term": w, "n": 1} for k in range(9) for i, w in enumerate(words) if (i * k) % 7 < 4]
    )
    told = compare.network(held, least=1)
    assert 24 <= len(told["edges"]) < 66  # ties at the threshold stay together
    assert told["edges"]["weight"].min() == told["summary"].loc[0, "threshold"]


def test_words_of_one_group_alone_have_no_keyness():
    alone = compare.keyness(TWO[TWO["region"].eq("青禾县")], "青禾县")
    nobody = compare.keyness(TWO, "无名县")
    assert (len(alone), alone.attrs["reason"]) == (0, "one_group")
    assert (len(nobody), nobody.attrs["reason"]) == (0, "no_region")


ITEMS = pd.DataFrame(
    [
        {"item_id": str(i), "term": t, "n": 1}
        for i, held in enumerate(["ab", "ab", "ab", "cd", "cd", "cd", "bc", "ad", "e"])
        for t in held
    ]
)


def test_edges_are_cosines_and_ppmi_of_items_that_share_words():
    edges = compare.network(ITEMS, threshold=0, least=1)["edges"].set_index(["source", "target"])
    assert edges.loc[("a", "b"), "n"] == 3
    assert edges.loc[("a", "b"), "cosine"] == pytest.approx(3 / math.sqrt(4 * 4))
    assert edges.loc[("a", "b"), "ppmi"] == pytest.approx(math.log2((3 / 9) / (4 / 9 * 4 / 9)))


def test_words_that_go_together_are_a_community():
    told = compare.network(ITEMS, threshold=0.5, least=2)
    community = told["nodes"].set_index("term")["community"]
    assert community["a"] == community["b"] != community["c"] == community["d"]
    assert told["summary"].loc[0, ["n_terms", "n_edges", "n_communities"]].tolist() == [5, 2, 2]
    assert told["summary"].loc[0, "density"] == pytest.approx(2 / 10)


def test_centralities_are_networkxs_on_the_edges_told():
    told = compare.network(ITEMS, threshold=0, least=1)
    graph = nx.Graph(list(told["edges"][["source", "target"]].itertuples(index=False)))
    between = nx.betweenness_centrality(nx.compose(graph, nx.empty_graph(told["nodes"]["term"])))
    assert dict(zip(told["nodes"]["term"], told["nodes"]["betweenness"], strict=True)) == pytest.approx(between)


COUNTS = pd.DataFrame(
    [[20, 3, 5, 1], [2, 18, 4, 6], [6, 5, 22, 9], [7, 7, 7, 8], [1, 9, 3, 14]],
    index=list("abcde"),
    columns=["青禾县", "云溪县", "白石县", "大江市"],
)


def test_inertia_is_chi_square_over_n():
    told = compare.correspondence(COUNTS)["inertia"]
    assert told["inertia"].sum() == pytest.approx(stats.chi2_contingency(COUNTS).statistic / COUNTS.to_numpy().sum())
    assert told["cumulated"].iloc[-1] == pytest.approx(1)


def test_coordinates_are_the_eigenvectors_of_the_transition_matrix():
    points = compare.correspondence(COUNTS)["points"]
    rows = points[points["kind"].eq("row")]
    shares = COUNTS.to_numpy() / COUNTS.to_numpy().sum()
    r, c = shares.sum(axis=1), shares.sum(axis=0)
    transition = (shares / r[:, None]) @ (shares.T / c[:, None])  # row profiles to columns and back
    values, vectors = np.linalg.eig(transition)
    order = np.argsort(-values.real)
    for axis, column in ((1, "x"), (2, "y")):
        vector = vectors[:, order[axis]].real
        vector = vector / np.sqrt((r * vector**2).sum()) * np.sqrt(values[order[axis]].real)
        assert np.allclose(np.abs(vector), np.abs(rows[column]), atol=1e-9)
    assert rows["contribution_x"].sum() == pytest.approx(1)
    assert (rows["mass"] @ rows["x"]) == pytest.approx(0, abs=1e-12)
    assert rows["quality"].between(0, 1 + 1e-12).all()


def test_correspondence_needs_three_groups():
    told = compare.correspondence(COUNTS[["青禾县", "云溪县"]])
    assert len(told["points"]) == 0 and told["points"].attrs["reason"] == "one_group"


@pytest.mark.parametrize(
    ("metric", "second"),
    [
        ("hellinger", lambda p, q: math.sqrt(1 - np.sqrt(p * q).sum())),
        ("jensenshannon", lambda p, q: distance.jensenshannon(p, q, base=2)),
        ("cosine", distance.cosine),
    ],
)
def test_distances_are_those_of_the_books(metric, second):
    table = COUNTS.T
    shares = table.to_numpy() / table.to_numpy().sum(axis=1, keepdims=True)
    assert maps.distances(table, metric)[0, 2] == pytest.approx(second(shares[0], shares[2]), abs=1e-9)


def test_scaling_gives_back_the_distances_of_points_in_a_plane():
    points = np.array([[0.0, 0], [3, 0], [0, 4], [5, 5]])
    between = distance.squareform(distance.pdist(points))
    assert np.allclose(distance.squareform(distance.pdist(maps.scaled(between))), between, atol=1e-9)


def test_silhouette_is_scikit_learns():
    from sklearn.metrics import silhouette_score

    points = np.random.default_rng(2).normal(size=(12, 3))
    between = distance.squareform(distance.pdist(points))
    clusters = np.array([1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 4])
    expected = silhouette_score(between, clusters, metric="precomputed")
    assert maps.silhouette(between, clusters) == pytest.approx(expected, abs=1e-9)


def test_like_places_share_a_cluster_and_know_their_nearest():
    table = pd.DataFrame([[9, 1, 0], [8, 2, 0], [0, 1, 9], [0, 2, 8]], index=list("甲乙丙丁"))
    told = compare.nearness(table).set_index("group")
    assert told.loc["甲", "cluster"] == told.loc["乙", "cluster"] != told.loc["丙", "cluster"]
    assert (told.loc["甲", "nearest"], told.loc["丁", "nearest"]) == ("乙", "丙")
    with pytest.raises(FrameError, match="metric is 'far'"):
        compare.nearness(table, metric="far")


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


def tagged(*rows: dict) -> pd.DataFrame:
    known = {"plan_id": "2", "start": 100, "tense": "task", "text": "先做一事。再办培训。"}
    return frames.make("items", [{**known, "item_id": str(i), **r} for i, r in enumerate(rows)])


def test_a_pmc_variable_is_earned_by_the_sentence_of_its_cue():
    cue = {"field": "instruments", "value": "talent", "cue": "培训", "start": 107, "end": 109}
    told = compare.pmc(plans(), tagged({"instruments": ["talent"], "evidence": [cue]}), metrics().iloc[:0])
    own = told[told["plan_id"].eq("2")].set_index("variable")
    assert own.loc["incentive_talent", ["value", "item_id", "quote"]].tolist() == [1, "0", "再办培训。"]
    assert own.loc["tool_supply", "value"] == 1 and own.loc["tool_demand", "value"] == 0
    assert own.loc["level_county", "value"] == 1 and own.loc["level_city", "value"] == 0
    assert told[told["plan_id"].eq("0")].set_index("variable").loc["incentive_talent", "value"] == 0


def test_what_is_only_reported_earns_nothing_but_description():
    told = compare.pmc(plans(), tagged({"instruments": ["talent"], "tense": "review"}), metrics().iloc[:0])
    own = told[told["plan_id"].eq("2")].set_index("variable")["value"]
    assert own["incentive_talent"] == 0 and own["nature_describe"] == 1


@pytest.mark.parametrize(
    ("n_talent", "n", "value"), [(1, 30, 0), (2, 30, 0), (3, 30, 1), (1, 12, 0), (2, 12, 1), (1, 5, 1)]
)
def test_one_sentence_of_a_long_report_earns_no_pmc_variable(n_talent, n, value):
    rows = [{"instruments": ["talent"] if i < n_talent else []} for i in range(n)]
    told = compare.pmc(plans(), tagged(*rows), metrics().iloc[:0])
    own = told[told["plan_id"].eq("2")].set_index("variable")["value"]
    assert own["incentive_talent"] == value  # a tenth of the items, and two where there are ten or more


def test_every_pmc_variable_of_items_states_the_share_it_needs():
    for row in lexicon.table("common/pmc"):
        of_plan = row["field"] in ("horizon", "region_level", "fact")
        assert (row["least"] == "") == of_plan
        assert of_plan or 0 < float(row["least"]) <= 0.5


def test_openness_is_told_by_issuer_date_and_number_and_is_not_always_whole():
    held = plans().assign(issuer=["教育局", None, None], written=["2030-01-05", None, None], doc_number=None)
    told = compare.pmc(held, tagged(), metrics().iloc[:0])
    index = compare.pmc_index(told).set_index("plan_id")["X10"]
    assert index["0"] == 0.5 and index["1"] == 0


OWN = {"plan_id": "2", "variable": "level_county", "value": 0, "who": "甲", "why": "由乡镇印发"}


def test_overrides_stand_beside_what_was_scored_with_who_and_why(tmp_path):
    file = tmp_path / "own.csv"
    pd.DataFrame([OWN]).to_csv(file, index=False)
    own = pd.read_csv(file, dtype={"plan_id": str})
    told = compare.pmc(plans(), tagged(), metrics().iloc[:0], overrides=own)
    row = told[told["plan_id"].eq("2") & told["variable"].eq("level_county")].iloc[0]
    assert row[["scored", "override", "value", "who", "why"]].tolist() == [1, 0, 0, "甲", "由乡镇印发"]
    assert told["override"].notna().sum() == 1
    assert compare.pmc_index(told).set_index("plan_id")["n_overrides"].to_dict() == {"0": 0, "1": 0, "2": 1}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"variable": "level_town"}, "variable 'level_town' is not among the scores; nearest is level_county"),
        ({"plan_id": "9"}, "plan_id '9' is not among the scores"),
        ({"value": 2}, "value is 2; it may be 0 or 1"),
        ({"who": ""}, "line 2: say who decided and why"),
    ],
)
def test_an_override_that_cannot_be_is_refused_by_its_line(wrong, message):
    with pytest.raises(FrameError, match=message):
        compare.pmc(plans(), tagged(), metrics().iloc[:0], overrides=pd.DataFrame([{**OWN, **wrong}]))


def test_what_was_looked_for_in_vain_is_counted():
    rows = [{"instruments": ["talent"] if i < 2 else []} for i in range(30)]
    told = compare.pmc(plans(), tagged(*rows), metrics().iloc[:0])
    row = told[told["plan_id"].eq("2") & told["variable"].eq("incentive_talent")].iloc[0]
    assert row[["value", "n_found", "n_needed", "n_asked"]].tolist() == [0, 2, 3, 30]
    index = compare.pmc_index(told).set_index("plan_id").loc["2"]
    assert index["index_mention"] > index["index"] >= index["index_strict"]


def test_a_fact_of_the_plan_is_quoted_as_the_plan_prints_it():
    cue = {"field": "issuer", "value": "青禾县教育局", "cue": "青禾县教育局印发", "start": 0, "end": 8, "rule": "head"}
    held = plans().assign(issuer="青禾县教育局", evidence=[[cue], None, []])
    told = compare.pmc(held, tagged(), metrics().iloc[:0])
    quotes = told[told["variable"].eq("open_issuer")].set_index("plan_id")["quote"]
    assert quotes.to_dict() == {"0": "青禾县教育局印发", "1": "青禾县教育局", "2": "青禾县教育局"}


def scored(**values: list[int]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"plan_id": "p", "region": "青禾县", "plan_year": 2030, "first": x, "variable": f"{x}{k}", "value": v}
            for x, held in values.items()
            for k, v in enumerate(held)
        ]
    )


def test_the_index_sums_shares_and_says_what_one_variable_would_change():
    told = compare.pmc_index(scored(X1=[1, 0], X2=[1], X3=[0, 0, 0, 1], X4=[1])).iloc[0]
    assert told["index"] == pytest.approx(0.5 + 1 + 0.25 + 1) and told["concave"] == pytest.approx(4 - 2.75)
    assert (told["grade"], told["grade_if_lost"], told["grade_if_won"]) == ("acceptable", "low", "excellent")
    assert bool(told["flips"])


@pytest.mark.parametrize(
    ("index", "name"),
    [(10, "perfect"), (9, "perfect"), (8.99, "excellent"), (6.99, "acceptable"), (4.99, "low"), (0, "low")],
)
def test_grades_have_named_cut_offs(index, name):
    assert verdict.grade(index, 10) == name


def test_grades_are_data_without_gaps():
    rows = lexicon.table("common/pmc_grades")
    bounds = [(float(row["least"]), float(row["highest"])) for row in rows]
    assert bounds[0][1] == 10 and bounds[-1][0] == 0
    assert all(below == pytest.approx(least - 0.01) for (least, _), (_, below) in itertools.pairwise(bounds))
    assert all("Ruiz Estrada (2011)" in row["source"] for row in rows)


def test_the_surface_is_the_first_nine_variables():
    table = compare.pmc_index(scored(**{f"X{i}": [int(i % 2)] for i in range(1, 11)}))
    told = compare.pmc_surface(table, "p")
    assert told.pivot(index="row", columns="column", values="value").to_numpy().tolist() == [
        [1, 0, 1],
        [0, 1, 0],
        [1, 0, 1],
    ]
    assert list(told["first"]) == [f"X{i}" for i in range(1, 10)]
    with pytest.raises(FrameError, match="index lacks X4"):
        compare.pmc_surface(compare.pmc_index(scored(X1=[1], X2=[1], X3=[1])), "p")
    with pytest.raises(FrameError, match="index holds no plan 'q'; it holds p"):
        compare.pmc_surface(table, "q")


@pytest.mark.parametrize(
    ("first", "last", "name"), [(2030, 2030, "year"), (2028, 2030, "medium"), (2026, 2030, "long"), (None, None, None)]
)
def test_a_plan_reaches_a_year_some_years_or_far(first, last, name):
    assert consistency.horizon({"plan_year": first, "plan_until": last}) == name


def test_a_second_run_gives_the_same_bytes():
    rows = items(*[("青禾县", y, d, n) for y in (2028, 2029) for d in ("safety", "party") for n in (3, 9, 12)])
    first, second = (
        [compare.change(rows), *compare.network(ITEMS).values(), compare.keyness(TWO, "青禾县")] for _ in range(2)
    )
    assert [f.to_csv() for f in first] == [f.to_csv() for f in second]
