"""Grapheme clusters: examples, and agreement with a full implementation of UAX #29."""

from hypothesis import example, given
from hypothesis import strategies as st
from uniseg.graphemecluster import grapheme_cluster_boundaries

from annotations.anchoring.graphemes import ceiling, floor, is_inside

PARTS = ["a", " ", "\r", "\n", "\u0301", "\u200d", "\ufe0f", "👩", "👍", "🏽", "☂", "🇩", "🇪", "ᄀ", "ᅡ", "ᆨ", "각", "가"]
INDIC = ["क", "्", "ष", "ि", "\u093c", "\u0600", "ก", "ำ", "日"]


@given(text=st.lists(st.sampled_from(PARTS + INDIC) | st.characters(), max_size=12).map("".join))
@example("👩‍👩‍👧🇩🇪🇫🇷क्षिe\u0301👍🏽\r\nक्ष")
def test_boundaries_are_those_of_unicode(text):
    boundaries = set(grapheme_cluster_boundaries(text)) | {0, len(text)}
    assert {place for place in range(len(text) + 1) if not is_inside(text, place)} == boundaries


def test_a_family_is_one_character():
    assert [floor("x👩‍👩‍👧y", 3), ceiling("x👩‍👩‍👧y", 3)] == [1, 6]


def test_the_second_of_two_flags_is_not_cut():
    assert [floor("🇩🇪🇫🇷", 3), ceiling("🇩🇪🇫🇷", 3)] == [2, 4]


def test_a_pile_of_marks_without_end_is_not_followed_for_ever():
    assert floor("a" + 5_000 * "\u0301", 4_000) == 3_000
