"""Addresses made of words, in every script."""

import re

from hypothesis import given
from hypothesis import strategies as st

from cases import each
from newsreader.text.language.slugs import make_slug


@each(
    ("words", "slug"),
    [
        ("Harbour reopens", "harbour-reopens"),
        ("Crème brûlée, naïve façade", "creme-brulee-naive-facade"),
        ("İstanbul", "istanbul"),
        ("Αθήνα: νέα μέτρα", "αθηνα-νεα-μετρα"),
        ("قُرّاء الرُّمانة", "قراء-الرمانة"),
        ("שָׁלוֹם", "שלום"),
        ("snake_case & 12 million", "snake-case-12-million"),
        ("ﬁne ｗｉｄｅ", "fine-wide"),
    ],
)
def test_accents_and_points_fold_away_where_the_word_stays_readable(words, slug):
    assert make_slug(words) == slug


@each(
    ("words", "slug"),
    [
        ("がっこう", "がっこう"),
        ("プール開き", "プール開き"),
        ("Ёлка и чай", "ёлка-и-чай"),
        ("آخر الأخبار", "آخر-الأخبار"),
        ("हिन्दी समाचार", "हिन्दी-समाचार"),
        ("ข่าวที่นี่", "ข่าวที่นี่"),
        ("한국 소식", "한국-소식"),
    ],
)
def test_a_mark_that_belongs_to_its_letter_stays(words, slug):
    assert make_slug(words) == slug


@each("words", ["", "…", "🚢", "❤️", "\u0301", "\u200d\ufe0f", "___"])
def test_without_letters_it_is_untitled(words):
    assert make_slug(words) == "untitled"


def test_emoji_and_their_selectors_part_words():
    assert make_slug("Storm 🌧️ over ❤️ Brevik") == "storm-over-brevik"


def test_a_long_title_is_cut_at_a_word():
    assert make_slug("one two three four", length=12) == "one-two"


def test_one_endless_word_is_cut_anywhere():
    assert make_slug("a" * 100, length=12) == "a" * 12


@given(st.text(max_size=200))
def test_a_slug_fits_its_address_and_is_its_own_slug(words):
    slug = make_slug(words)
    assert 0 < len(slug) <= 60
    assert not re.search(r"[\s/?#&%_.]", slug)
    assert make_slug(slug) == slug
