"""The places of a plan that the table of regions lacks: its own, by its voice or session; those above, by their form."""

from __future__ import annotations

import time
from typing import Any

import pytest

from analysis import parse
from analysis.parse import suffixes, voice
from analysis.text import Repaired, Source, Text

BODY = "年内新建图书室三间，改建操场四处，乡镇学校的运动条件逐步改善，师生都能就近锻炼。"


def facts_of(text: str) -> dict[str, Any]:
    source = Source(path="plan.txt", sha256="0" * 64, format="txt", text=text)
    return parse.plan(Repaired(source=source, text=Text.of(text)))["plans"][0]


def place(text: str) -> tuple[str | None, str | None, str | None, str]:
    row = facts_of(text)
    return row["province"], row["city"], row["county"], row["region_level"]


def county(preamble: str) -> tuple[str | None, str | None, str | None, str]:
    return place(f"松涧县2024年教育工作计划\n{preamble}\n一、改善条件\n{BODY}\n二、建强队伍\n{BODY}")


@pytest.mark.parametrize(
    ("preamble", "province", "city"),
    [
        ("根据栎川省汀阳市和松涧县委、县政府的部署，制定本计划。", "栎川省", "汀阳市"),
        ("围绕汀阳市“教育二十条”，办好每一所学校。", None, "汀阳市"),
        ("汀阳市下达的各项任务全面完成，办学水平走在栎川省前列。", "栎川省", "汀阳市"),
        ("按照全省、全市部署，落实市委要求，创建卫生城市。", None, None),
        ("组织校长赴汀阳市考察，学习汀阳市的经验。", None, None),
        ("与汀阳市结对，引进来自汀阳市的教师，对口支援汀阳市。", None, None),
        ("按照汀阳市部署，落实枫桥市政府要求。", None, None),  # two cities: neither is sure
    ],
)
def test_places_above_are_those_that_the_preamble_works_under(
    preamble: str, province: str | None, city: str | None
) -> None:
    assert county(preamble) == (province, city, "松涧县", "county")


def test_a_place_of_the_table_takes_nothing_from_the_preamble() -> None:
    text = f"温岭市教育局2024年工作计划\n围绕汀阳市“教育二十条”，办好每一所学校。\n一、改善条件\n{BODY}"
    assert place(text)[1] == "台州市"


REPORT = f"""政府工作报告
——2023年1月6日在松涧县第十八届人民代表大会第二次会议上
县人民政府县长　林远
各位代表：
现在，我代表县人民政府，向大会报告工作，请予审议。
2022年工作回顾
过去的一年，汀阳市下达的任务全面完成。{BODY}
2023年重点任务
{BODY}"""


def test_the_session_names_the_place_and_the_government_of_a_report() -> None:
    assert place(REPORT) == (None, "汀阳市", "松涧县", "county")
    assert facts_of(REPORT)["issuer"] == "松涧县人民政府"


def test_a_report_without_a_session_is_of_the_place_that_it_speaks_of() -> None:
    text = REPORT.replace("松涧县第十八届", "县第十八届")
    assert place(text)[2:] == (None, "county")  # the speaker tells the level
    named = text.replace("过去的一年", "过去的一年，松涧县迈出新步伐").replace(
        "2023年重点任务", "2023年重点任务\n建设松涧县工业园"
    )
    assert place(f"{named}\n让我们为建设富裕美丽新松涧而努力奋斗！")[2:] == ("松涧县", "county")


@pytest.mark.parametrize(
    ("spoken", "level"),
    [
        ("我代表县人民政府", "county"),
        ("我谨代表市人民政府", "city"),
        ("我代表省人民政府", "province"),
        ("我代表区政府", "county"),
    ],
)
def test_the_speaker_tells_the_level_also_among_words_of_other_levels(spoken: str, level: str) -> None:
    assert voice.own_level(f"{spoken}报告工作。全市全省全镇全县我市我省我镇，市委、市政府。") == level


@pytest.mark.parametrize(
    ("text", "level", "found"),
    [
        ("办学水平走在栎川省前列", "province", ["栎川省"]),
        ("落实省委要求，完成省下达的任务，建设教育强省", "province", []),
        ("推进汀阳市和枫桥市的学校", "city", ["汀阳市", "枫桥市"]),
        ("城市、超市、门市、上市，全市、市县联动，落实市政府要求", "city", []),
        ("乡村干部赴汀阳市、枫桥市学习", "city", []),
        ("在松涧县城新建两所，续建松涧县一中", "county", ["松涧县"]),
    ],
)
def test_names_are_told_from_words_by_what_stands_before(text: str, level: str, found: list[str]) -> None:
    assert [n.name for n in suffixes.names(text, level)] == found


@pytest.mark.parametrize("text", ["在汀阳市" * 50_000, "市" * 200_000, "县城乡" * 60_000, "赴" * 200_000])
def test_names_are_read_in_linear_time(text: str) -> None:
    begun = time.process_time()
    for level in ("province", "city", "county"):
        list(suffixes.names(text, level))
    assert time.process_time() - begun < 5


def test_a_whole_county_is_no_name_of_one() -> None:
    assert place(f"在全县教育工作会议上的讲话\n一、改善条件\n{BODY}\n二、建强队伍\n{BODY}")[2] is None


@pytest.mark.parametrize(
    ("title", "preamble", "wanted"),
    [
        ("乌兰图旗教育局", "落实自治区、哈沁盟和旗委、旗政府部署。", (None, "哈沁盟", "乌兰图旗", "county")),
        ("乌兰图旗教育局", "贯彻自治区党委和哈沁盟委部署。", (None, "哈沁盟", "乌兰图旗", "county")),
        ("临西苗族自治县教育局", "推进教育公平。", (None, None, "临西苗族自治县", "county")),
        ("江北林区教育局", "推进教育公平。", (None, None, "江北林区", "county")),
        ("安定桥区教育局", "推进教育公平。", (None, None, "安定桥区", "county")),
        ("哈龙江县教育局", "推进哈龙江县教育公平。", (None, None, "哈龙江县", "county")),
        ("岚江省龙江县教育局", "推进教育公平。", ("岚江省", None, "龙江县", "county")),
        ("安定教育局", "办好全县学校。", (None, None, None, "county")),  # 安定 of the table is a 区
        ("乌兰教育局", "落实哈沁盟和旗委部署，办好全旗学校。", (None, None, None, "county")),
        ("安定教育局", "办好全区学校。", ("甘肃省", "定西市", "安定区", "county")),
        ("温岭教育局", "办好全市学校。", ("浙江省", "台州市", "温岭市", "county")),
        ("全面推进温岭市教育", "办好温岭市学校。", ("浙江省", "台州市", "温岭市", "county")),
    ],
)
def test_a_name_of_the_table_inside_an_unknown_longer_one_is_not_meant(
    title: str, preamble: str, wanted: tuple[str | None, ...]
) -> None:
    assert place(f"{title}2024年工作要点\n{preamble}\n一、改善条件\n{BODY}\n二、建强队伍\n{BODY}") == wanted


@pytest.mark.parametrize(
    ("sentence", "province"),
    [
        ("扩大优质资源，力争新增省示范高中2所。", None),
        ("年内争创省特色学校3所，获评省文明校园1所。", None),
        ("推进省部共建，迎接省厅复查，创成国家级示范区。", None),
        ("全面落实栎川省安排，力争新增省示范高中2所。", "栎川省"),
        ("各项指标力争栎川省前列。", "栎川省"),
    ],
)
def test_standings_of_a_level_are_no_names(sentence: str, province: str | None) -> None:
    assert county(sentence)[0] == province


@pytest.mark.parametrize(
    "text",
    [
        "柳汀区教育委员会2024年工作要点\n根据重庆市柳汀区委的部署，做好以下工作。",
        "重庆市柳汀区教育委员会2024年工作要点\n做好以下工作。",
        "柳汀区教育委员会2024年工作要点\n按照重庆市安排，做好以下工作。",
    ],
)
def test_a_municipality_is_the_province_of_its_districts(text: str) -> None:
    assert place(f"{text}\n一、改善条件\n{BODY}\n二、建强队伍\n{BODY}") == ("重庆市", None, "柳汀区", "county")


@pytest.mark.parametrize(
    ("level", "text"),
    [
        ("province", "落实栎川省级部署"),
        ("city", "落实汀阳市级部署"),
        ("city", "落实汀阳自治州级部署"),
        ("county", "落实松涧旗级部署"),
    ],
)
def test_the_name_of_a_level_is_not_that_of_a_place(level: str, text: str) -> None:
    assert not list(suffixes.names(text, level))
