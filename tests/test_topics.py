"""Figures and sentences of topics: doubt is shown, names fit, what surely differs is marked."""

import io

import matplotlib.text
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from analysis import describe, draw
from analysis.draw import plane, theme
from analysis.draw.topics import short

TOPICS = pd.DataFrame(
    {
        "topic": [1, 2],
        "label": ["学前教育：幼儿园、学位", "技能、实训"],
        "label_en": ["Preschool education: 幼儿园, 学位", "技能, 实训"],
        "terms": ["幼儿园、学位、公办园", "技能、实训、产教"],
        "share": [0.6, 0.4],
        "is_stable": [True, False],
    }
)


def words(fig: theme.Figure) -> set[str]:
    return {t.get_text().replace("\n", "") for t in fig.findobj(matplotlib.text.Text) if t.get_text()}


def shares(**own: float) -> pd.DataFrame:
    """Two topics in three regions, as cluster.shares gives them; `own` are the first topic's shares."""
    rows = []
    for region, share in own.items():
        for topic, part in ((1, share), (2, 1 - share)):
            rows.append((region, topic, f"主题{topic}", round(100 * part), part, part - 0.05, part + 0.05))
    return pd.DataFrame(rows, columns=["region", "topic", "label", "n_items", "share", "low", "high"])


def test_a_topic_that_does_not_come_back_is_grey_and_named():
    bars = draw.topics(TOPICS).axes[0].patches
    assert [to_hex(bar.get_facecolor()) for bar in bars] == [theme.SUBJECT, theme.GREY]
    assert "其中 1 个不稳定（图中灰色）：“技能、实训”" in describe.topics(TOPICS, detail=True)
    assert "都重新出现" in describe.topics(TOPICS.assign(is_stable=True), detail=True)
    assert "Preschool education: 幼儿园, 学位" in describe.topics(TOPICS, lang="en")


def test_names_are_cut_at_the_colon_unless_two_topics_share_what_stands_before_it():
    frame = pd.DataFrame({"topic": [1, 2, 3], "label": ["农业：农民", "农业：耕地", "教育：学校"]})
    assert short(frame, "zh").tolist() == ["农业：农民", "农业：耕地", "教育"]


def test_shares_that_surely_differ_are_starred():
    fig = draw.topic_shares(shares(甲县=0.5, 乙县=0.5, 丙县=0.8))
    assert {"80*", "20*", "50*"} <= words(fig)  # in all: 60 and 40
    assert "60" in words(draw.topic_shares(shares(甲县=0.6, 乙县=0.58, 丙县=0.62)))
    assert not any("*" in w for w in words(draw.topic_shares(shares(甲县=0.6, 乙县=0.58, 丙县=0.62))))


def test_a_regions_shares_are_bars_with_intervals_beside_those_of_all():
    fig = draw.topic_shares(shares(甲县=0.3, 乙县=0.5), region="乙县")
    assert len(fig.axes[0].patches) == 2
    assert "橙：全部地区" in "".join(words(fig))
    alone = draw.topic_shares(shares(甲县=0.3))
    assert len(alone.axes[0].patches) == 2
    assert "橙" not in "".join(words(alone))
    assert describe.topic_shares(shares(甲县=0.3)) == "甲县最大的主题是“主题2”（70%）。"


def test_the_chosen_number_stands_out_on_every_curve():
    row = {"stability": 0.8, "coherence": 0.5, "coherence_se": 0.1, "gain": 1.0, "n_stable": 3}
    choice = pd.DataFrame(
        [{**row, "n_topics": k, "chosen": k == 6, "reason": "最稳定", "reason_en": "so"} for k in (4, 6)]
    )
    fig = draw.topic_choice(choice)
    assert len(fig.axes) == 3
    assert {"6: 0.80", "6: 0.50", "6: 1.00"} <= words(fig)
    assert describe.topic_choice(choice) == "取 6 个主题，其中 3 个换起点、换样本后仍重新出现。"
    assert describe.topic_choice(choice, detail=True).endswith("最稳定。")
    empty = pd.DataFrame([{"n_topics": 0, "chosen": True, "reason": "只有 3 个条目", "reason_en": "3 items"}])
    assert describe.topic_choice(empty) == "只有 3 个条目。"


@pytest.mark.parametrize(
    ("state", "zh"),
    [
        ("rising", "2030 年上升的是“校舍”。"),
        ("gone", "2030 年消失的是“校舍”。"),
        ("steady", "2030 年各主题的占比与上一年相比没有超出区间的变化。"),
    ],
)
def test_topics_that_surely_changed_are_told(state, zh):
    rows = [(2029, 1, "校舍", 0.1, None, None), (2030, 1, "校舍", 0.5, 0.4, state)]
    frame = pd.DataFrame(rows, columns=["plan_year", "topic", "label", "share", "change", "state"])
    assert describe.topic_trends(frame) == zh
    fig = draw.topic_trends(frame.assign(low=frame["share"] - 0.05, high=frame["share"] + 0.05))
    colour = to_hex(fig.axes[0].lines[0].get_color())
    assert colour == (theme.SUBJECT if state == "steady" else theme.ACCENT)


def test_what_became_of_topics_is_counted_and_drawn_as_ribbons():
    rows = [
        (2029, 1, "校舍", 0.5, None, "split"), (2029, 2, "安全", 0.3, None, "gone"), (2029, 3, "师资", 0.2, None, "continued"),
        (2030, 1, "校舍", 0.4, "split", None), (2030, 3, "师资", 0.3, "continued", None), (2030, 4, "数字", 0.3, "new", None),
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["plan_year", "topic", "label", "share", "origin", "fate"]).assign(
        is_stable=True
    )
    links = pd.DataFrame(
        [(2029, 1, 2030, 1, 9, 0.5, 0.9, "split"), (2029, 3, 2030, 3, 9, 0.8, 0.9, "continued")],
        columns=["plan_year", "topic", "next_year", "next_topic", "n_items", "share", "next_share", "kind"],
    )
    assert (
        describe.evolution(frame)
        == "2029 年的 3 个主题到 2030 年：1 个延续，1 个分出，1 个不再成题（安全）；新出现 1 个（数字）。"
    )
    fig = draw.evolution(frame, edges=links)
    assert len(fig.axes[0].patches) == 6 + 2
    assert {"延续", "分出", "新出现", "不再成题", "2029", "2030", "数字 30"} <= words(fig)


def test_a_dot_of_the_map_says_under_the_pointer_what_it_is():
    frame = pd.DataFrame(
        {"region": ["青禾县", None], "plan_year": [2030, None], "topic": [1, None], "label": ["校舍", None], "x": [0.0, 1.0], "y": [0.0, 1.0], "hover": ["新建<校舍>&操场", "别的"]}
    )  # fmt: skip
    held = io.BytesIO()
    draw.topic_map(frame).savefig(held, format="svg")
    svg = held.getvalue().decode()
    assert "<title>青禾县 2030｜新建&lt;校舍&gt;&amp;操场</title>" in svg
    assert "<title>｜别的</title>" in svg


def test_names_on_the_map_do_not_cover_each_other():
    places = plane._apart(pd.DataFrame({"x": [0.0, 0.1, 5.0], "y": [0.0, 0.05, 0.0]}).to_numpy(), [1.0] * 3, [0.4] * 3)
    assert abs(places[0, 1] - places[1, 1]) >= 0.4
    assert places[2].tolist() == [5.0, 0.0]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "noun", ["topics", "topic_choice", "topic_shares", "topic_domains", "topic_trends", "evolution", "topic_map"]
)
def test_nothing_to_show_is_said_in_words(noun, lang):
    frame = pd.DataFrame({"topic": [], "share": []})
    frame.attrs["reason"] = "one_year" if noun in ("topic_trends", "evolution") else "no_rows"
    said = getattr(describe, noun)(frame, lang=lang)
    assert said in (
        "没有可用的记录。",
        "There are no rows.",
        "只有一个年份，无从比较变化。",
        "There is only one year, so no change to tell.",
    )
    assert len(words(getattr(draw, noun)(frame, title="题", lang=lang))) == 2
