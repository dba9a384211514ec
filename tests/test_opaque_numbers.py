"""How pages name rows whose keys count all that happens on the site."""

from newsreader.opaque_numbers import hide_number, reveal_number


def test_a_number_comes_back_and_tells_no_order():
    names = [hide_number(number) for number in range(1, 200)]
    assert [reveal_number(name) for name in names] == list(range(1, 200))
    assert names != sorted(names)
    assert reveal_number(hide_number(2**62 - 1)) == 2**62 - 1


def test_what_is_no_number_is_none():
    assert [reveal_number(text) for text in ("", "0", "x", "x12", "9" * 30, "-1", "\u0661x")] == [0] * 7
    assert reveal_number("12") == 12
