"""shingles: hashes of passages, for copies and reuse."""

import random

import numpy as np
import pytest

from analysis import shingles

HAN = [chr(c) for c in range(0x4E00, 0x5200)]


def prose(seed: int, n: int = 3000) -> str:
    """Characters without sense, a 。 in every 30: shingles do not ask for more."""
    chance = random.Random(seed)
    return "".join("。" if i % 30 == 29 else chance.choice(HAN) for i in range(n))


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


@pytest.mark.parametrize("window", [1, 2, 5, 7, 40])
def test_winnowing_takes_the_least_of_every_window(window):
    values = shingles.hashes(prose(3, 300), 6)
    least = {at + int(values[at : at + window].argmin()) for at in range(len(values) - window + 1)}
    assert set(shingles.winnow(values, window).tolist()) == least


def test_formulae_are_learnt_from_some_texts_of_places_that_have_very_many(monkeypatch):
    common, places = prose(50, 60), [[prose(100 * i + k, 200) for k in range(40)] for i in range(6)]
    texts = {i: [text + common for text in own] for i, own in enumerate(places)}
    every = shingles.formula(texts)
    monkeypatch.setattr(shingles, "MOST_CHARS", 6 * 1000)
    read = []
    monkeypatch.setattr(shingles, "row_codes", lambda own, row=shingles.row_codes: read.extend(own) or row(own))
    assert shingles.formula(texts).tolist() == every.tolist()
    assert 6 * 3 <= len(read) <= 6 * 5
    assert len(every) > 40


def test_what_formulae_cover_is_counted_text_by_text():
    known = np.sort(shingles.hashes("一二三四五六七八九十"))
    texts = ["甲一二三四五六七八九十乙", "", "一二三四五", "九十一二三四五六七八"]
    assert shingles.covered(texts, known, shingles.N).tolist() == [10, 0, 0, 8]
    sums = [sum(end - start for start, end in shingles.runs(text, known, shingles.N)) for text in texts]
    assert shingles.covered(texts, known, shingles.N).tolist() == sums


@pytest.mark.parametrize("text", ["a_b １２ 幼兒園", "\U00020000\U000e0100x", "²③Ⅳ、々〇"])
def test_folding_keeps_what_is_a_letter_or_a_number(text):
    assert shingles.fold(text) == "".join(c for c in shingles.simplified(text) if c.isalnum())
