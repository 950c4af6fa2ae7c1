"""frames: columns, keys and types are promises."""

import pandas as pd
import pytest

from analysis import frames

PLAN = {"plan_id": "a", "text": "甲", "plan_year": 2024, "is_plan": True, "noise": ["ads"], "province": "某省"}


def test_missing_values_are_null_and_types_hold():
    plans = frames.make("plans", [PLAN, {"plan_id": "b"}])
    assert plans["plan_year"].dtype == "Int64"
    assert plans["is_plan"].dtype == "boolean"
    assert plans["text"].isna().tolist() == [False, True]
    assert plans["noise"].tolist() == [["ads"], None]


@pytest.mark.parametrize(
    ("name", "rows", "words"),
    [
        ("plans", [{"plan_id": "a", "colour": "red"}], "plans has no column colour"),
        ("plans", [{"plan_id": "a", "plan_year": "soon"}], "plans.plan_year takes int64"),
        ("plays", [], "no frame is called 'plays'"),
    ],
)
def test_a_wrong_record_is_named(name, rows, words):
    with pytest.raises(frames.FrameError, match=words):
        frames.make(name, rows)


@pytest.mark.parametrize(
    ("name", "rows", "words"),
    [
        ("plans", [PLAN, PLAN], "plans.plan_id is not unique"),
        ("plans", [{"text": "甲"}], "plans.plan_id is null"),
        ("plans", [{**PLAN, "doc_type": "poem"}], "plans.doc_type holds"),
        ("outline", [{"plan_id": "a", "start": 5, "end": 2}], "ends before it starts"),
    ],
)
def test_a_broken_promise_is_named(name, rows, words):
    with pytest.raises(frames.FrameError, match=words):
        frames.check(name, frames.make(name, rows))


def test_a_missing_column_is_named():
    with pytest.raises(frames.FrameError, match="items lacks text"):
        frames.check("items", frames.make("items").drop(columns="text"))


def test_every_frame_goes_to_parquet_and_back(tmp_path):
    tables = {name: frames.make(name) for name in frames.COLUMNS}
    tables["plans"] = frames.make("plans", [PLAN])
    tables["sources"] = frames.make(
        "sources",
        [{"plan_id": "a", "segments": [{"start": 0, "end": 1, "source_start": 2, "source_end": 3}], "pages": [0]}],
    )
    frames.write(tables, tmp_path)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(frames.read(tmp_path, name), table)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(f"{n}.parquet" for n in tables)


def test_a_frame_that_breaks_its_promise_leaves_the_old_files(tmp_path):
    frames.write({"plans": frames.make("plans", [PLAN])}, tmp_path)
    broken = frames.make("plans", [PLAN, PLAN])
    with pytest.raises(frames.FrameError):
        frames.write({"plans": broken}, tmp_path)
    assert len(frames.read(tmp_path, "plans")) == 1


def test_load_joins_the_plan_and_answers_sql(tmp_path):
    tables = {name: frames.make(name) for name in frames.COLUMNS}
    tables["plans"] = frames.make("plans", [PLAN])
    tables["items"] = frames.make("items", [{"plan_id": "a", "item_id": "i", "text": "甲", "domain": "teachers"}])
    frames.write(tables, tmp_path)
    corpus = frames.load(tmp_path)
    assert corpus.items[["region", "plan_year", "is_plan"]].to_numpy().tolist() == [["某省", 2024, True]]
    assert corpus.sql("select count(*) as n from items where domain = 'teachers'")["n"].tolist() == [1]


def test_load_says_what_to_do_where_there_is_nothing(tmp_path):
    with pytest.raises(frames.FrameError, match="run `plans ingest` first"):
        frames.load(tmp_path)


def test_a_region_has_the_shortest_name_that_is_unique():
    plans = frames.make(
        "plans",
        [
            {"plan_id": "1", "province": "甲省", "city": "东市", "county": "鼓楼区"},
            {"plan_id": "2", "province": "乙省", "city": "西市", "county": "鼓楼区"},
            {"plan_id": "3", "province": "甲省", "city": "东市"},
            {"plan_id": "4", "region_level": "national"},
            {"plan_id": "5", "region_level": "unknown"},
        ],
    )
    names = frames.region_names(plans)
    assert names[:4].tolist() == ["东市鼓楼区", "西市鼓楼区", "东市", "全国"]
    assert names.isna().tolist() == [False] * 4 + [True]


def test_comparable_takes_plans_and_the_best_copy_of_each_family():
    plans = frames.make(
        "plans",
        [
            {"plan_id": "clean", "is_plan": True, "family_id": "f", "damage": 0.0},
            {"plan_id": "dirty", "is_plan": True, "family_id": "f", "damage": 0.5},
            {"plan_id": "alone", "is_plan": True, "family_id": None, "damage": None},
            {"plan_id": "news", "is_plan": False, "family_id": "g", "damage": 0.0},
        ],
    )
    items = frames.make("items", [{"plan_id": p, "item_id": p} for p in plans["plan_id"]])
    assert frames.comparable(items, plans)["plan_id"].tolist() == ["clean", "alone"]


def test_the_plan_as_issued_stands_for_its_drafts_and_annexes():
    plans = pd.DataFrame(
        [
            {"plan_id": "a", "is_plan": True, "family_id": "f", "damage": 0.0, "edition": "annex"},
            {"plan_id": "b", "is_plan": True, "family_id": "f", "damage": 0.0, "edition": "draft"},
            {"plan_id": "c", "is_plan": True, "family_id": "f", "damage": 0.4, "edition": None},
        ]
    )
    assert frames.comparable(plans, plans)["plan_id"].tolist() == ["c"]


def test_frames_of_another_version_ask_for_a_new_ingest(tmp_path):
    frames.write({"terms": frames.make("terms")}, tmp_path)
    frames.make("terms").drop(columns="pos").to_parquet(tmp_path / "terms.parquet")
    with pytest.raises(frames.FrameError, match="lacks pos: another version wrote it; run `plans ingest` again"):
        frames.read(tmp_path, "terms")
