"""Two texts side by side: what becomes of each block, and the laws that hold for any two."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from cases import each
from newsreader.models import Revision
from newsreader.text.diff.changes import ChangedSpan
from newsreader.text.diff.comparison import Comparison
from newsreader.text.diff.redline import render_redline
from newsreader.text.html.plaintext import text_of
from newsreader.text.html.sanitizer import clean
from strategies import pages

OURS = re.compile(r"</?(?:ins|del)[^>]*>")  # the pages here have none of their own
NUMBER = re.compile(r' id="(?:p|old-|new-)\d+"')
LAYOUT = {
    "",
    *"blockquote ul ol dl li dd table thead tbody tfoot tr td th footer figure figcaption aside section".split(),
}
FERRY = "The night ferry to Skarholm sails again, and forty people were on board when she left."
STORM = "At least 12 cranes fell in the storm, the harbour master said on Monday morning."
MAYOR = "The mayor promised to rebuild the pier before the herring come, whatever it may cost."


def paragraphs(*texts: str) -> Revision:
    return Revision.from_html(clean("".join(text if text.startswith("<") else f"<p>{text}</p>" for text in texts)))


def compared(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """What became of which blocks."""
    rows = Comparison(paragraphs(*old), paragraphs(*new)).rows
    return [(row.kind, " → ".join(dict.fromkeys(filter(None, [row.old_number, row.new_number])))) for row in rows]


def looks(html: str) -> str:
    """Drawn html without what only style sheets and screen readers need."""
    return re.sub(r' (?:class|id|data-\w+)="[^"]*"', "", html)


# What becomes of a block


def test_a_changed_number_is_drawn_on_both_sides():
    row = Comparison(paragraphs(FERRY, STORM), paragraphs(FERRY, STORM.replace("12", "17"))).rows[1]
    assert (row.kind, row.name, row.note) == ("edited", "¶2, edited", "")
    assert looks(row.old) == f"<p>{STORM.replace('12', '<del>12</del>')}</p>"
    assert looks(row.new) == f"<p>{STORM.replace('12', '<ins>17</ins>')}</p>"


def test_blocks_added_and_removed_stand_alone():
    assert compared([FERRY, STORM], [FERRY, MAYOR, STORM]) == [("same", "1"), ("added", "2"), ("same", "2 → 3")]
    assert compared([FERRY, MAYOR, STORM], [FERRY, STORM]) == [("same", "1"), ("removed", "2"), ("same", "3 → 2")]


def test_a_block_in_whose_place_stands_another_is_beside_it():
    assert compared([FERRY, "Short"], [FERRY, "Brief"]) == [("same", "1"), ("edited", "2")]


def test_a_block_that_was_parted_stands_beside_its_parts():
    assert compared([FERRY, f"{STORM} {MAYOR}"], [FERRY, STORM, MAYOR]) == [("same", "1"), ("split", "2 → 2–3")]


def test_blocks_that_became_one_stand_beside_it():
    assert compared([FERRY, STORM, MAYOR], [FERRY, f"{STORM} {MAYOR}"]) == [("same", "1"), ("joined", "2–3 → 2")]


def test_a_sentence_that_changed_its_paragraph_is_seen_in_one_row():
    kinds = compared([f"{FERRY} {STORM}", MAYOR, FERRY[::-1]], [FERRY, f"{STORM} {MAYOR}", FERRY[::-1]])
    assert kinds == [("divided", "1–2"), ("same", "3")]


def test_a_block_that_moved_says_where_it_is_and_where_it_was():
    rows = Comparison(paragraphs(FERRY, MAYOR * 2, STORM), paragraphs(MAYOR * 2, STORM, FERRY)).rows
    assert rows[1].name == "¶2, now ¶1, unchanged"
    assert rows[3].name == "¶3, moved here from ¶1"
    assert [(row.kind, row.note) for row in rows] == [
        ("moved away", "Moved to ¶3"),
        *[("same", "")] * 2,
        ("moved here", "Moved here from ¶1"),
    ]
    assert 'class="lost moved" data-label="moved away"' in rows[0].old
    assert 'class="gained moved" data-label="moved here"' in rows[3].new


def test_a_word_that_changed_in_a_block_that_moved_is_no_moved_one():
    moved = f"{STORM} {FERRY}"
    rows = Comparison(paragraphs(moved, MAYOR * 4), paragraphs(MAYOR * 4, moved.replace("12", "17"))).rows
    assert [row.kind for row in rows] == ["moved away", "same", "moved here"]
    assert '<ins class="gained" data-label="added" data-end="">At least 17</ins>' in rows[2].new


@each(
    ("old", "new"),
    [
        ("He said “so it is”.", 'He said "so it is".'),
        ("A <em>word</em> or two.", "A word or two."),
        ('See <a href="https://quay.example/1">there</a>.', 'See <a href="https://quay.example/2">there</a>.'),
        ("<h2>A word or two</h2>", "A word or two"),
    ],
)
def test_a_block_with_the_same_words_is_neither_unchanged_nor_edited(old, new):
    assert compared([FERRY, old], [FERRY, new]) == [("same", "1"), ("alike", "2")]


def test_notes_and_links_to_them_have_an_id_on_each_side():
    notes = '<p>{} <a href="#n" id="r">1</a></p><ol><li id="n">A note, <a href="#r">back</a></li></ol>'
    rows = Comparison(paragraphs(notes.format(FERRY)), paragraphs(notes.format(STORM))).rows
    assert '<a href="#old-n1" id="old-r1">' in rows[0].old
    assert '<a href="#new-n1" id="new-r1">' in rows[0].new
    assert '<li id="new-n1">' in rows[1].new


def test_a_link_within_the_text_to_a_block_that_has_another_number_now_is_no_change():
    text = f'<h2 id="a">{FERRY}</h2><p>{STORM} <a href="#a">See above</a></p>'
    assert compared([text], [f"<p>{MAYOR}</p>", text]) == [("added", "1"), ("same", "1 → 2"), ("same", "2 → 3")]


def test_lists_and_tables_are_drawn_within_their_cells():
    old = f"<ul><li>{FERRY}</li><li>{STORM}</li></ul><table><tr><td>12</td><td>{MAYOR}</td></tr></table>"
    rows = Comparison(paragraphs(old), paragraphs(old.replace("12", "17").replace("left.</li>", "left</li>"))).rows
    assert looks(rows[0].new).endswith(f"<li>{STORM.replace('12', '<ins>17</ins>')}</li>\n</ul>")
    assert "\n<tr>\n<td><del>12</del></td>\n<td>The mayor" in looks(rows[1].old)


def test_space_between_the_parts_of_a_list_is_never_drawn():
    gone = f"<ul><li>{MAYOR[:30]}</li><li>{MAYOR[30:]}</li></ul>"
    (_, row, _) = Comparison(paragraphs(FERRY, gone, STORM), paragraphs(FERRY, STORM)).rows
    assert (
        looks(row.old)
        == f"<ul>\n<li><del>{MAYOR[:30].strip()}</del></li>\n<li><del>{MAYOR[30:].strip()}</del></li>\n</ul>"
    )


# In words


@each(
    ("old", "new", "said"),
    [
        (
            [FERRY, STORM],
            [FERRY, STORM.replace("12", "17")],
            "One passage edited; 1 word added, 1 removed.",
        ),
        (
            [FERRY, STORM],
            [FERRY, "Now added.", STORM.replace("12", "17"), "And this."],
            "One passage edited and two added; 5 words added, 1 removed.",
        ),
        ([FERRY, STORM, MAYOR * 2], [STORM, MAYOR * 2, FERRY], "One passage moved."),
        ([f"{STORM} {MAYOR}"], [STORM, MAYOR], "One passage split."),
        ([FERRY], [FERRY], "Both have the same text."),
        (
            [f"“{FERRY}”", STORM],
            [FERRY, STORM.replace("12", "17")],
            "One passage edited; 1 word added, 1 removed. "
            "One more passage has the same words, with different punctuation, links or formatting.",
        ),
        (
            [f"“{FERRY}”", f"“{STORM}”"],
            [FERRY, STORM],
            "Two passages have the same words, with different punctuation, links or formatting.",
        ),
    ],
)
def test_what_happened_is_said_in_a_sentence(old, new, said):
    assert Comparison(paragraphs(*old), paragraphs(*new)).summarise() == said


def test_unchanged_blocks_next_to_each_other_are_one_passage():
    comparison = Comparison(paragraphs(FERRY, MAYOR, STORM, FERRY), paragraphs(FERRY, MAYOR, "In.", STORM, FERRY))
    passages = comparison.group_rows()
    assert [(passage.kind, passage.number, passage.is_folded) for passage in passages] == [
        ("same", "1–2", True),
        ("changed", "", False),
        ("same", "3–4", True),
    ]


# Laws


@st.composite
def pairs(draw):
    """Two pages, the second out of the blocks of the first, in any order, with some words changed, and of others."""
    old, more = draw(pages()), draw(pages(2))
    known = [*old.split("\n<"), *more.split("\n<")] if "\n " not in old + more else [old, more]
    blocks = draw(st.lists(st.sampled_from(known), min_size=1, max_size=6))
    html = "".join(block if block.startswith("<") else f"<{block}" for block in blocks)
    swaps = draw(
        st.lists(st.sampled_from([("17%", "12%"), ("The", "A"), (" a", " "), ("holds", "held on")]), max_size=2)
    )
    for word, other in swaps:
        html = html.replace(word, other)
    return clean(old), clean(html)


class Reading(HTMLParser):
    """Drawn html as a browser reads it: each character of the text, the drawn elements around it, and its own element."""

    def __init__(self, html: str):
        super().__init__()
        self.path: list[str] = []
        self.drawn = 0
        self.characters: list[tuple[str, bool, str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag not in ("br", "hr"):
            self.path.append(tag)
            self.drawn += self.is_ours(tag, attrs)

    def handle_endtag(self, tag):
        assert self.path.pop() == tag
        self.drawn = self.drawn and self.drawn - (tag in ("ins", "del"))

    def handle_data(self, data):
        inner = self.path[-1] if self.path else ""
        self.characters += [(character, bool(self.drawn), inner) for character in data]

    @staticmethod
    def is_ours(tag, attrs) -> bool:
        return tag in ("ins", "del") and "class" in dict(attrs)


def drawn_sides(comparison) -> tuple[str, str]:
    """All blocks of either text as they were drawn."""
    old = [row.new if row.kind == "same" else row.old for row in comparison.rows if row.olds]
    return "\n".join(old), "\n".join(row.new for row in comparison.rows if row.news)


def revisions(pair) -> list[Revision]:
    return [Revision.from_html(html) for html in pair]


@given(pair=pairs())
def test_every_block_of_either_text_stands_in_one_row_and_in_order(pair):
    old, new = revisions(pair)
    rows = Comparison(old, new).rows
    assert [i for row in rows for i in row.olds] == list(range(len(old.blocks)))
    assert [j for row in rows for j in row.news] == list(range(len(new.blocks)))


@given(pair=pairs())
def test_drawing_changes_neither_the_text_of_either_side_nor_what_stands_around_it(pair):
    for html, revision in zip(drawn_sides(Comparison(*revisions(pair))), revisions(pair), strict=True):
        assert text_of(html) == revision.text
        assert NUMBER.sub("", OURS.sub("", html)) == NUMBER.sub("", revision.html)


@given(pair=pairs())
def test_exactly_what_changed_is_drawn(pair):
    comparison = Comparison(*revisions(pair))
    for html, stretches in zip(drawn_sides(comparison), comparison.changes, strict=True):
        changed = {place for start, end, _ in stretches for place in range(start, end)}
        for place, (character, is_drawn, tag) in enumerate(Reading(html).characters):
            is_layout = character == "\n" and tag in LAYOUT
            assert is_drawn == (place in changed) or (is_layout and not is_drawn), (place, character, tag)


@given(pair=pairs())
def test_the_way_back_is_the_mirror_image(pair):
    old, new = revisions(pair)
    there, back = Comparison(old, new), Comparison(new, old)
    assert there.changes == back.changes[::-1]
    assert there.count_words() == back.count_words()[::-1]


@given(html=pages(1), cuts=st.lists(st.integers(0, 200), max_size=8, unique=True).map(sorted))
def test_any_stretches_are_drawn_flat_each_labelled_once(html, cuts):
    stretches = [ChangedSpan(*ends) for ends in zip(cuts[::2], cuts[1::2], strict=False)]
    drawn = render_redline(html, 0, stretches, "ins")
    assert text_of(drawn) == text_of(html)
    assert len(re.findall("data-label", drawn)) == len(re.findall("data-end", drawn)) <= len(stretches)
    for inner in re.findall(r'<ins class="gained"[^>]*>(.*?)</ins>', drawn, re.S):
        assert inner
        assert "<" not in inner
