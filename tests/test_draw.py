"""Figures asked for their text, positions and colours; boxes in place of Chinese fail."""

from __future__ import annotations

import inspect
import itertools
import subprocess
import sys
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
import pdfplumber
import pytest
from fontTools.ttLib import TTFont
from matplotlib.colors import to_hex, to_rgb
from PIL import Image

from analysis import compare, draw, lexicon, paths
from analysis.draw import grids, marks, names, theme, wrapping

REGIONS = ["青禾县", "云溪县", "白石岭自治县"]
DOMAINS = ["teachers", "safety", "party"]


def emphasis() -> pd.DataFrame:
    shares = [[0.5, 0.3, 0.2], [0.1, 0.6, 0.3], [0.2, 0.2, 0.6]]
    return pd.DataFrame(
        [
            {"region": r, "codebook": "education", "domain": d, "n_items": 3, "n_chars": 90, "share": s, "low": s - 0.1, "high": s + 0.1}
            for r, row in zip(REGIONS, shares, strict=True)
            for d, s in zip(DOMAINS, row, strict=True)
        ]
    )  # fmt: skip


def targets() -> pd.DataFrame:
    states = [("stated", 95.0), ("not_stated", np.nan), ("not_found", np.nan)]
    return pd.DataFrame(
        [
            {"indicator_id": "x", "indicator": "学前三年毛入园率", "unit": "%", "region": r, "value": v, "value_high": np.nan, "comparator": "ge", "kind": "level", "state": s}
            for r, (s, v) in zip(REGIONS, states, strict=True)
        ]
    )  # fmt: skip


def standing() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"indicator_id": "x", "indicator": "毛入园率", "unit": "%", "region": r, "value": v, "n": 3, "median": 95.0, "national": 92.0}
            for r, v in zip(REGIONS, [99.0, 95.0, 91.0], strict=True)
        ]
    )  # fmt: skip


def instruments() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"instrument": i, "group": g, "domain": d, "n": n, "share": 0.1, "share_of_items": 0.1, "expected": 2.0, "residual": n - 2.0}
            for n, ((i, g), d) in enumerate(itertools.product([("talent", "supply"), ("pilot", "demand")], DOMAINS))
        ]
    )  # fmt: skip


def priorities() -> pd.DataFrame:
    ranks = [[1.0, 3.0, 2.0], [2.0, 1.0, 3.0], [3.0, 2.0, 1.0]]
    return pd.DataFrame(
        [
            {"plan_id": "p", "region": "青禾县", "codebook": "education", "domain": d, "n_items": 2, "space_rank": a, "strength_rank": b, "substance_rank": c, "joint_rank": a, "lenses_disagree": d == "safety"}
            for d, (a, b, c) in zip(DOMAINS, ranks, strict=True)
        ]
    )  # fmt: skip


def quality() -> pd.DataFrame:
    row = {
        "plan_id": "p",
        "region": "青禾县",
        "plan_year": 2030,
        "title": "教育工作要点",
        "ads": True,
        "truncated": False,
    }
    return pd.DataFrame([{**row, "missing": ["issuer"], "n_missing": 1, "n_repairs": 3, "n_masks": 0}])


def tasks() -> pd.DataFrame:
    row = {"number": 1, "task": "新建三所幼儿园", "lead": "教育局", "deadline": None, "indicators": "新建3所"}
    return pd.DataFrame([row, {**row, "number": 2, "task": "长" * 40}])


def peers() -> pd.DataFrame:
    row = {"region": "云溪县", "likeness": 0.9, "same_level": True, "same_province": False}
    return pd.DataFrame([row, {**row, "region": "大江市", "same_level": False}])


def headline() -> pd.DataFrame:
    row = {
        "region": "青禾县",
        "indicator_id": "x",
        "indicator": "普惠性幼儿园覆盖率",
        "value": 95.0,
        "value_high": np.nan,
        "unit": "%",
    }
    return pd.DataFrame([{**row, "comparator": "ge", "n_peers": 2, "peers_median": 91.0}] * 5)


def oddities() -> pd.DataFrame:
    row = {"kind": "emphasis", "subject": "safety", "name": None, "unit": "%", "own": 0.4, "median": 0.1}
    return pd.DataFrame([row, {**row, "kind": "target", "subject": "x", "name": "入园率", "own": 95.0, "median": 91.0}])


def points() -> pd.DataFrame:
    rows = [
        ("column", "青禾县", 0.4, 0.1),
        ("column", "云溪县", -0.3, 0.2),
        ("row", "教师", 0.2, 0.3),
        ("row", "校舍", -0.2, -0.3),
    ]
    return pd.DataFrame(
        [{"kind": k, "name": n, "x": x, "y": y, "contribution_x": 0.5, "contribution_y": 0.5} for k, n, x, y in rows]
    )


def nodes() -> pd.DataFrame:
    return pd.DataFrame(
        [{"term": t, "n_items": n, "community": n % 2} for n, t in enumerate(["教师", "校舍", "安全"], 3)]
    )


def changes() -> pd.DataFrame:
    row = {
        "codebook": "education",
        "first_year": 2029,
        "last_year": 2030,
        "first_share": 0.2,
        "last_share": 0.4,
        "change": 0.2,
    }
    return pd.DataFrame(
        [{"region": r, **row, "domain": d, "is_change": d == "safety"} for r in REGIONS for d in DOMAINS]
    )


def rungs() -> pd.DataFrame:
    row = {"indicator_id": "x", "indicator": "入园率", "unit": "%", "wording": "hard", "is_raised": True}
    return pd.DataFrame(
        [
            {**row, "region": "东省", "region_level": "province", "value": 95.0, "upper": "全国", "upper_level": "national", "upper_value": 92.0},
            {**row, "region": "青禾县", "region_level": "county", "value": 97.0, "upper": "东省", "upper_level": "province", "upper_value": 95.0},
        ]
    )  # fmt: skip


def scores() -> pd.DataFrame:
    row = {"indicator_id": "x", "indicator": "入园率", "target": 95.0}
    return pd.DataFrame(
        [{**row, "region": r, "actual": a, "class": c} for r, a, c in zip(REGIONS, [96.0, 90.0, np.nan], ["met", "behind", "not_enough_data"], strict=True)]
    )  # fmt: skip


def shared() -> pd.DataFrame:
    row = {
        "plan_id": "a",
        "other_plan_id": "b",
        "region": "青禾县",
        "other_region": "云溪县",
        "year": 2030,
        "other_year": None,
    }
    return pd.DataFrame([{**row, "substance": 0.25, "formula": 0.6, "n_chars": 40, "text": "推进学校建设" * 30}])


def keyness() -> pd.DataFrame:
    rows = (("教师", 9.0, 6.0, 1.0), ("校舍", 3.0, 3.0, 2.0), ("安全", -7.0, 0.5, 4.0))
    return pd.DataFrame(
        [
            {"term": t, "g2": g, "is_key": abs(g) > 5, "per_1000": own, "per_1000_reference": others}
            for t, g, own, others in rows
        ]
    )


def surface() -> pd.DataFrame:
    facts = {"plan_id": "p", "region": "青禾县", "plan_year": 2030}
    return pd.DataFrame(
        [
            {**facts, "first": f"X{3 * i + j + 1}", "row": i + 1, "column": j + 1, "value": (i + j) / 4}
            for i in range(3)
            for j in range(3)
        ]
    )


def verdicts() -> pd.DataFrame:
    rows = lexicon.table("common/pmc")
    facts = {"plan_id": "p", "region": "青禾县", "override": None}
    return pd.DataFrame([{**facts, "variable": row["id"], "value": k % 2} for k, row in enumerate(rows)])


def tree() -> pd.DataFrame:
    leaves = [{"node": i, "name": r, "height": 0.0, "position": float(i)} for i, r in enumerate(REGIONS)]
    joined = [
        {"node": 3, "left": 0.0, "right": 1.0, "height": 0.2, "position": 0.5},
        {"node": 4, "left": 3.0, "right": 2.0, "height": 0.5, "position": 1.25},
    ]
    return pd.DataFrame([*leaves, *joined]).assign(metric="hellinger", linkage="ward")


def words_of_years() -> pd.DataFrame:
    row = {"first_year": 2029, "last_year": 2030, "is_change": True, "unit": "item", "n_first": 3, "n_last": 9}
    rows = (("智慧", 2.0, "rising", 2030), ("防控", -3.0, "gone", None))
    return pd.DataFrame(
        [
            {**row, "term": t, "log_ratio": r, "low": r - 1, "high": r + 1, "kind": k, "burst_first": b}
            for t, r, k, b in rows
        ]
    )


def course() -> pd.DataFrame:
    row = {
        "indicator_id": "x", "indicator": "学前三年毛入园率", "region": "青禾县", "unit": "%", "last_target": 92.0,
        "last_year": 2029, "done": 93.1, "class": "met", "target": 94.0, "year": 2030, "peers_median": 92.5,
        "national": 91.1, "is_relative": True,
    }  # fmt: skip
    return pd.DataFrame([row, {**row, "indicator_id": "y", "indicator": "学位数", "done": 91.0, "class": "missed"}])


def tiles() -> pd.DataFrame:
    rows = lexicon.table("common/tiles")
    table = pd.DataFrame(
        [{"zh": r["zh"], "en": r["en"], "row": int(r["row"]), "column": int(r["column"])} for r in rows]
    )
    return table.assign(value=[k / 40 if k % 3 else np.nan for k in range(len(table))], n=1)


FRAMES = {
    "flows": lambda: pd.DataFrame(
        [{"region": r, "source_region": o, "n_chars": 90} for r, o in (("云溪县", "青禾县"), ("石渡县", "青禾县"))]
    ),
    "moves": lambda: pd.DataFrame(
        [
            {
                "region": r,
                "plan_year": 2030,
                "indicator_id": "gdp_growth",
                "indicator": "地区生产总值",
                "unit": "%",
                "promised": 5.0,
                "reported": done,
                "renewed": 4.5,
                "outcome": o,
                "renewal": "lowered",
            }
            for r, done, o in (
                ("青禾县", 4.1, "reported missed"),
                ("云溪县", 5.2, "reported done"),
                ("石渡县", np.nan, "lowered"),
            )
        ]
    ),
    "outcomes": lambda: pd.DataFrame(
        [{"domain": d, "outcome": o, "n": 12} for d in ("safety", "party", None) for o in ("named", "dropped", "kept")]
    ),
    "ledger": lambda: pd.DataFrame(
        [{"region": "青禾县", "plan_year": 2030, "outcome": o} for o in ("reported done", "dropped", "kept", "kept")]
    ),
    "likeness": shared,
    "reuse": shared,
    "pmc_index": lambda: pd.DataFrame(
        [
            {
                "plan_id": "p",
                "region": "青禾县",
                "plan_year": 2030,
                **{f"X{i}": 0.5 for i in range(1, 11)},
                "index": 5.0,
                "grade": "acceptable",
            }
        ]
    ),
    "change": changes,
    "correspondence": points,
    "keyness": keyness,
    "contrast": keyness,
    "radar": emphasis,
    "clustered": lambda: emphasis().assign(
        order=emphasis()["region"].map(REGIONS.index), domain_order=emphasis()["domain"].map(DOMAINS.index)
    ),
    "dendrogram": tree,
    "pmc": verdicts,
    "pmc_surface": surface,
    "bursts": words_of_years,
    "carried": lambda: pd.DataFrame(
        [
            {"region": "青禾县", "first_year": 2029, "last_year": 2030, "state": s}
            for s in ("kept", "new", "dropped", "reworded")
        ]
    ),
    "progress": course,
    "streams": lambda: pd.concat(
        [emphasis().drop(columns="region").iloc[:3].assign(plan_year=year) for year in (2028, 2029, 2030)]
    ),
    "tiles": tiles,
    "points": lambda: pd.DataFrame(
        [{"place": r, "lon": 100.0 + i, "lat": 30.0 + i, "value": i / 9} for i, r in enumerate(REGIONS)]
    ),
    "documents": lambda: pd.DataFrame(
        [
            {"plan_year": y, "region_level": v, "n": n}
            for y, v, n in ((2029, "city", 1), (2030, "county", 3), (None, "county", 1))
        ]
    ),
    "pipeline": lambda: pd.DataFrame(
        {
            "step": ["documents", "plans", "copies", "chosen", "items", "tasks", "tagged", "numbers", "targets"],
            "n": [17, 17, 16, 14, 181, 154, 148, 581, 244],
            "n_dropped": [None, 0, 1, 2, None, 27, 6, None, 337],
        }
    ),
    "ladder": rungs,
    "nearness": lambda: pd.DataFrame(
        [{"group": r, "x": i, "y": i % 2, "cluster": i, "metric": "hellinger"} for i, r in enumerate(REGIONS, 1)]
    ),
    "network": nodes,
    "scorecard": scores,
    "emphasis": emphasis,
    "emphasis_bars": emphasis,
    "specialisation": lambda: emphasis().assign(total_share=0.3, quotient=1.2, symmetric=0.1),
    "focus": lambda: pd.DataFrame(
        [{"region": "青禾县", "codebook": "education", "evenness": 0.8, "top": "safety", "top_share": 0.4}]
    ),
    "targets": targets,
    "standing": standing,
    "headline": headline,
    "oddities": oddities,
    "instruments": instruments,
    "structure": lambda: pd.DataFrame(
        [{"region": r, "group": g, "n": 2, "share": 0.5} for r in REGIONS for g in ("supply", "demand")]
    ),
    "priorities": priorities,
    "quality": quality,
    "tasks": tasks,
    "draft_check": lambda: pd.DataFrame(
        [{"plan_id": "p", "n": 4, "no_owner": 1, "no_deadline": 2, "no_number": 3, "n_complete": 1}]
    ),
    "peers": peers,
    "topics": lambda: pd.DataFrame(
        [{"topic": t, "term": w, "weight": k} for t in (0, 1) for w, k in (("教师", 3.0), ("培训", 1.0))]
    ),
    "topic_shares": lambda: pd.DataFrame(
        [{"region": r, "topic": t, "label": "教师·培训", "share": 0.5} for r in REGIONS for t in (0, 1)]
    ),
    "topic_choice": lambda: pd.DataFrame(
        [
            {
                "n_topics": k,
                "stability": 0.8,
                "coherence": 0.5 + k / 50,
                "coherence_se": 0.02,
                "gain": k / 10,
                "n_stable": k,
                "chosen": k == 6,
                "reason": "最稳定",
                "reason_en": "most stable",
            }
            for k in (4, 6, 8)
        ]
    ),
    "topic_domains": lambda: pd.DataFrame(
        [{"topic": t, "label": f"主题：{t}", "domain": d, "share": 0.5} for t in (1, 2) for d in DOMAINS[:2]]
    ),
    "topic_trends": lambda: pd.DataFrame(
        [
            {
                "plan_year": y,
                "topic": t,
                "label": f"校舍{t}",
                "share": s,
                "low": s - 0.05,
                "high": s + 0.05,
                "change": 0.3,
                "state": "rising" if t == 1 else "steady",
            }
            for t in (1, 2)
            for y, s in ((2029, 0.2), (2030, 0.5))
        ]
    ),
    "evolution": lambda: pd.DataFrame(
        [
            {
                "plan_year": y,
                "topic": t,
                "label": f"校舍{t}",
                "share": 0.5,
                "is_stable": t == 1,
                "origin": None if y == 2029 else "continued",
                "fate": None if y == 2030 else "continued",
            }
            for y in (2029, 2030)
            for t in (1, 2)
        ]
    ),
    "topic_map": lambda: pd.DataFrame(
        [
            {
                "region": r,
                "plan_year": 2030,
                "topic": t,
                "label": f"校舍{t}",
                "x": i + 9.0 * t,
                "y": i * t,
                "hover": "新建校舍",
            }
            for i, r in enumerate(REGIONS)
            for t in (1, 2)
        ]
    ),
}


def words(fig) -> list[str]:
    return [t.get_text() for t in fig.findobj(matplotlib.text.Text) if t.get_text() and t.get_visible()]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("noun", FRAMES)
def test_every_figure_draws_in_both_languages_without_a_box(noun, lang):
    fig = getattr(draw, noun)(FRAMES[noun](), title="发现写在标题里。", lang=lang, source="来源：样例")
    fig.canvas.draw()  # a missing glyph is a warning, and a warning is an error here
    assert fig.texts[0].get_text() == "发现写在标题里"  # a title bears no full stop
    assert "来源：样例" in words(fig)
    assert fig.texts[1].get_text() or noun == "headline"  # the measure is said
    assert all(t.get_fontfamily() == [theme.FAMILY] for t in fig.findobj(matplotlib.text.Text))


@pytest.mark.parametrize("noun", FRAMES)
def test_no_words_leave_the_figure_and_no_labels_lie_on_each_other(noun):
    fig = getattr(draw, noun)(FRAMES[noun](), title="很长的标题" * 12, region="青禾县")
    fig.canvas.draw()
    box = fig.bbox.padded(2)
    for axes in fig.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            shown = axes.axison and axis.get_visible()
            ticks = zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True)
            held = [t for at, t in ticks if shown and t.get_text() and low <= at <= high]
            boxes = [t.get_window_extent() for t in held]
            assert all(box.x0 <= b.x0 and b.x1 <= box.x1 for b in boxes)
            assert not any(a.padded(-1).overlaps(b.padded(-1)) for a, b in itertools.pairwise(boxes))
    title, *rest = [t.get_window_extent() for t in fig.texts[:2] if t.get_text()]
    assert title.x1 <= box.x1
    assert all(subtitle.y1 <= title.y0 + 3 for subtitle in rest)


@pytest.mark.parametrize("noun", FRAMES)
def test_an_empty_frame_is_told_in_words(noun):
    frame = FRAMES[noun]().iloc[:0]
    assert "没有可用的记录" in words(getattr(draw, noun)(frame, region="青禾县"))
    frame.attrs["reason"] = "one_group"
    assert "There is only one place, so nothing to compare it with" in words(getattr(draw, noun)(frame, lang="en"))


def test_a_missing_character_is_a_warning():
    with pytest.warns(UserWarning, match="missing from font"):
        draw.emphasis(emphasis(), title="\U00020bb7").canvas.draw()


def test_the_font_holds_every_character_of_the_codebook():
    rows = paths.codebook().rglob("*.csv")
    wanted = {c for file in rows for c in file.read_text(encoding="utf-8-sig") if c.isprintable()}
    for file in theme.register():
        lacking = wanted - {chr(n) for n in TTFont(file).getBestCmap()}
        assert not lacking, f"run benchmarks/make_font.py again: {''.join(sorted(lacking))}"


def test_the_font_holds_gb_2312_common_big5_and_the_signs_of_plans():
    pairs = [bytes((lead, trail)) for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF)]
    wanted = {c for pair in pairs for c in pair.decode("gb2312", errors="ignore")}
    wanted |= {bytes((0xA4, trail)).decode("big5", errors="ignore") for trail in range(0xA1, 0xFF)} - {""}
    wanted |= set("〇㎡①⑳‰％—–…、。《》【】〔〕“”‘’ㄧ≥≤≈−é")
    wanted |= set("蹚塬蕲砀鄠盱眙㙍䓖䗪")  # of the Table of General Standard Chinese Characters, not of GB 2312
    assert all(Path(file).stat().st_size <= 4_000_000 for file in theme.register())
    for file in theme.register():
        assert not wanted - {chr(n) for n in TTFont(file).getBestCmap()}


def test_both_weights_are_there_with_their_licence():
    weights = {TTFont(file)["OS/2"].usWeightClass for file in theme.register()}
    assert weights == {400, 700}
    assert "SIL OPEN FONT LICENSE" in (theme.FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_the_subject_has_its_colour_and_the_rest_are_grey():
    assert theme.colours(REGIONS, "青禾县") == {
        "青禾县": theme.SUBJECT,
        "云溪县": theme.GREY,
        "白石岭自治县": theme.GREY,
    }
    fig = draw.emphasis(emphasis(), region="青禾县")
    label = next(t for t in fig.axes[0].get_xticklabels() if t.get_text() == "青禾县")
    assert label.get_color() == theme.SUBJECT and label.get_fontweight() == "bold"


def test_every_region_has_a_colour_of_its_own():
    many_names = [f"第{i:02}县" for i in range(31)]
    hues = draw.colours(many_names)
    assert len(set(hues.values())) == 31
    assert [hues[name] for name in many_names[:10]] == list(theme.REGIONS)


def test_a_region_keeps_its_colour_whatever_the_order():
    assert draw.colours(REGIONS) == draw.colours(reversed(REGIONS))


def test_heat_maps_are_sorted_and_print_their_numbers():
    fig = draw.emphasis(emphasis())
    labels = [t.get_text() for t in fig.axes[0].get_yticklabels()]
    names = {row["id"]: row["zh"] for row in lexicon.table("education/domains")}
    assert labels == [names[d] for d in ("safety", "party", "teachers")]
    assert [t.get_text() for t in fig.axes[0].texts[:3]] == ["60", "30", "20"]  # columns by the first row


def test_pairs_of_words_are_lines_as_wide_as_their_weight():
    edges = pd.DataFrame(
        [{"source": "教师", "target": "校舍", "weight": 0.8}, {"source": "教师", "target": "安全", "weight": 0.4}]
    )
    fig = draw.network(nodes(), edges=edges)
    assert [line.get_linewidth() for line in fig.axes[0].lines] == [2.2, 1.1]


def test_a_typical_word_ends_in_a_dot_and_lies_above_the_line():
    lollipops = draw.keyness(keyness()).axes[0]
    dots = np.vstack([c.get_offsets() for c in lollipops.collections if hasattr(c, "get_sizes")])
    assert {9.0, 3.0, -7.0} <= set(dots[:, 0])
    points = draw.contrast(keyness()).axes[0].collections[0].get_offsets()
    assert points.tolist() == [[1, 6], [2, 3], [4, 0.5]]


def test_the_course_of_a_target_shows_what_was_promised_done_and_promised_anew():
    fig = draw.progress(course())
    assert {"94%", "93.1", "91"} <= set(words(fig))
    hues = {to_hex(c.get_facecolor()[0]) for c in fig.axes[0].collections if len(c.get_facecolor())}
    assert {"#00795a", "#a63c06", theme.SUBJECT} <= hues  # met, missed, and the target now


def test_provinces_without_a_value_are_white_and_named():
    fig = draw.tiles(tiles(), lang="en", measure="Share")
    white = [p for p in fig.axes[0].patches if to_hex(p.get_facecolor()) == "#ffffff"]
    assert len(white) == sum(tiles()["value"].isna())
    assert {"Zhejiang", "Hong\nKong"} <= set(words(fig))


def test_the_grid_of_provinces_has_a_place_for_each_and_no_place_for_two():
    rows = lexicon.table("common/tiles")
    assert len(rows) == 34 and len({(row["row"], row["column"]) for row in rows}) == 34
    assert {row["id"] for row in rows} == {
        row["code"] for row in lexicon.table("common/regions") if row["level"] == "province" and row["last"] == "2024"
    }


def test_the_steps_of_the_work_say_how_many_are_left_and_why_the_others_are_not():
    told = words(draw.pipeline(FRAMES["pipeline"]()))
    assert {"17", "14", "154", "244"} <= set(told)
    assert any(text.startswith("−27\n") for text in told) and not any(text.startswith("−0") for text in told)


def test_the_pmc_matrix_prints_its_nine_scores_beside_the_surface():
    fig = draw.pmc_surface(surface())
    assert [axes.name for axes in fig.axes] == ["rectilinear", "3d"]
    assert sum(text.startswith("X") and "\n" in text for text in words(fig)) == 9


def test_two_years_stand_as_bars_and_three_as_streams():
    whole = FRAMES["streams"]()
    assert not draw.streams(whole).axes[0].patches
    assert draw.streams(whole[whole["plan_year"].ne(2029)]).axes[0].patches
    alone = draw.streams(whole[whole["plan_year"].eq(2029)])
    assert "只有一个年份，无从比较变化" in words(alone)


def test_a_radar_shows_four_groups_at_most_and_the_subject_first():
    many = pd.concat([emphasis().assign(region=emphasis()["region"] + str(k)) for k in range(3)])
    legend = draw.radar(many, region="云溪县2").axes[0].get_legend()
    names = [text.get_text() for text in legend.get_texts()]
    assert len(names) == 4 and names[0] == "云溪县2"


@pytest.mark.parametrize(
    ("colour", "ink"), [("#ffffff", theme.INK), ("#083d6e", "white"), ("#6ba3d0", theme.INK), ("#1f6fb2", "white")]
)
def test_ink_is_what_can_be_read_on_a_colour(colour, ink):
    assert marks.ink(to_rgb(colour)) == ink


def test_names_beside_points_do_not_cover_each_other():
    from matplotlib.text import Annotation

    with theme.themed():
        fig, axes = theme.figure(7.6, 4.0, "很多点")
        spots = np.random.default_rng(3).uniform(size=(24, 2)) * [1, 0.6]
        axes.scatter(spots[:, 0], spots[:, 1])
        names.write(axes, spots, [f"第{k}号地" for k in range(24)], [theme.INK] * 24, 8)
        fig.canvas.draw()
    boxes = [t.get_window_extent().padded(-1) for t in axes.texts + axes.artists if isinstance(t, Annotation)]
    assert len(boxes) == 24
    assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))


def test_only_sure_changes_bear_colour_and_numbers():
    one = draw.change(changes(), region="青禾县").axes[0]
    assert [to_hex(c) for c in one.collections[0].get_colors()].count(theme.SUBJECT) == 1
    many = draw.change(changes()).axes[0]
    assert [t.get_text() for t in many.texts] == ["+20"] * 3


def test_raised_steps_are_drawn_in_the_accent_colour():
    fig = draw.ladder(rungs())
    assert {to_hex(line.get_color()) for line in fig.axes[0].lines} == {theme.ACCENT}
    assert "全国 92%" in words(fig)


def test_likeness_shows_substance_below_and_formulae_above():
    heat = draw.likeness(shared()).axes[0].collections[0].get_array()
    assert (heat[1, 0], heat[0, 1]) == (25, 60)


def test_plans_of_one_region_are_told_apart_by_their_years():
    one = FRAMES["pmc_index"]()
    assert "青禾县" in words(draw.pmc_index(one))
    two = pd.concat([one, one.assign(plan_year=2031)])
    assert {"青禾县 2030", "青禾县 2031"} <= set(words(draw.pmc_index(two)))


def test_promises_are_counted_by_outcome():
    fig = draw.ledger(FRAMES["ledger"]())
    assert [t.get_text() for t in fig.axes[0].texts] == ["1", "2", "1"]  # done, kept, dropped


def test_each_class_of_the_scorecard_has_its_colour():
    fig = draw.scorecard(scores())
    assert len({p.get_facecolor() for p in fig.axes[0].patches}) == 3
    assert {"96 / 95", "– / 95", "数据不足"} <= set(words(fig))


def test_a_level_and_a_growth_of_one_indicator_share_no_cell():
    both = scores().iloc[:2]
    twice = pd.concat([both.assign(actual=50.0, **{"class": "not_due"}), both], ignore_index=True)
    told = words(draw.scorecard(twice))
    assert "96 / 95" in told and "50 / 95" not in told


def test_stages_and_levels_are_named_in_words():
    stages = draw.instruments(
        instruments().drop(columns="domain").assign(stage=["piloting", "agenda", "evaluation"] * 2)
    )
    assert {"试点", "议程与调研", "评估监督"} <= {w.replace("\n", "") for w in words(stages)}
    levels = draw.emphasis(emphasis().rename(columns={"region": "region_level"}).replace({"青禾县": "county"}))
    assert "县级" in words(levels)


def test_the_four_states_look_different():
    fig = draw.targets(targets())
    shades = fig.axes[0].collections[0]
    assert len({to_hex(shades.cmap(shades.norm(v))) for v in shades.get_array().ravel()}) == 3
    assert {"≥95%", "?"} <= set(words(fig))


def many(frame: pd.DataFrame, n: int = 31) -> pd.DataFrame:
    own = frame[frame["region"].eq("青禾县")]
    return pd.concat([own.assign(region=f"{'甲乙丙丁'[i % 4]}{i}县") for i in range(n)], ignore_index=True)


ROWS = {
    "emphasis": emphasis,
    "specialisation": lambda: emphasis().assign(total_share=0.3, quotient=1.2, symmetric=0.1),
    "targets": targets,
    "change": changes,
    "scorecard": scores,
    "topic_shares": FRAMES["topic_shares"],
}


@pytest.mark.parametrize("noun", ROWS)
def test_more_than_a_dozen_regions_stand_in_rows_of_a_figure_as_wide_as_the_page(noun):
    subject = {} if noun == "change" else {"region": "乙1县"}
    fig = getattr(draw, noun)(many(ROWS[noun]()), **subject)
    assert len(fig.axes[0].get_yticklabels()) == 31 and len(fig.axes[0].get_xticklabels()) < 5
    assert not subject or fig.axes[0].get_yticklabels()[0].get_text() == "乙1县"  # the subject first
    assert fig.get_figwidth() <= 7.6
    assert min(t.get_fontsize() for t in fig.findobj(matplotlib.text.Text) if t.get_text()) >= 7


def test_regions_in_rows_are_sorted_by_value_and_ranks_from_the_first():
    ranks = pd.concat(
        [
            priorities().assign(plan_id=f"{i}县", region=f"{i}县", joint_rank=[(i * 7) % 13 + 1.0, 14.0, 15.0])
            for i in range(13)
        ]
    )
    cells = draw.priorities(ranks).axes[0].collections[0].get_array()
    assert cells[:, 0].tolist() == sorted(cells[:, 0])
    shares = pd.concat([many(emphasis(), 13).assign(share=lambda f: np.arange(len(f)) % 5 / 10)])
    cells = draw.emphasis(shares).axes[0].collections[0].get_array()
    assert cells[:, 0].tolist() == sorted(cells[:, 0], reverse=True)


def test_a_dozen_regions_stay_in_columns():
    assert len(draw.emphasis(many(emphasis(), 12)).axes[0].get_xticklabels()) == 12


@pytest.mark.parametrize(
    ("texts", "cell", "size"),
    [(["12", ""], 0.3, 8.0), (["≥1,234亿元"], 0.3, 0.0), (["20"], 0.14, 7.2), ([""], 0.1, 8.0)],
)
def test_numbers_are_left_out_where_they_would_be_too_small_to_read(texts, cell, size):
    assert grids.letters(np.array(texts, dtype=object), cell) == pytest.approx(size, abs=0.1)


def test_one_long_number_does_not_silence_the_others():
    texts = np.array(["95%"] * 8 + ["1,234.5亿元"], dtype=object)
    assert list(grids.fitted(texts, 0.4)[0]) == ["95%"] * 8 + ["…"]
    assert list(grids.fitted(texts[5:], 0.4)[0]) == [""] * 4


def test_signs_stay_where_numbers_do_not_fit():
    assert list(grids.signs(np.array(["文", "?", "5", "≥95%", ""], dtype=object))) == ["文", "?", "", "", ""]


def test_a_bar_is_labelled_at_its_end_and_its_interval_is_a_thin_grey_line_below():
    fig = draw.emphasis(emphasis().query("region == '青禾县'"))
    axes, row = fig.axes[0], 0
    label = next(t for t in axes.texts if t.get_text() == "50.0")
    assert label.xy == (0.5, row) and label.get_ha() == "left"
    interval = axes.collections[0].get_segments()[row]
    assert interval[:, 0].tolist() == pytest.approx([0.4, 0.6]) and interval[0, 1] > axes.patches[row].get_height() / 2
    assert to_hex(axes.collections[0].get_colors()[0]) == theme.GREY
    assert "区间" in fig.texts[1].get_text()


def test_a_label_keeps_clear_of_the_tick_behind_its_bar():
    frame = emphasis().assign(share=[0.5, 0.3, 0.02, 0.52, 0.1, 0.04, 0.52, 0.1, 0.04], low=0.0, high=0.6)
    labels = {t.get_text(): t for t in draw.emphasis_bars(frame, region="青禾县").axes[0].texts}
    assert labels["50.0"].get_ha() == "right"  # within its bar: the median stands just behind
    assert labels["30.0"].get_ha() == "left" and labels["30.0"].xy[0] == 0.3
    assert labels["2.0"].xy[0] == pytest.approx(0.04)  # too short a bar to hold it: behind the tick


def test_the_limit_holds_for_bars():
    assert len(draw.emphasis_bars(emphasis(), region="青禾县", limit=2).axes[0].patches) == 2


def test_what_has_no_domain_comes_last_in_grey_and_in_words():
    frame = emphasis().replace({"teachers": "unknown"})
    axes = draw.emphasis_bars(frame, region="青禾县").axes[0]
    assert axes.get_yticklabels()[-1].get_text() == "未识别"
    assert to_hex(axes.patches[-1].get_facecolor()) == theme.GREY
    assert "Not identified" in words(draw.emphasis(frame, lang="en"))


@pytest.mark.parametrize("empty", [None, np.nan, "", "unknown"])
def test_nobody_reads_unknown_or_an_empty_name(empty):
    assert draw.attention.labels.group("region", empty, "zh") == "未识别"
    assert draw.attention.labels.group("region_level", empty, "en") == "Not identified"


def test_a_number_without_an_indicator_of_the_codebook_bears_its_printed_name():
    shown = " ".join(words(draw.headline(headline().assign(indicator_id=np.nan))))
    assert "普惠性幼儿园" in shown.replace("\n", "") and "nan" not in shown


def test_a_strip_puts_the_least_left_and_the_greatest_right():
    fig = draw.standing(standing(), region="青禾县")
    assert [t.get_text() for t in fig.axes[0].texts] == [
        "91%",
        "99%",
    ]  # the subject is the greatest: its number stands above its dot
    subject = [
        c for c in fig.axes[0].collections if len(c.get_facecolor()) and to_hex(c.get_facecolor()[0]) == theme.SUBJECT
    ]
    assert subject[0].get_offsets()[0].tolist() == [1, 0]


@pytest.mark.parametrize(
    ("text", "ems", "lines"),
    [
        ("推进义务教育优质均衡发展", 6, "推进义务教育\n优质均衡发展"),
        ("到二〇三〇年，入园率", 6, "到二〇三〇年，\n入园率"),  # no comma at a line's start
        ("入园率达到95.5%以上", 7, "入园率达到\n95.5%以上"),  # no break in a number
        ("关于（试行）的意见", 3, "关于\n（试行）\n的意见"),  # no bracket at a line's end
        ("", 5, ""),
    ],
)
def test_lines_break_where_chinese_lines_may(text, ems, lines):
    assert wrapping.wrap(text, ems) == lines


def test_long_text_is_shortened_and_short_text_stays():
    assert wrapping.shorten("推进义务教育", 4) == "推进义…"
    assert wrapping.shorten("推进", 4) == "推进"


@pytest.mark.parametrize("ems", [24, 27, 30, 33, 36])
def test_a_title_of_two_lines_parts_behind_a_mark_and_begins_with_none(ems: int) -> None:
    lines = wrapping.full(
        "去年篇幅增加最多的是经济运行（4.7 个百分点），减少最多的是重大项目（1.1 个百分点）", ems
    ).split("\n")
    assert not any(line.startswith(("，", "、", "）")) for line in lines)
    assert ems < 34 or lines[0].endswith("，")


def test_upright_names_are_chinese_ones():
    assert marks.upright("青禾") == "青\n禾"
    assert marks.upright("Funding") == "Funding"


def test_nothing_is_left_behind():
    code = (
        "import matplotlib\n"
        "before = dict(matplotlib.rcParams)\n"
        "import pandas as pd\n"
        "from analysis import draw\n"
        "draw.peers(pd.DataFrame([{'region': '云溪县', 'likeness': 0.9, 'same_level': True, 'same_province': False}]))\n"
        "assert dict(matplotlib.rcParams) == before\n"
        "from matplotlib import pyplot\n"
        "assert pyplot.get_fignums() == []\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_takes_seconds_to_load_waits_until_it_is_needed():
    code = (
        "import sys\n"
        "from analysis import compare, describe, draw\n"
        "late = {'networkx', 'seaborn', 'scipy.cluster', 'scipy.stats', 'matplotlib.pyplot'} & set(sys.modules)\n"
        "assert not late, late\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_unknown_context_or_language_is_refused_by_name():
    with pytest.raises(TypeError, match="draw knows no regoin"):
        draw.emphasis(emphasis(), regoin="青禾县")
    with pytest.raises(ValueError, match="lang is 'fr'"):
        draw.emphasis(emphasis(), lang="fr")


def test_a_notebook_shows_the_figure_with_words_for_those_who_cannot_see():
    png, facts = draw.peers(peers(), title="与青禾县最相近的是云溪县")._repr_png_()
    assert png.startswith(b"\x89PNG") and facts["alt"].startswith("与青禾县最相近的是云溪县")
    assert png == draw.peers(peers(), title="与青禾县最相近的是云溪县")._repr_png_()[0]


def test_of_three_hundred_places_the_first_and_the_last_are_shown_and_the_figure_says_so():
    named = [f"第{k}县" for k in range(300)]
    frame = pd.concat([emphasis().iloc[:3].assign(region=r, share=[k, 0.2, 0.1]) for k, r in enumerate(named)])
    fig = draw.emphasis(frame, region="第150县")
    rows = [t.get_text() for t in fig.axes[0].get_yticklabels()]
    assert len(rows) == grids.MOST and rows[:2] == ["第150县", "第299县"] and rows[-1] == "第0县"
    assert "首尾 40 个，共 300 个" in fig.texts[1].get_text() and fig.get_figheight() < 14


def test_a_tree_of_three_hundred_leaves_fits_a_page_and_names_the_subject():
    frame = pd.concat([emphasis().iloc[:3].assign(region=f"第{k}县", share=[k / 300, 0.2, 0.1]) for k in range(300)])
    tree = compare.dendrogram(frame.pivot_table(index="region", columns="domain", values="share"))
    for fig in (
        draw.dendrogram(tree, region="第7县"),
        draw.clustered(compare.clustered(frame), tree=tree, region="第7县"),
    ):
        named = [t.get_text() for t in fig.axes[-1].get_yticklabels() if t.get_text()]
        assert named == ["第7县"] and fig.get_figheight() < 13 and "名称从略" in fig.texts[1].get_text()


def test_marks_of_one_rank_stand_side_by_side():
    frame = priorities().assign(space_rank=1.0, strength_rank=1.0, substance_rank=1.0)
    dots = [c.get_offsets() for c in draw.priorities(frame).axes[0].collections[1:]]
    heights = [spots[0][1] for spots in dots]
    assert len(set(heights)) == 3 and sum(heights) == pytest.approx(0)


def test_the_period_stands_behind_the_measure_unless_it_is_told_there():
    assert draw.emphasis(emphasis(), period="2030–2031").texts[1].get_text().endswith("；2030–2031 年")
    assert draw.emphasis(emphasis(), lang="en", period="2030").texts[1].get_text().endswith("; 2030")
    fig = draw.emphasis(emphasis(), subtitle="2030–2031 年的份额", period="2030–2031")
    assert fig.texts[1].get_text() == "2030–2031 年的份额"


def test_sums_stand_aside_where_there_are_rates_and_rows_go_from_furthest_above_to_furthest_below():
    rate = standing().assign(is_relative=True, peers_median=95.0)
    lower = rate.assign(indicator_id="y", indicator="辍学率", value=[1.0, 2.0, 3.0], peers_median=2.5, national=np.nan)
    count = rate.assign(indicator_id="z", indicator="新建学校数", is_relative=False)
    fig = draw.standing(pd.concat([lower, count, rate]), region="青禾县")
    assert [t.get_text() for t in fig.axes[0].get_yticklabels()] == ["毛入园率", "辍学率"]


def test_english_figures_print_english_units_and_words():
    frame = targets().assign(indicator="school places", unit="万个", value=[2.4, np.nan, np.nan], comparator="eq")
    frame["state"] = ["stated", "stated_in_words", "not_stated"]
    fig = draw.targets(frame, lang="en")
    assert {"24,000", "w"} <= set(words(fig)) and not any("文" in w or "万" in w for w in words(fig))


def test_english_figures_name_provinces_in_english_and_leave_other_names():
    renamed = {"青禾县": "浙江省", "云溪县": "内蒙古自治区"}
    frame = emphasis().replace(renamed)
    fig = draw.emphasis(frame, lang="en", region="浙江省")
    heads = [t.get_text().replace("\n", " ") for t in fig.axes[0].get_xticklabels()]
    assert heads[0] == "Zhejiang" and set(heads) == {"Zhejiang", "Inner Mongolia", "白石岭自治县"}
    assert draw.emphasis(frame, region="浙江省").axes[0].get_xticklabels()[0].get_text() == "浙江省"
    rows = [t.get_text() for t in draw.radar(frame, lang="en", region="浙江省").axes[0].get_legend().get_texts()]
    assert rows[0] == "Zhejiang"


def test_counts_of_no_document_are_named_not_drawn():
    frame = pd.concat([quality().assign(plan_id=str(k)) for k in range(41)])
    fig = draw.quality(frame)
    assert [t.get_text() for t in fig.axes[0].get_yticklabels()] == ["广告", "缺发文机关"]
    assert "没有文件：中断、" in fig.texts[1].get_text()


def test_names_of_headline_numbers_are_not_cut():
    name = "Gross enrolment rate of three years of preschool among registered children"
    fig = draw.headline(headline().assign(indicator_id=None, indicator=name), lang="en")
    fig.canvas.draw()
    notes = [t for t in fig.axes[0].texts if "Gross" in t.get_text()]
    assert all(" ".join(t.get_text().split("\n")).startswith(name) for t in notes)
    assert all(t.get_window_extent().y0 > fig.axes[0].get_window_extent().y0 for t in notes)


def test_towns_and_unknown_levels_do_not_break_a_ladder():
    row = {
        "indicator_id": "x", "indicator": "入园率", "unit": "%", "value": 95.0, "wording": "hard", "is_raised": None,
        "upper": None, "upper_level": None, "upper_value": np.nan,
    }  # fmt: skip
    frame = pd.DataFrame([{**row, "region": r, "region_level": k} for r, k in (("甲镇", "town"), ("乙", None))])
    assert "乡级" in words(draw.ladder(frame)) and "95%  甲镇" in words(draw.ladder(frame))
    assert "没有可用的记录" in words(draw.ladder(frame.iloc[1:]))


def test_a_saved_figure_brings_its_font_along_and_its_words_can_be_selected(tmp_path):
    fig = draw.emphasis(emphasis(), title="青禾县着墨最多的是校园安全", region="青禾县")
    with matplotlib.rc_context({"pdf.fonttype": 3, "savefig.dpi": 72, "font.family": ["DejaVu Sans"]}):
        fig.savefig(tmp_path / "a.pdf")
        fig.savefig(tmp_path / "a.png")
    with pdfplumber.open(tmp_path / "a.pdf") as held:
        assert "青禾县着墨最多的是校园安全" in held.pages[0].extract_text()
        assert {c["fontname"].split("+")[1] for c in held.pages[0].chars} == {"NotoSansSC-Bold", "NotoSansSC-Regular"}
        assert held.metadata["Title"].startswith("青禾县着墨最多的是校园安全")
    page = (tmp_path / "a.pdf").read_bytes()
    assert b"/CIDFontType2" in page and page.count(b"/FontFile2") == 2 and b"/Type3" not in page
    with Image.open(tmp_path / "a.png") as picture:
        assert round(picture.info["dpi"][0]) == 300 and picture.width == round(300 * fig.get_figwidth())


def test_words_are_as_wide_as_our_font_prints_them():
    fig = draw.emphasis(
        emphasis(), title="浙江省着墨最多的是经济运行（22.3%）、工业与制造业（11.1%）和文化旅游体育（7.8%）"
    )
    title = fig.texts[0]
    for line in title.get_text().split("\n"):
        title.set_text(line)
        printed = title.get_window_extent().width * 72 / fig.dpi / title.get_fontsize()
        assert printed == pytest.approx(wrapping.width(line, "Bold"), abs=0.5)


def test_a_title_leaves_no_word_alone_on_its_last_line():
    lines = wrapping.full("八个地区着墨最多、差别也最大的是义务教育（云陂市29.4%，望澜市8.9%）", 31).split("\n")
    assert len(lines) == 2 and wrapping.width(lines[1]) > 8
    assert (
        wrapping.full("四个目标达到，两个目标没有达到；另有一个", 17.5) == "四个目标达到，\n两个目标没有达到；另有一个"
    )


def test_every_drawing_function_is_tested_here():
    assert set(FRAMES) == set(draw.__all__) - {"colours", "agreement"}  # tested below
    for noun in FRAMES:
        assert list(inspect.signature(getattr(draw, noun)).parameters)[:3] == ["frame", "title", "lang"]


def test_agreement_draws_a_dot_and_a_number_a_field():
    rows = [("domain", None, 30, 0.91, 0.85, 0.97), ("commitment", None, 28, 0.55, 0.4, 0.7)]
    frame = pd.DataFrame(rows, columns=["field", "code", "n_units", "alpha", "alpha_low", "alpha_high"])
    for lang, name in (("zh", "主要领域（30）"), ("en", "primary domain (30)")):
        figure = draw.agreement(frame, "标题", lang, names={"domain": name.split("（")[0].split(" (")[0]})
        labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
        assert labels[0] == name, "the highest stands on top"
        assert {"0.91", "0.55"} <= {text.get_text() for text in figure.axes[0].texts}
