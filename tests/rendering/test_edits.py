"""Drawing what was edited: inside the marks, and never as text."""

import re

from hypothesis import given
from hypothesis import strategies as st

from annotations.rendering.edits import MAX_OLD_WORDS_LENGTH
from annotations.rendering.highlighter import Span, highlight, highlight_block
from newsreader.text.html.plaintext import locate_blocks, text_of
from strategies import pages, spans_in

EDITS = re.compile(r'<ins class="edit"[^>]*>|</ins>|<span class="was"[^>]*></span>')
MARK = re.compile(r"<mark [^>]*>(.*?)</mark>", re.DOTALL)
TEXT = "At least 17 people were killed"


def inside(text: str, *changes, start: int = 0, end: int | None = None) -> list[str]:
    """What stands in the marks of one highlight over the text, which has these changes."""
    html = highlight(f'<p id="p1">{text}</p>', [Span(start, end or len(text_of(text)), "a", 1, "", changes)])
    return MARK.findall(html)


def test_new_words_stand_in_the_mark_with_the_old_ones_beside_them():
    assert inside(TEXT, (9, 11, "12")) == ['At least <ins class="edit" data-was="12">17</ins> people were killed']


def test_words_that_were_added_have_nothing_beside_them():
    assert inside(TEXT, (0, 9, "")) == ['<ins class="edit">At least </ins>17 people were killed']


def test_words_that_were_removed_leave_an_empty_sign():
    assert inside(TEXT, (23, 23, "not")) == ['At least 17 people were<span class="was" data-was="not"></span> killed']


def test_words_taken_out_at_either_end_of_the_passage_are_shown_within_it():
    marks = inside(TEXT, (8, 8, "yesterday"), (30, 30, "or hurt"), start=9, end=30)
    said = '<span class="was" data-was="{}"></span>'
    assert marks == [f"{said.format('yesterday')}17 people were killed{said.format('or hurt')}"]


def test_a_change_under_emphasis_is_cut_with_it_and_says_once_what_was():
    assert inside("At <em>least 17</em> people", (3, 18, "most 12 men")) == [
        "At ",
        '<ins class="edit" data-was="most 12 men">least 17</ins>',
        '<ins class="edit"> people</ins>',
    ]


def test_what_two_highlights_stand_on_is_shown_once_where_they_overlap():
    spans = [Span(0, 18, "a", 1, "", ((9, 11, "12"),)), Span(9, 30, "b", 2, "", ((9, 11, "12"),))]
    html = highlight(f'<p id="p1">{TEXT}</p>', spans)
    assert html.count('data-was="12"') == 1


def test_a_highlight_that_ends_where_words_were_removed_does_not_show_them_as_its_own():
    spans = [Span(0, 11, "a", 1), Span(11, 30, "b", 2, "", ((11, 11, "young"),))]
    first, second = MARK.findall(highlight(f'<p id="p1">{TEXT}</p>', spans))
    assert "was" not in first
    assert second.startswith('<span class="was" data-was="young"></span>')


def test_a_change_over_two_paragraphs_says_what_was_in_the_first():
    html = '<p id="p1">one</p>\n<p id="p2">two three</p>'
    drawn = highlight(html, [Span(0, 13, "a", 1, "", ((0, 7, "nothing"),))])
    assert MARK.findall(drawn) == [
        '<ins class="edit" data-was="nothing">one</ins>',
        '<ins class="edit">two</ins> three',
    ]


def test_old_words_cannot_leave_their_attribute():
    (drawn,) = inside(TEXT, (9, 11, '"><script>\n1 & 2</script>'))
    assert 'data-was="&quot;&gt;&lt;script&gt; 1 &amp; 2&lt;/script&gt;"' in drawn


def test_very_long_old_words_are_shown_without_their_middle():
    (drawn,) = inside(TEXT, (9, 11, "word " * 1000))
    assert len(re.search('data-was="([^"]*)"', drawn)[1]) < MAX_OLD_WORDS_LENGTH + 10


@st.composite
def drawings(draw):
    """A page and highlights on it, some of which stand on edited words, wherever."""
    html = draw(pages())
    length = len(text_of(html))
    place = st.integers(-2, length + 2)
    change = st.tuples(place, place, st.sampled_from(["", "12", "“not” <b>", "a\nb"]))
    changes = st.lists(change.map(lambda drawn: (*sorted(drawn[:2]), drawn[2])), max_size=4).map(tuple)
    return html, [span._replace(changes=draw(changes)) for span in draw(spans_in(length))]


@given(drawing=drawings())
def test_drawing_edits_never_changes_the_text(drawing):
    html, spans = drawing
    assert text_of(highlight(html, spans)) == text_of(html)


@given(drawing=drawings())
def test_without_its_edits_the_page_is_the_one_without_changes(drawing):
    html, spans = drawing
    assert EDITS.sub("", highlight(html, spans)) == highlight(html, [span._replace(changes=()) for span in spans])


@given(drawing=drawings())
def test_edits_stand_only_in_marks_and_never_in_each_other(drawing):
    html, spans = drawing
    drawn = highlight(html, spans)
    assert not EDITS.search(MARK.sub("", drawn))
    for inner in MARK.findall(drawn):
        assert re.fullmatch(r'(?:[^<]|<ins class="edit"[^>]*>[^<]+</ins>|<span class="was"[^>]*></span>)*', inner)


@given(drawing=drawings())
def test_the_page_is_the_sum_of_its_blocks_each_drawn_alone(drawing):
    html, spans = drawing
    starts = locate_blocks(html)
    ends = [start - 1 for start, _ in starts[1:]] + [len(html)]
    parts = [highlight_block(html[a:b], offset, spans) for (a, offset), b in zip(starts, ends, strict=True)]
    assert "\n".join(parts) == highlight(html, spans)
