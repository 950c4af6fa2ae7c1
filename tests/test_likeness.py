"""trace.likeness: how alike plans are, a few of them or very many."""

import importlib
import random
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from analysis import draw, formulae, shingles, trace
from analysis.trace import holdings

likeness = importlib.import_module("analysis.trace.likeness")  # the module: its name in the room is the function's

HAN = [chr(c) for c in range(0x4E00, 0x5600)]


def prose(seed: int, n: int = 400) -> str:
    chance = random.Random(seed)
    return "".join("。" if i % 25 == 24 else chance.choice(HAN) for i in range(n))


@pytest.fixture(scope="module")
def plans() -> pd.DataFrame:
    """Forty plans in two items each: every plan shares some of its words with three others, and all share a formula."""
    chance = random.Random(5)
    stock = [prose(i, 60) for i in range(60)]
    rows = []
    for i in range(40):
        own = [prose(100 + i, 200), *(stock[(3 * i + k) % 60] for k in range(4)), prose(99, 50)]
        rows += [
            {"plan_id": f"p{i:02d}", "item_id": f"p{i:02d}-{k}", "region": f"甲{i}县", "text": "。".join(own[k::2])}
            for k in (0, 1)
        ]
    chance.shuffle(rows)
    return pd.DataFrame(rows).assign(plan_year=2024)


def by_definition(items: pd.DataFrame) -> dict[tuple[str, str], tuple[float, float, int]]:
    """Formula, substance and shared shingles of every pair, set against set."""
    known = set(formulae.of(items).tolist())
    held: dict[str, set[int]] = {}
    for plan, text in zip(items["plan_id"], items["text"], strict=True):
        held.setdefault(plan, set()).update(shingles.hashes(shingles.fold(text), 8).tolist())
    told = {}
    for a, b in combinations(sorted(held), 2):
        both, least = held[a] & held[b], min(len(held[a]), len(held[b]))
        substance = min(len(held[a] - known), len(held[b] - known))
        told[a, b] = (round(len(both & known) / least, 6), round(len(both - known) / substance, 6), len(both - known))
    return told


def told(found: pd.DataFrame) -> dict[tuple[str, str], tuple[float, float, int]]:
    columns = ["plan_id", "other_plan_id", "formula", "substance", "n_shared"]
    return {(a, b): tuple(rest) for a, b, *rest in found[columns].itertuples(index=False)}


def test_likeness_of_all_pairs_equals_its_definition(plans):
    assert told(trace.likeness(plans)) == by_definition(plans)


@pytest.mark.parametrize("nearest", [1, 3, 100])
def test_the_nearest_of_each_plan_are_those_of_all_pairs(plans, nearest):
    every = trace.likeness(plans)
    ends = pd.concat([every, every.rename(columns={"plan_id": "other_plan_id", "other_plan_id": "plan_id"})])
    least = ends.groupby("plan_id")["substance"].apply(lambda own: own.nlargest(nearest).min())
    found = trace.likeness(plans, nearest=nearest)
    assert set(told(found)) == {
        (row.plan_id, row.other_plan_id)
        for row in every.itertuples()
        if row.n_shared and row.substance >= min(least[row.plan_id], least[row.other_plan_id])
    }
    assert told(found).items() <= told(every).items()


def test_of_many_plans_the_nearest_are_told_whatever_the_blocks(plans, monkeypatch):
    expected = trace.likeness(plans, nearest=likeness.NEAREST)
    monkeypatch.setattr(likeness, "MOST", 20)
    for module, name, value in ((likeness, "BLOCK", 7), (holdings, "CHUNK", 100), (holdings, "AT_ONCE", 11)):
        monkeypatch.setattr(module, name, value)
    pd.testing.assert_frame_equal(trace.likeness(plans), expected)


def test_likeness_is_the_same_table_for_items_in_any_order(plans):
    found = trace.likeness(plans.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(found, trace.likeness(plans))


def test_what_very_many_plans_hold_brings_none_together_but_is_counted(plans, monkeypatch):
    monkeypatch.setattr(holdings, "SPREAD", 2)
    found = trace.likeness(plans, nearest=2)
    assert 0 < len(found) < 80
    assert told(found).items() <= by_definition(plans).items()


@pytest.mark.parametrize("texts", [[], [None], [None, "。"], ["甲乙"]])
def test_plans_without_words_are_alike_in_nothing(texts):
    frame = pd.DataFrame({"plan_id": list("ab")[: len(texts)], "text": pd.Series(texts, dtype="str")})
    for nearest in (None, 3):
        found = trace.likeness(frame, nearest=nearest)
        assert found["substance"].eq(0).all()
        assert np.array_equal(found.columns, likeness.COLUMNS)


def test_of_many_plans_the_pairs_most_alike_are_drawn_as_a_list(plans):
    found = trace.likeness(plans, nearest=2)
    fig = draw.likeness(found, region="甲3县", limit=5)
    words = {text.get_text() for axes in fig.axes for text in axes.texts}
    own = found[found["region"].eq("甲3县") | found["other_region"].eq("甲3县")].iloc[0]
    assert {f"{own['region']}2024", f"{own['other_region']}2024", f"{100 * own['substance']:.0f}"} <= words
