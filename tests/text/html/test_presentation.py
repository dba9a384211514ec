"""Canonical HTML as pages show it: groups that scroll, numbers aligned, and the same text."""

import re

from hypothesis import given

from cases import each
from newsreader.text.html.plaintext import text_of
from newsreader.text.html.presentation import present
from newsreader.text.html.sanitizer import clean
from strategies import pages

ADDED = re.compile(r'<div[^>]*>|</div>| class="figure"| id="p\d+"')


def table_of(*rows: str) -> str:
    """A table whose rows are written as "a|b|c", the first of them heads."""
    heads, *others = [row.split("|") for row in rows]
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in others)
    return f"<table><thead><tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr></thead>{body}</table>"


def aligned(html: str) -> list[str]:
    """The text of the cells that are aligned as numbers."""
    return re.findall(r'class="figure">([^<]*)<', present(clean(html)))


def test_a_table_scrolls_in_a_group_that_has_its_number_and_is_named_by_its_caption():
    html = present(clean("<p>a</p><table><caption>b “c” &amp; <b>d</b></caption><tr><td>e</table>"))
    assert html.startswith(
        '<p id="p1">a</p>\n<div id="p2" class="wide"><div tabindex="0" role="group" aria-label="Table: b “c” &amp; d"><table>\n'
    )
    assert html.endswith("</tbody>\n</table></div></div>")


def test_preformatted_text_and_a_table_in_a_quotation_scroll_too():
    html = present(clean("<pre>a</pre><blockquote>b<table><tr><td>c<table><tr><td>d</table></table></blockquote>"))
    assert '<div id="p1" class="wide"><div tabindex="0" role="group" aria-label="Preformatted text"><pre>a' in html
    assert html.count('<div class="wide"><div tabindex="0" role="group" aria-label="Table">') == 1


def test_a_long_caption_names_its_group_in_its_first_words():
    (name,) = re.findall(
        'aria-label="([^"]*)"', present(clean(f"<table><caption>{'word ' * 99}</caption><td>a</table>"))
    )
    assert name.startswith("Table: word word")
    assert name.endswith("word …")
    assert len(name) <= 80


@each(
    ("rows", "numbers"),
    [
        (["a|b", "x|1,720", "y|–", "z|0"], ["b", "1,720", "–", "0"]),
        (["a|b|c", "1|x|−3.5 %", "2||€ 4"], ["a", "c", "1", "−3.5 %", "2", "€ 4"]),
        (["a", "12 people", "13"], []),
        (["a", "–", ""], []),
        (["a", "2026-11-20"], []),
        (["a", "<b>12</b>", "13"], ["a", "", "13"]),
    ],
)
def test_a_column_of_numbers_is_aligned_with_its_head(rows, numbers):
    assert aligned(table_of(*rows)) == numbers


def test_columns_are_counted_where_cells_span_several():
    html = "<table><tr><th rowspan=2>a<th colspan=2>b<tr><th>c<th>d<tr><td>e<td>1<td>f<tr><td>g<td>2<td>h</table>"
    assert aligned(html) == ["c", "1", "2"]


def test_a_table_that_spans_columns_without_end_is_shown_as_it_is():
    assert aligned(f"<table><tr><td>1{'<tr>' + '<td colspan=90>2' * 30}</table>") == []


def test_a_page_without_anything_wide_is_left_alone():
    assert present('<p id="p1">a</p>') == '<p id="p1">a</p>'


@given(html=pages())
def test_what_is_shown_has_the_same_text_and_the_same_blocks(html):
    shown = present(html)
    assert text_of(shown) == text_of(html)
    assert re.findall(r' id="p\d+"', shown) == re.findall(r' id="p\d+"', html)
    assert ADDED.sub("", shown) == ADDED.sub("", html)
