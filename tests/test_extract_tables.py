"""Tables of indicators: years and units in heads, columns and brackets; what is no such table is left alone."""

from __future__ import annotations

import time
from typing import Any

import pytest

from analysis import extract, frames
from analysis.extract import tables
from analysis.text import Text


def metrics(text: str, **facts: Any) -> list[dict[str, Any]]:
    plan = {"plan_id": "p", "text": text, "title": "青禾县学前教育行动计划", "doc_type": "action_plan", **facts}
    plan = {"plan_year": 2024, "plan_until": 2026, "sector": "education"} | plan
    return extract.records(plan, [], Text.of(text), [])["metrics"]


def read(text: str, **facts: Any) -> list[tuple[Any, ...]]:
    fields = ("indicator", "value", "value_high", "unit", "comparator", "status", "year")
    return [tuple(row[f] for f in fields) for row in metrics(text, **facts)]


TABLES = {
    "a unit column": (
        "指标\t单位\t2023年\t2024年\t2026年\n毛入园率\t%\t90\t92\t≥95\n生均图书\t册\t21\t-\t1,030",
        [
            ("毛入园率", 90, None, "%", "eq", "achieved", 2023),
            ("毛入园率", 92, None, "%", "eq", "target", 2024),
            ("毛入园率", 95, None, "%", "ge", "target", 2026),
            ("生均图书", 21, None, "册", "eq", "achieved", 2023),
            ("生均图书", 1030, None, "册", "eq", "target", 2026),
        ],
    ),
    "units in brackets, a column of properties": (
        "序号\t指标名称\t2023年现状\t2026年目标\t属性\n1\t（1）毛入园率（%）\t96.5\t98以上\t约束性\n2\t新增学位（万个）\t0\t1.2\t预期性",
        [
            ("毛入园率", 96.5, None, "%", "eq", "achieved", 2023),
            ("毛入园率", 98, None, "%", "ge", "target", 2026),
            ("新增学位", 0, None, "万个", "eq", "achieved", 2023),
            ("新增学位", 1.2, None, "万个", "eq", "target", 2026),
        ],
    ),
    "a merged first column": (
        "类别\t指标\t单位\t2023年（实际）\t2026年（规划）\n普及\t毛入园率\t%\t95\t97\n巩固率\t%\t98\t99",
        [
            ("毛入园率", 95, None, "%", "eq", "achieved", 2023),
            ("毛入园率", 97, None, "%", "eq", "target", 2026),
            ("巩固率", 98, None, "%", "eq", "achieved", 2023),
            ("巩固率", 99, None, "%", "eq", "target", 2026),
        ],
    ),
    "states without years, units in the cells": (
        "项目\t现状值\t目标值\n普惠率\t90%\t95%以上\n班额\t50人\t40-45人",
        [
            ("普惠率", 90, None, "%", "eq", "achieved", 2023),
            ("普惠率", 95, None, "%", "ge", "target", 2026),
            ("班额", 50, None, "人", "eq", "achieved", 2023),
            ("班额", 40, 45, "人", "range", "target", 2026),
        ],
    ),
    "a row a year": (
        "年份\t毛入园率（%）\t教师数（人）\n2023年\t90\t1200\n2026年\t95\t1300",
        [
            ("毛入园率", 90, None, "%", "eq", "achieved", 2023),
            ("教师数", 1200, None, "人", "eq", "achieved", 2023),
            ("毛入园率", 95, None, "%", "eq", "target", 2026),
            ("教师数", 1300, None, "人", "eq", "target", 2026),
        ],
    ),
}


@pytest.mark.parametrize(("text", "wanted"), TABLES.values(), ids=TABLES)
def test_every_cell_is_a_full_record(text: str, wanted: list[tuple[Any, ...]]) -> None:
    assert read(f"一、主要指标\n{text}\n二、重点任务\n加强管理。") == wanted


def test_a_cell_opens_at_its_own_place_and_quotes_its_row() -> None:
    text = "指标\t单位\t2023年\t2026年\n毛入园率\t%\t90\t95"
    found = metrics(text)
    assert [text[r["start"] : r["end"]] for r in found] == ["90", "95"]
    assert {r["quote"] for r in found} == {"毛入园率\t%\t90\t95"}
    assert {r["item_id"] for r in found} == {None}
    assert {r["indicator_id"] for r in found} == {"preschool_gross_enrolment"}
    frames.check("metrics", frames.make("metrics", found))


def test_a_report_has_reached_the_values_of_its_own_year() -> None:
    text = "指标\t单位\t2023年\t2024年\n毛入园率\t%\t90\t92"
    assert [row[5] for row in read(text, doc_type="work_report", plan_year=2023, plan_until=2023)] == [
        "achieved",
        "target",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "姓名\t单位\t电话\n林远\t教研室\t5512",
        "序号\t项目\t年度目标\t责任单位\n1\t迁建中学\t主体完工\t规划科",
        "指标\t2023年\t2026年\n毛入园率\t90\t95",  # no unit anywhere: a number that nothing tells the measure of
        "2023年\t90\n2024年\t95",
    ],
)
def test_other_tables_and_numbers_without_a_unit_give_no_rows(text: str) -> None:
    assert tables.numbers({"text": text, "plan_year": 2024, "plan_until": 2024}) == []


def test_a_column_of_yearly_growth_is_a_change_and_an_earlier_year_no_baseline() -> None:
    text = "指标\t2023年基期值\t2026年目标值\t年均增长（%）\t属性\n居民收入（元）\t20000\t25000\t7.7\t预期性\n毛入园率（%）\t92\t95\t-\t约束性"
    found = [(r["indicator"], r["value"], r["baseline"], r["kind"], r["year"]) for r in metrics(text)]
    assert found == [
        ("居民收入", 20000, None, "level", 2023),
        ("居民收入", 25000, None, "level", 2026),
        ("居民收入", 7.7, None, "change", 2026),
        ("毛入园率", 92, None, "level", 2023),
        ("毛入园率", 95, None, "level", 2026),
    ]


@pytest.mark.parametrize("text", ["\t" * 500_000, "指标\t单位\t2023年\n" + "9\t" * 200_000, "\n\t" * 200_000])
def test_tables_are_read_in_linear_time(text: str) -> None:
    begun = time.process_time()
    assert tables.numbers({"text": text, "plan_year": 2024, "plan_until": 2024}) == []
    assert time.process_time() - begun < 5
