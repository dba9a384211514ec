"""Drawing highlights: examples of every overlap and place, and the laws that hold for any page and any passages."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from annotations.rendering.highlighter import Span, highlight, highlight_block, highlight_blocks
from newsreader.text.html.plaintext import locate_blocks, text_of
from newsreader.text.html.sanitizer import clean
from strategies import LABELS, pages, spans_in

DRAWN = re.compile(r'</?mark[^>]*>|<span id="h-[^"]*"></span>')
CONTAINERS = "blockquote ul ol dl li dd table thead tbody tfoot tr td th".split()
CONTAINERS += "footer figure figcaption aside section".split()
TWO_BLOCKS, LONG_ID = '<p id="p1">one two</p>\n<p id="p2">three</p>', "0192b3c4-1111-7222-8333-123456789abc"
BLOCKS = [*CONTAINERS, "hr", "p", "h2", "h3", "h4", "pre", "dt", "caption"]


def span(text, words, id="a", hue=1, label="", after=""):
    """The span of the first such words in the text, after some other words."""
    start = text.index(words, text.index(after))
    return Span(start, start + len(words), id, hue, label)


def drawn(html, *quotes):
    """The page with the quotes highlighted as a, b, c ... in the hues 1, 2, 3 ..., their marks' bare look kept only."""
    spans = [span(text_of(html), words, "abcdefgh"[number], number + 1) for number, words in enumerate(quotes)]
    return re.sub(r' (?:id="h-|(?:tabindex|aria-details|data-end)=")[^"]*"', "", highlight(html, spans))


def mark(words, ids, classes):
    return f'<mark data-highlights="{ids}" class="{classes}">{words}</mark>'


def test_a_page_without_highlights_is_left_alone():
    assert highlight('<p id="p1">Words</p>', []) == '<p id="p1">Words</p>'


def test_the_one_mark_of_a_highlight_says_where_it_begins_and_ends():
    html = highlight('<p id="p1">Some plain words</p>', [Span(5, 10, "7c1e", 3, "Ana: red line")])
    assert html == (
        '<p id="p1">Some <mark data-highlights="7c1e" class="hue-3 depth-1" id="h-7c1e" tabindex="0"'
        ' aria-details="card-7c1e" data-label="Ana: red line" data-end="0">plain</mark> words</p>'
    )


def test_a_highlight_without_a_tag_has_hue_0_and_one_without_a_label_no_label():
    html = highlight('<p id="p1">Words</p>', [Span(0, 5, "a", 0)])
    assert 'class="hue-0 depth-1"' in html
    assert "data-label" not in html


def test_two_that_overlap_keep_their_lanes():
    assert drawn('<p id="p1">one two three</p>', "one two", "two three") == (
        f'<p id="p1">{mark("one ", "a", "hue-1 depth-1")}{mark("two", "a b", "hue-1 hue-2-b depth-2")}'
        f"{mark(' three', 'b', 'hue-2-b depth-1')}</p>"
    )


def test_a_lane_is_taken_again_once_it_is_free():
    html = drawn('<p id="p1">one two three four</p>', "one two", "two three", "three four")
    assert mark("three", "b c", "hue-3 hue-2-b depth-2") in html


def test_lanes_begin_anew_with_every_block():
    html = drawn('<p id="p1">one two</p>\n<p id="p2">three</p>', "one two", "two\nthree")
    assert html.endswith(f'<p id="p2">{mark("three", "b", "hue-2 depth-1")}</p>')


def test_the_longer_of_two_that_begin_together_comes_first():
    text = "one two three"
    spans = [span(text, "one", "short", 1, "S"), span(text, "one two", "long", 2, "L")]
    assert highlight(f'<p id="p1">{text}</p>', spans) == (
        '<p id="p1"><span id="h-short"></span><mark data-highlights="long short" class="hue-2 hue-1-b depth-2"'
        ' id="h-long" tabindex="0" aria-details="card-long" data-label="L; S" data-end="1">one</mark>'
        '<mark data-highlights="long" class="hue-2 depth-1" data-end="0"> two</mark> three</p>'
    )


def test_identical_passages_share_one_mark():
    html = highlight('<p id="p1">one two</p>', [Span(0, 3, "b", 2, "B"), Span(0, 3, "a", 1, "A")])
    assert html.count("<mark") == 1
    assert html.startswith('<p id="p1"><span id="h-b"></span><mark data-highlights="a b" class="hue-1 hue-2-b depth-2"')


def test_one_inside_another_leaves_the_marks_flat():
    assert drawn('<p id="p1">one two three</p>', "one two three", "two") == (
        f'<p id="p1">{mark("one ", "a", "hue-1 depth-1")}{mark("two", "a b", "hue-1 hue-2-b depth-2")}'
        f"{mark(' three', 'a', 'hue-1 depth-1')}</p>"
    )


def test_adjacent_passages_use_the_same_lane():
    assert drawn('<p id="p1">onetwo</p>', "one", "two") == (
        f'<p id="p1">{mark("one", "a", "hue-1 depth-1")}{mark("two", "b", "hue-2 depth-1")}</p>'
    )


def test_a_passage_over_two_paragraphs_is_marked_in_both_and_begins_and_ends_once():
    html = highlight('<p id="p1">one</p>\n<p id="p2">two</p>', [Span(1, 6, "a", 1)])
    first, second = html.split("\n")
    assert 'id="h-a"' in first
    assert 'data-end="0"' in second
    assert html.count("h-a") == html.count("data-end") == 1


def test_no_mark_stands_between_the_items_of_a_list():
    html = '<ul id="p1">\n<li>one</li>\n<li>\n<p>two</p>\n<ol>\n<li>three</li>\n</ol>\n</li>\n</ul>'
    one, two, three = (mark(words, "a", "hue-1 depth-1") for words in ("one", "two", "three"))
    assert drawn(html, text_of(html).strip()) == (
        f'<ul id="p1">\n<li>{one}</li>\n<li>\n<p>{two}</p>\n<ol>\n<li>{three}</li>\n</ol>\n</li>\n</ul>'
    )


def test_no_mark_stands_between_the_cells_of_a_table():
    html = '<table id="p1">\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>'
    one, two = (mark(words, "a", "hue-1 depth-1") for words in "12")
    assert drawn(html, "1\n2") == html.replace(">1<", f">{one}<").replace(">2<", f">{two}<")


def test_the_space_between_two_elements_of_a_line_is_marked():
    html = drawn('<p id="p1"><em>one</em> <em>two</em></p>', "one two")
    assert f"</em>{mark(' ', 'a', 'hue-1 depth-1')}<em>" in html


def test_the_space_at_the_edges_of_preformatted_text_is_marked():
    html = drawn('<pre id="p1">  <em>x</em>\n  y</pre>', "  x")
    assert html.startswith(f'<pre id="p1">{mark("  ", "a", "hue-1 depth-1")}<em>')


def test_a_mark_closes_before_a_link_and_opens_again_inside():
    html = drawn('<p id="p1">see <a href="https://x.org/?a=1&amp;b=%3E">the page</a> now</p>', "see the")
    see, the = mark("see ", "a", "hue-1 depth-1"), mark("the", "a", "hue-1 depth-1")
    assert html == f'<p id="p1">{see}<a href="https://x.org/?a=1&amp;b=%3E">{the} page</a> now</p>'


def test_an_entity_is_one_character_and_stays_whole():
    assert drawn('<p id="p1">R&amp;D &lt;b&gt; &amp;lt;</p>', "&", "<b> &") == (
        f'<p id="p1">R{mark("&amp;", "a", "hue-1 depth-1")}D {mark("&lt;b&gt; &amp;", "b", "hue-2 depth-1")}lt;</p>'
    )


def test_emoji_marks_and_right_to_left_text_are_counted_in_code_points():
    html = '<p id="p1" dir="rtl">👩‍👩‍👧 e\u0301t مرحبا 𝔘𝔫𝔦</p>'
    words = ["👩‍👩‍👧", "e\u0301t", "مرحبا", "𝔘𝔫𝔦"]
    assert re.findall(">([^<> ]+)</mark>", drawn(html, *words)) == words


def test_five_at_one_place_have_bars_with_their_number_and_four_lines():
    html = drawn(
        '<p id="p1">a bb ccc dddd eeeee end</p>',
        "bb ccc dddd eeeee end",
        "ccc dddd eeeee end",
        "dddd eeeee",
        "eeeee",
        "eeeee end",
    )
    classes = "hue-1 hue-2-b hue-3-c"
    assert mark("eeeee", "a b c e d", f'{classes} hue-5-d depth-4 bars" data-depth="5') in html
    assert mark(" end", "a b e", "hue-1 hue-2-b hue-5-d depth-3") in html
    assert html.count("bars") == 1


def test_only_the_first_mark_of_a_run_has_bars_and_it_has_the_greatest_number():
    spans = [Span(0, 9, "a", 1), Span(0, 9, "b", 1), Span(0, 9, "c", 1), Span(0, 9, "d", 1), Span(4, 5, "e", 1)]
    html = highlight('<p id="p1">123456789 <em>x</em></p>\n<p id="p2">y</p>', spans)
    assert re.findall(r"depth-[^>]*?(bars|)\"(?: data-depth=\"(\d)\")?", html) == [("bars", "5"), ("", ""), ("", "")]


def test_a_label_cannot_leave_its_attribute():
    html = highlight('<p id="p1">Words</p>', [Span(0, 5, "a", 1, 'Ana: "><script>alert(1)</script>&')])
    assert 'data-label="Ana: &quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;"' in html


def test_an_id_cannot_leave_its_attribute():
    html = highlight('<p id="p1">Words</p>', [Span(0, 5, 'a"><b>', 1)])
    assert html.count("<") == 4
    assert 'id="h-a&quot;&gt;&lt;b&gt;"' in html


def test_a_label_is_one_line():
    assert 'data-label="Ana: red line"' in highlight("<p>Words</p>", [Span(0, 5, "a", 1, "Ana:\x01\nred\x00 line ")])


def test_a_span_of_nothing_leaves_an_anchor_where_it_stands():
    assert highlight('<p id="p1">one two</p>', [Span(4, 4, "a", 1)]) == '<p id="p1">one <span id="h-a"></span>two</p>'


def test_the_anchor_of_a_span_of_nothing_is_not_taken_for_a_highlight_of_the_mark_after_it():
    spans = [Span(0, 3, "a", 1), Span(4, 4, "b", 1), Span(4, 7, "c", 1)]
    html = highlight_block('<p id="p1">one two</p>', 0, spans, is_compact=True)
    assert '<span id="h-b"></span><mark data-highlights="c" ' in html


def test_every_mark_lists_its_highlights():
    html = highlight(TWO_BLOCKS, [Span(0, 13, LONG_ID, 1), Span(4, 13, "b", 1)])
    assert re.findall('data-highlights="([^"]*)"', html) == [LONG_ID, f"{LONG_ID} b", f"{LONG_ID} b"]


def test_only_the_first_mark_of_a_compact_block_lists_its_highlights_by_the_ends_of_their_ids():
    blocks = highlight_blocks(TWO_BLOCKS, [Span(0, 13, LONG_ID, 1), Span(4, 13, "b", 1)], is_compact=True)
    assert [re.findall('data-highlights="([^"]*)"', html) for html in blocks] == [
        [LONG_ID[-12:]],
        [f"{LONG_ID[-12:]} b"],
    ]


def test_a_mark_says_once_which_of_its_highlights_end_with_it():
    html = highlight('<p id="p1">one two</p>', [Span(0, 3, "a", 1), Span(0, 7, "b", 1), Span(0, 3, "c", 1)])
    assert re.findall('data-(highlights|end)="([^"]*)"', html) == [
        ("highlights", "b a c"),
        ("end", "1 2"),
        ("highlights", "b"),
        ("end", "0"),
    ]


def test_a_span_of_space_between_blocks_leaves_an_anchor_in_a_block():
    html = '<ul id="p1">\n<li>one</li>\n</ul>\n<p id="p2">two</p>'
    for start, end in ((0, 1), (4, 5), (5, 6), (4, 6)):
        assert re.search(r'<li>.*<span id="h-a"></span>.*</li>', highlight(html, [Span(start, end, "a", 1)]))


def test_a_span_that_begins_with_the_line_feed_between_two_blocks_begins_in_the_second():
    html = highlight('<p id="p1">one</p>\n<p id="p2">two</p>', [Span(3, 7, "a", 1)])
    assert html.startswith('<p id="p1">one</p>\n<p id="p2"><mark data-highlights="a" class="hue-1 depth-1" id="h-a"')


def test_a_span_that_begins_in_the_space_at_the_end_of_a_list_has_its_anchor_there():
    html = highlight('<ul id="p1">\n<li>one</li>\n</ul>\n<p id="p2">two</p>', [Span(4, 9, "a", 1)])
    assert html.count('id="h-a"') == 1
    assert '<li>one<span id="h-a"></span></li>' in html


def test_spans_out_of_range_are_clamped():
    html = highlight('<p id="p1">one</p>', [Span(-5, 99, "a", 1), Span(50, 60, "b", 1), Span(2, 1, "c", 1)])
    assert html.count(">on</mark>") == html.count(">e</mark>") == 1
    assert html.endswith('<span id="h-b"></span></p>')
    assert 'id="h-c"' in html


def test_a_block_in_the_middle_neither_begins_nor_ends_what_passes_through_it():
    html = highlight_block(
        '<p id="p2">two</p>', 4, [Span(1, 10, "a", 1, "A"), Span(99, 100, "b", 1), Span(0, 2, "c", 1)]
    )
    assert html == '<p id="p2"><mark data-highlights="a" class="hue-1 depth-1">two</mark></p>'


class Reading(HTMLParser):
    """What a drawn page says, character by character: which highlights cover it, and the elements around it."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.open, self.covers, self.marks, self.attributes, self.nested = [], [], [], [], False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.nested |= bool(self.open) and self.open[-1][0] == "mark"
        if tag == "mark":
            self.attributes.append(dict(attributes))
        if tag not in ("br", "hr"):
            self.open.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        tag, attributes = self.open[-1] if self.open else ("", {})
        self.covers += [(character, attributes.get("data-highlights", "").split(), tag) for character in data]
        self.marks += [attributes if tag == "mark" else None] * len(data)

    def places_of(self, id):
        """Where the text stands that the marks say the highlight covers."""
        return [place for place, (_, ids, _) in enumerate(self.covers) if id in ids]


@st.composite
def drawings(draw):
    html = draw(pages())
    return html, draw(spans_in(len(text_of(html))))


@given(drawing=drawings())
def test_the_lists_of_compact_blocks_can_be_completed(drawing):
    html, spans = drawing
    assert completed("\n".join(highlight_blocks(html, spans, is_compact=True))) == shortened(highlight(html, spans))


def shortened(html):
    """The page with the ends of the ids in the lists of its marks."""
    return re.sub('(?<= data-highlights=")[^"]*', lambda ids: " ".join([id[-12:] for id in ids[0].split()]), html)


def completed(html):
    """The page with the lists that static/js/marks.js adds to the marks without one."""
    ids, ended = [], []

    def complete(match):
        nonlocal ids, ended
        anchors, attributes = match.groups()
        begun = [id[-12:] for id in re.findall(r' id="h-([^"]*)"', attributes + anchors)]
        listed = re.search(r' data-highlights="([^"]*)"', attributes)
        ids = listed[1].split() if listed else [id for n, id in enumerate(ids) if n not in ended] + begun
        ended = [int(n) for n in "".join(re.findall(r' data-end="([^"]*)"', attributes)).split()]
        return match[0] if listed else f'{anchors}<mark data-highlights="{" ".join(ids)}"{attributes}>'

    return re.sub(r'((?:<span id="h-[^"]*"></span>)*)<mark([^>]*)>', complete, html)


@given(html=pages())
def test_the_generated_pages_are_canonical(html):
    assert clean(html) == html


@given(drawing=drawings())
def test_highlighting_never_changes_the_text(drawing):
    html, spans = drawing
    assert text_of(highlight(html, spans)) == text_of(html)


@given(drawing=drawings())
def test_without_its_marks_the_page_is_what_it_was(drawing):
    html, spans = drawing
    assert DRAWN.sub("", highlight(html, spans)) == html


@given(drawing=drawings())
def test_every_highlight_has_its_id_exactly_once(drawing):
    html, spans = drawing
    ids = re.findall(r' id="h-([^"]*)"', highlight(html, spans))
    assert sorted(ids) == sorted(span.id for span in spans)


@given(drawing=drawings())
def test_the_marks_of_a_character_name_exactly_the_highlights_that_cover_it(drawing):
    html, spans = drawing
    for place, (character, ids, tag) in enumerate(Reading(highlight(html, spans)).covers):
        covering = sorted(span.id for span in spans if span.start <= place < span.end)
        is_layout = character == "\n" and tag in ("", *CONTAINERS)
        assert sorted(ids) == covering or (is_layout and not ids)


@given(drawing=drawings())
def test_a_mark_says_that_a_highlight_ends_where_its_last_word_does(drawing):
    html, spans = drawing
    reading = Reading(highlight(html, spans))
    ending = [mark for mark in reading.marks if mark and "data-end" in mark]
    lasts = [(span, reading.marks[max(covered)]) for span in spans if (covered := reading.places_of(span.id))]
    # A passage that ends in the space before a list has its last mark in the block before, which cannot know.
    assert all("data-end" in mark for span, mark in lasts if not text_of(html)[span.end - 1].isspace())
    assert {id(mark) for mark in ending} <= {id(mark) for _, mark in lasts}


@given(drawing=drawings())
def test_marks_are_flat_and_hold_text_only(drawing):
    html, spans = drawing
    assert not Reading(highlight(html, spans)).nested


@given(drawing=drawings())
def test_no_mark_stands_beside_a_block(drawing):
    html, spans = drawing
    beside = rf"</?(?:{'|'.join(BLOCKS)})\b[^>]*>(?:<span id=[^>]*></span>)*<mark [^>]*>\s*</mark></?(?:{'|'.join(BLOCKS)})\b"
    assert not re.search(beside, highlight(html, spans))


@given(drawing=drawings())
def test_marks_are_as_deep_as_the_highlights_they_name_and_have_a_line_for_up_to_four(drawing):
    html, spans = drawing
    for attributes in Reading(highlight(html, spans)).attributes:
        ids, classes = attributes["data-highlights"].split(), attributes["class"].split()
        assert f"depth-{min(len(ids), 4)}" in classes
        assert len([name for name in classes if name.startswith("hue-")]) <= min(len(ids), 4)
        lanes = [re.sub(r"hue-\d+", "", name) for name in classes if name.startswith("hue-")]
        assert lanes == sorted(set(lanes))


@given(drawing=drawings())
def test_the_page_is_the_sum_of_its_blocks_each_drawn_alone(drawing):
    html, spans = drawing
    starts = locate_blocks(html)
    ends = [start - 1 for start, _ in starts[1:]] + [len(html)]
    parts = [highlight_block(html[a:b], offset, spans) for (a, offset), b in zip(starts, ends, strict=True)]
    assert "\n".join(parts) == highlight(html, spans)


@given(drawing=drawings(), chance=st.randoms())
def test_the_order_in_which_highlights_are_given_does_not_matter(drawing, chance):
    html, spans = drawing
    assert highlight(html, chance.sample(spans, len(spans))) == highlight(html, spans)


@given(label=st.text() | st.sampled_from(LABELS))
def test_any_label_is_read_back_as_one_line(label):
    (attributes,) = Reading(highlight('<p id="p1">Words</p>', [Span(0, 5, "a", 1, label)])).attributes
    read = attributes.get("data-label", "")
    assert "\n" not in read
    assert read.split() == re.sub(r"[\x00-\x1f\x7f]", " ", label).split()
