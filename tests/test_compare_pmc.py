"""The PMC index: earned by sentences, graded by data, overridden by signed judgements."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from analysis import compare, frames, lexicon
from analysis.compare import consistency, verdict
from analysis.frames import FrameError
from test_compare_years import metrics, plans


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


def test_of_several_items_the_one_that_says_most_is_quoted_and_long_sentences_are_cut_around_the_cue():
    cue = {"field": "instruments", "value": "talent", "cue": "培训"}
    long = "推进各项工作，" * 20 + "举办教师培训，" + "再做别的工作，" * 20 + "直到完成。"
    at = long.index("培训")
    rows = [
        {"instruments": ["talent"], "evidence": [{**cue, "start": 107, "end": 109}]},
        {"instruments": ["talent"], "text": long, "evidence": [{**cue, "start": 100 + at, "end": 102 + at}] * 2},
    ]
    told = compare.pmc(plans(), tagged(*rows), metrics().iloc[:0])
    row = told[told["plan_id"].eq("2") & told["variable"].eq("incentive_talent")].iloc[0]
    assert row["item_id"] == "1" and row["quote"].startswith("举办教师培训，再做") and len(row["quote"]) < 70


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
