"""cluster: topics with what speaks for and against them, and a map."""

import itertools
import random

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from analysis import cluster, frames
from analysis.cluster import labels, matrix, model, quality

THEMES = {
    "preschool": ["幼儿园", "普惠园", "学前教育", "入园率", "保教质量", "幼儿教师", "托育服务", "公办园"],
    "vocational": ["职业院校", "产教融合", "实训基地", "校企合作", "技能大赛", "双师型", "职教集团", "订单培养"],
    "safety": ["校园安全", "消防演练", "校车管理", "食品卫生", "应急预案", "隐患排查", "防溺水", "安保人员"],
    "digital": ["智慧校园", "宽带网络", "数字资源", "在线课堂", "信息素养", "教学平台", "终端设备", "数据中心"],
}
VERBS = ["增进", "扩大", "改善", "抓好", "做强", "优化", "用好", "配齐", "管好", "补上"]
FORMULA = "坚持稳中求进工作总基调全面贯彻新发展理念"


def themed(n: int = 15) -> pd.DataFrame:
    """n items a theme, each of six of its words between the same empty ones."""
    chance = random.Random(3)
    rows = []
    for domain, words in THEMES.items():
        for i in range(n):
            text = (
                FORMULA + "，" + "，".join(chance.choice(VERBS) + w for w in chance.sample(words, 6)) + "。再接再厉。"
            )
            rows.append((f"{domain}{i}", f"p{i % 5}", f"区{i % 5}", domain, text))
    return pd.DataFrame(rows, columns=["item_id", "plan_id", "region", "domain", "text"])


@pytest.fixture(scope="module")
def found():
    return cluster.topics(themed(), n_topics=4, n_seeds=2)


def test_topics_are_the_themes_that_were_written(found):
    assigned = found["assignments"]
    assert assigned.groupby("domain")["topic"].nunique().eq(1).all()
    assert found["topics"].set_index("domain")["n_items"].to_dict() == dict.fromkeys(THEMES, 15)
    assert (found["topics"]["domain_share"] == 1).all()


def test_the_same_input_gives_equal_tables(found):
    again = cluster.topics(themed(), n_topics=4, n_seeds=2)
    for name, table in found.items():
        assert table.to_csv() == again[name].to_csv(), name


def test_a_number_of_topics_is_chosen_and_says_why():
    choice = cluster.topics(themed(), n_seeds=2)["choice"]
    assert list(choice["n_topics"]) == [4, 6]
    best = choice[choice["chosen"]].iloc[0]
    assert best["n_topics"] == 4
    assert "4、6" in best["reason"]
    assert "4, 6" in best["reason_en"]


def test_shares_of_a_region_sum_to_one_and_lie_in_their_intervals(found):
    shares = found["shares"]
    assert np.allclose(shares.groupby("region")["share"].sum(), 1, atol=1e-5)
    assert (shares["low"] <= shares["share"]).all()
    assert (shares["share"] <= shares["high"]).all()


def test_representative_sentences_are_cut_from_their_items(found):
    texts = themed().set_index("item_id")["text"]
    for row in found["sentences"].itertuples():
        assert texts[row.item_id][row.start : row.end] == row.sentence
        assert row.sentence != "再接再厉。"


def test_formula_names_no_topic(found):
    assert not any(term in FORMULA for term in found["words"]["term"])


def test_words_of_formulae_weigh_less_than_others():
    items = themed().assign(region=themed()["item_id"])
    items["text"] = [t.replace(FORMULA, "") if i % 4 else t for i, t in enumerate(items["text"])]
    held = matrix.matrix(items, None)
    weight = dict(zip(held.terms, matrix._substance(held.items, held.terms, held.counts), strict=True))
    own = [weight[t] for t in weight if t in FORMULA]
    other = [weight[t] for t in weight if any(t in w for words in THEMES.values() for w in words)]
    assert max(own) < 0.4 < 0.8 < min(other)


@pytest.mark.parametrize(
    ("name", "items", "reason"),
    [
        ("no items", themed().head(0), "0 items"),
        ("few items", themed().head(19), "19 items"),
        ("empty texts", themed().assign(text=""), "0 terms"),
        ("missing texts", themed().assign(text=None), "0 terms"),
    ],
)
def test_too_little_to_read_gives_empty_tables_with_the_reason(name, items, reason):
    found = cluster.topics(items)
    assert found["topics"].empty, name
    assert reason in found["choice"]["reason"].iloc[0]
    plane = cluster.map(items)
    assert plane.empty
    assert reason in plane.attrs["reason"]


def test_items_without_a_column_are_refused_by_name():
    with pytest.raises(frames.FrameError, match="items lacks text"):
        cluster.topics(themed().drop(columns="text"))


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="there are nmf, lda"):
        cluster.topics(themed(), n_topics=2, method="plsa")


def test_a_number_of_topics_below_one_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        cluster.topics(themed(), n_topics=0)


def test_items_need_neither_region_nor_domain():
    found = cluster.topics(themed()[["item_id", "plan_id", "text"]], n_topics=4, n_seeds=1)
    assert len(found["topics"]) == 4
    assert found["topics"]["domain"].isna().all()
    assert found["shares"].empty
    assert found["domains"].empty


def test_words_may_come_from_the_terms_frame():
    items = themed()
    terms = pd.DataFrame(
        [(i, w, "n", 1) for i, d in zip(items["item_id"], items["domain"], strict=True) for w in THEMES[d][:6]],
        columns=["item_id", "term", "pos", "n"],
    )
    found = cluster.topics(items, n_topics=4, terms=terms, n_seeds=1)
    assert set(found["words"]["term"]) == {w for words in THEMES.values() for w in words[:6]}


def test_an_edited_label_holds_while_some_of_its_terms_come_back(found):
    edited = found["topics"].assign(label=[f"主题{i}" for i in found["topics"]["topic"]])
    again = cluster.topics(themed().iloc[:-2], n_topics=4, n_seeds=1, edited=edited)
    assert set(again["topics"]["label"]) == {"主题1", "主题2", "主题3", "主题4"}
    assert labels.label(["甲乙", "丙丁"], edited) == "甲乙、丙丁"


def test_lda_finds_the_themes_too():
    assigned = cluster.topics(themed(), n_topics=4, n_seeds=1, method="lda")["assignments"]
    most = assigned.groupby(["domain", "topic"]).size().groupby("domain").max()
    assert most.mean() >= 13


def test_coherence_equals_its_definition_word_by_word():
    chance = np.random.default_rng(1)
    held = (chance.random((40, 5)) < 0.4).astype(int)
    pairs = []
    for a, b in itertools.combinations(range(4), 2):
        joint = (held[:, a] & held[:, b]).mean()
        pmi = np.log(joint / (held[:, a].mean() * held[:, b].mean())) if joint else 0
        pairs.append(pmi / -np.log(joint) if joint else -1)
    assert quality.npmi(sparse.csr_matrix(held), np.array([[0, 1, 2, 3]])) == pytest.approx([np.mean(pairs)])


def test_overlap_matches_topics_whatever_their_order():
    own, other = np.array([0, 0, 0, 0, 1, 1, -1]), np.array([1, 1, 1, 0, 0, 0, 0])
    assert quality.overlap(own, other, 2).tolist() == [3 / 4, 2 / 4]


def test_topics_of_noise_are_marked_as_unstable():
    chance = random.Random(5)
    words = [f"词{chr(0x4E00 + i)}" for i in range(60)]
    rows = [(item, word, "n", 1) for item in themed()["item_id"] for word in chance.sample(words, 15)]
    noise = pd.DataFrame(rows, columns=["item_id", "term", "pos", "n"])
    found = cluster.topics(themed(), n_topics=6, n_seeds=2, terms=noise)["topics"]
    assert found["stability"].mean() < 0.6
    assert not found["is_stable"].all()
    assert cluster.topics(themed(), n_topics=4, n_seeds=2)["topics"]["is_stable"].all()


def test_the_map_puts_items_of_a_theme_together():
    plane = cluster.map(themed())
    points = plane[["x", "y"]].to_numpy()
    gaps = np.linalg.norm(points[:, None] - points[None], axis=2) + np.eye(len(points)) * 1e9
    nearest = plane["domain"].to_numpy()[gaps.argmin(axis=1)]
    assert (nearest == plane["domain"]).mean() > 0.95
    assert plane.equals(cluster.map(themed()))


def test_a_model_of_items_without_known_terms_leaves_them_without_topic():
    items = themed()
    items.loc[0, "text"] = "。"
    assigned = cluster.topics(items, n_topics=4, n_seeds=1)["assignments"]
    assert assigned["topic"].isna().tolist() == [True] + [False] * (len(items) - 1)


def test_frequent_and_exclusive_terms_come_first():
    rated = labels.frex(model.Model(np.eye(2), np.array([[0.5, 0.5, 0.0], [0.5, 0.0, 0.5]])))
    assert rated[0].argmax() == 1
    assert rated[1].argmax() == 2


def test_topics_that_come_and_go_are_told():
    items = themed(n=40)
    is_late = items.groupby("domain").cumcount() >= 20
    items = items.assign(plan_year=np.where(is_late, 2024, 2023))
    items = items[~((items["domain"] == "digital") & (items["plan_year"] == 2023))]
    items = items[~((items["domain"] == "safety") & (items["plan_year"] == 2024))]
    found = cluster.topics(items, n_topics=4, n_seeds=1)
    years = cluster.evolution(found, items)
    domains = found["topics"].set_index("topic")["domain"]
    named = years.assign(domain=years["topic"].map(domains))
    last = named[named["plan_year"] == 2024].set_index("domain")["state"]
    assert (last["digital"], last["safety"], last["vocational"]) == ("new", "gone", "steady")
    assert years[years["plan_year"] == 2023]["state"].isna().all()
    assert cluster.evolution(found, items.assign(plan_year=2024)).empty
