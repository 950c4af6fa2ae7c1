"""Outline and items where breaks are blanks, numbers out of order, boxes stand between, or a lead only announces."""

from __future__ import annotations

import time
from typing import Any

import pytest

from analysis import extract, parse
from analysis.parse import tense
from analysis.parse.heading import blank_end, leads_on
from analysis.text import Repaired, Source, Text

BODY = "年内新建图书室三间，改建操场四处，乡镇学校的运动条件逐步改善，师生都能就近锻炼。"


def parsed(text: str) -> dict[str, list[dict[str, Any]]]:
    source = Source(path="plan.txt", sha256="0" * 64, format="txt", text=text)
    return parse.plan(Repaired(source=source, text=Text.of(text)))


def tree(text: str) -> list[tuple[int, str, str]]:
    return [(r["level"], r["marker"], r["title"]) for r in parsed(text)["outline"] if r["kind"] == "heading"]


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("发展目标 全镇小学巩固率保持在99%以上，初中毕业生升学率稳步提高。", 4),
        ("指导思想 坚持育人为本、质量为先，把办好家门口的学校作为头等大事，全面推进各项改革任务落地。", 4),
        ("提高站位 加强领导。各单位要高度重视。", None),  # a title in two halves
        ("提高站位 加强领导", None),
        ("补充教师98名 全年招聘音乐、体育、美术教师，并向山区学校倾斜，逐步缓解结构性缺员的矛盾。", None),
        ("加强管理。各校要健全制度 完善流程", None),
    ],
)
def test_a_title_ends_at_the_blank_before_a_text_of_sentences(line: str, end: int | None) -> None:
    assert blank_end(line) == end


def test_a_heading_whose_break_is_a_blank_leaves_its_text_whole() -> None:
    text = (
        "松涧县2024年教育工作计划\n为做好全年工作，制定本计划。一、总体目标 小学入学率达到99.9%，初中巩固率达到98%，"
        f"办学条件稳步改善。二、重点工作（一）改善条件。{BODY}（二）建强队伍。{BODY}"
    )
    assert tree(text)[0] == (1, "一、", "总体目标")
    assert parsed(text)["items"][0]["text"].startswith("小学入学率达到99.9%")


def test_a_short_title_behind_a_sentence_is_a_heading_also_out_of_order() -> None:
    text = f"松涧县2024年教育工作要点\n一、办好学校\n1、改善条件。{BODY}\n2、建强队伍。{BODY}\n5、办好食堂。{BODY}3、规范收费。{BODY}"
    assert [t for _, _, t in tree(text)] == ["办好学校", "改善条件", "建强队伍", "办好食堂", "规范收费"]
    assert [i["heading"] for i in parsed(text)["items"]] == ["改善条件", "建强队伍", "办好食堂", "规范收费"]


@pytest.mark.parametrize(
    "inside", ["。3、5、7号楼完成改造。", "。3.5万名学生受益。再增加一千名。", "。2、规范收费，按月公示账目。"]
)
def test_numbers_behind_a_sentence_without_a_title_cut_nothing(inside: str) -> None:
    text = f"松涧县2024年教育工作要点\n一、办好学校\n1、改善条件。{BODY}\n2、建强队伍。{BODY}\n3、办好食堂。{BODY[:-1]}{inside}"
    assert len(tree(text)) == 4


def test_a_box_below_an_item_is_not_its_text_but_keeps_its_numbers() -> None:
    text = (
        f"松涧县校园建设三年行动计划（2024—2026年）\n一、建设校舍\n1.改善条件。{BODY}\n2.开展交流。与邻县学校互访十次。\n"
        "专栏2 重点建设项目\n——新建学生公寓6栋。\n——更新课桌椅8000套。\n二、组织实施\n"
        f"1.落实责任。{BODY}\n2.加强宣传。{BODY}"
    )
    made = parsed(text)
    exchange = next(i for i in made["items"] if i["heading"] == "开展交流")
    assert exchange["text"] == "与邻县学校互访十次。"
    assert not any("专栏" in r["title"] for r in made["outline"] if r["kind"] == "heading")
    plan = made["plans"][0]
    found = extract.records(plan, made["items"], Text.of(text), [])["metrics"]
    boxed = {m["value"]: m["item_id"] for m in found if m["value"] in (6, 8000)}
    assert boxed == {6: None, 8000: None}


def test_a_line_that_speaks_of_a_column_without_rows_stays_in_its_item() -> None:
    text = f"松涧县2024年教育工作要点\n一、做好宣传\n1.开设栏目。{BODY}\n专栏 每周刊出一期\n2.建强队伍。{BODY}\n3.办好食堂。{BODY}"
    assert "专栏" in parsed(text)["items"][0]["text"]


@pytest.mark.parametrize(
    ("lead", "is_part"),
    [
        ("与此同时，我们也清醒地看到", True),
        ("今年工作的总要求是", True),
        ("主要指标包括", True),
        ("规范办学行为", False),
        ("基本原则", False),
    ],
)
def test_a_lead_before_a_colon_that_announces_is_no_heading(lead: str, is_part: bool) -> None:
    assert leads_on(lead, "：") is is_part
    assert not leads_on(lead, "。")


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("与此同时，我们也清醒地认识到：产业层次不高，链条偏短，干部作风有待改进。", "problem"),
        ("在看到成绩的同时，我们清醒地看到，乡村学校师资薄弱。", "problem"),
        ("但我们也看到，城区学位紧张，山区道路不畅。", "problem"),
        ("同时，全县教育还面临优质资源偏少的矛盾。", "problem"),
        ("我们深刻认识到，办好教育是民生之基，一年来累计投入一亿元。", "review"),
        ("我们清醒地看到难得的机遇，已经建成三座水厂，累计供水两亿方。", "review"),
    ],
)
def test_leads_of_shortcomings_tell_the_tense(body: str, wanted: str) -> None:
    assert tense.of(body, "work_report") == wanted


def test_a_paragraph_of_shortcomings_in_a_review_is_a_problem_without_heading() -> None:
    text = (
        "政府工作报告\n各位代表：\n2022年工作回顾\n过去的一年，全县修建公路四十公里，比上年多修十公里，各项任务全面完成。\n"
        f"城乡面貌焕然一新。{BODY}\n与此同时，我们也清醒地认识到：产业层次不高，财政收支矛盾突出，干部作风有待改进。\n"
        f"2023年重点任务\n做强主导产业。{BODY}\n扩大有效投资。{BODY}"
    )
    item = next(i for i in parsed(text)["items"] if "清醒" in i["text"])
    assert (item["heading"], item["tense"]) == ("", "problem")


LEADS = f"""政府工作报告
各位代表：
一、2023年重点任务
扩大有效投资。
{BODY}{BODY}
坚持育人为本，建强教师队伍。
{BODY}{BODY}
规范办学行为。{BODY}{BODY}
二、加强自身建设
{BODY}"""


def test_a_lead_on_a_line_of_its_own_heads_the_paragraph_below() -> None:
    items = parsed(LEADS)["items"]
    assert [i["heading"] for i in items][:3] == ["扩大有效投资", "坚持育人为本，建强教师队伍", "规范办学行为"]
    assert [i["text"] for i in items][:3] == [BODY + BODY] * 3


CLOSING = "各位代表！让我们更加紧密地团结起来，为建设美丽松涧而努力奋斗！\n"
NOTES = [
    "注释\n［1］一降三减：\n火灾起数总体下降，人员伤亡减少。\n［2］两新：\n更新设备，更换家电。\n",
    "名词解释\n1.“两重”：重大战略和重点领域能力建设。\n2.五网合一：水、电、路、气、网一体建设。\n",
    "1.“两重”：重大战略和重点领域能力建设。\n2.“三资”，是指资金、资产、资源。\n3.五网合一指将水、电、路、气、网融合。\n",
    "【1】两重：重大战略和重点领域能力建设。\n【2】三资：资金、资产、资源。\n【3】四库：水库、粮库、钱库、碳库。\n",
]


@pytest.mark.parametrize("notes", NOTES, ids=[notes[:4] for notes in NOTES])
def test_explained_terms_behind_the_closing_are_no_items(notes: str) -> None:
    report = f"政府工作报告\n各位代表：\n一、2022年工作回顾\n{BODY * 4}\n二、2023年重点任务\n{BODY * 4}\n"
    plain, noted = parsed(report + CLOSING), parsed(report + CLOSING + notes)
    assert [i["text"] for i in noted["items"]] == [i["text"] for i in plain["items"]] == [BODY * 4] * 2
    assert len(tree(report + CLOSING + notes)) == 2


def test_a_list_of_projects_behind_the_closing_is_of_the_plan() -> None:
    report = f"政府工作报告\n各位代表：\n一、2022年工作回顾\n{BODY * 4}\n二、2023年重点任务\n{BODY * 4}\n{CLOSING}"
    listed = "2023年十件民生实事\n1.新建幼儿园\n年度目标：新建公办幼儿园三所。\n主办单位：县教育局\n2.改造村道\n年度目标：改造农村道路十公里。\n主办单位：县交通局\n3.建设水厂\n年度目标：建成水厂两座。\n主办单位：县水利局\n"
    items = parsed(report + listed)["items"]
    assert [i["heading"] for i in items][-3:] == ["新建幼儿园", "改造村道", "建设水厂"]
    assert [i["text"][-4:] for i in items][-3:] == ["县教育局", "县交通局", "县水利局"]


@pytest.mark.parametrize("text", ["专栏1 " * 40_000, "一、目标 " * 40_000, "。3、规范办学" * 40_000, "但也" * 100_000])
def test_long_lines_are_parsed_in_linear_time(text: str) -> None:
    begun = time.perf_counter()
    parsed(text)
    assert time.perf_counter() - begun < 10
