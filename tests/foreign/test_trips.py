"""What `make foreign` counts, without the programs."""

from foreign.messy import make_messy
from foreign.study import PAGE
from foreign.trips import compare
from fuzzing.checks import fold
from newsreader.importing.extraction.article import extract
from newsreader.text.html.plaintext import text_of
from newsreader.text.html.sanitizer import clean


def test_a_messy_page_has_the_words_of_its_article():
    html = clean(PAGE)
    assert fold(text_of(html)) in fold(text_of(clean(make_messy(html))))
    assert fold(extract(make_messy(html)).html).count("Ferries") == 1


def test_what_arrives_is_counted_as_often_as_it_was_sent():
    trip = compare("x", "words", ["a", "a", "b"], ["a", "b", "b", "c"])
    assert (trip.sent, trip.arrived, trip.lost) == (3, 2, '"a"')
