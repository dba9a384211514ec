"""Passages made whole, and described by their words: examples and laws."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annotations.anchoring.graphemes import is_inside
from annotations.anchoring.selectors import describe, snap
from cases import each

LONG = "The chiefs met for a third time on Tuesday, and the ministers said that nothing had been agreed at the table."
PROSE = st.lists(
    st.sampled_from(["the", "chiefs", " ", " ", "\n", "e\u0301", "👩‍👧", "🇩🇪", "日本", "مرحبا", ".", "a"]), max_size=60
)


@st.composite
def passages(draw):
    text = "".join(draw(PROSE))
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    assume(text[start:end].strip())
    return text, start, end


def test_space_around_a_selection_is_left_out():
    assert snap("one  two\n three", 3, 10) == (5, 8)


def test_a_selection_that_cuts_characters_takes_them_whole():
    text = "an e\u0301tude 👩‍👩‍👧 end"
    assert snap(text, 4, 13) == (3, 15)


@each(("start", "end"), [(3, 5), (5, 3), (99, 120), (-9, 0), (0, 0)])
def test_a_selection_without_words_is_refused_with_a_sentence(start, end):
    with pytest.raises(ValueError, match=r"^Select some words first\.$"):
        snap("one  two", start, end)


def test_a_selection_past_the_ends_of_the_text_is_clamped():
    assert snap("one two", -5, 99) == (0, 7)


def test_a_selector_holds_whole_words_around_the_passage():
    selector = describe(LONG, LONG.index("Tuesday"), LONG.index(", and"))
    assert selector.exact == "Tuesday"
    assert selector.prefix == "chiefs met for a third time on "
    assert selector.suffix == ", and the ministers said that"


def test_the_context_is_as_long_as_it_takes_to_tell_two_places_apart():
    text = f"First. {LONG} Then {LONG} End."
    selector = describe(text, text.rindex("Tuesday"), text.rindex("Tuesday") + 7)
    assert text.count(selector.prefix + selector.exact + selector.suffix) == 1
    assert len(selector.prefix) <= 64


def test_the_context_ends_at_256_where_nothing_tells_two_places_apart():
    selector = describe("a" * 5_000, 2_000, 2_001)
    assert (len(selector.prefix), len(selector.suffix)) == (256, 256)


def test_a_text_without_spaces_is_cut_between_characters():
    selector = describe("日本語の文章" * 3 + "核心" + "かな漢字交じり" * 3 + "👩‍👩‍👧" * 9, 18, 20)
    assert selector.prefix == "日本語の文章" * 3
    assert selector.suffix == "かな漢字交じり" * 3 + "👩‍👩‍👧" * 2


@given(passage=passages())
def test_snapping_twice_is_snapping_once(passage):
    text, start, end = passage
    once = snap(text, start, end)
    assert snap(text, *once) == once


@given(passage=passages())
def test_a_snapped_passage_keeps_every_word_and_cuts_no_character(passage):
    text, start, end = passage
    first, last = snap(text, start, end)
    assert text[start:end].strip() in text[first:last]
    assert not is_inside(text, first)
    assert not is_inside(text, last)


@given(passage=passages())
def test_a_selector_is_what_stands_in_the_text(passage):
    text, start, end = passage
    start, end = snap(text, start, end)
    selector = describe(text, start, end)
    assert text.startswith(selector.prefix + selector.exact + selector.suffix, start - len(selector.prefix))
    assert not is_inside(text, start - len(selector.prefix))
    assert not is_inside(text, end + len(selector.suffix))
