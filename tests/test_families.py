"""Copies, drafts and annexes of one plan are one family; plans of other places, years and offices are not."""

from __future__ import annotations

import time
from typing import Any

import pandas as pd
import pytest

from analysis.ingest import families
from analysis.parse import editions

WORDS = "年内新建图书室三间，改建操场四处，乡镇学校的运动条件逐步改善，师生都能就近锻炼。招聘教师九十名，培训校长六十名，建成录播教室十五间。"
OTHER = "完成河道清淤二十公里，加固堤防八处，农村饮水水质合格率稳步提升，水库除险任务按期完成，防汛物资足额储备。"
TABLE = "序号\t任务\t责任单位\n1\t新建图书室三间\t基建股\n2\t招聘教师九十名\t人事股"


def row(plan_id: str, title: str, text: str = WORDS, **facts: Any) -> dict[str, Any]:
    known = {
        "province": None,
        "city": None,
        "county": "青禾县",
        "town": None,
        "plan_year": 2024,
        "issuer": "青禾县教育局",
    }
    paths = [facts.pop("path", f"plans/{plan_id}.txt")]
    return {
        "plan_id": plan_id,
        "title": title,
        "notice_title": None,
        "text": text,
        "source_paths": paths,
        **known,
        **facts,
    }


def together(*rows: dict[str, Any]) -> list[str]:
    return families.family_ids(pd.DataFrame(list(rows))).tolist()


PLAN = row("a", "青禾县教育局2024年工作要点")
JOINED = [
    ("a draft", row("b", "青禾县教育局2024年工作要点（征求意见稿）", WORDS[:60] + OTHER[:30])),
    ("a draft by its second line", row("b", "青禾县教育局2024年工作要点", f"青禾县教育局2024年工作要点\n（送审稿）\n{WORDS[:60]}{OTHER[:30]}")),
    ("a draft by its file's name", row("b", "青禾县教育局2024年工作要点", WORDS[:60] + OTHER[:30], path="x/2024年工作要点（讨论稿）.txt")),
    ("an annex that names it", row("b", "《青禾县教育局2024年工作要点》任务分解表", TABLE, issuer=None)),
    ("an annex of the same office", row("b", "2024年教育局工作要点责任清单", TABLE, county=None, issuer=None)),
    ("an annex that it holds", row("b", "附件2：重点任务分解表", WORDS[5:60], issuer=None)),
]  # fmt: skip
APART = [
    ("another year", row("b", "青禾县教育局2023年工作要点（征求意见稿）", WORDS[:60] + OTHER, plan_year=2023)),
    ("another place", row("b", "松涧县教育局2024年工作要点（征求意见稿）", WORDS[:60] + OTHER, county="松涧县", issuer="松涧县教育局")),
    ("another office's draft", row("b", "青禾县水利局2024年工作要点（征求意见稿）", OTHER, issuer="青禾县水利局")),
    ("another office's annex", row("b", "青禾县水利局2024年工作要点任务分解表", "1\t清淤\t水利股", issuer="青禾县水利局")),
    ("an annex of nobody", row("b", "附件：重点任务分解表", "1\t清淤\t水利股", issuer=None)),
    ("another plan of the office", row("b", "青禾县教育局2024年招生方案", OTHER)),
    ("a draft of the same name without its words", row("b", "青禾县教育局2024年工作要点（征求意见稿）", OTHER)),
]  # fmt: skip


@pytest.mark.parametrize("other", [pair[1] for pair in JOINED], ids=[pair[0] for pair in JOINED])
def test_drafts_and_annexes_are_of_the_family_of_their_plan(other: dict[str, Any]) -> None:
    assert together(PLAN, other) == ["a", "a"]


@pytest.mark.parametrize("other", [pair[1] for pair in APART], ids=[pair[0] for pair in APART])
def test_plans_of_others_are_families_of_their_own(other: dict[str, Any]) -> None:
    assert together(PLAN, other) == ["a", "b"]


def test_an_annex_without_a_name_is_of_the_plan_beside_it_that_lists_it() -> None:
    plan = row(
        "a", "青禾县政府工作报告", f"{WORDS}\n附件：1.政府工作报告重点任务分解表\n2.指标表", issuer="青禾县人民政府"
    )
    annex = row(
        "b", "重点任务分解表", "附件1\n重点任务分解表\n1\t清淤\t水利股", county=None, plan_year=None, issuer=None
    )
    assert together(plan, annex) == ["a", "a"]
    assert together(plan, {**annex, "source_paths": ["elsewhere/b.txt"]}) == ["a", "b"]


def test_an_annex_brings_no_two_plans_together() -> None:
    report = row("c", "青禾县政府工作报告", OTHER, issuer="青禾县人民政府")
    annex = row("b", "2024年青禾县政府工作报告任务分解表", TABLE, issuer="青禾县人民政府办公室")
    assert together(PLAN, annex, report) == ["a", "b", "b"]


@pytest.mark.parametrize(
    ("title", "text", "wanted"),
    [
        ("青禾县2024年工作要点任务分解表", "", "annex"),
        ("附件2：重点任务分解表", "", "annex"),
        ("重点任务分解表", "附件2\n重点任务分解表", "annex"),
        ("青禾县“十五五”规划（征求意见稿）", "", "draft"),
        ("青禾县“十五五”规划", "青禾县“十五五”规划\n（送审稿）\n", "draft"),
        ("青禾县2024年工作要点", "关于预算草案的说明见附件。", None),
        ("青禾县2024年教育重点工作责任清单", "", None),
        ("关于修改校车条例的决定", "", None),
    ],
)
def test_editions_are_told_by_title_and_head(title: str, text: str, wanted: str | None) -> None:
    assert editions.of(title, "", text) == wanted


def test_five_thousand_drafts_of_one_folder_take_seconds() -> None:
    rows = [
        row(
            f"p{n:05d}", f"第{n}小学2024年工作计划（讨论稿）", f"{n}" * 20 + WORDS, county=f"甲{n}县", path=f"x/{n}.txt"
        )
        for n in range(5000)
    ]
    begun = time.process_time()
    assert pd.Series(together(*rows)).nunique() == 5000
    assert time.process_time() - begun < 20
