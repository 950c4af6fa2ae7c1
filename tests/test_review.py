"""review: score, coding sheets, agreement, corrections."""

import importlib.util
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import frames, review

REFERENCE = Path(__file__).parents[1].parent / "shared" / "gold" / "score.py"

GOLD = [
    {
        "source": "甲.txt",
        "document": {
            "title": "青禾县教育局2024年工作要点", "is_plan": True, "plan_year": 2024, "written": "2024-02-01",
            "town": None, "noise": ["ads", "nav"],
        },
        "outline": [
            {"level": 1, "number": 1, "marker": "一、", "title": "办好学前教育"},
            {"level": 2, "number": 1, "marker": "1.", "title": "扩大公办幼儿园的学位供给"},
            {"level": 1, "number": 2, "marker": "二、", "title": "建强教师队伍"},
        ],
        "items": [
            {
                "heading": "办好学前教育", "quote": "新建公办幼儿园三所,新增", "domains": ["preschool", "facilities"],
                "instruments": ["infrastructure"], "commitment": "quantified", "lead_units": ["基建科"],
            },
            {"heading": "建强教师队伍", "quote": "组织全员培训", "domains": ["teachers"], "commitment": None},
            {"heading": "保障经费", "quote": "落实生均公用经费", "domains": [], "instruments": []},
        ],
        "metrics": [
            {
                "quote": "新建公办幼儿园3所", "indicator": "新建公办幼儿园数", "value": 3, "value_high": None, "unit": "所",
                "per": None, "comparator": "eq", "kind": "level", "status": "target", "year": 2024,
            },
            {
                "quote": "新增学位900個以上", "indicator": "新增学位数", "value": 900, "unit": "個", "comparator": "ge",
                "year": 2024, "per": "每年",
            },
            {"quote": "培训覆盖率达到95%", "indicator": "培训覆盖率", "value": 95, "unit": "％", "year": None},
            {"quote": "全覆盖", "indicator": "培训覆盖率", "value": 100, "unit": "%", "worded": True},
        ],
    },
    {"source": "无此文.txt", "document": {"title": "乙"}, "metrics": [], "items": [{"heading": "某", "quote": "某"}]},
]  # fmt: skip


def coded() -> dict[str, pd.DataFrame]:
    """Frames that answer GOLD with one fault of each sort."""
    plan = {
        "plan_id": "a1", "source_paths": ["raw/甲.txt", "raw/乙/甲.txt"], "title": "青禾县教育局 2024年工作要点", "is_plan": True,
        "plan_year": 2023, "written": "2024-02-01", "town": None, "noise": ["ads"],
    }  # fmt: skip
    outline = [("办好学前教育", 1), ("扩大公办幼儿园学位供给", 3), ("年终总结", 1)]
    items = [
        ("i1", "办好学前教育", "新建公办幼儿园三所，新增学位。", ["preschool"], ["infrastructure", "goal"], "concrete"),
        ("i2", "建强教师队伍", "开展培训。", ["teachers", "moral"], None, None),
    ]
    metrics = [
        ("m1", "新建公办幼儿园3所", "公办幼儿园数", 3.0, "所", "eq", 2024, False),
        ("m2", "新增学位900个以上", "学位", 900.0, "个", "gt", 2024, False),
        ("m3", "无", "无", 7.0, "个", "eq", 2024, False),
        ("m4", "全覆盖", "培训", 100.0, "%", "eq", 2024, True),
    ]
    return {
        "plans": frames.make("plans", [plan]),
        "outline": frames.make(
            "outline", [{"plan_id": "a1", "title": t, "level": v, "kind": "heading"} for t, v in outline]
        ),
        "items": frames.make("items", [
            {"plan_id": "a1", "item_id": i, "heading": h, "text": t, "domains": d, "instruments": n, "commitment": c}
            for i, h, t, d, n, c in items
        ]),
        "metrics": frames.make("metrics", [
            {"plan_id": "a1", "metric_id": i, "quote": q, "indicator": n, "value": v, "unit": u, "comparator": c,
             "year": y, "worded": w, "kind": "level", "status": "target"}
            for i, q, n, v, u, c, y, w in metrics
        ]),
    }  # fmt: skip


def f1(table: pd.DataFrame, measure: str) -> tuple[float, float]:
    row = table.set_index("measure").loc[measure]
    return round(row["precision"], 3), round(row["recall"], 3)


@pytest.mark.parametrize(
    ("measure", "precision", "recall"),
    [
        ("documents", 0.5, 0.5),
        ("document.noise", 1.0, 0.5),
        ("document.plan_year", 0.0, 0.0),
        ("outline.headings", 0.667, 0.667),  # the second is found by likeness, the third is not there
        ("outline.level", 0.5, 0.5),
        ("items", 1.0, 0.5),
        ("items.primary_domain", 1.0, 1.0),
        ("items.domains", 0.667, 0.667),
        ("metrics", 0.667, 0.667),
        ("metrics.comparator", 0.5, 0.5),
        ("metrics.record", 0.333, 0.333),
    ],
)
def test_a_fault_lowers_its_own_measure(measure, precision, recall):
    assert f1(review.score(coded(), GOLD), measure) == (precision, recall)


def test_misses_name_the_place_and_both_answers():
    missed = review.misses(coded(), GOLD)
    year = missed[missed["measure"] == "document.plan_year"].iloc[0]
    assert (year["source"], year["wanted"], year["answered"], year["kind"]) == ("甲.txt", 2024, 2023, "wrong")
    headings = missed[missed["measure"] == "outline.headings"]
    assert list(headings[["where", "kind"]].itertuples(index=False, name=None)) == [
        ("建强教师队伍", "missed"),
        ("年终总结", "invented"),
    ]
    assert "metrics.record" not in set(missed["measure"])


def test_score_by_source_adds_up_to_the_whole():
    whole, parts = review.score(coded(), GOLD), review.score(coded(), GOLD, by="source")
    assert parts.groupby("measure")["found"].sum().to_dict() == whole.set_index("measure")["found"].to_dict()


def test_nothing_to_score_is_an_error_that_says_so(tmp_path):
    with pytest.raises(frames.FrameError, match="no gold"):
        review.score(coded(), tmp_path)
    with pytest.raises(frames.FrameError, match="no frame of plans"):
        review.score({}, GOLD)


def reference():
    if not REFERENCE.is_file():
        pytest.skip("the reference scorer does not lie beside this project")
    spec = importlib.util.spec_from_file_location("reference_score", REFERENCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def assert_equals_reference(module, tables, gold):
    tally = module.Tally()
    for plan in gold:
        module.score_document(plan, tables, tally, [])
    expected = pd.DataFrame(tally.rows()).T
    found = review.score(tables, gold).set_index("measure")
    assert set(found.index) == set(expected.index)
    for column in expected.columns:
        assert np.allclose(found.loc[expected.index, column].astype(float), expected[column]), column


def test_scores_equal_the_reference_scorer():
    assert_equals_reference(reference(), coded(), GOLD)


def answers(gold: list[dict], seed: int) -> dict[str, pd.DataFrame]:
    """Frames made of the gold itself, with rows dropped, doubled and moved and fields taken from other rows."""
    chance = np.random.default_rng(seed)
    tables: dict[str, list[dict]] = {"plans": [], "outline": [], "items": [], "metrics": []}
    for plan in gold:
        facts = plan["document"] | {"plan_id": plan["source"], "source_paths": [plan["source"]]}
        tables["plans"].append(
            {k: v for k, v in facts.items() if chance.random() < 0.9 or k in ("plan_id", "source_paths")}
        )
        for name in ("outline", "items", "metrics"):
            rows = [row for row in plan[name] for _ in range(chance.integers(0, 3))]
            for row in rows:
                other = rows[chance.integers(len(rows))]
                mixed = {k: other.get(k) if chance.random() < 0.15 else v for k, v in row.items()}
                tables[name].append(mixed | {"plan_id": plan["source"], "text": f"{mixed['quote']}等。"})
        chance.shuffle(tables["metrics"])
    return {name: pd.DataFrame(rows) for name, rows in tables.items()}


@pytest.mark.parametrize("seed", [1, 2])
def test_scores_of_disturbed_answers_equal_the_reference_scorer(seed):
    module = reference()
    gold = review.read_gold(REFERENCE.parent / "plans")
    assert_equals_reference(module, answers(gold, seed), gold)
