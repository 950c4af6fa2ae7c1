"""trace: plans over years and places."""

import importlib.util
import json
import random
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import describe, frames, ingest, shingles, trace
from analysis.draw import beside
from analysis.trace import index, judge, pairs, passages, sides, silence

HAN = [chr(c) for c in range(0x4E00, 0x5600)]


def prose(seed: int, n: int = 2000) -> str:
    chance = random.Random(seed)
    return "".join("。" if i % 25 == 24 else chance.choice(HAN) for i in range(n))


def texts(**plans: str) -> pd.DataFrame:
    """A frame of plans, each of its own region."""
    rows = [
        {"plan_id": k, "item_id": f"{k}-1", "text": t, "start": 10, "region": k, "plan_year": 2024}
        for k, t in plans.items()
    ]
    return pd.DataFrame(rows)


# likeness

FORMULA = prose(900, 300)


def test_shared_formula_is_no_shared_substance():
    plans = {k: FORMULA + prose(i) for i, k in enumerate("abcd")}
    plans["e"] = prose(50) + prose(0)[:500]
    found = trace.likeness(texts(**plans)).set_index(["plan_id", "other_plan_id"])
    assert found.loc[("a", "b"), "formula"] == pytest.approx(300 / 2300, abs=0.02)
    assert found.loc[("a", "b"), "substance"] == 0
    assert found.loc[("a", "e"), "formula"] == 0
    assert 0.2 < found.loc[("a", "e"), "substance"] < 0.3


def test_likeness_equals_its_definition():
    plans = {"a": prose(1, 400), "b": prose(1, 300) + prose(2, 200)}
    own = {k: set(shingles.hashes(shingles.fold(t), 8).tolist()) for k, t in plans.items()}
    expected = len(own["a"] & own["b"]) / min(len(own["a"]), len(own["b"]))
    assert trace.likeness(texts(**plans)).loc[0, "substance"] == pytest.approx(expected, abs=1e-6)


def test_what_an_upper_level_says_is_formula():
    upper = prose(7, 600)
    plans = texts(a=upper + prose(1), b=upper + prose(2))
    assert trace.likeness(plans).loc[0, "substance"] > 0.2
    assert trace.likeness(plans, upper=(upper,)).loc[0, "substance"] == 0


def test_formulae_can_be_listed():
    phrase = shingles.fold(prose(33, 24))
    listed = trace.phrases(texts(**{k: f"{prose(i, 50)}。{phrase}。{prose(i + 20, 50)}" for i, k in enumerate("abcd")}))
    assert listed.loc[0, ["phrase", "n_places", "n"]].tolist() == [phrase, 4, 4]


def test_the_list_of_formulae_can_be_edited(tmp_path, monkeypatch):
    own, common = prose(33, 60), prose(34, 60)
    plans = {k: f"{prose(i, 400)}。{common}。{prose(i + 20, 300)}" for i, k in enumerate("abcd")}
    plans = texts(**{k: t + (own if k in "ab" else "") for k, t in plans.items()})
    before = trace.likeness(plans).set_index(["plan_id", "other_plan_id"]).loc[("a", "b")]
    assert before["substance"] > 0.05
    (tmp_path / "common").mkdir()
    rows = f"id,phrase,counts,note\nx,{own},formula,ours\ny,{common},substance,no formula here\n"
    (tmp_path / "common/formulae.csv").write_text(rows, encoding="utf-8")
    monkeypatch.setenv("PLANS_CODEBOOK", str(tmp_path))
    after = trace.likeness(plans).set_index(["plan_id", "other_plan_id"])
    assert shingles.fold(own) in trace.phrases(plans)["phrase"].tolist()
    assert shingles.fold(common) not in trace.phrases(plans)["phrase"].tolist()
    assert after.loc[("a", "b"), "formula"] == pytest.approx(60 / 840, abs=0.02)
    assert after.loc[("c", "d"), "substance"] > 0.05


# reuse


def changed(text: str, seed: int) -> str:
    """A passage with a character replaced, one put in and one left out, in every forty."""
    chance, out = random.Random(seed), list(text)
    for at in range(12, len(out) - 12, 13):
        out[at] = chance.choice(["", out[at] + chance.choice(HAN), chance.choice(HAN)])
    return "".join(out)


@pytest.mark.parametrize("seed", range(8))
def test_an_edited_passage_is_found_with_its_ends(seed):
    passage = prose(seed, 150)
    a, b = prose(100 + seed, 700) + passage + prose(200 + seed, 300), prose(300 + seed, 250)
    b += changed(passage, seed) + prose(400 + seed, 500)
    found = trace.reuse(texts(a=a, b=b))
    assert len(found) == 1
    row = found.iloc[0]
    assert abs(row["start"] - 10 - 700) <= 10
    assert abs(row["end"] - 10 - 850) <= 10
    assert abs(row["other_start"] - 10 - 250) <= 10
    assert row["text"] == a[row["start"] - 10 : row["end"] - 10]
    assert row["other_text"] == b[row["other_start"] - 10 : row["other_end"] - 10]


@pytest.mark.parametrize(
    ("name", "a", "b"),
    [
        ("nothing shared", prose(1), prose(2)),
        ("a short phrase", prose(1) + prose(3, 20) + prose(4), prose(2) + prose(3, 20) + prose(5)),
        ("one of them empty", prose(1), ""),
    ],
)
def test_texts_without_a_shared_passage_give_no_row(name, a, b):
    assert trace.reuse(texts(a=a, b=b)).empty, name


def test_formula_alone_starts_no_passage():
    found = trace.reuse(texts(**{k: prose(i) + FORMULA + prose(i + 50) for i, k in enumerate("abcd")}))
    assert found.empty


def test_formula_inside_a_passage_is_stated_as_its_share():
    shared = FORMULA[:100] + prose(70, 100)
    plans = {k: prose(i) + FORMULA[:100] for i, k in enumerate("cdef")}
    found = trace.reuse(texts(a=prose(11) + shared, b=prose(12) + shared, **plans))
    assert len(found) == 1
    assert found.loc[0, "formula"] == pytest.approx(0.5, abs=0.05)


def test_reordered_clauses_are_passages_of_their_own():
    one, two = prose(60, 80), prose(61, 80)
    found = trace.reuse(texts(a=prose(1) + one + two, b=prose(2) + two + one + prose(3)))
    assert len(found) == 2
    assert found["n_chars"].min() > 60


def test_copies_of_one_family_are_not_reuse():
    assert trace.reuse(texts(a=prose(1), b=prose(1)).assign(family_id="a")).empty


@pytest.mark.parametrize(
    ("left", "right", "source"),
    [
        ({"plan_year": 2023}, {"plan_year": 2024}, ("plan", "year")),
        ({"plan_year": 2024}, {"plan_year": 2023}, ("other", "year")),
        ({"written": "2024-03-01"}, {"written": "2024-02-01"}, ("other", "written")),
        ({"region_level": "county"}, {"region_level": "city"}, ("other", "level")),
        ({"region_level": "county"}, {"region_level": "county"}, (None, None)),
        ({"region_level": "unknown"}, {"region_level": "city"}, (None, None)),
        ({"plan_year": None}, {"plan_year": 2023}, (None, None)),
    ],
)
def test_the_earlier_or_higher_plan_is_the_likely_source(left, right, source):
    plain = {"plan_year": 2024, "written": None, "region_level": None}
    items = pd.DataFrame(
        [
            {"plan_id": k, "item_id": k, "start": 0, "region": k, "text": prose(i) + prose(9, 100), **plain, **facts}
            for i, (k, facts) in enumerate({"a": left, "b": right}.items())
        ]
    )
    found = trace.reuse(items, plans=items[["plan_id", "written"]])
    assert found.loc[0, ["source", "because"]].tolist() == [*source]


def test_the_network_counts_what_a_place_took():
    items = texts(a=prose(9, 200), b=prose(1) + prose(9, 100), c=prose(2))
    items["plan_year"] = [2023, 2024, 2024]
    edges = trace.network(trace.reuse(items))
    assert edges[["region", "source_region", "n_passages"]].to_numpy().tolist() == [["b", "a", 1]]


def test_a_passage_comes_from_the_earliest_that_has_it():
    shared = prose(9, 120)
    items = texts(a=shared, b=prose(1) + shared, c=prose(2) + shared, d=prose(3) + prose(8, 100), e=prose(8, 100))
    items["plan_year"] = [2022, 2023, 2024, 2024, None]
    found = trace.origins(trace.reuse(items))
    assert found[["plan_id", "source_plan_id", "n_sources"]].to_numpy().tolist() == [["b", "a", 1], ["c", "a", 2]]


def test_what_several_places_share_is_one_cluster_with_its_likely_source():
    shared, other = prose(9, 120), prose(8, 90)
    items = texts(a=shared + prose(5), b=prose(1) + shared, c=prose(2) + shared, d=prose(3) + other, e=other + prose(4))
    items["plan_year"] = [2024, 2022, 2023, None, None]
    found = trace.clusters(trace.reuse(items))
    columns = ["cluster", "n_plans", "regions", "source_region", "source_year"]
    told = found[columns].astype(object).where(found[columns].notna(), None).to_numpy().tolist()
    assert told == [[1, 3, ["a", "b", "c"], "b", 2022], [2, 2, ["d", "e"], None, None]]
    assert trace.clusters(trace.reuse(items.head(1))).empty


def test_passages_stand_beside_each_other_the_source_first():
    a, b = prose(9, 100), changed(prose(9, 100), 1)
    items = texts(a=prose(1) + a, b=b + prose(2))
    items["plan_year"] = [2024, 2023]
    found = trace.beside(trace.reuse(items))
    assert found[["region", "other_region", "because"]].to_numpy().tolist() == [["b", "a", "year"]]
    assert "".join(own for _, own, _ in found.loc[0, "edits"]) in b
    page = beside.passages(found)
    assert page.count("<tr>") == 2
    assert page.count("<mark>") >= 4
    assert "年份在先" in page
    assert "no passages" in beside.passages(found.head(0), lang="en")


def test_what_a_place_repeats_of_itself_is_taken_from_nobody():
    shared = prose(9, 120)
    items = texts(a=shared, b=prose(1) + shared, c=prose(2) + shared)
    items["plan_year"] = [2022, 2023, 2024]
    items["region"] = ["云溪", "石渡", "云溪"]
    edges = trace.network(trace.reuse(items))
    assert edges[["region", "source_region"]].to_numpy().tolist() == [["石渡", "云溪"]]
    assert trace.network(trace.reuse(items.head(1))).empty


def test_edits_turn_one_side_into_the_other():
    steps = trace.edits("新建幼儿园30所投入使用", "新建公办幼儿园50所投入使用")
    assert "".join(own for _, own, _ in steps) == "新建幼儿园30所投入使用"
    assert "".join(other for _, _, other in steps) == "新建公办幼儿园50所投入使用"
    assert ("replace", "30", "50") in steps


NONE = np.zeros(0, dtype=np.uint64)


def test_equal_texts_share_one_run_in_equal_places():
    text = prose(1).replace("。", "")
    held = sides.Sides(texts(a=text, b=prose(2), c=text))
    left, right, n = (own.tolist() for own in index.runs(held, NONE))
    assert held.item(np.array([*left, *right])).tolist() == [0, 2]
    assert (left[0] - held.edges[0], n[0]) == (right[0] - held.edges[2], n[0])
    assert n[0] > len(text) - 2 * passages.WINDOW


def test_an_index_on_disk_finds_what_one_in_memory_finds(monkeypatch):
    plans = texts(**{f"p{i}": prose(i) + prose(90 + i // 2, 80) for i in range(8)})
    in_memory = [own.tolist() for own in index.runs(sides.Sides(plans), NONE)]
    monkeypatch.setattr(sides, "CHARS", 500)
    monkeypatch.setattr(index.Store.__init__, "__defaults__", (200,))
    assert [own.tolist() for own in index.runs(sides.Sides(plans), NONE)] == in_memory
    assert len(in_memory[0]) >= 4


def test_a_store_gives_the_numbers_of_a_part_back_sorted(tmp_path):
    store = index.Store(tmp_path, "x", buffer=3)
    for value in range(10, 0, -1):
        store.add(np.array([value, value + 100], dtype=np.uint64), np.array([value % 2, 5]))
    assert store.taken(1).tolist() == [1, 3, 5, 7, 9]
    assert store.taken(5).tolist() == list(range(101, 111))
    assert not len(store.taken(5))


def test_reuse_is_the_same_table_for_items_in_any_order():
    plans = texts(**{f"p{i}": prose(i) + prose(90 + i // 2, 80) for i in range(8)})
    found = trace.reuse(plans)
    assert len(found) == 4
    pd.testing.assert_frame_equal(trace.reuse(plans.sample(frac=1, random_state=3)), found)


def test_texts_too_long_to_be_compared_at_once_are_refused(monkeypatch):
    monkeypatch.setattr(index, "MOST", 1000)
    with pytest.raises(frames.FrameError, match="by province or by year"):
        trace.reuse(texts(a=prose(1), b=prose(2)))


@pytest.mark.parametrize(
    ("text", "other"), [("甲乙丙丁", "甲丙丁"), ("一二三四", "四三二一"), (prose(1, 300), prose(2, 300)), ("", "甲")]
)
def test_characters_in_order_are_counted_as_the_textbook_counts_them(text, other):
    row = [0] * (len(other) + 1)
    for c in text:
        before, row = row, [0]
        for j, d in enumerate(other):
            row.append(before[j] + 1 if c == d else max(before[j + 1], row[j]))
    assert passages.likeness(text, other) == pytest.approx(2 * row[-1] / (len(text) + len(other)))


@pytest.mark.parametrize("text", ["1" * 300_000, "甲、" * 150_000, prose(1, 40_000)])
def test_long_and_monotonous_texts_are_compared_in_time(text):
    began = time.perf_counter()
    trace.reuse(texts(a=text, b=text + prose(2), c=prose(3)))
    assert time.perf_counter() - began < 10


# ledger

PLANS = pd.DataFrame(
    [
        ("p23", "青禾县", 2023, "work_points", "education"),
        ("p24", "青禾县", 2024, "work_points", "education"),
        ("p25", "青禾县", 2025, "work_points", "education"),
        ("r24", "青禾县", 2024, "work_report", "education"),
        ("q24", "云溪县", 2024, "work_points", "education"),
        ("q25", "云溪县", 2025, "work_points", "government"),
    ],
    columns=["plan_id", "region", "plan_year", "doc_type", "sector"],
)
FIELDS = [
    "plan_id",
    "metric_id",
    "indicator",
    "value",
    "value_high",
    "unit",
    "comparator",
    "kind",
    "status",
    "year",
    "quote",
]


def numbers(*rows: tuple) -> pd.DataFrame:
    """A frame of metrics; what a row leaves out is null."""
    records = [
        dict(zip(FIELDS, row, strict=True)) | {"base_value": row[3], "base_unit": row[5], "worded": False}
        for row in rows
    ]
    return frames.make("metrics", records)


METRICS = numbers(
    ("p24", "t1", "学前三年毛入园率", 96, None, "%", "ge", "level", "target", 2024, "学前三年毛入园率达到96%以上"),
    ("p24", "t2", "新建公办幼儿园数", 3, None, "所", "eq", "level", "target", 2024, "2024年新建公办幼儿园3所"),
    ("p24", "t3", "教师培训人数", 500, None, "人", "eq", "level", "target", 2024, "培训教师500人"),
    ("p24", "t4", "校园安全事故数", 2, None, "起", "le", "level", "target", 2024, "校园安全事故控制在2起以内"),
    ("p24", "t5", "研学基地数", 4, None, "个", "eq", "level", "target", 2024, "建成研学基地4个"),
    ("p24", "t6", "生均公用经费", 800, None, "元", "eq", "level", "target", 2024, "生均公用经费达到800元"),
    ("p25", "u1", "学前三年毛入园率", 97, None, "%", "ge", "level", "target", 2025, "学前三年毛入园率达到97%以上"),
    ("p25", "u2", "新建公办幼儿园数", 3, None, "所", "eq", "level", "target", 2025, "2025年新建公办幼儿园3所"),
    ("p25", "u3", "教师培训人数", 300, None, "人", "eq", "level", "target", 2025, "培训教师300人"),
    ("p25", "u4", "校园安全事故数", 1, None, "起", "le", "level", "target", 2025, "校园安全事故不超过1起"),
    ("p25", "u6", "生均公用经费", 800, None, "元", "eq", "level", "target", 2025, "将生均公用经费标准保持在800元"),
    ("r24", "v1", "学前三年毛入园率", 95.2, None, "%", "eq", "level", "achieved", 2024, "学前三年毛入园率为95.2%"),
    ("r24", "v3", "教师培训人数", 520, None, "人", "eq", "level", "achieved", 2024, "共培训教师520人"),
    ("r24", "v9", "研学基地数", 9, None, "个", "eq", "level", "achieved", 2019, "2019年建成研学基地9个"),
    ("q24", "w1", "学前三年毛入园率", 90, None, "%", "ge", "level", "target", 2024, "学前三年毛入园率达到90%以上"),
)


def tasks_of(*rows: tuple[str, str, str, str, str]) -> pd.DataFrame:
    columns = ["plan_id", "item_id", "tense", "commitment", "text"]
    return pd.DataFrame(rows, columns=columns).assign(start=100, domain="preschool")


ITEMS = tasks_of(
    ("p24", "i1", "task", "concrete", "制定并印发《青禾县公办幼儿园建设三年行动方案》。"),
    ("p24", "i2", "task", "concrete", "成立县级教师发展中心，选聘专职研训员。"),
    ("p24", "i3", "task", "concrete", "建成覆盖所有乡镇中心校的录播教室。"),
    ("p24", "i4", "task", "binding", "严禁小学一年级组织任何形式的书面考试。"),
    ("p24", "i5", "task", "continuing", "加强教育系统党风廉政建设。"),
    ("p25", "j1", "task", "binding", "严禁小学一年级组织任何形式的书面考试。"),
    ("p25", "j2", "task", "concrete", "继续建设覆盖所有乡镇中心校的录播教室。"),
    ("r24", "k1", "review", None, "印发《青禾县公办幼儿园建设三年行动方案》。"),
    ("r24", "k2", "problem", None, "县级教师发展中心尚未成立，专职研训员没有选聘。"),
)


@pytest.fixture(scope="module")
def promises():
    return trace.ledger(PLANS, ITEMS, METRICS).set_index(["promise", "plan_id"])


@pytest.mark.parametrize(
    ("metric_id", "outcome", "renewal", "report"),
    [
        ("t1", "reported missed", "raised", "reported missed"),
        ("t2", "repeated", "repeated", None),  # word for word, but for the year
        ("t3", "reported done", "lowered", "reported done"),
        ("t4", "raised", "raised", None),  # a lower ceiling asks for more
        ("t5", "unreported", None, None),  # a result of another year answers nothing
        ("t6", "kept", "kept", None),
        ("w1", "unanswered", None, None),  # the next document is of another sector
    ],
)
def test_a_target_is_followed_into_the_next_documents(promises, metric_id, outcome, renewal, report):
    row = promises[promises["metric_id"] == metric_id].iloc[0]
    found = [None if pd.isna(row[c]) else row[c] for c in ("outcome", "renewal", "report")]
    assert found == [outcome, renewal, report]


@pytest.mark.parametrize(
    ("item_id", "outcome"),
    [("i1", "reported done"), ("i2", "reported missed"), ("i3", "kept"), ("i4", "repeated")],
)
def test_a_task_is_followed_by_its_words(promises, item_id, outcome):
    assert promises[promises["item_id"] == item_id]["outcome"].tolist() == [outcome]


def test_what_only_goes_on_is_no_promise(promises):
    assert "i5" not in set(promises["item_id"])


def test_both_sentences_and_values_stand_in_the_row(promises):
    row = promises[promises["metric_id"] == "t1"].iloc[0]
    assert (row["sentence"], row["report_sentence"]) == ("学前三年毛入园率达到96%以上", "学前三年毛入园率为95.2%")
    assert (row["value"], row["report_value"], row["renewal_value"]) == (96, 95.2, 97)
    assert (row["report_plan_id"], row["renewal_plan_id"]) == ("r24", "p25")


REPORT = ("r23", "青禾县", 2023, "work_report", "education")


@pytest.mark.parametrize(
    ("name", "year", "due", "outcome"),
    [
        ("a report with a plan behind it promises for the next year", 2024, 2024, "raised"),
        ("a target of later years is not due", 2024, 2030, "unanswered"),
        ("a report without a plan behind it promises nothing", None, 2024, None),
    ],
)
def test_reports_and_plans_answer_by_the_years_they_look_at(name, year, due, outcome):
    plans = pd.DataFrame([REPORT, *PLANS[PLANS["plan_id"] == "p25"].itertuples(index=False)], columns=PLANS.columns)
    rows = [
        ("p25", "u", "学前三年毛入园率", 97, None, "%", "ge", "level", "target", 2025, "毛入园率达到97%以上"),
        ("r23", "v", "九年义务教育巩固率", 99, None, "%", "eq", "level", "achieved", 2023, "巩固率为99%"),
    ]
    if year:
        rows += [
            ("r23", f"t{n}", f"指标{n}率", n, None, "%", "ge", "level", "target", year, f"指标{n}率达到{n}%")
            for n in (1, 2)
        ]
        rows += [("r23", "t", "学前三年毛入园率", 96, None, "%", "ge", "level", "target", due, "毛入园率达到96%以上")]
    found = trace.ledger(plans, ITEMS.head(0), numbers(*rows)).set_index("metric_id")["outcome"]
    assert found.get("t") == outcome, name
    assert found["u"] == "unanswered"


def test_a_plan_of_several_years_is_answered_when_it_is_due():
    plans = pd.DataFrame([("long", "青禾县", 2021, "long_term_plan", "education"), REPORT], columns=PLANS.columns)
    plans["plan_until"] = [2025, 2023]
    rows = [
        ("long", "t23", "学前三年毛入园率", 96, None, "%", "ge", "level", "target", 2023, "2023年毛入园率达到96%以上"),
        ("long", "t25", "学前三年毛入园率", 98, None, "%", "ge", "level", "target", 2025, "2025年毛入园率达到98%以上"),
        ("r23", "v", "学前三年毛入园率", 96.4, None, "%", "eq", "level", "achieved", 2023, "毛入园率为96.4%"),
    ]
    found = trace.ledger(plans, ITEMS.head(0), numbers(*rows)).set_index("metric_id")["outcome"]
    assert found.to_dict() == {"t23": "reported done", "t25": "unanswered"}


def one_target(*answers: tuple, items: pd.DataFrame | None = None, **fields) -> dict:
    """The ledger's row of one target of p24 (growth of the economy unless told otherwise) after the given answers."""
    plain = {
        "metric_id": "t",
        "indicator": "地区生产总值",
        "value": 5,
        "value_high": None,
        "unit": "%",
        "comparator": "eq",
    }
    row = {"kind": "change", "status": "target", "year": 2024, "quote": "地区生产总值增长5%"} | plain | fields
    own = ("p24", *(row[name] for name in FIELDS[1:]))
    metrics = numbers(own, *answers)
    if fields.get("worded"):
        metrics["worded"] = True
    found = trace.ledger(PLANS, ITEMS.head(0) if items is None else items, metrics)
    return found[found["metric_id"] == "t"].iloc[0].to_dict()


WORDED = {"indicator": "护苗岗覆盖率", "value": 100, "kind": "level", "quote": "护苗岗实现乡镇全覆盖", "worded": True}


@pytest.mark.parametrize(
    ("name", "answer", "outcome"),
    [
        ("reported", ("r24", "v", "护苗岗覆盖率", 100, "achieved", 2024, "护苗岗实现全覆盖"), "reported done"),
        (
            "reported with a number",
            ("r24", "v", "护苗岗覆盖率", 82, "achieved", 2024, "护苗岗覆盖率82%"),
            "reported missed",
        ),
        ("said again", ("p25", "v", "护苗岗覆盖率", 100, "target", 2025, "护苗岗实现乡镇全覆盖"), "repeated"),
        ("said in other words", ("p25", "v", "护苗岗覆盖率", 100, "target", 2025, "做到护苗岗全覆盖"), "kept"),
        ("of another thing", ("p25", "v", "托育点覆盖率", 100, "target", 2025, "托育点实现全覆盖"), "unreported"),
    ],
)
def test_a_target_in_words_is_followed(name, answer, outcome):
    plan, key, indicator, value, status, year, quote = answer
    other = (plan, key, indicator, value, None, "%", "eq", "level", status, year, quote)
    row = one_target(other, **WORDED)
    assert (row["promise"], row["outcome"]) == ("worded", outcome), name


@pytest.mark.parametrize(
    ("asked", "said", "outcome"),
    [
        ("居民收入与经济增长同步", "居民收入与经济增长基本同步", "reported done"),
        ("居民收入与经济增长同步", "居民收入快于经济增长", "reported done"),
        ("居民收入保持平稳增长", "居民收入稳中有升", "reported done"),
        ("居民收入力争更好结果", "居民收入平稳增长", "named"),
        ("居民收入高于全国平均水平", "居民收入与全国持平", "named"),  # what was asked for is not said to be met
    ],
)
def test_what_is_asked_for_in_words_is_done_when_the_report_says_as_much(asked, said, outcome):
    step = {"indicator": "居民收入", "value": None, "unit": None, "quote": asked, "worded": True}
    other = ("r24", "v", "居民收入", None, None, None, "eq", "level", "achieved", 2024, said)
    items = tasks_of(("r24", "i", "review", None, f"{said}。"))
    assert one_target(other, items=items, **step)["outcome"] == outcome


@pytest.mark.parametrize(
    ("said", "tense", "outcome"),
    [
        ("地区生产总值增长超额完成全年任务", "review", "reported done"),
        ("地区生产总值增速与上年持平", "review", "reported missed"),
        ("地区生产总值完成年计划的102%", "review", "reported done"),
        ("地区生产总值提升5%", "review", "reported done"),  # the very number
        ("地区生产总值完成年度目标的91.5%", "review", "reported missed"),
        ("地区生产总值增速未达预期", "problem", "reported missed"),
        ("地区生产总值跨上新台阶", "review", "named"),
        ("推动地区生产总值稳步增长", "task", "named"),
        ("加快发展特色产业园区", "task", "dropped"),
    ],
)
def test_what_is_said_of_a_target_without_a_number_counts(said, tense, outcome):
    plan = "p25" if tense == "task" else "r24"
    items = tasks_of((plan, "i", tense, "continuing", f"坚持稳中求进。{said}。全力服务群众生产生活。"))
    row = one_target(items=items)
    assert row["outcome"] == outcome
    told = row["report_sentence"] if outcome.startswith("reported") else row["near_sentence"]
    assert (said == told) == (outcome != "dropped")


@pytest.mark.parametrize(("again", "renewal"), [("快于", "kept"), ("高于", "repeated"), ("等同于", "lowered")])
def test_levels_in_words_are_raised_and_lowered(again, renewal):
    said = "居民收入增长与经济增长同步" if again == "等同于" else f"居民收入增长{again}经济增长"
    asked = {
        "indicator": "居民收入增长",
        "value": None,
        "unit": None,
        "quote": "居民收入增长高于经济增长",
        "worded": True,
    }
    other = ("p25", "v", "居民收入增长", None, None, None, "eq", "level", "target", 2025, said)
    assert one_target(other, **asked)["renewal"] == renewal


@pytest.mark.parametrize(
    ("said", "reached", "outcome"),
    [
        ("2%左右", 0.2, "reported missed"), ("2%左右", 1.8, "reported done"), ("2%左右", 3, "reported missed"),
        ("控制在2%左右", 0.2, "reported done"), ("控制在2%左右", 3, "reported missed"),
    ],
)  # fmt: skip
def test_where_neither_more_nor_less_is_better_about_holds_to_both_sides_unless_it_is_a_ceiling(said, reached, outcome):
    cpi = {"indicator": "居民消费价格涨幅", "value": 2, "comparator": "approx", "quote": f"居民消费价格涨幅{said}"}
    plain = {"value_high": None, "unit": "%", "kind": "level", "status": "target", "year": 2024} | cpi
    own = ("p24", "t", *(plain[name] for name in FIELDS[2:]))
    other = ("r24", "v", "居民消费价格涨幅", reached, None, "%", "eq", "level", "achieved", 2024, f"上涨{reached}%")
    metrics = numbers(own, other).assign(indicator_id="cpi", sector="government")
    found = trace.ledger(PLANS.assign(sector="government"), ITEMS.head(0), metrics)
    assert found["outcome"].tolist() == [outcome]


@pytest.mark.parametrize(
    ("name", "later", "outcome"),
    [
        ("the next plan is one of the same kind", {}, "dropped"),
        ("it is one of the same kind by another name", {"doc_type": "work_plan"}, "dropped"),
        ("a part of it is missing", {"noise": ["fragment"]}, "unreported"),  # but the year's report is whole
        ("it is much shorter", {"n_chars": 900}, "unreported"),
        ("it is of another kind", {"doc_type": "action_plan"}, "unreported"),
    ],
)
def test_only_a_like_plan_that_was_read_whole_drops_a_promise(name, later, outcome):
    plans = PLANS.assign(n_chars=2000, noise=[[]] * len(PLANS)).to_dict("records")
    plans = pd.DataFrame([p | later if p["plan_id"] == "p25" else p for p in plans])
    target = ("p24", "t", "适龄儿童入学率", 99, None, "%", "ge", "level", "target", 2024, "适龄儿童入学率达到99%以上")
    assert trace.ledger(plans, ITEMS.head(0), numbers(target))["outcome"].tolist() == [outcome], name


@pytest.mark.parametrize(
    ("quote", "unit", "goes_on"),
    [
        ("适龄儿童入学率达到99%以上", "%", True),
        ("粮食产量稳定在30万吨以上", "万吨", True),
        ("新建公办幼儿园3所", "所", False),  # built once
        ("举办教研展示活动6场", "场", False),
        ("建成高标准农田5万亩", "万亩", False),
        ("骨干教师总数达到80名", "名", True),
    ],
)
def test_what_is_made_or_held_once_is_over_with_its_year(quote, unit, goes_on):
    row = {"quote": quote, "sentence": quote, "unit": unit, "base_unit": unit, "worded": False, "per": None}
    assert silence.goes_on(row) == goes_on


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("乡村研学基地运营良好", "named"),
        ("乡村基地运营良好", "not found"),  # half of the name
        ("接待游客4个团", "unreported"),
    ],
)
def test_silence_is_told_from_what_may_speak_of_a_promise(said, outcome):
    target = {"indicator": "乡村研学基地数", "value": 4, "unit": "个", "kind": "level", "quote": "建成乡村研学基地4个"}
    row = one_target(items=tasks_of(("r24", "i", "review", None, f"加强统筹协调。{said}。")), **target)
    assert row["outcome"] == outcome
    assert (row["near_sentence"] == said) == (outcome != "unreported")


def test_a_target_is_found_under_another_name_of_the_codebook():
    cpi = {"indicator": "居民消费价格涨幅", "value": 2, "comparator": "approx", "quote": "居民消费价格涨幅2%左右"}
    items = tasks_of(("r24", "i", "problem", "continuing", "投资增速和CPI涨幅未达年初预期。"))
    plans = PLANS.assign(sector="government")
    plain = {"value_high": None, "unit": "%", "kind": "level", "status": "target", "year": 2024} | cpi
    own = ("p24", "t", *(plain[name] for name in FIELDS[2:]))
    metrics = numbers(own).assign(indicator_id="cpi", sector="government")
    found = trace.ledger(plans, items, metrics)
    assert found["outcome"].tolist() == ["reported missed"]


def test_a_sum_of_years_is_no_result_of_one_year():
    other = ("r24", "v", "地区生产总值", 18.7, None, "%", "eq", "change", "achieved", 2024, "5年增长18.7%")
    assert one_target(other)["outcome"] == "dropped"


def test_two_targets_for_one_thing_share_its_result():
    more = ("p24", "t2", "地区生产总值", 6, None, "%", "eq", "change", "target", 2024, "力争增长6%")
    other = ("r24", "v", "地区生产总值", 5.5, None, "%", "eq", "change", "achieved", 2024, "地区生产总值增长5.5%")
    metrics = numbers(more, other)
    first = metrics.iloc[:1].assign(
        metric_id="t", value=5.0, base_value=5.0, quote="地区生产总值增长5%以上、力争增长6%"
    )
    found = trace.ledger(PLANS, ITEMS.head(0), pd.concat([first, metrics])).set_index("metric_id")
    assert found["outcome"].to_dict() == {"t": "reported done", "t2": "reported missed"}
    assert set(found["report_id"]) == {"v"}


def test_counts_by_domain_add_up(promises):
    found = trace.counts(promises.reset_index())
    assert found["n"].sum() == len(promises)
    assert np.allclose(found.groupby("domain", dropna=False)["share"].sum(), 1, atol=1e-5)


def test_answers_stand_beside_promises_those_that_failed_first(promises):
    told = trace.answers(promises.reset_index())
    assert told["outcome"].iloc[0] == "reported missed"
    assert "unanswered" not in set(told["outcome"])
    row = told[told["metric_id"] == "t2"].iloc[0]
    assert (row["promised"], row["answer"]) == ("2024年新建公办幼儿园3所", "2025年新建公办幼儿园3所")


def test_moved_targets_are_told_in_the_unit_of_the_promise():
    own = ("p24", "t", "新增就业人数", 2, None, "万人", "eq", "level", "target", 2024, "新增就业2万人")
    answers = [
        ("r24", "v", "新增就业人数", 21500, None, "人", "eq", "level", "achieved", 2024, "新增就业21500人"),
        ("p25", "u", "新增就业人数", 2.2, 2.5, "万人", "eq", "level", "target", 2025, "新增就业2.2万—2.5万人"),
    ]
    metrics = numbers(own, *answers).assign(base_unit="人", base_value=[20000.0, 21500.0, 22000.0])
    found = trace.moves(trace.ledger(PLANS, ITEMS.head(0), metrics))
    told = found.loc[found["metric_id"] == "t", ["unit", "promised", "reported", "renewed", "renewal"]]
    assert told.to_numpy().tolist() == [["万人", 2.0, 2.15, 2.2, "raised"]]


def test_promises_of_three_years_running_are_told():
    rows = [
        (
            plan,
            f"{plan}-m",
            "新建公办幼儿园数",
            3,
            None,
            "所",
            "eq",
            "level",
            "target",
            year,
            f"{year}年新建公办幼儿园3所",
        )
        for plan, year in (("p23", 2023), ("p24", 2024), ("p25", 2025))
    ]
    found = trace.streaks(trace.ledger(PLANS, ITEMS.head(0), numbers(*rows)))
    assert found[["region", "from_year", "n_years"]].to_numpy().tolist() == [["青禾县", 2023, 3]]
    assert found.loc[0, "ids"] == ["p23-m", "p24-m", "p25-m"]


def test_that_nothing_was_promised_three_years_running_is_told_from_too_few_years():
    held = trace.ledger(PLANS, ITEMS.head(0), METRICS)
    assert "无从看出" in describe.streaks(trace.streaks(held))
    three = held.assign(plan_year=[2023 + i % 3 for i in range(len(held))], region="青禾县")
    assert describe.streaks(trace.streaks(three)) == "没有连续三年原样提出的承诺。"


def test_plans_of_one_place_are_not_the_only_likeness_told():
    columns = ["plan_id", "other_plan_id", "region", "year", "other_region", "other_year", "substance"]
    rows = [("a", "b", "青禾县", 2024, "青禾县", 2025, 0.4), ("a", "c", "青禾县", 2024, "云溪县", 2024, 0.1)]
    pair = pd.DataFrame(rows, columns=columns)
    assert describe.likeness(pair).endswith("；不同地区之间是青禾县2024与云溪县2024（10%）。")
    assert "不同地区" not in describe.likeness(pair.tail(1))


def test_no_later_document_and_no_plan_give_an_empty_answer():
    assert trace.ledger(PLANS.head(0), ITEMS, METRICS).empty
    assert trace.ledger(PLANS.assign(plan_year=None), ITEMS, METRICS).empty
    assert trace.streaks(trace.ledger(PLANS.head(0), ITEMS, METRICS)).empty


def test_a_frame_without_a_column_is_refused_by_name():
    with pytest.raises(frames.FrameError, match="plans lacks region"):
        trace.ledger(PLANS.drop(columns="region"), ITEMS, METRICS)
    for of_items in (trace.reuse, trace.likeness):
        with pytest.raises(frames.FrameError, match="items lacks text"):
            of_items(ITEMS.drop(columns="text"))


SAMPLE = Path(__file__).parent / "plans"
PAIRS = {
    "qinghe_2023_points": ("qinghe_2023_report",),
    "sanglu_2023_plan": ("sanglu_2023_report", "sanglu_2024_points"),
    "linxi_2022_points": ("linxi_2022_report",),
}


@pytest.fixture(scope="module")
def sample():
    """The ledger of the three sample counties, from what coders marked in their documents."""
    plans, rows = [], []
    for name in [n for plan, answers in PAIRS.items() for n in (plan, *answers)]:
        gold = json.loads((SAMPLE / f"{name}.json").read_text("utf-8"))
        plans.append(gold["document"] | {"plan_id": name, "region": gold["document"]["county"]})
        known = [{k: v for k, v in m.items() if k in frames.COLUMNS["metrics"]} for m in gold["metrics"]]
        rows += [m | {"plan_id": name, "metric_id": f"{name}{i}"} for i, m in enumerate(known)]
    return trace.ledger(pd.DataFrame(plans), ITEMS.head(0), frames.make("metrics", rows))


@pytest.mark.parametrize(
    ("plan", "column", "word", "values"),
    [
        ("qinghe_2023_points", "report", "reported done", [92.5, 88, 97.5, 120]),
        ("qinghe_2023_points", "report", "reported missed", [55, 3, 960, 62, 8]),
        ("qinghe_2023_points", "renewal", "raised", [92.5, 55, 93]),
        ("qinghe_2023_points", "outcome", "silence", [100, 45, 97]),
        ("sanglu_2023_plan", "report", "reported done", [91, 98, 850, 88]),
        ("sanglu_2023_plan", "report", "reported missed", [98, 120, 3, 48]),
        ("sanglu_2023_plan", "renewal", "raised", [91, 94, 850, 48]),
        ("sanglu_2023_plan", "outcome", "silence", [25, 10, 18]),
        ("linxi_2022_points", "report", "reported done", [98, 4500, 600]),
        ("linxi_2022_points", "report", "reported missed", [50, 4, 60, 1200]),
        ("linxi_2022_points", "renewal", "raised", [50, 86, 600]),
        ("linxi_2022_points", "renewal", "lowered", [4500]),
        ("linxi_2022_points", "outcome", "silence", [2, 6, 3.5]),
    ],
)
def test_what_became_of_the_sample_counties_promises_is_found(sample, plan, column, word, values):
    words = ("dropped", "unreported", "not found") if word == "silence" else (word,)
    found = sample[(sample["plan_id"] == plan) & sample[column].isin(words)]
    assert set(values) <= set(found["value"])


FOUND = Path(__file__).parents[1] / "data/raw/sample"
FILES = (
    "青禾县教育局2023年工作要点.txt", "青禾县教育局2023年工作总结和2024年工作计划.html", "桑麓县教育体育局2023年工作计划.docx",
    "桑麓县教育体育局2023年工作总结.pdf", "桑麓县教育体育局2024年工作要点.txt", "临汐县教育局2022年工作要点.txt",
    "临汐县教育局2022年工作总结及2023年工作思路.txt", "云窠县教育局2023年工作要点.txt",
)  # fmt: skip


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """The frames that ingest makes of the three pairs and of the county that took text from one of them."""
    out = tmp_path_factory.mktemp("frames")
    ingest.run([FOUND / name for name in FILES], out, jobs=1)
    return frames.load(out)


@pytest.fixture(scope="module")
def followed(corpus):
    """The ledger of the files as a user has them."""
    held = [frames.comparable(frame, corpus.plans) for frame in (corpus.plans, corpus.items, corpus.metrics)]
    found = trace.ledger(*held)
    return found.assign(subject=found["sentence"].str.cat(found["indicator"].fillna(""), sep=" "))


@pytest.mark.parametrize(
    ("region", "year", "column", "word", "planted"),
    [
        ("青禾县", 2023, "report", "reported done", "毛入园率 92.5|覆盖率 88|巩固率 97.5|招聘教师 120"),
        (
            "青禾县",
            2023,
            "report",
            "reported missed",
            "公办园在园幼儿占比 55|新建公办幼儿园 3|新增学位 960|本科上线率 62|智慧校园 8",
        ),
        ("青禾县", 2023, "renewal", "raised", "毛入园率 92.5|公办园在园幼儿占比 55|高中阶段毛入学率 93"),
        ("青禾县", 2023, "outcome", "unreported", "家校共育讲座 100|幼儿教师 45|适龄残疾儿童 97"),
        ("桑麓县", 2023, "report", "reported done", "毛入园率 91|巩固率 98|上线 850|教师 88"),
        ("桑麓县", 2023, "report", "reported missed", "适龄残疾儿童 98|周转房 120|劳动实践 3|优良率 48"),
        ("桑麓县", 2023, "renewal", "raised", "毛入园率 91|高中阶段毛入学率 94|上线 850|优良率 48"),
        ("桑麓县", 2023, "outcome", "unreported", "健身路径 25|社团 10"),
        ("桑麓县", 2023, "outcome", "dropped", "18 18"),  # a share of the budget that the next year's plan leaves out
        ("临汐县", 2022, "report", "reported done", "毛入园率 98|学位 4500|订单班学生 600"),
        ("临汐县", 2022, "report", "reported missed", "公办园在园幼儿占比 50|实训基地 4|毕业生 60|购买学位 1200"),
        ("临汐县", 2022, "renewal", "raised", "公办园在园幼儿占比 50|覆盖率 86|订单班学生 600"),
        ("临汐县", 2022, "renewal", "lowered", "学位 4500"),
        ("临汐县", 2022, "outcome", "unreported", "小区配套园 2|老年学堂 6|社区教育培训 3.5"),
    ],
)
def test_every_planted_promise_is_followed_from_the_files_themselves(followed, region, year, column, word, planted):
    own = followed[followed["region"].eq(region) & followed["plan_year"].eq(year) & followed[column].eq(word)]
    for subject, value in (one.split() for one in planted.split("|")):
        named = own["subject"].str.contains(subject, regex=False)
        assert own[named & own["value"].eq(float(value))].shape[0] >= 1, (subject, value)


def test_planted_passages_are_found_in_the_sample_with_their_ends(corpus):
    items = corpus.items.assign(region=corpus.items["region"].fillna("x"))
    told = bench_reuse().passages(items, 20)
    assert told["recall"] >= 0.97
    assert told["precision"] >= 0.97
    assert told["ends"] <= 10


def test_who_took_text_from_whom_is_found_in_the_sample(corpus):
    found = trace.reuse(corpus.items, corpus.plans)
    first = trace.network(found).iloc[0]
    assert (first["region"], first["source_region"]) == ("云窠县", "青禾县")
    top = trace.likeness(corpus.items).iloc[0]
    assert {top["region"], top["other_region"]} == {"云窠县", "青禾县"}


def bench_reuse():
    spec = importlib.util.spec_from_file_location(
        "bench_reuse", Path(__file__).parents[1] / "benchmarks/bench_reuse.py"
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_reuse"] = module
    spec.loader.exec_module(module)
    return module


METRIC = {
    "indicator": "地区生产总值增速", "indicator_id": None, "value": 5.0, "value_high": None, "unit": "%", "per": None,
    "base_value": None, "base_unit": None, "comparator": "eq", "kind": "level", "quote": "地区生产总值增长5%",
}  # fmt: skip


def test_a_fall_meets_no_target_of_growth():
    result = METRIC | {"kind": "change", "value": 6.0, "quote": "地区生产总值下降6%"}
    assert judge.report(METRIC, result) == "reported missed"
    ceiling = METRIC | {"indicator": "居民消费价格涨幅", "value": 2.0, "quote": "居民消费价格涨幅2%左右"}
    assert judge.report(ceiling, result | {"value": 0.1, "quote": "居民消费价格微降0.1%"}) == "reported done"


@pytest.mark.parametrize(
    ("target", "reached", "word"),
    [
        ({}, 5.0, "reported done"),
        ({}, 4.9, "reported missed"),
        ({"comparator": "approx"}, 4.8, "reported done"),  # 左右: within a twentieth
        ({"comparator": "approx"}, 4.7, "reported missed"),
        ({"value": 5.0, "value_high": 5.5, "comparator": "range"}, 5.2, "reported done"),
        ({"value": 3.0, "comparator": "le"}, 2.1, "reported done"),
        ({"value": 3.0, "comparator": "le"}, 3.1, "reported missed"),
        ({"value": 2.0, "value_high": 3.0, "comparator": "le"}, 2.9, "reported done"),
        ({"value": 5.5, "indicator": "城镇调查失业率", "quote": "城镇调查失业率5.5%"}, 5.2, "reported done"),
        ({"value": 14.2, "indicator": "费用比率", "quote": "比率降至14.2%"}, 14.0, "reported done"),
        ({"kind": "change", "indicator": "单位能耗", "quote": "单位能耗下降5%"}, 5.6, "reported done"),
        ({"kind": "change", "indicator": "单位能耗", "quote": "单位能耗下降5%"}, 4.0, "reported missed"),
        ({"value": None}, 2.9, None),
    ],
)
def test_a_result_is_held_against_its_target(target, reached, word):
    assert judge.report(METRIC | target, METRIC | {"value": reached}) == word


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ({"indicator": "全市地区生产总值增速"}, True),
        ({"indicator": "地区生产总值", "kind": "change", "quote": "地区生产总值增长5.2%"}, True),
        ({"indicator": "地区生产总值", "unit": "亿元"}, False),
        ({"indicator": "城镇调查失业率", "quote": "城镇调查失业率5%"}, False),
        ({"quote": "五年来地区生产总值年均增长5%"}, False),
        ({"per": "每年"}, False),
    ],
)
def test_metrics_of_one_thing_are_matched(other, is_same):
    names = pairs.Names([METRIC["indicator"], "城镇调查失业率", "经济增长", other.get("indicator", "")])
    own, other = METRIC, METRIC | other
    has_key = pairs.metric_key(own) == pairs.metric_key(other)
    assert (has_key and pairs.metric_rate(own, other, names) > 0) == is_same


@pytest.mark.parametrize(
    ("name", "other", "is_same"),
    [
        ("新建公办幼儿园数", "新建公办幼儿园数量", True),
        ("教师培训人数", "培训教师数", True),
        ("新建公办幼儿园数", "公办幼儿园数", True),
        ("新建公办幼儿园数", "建成投用公办幼儿园数", True),
        ("新建公办幼儿园数", "改扩建公办幼儿园数", False),
        ("全县学前三年毛入园率", "学前三年毛入园率", True),
        ("研发经费投入占生产总值比重", "研发经费投入占地区生产总值的比例", True),
        ("城镇居民人均可支配收入增速", "农村居民人均可支配收入增速", False),
        ("科技支出占一般公共预算支出比重", "民生支出占一般公共预算支出比例", False),
        ("公办幼儿园在园幼儿占比", "民办幼儿园在园幼儿占比", False),
        ("社会物流总费用占地区生产总值的比重", "社会物流总费用与地区生产总值的比率", True),
        ("规模以上工业增加值", "社会消费品零售总额", False),
    ],
)
def test_names_tell_indicators_apart(name, other, is_same):
    names = pairs.Names(
        ["新建公办幼儿园数", "教师培训人数", "学前三年毛入园率", "一般公共预算收入", "居民收入", name, other]
    )
    assert (names.likeness(name, other) >= pairs.SAME_NAME) == is_same


def test_a_sum_of_five_years_answers_no_target_of_one():
    target = ("p24", "t", "新增学位数", 900, None, "个", "eq", "level", "target", 2024, "新增学位900个")
    result = ("r24", "v", "新增学位数", 5200, None, "个", "eq", "level", "achieved", 2024, "新增学位5200个")
    assert trace.ledger(PLANS, ITEMS.head(0), numbers(target, result))["outcome"].tolist() == ["unreported"]


def test_codebook_indicators_are_matched_by_their_id():
    own, other = (
        METRIC | {"indicator_id": "gdp_growth"},
        METRIC | {"indicator": "经济增长", "indicator_id": "gdp_growth"},
    )
    names = pairs.Names(["地区生产总值增速", "经济增长"])
    assert pairs.metric_rate(own, other, names) >= 1
    assert pairs.metric_rate(own, METRIC | {"indicator": "物价涨幅", "indicator_id": "cpi"}, names) == 0
