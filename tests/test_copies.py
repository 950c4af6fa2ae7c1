"""ingest.copies: copies and fragments of one text among many."""

import io
import random

import numpy as np
import pytest

from analysis import shingles
from analysis.ingest import copies

HAN = [chr(c) for c in range(0x4E00, 0x5200)]


def prose(seed: int, n: int = 3000) -> str:
    """Characters without sense, a 。 in every 30: shingles do not ask for more."""
    chance = random.Random(seed)
    return "".join("。" if i % 30 == 29 else chance.choice(HAN) for i in range(n))


def edited(text: str, share: float, seed: int = 0) -> str:
    chance = random.Random(seed)
    return "".join(chance.choice(HAN) if chance.random() < share else c for c in text)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("the same", lambda t: t),
        ("other white space and punctuation", lambda t: t.replace("。", "！\n  ")),
        ("adverts before and after", lambda t: prose(7, 150) + t + prose(8, 150)),
        ("edits in one character of fifty", lambda t: edited(t, 0.02)),
        ("cut off after two thirds", lambda t: t[: len(t) * 2 // 3]),
        ("a middle part", lambda t: t[900:1500]),
        ("said twice", lambda t: t + t),
    ],
)
def test_copies_and_fragments_are_one_family(name, change):
    text = prose(1)
    found = copies.families({"b": change(text), "a": text, "c": prose(2)})
    assert found == {"a": "a", "b": "a", "c": "c"}, name


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("half shared formula", [prose(9, 1500) + prose(1, 1500), prose(9, 1500) + prose(2, 1500)]),
        ("a formula of most but not nearly all", [prose(9, 2100) + prose(1, 900), prose(9, 2100) + prose(2, 900)]),
        ("heads of two years", ["青禾县2023年工作要点" + prose(1), "青禾县2024年工作要点" + prose(1)]),
        ("empty texts", ["", " 。"]),
        ("short texts that are nearly equal", ["办好学前教育，新建三所。", "办好学前教育，新建三园。"]),
    ],
)
def test_shared_formula_makes_no_family(name, texts):
    found = copies.families(dict(zip("ab", texts, strict=True)))
    assert found == {"a": "a", "b": "b"}, name


def test_a_fragment_of_two_wholes_does_not_make_them_one():
    formula = prose(9, 300)
    plans = {"a": formula + prose(1), "b": formula + prose(2), "c": formula}
    found = copies.families(plans)
    assert found["a"] != found["b"]
    assert found["c"] in {found["a"], found["b"]}


def test_places_and_years_that_are_known_to_differ_keep_copies_apart():
    plans = {"a": prose(1), "b": edited(prose(1), 0.01), "c": prose(1)}
    assert copies.families(plans, apart={"a": ("331081", 2024), "b": ("331082", 2024)})["b"] == "b"
    assert set(copies.families(plans, apart={"a": ("331081", 2024)}).values()) == {"a"}


def test_families_do_not_depend_on_the_order_of_plans():
    plans = {f"{i:02d}": edited(prose(i % 7), 0.01, seed=i) for i in range(30)}
    backwards = dict(reversed(plans.items()))
    found = copies.families(plans)
    assert copies.families(backwards) == found
    assert set(found.values()) == {f"{i:02d}" for i in range(7)}


def test_work_grows_with_the_plans_also_where_all_share_a_formula():
    formula = prose(99, 300)
    plans = {str(i): formula + prose(i, 300) for i in range(400)}
    kept = copies.Signatures(len(plans), io.BytesIO())
    for i, name in enumerate(sorted(plans)):
        kept.put(i, plans[name])
    pairs = list(copies._candidates(kept, np.arange(len(kept))))
    assert len(pairs) < 3 * len(plans) * copies.NEIGHBOURS
    assert len(set(copies.families(plans).values())) == 400


def test_shingles_are_sampled_evenly():
    _, kept = copies.sample(shingles.folded_codes(prose(1, 5_000)))
    expected = 5_000 * 29 / 30 / copies.KEPT
    assert abs(len(kept) - expected) < 4 * np.sqrt(expected)


def test_a_sample_stays_small_however_long_the_text():
    top, kept = copies.sample(shingles.folded_codes(prose(1, 80_000)))
    assert len(kept) == copies.MOST_KEPT
    assert kept[-1] < top
    assert (np.diff(kept.astype(float)) > 0).all()


def test_what_is_kept_of_a_text_comes_back():
    kept = copies.Signatures(3, io.BytesIO())
    for i in (2, 0):
        kept.put(i, prose(i))
    for i in (0, 2):
        assert kept.kept(i).tolist() == copies.sample(shingles.folded_codes(prose(i)))[1].tolist()
    assert kept.kept(1).tolist() == []


def test_pairs_are_the_same_however_many_hashes_are_sorted_at_once(monkeypatch):
    plans = {f"{i:02d}": edited(prose(i % 7), 0.01, seed=i) for i in range(30)}
    kept = copies.Signatures(len(plans), io.BytesIO())
    for i, name in enumerate(plans):
        kept.put(i, plans[name])
    at_once = list(copies._candidates(kept, np.arange(30)))
    monkeypatch.setattr(copies, "AT_ONCE", 100)
    assert list(copies._candidates(kept, np.arange(30))) == at_once
    assert len(at_once) >= 23


@pytest.mark.parametrize("share", [0.95, 0.9, 0.82, 0.78, 0.6, 0.3])
def test_samples_decide_as_the_texts_themselves_would(share):
    text = prose(1, 30_000)
    cut = int(len(text) * share)
    other = text[:cut] + prose(2, len(text) - cut)
    held = copies._held(text, other)
    assert (copies.families({"a": text, "b": other})["b"] == "a") == (held >= copies.NEAR)
