"""Amounts as plans print them, and what only looks like one."""

from __future__ import annotations

import time

import pytest

from analysis import numerals

AMOUNTS = [  # text, value, value_high, unit, comparator
    ("室温不得低于18℃", 18, None, "℃", "ge"),
    ("出口带宽不低于1000M", 1000, None, "M", "ge"),
    ("专线带宽提高到10G", 10, None, "G", "eq"),
    ("检查98家校园食堂", 98, None, "家", "eq"),
    ("办好十件民生实事", 10, None, "件", "eq"),
    ("32项指标至少28项达标", 28, None, "项", "ge"),
    ("补助最高每月1200元", 1200, None, "元", "le"),
    ("东溪小学、西溪小学2个校区", 2, None, "个", "eq"),
    ("引进人才11.7万名", 11.7, None, "万名", "eq"),
    ("共1,060.875万元", 1060.875, None, "万元", "eq"),
    ("新建3—4所学校", 3, 4, "所", "range"),
    ("评定10至15个专业", 10, 15, "个", "range"),
    ("完成60%~70%", 60, 70, "%", "range"),
    ("增长5%—5.5%", 5, 5.5, "%", "range"),
    ("达到93%以上", 93, None, "%", "ge"),
    ("达到百分之九十五", 95, None, "%", "eq"),
    ("三分之二的学校", 66.67, None, "%", "eq"),
    ("超过1/3的教师", 33.33, None, "%", "gt"),
    ("半数以上分配", 50, None, "%", "ge"),
    ("七成以上", 70, None, "%", "ge"),
    ("一千二百万元", 1200, None, "万元", "eq"),
    ("两万人", 2, None, "万人", "eq"),
    ("两万八千人", 28000, None, "人", "eq"),
    ("投入8000多万元", 8000, None, "万元", "gt"),
    ("近百所学校", 100, None, "所", "lt"),
    ("上千名教师", 1000, None, "名", "gt"),
    ("近万名学生", 1, None, "万名", "lt"),
    ("十余个项目", 10, None, "个", "gt"),
    ("2万余人次", 2, None, "万人次", "gt"),
    ("是原来的2.3倍", 2.3, None, "倍", "eq"),
    ("低于5‰", 5, None, "‰", "lt"),
    ("新增45㎡", 45, None, "㎡", "eq"),
    ("达到１２％", 12, None, "%", "eq"),
    ("提高0.8个百分点", 0.8, None, "百分点", "eq"),
    ("4.5%左右", 4.5, None, "%", "approx"),
    ("约300名", 300, None, "名", "approx"),
    ("控制在5.5%以内", 5.5, None, "%", "le"),
    ("不少于72课时", 72, None, "课时", "ge"),
    ("至少研究一次工作", 1, None, "次", "ge"),
    ("突破3万亿元", 3, None, "万亿元", "gt"),
    ("PM2.5浓度32微克/立方米", 32, None, "微克/立方米", "eq"),
    ("增速为负3.9%", -3.9, None, "%", "eq"),
    ("新增15.8 万平方米", 15.8, None, "万平方米", "eq"),
    ("装机达到100万千瓦", 100, None, "万千瓦", "eq"),
    ("装机一百千瓦", 100, None, "千瓦", "eq"),
]
NOT_AMOUNTS = [
    "推进5G和10G-PON网络",  # names
    "一本、二本线差距缩小",
    "完成率低于80%的约谈负责人",  # a condition
    "对就业率90%以上的学校给予奖励",
    "东溪、西溪2个镇各办食堂",  # counts its own list
    "三年行动计划（2023—2025年）",
    "青政办发〔2023〕18号",
    "第七届运动会和第十二届艺术节",
    "3至6岁儿童",
    "联系电话0571-88123456",
    "8:30至17:30",
    "推进三名工程、四张清单和六个一",
    "“1530”安全教育",
    "落实“百所名校”培育工程",
    "五育并举、一校一品",
    "坚持两个维护和四个自信",
    "党的二十届三中全会",
    "县委十四届七次、八次全会",
    "抓好以下三个方面",
    "重点做好14个方面的工作",
    "长三角一体化",
    "红十字会",
    "成绩十分不易",
    "《全县20所学校改造方案》",
    "“2+1”项目和G60走廊",
    "12月底前",
    "消除66人以上超大班额",
    "10亿元以上项目",
    "利用3年时间",
    "20**年",
    "三次产业",
    "一次性解决",
]


@pytest.mark.parametrize(("text", "value", "high", "unit", "comparator"), AMOUNTS)
def test_amounts_are_read_with_value_unit_and_comparator(
    text: str, value: float, high: float | None, unit: str, comparator: str
) -> None:
    (amount,) = numerals.amounts(text)
    assert (amount.value, amount.value_high, amount.unit, amount.comparator) == (value, high, unit, comparator)


@pytest.mark.parametrize("text", NOT_AMOUNTS)
def test_dates_numbers_of_documents_names_and_slogans_are_not_amounts(text: str) -> None:
    assert numerals.amounts(text) == []


def test_spans_cut_the_number_and_the_words_that_compare() -> None:
    text = "力争达标率不低于95%以上"
    (amount,) = numerals.amounts(text)
    assert text[amount.start : amount.end] == "95%"
    assert text[amount.left : amount.right] == "不低于95%以上"
    assert amount.hedge == "力争"


def test_base_values_resolve_scale_and_unit() -> None:
    bases = {"2.5亿元": (2.5e8, "元"), "36亿斤": (1.8e6, "吨"), "3公顷": (3e4, "平方米"), "1.2万人": (12000, "人")}
    for text, (value, unit) in bases.items():
        (amount,) = numerals.amounts(text)
        assert (amount.base_value, amount.base_unit) == (pytest.approx(value), unit)


def test_numbers_of_a_list_share_the_unit_of_the_last() -> None:
    found = numerals.amounts("分别提升29.9、4.9个百分点，规模达1.28万亿、8200亿元")
    assert [(a.value, a.unit) for a in found] == [(29.9, "百分点"), (4.9, "百分点"), (1.28, "万亿元"), (8200, "亿元")]


def test_denominators_after_a_slash_are_kept() -> None:
    assert [a.per for a in numerals.amounts("按1000元/人、650元/生·年发放")] == ["每人", "每生每年"]
    assert numerals.amounts("最高1000/人元")[0].per == "每人"


def test_numerals_in_characters_have_their_value() -> None:
    table = {
        "一百零一": 101,
        "两千六": 2600,
        "十三万五": 135000,
        "一亿零三百万": 103000000,
        "零点零五": 0.05,
        "负一": -1,
        "1百01": 101,
    }
    assert {text: numerals.number(text) for text in table} == table
    assert numerals.number("学校") is None


@pytest.mark.parametrize("piece", ["1", "一", "、", "（", "“", "1.", "1,", "1、", "《", "1所、", "百", "-1"])
def test_time_grows_with_length_only(piece: str) -> None:
    short, long = (piece * (n // len(piece)) for n in (10_000, 60_000))
    for text in (short, long):
        numerals.amounts(text)
    begun = time.process_time()
    numerals.amounts(long)
    assert time.process_time() - begun < 6  # quadratic time would take minutes


ROUNDS = {"开展检查3轮": [3], "谈话不少于两轮": [2], "外出跟岗五批": [5], "配合三轮巡察": [], "新一轮改革": [], "引进一批项目": [],
          "突破三个难点": [], "连续两次考核靠后": [], "600分以上47人": [47], "撤并不足30人的小微园2所": [2], "连跨4个千亿台阶": []}  # fmt: skip


@pytest.mark.parametrize(("text", "values"), ROUNDS.items())
def test_rounds_and_batches_count_where_they_are_counted(text: str, values: list[float]) -> None:
    assert [a.value for a in numerals.amounts(text)] == values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("优良率和及格率分别提高3个和5个百分点", [(3, "百分点"), (5, "百分点")]),
        ("分别提高1.4个、2个和3.2个百分点", [(1.4, "百分点"), (2, "百分点"), (3.2, "百分点")]),
        ("新增3个社团，比例提高5个百分点", [(3, "个"), (5, "百分点")]),
        ("在校生突破九千人大关", [(9000, "人")]),
        ("走访县人大代表三十人次", [(30, "人次")]),
        ("举办赛事20项次", [(20, "项次")]),
    ],
)
def test_numbers_of_a_list_are_points_where_its_last_is(text, expected):
    assert [(amount.value, amount.unit) for amount in numerals.amounts(text)] == expected


@pytest.mark.parametrize(
    ("value", "unit", "comparator", "high", "text"),
    [
        (95.0, "%", "ge", None, "≥95%"),
        (2.4, "万个", "eq", None, "24,000"),  # what is counted is in the indicator's name
        (2.3, "亿元", "eq", None, "230 mn yuan"),
        (1.2, "万亿元", "approx", None, "≈1.2 trn yuan"),
        (1.0, "百分点", "eq", 2.0, "1–2 points"),
        (1.0, "百分点", "eq", None, "1 point"),
        (20.0, "万千瓦", "eq", None, "200,000 kW"),  # 千 belongs to the unit
        (7.0, "斛", "eq", None, "7 斛"),  # a unit that the codebook does not know stays
        (0.5, None, None, None, "0.5"),
    ],
)
def test_in_english_units_are_translated_and_their_scale_goes_into_the_number(value, unit, comparator, high, text):
    assert numerals.printed(value, unit, comparator, high, lang="en") == text
