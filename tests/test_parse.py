"""What a document is, its outline, its items: from clean text, also where numbering and breaks are damaged."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from opencc import OpenCC

from analysis import extract, frames, parse, read, repair
from analysis.parse import dates, facts, markers, places, sense, tense, titles, voice
from analysis.parse.heading import title_end
from analysis.text import Repaired, Source, Text

PROJECT = Path(__file__).resolve().parents[1]
NUMBER = r"[0-9０-９〇零一二两三四五六七八九十百千万亿半]"
SAMPLE, GOLD = PROJECT / "data/raw/sample", PROJECT / "tests/plans"


def repaired(text: str, path: str = "plan.txt", **stated: Any) -> Repaired:
    """A clean document of our own writing."""
    tables, headings, noise = stated.pop("tables", []), stated.pop("headings", []), stated.pop("noise", [])
    source = Source(path=path, sha256="0" * 64, format="txt", text=text, metadata=stated)
    return Repaired(source=source, text=Text.of(text), tables=tables, headings=headings, noise=noise)


def parsed(text: str, **stated: Any) -> dict[str, list[dict[str, Any]]]:
    return parse.plan(repaired(text, **stated))


def facts_of(text: str, **stated: Any) -> dict[str, Any]:
    return parsed(text, **stated)["plans"][0]


def tree(text: str, **stated: Any) -> list[tuple[int, str, str]]:
    rows = parsed(text, **stated)["outline"]
    return [(r["level"], r["marker"], r["title"]) for r in rows if r["kind"] == "heading"]


BODY = "学前教育扩容提质，年内新建幼儿园三所，改扩建四所，城区入园难题逐步缓解，乡镇中心园全部达到标准。"
POINTS = f"""青禾县教育局2024年工作要点
2024年全县教育工作要坚持稳中求进，办好每一所学校。
一、扩大学位供给
1.加快学校建设。{BODY}
2.优化学校布局。{BODY}
二、建强教师队伍
3.补充教师。{BODY}
（责任单位：人事股）
青禾县教育局
2024年2月6日"""


def test_every_fact_of_a_plain_plan_is_read_with_its_place() -> None:
    row = facts_of(POINTS)
    wanted = {
        "title": "青禾县教育局2024年工作要点", "doc_type": "work_points", "is_plan": True, "sector": "education",
        "issuer": "青禾县教育局", "county": "青禾县", "region_code": None, "region_level": "county", "plan_year": 2024,
        "plan_until": 2024, "written": "2024-02-06", "published": "2024-02-06", "doc_number": None,
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted
    for seen in row["evidence"]:
        assert 0 <= seen["start"] <= seen["end"] <= len(POINTS)
        if seen["field"] in ("title", "issuer"):
            assert POINTS[seen["start"] : seen["end"]] == seen["cue"]


def test_a_place_that_the_table_lacks_is_said_to_be_so() -> None:
    messages = [row["message"] for row in parsed(POINTS)["problems"]]
    assert any("青禾县" in message and "not in the table" in message for message in messages)


def test_the_rows_keep_the_promises_of_their_frames() -> None:
    tables = parse.plans([repaired(POINTS)])
    for name, frame in tables.items():
        frames.check(name, frame)
    assert len(tables["plans"]) == 1
    assert len(tables["items"]) == 3


def test_an_items_span_cuts_its_text_out_of_the_plan() -> None:
    rows = parsed(POINTS)
    for item in rows["items"]:
        assert rows["plans"][0]["text"][item["start"] : item["end"]] == item["text"]
    assert [item["heading"] for item in rows["items"]] == ["加快学校建设", "优化学校布局", "补充教师"]


TYPES = [
    ("青禾县2024年教育工作要点", "work_points"),
    ("青禾县教育局2024年工作计划", "work_plan"),
    ("青禾县“十四五”教育发展规划", "long_term_plan"),
    ("青禾县国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要", "long_term_plan"),
    ("青禾县学前教育提升行动计划（2023—2025年）", "action_plan"),
    ("教育强县建设规划纲要实施方案", "action_plan"),
    ("关于加快推进职业教育发展的实施意见", "opinion"),
    ("关于支持民办教育发展若干措施的通知", "opinion"),
    ("青禾县教育局2023年工作总结", "work_report"),
    ("2023年工作总结和2024年工作计划", "work_report"),
    ("青禾县政府工作报告", "work_report"),
    ("关于做好2024年秋季招生工作的通知", "notice"),
    ("关于表彰先进单位的决定", "other"),
    ("青禾县校车安全管理办法（试行）", "other"),
]


@pytest.mark.parametrize(("title", "kind"), TYPES)
def test_a_type_is_the_last_noun_of_the_title(title: str, kind: str) -> None:
    assert facts.doc_type(title) == kind


PERIODS = [  # title, written, first, last
    ("青禾县2024年教育工作要点", None, 2024, 2024),
    ("二〇一九年教育工作计划", None, 2019, 2019),
    ("青禾县“十四五”教育事业发展规划", "2021-11-25", 2021, 2025),
    ("青禾县国民经济和社会发展第十五个五年规划纲要", None, 2026, 2030),
    ("学前教育三年行动计划（2018-2020年）", "2018-06-01", 2018, 2020),
    ("2023—2024学年度教学工作计划", None, 2023, 2024),
    ("青禾县实验中学2023学年工作计划", "2023-09-01", 2023, 2024),
    ("2023学年度第一学期德育工作计划", None, 2023, 2024),
    ("2023年学校工作计划", None, 2023, 2023),
    ("2023年工作总结和2024年工作计划", None, 2024, 2024),
    ("教育局20**年工作要点", None, None, None),
    ("关于深化教学改革的意见", "2022-05-19", 2022, 2022),
]


@pytest.mark.parametrize(("title", "written", "first", "last"), PERIODS)
def test_a_period_is_what_the_title_names_else_the_date(
    title: str, written: str | None, first: int | None, last: int | None
) -> None:
    found = facts.period(title, "", facts.doc_type(title), "各学校要认真落实。", [], written)
    assert (found.first, found.last) == (first, last)


DATES = [
    ("2024年2月6日", "2024-02-06"), ("2024 年 2 月 6 日", "2024-02-06"), ("二〇二四年二月六日", "2024-02-06"),
    ("一九九六年十二月二十九日", "1996-12-29"), ("二○○五年三月三日", "2005-03-03"), ("2017-02-23", "2017-02-23"), ("2023年2月30日", None),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "value"), DATES)
def test_dates_are_read_in_every_writing_and_impossible_ones_are_none(printed: str, value: str | None) -> None:
    assert next((d.value for d in dates.dates(printed)), None) == value


NOTICE = f"""青禾县人民政府办公室关于印发《青禾县学前教育行动计划（2023—2025年）》的通知
青政办发〔2023〕12号
各乡镇人民政府，县政府各部门：
《青禾县学前教育行动计划（2023—2025年）》已经县政府同意，现印发给你们，请认真组织实施。
青禾县人民政府办公室
2023年5月19日
青禾县学前教育行动计划
（2023—2025年）
为贯彻《岭海省学前教育规划》（岭政发〔2021〕3号）精神，推进岭海省临川市青禾县学前教育发展，结合实际制定本计划，各有关单位要结合职责抓好落实，确保取得实效。
一、总体要求
{BODY}
二、重点任务
（一）扩大资源。{BODY}
（二）提高质量。{BODY}"""


def test_a_notice_is_unwrapped_and_a_cited_number_is_not_its_own() -> None:
    row = facts_of(NOTICE)
    assert row["title"] == "青禾县学前教育行动计划（2023—2025年）"
    assert row["notice_title"] == "青禾县人民政府办公室关于印发《青禾县学前教育行动计划（2023—2025年）》的通知"
    assert row["doc_type"] == "action_plan"
    assert row["issuer"] == "青禾县人民政府办公室"
    assert row["doc_number"] == "青政办发〔2023〕12号"
    assert row["written"] == "2023-05-19"
    assert (row["plan_year"], row["plan_until"]) == (2023, 2025)


def test_parents_are_those_that_the_text_prints_before_the_name() -> None:
    row = facts_of(NOTICE)
    assert (row["province"], row["city"], row["county"], row["region_code"]) == ("岭海省", "临川市", "青禾县", None)


HEADS = [  # head of a document → its title, issuer, number, written
    (
        "校车安全指引，岚江省教育厅\n校车应当每学期检查一次，驾驶员应当每年培训一次，线路应当报县教育局备案，并在校门口公示，接受家长监督。\n",
        ("校车安全指引", "岚江省教育厅", None, None),
    ),
    (
        "校车管理办法\n岚江省人民政府令第12号\n《校车管理办法》已经2021年3月2日省政府第8次常务会议通过，现予公布，自2021年5月1日起施行。\n省长 王小明2021年3月5日\n第一条为了保障安全，制定本办法。\n",
        ("校车管理办法", "岚江省人民政府", "岚江省人民政府令第12号", "2021-03-05"),
    ),
    (
        "岚江省校车条例\n岚江省校车条例（2021年8月20日岚江省第十三届人民代表大会常务委员会第三十次会议通过）第一章总则第一条为了保障安全，制定本条例。\n",
        ("岚江省校车条例", None, None, "2021-08-20"),
    ),
    (
        "关于加强校车管理的指导意见\n关于印发《关于加强校车管理的指导意见》的通知岚教发〔2021〕7号\n各市教育局：\n现印发给你们，请认真贯彻执行。\n教育部公安部交通运输部2021年9月17日\n关于加强校车管理的指导意见\n为加强校车管理，现提出如下意见。\n一、加强检查\n每学期检查一次。\n",
        ("关于加强校车管理的指导意见", "教育部、公安部、交通运输部", "岚教发〔2021〕7号", "2021-09-17"),
    ),
    (
        "校车管理办法\n关于印发《校车管理办法》的通知岚教发〔2021〕9号各市教育局：为加强管理制定了本办法，现印发给你们，请认真遵照执行。岚江省教育厅2021年3月7日校车管理办法第一条为了保障安全，制定本办法。第二条校车应当每学期检查一次。\n",
        ("校车管理办法", "岚江省教育厅", "岚教发〔2021〕9号", "2021-03-07"),
    ),
    (
        "“十四五”校车\n发展规划\n岚江省教育厅\n一、发展回顾\n校车逐年增加，线路覆盖所有乡镇。\n",
        ("“十四五”校车发展规划", "岚江省教育厅", None, None),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), HEADS, ids=[wanted[0][:6] for _, wanted in HEADS])
def test_heads_of_orders_laws_and_notices_without_breaks_are_read(text: str, wanted: tuple[str | None, ...]) -> None:
    row = facts_of(text)
    found = (row["title"], row["issuer"], row["doc_number"], row["written"])
    assert tuple(f for f, w in zip(found, wanted, strict=True) if w) == tuple(w for w in wanted if w)


RUN_IN = [  # a text without line breaks → its title
    ("岚江省青禾县2024年校车工作计划 为管好校车，根据县政府部署，制定本计划。", "岚江省青禾县2024年校车工作计划"),
    (
        "青禾县教育局2024年工作要点（讨论稿） 全县教育工作坚持质量第一，着力补短板。",
        "青禾县教育局2024年工作要点（讨论稿）",
    ),
    ("青禾县教育局关于校车安全的工作方案　各乡镇要高度重视，逐级落实责任。", "青禾县教育局关于校车安全的工作方案"),
    ("全县教育工作稳步推进，各校计划 逐月落实，学年末由县教育局检查。", None),
]


@pytest.mark.parametrize(("first", "title"), RUN_IN)
def test_a_title_that_runs_into_its_text_ends_at_a_type_word_and_a_blank(first: str, title: str | None) -> None:
    text = f"{first}一、加强检查。每学期检查一次，覆盖全部线路。二、强化培训。培训驾驶员200名，全部持证上岗。"
    assert facts_of(text)["title"] == title


OWN_BLOCK = "索引号：QH0001/2024-00012\n文号：青教〔2024〕5号\n发布机构：青禾县教育局\n成文日期：2024年3月5日\n"
POSTED = [  # lines above a plan → published
    (OWN_BLOCK + "发布日期：2024-03-09 10:20\n", "2024-03-09"),
    ("成文日期：2024年3月5日\n发布时间：2024-03-09\n发布机构：青禾县教育局\n", "2024-03-09"),
    ("发布日期：2024-03-09 10:20\n", "2024-03-05"),
    (OWN_BLOCK + "来源：好范文网\n发布日期：2024-06-30\n", "2024-03-05"),
]


@pytest.mark.parametrize(("above", "day"), POSTED)
def test_the_day_of_publishing_counts_where_the_official_block_stands(above: str, day: str) -> None:
    text = f"{above}青禾县教育局2024年工作要点\n全县教育工作要坚持质量第一。\n一、加强检查\n{BODY}\n青禾县教育局\n2024年3月5日"
    row = facts_of(text)
    assert (row["written"], row["published"]) == ("2024-03-05", day)


def test_a_copy_of_the_official_block_on_a_reposters_page_is_not_the_official_page() -> None:
    text = f"{OWN_BLOCK}青禾县教育局2024年工作要点\n全县教育工作要坚持质量第一。\n一、加强检查\n{BODY}\n青禾县教育局\n2024年3月5日"
    row = facts_of(text, publisher="好范文网", published="2024-06-30")
    own = facts_of(text, publisher="青禾县教育局", published="2024-03-09")
    assert (row["published"], own["published"]) == ("2024-03-05", "2024-03-09")


BLOCKS = [  # one block, as copies print it
    "【索引号】QH-0001/2024-00012 【发文字号】青教〔2024〕5号\n【发布日期】2024-03-09 【成文日期】2024-03-05",
    "[信息索引号] QH-0001/2024-00012\n[公文文号] 青教〔2024〕5号\n[公开日期] 2024年3月9日\n[生成日期] 2024年3月5日",
    "索 引 号：QH-0001/2024-00012\t文 号：青教〔2024〕5号\t成文日期：2024-03-05\t发文日期：2024-03-09",
    "索引号：\nQH-0001/2024-00012\n发文字号：\n青教〔2024〕5号\n成文时间：\n2024年3月5日\n发布时间：\n2024年3月9日",
    "索引号: QH-0001/2024-00012 | 公文字号: 青教〔2024〕5号 | 印发日期: 2024-03-05 | 公布日期: 2024-03-09",
]


@pytest.mark.parametrize("block", BLOCKS)
def test_the_official_block_is_read_in_every_form_that_copies_print(block: str) -> None:
    row = facts_of(f"{block}\n青禾县教育局2024年工作要点\n全县教育工作要坚持质量第一。\n一、加强检查\n{BODY}")
    assert (row["index_number"], row["doc_number"]) == ("QH-0001/2024-00012", "青教〔2024〕5号")
    assert (row["written"], row["published"], row["title"]) == (
        "2024-03-05",
        "2024-03-09",
        "青禾县教育局2024年工作要点",
    )


def test_a_day_in_a_sentence_is_no_sign_off() -> None:
    text = "青禾县教育局2024年工作要点\n全县教育工作稳步推进。县教育局2023年12月5日召开会议部署。\n一、加强教师队伍建设\n培训教师200名。\n"
    assert facts_of(text)["written"] is None


def test_a_title_cut_over_lines_is_one() -> None:
    text = f"青禾县人民政府办公室\n关于全面推行集团化办学\n和教育评价制度的指导意见\n各学校：\n{BODY * 3}\n一、总体要求\n{BODY}"
    assert facts_of(text)["title"] == "青禾县人民政府办公室关于全面推行集团化办学和教育评价制度的指导意见"


JUNK = [
    ("2023年工作要点-11篇(第18/27页)", "2023年工作要点"),
    ("青禾县教育局工作总结范文", "青禾县教育局工作总结"),
    ("《青禾县2024年工作要点》", "青禾县2024年工作要点"),
    ("国 家 粮 食 应 急 预 案", "国家粮食应急预案"),
]


@pytest.mark.parametrize(("line", "title"), JUNK)
def test_what_a_download_site_hung_on_a_title_goes(line: str, title: str) -> None:
    assert titles.clean(line) == title


def test_a_government_report_takes_year_day_and_place_from_its_session() -> None:
    text = (
        "政府工作报告\n——2024年1月18日在青禾县第十七届\n人民代表大会第三次会议上\n青禾县人民政府县长 林知远\n各位代表：\n"
        f"现在，我代表县人民政府，向大会报告工作，请予审议。\n一、2023年工作回顾\n{BODY * 2}\n{BODY * 2}\n"
        f"二、2024年工作安排\n{BODY * 2}\n各位代表！让我们更加紧密地团结起来，努力奋斗！"
    )
    rows = parsed(text)
    row = rows["plans"][0]
    assert (row["county"], row["plan_year"], row["written"]) == ("青禾县", 2024, "2024-01-18")
    assert (row["issuer"], row["sector"], row["is_plan"]) == ("青禾县人民政府", "government", True)
    assert [item["tense"] for item in rows["items"]] == ["review", "review", "task"]
    (trailer,) = [part for part in rows["outline"] if part["kind"] == "trailer"]
    assert text[trailer["start"] : trailer["end"]].startswith("各位代表！让我们")


REAL = [  # title, year, county, code
    ("浙江省台州市温岭市教育局2017年工作要点", 2017, "温岭市", "331081"),
    ("温岭市大溪镇人民政府2023年工作要点", 2023, "温岭市", "331081"),
    ("襄樊市教育局2008年工作要点", 2008, None, "420600"),
    ("宁波市鄞州人民政府办公室关于河道治理的指导意见", 2022, "鄞州区", "330212"),
]


@pytest.mark.parametrize(("title", "year", "county", "code"), REAL)
def test_real_places_have_the_code_of_the_plans_year(title: str, year: int, county: str | None, code: str) -> None:
    found = places.named(title, [("title", 0, len(title))], year)
    assert found is not None
    assert (found.county, found.code) == (county, code)


def test_a_towns_plan_keeps_the_town_and_has_its_countys_code() -> None:
    title = "温岭市大溪镇人民政府2023年工作要点"
    found = places.named(title, [("title", 0, len(title))], 2023)
    assert found is not None
    assert (found.town, found.level, found.code) == ("大溪镇", "town", "331081")


def test_a_name_of_several_places_is_settled_only_by_its_parent_in_the_text() -> None:
    title = "鼓楼区教育局2023年工作要点"
    alone = places.named(title, [("title", 0, len(title))], 2023)
    with_city = places.named(title + "\n落实南京市教育工作会议精神。", [("title", 0, len(title))], 2023)
    cited = places.named(title + "\n组织校长赴南京市学习。", [("title", 0, len(title))], 2023)
    assert alone is not None and with_city is not None and cited is not None
    assert (alone.county, alone.code) == ("鼓楼区", None)
    assert with_city.code == "320106"
    assert cited.code is None


def test_a_cited_place_is_not_the_plans() -> None:
    text = f"县教育局2023年工作计划\n全县教育工作要坚持质量第一。\n一、开放办学\n1.加强协作。赴杭州市考察，与余杭区结对。{BODY}全县推广。"
    row = facts_of(text)
    assert (row["province"], row["region_code"], row["region_level"]) == (None, None, "county")


def masked(city: str, suffix: str = "区") -> str:
    voice_of_county = "全区教育系统落实区委、区政府部署。" * 3
    return f"***{suffix}人民政府\n{voice_of_county}制定《{city}***教师管理办法》和《{city}***学前教育方案》。{BODY}"


def test_a_masked_place_is_settled_where_one_possibility_is_left() -> None:
    assert voice.region(masked("定西市"), 2019).code == "621102"


def test_a_masked_place_with_several_possibilities_stays_open() -> None:
    found = voice.region(masked("南京市"), 2019)
    assert (found.code, found.level) == (None, "county")


NO_NAMES = [
    "关于加快产业园区教育发展的意见",
    "进一步加强城区教育工作的意见",
    "关于做好山区教育工作的计划",
    "全县教育工作要点",
    "县教育局工作要点",
]


@pytest.mark.parametrize("title", NO_NAMES)
def test_words_that_end_as_places_do_are_no_names(title: str) -> None:
    assert places.named(title, [("title", 0, len(title))], 2024) is None


VOICES = [
    ("全省各地要抓好落实，各市州要加强领导。", "province"),
    ("全市各县（市、区）要落实责任，市委、市政府高度重视。", "city"),
    ("全县各乡镇要落实责任。", "county"),
    ("我区各镇街要加强领导。", "county"),
    ("学校要加强管理。", "unknown"),
]


@pytest.mark.parametrize(("text", "level"), VOICES)
def test_the_level_is_that_of_the_plans_own_voice(text: str, level: str) -> None:
    assert voice.own_level(text) == level


def test_a_file_name_speaks_only_where_the_text_is_silent() -> None:
    silent = f"教育工作计划\n各学校要认真落实。\n一、扩大学位\n{BODY}\n二、建强队伍\n{BODY}\n三、保障安全\n{BODY}"
    assert parse.plan(repaired(silent, path="温岭市2017年教育工作计划.txt"))["plans"][0]["region_code"] == "331081"
    assert parse.plan(repaired(POINTS, path="温岭市2017年教育工作计划.txt"))["plans"][0]["county"] == "青禾县"


NO_PLANS = [
    ("青禾县召开教育工作会议", f"本报讯（记者 李禾）日前，青禾县召开教育工作会议。{BODY}"),
    ("在全县教育工作会议上的讲话", f"同志们：\n今天开会。\n一、认清形势\n{BODY}\n二、抓好落实\n{BODY}"),
    ("青禾年鉴", BODY * 3),
    ("关于同意设立青禾县第三幼儿园的批复", BODY * 2),
    ("工作总结大全", "\n".join(f"教育局工作总结第{n}号" for n in range(40))),
    ("青禾县教育局2024年工作要点", "略。"),
]


@pytest.mark.parametrize(("title", "body"), NO_PLANS)
def test_what_is_no_plan_says_why(title: str, body: str) -> None:
    rows = parsed(f"{title}\n{body}")
    assert rows["plans"][0]["is_plan"] is False
    assert any(row["message"].startswith("does not look like a plan, because") for row in rows["problems"])


def test_given_facts_override_the_text() -> None:
    row = parse.plan(repaired(POINTS), given={"plan_year": 2023, "county": "桑麓县"})["plans"][0]
    assert (row["plan_year"], row["county"], row["title"]) == (2023, "桑麓县", "青禾县教育局2024年工作要点")


def test_a_place_given_by_its_names_gets_its_code() -> None:
    given = {"province": "浙江省", "city": "台州市", "county": "温岭市", "plan_year": 2017}
    row = parse.plan(repaired(POINTS), given=given)["plans"][0]
    assert (row["region_code"], row["region_level"], row["plan_year"]) == ("331081", "county", 2017)
    masked_plan = parse.plan(repaired(POINTS), given={"province": "岭海省", "city": "临川市", "county": "荻浦县"})[
        "plans"
    ][0]
    assert (masked_plan["county"], masked_plan["region_code"], masked_plan["region_level"]) == (
        "荻浦县",
        None,
        "county",
    )


ZONES = [
    ("宁波市高新区管委会2023年工作要点", "330200"),
    ("苏州工业园区2023年工作要点", "320500"),
    ("西安市西咸新区教育体育局2023年工作要点", "610100"),
]


@pytest.mark.parametrize(("title", "code"), ZONES)
def test_a_zone_has_the_code_of_the_place_above_it(title: str, code: str) -> None:
    found = places.named(title, [("title", 0, len(title))], 2023)
    assert found is not None
    assert (found.code, found.level) == (code, "county")
    assert any("zone" in message for message in found.problems)


MARKERS = [
    ("第一章 总则", "chapter", 1), ("第十二节 保障", "section", 12), ("（三）推进改革", "han_paren", 3), ("(三)推进改革", "han_paren", 3),
    ("三）推进改革", "han_paren", 3), ("十一、加强领导", "han", 11), ("1.加强领导", "num", 1), ("1．加强领导", "num", 1), ("12、加强领导", "num", 12),
    ("（1）加强领导", "num_paren", 1), ("①加强领导", "circle", 1), ("一是加强领导", "shi", 1), ("二要加强领导", "shi", 2), ("第一，加强领导", "ordinal", 1),
    ("2.1 背景", "num_dec", 1),
]  # fmt: skip
NO_MARKERS = ["1.5万亩高标准农田", "3个项目开工", "2024年工作", "一些问题", "3.0版上线", "十分重要"]


@pytest.mark.parametrize(("line", "family", "number"), MARKERS)
def test_markers_of_official_writing_are_known(line: str, family: str, number: int) -> None:
    found = markers.at_start(line)
    assert found is not None
    assert (found.family, found.number) == (family, number)


@pytest.mark.parametrize("line", NO_MARKERS)
def test_amounts_and_years_are_no_markers(line: str) -> None:
    assert markers.at_start(line) is None


ENDS = [
    ("推进公平（一）。继续", "推进公平（一）"),
    ("总体要求：坚持", "总体要求"),
    ("时间为9:30开始。完", "时间为9:30开始"),
    ("落实“双减。”要求。再", "落实“双减。”要求"),
]


@pytest.mark.parametrize(("line", "title"), ENDS)
def test_a_title_ends_at_the_first_stop_outside_brackets(line: str, title: str) -> None:
    assert line[: title_end(line)] == title


def test_numbering_that_runs_on_across_parts_keeps_its_level() -> None:
    assert [(level, title) for level, _, title in tree(POINTS)] == [
        (1, "扩大学位供给"), (2, "加快学校建设"), (2, "优化学校布局"), (1, "建强教师队伍"), (2, "补充教师"),
    ]  # fmt: skip


def test_levels_come_from_nesting_in_the_document() -> None:
    text = f"青禾县工作要点\n一、甲类任务\n1.做好一事。{BODY}\n二、乙类任务\n（一）分类一\n2.做好二事。{BODY}\n（二）分类二\n3.做好三事。{BODY}"
    assert [(level, marker) for level, marker, _ in tree(text)] == [
        (1, "一、"), (2, "1."), (1, "二、"), (2, "（一）"), (3, "2."), (2, "（二）"), (3, "3."),
    ]  # fmt: skip


def test_first_second_third_are_headings_only_without_a_finer_division() -> None:
    alone = f"青禾县工作总结\n一、今后打算\n一是扩大学位。{BODY}\n二是建强队伍。{BODY}"
    inside = f"青禾县工作总结\n一、今后打算\n1.扩大学位。一是新建幼儿园。{BODY}二是改造小学。{BODY}\n2.建强队伍。{BODY}"
    assert [title for _, _, title in tree(alone)] == ["今后打算", "扩大学位", "建强队伍"]
    assert [title for _, _, title in tree(inside)] == ["今后打算", "扩大学位", "建强队伍"]


def test_a_contents_list_gives_no_headings() -> None:
    listed = POINTS.replace(
        "一、扩大学位供给\n", "目录\n一、扩大学位供给……1\n二、建强教师队伍……2\n一、扩大学位供给\n", 1
    )
    assert tree(listed) == tree(POINTS)


def test_lines_that_only_announce_and_addresses_are_no_headings() -> None:
    text = POINTS.replace("一、扩大", "重点做好以下工作：\n各位代表：\n一、扩大", 1)
    assert tree(text) == tree(POINTS)


def test_bare_titles_above_numbered_parts_are_headings() -> None:
    text = f"青禾县政府工作报告\n各位代表：\n2023年工作回顾\n{BODY * 2}\n2024年工作安排\n{BODY * 2}\n（一）扩大学位\n{BODY}\n（二）建强队伍\n{BODY}"
    assert [(level, title) for level, _, title in tree(text)] == [
        (1, "2023年工作回顾"), (1, "2024年工作安排"), (2, "扩大学位"), (2, "建强队伍"),
    ]  # fmt: skip


def test_headings_that_the_format_marks_count() -> None:
    text = f"青禾县教育改革计划\n学位建设\n{BODY}\n教师成长\n{BODY}"
    spans = [(text.index(t), text.index(t) + 4, 2) for t in ("学位建设", "教师成长")]
    assert [title for _, _, title in tree(text, headings=spans)] == ["学位建设", "教师成长"]


GLUED = "以提质为中心，着力强化管理1坚持依法决策严格按照程序办事，重大事项集体研究。2坚持依法办事教师招聘、物资采购要合法合规。3坚持依法追责按照谁主管谁负责的原则追究责任。"


def test_numbers_glued_into_text_are_cut_out_by_sense() -> None:
    text = "桑麓县教育局工作计划\n" + "新的一年全县教育要有新作为。" * 120 + GLUED
    assert tree(text, noise=["run_on"]) == [
        (1, "", "以提质为中心，着力强化管理"), (2, "1", "坚持依法决策"), (2, "2", "坚持依法办事"), (2, "3", "坚持依法追责"),
    ]  # fmt: skip


def test_a_part_and_its_first_child_in_one_run_on_line_are_two_headings() -> None:
    text = "桑麓县2023年工作总结 全年平稳，情况如下： 一、主要工作 （一）添置设备。全年购入课桌。 （二）培训教师。办班三期。 二、明年思路 （一）扩充学位。建成两校。 （二）抓好安全。消除隐患。"
    wanted = ["主要工作", "添置设备", "培训教师", "明年思路", "扩充学位", "抓好安全"]
    assert [(title, level) for level, _, title in tree(text, noise=["run_on"])] == list(
        zip(wanted, [1, 2, 2] * 2, strict=True)
    )


def test_titles_above_short_paragraphs_count_beside_their_like() -> None:
    short = "逐月调度进展，年底前全部销号，由办公室牵头负责，不留尾巴，逐级上报。"
    names = ["学位建设", "教师成长", "校园安全"]
    like = "\n".join(f"{name}\n{BODY * 2}" for name in names)
    assert [t for _, _, t in tree(f"桑麓县2023年工作思路\n{BODY}\n{like}\n督查落实\n{short}")] == [*names, "督查落实"]
    assert [
        t for _, _, t in tree(f"桑麓县2023年工作思路\n{BODY}\n{like[: like.index(names[1])]}督查落实\n{short}")
    ] == []


def test_numbers_inside_sentences_cut_nothing() -> None:
    text = POINTS.replace("三所，", "三所。第一、二、三产业融合，二、三级平台12个，投入3.5亿元，", 1)
    assert tree(text) == tree(POINTS)


CUTS = [
    ("加强党员干部自身建设完善党建工作制度，", 10),
    ("坚持教育内涵发展学前教育要重抓游戏，", 8),
    ("发挥教研引领作用一要组织教研员，", 8),
]


@pytest.mark.parametrize(("body", "length"), CUTS)
def test_a_heading_ends_where_a_sentence_begins(body: str, length: int) -> None:
    assert sense.cuts([body]) == [length]


def test_paragraphs_below_the_last_marked_level_are_items() -> None:
    text = (
        f"青禾县政府工作报告\n一、2024年重点任务\n做好以下工作。\n（一）做强产业\n扩大投资。{BODY}\n促进消费。{BODY}\n"
        f"——举办活动。{BODY}\n（二）改善民生\n{BODY}\n各位代表，{BODY}"
    )
    items = parsed(text)["items"]
    assert [item["heading"] for item in items] == ["扩大投资", "促进消费", "改善民生", ""]
    assert "——举办活动" in items[1]["text"]
    assert items[3]["part_id"] == "p1"  # an address to all is of the part above


TENSES = [
    (["一、工作回顾", "甲"], "work_report", "review"), (["二、存在的问题", "乙"], "work_report", "problem"),
    (["三、下一步打算", "丙"], "work_report", "task"), (["一、解决突出问题", "丁"], "work_plan", "task"), (["一、2023年工作回顾", "戊"], "work_plan", "review"),
]  # fmt: skip


@pytest.mark.parametrize(("chain", "kind", "wanted"), TENSES)
def test_headings_tell_review_task_and_problem(chain: list[str], kind: str, wanted: str) -> None:
    titles = [re.sub(r"^.、", "", title) for title in chain]
    assert tense.tenses([BODY], [titles], kind, 2024, False) == [wanted]


def test_rows_of_a_table_of_tasks_give_their_items_units_and_deadlines() -> None:
    table = "任务\t牵头科室\t配合科室\t完成时限\n新建幼儿园三所\t基建股\t计财股、学前股\t2024年8月底\n举办运动会\t体卫股\t\t2024年10月"
    rows = parsed(POINTS.replace("青禾县教育局\n2024年2月6日", table))
    first = rows["items"][0]
    assert (first["lead_units"], first["support_units"], first["deadline"]) == (
        ["基建股"],
        ["计财股", "学前股"],
        "2024年8月底",
    )
    assert any("举办运动会" in row["message"] for row in rows["problems"])


def test_a_table_that_is_the_plan_gives_an_item_a_row() -> None:
    text = "青禾县2024年民生实事任务分解表\n任务\t责任单位\t完成时限\n新建幼儿园三所\t教育局\t8月底\n改造农村道路十公里\t交通局\t10月底"
    items = parsed(text)["items"]
    assert [(item["text"], item["lead_units"]) for item in items] == [
        ("新建幼儿园三所", ["教育局"]),
        ("改造农村道路十公里", ["交通局"]),
    ]


def test_several_plans_in_one_file_are_taken_apart_with_their_maps() -> None:
    text = f"工作要点两篇\n第一篇\n{POINTS}\n第二篇\n{POINTS.replace('青禾', '桑麓')}"
    parts = parse.split(repaired(text))
    assert [parse.plan(part, n)["plans"][0]["county"] for n, part in enumerate(parts, 1)] == ["青禾县", "桑麓县"]
    start, end = parts[1].text.source_span(0, 3)
    assert text[start:end] == parts[1].text.clean[:3]
    assert parse.plan(parts[1], 2)["plans"][0]["plan_id"].endswith("-2")
    assert len(parse.split(repaired(POINTS))) == 1


# --- damage: headings F1 and share of right levels on five sample plans, each with its floor, which may only rise


def changed(edit: Callable[[str], str], every: int, first: int) -> Callable[[str], str]:
    """Damage to every n-th marked line."""

    def damage(text: str) -> str:
        lines = text.split("\n")
        for n, i in enumerate(marked(lines)):
            if n % every == first:
                lines[i] = edit(lines[i])
        return "\n".join(lines)

    return damage


def marked(lines: list[str]) -> list[int]:
    found = [markers.at_start(line) for line in lines]
    return [i for i, m in enumerate(found) if i > 3 and m is not None and m.family != "shi"]


def dropped(line: str) -> str:
    found = markers.at_start(line)
    return line[found.length :] if found else line


def renumbered(by: int) -> Callable[[str], str]:
    def edit(line: str) -> str:
        found = markers.at_start(line)
        if found is None or found.number is None or not 1 <= found.number + by <= 10:
            return line
        digits = re.search(r"[一二三四五六七八九十]+|\d+", found.printed)
        assert digits is not None
        number = found.number + by
        new = str(number) if digits.group(0).isdecimal() else "一二三四五六七八九十"[number - 1]
        return found.printed.replace(digits.group(0), new, 1) + line[found.length :]

    return edit


def swapped(line: str) -> str:
    return re.sub(r"^（([一二三四五六七八九十]+)）", r"\1、", line)


def glued(text: str) -> str:
    lines = text.split("\n")
    joined = set(marked(lines)[2::4])
    return "".join(("" if i in joined or i == 0 else "\n") + line for i, line in enumerate(lines))


def unbroken(text: str) -> str:
    first, rest = text.split("\n", 1)
    return first + "\n" + rest.replace("\n", "")


def with_contents(text: str) -> str:
    lines = text.split("\n")
    at = marked(lines)
    titles = [
        lines[i][: (m.length if (m := markers.at_start(lines[i])) else 0)] + dropped(lines[i]).split("。")[0]
        for i in at
    ]
    return "\n".join([*lines[: at[0]], "目录", *(f"{t}……{n}" for n, t in enumerate(titles, 1)), *lines[at[0] :]])


def torn(text: str) -> str:
    """Every fifth line broken behind a comma."""
    lines = text.split("\n")
    cut = [line.find("，", 60) + 1 if n % 5 == 2 and len(line) > 120 else 0 for n, line in enumerate(lines)]
    return "\n".join(f"{line[:k]}\n{line[k:]}" if k else line for line, k in zip(lines, cut, strict=True))


WAYS: list[tuple[str, Callable[[str], str], float, float]] = [
    ("none", str, 1.0, 1.0),
    ("one number in six dropped", changed(dropped, 6, 3), 0.98, 1.0),
    ("one number in four dropped", changed(dropped, 4, 2), 0.96, 1.0),
    ("numbers repeated", changed(renumbered(-1), 5, 2), 1.0, 1.0),
    ("numbers skipped", changed(renumbered(1), 5, 3), 1.0, 1.0),
    ("levels swapped", changed(swapped, 5, 3), 1.0, 0.97),
    ("headings glued to the line before", glued, 1.0, 1.0),
    ("all line breaks lost", unbroken, 1.0, 1.0),
    ("other brackets", lambda t: t.replace("（", "(").replace("）", ")"), 1.0, 1.0),
    ("other stops", lambda t: re.sub(r"(?m)^(\d+)[.、]", r"\1．", t), 1.0, 1.0),
    ("spaces in markers", lambda t: re.sub(r"(?m)^(\d+)[.、]", r"\1 . ", t.replace("（一）", "（ 一 ） ")), 1.0, 1.0),
    ("half a bracket", lambda t: re.sub(r"(?m)^（([一二三四五六七八九十]+)）", r"\1）", t), 1.0, 1.0),
    ("a contents list in front", with_contents, 1.0, 1.0),
    ("lines torn in mid-sentence", torn, 1.0, 1.0),
]  # fmt: skip
CLEAN = ["qinghe_2023_points", "linxi_2022_points", "shidu_2023_action", "yunbei_2024_report", "yunbei_plan"]


def fold(text: str) -> str:
    return re.sub(r"[\s\W_]+", "", text)


@pytest.fixture(scope="module")
def samples() -> list[tuple[str, list[tuple[str, int]]]]:
    """Clean texts of sample plans with the titles and levels of their headings."""
    out = []
    for name in CLEAN:
        gold = json.loads((GOLD / f"{name}.json").read_text("utf-8"))
        text = repair.text(read.source(str(SAMPLE / gold["source"]))).text.clean
        out.append((text, [(fold(h["title"]), h["level"]) for h in gold["outline"]]))
    return out


@pytest.mark.parametrize(("name", "damage", "f1_floor", "level_floor"), WAYS, ids=[way[0] for way in WAYS])
def test_headings_survive_damage(
    samples: list[tuple[str, list[tuple[str, int]]]],
    name: str,
    damage: Callable[[str], str],
    f1_floor: float,
    level_floor: float,
) -> None:
    hits = levels = wanted = found = 0
    for text, gold in samples:
        noise = ["run_on"] if damage is unbroken else []
        rows = [(fold(title), level) for level, _, title in tree(damage(text), noise=noise)]
        left = [title for title, _ in gold]
        for title, level in rows:
            if title in left:
                left.remove(title)
                hits += 1
                levels += (title, level) in gold
        wanted, found = wanted + len(gold), found + len(rows)
    assert 2 * hits / (wanted + found) >= f1_floor, f"{name}: F1 {2 * hits / (wanted + found):.3f}"
    assert levels / hits >= level_floor, f"{name}: levels {levels / hits:.3f}"


LONG = ["1" * 1_000_000, "、" * 1_000_000, "（" * 1_000_000, "一、" * 300_000, "省市县" * 200_000, "青禾县" * 200_000]


@pytest.mark.parametrize("text", LONG, ids=[text[:3] for text in LONG])
def test_a_million_characters_do_not_run_away(text: str) -> None:
    start = time.process_time()
    parsed(f"青禾县工作要点\n{text}")
    assert time.process_time() - start < 30


def test_ten_thousand_headings_do_not_run_away() -> None:
    lines = "\n".join(f"{n % 100 + 1}.加强工作{n}。继续抓好落实，确保完成任务。" for n in range(10_000))
    start = time.process_time()
    assert len(parsed(f"青禾县工作要点\n{lines}")["items"]) == 10_000
    assert time.process_time() - start < 20


def test_an_empty_text_is_a_row_without_facts() -> None:
    row = facts_of("")
    assert (row["title"], row["plan_year"], row["is_plan"]) == (None, None, False)


def printed(text: str) -> str:
    """Characters as printed, whatever their width and script, without white space and marks."""
    return re.sub(r"[\s\W_]+", "", OpenCC("t2s").convert(unicodedata.normalize("NFKC", text)))


@pytest.mark.parametrize("file", [f for f in read.find([SAMPLE]).files if "扫描" not in f], ids=lambda f: Path(f).stem)
def test_the_source_span_of_every_metric_holds_its_number(file: str) -> None:
    source = read.source(file)
    made = repair.text(source)
    rows = parse.plan(made)
    metrics = extract.records(rows["plans"][0], rows["items"], made.text, source.pages)["metrics"]
    cut = [(source.text[m["source_start"] : m["source_end"]], made.text.clean[m["start"] : m["end"]]) for m in metrics]
    assert len(cut) >= 5
    assert [pair for pair in cut if printed(pair[0]) != printed(pair[1])] == []
    assert [m for m, (a, _) in zip(metrics, cut, strict=True) if not re.search(NUMBER, a) and not m["worded"]] == []


def test_a_numbered_box_is_a_part_and_its_short_tasks_are_items() -> None:
    text = (
        "云陂市“十四五”教育事业发展规划\n第一章 主要任务\n第一节 优化布局\n统筹城乡学校布局，新建学校20所。\n专栏1 学校建设工程\n"
        "1.新建幼儿园30所，新增学位9000个。\n2.建设高中2所。\n第二节 建强队伍\n招聘教师2000名，轮训全体教师。\n专栏2 教师素质工程\n培养名师50名，支持名师开设工作室。\n"
    )
    boxes = [(level, title) for level, marker, title in tree(text) if marker.startswith("专栏")]
    assert boxes == [(3, "学校建设工程"), (3, "教师素质工程")]
    assert "建设高中2所。" in [item["text"] for item in parsed(text)["items"]]
