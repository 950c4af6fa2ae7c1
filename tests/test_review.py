"""review: score, coding sheets, agreement, corrections."""

import csv
import importlib
import importlib.util
import io
import json
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook
from sklearn.metrics import cohen_kappa_score

from analysis import frames, lexicon, review

agreement = importlib.import_module("analysis.review.agreement")

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


# coding sheets


def tagged() -> pd.DataFrame:
    """Items as frames.load gives them, with texts that a spreadsheet would take for formulae."""
    rows = [
        (
            "i1",
            "新建公办幼儿园三所。",
            "preschool",
            ["preschool", "facilities"],
            ["infrastructure"],
            "concrete",
            0.9,
            "青禾县",
        ),
        ("i2", "=SUM(A1:A9) 元用于奖补", "finance", ["finance"], ["funding"], "quantified", 0.1, "青禾县"),
        ("i3", "-5℃以下停课\n+1 天补课", "safety", ["safety"], [], None, 0.5, "青禾县"),
        ("i4", "@全体教师\x07参加“培训”", "teachers", ["teachers"], ["talent"], "continuing", None, "云溪县"),
    ]
    records = [
        {"plan_id": "p1", "item_id": i, "text": t, "domain": d, "domains": ds, "instruments": n, "commitment": c,
         "domain_margin": m, "heading": "一", "lead_units": [], "support_units": [], "evidence": []}
        for i, t, d, ds, n, c, m, _ in rows
    ]  # fmt: skip
    return frames.make("items", records).assign(sector="education", region=[row[-1] for row in rows])


def filled(path: Path, cells: dict[tuple[str, str], str]) -> Path:
    """The sheet with cells written by a coder, in a spreadsheet library; (item_id, column) → value."""
    book = load_workbook(path)
    page = book["coding"]
    head = [cell.value for cell in page[1]]
    for line in page.iter_rows(min_row=2):
        for column, cell in zip(head, line, strict=True):
            new = cells.get((line[0].value, column))
            cell.value = cell.value if new is None else new
    book.save(path)
    return path


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".jsonl"])
def test_a_prefilled_sheet_comes_back_as_it_went(tmp_path, suffix):
    items = tagged()
    sheet = review.read_sheet(review.export(items, tmp_path / f"甲{suffix}", prefill=True), items)
    assert sheet.refused.empty
    said = review.machine(items, coder="甲")
    assert sheet.codes.astype(object).to_numpy().tolist() == said.astype(object).to_numpy().tolist()


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_no_cell_can_act_as_a_formula(tmp_path, suffix):
    path = review.export(tagged(), tmp_path / f"sheet{suffix}")
    if suffix == ".xlsx":
        cells = [cell for page in load_workbook(path).worksheets for line in page.iter_rows() for cell in line]
        assert "f" not in {cell.data_type for cell in cells}
        assert any(str(cell.value).startswith("=SUM") and cell.quotePrefix for cell in cells)
    else:
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
        assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+-@")]


def test_the_excel_sheet_has_drop_downs_locked_texts_and_the_codebook(tmp_path):
    book = load_workbook(review.export(tagged(), tmp_path / "sheet.xlsx"))
    page, codes = book["coding"], book["codebook"]
    head = [cell.value for cell in page[1]]
    places = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    column = page.cell(1, head.index("domain") + 1).column_letter
    first, last = places[f"{column}2:{column}5"].removeprefix("=codebook!$B$").split(":$B$")
    listed = [codes.cell(row, 2).value for row in range(int(first), int(last) + 1)]
    assert listed == [row["id"] for row in lexicon.table("education/domains")] + ["none"]
    assert page.protection.sheet
    assert page.cell(2, head.index("text") + 1).protection.locked
    assert not page.cell(2, head.index("domain") + 1).protection.locked


@pytest.mark.parametrize(
    ("name", "cells", "reason"),
    [
        ("a changed text", {("i1", "text"): "新建公办幼儿园四所。"}, "text was changed"),
        ("an unknown code", {("i1", "domain"): "kindergarten"}, "'kindergarten' is not in the codebook"),
        ("an unknown code among others", {("i1", "instruments"): "funding|gift"}, "'gift' is not in the codebook"),
        ("two primary domains", {("i1", "domain"): "preschool|moral"}, "choose one"),
        ("none beside a code", {("i1", "instruments"): "none|funding"}, "none stands beside"),
        ("an unknown item", {("i1", "item_id"): "i9"}, "not among those"),
        ("an item twice", {("i2", "item_id"): "i1", ("i2", "text"): "新建公办幼儿园三所。"}, "stands in row 2"),
    ],
)
def test_a_spoilt_row_is_refused_with_its_reason_and_others_are_read(tmp_path, name, cells, reason):
    items = tagged()
    path = filled(review.export(items, tmp_path / "乙.xlsx"), {("i3", "domain"): "safety"} | cells)
    sheet = review.read_sheet(path, items)
    assert len(sheet.refused) == 1, name
    assert reason in sheet.refused.loc[0, "reason"]
    assert sheet.refused.loc[0, "row"] == (3 if "i2" in dict(cells) or "twice" in name else 2)
    assert set(sheet.codes.dropna(subset=["value"])["unit_id"]) == {"i3"}


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("a.txt", b"", "ends in .xlsx, .csv, .jsonl"),
        ("a.xlsx", b"no archive", "is no Excel file"),
        ("a.csv", b"", "lacks the column item_id"),
        ("a.csv", b"item_id,text\r\n", "lacks the column domain"),
        ("a.jsonl", b"{", "line 1 is no JSON"),
    ],
)
def test_a_file_that_is_no_coding_sheet_is_refused_by_name(tmp_path, file, content, message):
    (tmp_path / file).write_bytes(content)
    with pytest.raises(frames.FrameError, match=message):
        review.read_sheet(tmp_path / file, tagged())


def test_a_csv_saved_by_a_chinese_windows_is_read(tmp_path):
    path = review.export(tagged(), tmp_path / "丙.csv", prefill=True)
    path.write_bytes(path.read_text("utf-8-sig").replace("\x07", "").encode("gb18030"))
    assert review.read_sheet(path, tagged()).refused.empty


def test_label_studio_and_doccano_find_their_keys(tmp_path):
    lines = review.export(tagged(), tmp_path / "a.jsonl").read_text("utf-8").splitlines()
    held = [json.loads(line) for line in lines]
    assert [row["text"] for row in held] == [row["data"]["text"] for row in held]
    assert all(row["label"] == [] and row["meta"]["item_id"] == row["id"] for row in held)


def test_an_export_of_nothing_or_of_another_kind_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no items to code"):
        review.export(tagged().head(0), tmp_path / "a.csv")
    with pytest.raises(ValueError, match="ends in"):
        review.export(tagged(), tmp_path / "a.docx")
    assert not list(tmp_path.iterdir())


def test_samples_are_drawn_as_asked():
    items = pd.concat([tagged()] * 25, ignore_index=True)
    items["domain_margin"] = np.arange(100) / 100
    assert review.sample(items, 5, "hard")["domain_margin"].max() == 0.04
    drawn = review.sample(items, 20, "stratified")
    assert drawn["region"].value_counts().to_dict() == {"青禾县": 15, "云溪县": 5}
    assert set(review.sample(items, 2, "stratified")["region"]) == {"青禾县", "云溪县"}
    assert review.sample(items, 7, seed=3).equals(review.sample(items, 7, seed=3))
    assert not review.sample(items, 7, seed=3).equals(review.sample(items, 7, seed=4))
    assert len(review.sample(items, 500)) == 100


@pytest.mark.parametrize(("arguments", "message"), [((5, "best"), "random, hard, stratified"), ((0,), "at least 1")])
def test_a_sample_that_cannot_be_drawn_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        review.sample(tagged(), *arguments)


# agreement


def coded_table(seed: int, n_items: int, n_coders: int, n_codes: int, empty: float = 0.0) -> pd.DataFrame:
    """Items × coders that agree on two of three items."""
    chance = np.random.default_rng(seed)
    truth = chance.integers(n_codes, size=n_items)
    table = np.where(
        chance.random((n_items, n_coders)) < 0.67, truth[:, None], chance.integers(n_codes, size=(n_items, n_coders))
    ).astype(object)
    table[chance.random((n_items, n_coders)) < empty] = None
    return pd.DataFrame(table, columns=[f"c{i}" for i in range(n_coders)])


@pytest.mark.parametrize("seed", range(5))
def test_kappa_equals_scikit_learn(seed):
    table = coded_table(seed, 60, 2, 4)
    expected = cohen_kappa_score(*(table[c].astype(int) for c in table))
    assert agreement.measures(table, draws=10)[3] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("seed", "n_coders", "empty"), [(1, 2, 0.0), (2, 3, 0.2), (3, 5, 0.5), (4, 2, 0.3)])
def test_alpha_equals_krippendorff(seed, n_coders, empty):
    table = coded_table(seed, 50, n_coders, 4, empty)
    numbers = table.T.astype(float).to_numpy()
    expected = krippendorff.alpha(numbers, level_of_measurement="nominal")
    assert agreement.measures(table, draws=10)[6] == pytest.approx(expected, abs=1e-12)


def test_intervals_equal_those_of_drawing_items_by_hand():
    table, draws = coded_table(7, 40, 2, 3), 200
    found = agreement.measures(table, seed=5, draws=draws)
    weights = np.random.default_rng(5).multinomial(40, np.full(40, 1 / 40), size=draws)
    by_hand = []
    for row in weights:
        drawn = table.loc[np.repeat(np.arange(40), row)]
        numbers = drawn.T.astype(float).to_numpy()
        by_hand.append((
            cohen_kappa_score(*(drawn[c].astype(int) for c in drawn)),
            krippendorff.alpha(numbers, level_of_measurement="nominal"),
        ))  # fmt: skip
    bounds = np.quantile(by_hand, [0.025, 0.975], axis=0)
    assert found[4:6] == pytest.approx(tuple(bounds[:, 0]))
    assert found[7:9] == pytest.approx(tuple(bounds[:, 1]))


def two_coders(*rows: tuple[str, str | None, str | None]) -> pd.DataFrame:
    """Codes of 甲 and 乙 for one field a row: field, value of 甲, value of 乙."""
    return pd.DataFrame(
        [
            (coder, "p1", f"i{i}", field, value)
            for i, (field, *both) in enumerate(rows)
            for coder, value in zip(("甲", "乙"), both, strict=True)
        ],
        columns=["coder", "plan_id", "unit_id", "field", "value"],
    )


def test_agreement_tells_fields_and_codes():
    codes = two_coders(
        ("domain", "moral", "moral"),
        ("domain", "safety", "moral"),
        ("domain", "safety", None),
        ("instruments", "funding|talent", "talent"),
        ("instruments", "none", "none"),
    )
    found = review.agreement(codes).set_index(["field", "code"])[["n_units", "percent"]]
    assert found.loc[("domain", np.nan)].to_numpy().ravel().tolist() == [2, 0.5]
    assert found.loc[("instruments", "talent")].tolist() == [2, 1.0]
    assert found.loc[("instruments", "funding")].tolist() == [2, 0.5]


def test_confusion_counts_pairs_of_codes():
    codes = two_coders(("domain", "moral", "moral"), ("domain", "safety", "moral"), ("domain", "safety", "moral"))
    table = review.confusion(codes, "domain", "甲", "乙")
    assert table.to_numpy().tolist() == [["moral", "moral", 1], ["safety", "moral", 2]]
    with pytest.raises(ValueError, match="no codes of 丙"):
        review.confusion(codes, "domain", "甲", "丙")


def test_one_code_only_has_no_kappa():
    found = review.agreement(two_coders(*[("commitment", "concrete", "concrete")] * 5)).iloc[0]
    assert found["percent"] == 1
    assert np.isnan(found["kappa"])
    assert np.isnan(found["alpha_low"])


def test_codes_of_one_coder_agree_with_nobody():
    assert review.agreement(two_coders(("domain", "moral", None))).empty


# corrections


def test_a_round_of_coding_ends_in_corrections_that_hold(tmp_path):
    items = tagged()
    cells = {("i1", "domain"): "facilities", ("i1", "domains"): "preschool", ("i2", "instruments"): "funding|incentive"}
    other = cells | {("i2", "instruments"): "incentive|funding", ("i3", "commitment"): "binding"}
    sheets = [
        review.read_sheet(filled(review.export(items, tmp_path / f"{coder}.xlsx"), filled_in), items)
        for coder, filled_in in (("甲", cells), ("乙", other))
    ]
    agreed = review.agreed(pd.concat([sheet.codes for sheet in sheets]))
    made = review.corrections(items, agreed, when="2024-05-01")
    path = review.write_corrections(made, tmp_path / "corrections.csv")
    again = review.apply(tagged(), review.read_corrections(path)).set_index("item_id")
    assert (again.loc["i1", "domain"], again.loc["i1", "domains"]) == ("facilities", ["facilities", "preschool"])
    assert set(again.loc["i2", "instruments"]) == {"funding", "incentive"}
    assert again.loc["i3", "commitment"] == "binding"
    assert again.loc["i4"].equals(tagged().set_index("item_id").loc["i4"])
    assert "乙、甲 2024-05-01" in next(e["cue"] for e in again.loc["i1", "evidence"])
    assert frames.check("items", again.reset_index()) is not None


def correction(**changed: str) -> pd.DataFrame:
    row = {
        "unit_id": "i1",
        "plan_id": "p1",
        "field": "domain",
        "old": "preschool",
        "new": "moral",
        "who": "甲",
        "when": "2024-05-01",
    }
    return pd.DataFrame([row | changed])


def test_the_latest_correction_holds_whatever_its_place():
    rows = pd.concat([correction(new="safety", when="2024-06-01"), correction()])
    assert review.apply(tagged(), rows).loc[0, "domain"] == "safety"


def test_a_correction_can_take_a_code_away():
    rows = correction(field="commitment", old="concrete", new="none")
    assert review.apply(tagged(), rows).isna().loc[0, "commitment"]
    rows = correction(field="instruments", old="infrastructure", new="none")
    assert review.apply(tagged(), rows).loc[0, "instruments"] == []


def test_corrections_of_items_that_are_gone_are_told():
    rows = pd.concat([correction(), correction(unit_id="i9")])
    assert review.unmatched(tagged(), rows)["unit_id"].tolist() == ["i9"]
    assert review.apply(tagged(), correction(unit_id="i9")).equals(tagged())


def test_corrections_are_added_to_those_that_are_there(tmp_path):
    path = tmp_path / "corrections.csv"
    for rows in (correction(), correction(), correction(new="none", when="2024-06-01")):
        review.write_corrections(rows, path)
    assert review.read_corrections(path)["new"].tolist() == ["moral", "none"]


def test_what_coders_disagree_on_is_not_agreed():
    codes = two_coders(("domain", "moral", "safety"), ("domain", "moral", "moral"), ("domain", "moral", None))
    assert review.agreed(codes)[["unit_id", "coder"]].to_numpy().tolist() == [["i1", "乙、甲"], ["i2", "甲"]]


# metrics


def measured() -> pd.DataFrame:
    """Metrics as frames.load gives them."""
    rows = [
        ("m1", "高中阶段毛入学率达到93.5%", "高中阶段毛入学率", "senior_gross_enrolment", 93.5, "%", "eq", 2024),
        ("m2", "新建幼儿园3所", "新建幼儿园数", None, 3.0, "所", "eq", 2024),
        ("m3", "落实“三项计划”", "计划数", None, 3.0, "项", "eq", None),
    ]
    records = [
        {"plan_id": "p1", "metric_id": k, "quote": q, "start": 0, "end": 1, "indicator": i, "indicator_id": d,
         "value": v, "unit": u, "comparator": c, "kind": "level", "status": "target", "year": y, "worded": False,
         "base_value": v, "base_unit": u}
        for k, q, i, d, v, u, c, y in rows
    ]  # fmt: skip
    return frames.make("metrics", records).assign(sector="education", region="青禾县")


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".jsonl"])
def test_a_sheet_of_metrics_comes_back_as_it_went(tmp_path, suffix):
    path = review.export(measured(), tmp_path / f"甲{suffix}", prefill=True)
    assert review.sheet_unit(path) is review.METRICS
    sheet = review.read_sheet(path, measured())
    assert sheet.refused.empty
    said = review.machine(measured(), coder="甲")
    assert sheet.codes.astype(object).to_numpy().tolist() == said.astype(object).to_numpy().tolist()
    assert review.corrections(measured(), sheet.codes, when="2024-05-01").empty


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({("m1", "value"): "很多"}, "'很多' is no number"),
        ({("m1", "comparator"): "more"}, "'more' is not in the codebook; there are eq, ge"),
        ({("m1", "indicator_id"): "senior_gross_enrollment"}, "nearest are senior_gross_enrolment"),
        ({("m1", "quote"): "高中阶段毛入学率达到95%"}, "text was changed"),
    ],
)
def test_a_spoilt_row_of_metrics_is_refused_with_its_reason(tmp_path, cells, reason):
    path = filled(review.export(measured(), tmp_path / "乙.xlsx"), cells)
    sheet = review.read_sheet(path, measured())
    assert len(sheet.refused) == 1
    assert reason in sheet.refused.loc[0, "reason"]


def test_corrected_metrics_hold_with_their_base_values_and_their_reason(tmp_path):
    cells = {("m1", "comparator"): "ge", ("m2", "value"): "1,200.0", ("m2", "unit"): "万所", ("m3", "value"): "none"}
    path = filled(review.export(measured(), tmp_path / "甲.xlsx", prefill=True), cells)
    codes = review.read_sheet(path, measured()).codes
    file = review.write_corrections(review.corrections(measured(), codes, "2024-05-01"), tmp_path / "corrections.csv")
    again = review.apply(measured(), review.read_corrections(file)).set_index("metric_id")
    assert list(again.index) == ["m1", "m2"], "what is no amount is left out"
    assert again.loc["m1", ["comparator", "value"]].tolist() == ["ge", 93.5]
    assert again.loc["m2", ["value", "unit", "base_value", "base_unit"]].tolist() == [1200, "万所", 12_000_000, "所"]
    assert again.loc["m1", "reason"] == "review: comparator 甲 2024-05-01: eq → ge"
    assert frames.check("metrics", again.reset_index()) is not None


def test_a_correction_of_an_item_is_not_asked_of_metrics():
    assert review.unmatched(measured(), correction()).empty
    assert review.unmatched(measured(), correction(unit_id="m9", field="value"))["unit_id"].tolist() == ["m9"]


# cases


def test_agreed_codes_become_cases_and_fail_where_the_tags_differ(tmp_path):
    items = tagged().assign(part_id=["a", "b", "b", None], plan_year=2024)
    plans = pd.DataFrame({"plan_id": ["p1"], "title": ["青禾县2024年教育工作要点"]})
    outline = pd.DataFrame({"part_id": ["a", "b"], "parent_id": ["b", None], "title": ["扩大学位", "办好教育"]})
    agreed = review.machine(items).query("unit_id in ('i1', 'i3')")
    rows = review.cases(items, plans, outline, agreed)
    assert rows[["item_id", "above", "domain", "commitment"]].astype(object).fillna("").to_numpy().tolist() == [
        ["i1", "办好教育", "preschool", "concrete"],
        ["i3", "", "safety", "none"],
    ]
    path = review.write_cases(rows, tmp_path / "cases.csv")
    held = review.read_cases(review.write_cases(rows, path))
    assert len(held) == 2, "an item is a case once"
    assert review.failures(held, items).empty
    items.loc[0, "domain"] = "facilities"
    failed = review.failures(held, items)
    assert failed[["field", "wanted", "found"]].to_numpy().tolist() == [
        ["domain", "preschool", "facilities"],
        ["domains", "facilities", "preschool"],
    ]


# coding with keys


def coding(tmp_path: Path) -> review.Coding:
    return review.Coding(tagged(), tmp_path / "甲.csv", "甲")


def test_keys_give_codes_and_go_on(tmp_path):
    held = coding(tmp_path)
    keys = {code: key for key, code in held.keys().items()}
    assert list(keys) == [row["id"] for row in lexicon.table("education/domains")]
    assert held.press(keys["facilities"])
    assert held.field.name == "domains", "one code is enough for the primary domain"
    for key in (keys["preschool"], keys["finance"], keys["finance"], " "):
        held.press(key)
    assert held.codes["i1"] == {"domain": ["facilities"], "domains": ["preschool"]}
    held.press("n")
    assert held.field.name == "commitment"
    assert not held.press("≈")
    held.press("<")
    assert held.chosen() == ["none"]


def test_what_was_coded_is_saved_and_gone_on_with(tmp_path):
    held = coding(tmp_path)
    for key in "1nn1":  # the fourth field ends the item
        held.press(key)
    assert held.item["item_id"] == "i2"
    sheet = review.read_sheet(tmp_path / "甲.csv", tagged())
    assert sheet.refused.empty
    assert dict(sheet.codes.dropna()[["field", "value"]].to_numpy().tolist()) == {
        "domain": "party",
        "domains": "none",
        "instruments": "none",
        "commitment": "binding",
    }
    again = coding(tmp_path)
    assert again.item["item_id"] == "i2"
    assert again.codes == held.codes


def test_a_sheet_of_other_items_is_not_overwritten(tmp_path):
    coding(tmp_path).save()
    other = tagged().assign(item_id=["j1", "j2", "j3", "j4"])
    with pytest.raises(frames.FrameError, match="choose another file"):
        review.Coding(other, tmp_path / "甲.csv", "甲")
    with pytest.raises(frames.FrameError, match="no items to code"):
        review.Coding(tagged().head(0), tmp_path / "乙.csv", "乙")


def test_the_widget_takes_keys_and_shows_the_next_question(tmp_path):
    pytest.importorskip("ipywidgets", reason="the extra `lab` is not installed")
    page, box = review.widget(tagged(), tmp_path / "甲.csv", "甲", lang="en").children
    assert "item 1 of 4; 0 coded" in page.value
    box.value = "1nn1"
    assert box.value == ""
    assert "item 2 of 4; 1 coded" in page.value
    assert "=SUM(A1:A9)" in page.value
