"""Sentences are true to their frame: table in, words out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis import describe, lexicon, numerals
from analysis.describe import base


def emphasis(**shares: list[float]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"region": r, "codebook": "education", "domain": d, "n_items": 3, "n_chars": 9, "share": s, "low": s, "high": s}
            for r, row in shares.items()
            for d, s in zip(["teachers", "safety", "party"], row, strict=True)
        ]
    )  # fmt: skip


TWO = emphasis(青禾县=[0.5, 0.3, 0.2], 云溪县=[0.1, 0.6, 0.3])


@pytest.mark.parametrize(
    ("frame", "context", "zh"),
    [
        (TWO, {"region": "青禾县"}, "青禾县着墨最多的是教师队伍（50%）、校园安全与稳定（30%）和党的建设（20%）。"),
        (
            TWO[TWO["region"].eq("云溪县")],
            {},
            "云溪县着墨最多的是校园安全与稳定（60%）、党的建设（30%）和教师队伍（10%）。",
        ),
        (TWO, {}, "2 个地区着墨最多的是校园安全与稳定（平均 45%），差别最大的是教师队伍（青禾县 50%，云溪县 10%）。"),
        (
            TWO,
            {"region": "青禾县", "detail": True},
            "青禾县着墨最多的是教师队伍（50%）、校园安全与稳定（30%）和党的建设（20%）。"
            "与其余 1 地的中位数相比，教师队伍多 40 个百分点，校园安全与稳定少 30 个百分点。",
        ),
        (TWO, {"region": "无名县"}, "所选文本中没有这个地区。"),
    ],
)
def test_emphasis_names_what_is_written_most_and_where_places_differ(frame, context, zh):
    assert describe.emphasis(frame, **context) == zh


@pytest.mark.parametrize(
    ("own", "others", "told"),
    [
        ([0.5, 0.3, 0.2], [0.4, 0.25, 0.15], "相比，教师队伍多 10 个百分点。"),
        ([0.5, 0.3, 0.2], [0.5, 0.3, 0.4], "相比，党的建设少 20 个百分点。"),
        ([0.5, 0.3, 0.2], [0.5, 0.3, 0.2], "党的建设（20%）。"),
    ],
)
def test_more_is_more_and_less_is_less(own, others, told):
    assert describe.emphasis(emphasis(青禾县=own, 云溪县=others), region="青禾县", detail=True).endswith(told)


def test_a_domain_that_leads_and_divides_is_named_once():
    frame = emphasis(青禾县=[0.8, 0.1, 0.1], 云溪县=[0.4, 0.3, 0.3])
    assert describe.emphasis(frame) == "2 个地区着墨最多、差别也最大的是教师队伍（平均 60%；青禾县 80%，云溪县 40%）。"
    assert "2 years" in describe.emphasis(
        frame.assign(region=[2029] * 3 + [2030] * 3).rename(columns={"region": "plan_year"}), lang="en"
    )


def test_levels_are_named_in_words():
    levels = TWO.rename(columns={"region": "region_level"}).replace({"青禾县": "city", "云溪县": "county"})
    assert "教师队伍（市级 50%，县级 10%）" in describe.emphasis(levels)


def test_english_says_the_same():
    told = describe.emphasis(TWO, lang="en", region="青禾县")
    assert (
        told
        == "青禾县 writes most about teachers and principals (50%), safety and stability (30%), and party building (20%)."
    )


def targets(*states: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame([{"indicator_id": i, "indicator": i, "region": r, "state": s} for i, r, s in states])


GRID = targets(
    ("甲率", "青禾县", "stated"), ("甲率", "云溪县", "stated"), ("甲率", "白石县", "stated_in_words"),
    ("乙数", "青禾县", "not_stated"), ("乙数", "云溪县", "stated"), ("乙数", "白石县", "stated"),
    ("丙数", "青禾县", "stated"), ("丙数", "云溪县", "not_stated"), ("丙数", "白石县", "not_found"),
)  # fmt: skip


def test_targets_count_who_states_what_and_name_what_a_region_lacks():
    assert describe.targets(GRID) == "3 个地区共提出 3 项指标，各方都提的有 1 项；提得最多的是甲率（3 个）。"
    assert describe.targets(GRID, region="青禾县") == "青禾县提出 2 项可比指标，没有提过半地区都提的 1 项：乙数。"
    assert describe.targets(GRID, region="云溪县") == "云溪县提出 2 项可比指标，过半地区都提的指标它都提了。"
    assert "1 格因文本残缺或遮蔽而未能确认" in describe.targets(GRID, detail=True)


def test_standing_tells_above_below_and_the_furthest():
    rows = [("青禾县", 99.0, 91.0, 8.0), ("云溪县", 91.0, 99.0, -8.0)]
    frame = pd.DataFrame(
        [
            {"indicator_id": "x", "indicator": "入园率", "unit": "%", "region": r, "value": v, "n": 2, "median": 95.0, "peers_median": p, "distance": d, "spread": 8.0}
            for r, v, p, d in rows
        ]
    )  # fmt: skip
    assert describe.standing(frame) == "差距最大的指标是入园率：青禾县 99%，云溪县 91%。"
    assert describe.standing(frame, region="云溪县") == (
        "云溪县有 1 项指标可与他地相比，0 项高于、1 项低于他地中位数；相差最大的是入园率（91%，中位数 99%）。"
    )
    alone = frame.iloc[:1].assign(n=1)
    assert describe.standing(alone) == "没有足够多的地区共同提出的指标。"


def test_ranks_say_why_they_bear_no_interval_of_sampling():
    row = {
        "indicator_id": "x",
        "indicator": "入园率",
        "unit": "%",
        "n": 2,
        "median": 93.0,
        "spread": 4.0,
        "distance": 4.0,
    }
    frame = pd.DataFrame(
        [
            {**row, "region": "青禾县", "value": 95.0, "peers_median": 91.0, "rank_low": 1, "rank_high": 1},
            {**row, "region": "云溪县", "value": 91.0, "peers_median": 95.0, "rank_low": 1, "rank_high": 2},
        ]
    )
    told = describe.standing(frame, detail=True)
    assert told.removeprefix(describe.standing(frame)) == (
        "名次按所印的数值排列，没有抽样误差；因并列、区间或“左右”，2 个名次中有 1 个只能定到一个范围。"
    )


def test_above_and_below_add_up_to_what_is_compared():
    rows = [("入园率", 99.0, 8.0, True), ("巩固率", 91.0, 0.0, True), ("新增学位数", 900.0, 500.0, False)]
    frame = pd.DataFrame(
        [
            {"indicator_id": str(i), "indicator": name, "unit": "%", "region": "青禾县", "value": v, "n": 2, "median": 95.0, "peers_median": v - d, "distance": d, "spread": 8.0, "is_relative": like}
            for i, (name, v, d, like) in enumerate(rows)
        ]
    )  # fmt: skip
    assert describe.standing(frame, region="青禾县").startswith(
        "青禾县有 2 项指标可与他地相比，1 项高于、0 项低于他地中位数，1 项持平；相差最大的是入园率"
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("GDP growth", "GDP growth"), ("R&D intensity", "R&D intensity"), ("5G base stations", "5G base stations"),
        ("Grain output", "grain output"), ("High-tech firms", "high-tech firms"), ("PM2.5", "PM2.5"),
        ("Culture, tourism and sport", "culture, tourism and sport"), ("PhD students", "PhD students"),
    ],
)  # fmt: skip
def test_abbreviations_keep_their_capitals(name, text):
    assert base.inside(name) == text


def test_what_has_no_domain_is_not_told_as_a_finding():
    frame = TWO.replace({"teachers": "unknown"})
    assert describe.emphasis(frame, region="青禾县") == "青禾县着墨最多的是校园安全与稳定（30%）和党的建设（20%）。"


@pytest.mark.parametrize("empty", [None, np.nan, "", "unknown"])
def test_nobody_reads_unknown_or_an_empty_name(empty):
    assert base.group("region", empty, "zh") == "未识别"
    assert base.indicator(empty if empty != "unknown" else None, "en", np.nan) == "not identified"


def test_places_that_do_not_differ_are_said_not_to():
    rows = [{"region": r, "codebook": "education", "domain": d, "n_items": 1, "n_chars": 9, "share": 0.2, "low": 0, "high": 1, "order": 0, "domain_order": 0} for r in "甲乙丙" for d in ("teachers", "safety")]  # fmt: skip
    assert describe.clustered(pd.DataFrame(rows)) == "各地在各领域的篇幅没有差别。"


def test_english_sentences_name_provinces_in_english():
    frame = TWO.replace({"青禾县": "浙江省"})
    assert describe.emphasis(frame, lang="en", region="浙江省").startswith("Zhejiang writes most about")
    assert describe.emphasis(frame, region="浙江省").startswith("浙江省着墨最多")


def test_headline_prints_signs_and_ranges():
    rows = [("入园率", 95.0, np.nan, "%", "ge"), ("新建学校数", 2.0, 3.0, "所", "range")]
    frame = pd.DataFrame(
        [
            {"region": "青禾县", "indicator_id": None, "indicator": i, "value": v, "value_high": h, "unit": u, "comparator": c}
            for i, v, h, u, c in rows
        ]
    )  # fmt: skip
    assert describe.headline(frame) == "青禾县的 2 个关键数字：入园率≥95%，新建学校数2–3所。"
    beside = frame.assign(n_peers=[3, 0], peers_median=[91.0, np.nan])
    assert describe.headline(beside) == "青禾县的 2 个关键数字中，1 个高于他地的中位数，1 个他地没有。"
    assert describe.headline(beside.iloc[:1], lang="en") == "青禾县's 1 telling numbers: 1 above the others' median."


def test_oddities_tell_own_and_others():
    frame = pd.DataFrame(
        [
            {"kind": "emphasis", "subject": "safety", "name": None, "unit": "%", "own": 0.4, "median": 0.1},
            {"kind": "target", "subject": "x", "name": "入园率", "unit": "%", "own": 95.0, "median": 91.0},
        ]
    )
    assert describe.oddities(frame, region="青禾县") == (
        "青禾县与他地最不同的 2 处：校园安全与稳定占篇幅 40%，他地中位数 10%；入园率定为 95%，他地中位数 91%。"
    )


def test_tools_are_told_with_their_kinds_and_empty_cells():
    frame = pd.DataFrame(
        [
            {"instrument": i, "group": g, "domain": d, "n": n}
            for i, g, d, n in [
                ("talent", "supply", "safety", 3), ("talent", "supply", "party", 0),
                ("pilot", "demand", "safety", 0), ("pilot", "demand", "party", 1),
            ]
        ]
    )  # fmt: skip
    assert describe.instruments(frame) == (
        "用得最多的政策工具是人才培养和试点示范；供给型 75%、需求型 25%；4 格中 2 格为空。"
    )


@pytest.mark.parametrize(
    ("p", "small", "zh"),
    [
        (0.0001, 0.1, "工具与领域的搭配不是随机的（χ²(4) = 20.0, p < 0.001, V = 0.30, n = 99）。"),
        (
            0.4,
            0.5,
            "没有证据表明工具与领域的搭配有偏向（χ²(4) = 20.0, p = 0.400, V = 0.30, n = 99）；50%的格期望不足 5，p 值仅供参考。",
        ),
    ],
)
def test_a_statistic_comes_with_its_caution(p, small, zh):
    row = {"chi2": 20.0, "dof": 4, "p": p, "cramers_v": 0.3, "n": 99, "share_small": small}
    assert describe.association(pd.DataFrame([row])) == zh


def test_priorities_tell_the_first_three_and_the_dispute():
    ranks = {"teachers": (1, 1, 1), "safety": (2, 4, 2), "party": (4, 2, 3), "other": (3, 3, 4)}
    frame = pd.DataFrame(
        [
            {"plan_id": "p", "region": "青禾县", "codebook": "education", "domain": d, "space_rank": float(a), "strength_rank": float(b), "substance_rank": float(c), "joint_rank": float(k), "lenses_disagree": d == "safety"}
            for k, (d, (a, b, c)) in enumerate(ranks.items(), 1)
        ]
    )  # fmt: skip
    assert describe.priorities(frame) == (
        "青禾县最优先的是教师队伍、校园安全与稳定和党的建设；三种视角在校园安全与稳定上分歧最大（篇幅第 2，力度第 4，实质第 2）。"
    )
    two = pd.concat([frame, frame.assign(plan_id="q", region="云溪县")], ignore_index=True)
    assert describe.priorities(two) == "2 份文件中有 2 份把教师队伍排在首位。"
    other = frame.assign(plan_id="q", region="云溪县", joint_rank=[2.0, 1.0, 3.0, 4.0])
    assert describe.priorities(pd.concat([frame, other])) == "2 份文件各把不同的领域排在首位。"
    twice = [frame, other, frame.assign(plan_id="r"), other.assign(plan_id="s")]
    assert describe.priorities(pd.concat(twice)) == ("4 份文件中，把校园安全与稳定和教师队伍排在首位的各有 2 份。")


def test_the_pmc_index_tells_mean_top_and_weakest():
    rows = [("青禾县", 1.0, 0.5, "excellent", True), ("云溪县", 0.5, 0.5, "low", False)]
    frame = pd.DataFrame(
        [
            {"plan_id": r, "region": r, "X1": a, "X2": b, "index": a + b, "grade": g, "flips": f}
            for r, a, b, g, f in rows
        ]
    )
    assert describe.pmc_index(frame) == (
        "2 份文件的 PMC 指数平均 1.25，最高为青禾县（1.5，优秀）；普遍薄弱的是政策时效；1 份的等级系于一个变量。"
    )


def test_promises_likeness_and_reuse_are_counted():
    outcomes = ["reported done", "kept", "raised", "dropped", "reported missed", "unanswered"]
    ledger = pd.DataFrame([{"region": "青禾县", "outcome": o} for o in outcomes])
    assert describe.ledger(ledger, region="青禾县") == (
        "青禾县可核对的 5 项承诺中，1 项报告完成，1 项报告未完成，2 项继续写入，1 项不再写入。"
    )
    assert describe.ledger(ledger.tail(1)) == "各地的 1 项承诺尚无后续文件可核对。"
    named = pd.DataFrame(
        [{"region": "青禾县", "outcome": o, "promise": "target", "indicator_id": None} for o in ("named", "dropped")]
    )
    assert describe.ledger(named, detail=True) == (
        "各地可核对的 2 项承诺中，0 项报告完成，0 项报告未完成，0 项继续写入，1 项仅被提及、没有可比的数字，1 项不再写入。"
        "不再写入：可以年年提出，下一份同类文件全文却没有相近的话；未见结果：当年的报告全文没有相近的话；"
        "未找到下文：有相近的话而不能确定，或后来的文件残缺、不是同类。"
    )
    pair = {
        "plan_id": "a",
        "other_plan_id": "b",
        "region": "青禾县",
        "other_region": "云溪县",
        "year": 2030,
        "other_year": None,
    }
    shared = pd.DataFrame([{**pair, "substance": 0.25, "n_chars": 40}, {**pair, "substance": 0.05, "n_chars": 20}])
    ids = pd.DataFrame({"plan_id": ["a", "a", "b"], "other_plan_id": ["b", "c", "c"]})
    pairs = ids.assign(**{k: v for k, v in pair.items() if k not in ids}, substance=[0.25, 0.15, 0.05])
    assert describe.likeness(pairs) == "除去套话，最相像的是青禾县2030与云溪县（共有 25%，中位数 15%）。"
    assert (
        describe.likeness(pairs.head(2)) == "除去套话，最相像的是青禾县2030与云溪县（共有 25%）。"
    )  # the nearest pairs only
    assert describe.reuse(shared) == "1 对文件共有 2 段相同文字，除去套话最长的见于青禾县和云溪县（40 字）。"


def test_quality_tells_the_commonest_damage_and_gap():
    rows = [(True, 1, ["issuer"]), (False, 0, []), (True, 1, ["issuer", "written"])]
    frame = pd.DataFrame(
        [{"plan_id": str(i), "ads": a, "n_noise": n, "missing": m} for i, (a, n, m) in enumerate(rows)]
    )
    assert describe.quality(frame) == "3 份文件中 2 份有损坏，最常见的是广告（2 份）；2 份没有发文机关。"
    whole = frame.iloc[[1]]
    assert describe.quality(whole) == "1 份文件均无损坏，事实齐全。"


def test_tasks_and_gaps_are_counted():
    gaps = [(True, False, True), (False, False, False)]
    frame = pd.DataFrame([{"no_owner": a, "no_deadline": b, "no_number": c} for a, b, c in gaps])
    assert describe.tasks(frame) == "2 项任务中，1 项有牵头单位，2 项有时限，1 项有量化指标。"
    check = pd.DataFrame([{"n": 4, "no_owner": 3, "no_deadline": 1, "no_number": 2, "n_complete": 1}])
    assert describe.draft_check(check) == "4 项任务中 75% 没有牵头单位，三者俱全的有 1 项。"
    bare = check.assign(no_owner=4, n_complete=0)
    assert describe.draft_check(bare) == "4 项任务都没有牵头单位，没有一项三者俱全。"
    assert describe.draft_check(bare, lang="en") == (
        "None of 4 tasks has an owner; not one has owner, deadline and number."
    )


def test_topics_and_peers_are_named():
    topics = pd.DataFrame(
        [{"topic": 0, "label": "教师·培训", "share": 0.25}, {"topic": 1, "label": "校舍", "share": 0.1}]
    )
    assert describe.topics(topics) == "2 个主题中最大的是“教师·培训”，占条目的 25%。"
    shares = pd.DataFrame(
        [{"region": r, "topic": 0, "label": "校舍", "share": s} for r, s in (("青禾县", 0.6), ("云溪县", 0.1))]
    )
    assert describe.topic_shares(shares) == "各地差别最大的主题是“校舍”：青禾县 60%，云溪县 10%。"
    assert describe.topic_shares(shares, region="云溪县") == "云溪县最大的主题是“校舍”（10%）。"
    peers = pd.DataFrame([{"region": "云溪县", "likeness": 0.912}, {"region": "白石县", "likeness": np.nan}])
    assert describe.peers(peers, region="青禾县") == "与青禾县最可比的是云溪县（0.91）和白石县。"


def test_typical_words_are_told_and_none_where_none_is_sure():
    rows = [("教师", 9.0, True), ("校舍", 6.0, True), ("安全", -7.0, True)]
    frame = pd.DataFrame([{"term": t, "g2": g, "is_key": k} for t, g, k in rows])
    assert describe.keyness(frame, group="青禾县") == "青禾县的特征词是教师和校舍，最少用的是安全。"
    assert describe.keyness(frame.assign(is_key=False), group="青禾县") == "青禾县的用词与其余各地没有可靠的差别。"


def test_maps_and_networks_name_their_ends_hubs_and_company():
    nodes = pd.DataFrame(
        [
            {"term": t, "community": c, "strength": s, "betweenness": b}
            for t, c, s, b in [("教师", 0, 3.0, 0.1), ("培训", 0, 2.0, 0.5), ("校舍", 1, 1.0, 0.0)]
        ]
    )
    assert describe.network(nodes) == "共现词聚成 1 群，最大的一群围绕教师和培训；居间最多的词是培训。"
    points = pd.DataFrame(
        [
            {"kind": k, "name": n, "x": x, "contribution_x": abs(x)}
            for k, n, x in [
                ("column", "青禾县", -0.4),
                ("column", "云溪县", 0.3),
                ("row", "教师", -0.2),
                ("row", "校舍", 0.2),
            ]
        ]
    )
    inertia = pd.DataFrame({"share": [0.25]})
    assert describe.correspondence(points, inertia=inertia) == (
        "用词差别最大的方向（25%）一端是青禾县（教师），另一端是云溪县（校舍）。"
    )
    near = pd.DataFrame(
        [
            {"group": g, "cluster": c, "nearest": n, "nearest_distance": d}
            for g, c, n, d in [("青禾县", 1, "云溪县", 0.1), ("云溪县", 1, "青禾县", 0.1), ("白石县", 2, "云溪县", 0.6)]
        ]
    )
    assert describe.nearness(near) == "3 个对象可分为 2 类，最相近的一对是青禾县和云溪县。"
    assert describe.nearness(near, region="青禾县") == "青禾县与云溪县同属一类，最近的是云溪县。"
    assert describe.nearness(near, region="白石县") == "白石县自成一类，最近的是云溪县。"


def test_ladders_scores_and_changes_are_counted():
    rung = {"indicator_id": None, "indicator": "入园率", "unit": "%", "region": "青禾县", "upper": "东省"}
    ladder = pd.DataFrame([{**rung, "step": 2.0, "is_raised": True}, {**rung, "step": -5.0, "is_raised": False}])
    assert describe.ladder(ladder) == "入园率：2 个下级目标中 1 个加了码；相差最大的是青禾县，比东省低 5个百分点。"
    scores = pd.DataFrame({"class": ["met", "behind", "far_behind", "not_enough_data"]})
    assert (
        describe.scorecard(scores)
        == "能判断的 3 个目标中，1 个已达到，0 个未达到，0 个进度合宜，2 个落后；另有 0 个尚未到期，1 个数据不足。"
    )
    early = pd.DataFrame({"class": ["not_due", "not_enough_data"]})
    assert describe.scorecard(early) == "2 个目标都还无从判断：1 个尚未到期，1 个数据不足。"
    row = {"region": "青禾县", "codebook": "education", "first_year": 2029, "last_year": 2030, "is_change": True}
    moved = pd.DataFrame([{**row, "domain": "safety", "change": 0.2}, {**row, "domain": "party", "change": -0.1}])
    assert (
        describe.change(moved) == "2029–2030 年变化最大的：校园安全与稳定上升 20 个百分点，党的建设下降 10 个百分点。"
    )
    assert describe.change(moved.assign(is_change=False)) == "各领域的篇幅没有可靠的变化。"
    assert describe.change(moved, region="云溪县") == "只有一个年份，无从比较变化。"


def test_words_tasks_and_streams_are_told_by_their_years():
    row = {"first_year": 2029, "last_year": 2030, "is_change": True}
    words = pd.DataFrame([{**row, "term": t, "log_ratio": r} for t, r in (("智慧", 2.0), ("防控", -3.0))])
    assert describe.bursts(words) == "2029–2030 年升起的词是智慧，退去的词是防控。"
    assert describe.bursts(words, lang="en") == "2029–2030: 智慧 came up; 防控 went."
    assert describe.bursts(words.assign(is_change=False)) == "2029–2030 年没有哪个词的用量有可靠的变化。"
    tasks = pd.DataFrame({"state": ["kept", "reworded", "dropped", "dropped", "new"]})
    assert (
        describe.carried(tasks)
        == "上一年的 4 项任务有 50% 延续下来（原样 1 项，改写 1 项），2 项在后一年没有相近的任务，新增 1 项。"
    )
    shares = pd.DataFrame(
        [
            {"plan_year": y, "codebook": "education", "domain": d, "share": s}
            for y, d, s in ((2029, "safety", 0.2), (2029, "party", 0.8), (2030, "safety", 0.5), (2030, "party", 0.5))
        ]
    )
    assert (
        describe.streams(shares)
        == "2029–2030 年篇幅增加最多的是校园安全与稳定（30.0 个百分点），减少最多的是党的建设（30.0 个百分点）。"
    )
    assert describe.streams(shares[shares["plan_year"].eq(2029)]) == "只有一个年份，无从比较变化。"


def test_a_regions_course_counts_what_was_met_and_what_lies_above_the_others():
    row = {"region": "青禾县", "is_relative": True, "peers_median": 90.0}
    frame = pd.DataFrame([{**row, "class": "met", "target": 95.0}, {**row, "class": "missed", "target": 85.0}])
    assert describe.progress(frame) == "青禾县上年的 2 个可核对目标达到 1 个；今年 2 个可比目标中 1 个高于他地中位数。"


def test_trees_and_clustered_tables_name_the_nearest_and_the_farthest():
    leaves = [{"node": i, "name": name, "left": np.nan, "right": np.nan} for i, name in enumerate("甲乙丙")]
    tree = pd.DataFrame([*leaves, {"node": 3, "left": 0, "right": 1}, {"node": 4, "left": 2, "right": 3}])
    assert describe.dendrogram(tree) == "最先并到一起的是甲和乙；最后才与其余各地并合的是丙。"
    shares = {"safety": [0.5, 0.3, 0.1], "party": [0.1, 0.3, 0.5], "teachers": [0.4, 0.3, 0.2]}
    frame = pd.DataFrame(
        [
            {"region": r, "codebook": "education", "domain": d, "share": s, "order": 0, "domain_order": 0}
            for d, held in shares.items()
            for r, s in zip("甲乙丙", held, strict=True)
        ]
    )
    assert describe.clustered(frame).startswith("同起同落的是校园安全与稳定和教师队伍（r = 1.00），此消彼长的是")


def test_maps_documents_and_steps_are_told_with_their_numbers():
    places = pd.DataFrame({"zh": ["浙江", "江苏"], "en": ["Zhejiang", "Jiangsu"], "value": [0.2, 0.1]})
    assert describe.tiles(places, measure="教育篇幅") == "教育篇幅最高的是浙江（20%），最低的是江苏（10%）。"
    assert describe.tiles(places, lang="en").startswith("The value is highest in Zhejiang (20%)")
    spots = pd.DataFrame({"place": ["青禾县"], "value": [6.5]})
    assert describe.points(spots, measure="指数", unit="") == "指数：青禾县为 6.5。"
    held = pd.DataFrame({"plan_year": [2029, None], "region_level": ["county", "city"], "n": [3, 1]})
    assert describe.documents(held) == "4 份文件属 2029 年，县级最多（75%），1 份年份不明。"
    steps = pd.DataFrame({"step": ["documents", "chosen", "tasks", "targets"], "n": [17, 16, 171, 62]})
    assert describe.pipeline(steps) == "17 份文件中 16 份进入比较，得到 171 项任务和 62 个可比目标。"


def judgement(**given: object) -> pd.DataFrame:
    row = {
        "plan_id": "p", "region": "青禾县", "first": "X9", "variable": "incentive_talent", "scored": 0, "value": 0,
        "override": None, "who": None, "why": None, "n_found": 2, "n_needed": 3, "n_asked": 30, "least": 0.1,
    }  # fmt: skip
    return pd.DataFrame([{**row, **given}])


@pytest.mark.parametrize(
    ("given", "zh", "en"),
    [
        (
            {},
            "找政策工具“人才培养”：30 条中有 2 条，需 3 条",
            "looked for the instrument talent training: in 2 of 30 items, 3 needed",
        ),
        (
            {"variable": "open_number", "least": np.nan},
            "找文件所印的文号、索引号：未见",
            "looked for the printed document number, index number: not found",
        ),
        (
            {"variable": "level_city", "least": np.nan, "scored": 1, "override": 0, "who": "甲", "why": "转发件"},
            "找国家级、省级、市级文件：有；改判为 0（甲: 转发件）",
            "looked for a document of the nation, a province, a city: stated; judged 0 by 甲: 转发件",
        ),
    ],
)
def test_a_pmc_variable_says_what_was_looked_for_and_how_often_it_was_found(given, zh, en):
    assert describe.pmc_reasons(judgement(**given)) == [zh]
    assert describe.pmc_reasons(judgement(**given), "en")[0].lower()[:24] == en.lower()[:24]


def test_every_pmc_variable_can_be_named_and_explained_in_both_languages():
    rows = lexicon.table("common/pmc")
    frame = pd.concat([judgement(variable=row["id"]) for row in rows], ignore_index=True)
    for lang in ("zh", "en"):
        names, reasons = describe.pmc_variables(frame, lang), describe.pmc_reasons(frame, lang)
        assert len(set(names)) == len(rows) and all(reasons)
        assert lang == "zh" or not any("\u4e00" <= c <= "\u9fff" for row, text in zip(rows, reasons, strict=True)
                                       for c in text if row["field"] != "text")  # fmt: skip


def test_the_surface_names_its_peak_and_its_hollow():
    cells = pd.DataFrame({"plan_id": "p", "region": "青禾县", "first": ["X1", "X5"], "value": [0.9, 0.2]})
    assert describe.pmc_surface(cells) == "青禾县的 PMC 曲面最高处是政策性质（0.9），凹陷最深处是政策环节（0.2）。"
    assert describe.pmc(judgement(), region="青禾县") == "这份文件得到 1 个二级变量中的 0%；未得分的有人才。"


SENTENCES = [noun for noun in describe.__all__ if hasattr(getattr(describe, noun), "__wrapped__")]


@pytest.mark.parametrize("noun", SENTENCES)
def test_an_empty_frame_gives_a_sentence_that_says_why(noun):
    frame = pd.DataFrame(columns=["region", "share"])
    assert getattr(describe, noun)(frame) == "没有可用的记录。"
    frame.attrs["reason"] = "one_year"
    assert getattr(describe, noun)(frame, lang="en") == "There is only one year, so no change to tell."
    with pytest.raises(ValueError, match="lang is 'de'"):
        getattr(describe, noun)(frame, lang="de")


@pytest.mark.parametrize(
    ("value", "unit", "comparator", "high", "text"),
    [
        (95.0, "%", "ge", None, "≥95%"),
        (2.0, "个", "range", 3.0, "2–3个"),
        (0.456, None, None, None, "0.46"),
        (12345.0, "人", "approx", None, "≈12,345人"),
        (120.0, "所", "eq", np.nan, "120所"),
        (np.nan, None, None, None, ""),
    ],
)
def test_amounts_print_as_people_write_them(value, unit, comparator, high, text):
    assert numerals.printed(value, unit, comparator, high) == text


def coders_agree() -> pd.DataFrame:
    rows = [
        ("domain", None, 30, 0.91, 0.85, 0.97),
        ("commitment", None, 28, 0.55, 0.4, 0.7),
        ("domain", "moral", 30, 0.4, 0.1, 0.7),
    ]
    return pd.DataFrame(rows, columns=["field", "code", "n_units", "alpha", "alpha_low", "alpha_high"])


def test_agreement_names_the_most_and_the_least_reliable_field():
    zh, en = (describe.agreement(coders_agree(), lang=lang) for lang in ("zh", "en"))
    assert (
        zh
        == "30 个条目由两名以上编码员编过，2 个字段中 1 个的 α 不低于 0.8；最高为主要领域（0.91），最低为承诺强度（0.55）。"
    )
    assert "1 of 2 fields reach an alpha of 0.8; highest is primary domain (0.91), lowest commitment (0.55)" in en
    by_code = coders_agree().dropna(subset=["code"])
    assert "1 of 1 codes stay below an alpha of 0.667; lowest is Morals (0.40)" in describe.agreement_by_code(
        by_code, lang="en", names={"moral": "Morals"}
    )


def test_disagreements_count_units_and_name_the_field():
    rows = pd.DataFrame({"unit_id": ["i1", "i1", "i2"], "field": ["domain", "commitment", "domain"]})
    assert describe.disagreements(rows, n_units=9) == "2 个条目（共 9 个）有不同编码，其中主要领域最多，占 66.7%。"
