"""What a page may cost to read: pages that would take a parser minutes or gigabytes, and those that only look so."""

import re
from time import process_time

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.text.html.allowlists import split_set
from newsreader.text.html.limits import (
    PLAIN_TAG,
    START,
    Cost,
    cost_at_most,
    cost_in_order,
    other_tags,
    refuse_costly,
    tag_of,
)
from newsreader.text.html.sanitizer import clean, remove_forbidden_characters
from soup import soups

KEPT = split_set("a b em font i nobr p div li ul table tbody tr td th caption object button span dd h1 ruby rt br")
TANGLING = [f"<{tag}>" for tag in ("b", "a", "font", "p", "div", "td", "table", "li", "object", "select", "title")]
TANGLING += [f"<{tag} lang=l{number}>" for tag in ("b", "a", "font") for number in range(3)]
TANGLING += [f"</{tag}>" for tag in ("b", "a", "font", "p", "div", "td", "table", "li", "object", "select", "title")]
TANGLING += ["x", "<!--", "-->", "<p a='>'>", "'", '<p a="', "<br>", "<svg>", "</svg>"]


def numbered(tag: str, number: int) -> str:
    return "".join(f"<{tag} lang=l{index}>" for index in range(number))


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (numbered("b", 1_000) + "<p>x" * 3_000, "too many elements"),
        (f"<b lang={'x' * 100_000}>" * 3 + "<p>x" * 40_000, "too many elements"),
        ("<p>" + numbered("b", 190) + "<p>x</p>" * 24_000 + "</b>" * 190, "too many elements"),
        ("<!--" + numbered("b", 1_000) + "<!-- </b> -->" * 1_000 + "<p>x" * 3_000, "too many elements"),
        ("<div>" * 49_000, "too tangled"),
        ("<b><p>x</b></p>" * 24_000, "too tangled"),
        ("<li><dd>" * 24_000, "too tangled"),
        ("<table><tr><td>" * 16_000, "too tangled"),
        ("<p " + " ".join(f"a{number}" for number in range(250_000)) + ">x", "too long"),
        ("<!-- ' --><p " + "/".join(f"a{number}=''" for number in range(100_000)) + ">x", "too long"),
        ("<p a='>' " + " ".join(f"a{number}" for number in range(250_000)) + ">x", "too long"),
        ('<p a="' * 49_000, "too long"),
        ("<p" + "=" * 1_900_000 + ">", "too long"),
    ],
)
def test_a_page_that_costs_too_much_is_refused_before_it_is_read(html, reason):
    started = process_time()
    with pytest.raises(ValueError, match=reason):
        refuse_costly(html)
    assert process_time() - started < 10  # it takes a quarter of a second


# For each of them bleach by itself takes four times as long for twice as many.
@pytest.mark.parametrize(
    "build",
    [lambda number: "<a><p>" * number, lambda number: "<div>" + "<p><a>x</a></p>" * number + "</div>"],
    ids=["misnested", "siblings"],
)
def test_a_page_of_four_times_the_size_takes_about_four_times_as_long(build):
    # And not sixteen times: the bar is twice as far from either as a busy machine errs, and it seldom errs twice.
    assert any(measure_seconds(build(12_000)) < 8 * measure_seconds(build(3_000)) for _ in range(2))


def measure_seconds(html: str) -> float:
    """Return the seconds of processor time that cleaning takes."""
    started = process_time()
    clean(html)
    return process_time() - started


@pytest.mark.parametrize(
    "html",
    [
        "<p>a &lt; b</p>" * 10_000,
        '<p><a href="https://example.org/?a=1&amp;b">x</a> <em class="y">z</em></p>' * 10_000,
        "<script>" + "for (i = 0; i<n; i++) { if (a<b && b > c) f(); }\n" * 500 + "</script><p>x",
        "<p title='a > b'>x</p>" * 1_000,
        "<!-- <p> --><p>x</p>" * 1_000,
    ],
)
def test_a_page_that_costs_little_is_not_refused(html):
    refuse_costly(html)


def cost_of(html: str) -> Cost:
    matches = list(PLAIN_TAG.finditer(html))
    tags = list(map(tag_of, matches))
    cost = cost_at_most(html, tags, other_tags(html, matches))
    return Cost(*map(min, cost, cost_in_order(html, tags) or cost))


def opened_again(html: str) -> int:
    """How many elements a parser makes of it at least that no tag and no table asks for."""
    read = nh3.clean(html, tags=KEPT, clean_content_tags={"script"}, attributes={}, link_rel=None)
    asked = len(START.findall(html)) - len(re.findall("</[A-Za-z]", html))
    made_up = 3 * len(re.findall("<t[rdh]", html)) + len(re.findall("</(?:p|br)", html))
    return read.count("<") - read.count("</") - asked - made_up


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + numbered("b", 20) + "<p>x" * 100,
        "<p>" + "<b>" * 9 + "<p>x" * 100,
        "<p>" + numbered("i", 20) + "<p>x</p>" * 100 + "</i>" * 20,
        "<p><b><!--</b>--><i><!--</i>-->" + "<p>x" * 100,
        "<p><b title='>'>" + "<p>x" * 100,
        "<p><a title='>'>" + "<p>x" * 100,
        "<p><b><select></b></select>" + "<p>x" * 100,
    ],
)
def test_elements_that_a_parser_opens_again_are_reckoned_with(html):
    assert 90 < opened_again(html) <= cost_of(html).reopened


@given(
    html=st.lists(st.sampled_from(TANGLING), min_size=1, max_size=12).flatmap(
        lambda parts: st.sampled_from([1, 5, 40]).map(lambda times: "".join(parts) * times)
    )
    | soups()
)
def test_a_parser_opens_no_more_elements_again_than_reckoned(html):
    html = remove_forbidden_characters(html)
    assert opened_again(html) <= cost_of(html).reopened
