"""The codebook's tables: read, overlaid, checked; a mistake is named with its table, code and cue."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis import lexicon

DOMAINS = "id,zh,en,definition,cues,counter_cues,examples\n"
GOOD = "parks,公园,Parks,城市公园,公园*4|绿道*3|步道,,新建公园|管好绿道\n"


@pytest.fixture
def overlay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own tables, in force."""
    monkeypatch.setenv("PLANS_CODEBOOK", str(tmp_path))
    return tmp_path


def _write(folder: Path, name: str, text: str) -> None:
    file = folder / f"{name}.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _messages(table: str) -> list[tuple[str, str]]:
    return [(row["severity"], row["message"]) for row in lexicon.check() if row["table"] == table]


@pytest.mark.parametrize(
    ("cell", "cues"),
    [
        ("公园*4|绿道", [("公园", 4), ("绿道", 2)]),
        ("", []),
        (" 公园 | 绿道*1 ", [("公园", 1 + 1), ("绿道", 1)]),
    ],
)
def test_a_cue_carries_its_weight(cell: str, cues: list[tuple[str, int]]) -> None:
    assert [tuple(cue) for cue in lexicon.cues(cell)] == cues


@pytest.mark.parametrize("cell", ["公园*9", "公园*", "公园*x"])
def test_a_weight_is_a_digit_from_1_to_4(cell: str) -> None:
    with pytest.raises(lexicon.CodebookError, match="weight"):
        lexicon.cues(cell)


def test_the_shipped_tables_have_no_error_and_no_torn_cue() -> None:
    found = lexicon.check()
    assert [row["message"] for row in found if row["severity"] != "note"] == []


@pytest.mark.parametrize(
    ("sector", "codes"),
    [
        (
            "education",
            "party moral preschool compulsory senior vocational higher special private lifelong teaching assessment teachers "
            "sports_health arts_labour digital finance facilities safety governance equity other",
        ),
        (
            "government",
            "economy industry innovation digital agriculture consumption investment infrastructure opening reform finance "
            "urban_region ecology jobs_income education health welfare culture housing safety government other",
        ),
    ],
)
def test_the_domains_are_those_of_the_coding_manual(sector: str, codes: str) -> None:
    rows = lexicon.table(f"{sector}/domains")
    assert [row["id"] for row in rows] == codes.split()
    assert all(row["zh"] and row["en"] and row["definition"] and row["examples"] for row in rows)
    assert sum(len(lexicon.cues(row["cues"])) for row in rows) >= 1000


def test_the_instruments_come_in_three_groups() -> None:
    rows = lexicon.table("common/instruments")
    groups = {group: [row["id"] for row in rows if row["group"] == group] for group in lexicon.GROUPS}
    assert {group: len(ids) for group, ids in groups.items()} == {"supply": 5, "environment": 5, "demand": 4}


def test_strengths_are_ranked() -> None:
    ranks = {row["id"]: int(row["rank"]) for row in lexicon.table("common/strength")}
    assert sorted(ranks, key=lambda code: -ranks[code]) == list(lexicon.STRENGTHS)


def test_a_third_sector_needs_a_table_and_no_code(overlay: Path) -> None:
    _write(overlay, "gardens/domains", DOMAINS + GOOD)
    assert lexicon.sectors() == ["education", "gardens", "government"]
    assert _messages("gardens/domains") == []


def test_a_row_of_ones_own_replaces_the_shipped_row_and_others_stay(overlay: Path) -> None:
    _write(overlay, "education/domains", DOMAINS + "safety,安全,Safety,校园安全,护学岗*4,,设护学岗\n")
    rows = {row["id"]: row for row in lexicon.table("education/domains")}
    assert lexicon.cues(rows["safety"]["cues"]) == [("护学岗", 4)]
    assert len(rows) == 22


@pytest.mark.parametrize(
    ("rows", "severity", "message"),
    [
        (GOOD + GOOD, "error", "gardens/domains parks: stands in 2 rows; ids are unique"),
        (GOOD.replace("*4", "*7"), "error", "gardens/domains parks: cue '公园*7': the weight after * is 1, 2, 3 or 4"),
        (GOOD.replace("步道", "路"), "error", "gardens/domains parks: cue '路' is too short"),
        (
            GOOD + "paths,步道,Paths,健身步道,绿道*3,,修步道\n",
            "warning",
            "gardens/domains parks: cue '绿道' speaks as loudly for parks and paths",
        ),
        (
            GOOD.replace(",,", ",停车场,"),
            "note",
            "gardens/domains parks: counter-cue '停车场' holds none of its cues: no effect",
        ),
    ],
)
def test_a_mistake_is_named(overlay: Path, rows: str, severity: str, message: str) -> None:
    _write(overlay, "gardens/domains", DOMAINS + rows)
    assert _messages("gardens/domains") == [(severity, message)]


def test_a_missing_column_is_named(overlay: Path) -> None:
    _write(overlay, "gardens/domains", "id,zh,cues\nparks,公园,公园\n")
    assert _messages("gardens/domains") == [
        ("error", "gardens/domains: lacks en, definition, counter_cues, examples; add them to gardens/domains.csv")
    ]


def test_a_cue_that_is_louder_for_one_code_is_no_quarrel(overlay: Path) -> None:
    _write(overlay, "gardens/domains", DOMAINS + GOOD + "paths,步道,Paths,健身步道,绿道*4,,修步道\n")
    assert _messages("gardens/domains") == []


def test_unknown_strengths_and_groups_are_errors(overlay: Path) -> None:
    _write(overlay, "common/strength", "id,zh,en,rank,definition,cues,counter_cues\niron,铁,Iron,9,铁的,铁腕,\n")
    _write(
        overlay, "common/instruments", "id,zh,en,group,definition,cues,counter_cues\nluck,运气,Luck,fate,运气,抽签,\n"
    )
    messages = [row["message"] for row in lexicon.check() if row["severity"] == "error"]
    assert any("unknown value 'iron'" in message for message in messages)
    assert any("unknown value 'fate'" in message for message in messages)


def test_reference_values_of_unknown_indicators_are_errors(overlay: Path) -> None:
    _write(overlay, "education/reference", "indicator_id,year,value,unit,source\nmoon_rate,2023,1,%,nowhere\n")
    found = [row for row in lexicon.check() if row["table"] == "education/reference"]
    assert [row["id"] for row in found] == ["moon_rate"]


def test_cues_that_no_item_holds_are_named(overlay: Path) -> None:
    _write(overlay, "gardens/domains", DOMAINS + GOOD)
    items = pd.DataFrame({"codebook": ["gardens"], "heading": ["新建公园"], "text": ["修绿道。"]})
    unseen = [row["cue"] for row in lexicon.check(items) if row["table"] == "gardens/domains"]
    assert unseen == ["步道"]


def test_items_of_another_sector_say_nothing_about_a_cue(overlay: Path) -> None:
    _write(overlay, "gardens/domains", DOMAINS + GOOD)
    items = pd.DataFrame({"codebook": ["education"], "heading": [""], "text": ["办学。"]})
    assert [row for row in lexicon.check(items) if row["table"] == "gardens/domains"] == []


def test_show_lists_the_tables_and_prints_one() -> None:
    listed = lexicon.show()
    assert "education/domains" in listed
    assert "22 rows" in listed
    assert "学前教育" in lexicon.show("education/domains")
    with pytest.raises(lexicon.CodebookError, match="education/domains"):
        lexicon.show("education/domain")


def test_the_version_follows_the_tables(overlay: Path) -> None:
    before = lexicon.version()
    _write(overlay, "gardens/domains", DOMAINS + GOOD)
    assert lexicon.version() != before


def test_a_row_with_too_many_cells_is_named(overlay: Path) -> None:
    _write(overlay, "gardens/domains", DOMAINS + GOOD.rstrip() + ",,,\n")
    with pytest.raises(lexicon.CodebookError, match=r"domains\.csv:2: 7 cells"):
        lexicon.table("gardens/domains")


@pytest.mark.parametrize(
    ("table", "code", "lang", "label"),
    [
        ("education/domains", "preschool", "zh", "学前教育"),
        ("education/domains", "preschool", "en", "Preschool education"),
        ("common/instruments", "pilot", "zh", "试点示范"),
        ("common/instruments", "unheard", "en", "unheard"),
    ],
)
def test_codes_have_labels_in_both_languages_and_unknown_codes_stand_for_themselves(table, code, lang, label):
    assert lexicon.label(table, code, lang) == label


def test_labels_of_an_overlay_win(tmp_path, monkeypatch):
    before = lexicon.label("common/instruments", "goal", "en")
    (tmp_path / "common").mkdir()
    header = "id,zh,en,group,definition,cues,counter_cues"
    (tmp_path / "common/instruments.csv").write_text(f"{header}\ngoal,目标,Aims,environment,目标,目标,\n", "utf-8")
    monkeypatch.setenv("PLANS_CODEBOOK", str(tmp_path))
    assert (before, lexicon.label("common/instruments", "goal", "en")) == ("Goals and plans", "Aims")


def test_labels_of_a_table_that_is_not_there_are_an_error():
    with pytest.raises(lexicon.CodebookError, match="not found"):
        lexicon.label("education/colours", "red")
