"""What somebody may write about tags, and what it means."""

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.tag_query.ast import All, Fault, Not, Overlapping, Some, Tag, Within, quoted, spoken, tags_in
from annotations.tag_query.parser import parse
from cases import each

LINE, COST, WAR = Tag("red line"), Tag("cost"), Tag("war")


@each(
    ("written", "meant"),
    [
        ("red line", LINE),
        ("  Red   line ", Tag("Red line")),
        ("red-line", Tag("red-line")),
        ('"red line"', LINE),
        ('"research and development"', Tag("research and development")),
        ("positions*", Tag("positions", deep=True)),
        ("red line *", Tag("red line", deep=True)),
        ('"red line"*', Tag("red line", deep=True)),
        ('"red line" *', Tag("red line", deep=True)),
        ("red line and cost", All((LINE, COST))),
        ("red line AND cost and war", All((LINE, COST, WAR))),
        ("red line not cost", All((LINE, Not(COST)))),
        ("red line but not cost", All((LINE, Not(COST)))),
        ("red line and not cost", All((LINE, Not(COST)))),
        ("not cost", Not(COST)),
        ("not not cost", Not(Not(COST))),
        ("red line or cost and war", Some((LINE, All((COST, WAR))))),
        ("(red line or cost) and war", All((Some((LINE, COST)), WAR))),
        ("red line overlapping cost", Overlapping(LINE, COST)),
        ("red line overlapping cost or war", Overlapping(LINE, Some((COST, WAR)))),
        ("red line overlapping cost overlapping war", Overlapping(Overlapping(LINE, COST), WAR)),
        ("red line within 2 sentences of cost", Within(LINE, COST, 2)),
        ("red line within 1 sentence of cost", Within(LINE, COST, 1)),
        ("red line within 0 of cost", Within(LINE, COST, 0)),
        ("红线 and 成本", All((Tag("红线"), Tag("成本")))),
    ],
)
def test_an_expression_means(written, meant):
    assert parse(written) == meant


@each(
    ("written", "said"),
    [
        ("", "A tag is missing"),
        ("and", "A tag is missing"),
        ("red line and", "A tag is missing"),
        ("or cost", "A tag is missing"),
        ("*", "A tag is missing"),
        ('""', "A tag is missing"),
        ("(red line", "A bracket is not closed"),
        ("red line)", "“)” too many"),
        ("red line (cost)", "“(” too many"),
        ("red line within of cost", "Say within how many sentences"),
        ("red line within two sentences of cost", "Say within how many sentences"),
        ("red line within 51 sentences of cost", "Say within how many sentences, 50"),
        ("red line within 9999999999999 of cost", "Say within how many sentences"),
        ("red line within", "Say within how many sentences"),
        ("(" * 21 + "cost" + ")" * 21, "too many brackets"),
        ("a " * 251, "500 characters"),
        (" or ".join("a" * 31), "30 tags"),
    ],
)
def test_what_is_wrong_is_said(written, said):
    with pytest.raises(Fault, match=re.escape(said)):
        parse(written)


names = st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=8).map(
    lambda name: name.replace('"', "_")
)
trees = st.recursive(
    st.builds(Tag, names | st.sampled_from(["red line", "and", "a not b", "(x"]), st.booleans()),
    lambda inner: (
        st.builds(Not, inner)
        | st.lists(inner, min_size=2, max_size=3).map(lambda of: All(tuple(of)))
        | st.lists(inner, min_size=2, max_size=3).map(lambda of: Some(tuple(of)))
        | st.builds(Overlapping, inner, inner)
        | st.builds(Within, inner, inner, st.integers(0, 50))
    ),
    max_leaves=6,
)


@given(trees)
def test_what_is_spoken_is_read_back(tree):
    assert parse(spoken(tree)) == tree


@given(
    st.text(max_size=60)
    | st.text('ab ()"*\n', max_size=60)
    | st.lists(st.sampled_from('a and or not ( ) within 2 of overlapping * "'.split()), max_size=20).map(" ".join)
)
def test_anything_is_read_or_refused_in_words(written):
    with contextlib.suppress(Fault):  # nothing else is ever raised
        assert all(tag.name for tag in tags_in(parse(written)))


@each("name", ["red line", "within reach", "a*", "(x)", "and"])
def test_a_name_is_quoted_where_it_must_be(name):
    assert parse(quoted(name)) == Tag(name)
