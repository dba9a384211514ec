"""The text of canonical HTML, its blocks, excerpts and reading times."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.reading.orphans import cut_middle
from cases import each
from newsreader.text.html.plaintext import (
    count_words,
    elide_middle,
    estimate_reading_minutes,
    locate_blocks,
    make_excerpt,
    text_of,
)
from newsreader.text.html.sanitizer import clean
from soup import soups

PAGE = clean("<h1>A &amp; B</h1><p>one <b>two</b><br>three</p><ul><li>&lt;four&gt;</li></ul><p>five 👩‍👩‍👧</p>")


def test_the_text_has_a_line_feed_wherever_a_new_line_is_seen():
    assert text_of(PAGE) == "A & B\none two\nthree\n\n<four>\n\nfive 👩‍👩‍👧"


def test_a_reference_that_is_itself_text_stays_text():
    assert text_of("<p>&amp;lt;p&amp;gt; &amp;amp;</p>") == "&lt;p&gt; &amp;"


def test_blocks_are_told_by_where_they_begin():
    text = text_of(PAGE)
    assert [(PAGE[html : html + 10], text[start : start + 6]) for html, start in locate_blocks(PAGE)] == [
        ('<h2 id="p1', "A & B\n"),
        ('<p id="p2"', "one tw"),
        ('<ul id="p3', "\n<four"),
        ('<p id="p4"', "five 👩"),
    ]


def test_an_empty_page_has_no_blocks():
    assert locate_blocks("") == []


@given(html=soups())
def test_blocks_and_the_line_feeds_between_them_are_the_whole_page(html):
    html = clean(html)
    text, blocks = text_of(html), locate_blocks(html)
    ends = [*((start - 1, place - 1) for start, place in blocks[1:]), (len(html), len(text))]
    parts = [(html[start:end], text[place:stop]) for (start, place), (end, stop) in zip(blocks, ends, strict=False)]
    assert "\n".join(part for part, _ in parts) == html
    assert all(text_of(part) == words for part, words in parts)


def test_an_excerpt_of_a_short_text_is_the_text_on_one_line():
    assert make_excerpt("one\n\ntwo  three", 20) == "one two three"


def test_an_excerpt_ends_with_a_word_and_an_ellipsis():
    assert make_excerpt("Ferries run again, slowly, until Friday.", 20) == "Ferries run again…"


def test_an_excerpt_of_a_text_without_spaces_is_cut_where_it_must_be():
    assert make_excerpt("渡口停航第四天水位还在下降", 8) == "渡口停航第四天…"


@given(text=st.text(), length=st.integers(2, 40))
def test_an_excerpt_is_never_longer_than_asked(text, length):
    assert len(make_excerpt(text, length)) <= length


@each("character", ["👩‍👩‍👧", "🇵🇹", "e\u0301", "क्षि", "각", "👍🏽"])
def test_no_character_is_cut_in_two(character):
    for shift in range(8):
        excerpt = make_excerpt("a" * shift + character * 40, 20)
        assert excerpt.removesuffix("…").lstrip("a").replace(character, "") == ""
        cut = cut_middle("a" * shift + character * 900 + "b" * shift)
        assert [half.strip("ab").replace(character, "") for half in cut.split(" … ")] == ["", ""]


def test_the_middle_of_a_long_passage_is_left_out_between_words():
    assert (
        elide_middle("The harbour master had asked for a second light on the outer mole", 20)
        == "The harbour master … on the outer mole"
    )
    assert elide_middle("short enough", 20) == "short enough"
    for edge in range(8, 30):
        head, tail = elide_middle("one three seven " * 20, edge).split(" … ")
        assert {*head.split(), *tail.split()} <= {"one", "three", "seven"}


def test_reading_takes_a_minute_for_230_words():
    assert estimate_reading_minutes("word " * 1_150) == 5


def test_reading_takes_a_minute_for_500_characters_of_chinese():
    assert estimate_reading_minutes("渡口" * 1_000) == 4


def test_reading_anything_takes_at_least_a_minute():
    assert estimate_reading_minutes("") == 1


def test_words_are_counted_in_every_script():
    assert count_words("Two words, 3 ships.") == 4
    assert count_words("港は再開した。 Brevik") == 6 + 2
