"""Every number of a sentence opens what it was read or counted from; on a small corpus of invented places."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis import brief, compare, describe, draw, frames, numerals, trace
from analysis.brief import cites, html, show, sources
from analysis.describe.said import Said, cited, marked, parts
from analysis.draw import areas
from test_brief import corpus, shown

LINK = re.compile(r"\[([^\]]+)\]\(#([\w-]+)\)")


@pytest.fixture(scope="module")
def held(tmp_path_factory) -> frames.Corpus:
    folder = tmp_path_factory.mktemp("links")
    frames.write(corpus(), folder)
    return frames.load(folder)


def outputs(monkeypatch: Any) -> list[dict[str, Any]]:
    """What a page shows from now on, an output each."""
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(show, "display", lambda data, metadata=None, raw=True: told.append(dict(data)))
    return told


def test_a_sentence_is_plain_text_to_everybody_and_knows_its_numbers():
    said = Said(f"有 {cited(2, [*'ab'])} 项，占 {cited('5%', ['c'])}，无据 {cited(7, [])}。")
    assert said == "有 2 项，占 5%，无据 7。"
    assert f"{said}" == said.upper() == str(said)
    assert [(text, ids) for text, ids in parts(said) if ids] == [("2", ["a", "b"]), ("5%", ["c"])]
    assert "".join(text for text, _ in parts(said)) == said
    assert marked("没有数字") == "没有数字"
    assert copy.deepcopy(said) == said
    assert json.loads(json.dumps(said)) == said


@pytest.mark.parametrize(
    ("rows", "ids"),
    [
        (pd.DataFrame({"metric_id": ["m1", None, "m2"], "item_id": ["i1", "i2", "i3"]}), ["m1", "i2", "m2"]),
        (pd.DataFrame({"plan_id": ["p1", "p2"], "metric_id": ["m1", None]}), ["m1"]),
        (pd.DataFrame({"plan_id": ["p1", "p2"]}), ["p1", "p2"]),
        (pd.DataFrame({"ids": [["a", "b"], ["b"], []], "metric_id": ["x", "y", "z"]}), ["a", "b"]),
        (pd.Series({"item_id": "i1", "n": 2}), ["i1"]),
        ({"share": 0.5}, []),
        (next(pd.DataFrame({"region": ["甲"], "ids": [["a"]]}).itertuples(index=False)), ["a"]),
        (["a", "b"], ["a", "b"]),
    ],
)
def test_a_row_is_its_number_else_its_item_and_a_count_what_it_counts(rows, ids):
    assert frames.ids(rows) == ids


def test_a_table_of_counts_holds_the_ids_of_what_it_counts(held):
    items, metrics = held.items, held.metrics
    for table, n in (
        (compare.emphasis(items), "n_items"),
        (compare.instruments(items), "n"),
        (compare.priorities(items, metrics), "n_items"),
        (compare.draft_check(compare.tasks(items, metrics)), "n"),
    ):
        assert [len(ids) for ids in table["ids"]] == table[n].tolist()
        assert set(frames.ids(table)) <= set(items["item_id"])
    one = compare.emphasis(items).query("region == '青禾县' and domain == 'teachers'").iloc[0]
    assert set(items.set_index("item_id").loc[one["ids"], "domain"]) == {"teachers"}


def test_a_count_in_a_sentence_cites_just_the_rows_that_it_counts(held):
    tasks = compare.tasks(held.items, held.metrics)
    said = {text: ids for text, ids in parts(describe.tasks(tasks)) if ids}
    assert said[str(len(tasks))] == tasks["item_id"].tolist()
    owned = tasks[~tasks["no_owner"]]["item_id"].tolist()
    assert said[str(len(owned))] == owned


def test_the_median_of_the_peers_opens_their_numbers_and_not_the_regions_own(held):
    chosen = brief.select(held, region="青禾县")
    frame = compare.oddities(compare.emphasis(chosen.items), compare.targets(chosen.metrics, chosen.plans), "青禾县")
    told = [ids for _, ids in parts(describe.oddities(frame, region="青禾县")) if ids]
    assert len(told) == 2 * len(frame) > 0
    for own, others in zip(told[::2], told[1::2], strict=True):
        assert all(key.startswith("青禾县") for key in own)
        assert others
        assert not any(key.startswith("青禾县") for key in others)


def test_one_sentence_is_opened_itself_and_several_as_a_list_taken_in_turn_from_each_plan(held):
    links = cites.Cites(cites.Known(held))
    many = held.items["item_id"].tolist()
    assert links.link(["青禾县-2024-0-m"]) == f"#{sources.anchor('青禾县-2024-0-m')}"
    assert links.link(["nowhere"]) is None
    assert links.link(["青禾县-2024-0"]).startswith("#list-")  # a share of text is counted from its one item
    name = links.link([*many, *many]).removeprefix("#")
    told = links.lists[name]
    plans = held.items["plan_id"].nunique()
    assert (told["n"], told["n_plans"]) == (len(many), plans)
    assert len(told["ids"]) == min(cites.LISTED, len(many))
    found = {record["id"]: record["plan_id"] for record in links.records()}
    assert len({found[key] for key in told["ids"]}) == min(plans, cites.LISTED)
    assert links.link(many) == f"#{name}"
    assert {record["id"] for record in links.records()} >= set(told["ids"])


def test_a_number_of_documents_opens_the_documents(held):
    links = cites.Cites(cites.Known(held))
    name = links.link(held.plans["plan_id"].tolist()).removeprefix("#")
    assert links.lists[name]["of_plans"]
    assert links.lists[name]["n"] == links.lists[name]["n_plans"] == len(held.plans)
    assert all(record["is_plan"] for record in links.records())
    assert not {"items", "metrics"} & set(vars(links.known))  # a page on documents alone reads no other frame


def test_what_lists_take_from_many_plans_is_fair_and_stands_plan_by_plan():
    assert cites.some({"甲": ["a1", "a2", "a3"], "乙": ["b1"], "丙": ["c1", "c2"]}, 4) == ["a1", "a2", "b1", "c1"]
    assert cites.some({}, 4) == []


def test_a_page_writes_numbers_as_links_and_holds_what_they_open(held, monkeypatch):
    told = outputs(monkeypatch)
    page = brief.page(held)
    page.say(
        Said(f"*共* {cited(2, ['青禾县-2024-0', '青禾县-2024-1'])} 项，达到 {cited('92%', ['青禾县-2024-0-m'])}。")
    )
    (found,) = told
    links = dict(LINK.findall(found["text/markdown"]))
    assert found["text/markdown"].startswith("\\*共\\* [2](#list-")
    record = {r["id"]: r for r in found[cites.MIME]["records"]}[links["92%"]]
    assert "92" in record["quote"]
    assert found[cites.MIME]["lists"][links["2"]]["n"] == 2


def test_an_open_notebook_has_plain_sentences_and_what_they_open_folded_below(held, monkeypatch):
    told = outputs(monkeypatch)
    monkeypatch.setenv("JPY_SESSION_NAME", "x.ipynb")
    page = show.Page(held)
    page.say(Said(f"达到 {cited('92%', ['青禾县-2024-0-m'])}。"))
    said, below = told
    assert said["text/markdown"] == "达到 92%。"
    assert "学前三年毛入园率达到92%以上" in below["text/html"]
    assert below["text/html"].startswith("<details>")


def test_the_page_of_a_report_holds_each_sentence_once_and_each_list(held):
    known = cites.Known(held)
    first, second = cites.Cites(known), cites.Cites(known)
    keys = ["青禾县-2024-0", "青禾县-2024-1"]
    names = {first.link(keys), second.link(keys)}
    nb = shown({"text/markdown": "一", **first.data()}, {"text/markdown": "二", **second.data()})
    assert len(names) == 1
    opened = html.cited(nb)
    assert len(opened.records) == 2
    assert list(opened.lists) == [names.pop().removeprefix("#")]
    page = html.page(nb)
    assert all(page.count(f'id="{sources.anchor(key)}"') == 1 for key in keys)
    assert html.records(nb) == []  # on paper these are not printed again


def test_a_plan_is_shown_by_the_words_its_title_was_read_in(held, tmp_path: Path):
    (record,) = sources.plans(held, ["青禾县-2024"])
    assert (record["start"], record["is_plan"]) == (0, True)
    assert record["quote"].startswith("青禾县2024年教育工作要点")


def test_no_number_of_a_plan_stands_in_a_headline_without_its_link(held):
    """What a region states, printed in the sentences on its numbers, is marked with that number's id."""
    chosen = brief.select(held, region="青禾县")
    targets = compare.targets(chosen.metrics, chosen.plans)
    own = targets[targets["region"].eq("青禾县") & targets["state"].eq("stated")]
    printed = {numerals.printed(row.value, row.unit): row.metric_id for row in own.itertuples()}
    headline = compare.headline(chosen.metrics, "青禾县")
    said = [
        describe.standing(compare.standing(targets, region="青禾县"), region="青禾县"),
        describe.oddities(compare.oddities(compare.emphasis(chosen.items), targets, "青禾县"), region="青禾县"),
        describe.headline(headline),
    ]
    pieces = [piece for sentence in said for piece in parts(sentence)]
    plain = "".join(text for text, ids in pieces if not ids)
    cited_values = {text: ids for text, ids in pieces if ids == [printed.get(text)]}
    assert cited_values
    assert [value for value in printed if value in plain] == []


def test_the_areas_of_a_figure_lie_where_its_marks_were_drawn():
    frame = pd.DataFrame({"region": ["甲县"] * 2, "codebook": "education", "domain": ["teachers", "safety"], "n_items": 2,
                          "n_chars": 9, "share": [0.75, 0.25], "low": 0.1, "high": 0.9, "ids": [["a", "b"], ["c"]]})  # fmt: skip
    figure = draw.emphasis(frame, title="甲县着墨最多的是教师队伍（75%）。")
    saved = figure.get_tightbbox()
    bars = [patch.get_window_extent() for patch in figure.axes[0].patches]
    found = areas.placed(figure, saved)
    assert [(place.ids, place.name) for place in found] == [
        (["a", "b"], "教师队伍: 75.0"),
        (["c"], "校园安全与稳定: 25.0"),
    ]
    for place, bar in zip(found, bars, strict=True):
        left, bottom, right, top = 72 * (bar.extents / figure.dpi - [saved.x0, saved.y0, saved.x0, saved.y0])
        assert place.left <= left + 0.1
        assert place.left + place.width >= right
        assert place.top <= 72 * saved.height - top + 0.1
        assert place.top + place.height >= 72 * saved.height - bottom - 0.1


def test_a_number_of_a_title_is_found_on_its_line_and_not_in_a_title_that_says_something_else():
    title = "甲县着墨最多的是教师队伍（75%），其次才是校园安全与稳定，比上一年多出百分之二十以上的篇幅来（25%）。"
    pieces = [(title[:13], []), ("75%", ["a"]), (title[16:-5], []), ("25%", ["b"]), (title[-2:], [])]
    frame = pd.DataFrame({"region": ["甲县"], "codebook": "education", "domain": ["teachers"], "n_items": 2, "n_chars": 9,
                          "share": [1.0], "low": 0.1, "high": 0.9})  # fmt: skip
    figure = draw.emphasis(frame, title=title)
    first, second = areas.words(figure, pieces, figure.get_tightbbox())
    assert "\n" in figure.texts[0].get_text()
    assert second.top > first.top + 10
    assert 15 < first.width < 60
    assert areas.words(draw.emphasis(frame, title="另一句话"), pieces, figure.get_tightbbox()) == []


def test_a_count_in_a_table_opens_what_it_counts_and_its_ids_are_no_column(held, monkeypatch):
    told = outputs(monkeypatch)
    page = brief.page(held)
    page.table(compare.emphasis(held.items))
    (found,) = told
    assert "['" not in found["text/html"]
    assert "ids" not in found["text/html"]
    shown_n = re.findall(r'<a class="src" href="#(?:src|list)-[\w]+">(\d+)</a>', found["text/html"])
    assert sorted(map(int, shown_n)) == sorted(n for n in compare.emphasis(held.items)["n_items"] if n)


def test_a_result_opens_its_own_sentence_beside_the_promise(held):
    promises = trace.ledger(held.plans, held.items, held.metrics)
    moved = trace.moves(promises)
    assert len(moved)
    for row in moved.to_dict("records"):
        assert row["ids_promised"] == [row["metric_id"]]
        later = [*row["ids_reported"], *row["ids_renewed"]]
        assert later
        assert set(row["ids"]) == {row["metric_id"], *later}
        assert {held.metrics.set_index("metric_id").loc[key, "plan_year"] for key in later} == {2024}


def test_a_page_holds_few_passages_of_a_plan_by_themselves_and_many_with_their_plan(held, monkeypatch):
    links = cites.Cites(cites.Known(held))
    links.link(held.items["item_id"].tolist())
    links.link(["青禾县-2024-0-m"])
    nb = shown({"text/markdown": "一", **links.data()})
    assert set(html.to_hold(nb)) == {"青禾县-2024"}
    monkeypatch.setattr(html, "APART", 2)
    assert len(set(html.to_hold(nb))) > 2
