"""The language of queries: what is meant, and how a mistake is explained."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cases import each
from newsreader.search.ast import NOTHING, And, Field, Not, Or, Word
from newsreader.search.query import DEEPEST, FIELDS, LONGEST, MOST, parse

PIECES = st.sampled_from(
    [
        "(",
        ")",
        '"',
        "“",
        "”",
        "-",
        "*",
        "|",
        "OR",
        "AND",
        "NOT",
        " ",
        ":",
        "a",
        "ferry",
        "港",
        "source:",
        "is:",
        "before:2026",
    ]
)


def word(text: str) -> Word:
    return Word((text,), text)


@each(
    ("text", "tree"),
    [
        ("", NOTHING),
        ("ferry", word("ferry")),
        ("Two ferries", And((Word(("two",), "Two"), word("ferries")))),
        ("ferry AND pier", And((word("ferry"), word("pier")))),
        ("ferr*", Word(("ferr",), "", True)),
        ('"Two ferries"', Word(("two", "ferries"))),
        ("„Zwei Fähren“", Word(("zwei", "fahren"))),
        ("-ferry", Not(word("ferry"))),
        ("NOT ferry", Not(word("ferry"))),
        ("--ferry", word("ferry")),
        ("a b OR c", Or((And((word("a"), word("b"))), word("c")))),
        ("a (b | c)", And((word("a"), Or((word("b"), word("c")))))),
        ("-(a b)", Not(And((word("a"), word("b"))))),
        ("co-op", Word(("co", "op"))),
        ("港口", Word(("港", "口"))),
        ("10:30", Word(("10", "30"))),
        ('source:"The Quay"', Field("source", "The Quay")),
        ("SOURCE:quay", Field("source", "quay")),
        ("tag:red-line", Field("tag", "red-line")),
        ("after:2026", Field("after", date(2026, 1, 1))),
        ("before:2026-2", Field("before", date(2026, 2, 1))),
        ("before:2026-11-19", Field("before", date(2026, 11, 19))),
        ("is:Unread", Field("is", "unread")),
        ("-has:notes", Not(Field("has", "notes"))),
        ("https://example.org/a", Word(("https", "example", "org", "a"))),
    ],
)
def test_a_query_is_understood(text, tree):
    assert parse(text) == (tree, [])


@each(
    ("text", "said", "tree"),
    [
        ("sorce:quay", "Did you mean “source:”?", Word(("sorce", "quay"))),
        ("colour:red", "There are “source:”, “author:”", Word(("colour", "red"))),
        ('"two ferries', "never closed", Word(("two", "ferries"))),
        ('""', "needs a word", NOTHING),
        ("(a", "“(” was never closed", word("a")),
        ("a) b", "“)” closes nothing", And((word("a"), word("b")))),
        ("a OR", "stands between two things", word("a")),
        ("a NOT", "here none follows", word("a")),
        ("!!! a", "“!!!” has no letter", word("a")),
        ("f*", "at least two letters", word("f")),
        ("fe*ry", "at the end of a word", Word(("fe", "ry"))),
        ("is:open", "Write is:unread or is:saved", NOTHING),
        ("has:tags", "Write has:notes or has:highlights", NOTHING),
        ("before:yesterday", "names no day", NOTHING),
        ("before:2026-13", "names no day", NOTHING),
        ("source:!!", "needs a word after it", NOTHING),
    ],
)
def test_a_mistake_is_explained_and_passed_over(text, said, tree):
    query = parse(text)
    assert said in " ".join(query.faults)
    assert query.tree == tree


def test_a_field_that_makes_no_sense_here_is_explained():
    query = parse("is:unread", frozenset(FIELDS) - {"is"})
    assert "is of no use here" in query.faults[0]


def test_too_much_is_cut_and_explained():
    assert "characters at most" in parse("x " * LONGEST).faults[0]
    assert "words at most" in parse(" ".join(["x"] * (MOST + 1))).faults[0]
    assert "deep" in parse("(" * (DEEPEST + 1) + "a").faults[0]


def test_words_that_were_not_wanted_are_not_looked_for_in_results():
    assert parse("ferry -pier source:quay (boat OR -quay)").bare == "ferry boat"
    assert parse('"two ferries" ferr*').bare == '"two ferries" ferr*'


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_whatever_is_written_is_understood_somehow(text):
    query = parse(text)
    assert parse(query.bare).faults == [] or len(query.bare) > LONGEST
    assert all(fault[-1] in ".?" for fault in query.faults)


@each("text", ["(" * 9_999, '"' * 9_999, "-" * 9_999, "a:" * 9_999, "* " * 9_999, "OR a" * 9_999])
def test_however_long_a_query_is_only_so_much_of_it_is_read(text):
    assert len(parse(text).words) <= MOST
    assert any("characters at most" in fault for fault in parse(text).faults)
