"""Terms: what is the same to somebody who searches is the same term."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import each
from newsreader.text.language.analyzer import LONGEST, folded, parts_of, terms_of, words_of
from newsreader.text.language.stems import family_of, stems_of


@each(
    ("text", "terms"),
    [
        ("Two Ferries, 1,200 people!", "two ferries 1 200 people"),
        ("Élection ÉLECTION e\u0301lection", "election election election"),
        ("œuvre Æble Straße STRASSE Łódź øre đường", "oeuvre aeble strasse strasse lodz ore duong"),
        ("İstanbul ISPARTA ılık", "istanbul isparta ilik"),
        ("co\u00adop\u200bera\u200dte", "cooperate"),
        ("ＡＢＣ１２ ﬁne ٢٠٢٦ ४२", "abc12 fine 2026 42"),
        ("L’homme don't U.S.", "l homme don t u s"),
        ("東京ﾀﾜｰ2号", "東 京 タ ワ ー 2 号"),
        ("ガラス ｶﾞﾗｽ", "ガ ラ ス ガ ラ ス"),
        ("カ ガ か が", "カ ガ か が"),
        ("อีก", "อี ก"),
        ("한국어 정부", "한국어 정부"),
        ("مُحَمَّد محمـــد", "محمد محمد"),
        ("أحمد إلى آمن ٱلله مكتبة کتابی", "احمد الي امن الله مكتبه كتابي"),
        ("שָׁלוֹם", "שלום"),
        ("Ёлка йод мой́", "елка йод мой"),
        ("हिन्दी", "हिन्दी"),
        ("ΟΔΟΣ Ἀθῆναι", "οδοσ αθηναι"),
        ("🚢 — … * ' ·", ""),
    ],
)
def test_a_text_has_these_terms(text, terms):
    assert words_of(text) == terms.split()


def test_a_term_knows_where_its_words_stand():
    text = "Le naïve œuvre 港口"
    assert [(term.word, text[term.start : term.end]) for term in terms_of(text)] == [
        ("le", "Le"), ("naive", "naïve"), ("oeuvre", "œuvre"), ("港", "港"), ("口", "口"),
    ]  # fmt: skip


def test_a_long_word_is_cut():
    assert words_of("a" * 5_000) == ["a" * LONGEST]


@given(st.text())
def test_a_term_is_letters_and_digits_that_no_engine_parts_again(text):
    for word in words_of(text):
        assert word and len(word) <= LONGEST
        assert not any(sign.isspace() or sign in "\"'\\%_·" or (sign < "\x80" and not sign.isalnum()) for sign in word)


@given(st.text())
def test_a_term_is_its_own_term(text):
    for word in words_of(text):
        assert "".join(words_of(word)) == word


@given(st.text())
def test_case_and_composition_do_not_matter(text):
    assert words_of(unicodedata.normalize("NFD", text)) == words_of(unicodedata.normalize("NFC", text))


@each(("code", "family"), [("en", "en"), ("pt-BR", "pt"), ("de_AT", "de"), ("zh", ""), ("", ""), ("x" * 40, "")])
def test_a_language_has_a_family_of_stems(code, family):
    assert family_of(code) == family


@each(
    ("one", "other", "family"),
    [
        ("promised", "promising", "en"),
        ("Häuser", "Haus", "de"),
        ("élections", "Élection", "fr"),
        ("порта", "порт", "ru"),
    ],
)
def test_forms_of_a_word_have_one_stem(one, other, family):
    assert set(stems_of(one, family)) & set(stems_of(other, family))


@pytest.mark.parametrize("family", ["fr", "tr", "de", "ar", "ru", "es"])
@given(word=st.text(min_size=1, max_size=12))
def test_a_word_and_its_term_share_a_stem(word, family):
    for part in parts_of(word):
        assert set(stems_of(part, family)) & set(stems_of(folded(part), family))


def test_stems_of_different_languages_are_different():
    assert stems_of("nation", "en") != stems_of("nation", "fr")


@given(st.text(min_size=1, max_size=20))
def test_no_word_is_a_stem(word):
    assert folded(word) not in stems_of(word, "en")
