"""Comparisons of words and maps; each statistic computed a second way."""

from __future__ import annotations

import itertools
import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.spatial import distance

from analysis import compare
from analysis.compare import maps, wording
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
    assert len(told["points"]) == 0 and told["points"].attrs["reason"] == "few_groups"


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
