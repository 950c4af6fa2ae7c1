"""repair: source text → clean text with receipts."""

import pytest

from analysis import repair
from analysis.text import Source


def fixed(text, **facts):
    return repair.text(Source("plan.txt", "0" * 64, "txt", text, **facts))


CLEAN = """云溪县教育局2024年工作要点
2024年，全县教育工作坚持立德树人，努力办好人民满意的教育，推动各项工作再上新台阶，具体安排如下。
一、推进学前教育普及普惠
1.新建公办幼儿园3所，学前三年毛入园率达到95%以上。
2.落实生均公用经费每生每年650元。
云溪县教育局
2024年3月5日"""


def test_a_clean_plan_passes_untouched():
    made = fixed(CLEAN)
    assert made.text.clean == CLEAN
    assert made.repairs == [] and made.masks == [] and made.noise == []
    assert made.script == "simplified" and made.damage == 0


@pytest.mark.parametrize(
    ("found", "clean", "rule"),
    [
        ("　　一、加强领导。\r\n\r\n　　二、落实责任。", "一、加强领导。\n二、落实责任。", "white_space"),
        ("新增学位１２００个，达到９５％。", "新增学位1200个，达到95%。", "width"),
        ("推進學前教育與職業教育發展。", "推进学前教育与职业教育发展。", "script"),
    ],
)
def test_script_width_and_white_space_are_counted_in_one_row(found, clean, rule):
    made = fixed(found)
    assert made.text.clean == clean
    assert [r["rule"] for r in made.repairs] == [rule]
    assert made.repairs[0]["n"] >= 1 and made.repairs[0]["source_start"] is None


def test_leftovers_of_a_page_go_and_what_they_state_is_kept():
    head = "下载\n打印\n【字号：\n加大\n减小\n】\n"
    tail = "\n责任编辑：\n李明\n扫一扫在手机打开当前页\n相关报道：\n云溪县召开教育大会"
    made = fixed(head + CLEAN.replace("\n", "\n来源：云溪日报\n时间：2024-03-09\n", 1) + tail)
    assert made.text.clean == CLEAN
    assert made.source.metadata == {"publisher": "云溪日报", "published": "2024-03-09"}
    assert made.noise == ["nav"]
    assert all(made.text.source[r["source_start"] : r["source_end"]] == r["before"] for r in made.repairs)
