"""The language of queries, in the search box and in expressions of tags: what is meant, and how a mistake is explained."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cases import each
from newsreader.search.ast import NOTHING, And, Field, Not, Or, Overlapping, Tag, Within, Word, find_tags, write
from newsreader.search.fields import FIELDS
from newsreader.search.grammar import MAX_CHARACTERS, MAX_DEPTH, MAX_TERMS
from newsreader.search.parser import parse

LINE, COST, WAR = Tag("red line"), Tag("cost"), Tag("war")

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
        "OVERLAPPING",
        " WITHIN 2 SENTENCES ",
        "WITHIN",
        " ",
        ":",
        "a",
        "ferry",
        "港",
        "source:",
        "is:",
        "tag:",
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
        ("tag:red-line", Tag("red-line")),
        ('tag:"Red  line"', Tag("Red line")),
        ("tag:“Red line”", Tag("Red line")),
        ("TAG:positions*", Tag("positions", with_children=True)),
        ('tag:"red line"*', Tag("red line", with_children=True)),
        ('tag:"a*"', Tag("a*")),
        ("-tag:cost", Not(COST)),
        ("after:2026", Field("after", date(2026, 1, 1))),
        ("before:2026-2", Field("before", date(2026, 2, 1))),
        ("before:2026-11-19", Field("before", date(2026, 11, 19))),
        ("is:Unread", Field("is", "unread")),
        ("-has:notes", Not(Field("has", "notes"))),
        ("https://example.org/a", Word(("https", "example", "org", "a"))),
    ],
)
def test_a_query_is_understood(text, tree):
    assert parse(text) == (tree, ())


@each(
    ("text", "said", "tree"),
    [
        ("sorce:quay", "Did you mean “source:”?", Word(("sorce", "quay"))),
        ("colour:red", "There are “source:”, “author:”", Word(("colour", "red"))),
        ('"two ferries', "quotation mark is not closed", Word(("two", "ferries"))),
        ('""', "Ignored: an empty phrase", NOTHING),
        ("(a", "“(” is not closed", word("a")),
        ("a) b", "Ignored: a “)” without “(”", And((word("a"), word("b")))),
        ("a OR", "OR needs a term on both sides", word("a")),
        ("a NOT", "NOT needs a term after it", word("a")),
        ("!!! a", "Ignored: “!!!” has no letters", word("a")),
        ("f*", "at least two letters", word("f")),
        ("fe*ry", "at the end of a word", Word(("fe", "ry"))),
        ("is:open", "Ignored: “is:open” has no meaning. Use is:unread or is:saved", NOTHING),
        ("has:tags", "Ignored: “has:tags” has no meaning. Use has:notes or has:highlights", NOTHING),
        ("before:yesterday", "Ignored: “before:yesterday” is not a date", NOTHING),
        ("before:2026-13", "Ignored: “before:2026-13” is not a date", NOTHING),
        ("source:!!", "needs a word after it", NOTHING),
        ("tag:*", "“tag:” needs a word after it", NOTHING),
        ('tag:"cost" *', "Ignored: “*” has no letters", COST),
        (
            "PORT OVERLAPPING",
            "OVERLAPPING works for passages only",
            And((Word(("port",), "PORT"), Word(("overlapping",), "OVERLAPPING"))),
        ),
        (
            "tag:cost WITHIN 2 SENTENCES tag:war",
            "WITHIN works for passages only",
            And((COST, Word(("within",), "WITHIN"), word("2"), Word(("sentences",), "SENTENCES"), WAR)),
        ),
    ],
)
def test_a_mistake_is_explained_and_ignored(text, said, tree):
    query = parse(text)
    assert said in " ".join(query.problems)
    assert query.tree == tree


def test_a_field_that_makes_no_sense_here_is_explained():
    query = parse("is:unread", frozenset(FIELDS) - {"is"})
    assert "cannot be used here" in query.problems[0]


def test_too_much_is_cut_and_explained():
    assert "characters at most" in parse("x " * MAX_CHARACTERS).problems[0]
    assert "words at most" in parse(" ".join(["x"] * (MAX_TERMS + 1))).problems[0]
    assert "deep" in parse("(" * (MAX_DEPTH + 1) + "a").problems[0]


def test_words_that_were_not_wanted_are_not_looked_for_in_results():
    assert parse("ferry -pier source:quay (boat OR -quay)").bare == "ferry boat"
    assert parse('"two ferries" ferr*').bare == '"two ferries" ferr*'


@each(
    ("text", "tree"),
    [
        ('tag:"red line" OVERLAPPING tag:cost', Overlapping(LINE, COST)),
        ('tag:"red line" WITHIN 2 SENTENCES tag:cost', Within(LINE, COST, 2)),
        ('tag:"red line" WITHIN 1 SENTENCE OF tag:cost', Within(LINE, COST, 1)),
        ("ferry OVERLAPPING pier quay", Overlapping(word("ferry"), And((word("pier"), word("quay"))))),
        (
            "ferry pier OR quay OVERLAPPING by:bob",
            Overlapping(Or((And((word("ferry"), word("pier"))), word("quay"))), Field("by", "bob")),
        ),
        ("ferry (tag:cost OVERLAPPING tag:war)", And((word("ferry"), Overlapping(COST, WAR)))),
        ("-(tag:cost WITHIN 0 SENTENCES tag:war)", Not(Within(COST, WAR, 0))),
        ("tag:cost OVERLAPPING tag:war WITHIN 3 SENTENCES ferry", Within(Overlapping(COST, WAR), word("ferry"), 3)),
        ("ferry overlapping pier", And((word("ferry"), word("overlapping"), word("pier")))),
        ("within 2 sentences", And((word("within"), word("2"), word("sentences")))),
    ],
)
def test_relations_are_understood_where_passages_are_searched(text, tree):
    assert parse(text, relations=True) == (tree, ())


@each(
    ("text", "said", "tree"),
    [
        ("tag:cost OVERLAPPING", "it was searched as a word", And((COST, Word(("overlapping",), "OVERLAPPING")))),
        (
            "tag:cost WITHIN 2 SENTENCES",
            "“tag:cost WITHIN 2 SENTENCES tag:war”",
            And((COST, And((Word(("within",), "WITHIN"), word("2"), Word(("sentences",), "SENTENCES"))))),
        ),
        ("OVERLAPPING", "it was searched as a word", Word(("overlapping",), "OVERLAPPING")),
        (
            "WITHIN REACH",
            "it was searched as a word",
            And((Word(("within",), "WITHIN"), Word(("reach",), "REACH"))),
        ),
        ("tag:cost WITHIN 51 SENTENCES tag:war", "at most 50 sentences", Within(COST, WAR, 50)),
    ],
)
def test_a_relation_that_cannot_be_meant_is_explained(text, said, tree):
    query = parse(text, relations=True)
    assert said in " ".join(query.problems)
    assert query.tree == tree


@each(
    ("text", "tree"),
    [
        ("red line", LINE),
        ("  Red   line ", Tag("Red line")),
        ("red-line", Tag("red-line")),
        ("-red|line", Tag("-red|line")),
        ('"red line"', LINE),
        ('"red line', LINE),
        ('"research and development"', Tag("research and development")),
        ("source:official", Tag("source:official")),
        ("the “red line”", Tag("the “red line”")),
        ("positions*", Tag("positions", with_children=True)),
        ("red line *", Tag("red line", with_children=True)),
        ('"red line"*', Tag("red line", with_children=True)),
        ('"red line" *', Tag("red line", with_children=True)),
        ("red line and cost", And((LINE, COST))),
        ("red line AND cost and war", And((LINE, COST, WAR))),
        ("red line not cost", And((LINE, Not(COST)))),
        ("red line but not cost", And((LINE, Not(COST)))),
        ("red line and not cost", And((LINE, Not(COST)))),
        ("not cost", Not(COST)),
        ("not not cost", COST),
        ("red line or cost and war", Or((LINE, And((COST, WAR))))),
        ("(red line or cost) and war", And((Or((LINE, COST)), WAR))),
        ("red line overlapping cost", Overlapping(LINE, COST)),
        ("red line overlapping cost or war", Overlapping(LINE, Or((COST, WAR)))),
        ("red line overlapping cost overlapping war", Overlapping(Overlapping(LINE, COST), WAR)),
        ("red line within 2 sentences of cost", Within(LINE, COST, 2)),
        ("red line WITHIN 1 sentence of cost", Within(LINE, COST, 1)),
        ("red line within 0 of cost", Within(LINE, COST, 0)),
        ("red line within 3 cost", Within(LINE, COST, 3)),
        ("红线 and 成本", And((Tag("红线"), Tag("成本")))),
        ('tag:"red line" WITHIN 2 SENTENCES tag:cost', Within(LINE, COST, 2)),
        ('tag:"red line"* tag:cost', And((Tag("red line", with_children=True), COST))),
        ("tag:positions* or cost", Or((Tag("positions", with_children=True), COST))),
    ],
)
def test_bare_words_are_the_name_of_a_tag(text, tree):
    assert parse(text, bare="tag") == (tree, ())


@each(
    ("text", "said"),
    [
        ("", "A tag is missing"),
        ("and", "A tag is missing"),
        ("red line and", "A tag is missing"),
        ("red line and and cost", "A tag is missing"),
        ("or cost", "A tag is missing"),
        ("*", "A tag is missing"),
        ('""', "A tag is missing"),
        ("tag:*", "A tag is missing"),
        ("red line overlapping", "A tag is missing"),
        ("(red line", "A parenthesis is not closed"),
        ("red line)", "an extra “)”"),
        ("red line (cost)", "an extra “(”"),
        ('red line "cost"', "an extra “cost”"),
        ("red line within of cost", "Enter a number of sentences"),
        ("red line within two sentences of cost", "Enter a number of sentences"),
        ("red line within 51 sentences of cost", "Enter a number of sentences up to 50"),
        ("red line within 9999999999999 of cost", "Enter a number of sentences"),
        ("red line within", "Enter a number of sentences"),
        ("(" * (MAX_DEPTH + 1) + "cost" + ")" * (MAX_DEPTH + 1), "nested too deeply"),
        ("a " * 251, "500 characters"),
        (" or ".join("a" * (MAX_TERMS + 1)), f"{MAX_TERMS} tags"),
    ],
)
def test_what_is_wrong_with_an_expression_of_tags_is_said_first(text, said):
    assert said in parse(text, bare="tag").problems[0]


names = st.text("aZé红م❗-_:|'&.,0/", min_size=1, max_size=8)
tags = st.builds(
    Tag, names | st.sampled_from(["red line", "and", "a not b", "(x", "of x", "tag:x", "a*"]), st.booleans()
)
words = st.sampled_from(
    [
        word("ferry"),
        Word(("ferry",)),
        Word(("two", "ferries")),
        Word(("ferr",), "", True),
        Word(("co", "op"), "", True),
        Field("source", "The Quay"),
        Field("before", date(2026, 11, 19)),
        Field("is", "unread"),
    ]
)


def trees_of(leaves):
    return st.recursive(
        leaves,
        lambda inner: (
            st.builds(Not, inner.filter(lambda node: not isinstance(node, Not)))
            | st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts)))
            | st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts)))
            | st.builds(Overlapping, inner, inner)
            | st.builds(Within, inner, inner, st.integers(0, 50))
        ),
        max_leaves=6,
    )


@given(trees_of(tags))
def test_an_expression_of_tags_that_is_written_is_read_back(tree):
    assert parse(write(tree, bare="tag"), bare="tag") == (tree, ())
    assert parse(write(tree), bare="tag") == (tree, ())


@given(trees_of(tags | words))
def test_a_query_that_is_written_is_read_back(tree):
    assert parse(write(tree), relations=True) == (tree, ())


def test_a_query_is_written_in_one_spelling():
    tree = parse("red line* not (cost within 2 of war)", bare="tag").tree
    assert write(tree) == 'tag:"red line"* AND (NOT (tag:"cost" WITHIN 2 SENTENCES tag:"war"))'
    assert write(tree, bare="tag") == "red line* AND (NOT (cost WITHIN 2 SENTENCES war))"


@each("name", ["red line", "within reach", "a*", "(x)", "and", "of x", "tag:x", "the “deal”", "But"])
def test_a_name_is_in_quotation_marks_where_it_must_be(name):
    assert parse(write(Tag(name), bare="tag"), bare="tag").tree == Tag(name)


@given(
    st.text(max_size=60)
    | st.text('ab ()"*\n', max_size=60)
    | st.lists(st.sampled_from('a and or not ( ) within 2 of overlapping * " tag: tag:a'.split()), max_size=20).map(
        " ".join
    )
)
def test_whatever_is_written_about_tags_is_understood_somehow(text):
    query = parse(text, bare="tag")
    assert query.problems or all(tag.name for tag in find_tags(query.tree))
    assert all(problem[-1] in ".?" for problem in query.problems)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_whatever_is_written_is_understood_somehow(text):
    parse(text, relations=True)
    query = parse(text)
    assert parse(query.bare).problems == () or len(query.bare) > MAX_CHARACTERS
    assert all(problem[-1] in ".?" for problem in query.problems)


@each("text", ["(" * 9_999, '"' * 9_999, "-" * 9_999, "a:" * 9_999, "* " * 9_999, "OR a" * 9_999])
def test_however_long_a_query_is_only_so_much_of_it_is_read(text):
    assert len(parse(text).words) <= MAX_TERMS
    assert any("characters at most" in problem for problem in parse(text).problems)
