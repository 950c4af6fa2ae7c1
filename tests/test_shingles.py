"""shingles: hashes of passages, for copies, families and reuse."""

import random

import numpy as np
import pytest

from analysis import shingles

HAN = [chr(c) for c in range(0x4E00, 0x5200)]


def prose(seed: int, n: int = 3000) -> str:
    """Characters without sense, a 。 in every 30: shingles do not ask for more."""
    chance = random.Random(seed)
    return "".join("。" if i % 30 == 29 else chance.choice(HAN) for i in range(n))


def edited(text: str, share: float, seed: int = 0) -> str:
    chance = random.Random(seed)
    return "".join(chance.choice(HAN) if chance.random() < share else c for c in text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("新建 幼兒園12所。", "新建幼儿园12所"),
        ("一、加强\n\t领导（试行）", "一加强领导试行"),
        ("", ""),
        ("——  。", ""),
    ],
)
def test_folding_keeps_letters_and_numbers_in_simplified_script(text, folded):
    assert shingles.fold(text) == folded
    assert shingles.folded(text).text == folded


def test_folded_spans_lead_back_to_the_text():
    text = "一、办好 學前教育；\n二、建強教師隊伍。"
    folded = shingles.folded(text)
    at = folded.text.index("学前教育二建强")
    start, end = folded.span(at, at + len("学前教育二建强"))
    assert text[start:end] == "學前教育；\n二、建強"


def test_equal_runs_have_equal_hashes_and_others_do_not():
    values = shingles.hashes("甲乙丙丁甲乙丙", 3)
    assert len(values) == 5
    assert values[0] == values[4]
    assert len(set(values.tolist())) == 4
    assert len(shingles.hashes("甲乙", 3)) == 0


def test_hashes_are_the_same_in_every_run():
    assert shingles.hashes("办好学前教育", 6).tolist() == [6455773709462398821]


def test_texts_that_share_a_run_share_a_winnowed_hash():
    shared = prose(1, 40).replace("。", "")
    left, right = (shingles.hashes(prose(i, 200) + shared + prose(i + 1, 200), 8) for i in (2, 4))
    window = len(shared) - 8 + 1
    kept = [set(v[shingles.winnow(v, window)].tolist()) for v in (left, right)]
    assert kept[0] & kept[1]
    assert len(kept[0]) < len(left) / 8


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
    found = shingles.families({"b": change(text), "a": text, "c": prose(2)})
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
    found = shingles.families(dict(zip("ab", texts, strict=True)))
    assert found == {"a": "a", "b": "b"}, name


def test_a_fragment_of_two_wholes_does_not_make_them_one():
    formula = prose(9, 300)
    plans = {"a": formula + prose(1), "b": formula + prose(2), "c": formula}
    found = shingles.families(plans)
    assert found["a"] != found["b"]
    assert found["c"] in {found["a"], found["b"]}


def test_places_and_years_that_are_known_to_differ_keep_copies_apart():
    plans = {"a": prose(1), "b": edited(prose(1), 0.01), "c": prose(1)}
    assert shingles.families(plans, apart={"a": ("331081", 2024), "b": ("331082", 2024)})["b"] == "b"
    assert set(shingles.families(plans, apart={"a": ("331081", 2024)}).values()) == {"a"}


def test_families_do_not_depend_on_the_order_of_plans():
    plans = {f"{i:02d}": edited(prose(i % 7), 0.01, seed=i) for i in range(30)}
    backwards = dict(reversed(plans.items()))
    found = shingles.families(plans)
    assert shingles.families(backwards) == found
    assert set(found.values()) == {f"{i:02d}" for i in range(7)}


def test_work_grows_with_the_plans_also_where_all_share_a_formula():
    formula = prose(99, 300)
    plans = {str(i): formula + prose(i, 300) for i in range(400)}
    signatures = [shingles.signature(plans[name]) for name in sorted(plans)]
    pairs = list(shingles._candidates(signatures, list(range(len(signatures)))))
    assert len(pairs) < 3 * len(plans) * shingles.NEIGHBOURS
    assert len(set(shingles.families(plans).values())) == 400


def test_a_signature_samples_the_shingles_evenly():
    kept = shingles.signature(prose(1, 5_000)).kept
    expected = 5_000 * 29 / 30 / shingles.KEPT
    assert abs(len(kept) - expected) < 4 * np.sqrt(expected)


def test_a_signature_stays_small_however_long_the_text():
    own = shingles.signature(prose(1, 80_000))
    assert len(own.kept) == shingles.MOST_KEPT
    assert own.kept[-1] < own.top
    assert (np.diff(own.kept.astype(float)) > 0).all()


@pytest.mark.parametrize("share", [0.95, 0.9, 0.82, 0.78, 0.6, 0.3])
def test_samples_decide_as_the_texts_themselves_would(share):
    text = prose(1, 30_000)
    cut = int(len(text) * share)
    other = text[:cut] + prose(2, len(text) - cut)
    held = shingles._held(text, other)
    assert (shingles.families({"a": text, "b": other})["b"] == "a") == (held >= shingles.NEAR)


@pytest.mark.parametrize("text", ["a_b １２ 幼兒園", "\U00020000\U000e0100x", "²③Ⅳ、々〇"])
def test_folding_keeps_what_is_a_letter_or_a_number(text):
    assert shingles.fold(text) == "".join(c for c in shingles.simplified(text) if c.isalnum())
