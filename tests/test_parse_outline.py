"""Outline and items where breaks are blanks, numbers out of order, boxes stand between, or a lead only announces."""

from __future__ import annotations

import time
from typing import Any

import pytest

from analysis import extract, parse
from analysis.parse import sense, tense
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
        ("音乐、体育老师缺额较多，城区学校拥挤的问题依然突出。", "problem"),
        ("聚焦问题仍然突出的村校，已经改建八所，累计惠及千人。", "review"),
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


def test_parts_chapters_and_sections_of_a_long_plan_nest() -> None:
    text = (
        "松涧县国民经济和社会发展第十四个五年规划\n目    录\n前  言\n第一篇 开启征程\n第一章 发展环境\n第一节 发展成就\n第二篇 建设产业\n第二章 做强农业\n"
        f"前  言\n本规划根据县委建议编制。\n第一篇 开启征程\n第一章 发展环境\n第一节 发展成就\n{BODY}\n专栏1 主要指标\n指标\t2020年\t2025年\n粮食产量（万吨）\t20\t21\n"
        f"第二篇 建设产业\n第二章 做强农业\n第一节 保障粮食\n{BODY}\n专栏2 农业工程\n1.农田工程：建设高标准农田3万亩。\n2.仓储工程：建设粮仓6座。\n第二节 发展特色\n{BODY}\n"
    )
    assert [(level, title) for level, _, title in tree(text)] == [
        (1, "开启征程"), (2, "发展环境"), (3, "发展成就"), (1, "建设产业"), (2, "做强农业"), (3, "保障粮食"), (4, "农业工程"),
        (5, "农田工程"), (5, "仓储工程"), (3, "发展特色"),
    ]  # fmt: skip
    assert [i["heading"] for i in parsed(text)["items"]] == ["发展成就", "保障粮食", "农田工程", "仓储工程", "发展特色"]


def test_a_long_plan_of_parts_is_no_collection_of_plans() -> None:
    source = Source(
        path="plan.txt",
        sha256="0" * 64,
        format="txt",
        text=f"松涧县“十四五”规划\n第一篇 开启征程\n{BODY * 8}\n第二篇 建设产业\n{BODY * 8}\n",
    )
    assert len(parse.split(Repaired(source=source, text=Text.of(source.text)))) == 1


ANNEXED = f"""松涧县教育局2024年工作要点
全县教育工作要办好每一所学校。
一、扩大学位
（一）新建学校。{BODY}
（二）改造校舍。{BODY}
二、建强队伍
{BODY}
松涧县教育局
2024年2月6日
附件1
2024年重点任务分解表
序号\t任务\t责任股室\t完成时限
1\t新建学校\t基建股\t2024年8月
附件2
2024年主要指标表
指标\t目标
毛入园率\t95%
"""


def test_sign_off_labels_and_captions_before_annexes_are_no_text_of_the_last_item() -> None:
    made = parsed(ANNEXED)
    assert [i["text"] for i in made["items"]] == [BODY] * 3
    assert made["items"][0]["lead_units"] == ["基建股"]
    assert (made["plans"][0]["issuer"], made["plans"][0]["written"]) == ("松涧县教育局", "2024-02-06")


def test_a_caption_above_a_table_is_no_text_of_the_item_above() -> None:
    text = f"松涧县2024年工作要点\n一、重点任务\n（一）改造校舍。{BODY}\n任务分解表\n序号\t任务\t牵头单位\n1\t改造校舍\t教育局\n"
    assert [i["text"] for i in parsed(text)["items"]] == [BODY]


def test_a_caption_that_the_format_marks_as_a_heading_is_one() -> None:
    text = f"松涧县2024年工作要点\n一、改造校舍\n{BODY}\n二、建强队伍\n{BODY}\n重点任务分解表\n序号\t任务\t牵头单位\n1\t改造校舍\t教育局\n"
    source = Source(path="plan.docx", sha256="0" * 64, format="docx", text=text)
    at = [text.index(title) for title in ("一、改造", "二、建强", "重点任务")]
    spans = [(start, text.index("\n", start), 1) for start in at]
    made = parse.plan(Repaired(source=source, text=Text.of(text), headings=spans))
    titles = [row["title"] for row in made["outline"] if row["kind"] == "heading"]
    assert titles == ["改造校舍", "建强队伍", "重点任务分解表"]
    assert [item["text"] for item in made["items"]] == [BODY] * 2


RUN_ON = (
    "【免费下载】工作计划-松林文库 首页 课件 论文 **县教育局2023—2024学年度工作计划 为办好每一所学校,制定本计划。"
    f"一、总体思路。{BODY}二、工作措施。（一）扩大学位。{BODY}（二）改造校舍。{BODY}（三）建强队伍。{BODY}（四）关爱学生。{BODY}"
    f"五、守护校园安全。{BODY}六、办好职业教育。{BODY}（五）改进体育。{BODY}三、组织保障。{BODY}"
    "**县教育局 二〇二三年九月一日 上一页 1 2 下一页 相关推荐：后勤工作计划 点击加载全文"
)


def test_headings_under_the_marker_of_another_level_stand_among_those_that_they_count_on_from() -> None:
    assert [(level, marker) for level, marker, _ in tree(RUN_ON)] == [
        (1, "一、"), (1, "二、"), (2, "（一）"), (2, "（二）"), (2, "（三）"), (2, "（四）"), (2, "五、"), (2, "六、"),
        (2, "（五）"), (1, "三、"),
    ]  # fmt: skip


def test_amounts_and_cited_numbers_count_on_from_nothing() -> None:
    text = RUN_ON.replace("五、守护校园安全。", "对照第五、六条要求。").replace("六、办好职业教育。", "")
    assert "五、" not in [marker for _, marker, _ in tree(text)]


def test_a_library_copy_whose_breaks_are_blanks_keeps_its_title_body_and_day() -> None:
    made = parsed(RUN_ON)
    row = made["plans"][0]
    assert (row["title"], row["issuer"]) == ("**县教育局2023—2024学年度工作计划", "**县教育局")
    assert (row["written"], row["plan_year"], row["plan_until"]) == ("2023-09-01", 2023, 2024)
    assert made["items"][-1]["text"] == BODY


@pytest.mark.parametrize("piece", ["首页 ", "计划 ", "。县教育局 ", "索引号：", "【 "])
def test_menus_and_labels_are_read_in_linear_time(piece: str) -> None:
    begin = time.perf_counter()
    parsed(piece * 20_000)
    assert time.perf_counter() - begin < 5


def test_months_of_a_school_calendar_are_headings_and_their_short_tasks_items() -> None:
    text = f"松涧县第一小学2024年工作计划\n一、主要工作\n1.德育。{BODY}\n2.教学。{BODY}\n二、逐月安排\n二月份：\n1.开学典礼。\n2.制定计划。\n三月份：\n1.植树节。\n2.运动会。\n"
    assert [(level, title) for level, _, title in tree(text)][4:7] == [(2, "二月份"), (3, "开学典礼"), (3, "制定计划")]
    assert [i["text"] for i in parsed(text)["items"]][2:] == ["开学典礼。", "制定计划。", "植树节。", "运动会。"]


def test_lines_broken_in_mid_sentence_stay_one_item() -> None:
    half = BODY[:31]
    text = f"松涧县2024年工作要点\n一、办好学校\n1.改善条件。{half}\n{BODY[31:]}\n2.建强队伍。{half}\n{BODY[31:]}\n二、组织实施\n{BODY}\n"
    assert [i["text"].replace("\n", "") for i in parsed(text)["items"]] == [BODY] * 3
    assert [t for _, _, t in tree(text)] == ["办好学校", "改善条件", "建强队伍", "组织实施"]


def test_a_part_of_a_plan_is_not_its_title() -> None:
    text = f"松涧县2024年教育工作思路\n总体思路\n{BODY}\n重点任务\n扩大学位供给\n{BODY}\n建强教师队伍\n{BODY}\n保障措施\n{BODY}\n"
    made = parsed(text)
    assert made["plans"][0]["title"] == "松涧县2024年教育工作思路"
    assert [t for _, _, t in tree(text)] == ["总体思路", "重点任务", "保障措施"]
    assert [i["heading"] for i in made["items"]] == ["总体思路", "扩大学位供给", "建强教师队伍", "保障措施"]


def test_a_number_without_a_point_before_a_whole_line_is_not_cut() -> None:
    text = f"松涧县校车应急预案\n1 总则\n1.1 目的\n{BODY}\n2 组织机构和职责\n2.1 指挥部\n{BODY}\n3 应急保障措施与要求\n3.1 物资\n{BODY}\n"
    assert [t for level, _, t in tree(text) if level == 1] == ["总则", "组织机构和职责", "应急保障措施与要求"]


def test_titles_in_two_halves_that_run_into_their_text_are_cut_together() -> None:
    run = [
        "聚力项目建设，扩大有效投资抓实前期工作",
        "聚力乡村振兴，促进城乡融合守住耕地红线",
        "聚力民生改善，增进群众福祉办好为民实事",
    ]
    assert sense.pairs(run) == [13, 13, 13]
    assert sense.pairs(["强化党建责任，深入推进从严治党", "统筹各类教育，着力提升办学水平"]) == [0, 0]
    assert sense.cuts(["2023年工作回顾过去一年，全县经济运行平稳", "指导思想坚持育人为本，办好学校"]) == [9, 4]


def test_the_last_of_a_family_that_lost_its_number_keeps_its_level() -> None:
    text = f"松涧县2024年工作计划\n一、办好学校\n（一）改善条件。{BODY}\n（二）建强队伍。{BODY}\n二、提高质量\n（一）教研。{BODY}\n（二）课改。{BODY}\n组织实施\n（一）加强领导。{BODY}\n（二）强化督查。{BODY}\n"
    assert [t for level, _, t in tree(text) if level == 1] == ["办好学校", "提高质量", "组织实施"]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("试点学校对总体情况、主要做法、存在的问题及建议等进行评估总结。", "task"),
        ("针对教师队伍存在的问题，逐校制定整改方案。", "task"),
        ("教师队伍还存在结构性缺员等问题。", "problem"),
    ],
)
def test_what_is_done_about_shortcomings_is_a_task(body: str, wanted: str) -> None:
    assert tense.of(body, "action_plan") == wanted


@pytest.mark.parametrize("text", ["专栏1 " * 40_000, "一、目标 " * 40_000, "。3、规范办学" * 40_000, "但也" * 100_000])
def test_long_lines_are_parsed_in_linear_time(text: str) -> None:
    begun = time.process_time()
    parsed(text)
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    ("lead", "wanted"),
    [
        ("来路不平坦，短板不容忽视：", "problem"),
        ("前行仍有困难：", "problem"),
        ("成绩属于过去，不足还在眼前：", "problem"),
        ("短板加快补齐：", "review"),
        ("突出问题有效化解：", "review"),
        ("困难群众生活改善：", "review"),
        ("面对困难，全县同心：", "review"),
        ("办学条件改观：", "review"),
    ],
)
def test_a_lead_that_names_what_falls_short_is_of_shortcomings(lead: str, wanted: str) -> None:
    text = f"{lead}校舍陈旧，教师偏少，公共交通不够方便，山区学校的运动场地尚待改造。"
    body, heading = (text, "") if len(lead) > 26 else (text.split("：", 1)[1], lead[:-1])
    assert tense.tenses([body], [["过去一年工作回顾", heading]], "work_report", 2024, True) == [wanted]
    assert tense.tenses([text], [["过去一年工作回顾"]], "work_report", 2024, True) == [wanted]
    assert tense.tenses([text], [["今年重点任务"]], "work_report", 2024, True) == ["task"]


FIVE_YEARS = [  # heading of the part, begin of the paragraph, what it tells in a report for 2026
    ("“十五五”时期发展的主要考虑", "省里已对全局作出谋划。", "task"),
    ("牢记嘱托再出发", "这片土地承载着厚望。", "task"),
    ("“十四五”发展成就和“十五五”目标", "这五年，粮仓更满，道路更宽。", "review"),
    ("“十四五”发展成就和“十五五”目标", "“十五五”时期是爬坡的五年。", "task"),
    ("“十四五”发展成就和“十五五”目标", "根据县委关于制定第十五个五年规划的建议，草案提请审查。", "task"),
    ("关于第十五个五年规划纲要的说明", "县域经济再上台阶。", "task"),
    ("“十四五”收官情况", "产业添了新动能。", "review"),
]


@pytest.mark.parametrize(("part", "body", "wanted"), FIVE_YEARS)
def test_five_years_are_done_or_ahead_as_they_lie_before_or_after_the_year_of_the_report(
    part: str, body: str, wanted: str
) -> None:
    bodies = ["产业稳步发展，学校建成三所。", "我们也清醒看到，发展中还有困难和问题。", body]
    chains = [["过去一年工作回顾"], ["过去一年工作回顾"], [part]]
    assert tense.tenses(bodies, chains, "work_report", 2026, True) == ["review", "problem", wanted]


@pytest.mark.parametrize(("year", "wanted"), [(2020, "task"), (2023, "review"), (2026, "review")])
def test_a_five_year_plan_under_way_is_neither_done_nor_ahead(year: int, wanted: str) -> None:
    assert tense.tenses(["抓好落实。"], [["“十四五”规划实施"]], "work_report", year, True) == [wanted]
