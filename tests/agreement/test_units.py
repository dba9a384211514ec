"""The units of the token measures are words and numbers."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotations.agreement import tokens

TEXT = "Mr O’Neill’s 12.5% plan — don't stop, 中国 e-mail."
WORDS = ["Mr", "O’Neill’s", "12.5", "plan", "don't", "stop", "中", "国", "e", "mail"]


def test_words_and_numbers_are_tokens_and_signs_are_none():
    assert [TEXT[start:end] for start, end in tokens(TEXT)] == WORDS
    assert tokens("") == tokens(" … — \n") == []


@given(st.text())
def test_tokens_stand_in_order_and_every_letter_is_in_one(text):
    spans = tokens(text)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    covered = {place for start, end in spans for place in range(start, end)}
    assert all(place in covered for place, character in enumerate(text) if character.isalpha() or character.isdecimal())
