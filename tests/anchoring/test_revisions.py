"""What becomes of a passage when its article is changed: every state by example, and the laws of not guessing."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from annotations.anchoring.boundaries import count_marks
from annotations.anchoring.graphemes import is_inside
from annotations.anchoring.material import is_material
from annotations.anchoring.quotes import Change, carry
from annotations.anchoring.selectors import snap
from cases import each
from newsreader.text.diff.tokens import INVISIBLE_CHARACTERS, QUOTES, list_tokens

OLD = (
    "Police said on Monday that at least 12 people were killed in the attack on the bridge.\n"
    "The minister denied it. “We did not agree to anything,” he said.\n"
    "A brigade of 5,000 would stand west of the river, ready to move within 72 hours of an alarm.\n"
    "Nobody else spoke. The talks go on in Geneva, where grain and prisoners are on the table."
)
KILLED = "at least 12 people were killed"
PARTS = [
    "The minister",
    " said",
    ".",
    " 12",
    " 17",
    "\n",
    " ",
    " “no”",
    " —",
    " étape",
    " 日本",
    " 👍🏽",
    " a",
    " b",
    " e\u0301",
]
SENTENCES = [*OLD.replace("\n", " ").split(". "), "Nobody came", "It rained on Monday in Geneva", "A brigade is 5,000"]


def placed(new, words, old=OLD):
    start = old.index(words)
    (placement,) = carry(old, new, [(start, start + len(words))])
    return placement


def found(new, words, old=OLD):
    placement = placed(new, words, old)
    return placement.state, new[placement.start : placement.end]


def proposed(new, words):
    return [new[start:end] for start, end in placed(new, words).proposals]


def test_words_that_nothing_happened_to_are_the_same():
    assert found(OLD, KILLED) == ("same", KILLED)


def test_words_pushed_down_by_a_new_sentence_are_the_same():
    assert found("Updated at noon. " + OLD, KILLED) == ("same", KILLED)


def test_a_changed_figure_is_an_edit_and_matters():
    new = OLD.replace("12", "17")
    start = new.index("17")
    placement = placed(new, KILLED)
    assert (placement.state, placement.material) == ("edited", True)
    assert placement.changes == (Change(start, start + 2, "12", "17"),)
    assert new[placement.start : placement.end] == KILLED.replace("12", "17")


def test_a_highlight_on_the_figure_alone_stands_on_the_new_figure():
    assert found(OLD.replace("12", "17"), "12") == ("edited", "17")


def test_a_negation_that_is_gone_matters():
    placement = placed(OLD.replace(" not", ""), "We did not agree")
    assert (placement.state, placement.material, placement.changes[0].before) == ("edited", True, "not")


def test_a_name_that_changed_matters():
    assert placed(OLD.replace("Geneva", "Vienna"), "The talks go on in Geneva").material


@each(
    ("before", "after"),
    [
        *[("12", "17"), ("17 %", "17.5 %"), ("not", ""), ("isn’t", "is"), ("likely", "unlikely"), ("Geneva", "Vienna")],
        *[("souhlasí", "nesouhlasí"), ("kein", "ein"), ("没", ""), ("行かない", "行く"), ("", "Monday")],
    ],
)
def test_a_figure_a_name_and_a_negation_matter(before, after):
    assert is_material(before, after)
    assert is_material(after, before)


@each(("before", "after"), [("ready", "able"), ("", "very"), ("he said", "said he"), (",", ";"), ("“a”", "a")])
def test_other_words_do_not_matter_at_once(before, after):
    assert not is_material(before, after)


def test_a_changed_word_that_is_no_name_does_not_matter():
    placement = placed(OLD.replace("ready", "able"), "ready to move within 72 hours")
    assert (placement.state, placement.material) == ("edited", False)


def test_quotation_marks_dashes_and_space_are_no_edit():
    new = OLD.replace("“", '"').replace("”", '"').replace(" ", "\u00a0 ").replace("\n", " ")
    assert found(new, "“We did not agree to anything,”") == (
        "same",
        '"We\u00a0 did\u00a0 not\u00a0 agree\u00a0 to\u00a0 anything,"',
    )


def test_a_minus_sign_is_an_edit():
    assert (
        placed("It is -5 degrees cold in town tonight.", "5 degrees", "It is 5 degrees cold in town tonight.").state
        == "edited"
    )


def test_paragraphs_that_are_joined_or_split_keep_their_passages():
    assert found(OLD.replace("\n", " "), "bridge.\nThe minister") == ("same", "bridge. The minister")


def test_a_paragraph_that_was_moved_takes_its_passages_along():
    first, *others = OLD.split("\n")
    assert found("\n".join([*others, first]), KILLED) == ("moved", KILLED)


def test_a_paragraph_that_stands_twice_side_by_side_is_ambiguous_and_both_are_offered():
    first, *others = OLD.split("\n")
    new = "\n".join([first, first, *others])
    assert placed(new, KILLED).state == "ambiguous"
    assert proposed(new, KILLED) == [KILLED, KILLED]


def test_a_copy_far_away_leaves_the_first_where_it_is():
    assert found(OLD + "\n" + OLD.split("\n")[0], KILLED) == ("same", KILLED)
    assert placed(OLD + "\n" + OLD.split("\n")[0], KILLED).start == OLD.index(KILLED)


def test_one_of_two_that_read_the_same_is_not_taken_for_the_other():
    old = "He left. The minister said so. The minister said more. It rained."
    new = "He left. The minister said more. It rained."
    first, second = old.index("The minister"), old.rindex("The minister")
    states = [placement.state for placement in carry(old, new, [(first, first + 12), (second, second + 12)])]
    assert states == ["ambiguous", "ambiguous"]


def test_a_passage_that_ends_where_its_paragraph_was_copied_stands_at_the_copy():
    first, *others = OLD.split("\n")
    assert found("\n".join([first, first, *others]), "the bridge.\nThe minister") == (
        "same",
        "the bridge.\nThe minister",
    )


def test_a_cut_between_two_like_words_leaves_the_words_after_it_whole():
    old = "Ships met on the ground floor. He said that the United States would pay for it."
    new = "Ships met on the United States would pay for it."
    assert found(new, "the United States", old) == ("same", "the United States")


def test_among_lines_that_are_all_alike_nothing_is_certain():
    line = "Reply to this comment\n"
    assert [p.state for p in carry((line * 5).strip(), (line * 7).strip(), [(45, 89)])] == ["ambiguous"]


def test_words_that_are_gone_have_no_place():
    assert placed(OLD.replace("Nobody else spoke. ", ""), "Nobody else spoke").state == "gone"


def test_what_reads_like_the_words_that_are_gone_is_proposed():
    new = OLD.replace("The minister denied it.", "It rained all day.") + " The ministers denied all of it."
    placement = placed(new, "The minister denied it.")
    assert placement.state == "gone"
    assert proposed(new, "The minister denied it.")[0].startswith("The ministers denied")


def test_the_same_words_in_another_sentence_are_not_the_passage():
    old = "It rained. The army denied on Monday that it had fired at the convoy of the agency. It rained again."
    new = "It rained. Members of the council met on Monday in Geneva, where talks about grain go on. It rained again."
    assert placed(new, "on Monday", old).state not in ("same", "moved")


def test_a_passage_of_a_part_of_a_word_keeps_its_part():
    assert found("Updated. " + OLD, "olice sai") == ("same", "olice sai")


STEPS = {
    "s": "Season with salt and pepper to taste.",
    "a": "Roast the garlic and thyme for ten minutes.",
    "b": "Peel the carrot and nutmeg in oil.",
    "c": "Stir well until combined.",
    "d": "Chop the aubergine and trout in oil.",
    "e": "Chop the parsley and kale for ten minutes.",
    "f": "Fry the sage and mint in oil.",
    "g": "Blend the sage and dill in oil.",
    "h": "Roast the rocket and rocket for ten minutes.",
    "x": "Roast the nutmeg and aubergine for ten minutes.",
    "y": "Fry the barley and cumin gently.",
}


@each(("before", "after"), [("abscsdefsgh", "abscxsghdefy"), ("abcsdefsgh", "abcxsghdefy")])
def test_a_step_whose_original_was_edited_away_is_not_taken_for_its_twin_beside_steps_that_moved(before, after):
    old, new = (" ".join(map(STEPS.__getitem__, steps)) for steps in (before, after))
    start = old.rindex(STEPS["s"])
    (placement,) = carry(old, new, [(start, start + len(STEPS["s"]))])
    assert placement.state == "ambiguous"
    assert STEPS["s"] in [new[a:b] for a, b in placement.proposals]


QUOTED = "Nobody knew. The mayor said {}we did not agree{} and left the room."
STYLES = [
    *[('"', '"'), ("'", "'"), ("“", "”"), ("‘", "’"), ("”", "”"), ("„", "“"), ("‚", "‘"), ("«", "»"), ("« ", " »")],
    *[("«\u00a0", "\u00a0»"), ("‹\u202f", "\u202f›"), ("»", "«"), ("「", "」"), ("『", "』"), ("〝", "〟"), ("｢", "｣")],
    *[("＂", "＂"), ("“‘", "’”"), ("« “", "” »"), ("— ", " —"), ("– ", " –")],
]


@each(("style", "other"), [(style, other) for style in STYLES for other in STYLES])
def test_a_mark_keeps_its_quotation_marks_whatever_their_style_becomes(style, other):
    old, new = QUOTED.format(*style), QUOTED.format(*other).replace("Nobody", "Somebody")
    start, end = old.index(style[0] + "we"), old.index("agree" + style[1]) + len("agree" + style[1])
    (placement,) = carry(old, new, [(start, end)])
    before, after = new[placement.start : placement.end].split("we did not agree")
    assert placement.state == "same"
    assert [*map(count_marks, [before, after])] == [
        min(map(count_marks, pair)) for pair in zip(style, other, strict=True)
    ]


@each(
    ("old", "new", "words", "said"),
    [
        ("He said “so it is” and left.", "He said « so it was » and left.", "“so it is”", "« so it was »"),
        ("He said “so it is” and left.", "He said «so it was» and left.", "“so it is", "«so it was"),
        ("Two: “12” at most died.", "Two: « 17 » at most died.", "“12”", "« 17 »"),
        ("He said “so it is” and left.", "He said so it is and left.", "“so it is”", "so it is"),
        ("He “left” and “so it is” he said.", "He “left” and so it is “he said”.", "“so it is”", "so it is"),
        ("He said »so it is« and left.", "He said so it is »and« left.", "»so it is«", "so it is"),
        ("He said “so it is” and left.", "He ”said” so it is “and left.", "“so it is”", "so it is"),
    ],
)
def test_an_edited_mark_keeps_its_quotation_marks_and_never_takes_those_of_others(old, new, words, said):
    assert found(new, words, old)[1] == said


def test_what_is_proposed_keeps_its_quotation_marks():
    first, *others = OLD.split("\n")
    new = "\n".join([first, others[0], *others]).replace("“", "« ").replace(",”", " »,")
    placement = placed(new, "“We did not agree to anything")
    assert [new[a:b] for a, b in placement.proposals] == ["« We did not agree to anything"] * 2


def texts():
    return st.lists(st.sampled_from(PARTS), min_size=1, max_size=25).map("".join)


def articles():
    return st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12).map(". ".join)


@st.composite
def carried(draw, source):
    """An old and a new text, and passages of the old one as highlights are made."""
    old, new = draw(source), draw(source)
    place = st.integers(0, len(old))
    drawn = draw(st.lists(st.tuples(place, place), min_size=1, max_size=8))
    wanted = [sorted(pair) for pair in drawn if old[min(pair) : max(pair)].strip()]
    return old, new, [snap(old, start, end) for start, end in wanted]


@given(case=carried(texts()) | carried(articles()))
def test_what_is_the_same_or_moved_has_the_same_words(case):
    old, new, spans = case
    for (start, end), placement in zip(spans, carry(old, new, spans), strict=True):
        if placement.state in ("same", "moved"):
            assert list_tokens(old[start:end]) == list_tokens(new[placement.start : placement.end])


@example(case=("The minister. “no”", "The minister.", [(0, 15)]))
@given(case=carried(texts()) | carried(articles()))
def test_from_old_to_new_and_back_leads_home(case):
    old, new, spans = case
    for span, placement in zip(spans, carry(old, new, spans), strict=True):
        if placement.state in ("same", "moved"):
            (back,) = carry(new, old, [(placement.start, placement.end)])
            assert (back.state, *bare(old, back.start, back.end)) == (placement.state, *bare(old, *span))


def bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the signs at its ends that do not count, unless it has no others; a text that lost them cannot bring them back."""
    signs = re.compile(rf"[\s{re.escape(QUOTES + INVISIBLE_CHARACTERS)}\u2010-\u2015\u2212\-]*")
    first = signs.match(text, start, end).end()
    last = end - signs.match(text[start:end][::-1]).end()
    return (first, last) if first < last else (start, end)


@given(case=carried(texts()))
def test_no_place_begins_or_ends_within_a_character(case):
    old, new, spans = case
    for placement in carry(old, new, spans):
        places = [(placement.start, placement.end), *placement.proposals]
        assert not any(is_inside(new, place) for pair in places for place in pair)


@given(case=carried(texts()) | carried(articles()))
def test_in_an_unchanged_text_everything_is_the_same(case):
    old, _, spans = case
    assert [(p.state, p.start, p.end) for p in carry(old, old, spans)] == [("same", *span) for span in spans]


@given(case=carried(texts()) | carried(articles()))
def test_a_place_is_within_the_text_and_an_edit_says_what_changed(case):
    old, new, spans = case
    for placement in carry(old, new, spans):
        assert 0 <= placement.start <= placement.end <= len(new)
        assert bool(placement.changes) == (placement.state == "edited")
        assert (placement.start < placement.end) == (placement.state in ("same", "moved", "edited"))
        assert all(new[change.start : change.end] == change.after for change in placement.changes)
