"""Quotes of other programs: what of their spelling does not decide whether they are found, and what still does."""

import unicodedata

import regex
from hypothesis import given
from hypothesis import strategies as st

from annotations.anchoring.folding import GAP, FoldedText, drop_gaps
from annotations.anchoring.quotes import Selector, anchor_foreign, describe
from cases import each

TEXT = (
    "The ferry pier\n\nThe board of Sandvik voted on Tuesday to close the old ferry pier.\n"
    "Crews were told an hour before the vote,\nand asked for a delay.\n\n\nOne pile had rotted.\n\nTwo leaned.\n\n\n"
    "Boat\nBerths\n\nKrabbe\n14\n\n\n"
    "Some 14\u00a0000 people live there; the Fischerei\u00adgenossenschaft pays “half” — no more\u2026 "
    "Cafe\u0301 Na\u0308rke, 5\u20137 May.\n"
    "They sang twice. Then they left.\nThey sang twice. Then it rained.\n日本の港 は閉鎖\nされた。"
)


def found(words: str, prefix: str = "", suffix: str = "", start: int = 0, end: int = 0, text: str = TEXT) -> str:
    """The words of the text that are taken for these; else why there are none."""
    place = anchor_foreign(FoldedText(text), Selector(words, prefix, suffix, start, end), is_place_foreign=True)
    return text[place.start : place.end] or place.state


@each(
    ("words", "own"),
    [
        (
            "The board of Sandvik\n   voted on Tuesday",
            "The board of Sandvik voted on Tuesday",
        ),  # line ends of the source
        ("The board  of\r\n\tSandvik", "The board of Sandvik"),
        (" \nboard of\u2003Sandvik\u00a0", "board of Sandvik"),
        ("old ferry pier.Crews were told", "old ferry pier.\nCrews were told"),  # blocks without anything between them
        ("old ferry pier. Crews were told", "old ferry pier.\nCrews were told"),
        ("old ferry pier.\n\n\n  Crews were told", "old ferry pier.\nCrews were told"),
        ("before the vote,and asked", "before the vote,\nand asked"),  # <br>
        ("One pile had rotted.Two leaned.", "One pile had rotted.\n\nTwo leaned."),
        ("Two leaned.BoatBerthsKrabbe14Some", "Two leaned.\n\n\nBoat\nBerths\n\nKrabbe\n14\n\n\nSome"),  # cells
        ("Some 14 000 people", "Some 14\u00a0000 people"),
        ("Some 14\u202f000 people", "Some 14\u00a0000 people"),
        ("the Fischereigenossenschaft pays", "the Fischerei\u00adgenossenschaft pays"),
        ("the Fischerei\u00adgenossen\u200bschaft\u2060 pays", "the Fischerei\u00adgenossenschaft pays"),
        ("vo\u00adted on\ufeff Tues\u200dday", "voted on Tuesday"),
        ("Caf\u00e9 N\u00e4rke", "Cafe\u0301 Na\u0308rke"),
        ("Cafe\u0301 N\u00e4rke", "Cafe\u0301 Na\u0308rke"),
        ('pays "half" - no more... Caf\u00e9', "pays “half” — no more\u2026 Cafe\u0301"),
        ("pays «half» – no more", "pays “half” — no more"),
        ("5-7 May", "5\u20137 May"),
        ("日本の港は閉鎖された", "日本の港 は閉鎖\nされた"),
        ("日本\nの港", "日本の港"),
    ],
)
def test_a_quote_is_found_however_another_program_writes_its_spaces_and_signs(words, own):
    assert found(words) == own


@each(
    "words",
    [
        "The board of Sand vik voted",  # white space within a word
        "The boardof Sandvik",
        "Some 14000 people",
        "Some 1 4 000 people",
        "BoatBerths",  # too short to say that two words are meant
        "Krabbe14",
        "Cafe N",  # another letter
        "caf\u00e9 n\u00e4rke",
        "Fischerei-genossenschaft",
        "no more.",  # part of an ellipsis
        "5+7 May",
        "rotted. Two leant.",
        "\u00ad\u200b",
        "\u0301 Na",  # part of a character
    ],
)
def test_other_words_are_not_found(words):
    assert found(words) == "gone"


@each(
    ("words", "prefix", "suffix", "own"),
    [
        ("They sang twice.", "", "", "ambiguous"),
        ("They  sang\ntwice.", "", "", "ambiguous"),
        ("They sang twice.", "Then they left.", " Then it rained.", "They sang twice."),
        ("Then", "They sang\u00a0\n twice. ", "it rained.\n\n日本", "Then"),
        ("Then", "twice.", "", "ambiguous"),
        ("ferry pier", "to close\nthe  old ", ".Crews were", "ferry pier"),
        ("ferry pier", "some words that stand nowhere in it ", " and more such words", "ambiguous"),
        ("asked for a delay", "some words that stand nowhere ", " and more such words", "ambiguous"),
    ],
)
def test_the_context_decides_as_ever_and_its_white_space_does_not_count(words, prefix, suffix, own):
    assert found(words, prefix, suffix) == own


def test_places_that_differ_only_in_what_does_not_count_are_ambiguous():
    text = "The new pier closed. Later the new\u00a0pier opened."
    assert found("new pier", text=text) == "ambiguous"
    assert found("new\u00a0pier", text=text) == "ambiguous"
    assert found("new pier", "The ", " closed.", text=text) == "new pier"


@each(
    ("start", "own"),
    [(TEXT.index("They sang"), "They sang twice."), (TEXT.rindex("They sang"), "They sang twice."), (7, "ambiguous")],
)
def test_a_place_decides_where_the_quote_stands_there_and_never_speaks_against_another(start, own):
    assert found("They sang twice.", start=start, end=start + 16) == own
    assert found("asked for a  delay", start=start, end=start + 18) == "asked for a delay"


def test_a_place_in_a_text_of_ours_speaks_against_another():
    words = Selector("asked for a delay", "", "", 7, 24)
    assert anchor_foreign(FoldedText(TEXT), words).state == "ambiguous"


PIECES = [
    "pier ",
    "the",
    " ",
    "\n",
    "\u00a0",
    "\u00ad",
    "\u200b",
    "e\u0301",
    "\u00e9",
    "x\u0301",
    "…",
    "“",
    "—",
    "👩\u200d👧",
    "🇳🇴",
    "한",
    "日",
    "14",
]
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map("".join)


@given(TEXTS, st.data())
def test_every_stretch_of_the_folded_words_is_one_of_the_text_with_whole_characters(text, data):
    folded = FoldedText(text)
    if not folded.words:
        return
    start = data.draw(st.integers(0, len(folded.words) - 1))
    end = data.draw(st.integers(start + 1, len(folded.words)))
    if place := folded.locate(start, end):
        own = text[slice(*place)]
        assert FoldedText(own).words == folded.words[start:end]
        assert own == own.strip()
        boundaries = {0, *(match.end() for match in regex.finditer(r"\X", text))}
        assert {*place} <= boundaries


@given(TEXTS, st.data())
def test_a_passage_is_found_in_its_own_text_however_it_is_written(text, data):
    words = [match.span() for match in regex.finditer(r"[^\s\u00ad\u200b]+", text)]
    if not words:
        return
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    start, end = words[first][0], words[last][1]
    rewrite = data.draw(st.sampled_from([str, decompose, respace]))
    selector = Selector(*map(rewrite, describe(text, start, end)[:3]), 0, 0)
    place = anchor_foreign(FoldedText(text), selector)
    if place.state == "ambiguous":
        assert start in {start for start, _ in place.proposals} or len(place.proposals) == 10
    else:
        assert FoldedText(text[place.start : place.end]).words == FoldedText(text[start:end]).words
        assert place.start == start


def decompose(words: str) -> str:
    return unicodedata.normalize("NFD", words)


def respace(words: str) -> str:
    return words.replace("\n", " ").replace(" ", "\u00a0\n")


@given(st.text(st.characters(codec="ascii")))
def test_plain_text_loses_the_same_gaps_as_any_other(text):
    assert drop_gaps(text) == GAP.sub("", text)
