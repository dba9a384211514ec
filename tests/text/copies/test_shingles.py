"""Shingles: the same words give the same numbers, however they are written, and a share tells how much of a text is another."""

from hypothesis import given
from hypothesis import strategies as st

from newsreader.text.copies.shingles import (
    SAMPLING,
    WIDTH,
    compare,
    make_shingles,
    sample_shingles,
    split_words,
)

TEXT = "At least 12 governments might contribute to a reassurance force, officials said on Monday."
LONG = " ".join(f"word{number}" for number in range(4_000))


def test_words_are_casefolded_and_without_punctuation():
    assert split_words("“Naïve” STRASSE/Straße, co\N{SOFT HYPHEN}operate… 12.5") == [
        *("naïve", "strasse", "strasse", "cooperate", "12", "5"),
    ]
    assert split_words("会見した。") == ["会", "見", "し", "た"]


def test_the_numbers_are_the_same_in_every_process():
    assert sorted(make_shingles("one two three four five six")) == [0x37EEC11F0A1AD7EB, 0xC90AC857D44BFEDC]
    assert make_shingles("one two three four") == set()


def test_case_punctuation_and_space_do_not_matter():
    assert make_shingles(TEXT) == make_shingles(TEXT.upper().replace(",", " –\n"))


def test_a_part_is_contained_and_two_texts_are_not():
    whole, part = make_shingles(LONG), make_shingles(" ".join(LONG.split()[:100]))
    other = make_shingles(LONG.replace("word", "term"))
    assert compare(whole, part).containment == 1 and compare(whole, part).of_first < 0.03
    assert compare(whole, other) == (0, 3_996, 3_996) and not compare(whole, other).is_copy


def test_fewer_than_twelve_shared_make_no_copy():
    words = LONG.split()
    for shared, expected in ((15, False), (16, True)):
        first, second = " ".join(words[:shared]), " ".join([*words[:shared], "end"])
        assert compare(make_shingles(first), make_shingles(second)).is_copy is expected


def test_what_is_common_counts_for_neither():
    whole = make_shingles(LONG)
    sample = sample_shingles(whole)
    assert abs(len(sample) * SAMPLING - len(whole)) < len(whole) / 5
    assert compare(whole, whole, common=sample).shared < len(whole) / 5


@given(st.lists(st.sampled_from("abcdefgh"), max_size=40), st.lists(st.sampled_from("abcdefgh"), max_size=40))
def test_two_texts_that_are_joined_have_the_shingles_of_both(first, second):
    joined = make_shingles(" ".join(first + second))
    assert make_shingles(" ".join(first)) | make_shingles(" ".join(second)) <= joined
    assert len(joined) <= max(0, len(first + second) - WIDTH + 1)
