"""Terms: what is the same to somebody who searches is the same term."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import each
from newsreader.text.language.analyzer import MAX_TERM_LENGTH, extract_terms, extract_words, fold_word, split_words
from newsreader.text.language.stems import find_family, stem_word


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
    assert extract_words(text) == terms.split()


def test_a_term_knows_where_its_words_stand():
    text = "Le naïve œuvre 港口"
    assert [(term.word, text[term.start : term.end]) for term in extract_terms(text)] == [
        ("le", "Le"), ("naive", "naïve"), ("oeuvre", "œuvre"), ("港", "港"), ("口", "口"),
    ]  # fmt: skip


def test_a_long_word_is_cut():
    assert extract_words("a" * 5_000) == ["a" * MAX_TERM_LENGTH]


@given(st.text())
def test_a_term_is_letters_and_digits_that_no_engine_parts_again(text):
    for word in extract_words(text):
        assert word and len(word) <= MAX_TERM_LENGTH
        assert not any(sign.isspace() or sign in "\"'\\%_·" or (sign < "\x80" and not sign.isalnum()) for sign in word)


@given(st.text())
def test_a_term_is_its_own_term(text):
    for word in extract_words(text):
        assert "".join(extract_words(word)) == word


@given(st.text())
def test_case_and_composition_do_not_matter(text):
    assert extract_words(unicodedata.normalize("NFD", text)) == extract_words(unicodedata.normalize("NFC", text))


@each(("code", "family"), [("en", "en"), ("pt-BR", "pt"), ("de_AT", "de"), ("zh", ""), ("", ""), ("x" * 40, "")])
def test_a_language_has_a_family_of_stems(code, family):
    assert find_family(code) == family


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
    assert set(stem_word(one, family)) & set(stem_word(other, family))


@pytest.mark.parametrize("family", ["fr", "tr", "de", "ar", "ru", "es"])
@given(word=st.text(min_size=1, max_size=12))
def test_a_word_and_its_term_share_a_stem(word, family):
    for part in split_words(word):
        assert set(stem_word(part, family)) & set(stem_word(fold_word(part), family))


def test_stems_of_different_languages_are_different():
    assert stem_word("nation", "en") != stem_word("nation", "fr")


@given(st.text(min_size=1, max_size=20))
def test_no_word_is_a_stem(word):
    assert fold_word(word) not in stem_word(word, "en")
