"""text: characters with a map back to the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text import Edit, Text


def test_an_edited_text_leads_back_to_its_source():
    text = Text.of("新建 幼儿园１２所。").edit([Edit(2, 3, ""), Edit(6, 8, "12")])
    assert text.clean == "新建幼儿园12所。"
    at = text.clean.index("12")
    start, end = text.source_span(at, at + 2)
    assert text.source[start:end] == "１２"
    assert text.clean_span(start, end) == (at, at + 2)


def test_deleted_characters_have_no_clean_span():
    text = Text.of("甲【广告】乙").edit([Edit(1, 5, "")])
    assert text.clean == "甲乙"
    assert text.clean_span(1, 5) is None
    assert text.source_span(0, 2) == (0, 6)


def test_overlapping_edits_are_refused():
    with pytest.raises(ValueError, match="overlaps"):
        Text.of("甲乙丙").edit([Edit(0, 2, ""), Edit(1, 3, "")])


edits = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), st.text("甲乙 1", max_size=4)), max_size=6)


@given(st.text("甲乙丙丁，。 0123", max_size=40), st.lists(edits, max_size=4))
def test_any_chain_of_edits_maps_untouched_characters_to_themselves(source, chain):
    text = Text.of(source)
    marks: list[int | None] = list(range(len(source)))  # a second way: every character carries its source place
    for step in chain:
        made, at = [], 0
        for start, length, new in sorted(step):
            if start < at or start + length > len(text):
                continue
            made.append(Edit(start, start + length, new))
            at = start + length + (length == 0)
        new_marks, at = [], 0
        for start, end, new in made:
            new_marks += marks[at:start] + [None] * len(new)
            at = end
        marks = new_marks + marks[at:]
        text = text.edit(made)
    assert len(marks) == len(text.clean)
    for i, mark in enumerate(marks):
        start, end = text.source_span(i, i + 1)
        assert 0 <= start <= end <= len(source)
        if mark is not None:
            assert start <= mark < end
            assert (end - start > 1) or source[mark] == text.clean[i]
