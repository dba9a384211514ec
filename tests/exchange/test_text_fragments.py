"""Links with text fragments, read back as the specification of them says."""

import re
from typing import NamedTuple
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from annotations.exchange.text_fragments import MAX_END_LENGTH, link_to_words
from cases import each

PAGE = "https://quay.example/harbour"
SENTENCE = "Ferries run again, slowly, and nobody was hurt."


class Directive(NamedTuple):
    page: str
    prefix: str
    start: str
    end: str
    suffix: str


def read(link: str) -> Directive:
    """The parts of a link, taken apart at its hyphens and commas and only then decoded."""
    page, text = link.split(":~:text=")
    assert not re.search(r"[&#\s]", text)
    found = re.fullmatch(r"(?:([^,-]*)-,)?([^,-]*)(?:,([^,-]*))?(?:,-([^,-]*))?", text)
    return Directive(page, *[unquote(part or "") for part in found.groups()])


def test_a_short_quotation_is_looked_for_whole():
    assert read(link_to_words(PAGE, SENTENCE)) == Directive(f"{PAGE}#", "", SENTENCE, "", "")


def test_commas_hyphens_and_ampersands_are_encoded():
    assert link_to_words(PAGE, "a-b, c & d#e") == f"{PAGE}#:~:text=a%2Db%2C%20c%20%26%20d%23e"


def test_a_long_quotation_is_looked_for_by_its_first_and_last_words():
    words = " ".join(f"word{number}" for number in range(100))
    found = read(link_to_words(PAGE, words))
    assert (found.start.split()[0], found.start.split()[-1]) == ("word0", "word7")
    assert (found.end.split()[0], found.end.split()[-1]) == ("word92", "word99")


def test_a_quotation_over_several_blocks_is_looked_for_by_its_ends():
    found = read(link_to_words(PAGE, "What was lost\n\n\nTwo cranes\tfell,\nthe  mayor said"))
    assert (found.start, found.end) == ("What was lost", "the mayor said")


@each("script", ["日本語の文章。", "港が再開した、"])
def test_a_long_text_without_spaces_is_cut_behind_a_pause(script):
    found = read(link_to_words(PAGE, script * 100))
    assert found.start == script * (MAX_END_LENGTH // len(script)) and found.end == found.start


def test_a_long_text_in_one_word_is_cut_somewhere():
    found = read(link_to_words(PAGE, "x" * 1000))
    assert found.start == found.end == "x" * MAX_END_LENGTH


def test_an_end_within_a_word_is_moved_to_the_end_of_that_word():
    assert read(link_to_words(PAGE, "opened on Mon", "the harbour re", "day after")).start == "reopened on Monday"


def test_a_script_without_spaces_is_not_widened():
    assert read(link_to_words(PAGE, "再開", "港が", "した")).start == "再開"


def test_words_that_stand_there_twice_are_told_apart_by_whole_words_around_them():
    found = read(link_to_words(PAGE, "ferries", "ut off, and on Monday then the ", " run again, slo", common=True))
    assert (found.prefix, found.suffix) == ("on Monday then the", "run again,")


def test_words_around_are_taken_out_of_the_nearest_block():
    found = read(link_to_words(PAGE, "ferries", "before.\nThe ", "\nRun again", common=True))
    assert (found.prefix, found.suffix) == ("The", "Run")


def test_words_around_that_are_cut_off_are_left_out():
    assert read(link_to_words(PAGE, "fell", "ranes ", " th", common=True)) == Directive(f"{PAGE}#", "", "fell", "", "")


@each("address", [f"{PAGE}#top", f"{PAGE}#top:~:text=old"])
def test_the_fragment_of_the_address_is_kept(address):
    assert link_to_words(address, "fell") == f"{PAGE}#top:~:text=fell"


@each("address", ["", "ftp://quay.example/a", "javascript:alert(1)", "http://[", "https:"])
def test_there_is_no_link_without_an_address_of_the_web(address):
    assert link_to_words(address, "fell") == ""


def test_there_is_no_link_to_no_words():
    assert link_to_words(PAGE, " \n ") == ""


@given(st.text(), st.text(), st.text(), st.booleans())
def test_whatever_the_words_the_link_reads_back_into_parts_of_them(words, before, behind, common):
    if link := link_to_words(PAGE, words, before, behind, common=common):
        found, whole = read(link), folded(before + words + behind)
        assert found.start and folded(found.start) in whole and folded(found.end) in whole
        assert folded(found.prefix) in folded(before) and folded(found.suffix) in folded(behind)


def folded(words: str) -> str:
    return re.sub("[ \t\f\r\n\u2028\u2029]+", " ", words)
