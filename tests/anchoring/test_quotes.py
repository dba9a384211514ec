"""Finding a passage again: every answer by example, and the laws of not guessing."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.anchoring.folding import FoldedText
from annotations.anchoring.quotes import Placement, Selector, anchor, anchor_foreign, describe, stands_unmoved
from cases import each

OLD = (
    "The chiefs of defence met on Tuesday and weighed what they could offer once the fighting stops.\n"
    "“We agreed on the principle,” the chairman said, “and on little else.”\n"
    "A brigade of 5,000 would stand west of the river, ready to move within 72 hours."
)
QUOTE = "We agreed on the principle"
GONE = Placement("gone")


def selector(words, text=OLD):
    start = text.index(words)
    return describe(text, start, start + len(words))


def found(text, placement):
    return text[placement.start : placement.end]


def test_words_that_stand_where_they_stood_are_the_same():
    start = OLD.index(QUOTE)
    assert anchor(OLD, selector(QUOTE)) == Placement("same", start, start + len(QUOTE))


PIECES = ["a", "e\u0301", " ", "\n", "\u00ad", "…", "“b”", "👩‍👩‍👧", "12"]
pieces = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)


@given(head=pieces, prefix=pieces, middle=pieces, suffix=pieces, cut=st.integers(0, 4), is_foreign=st.booleans())
def test_what_stands_unmoved_is_where_a_search_finds_it(head, prefix, middle, suffix, cut, is_foreign):
    text, start, end = head + prefix + middle + suffix, len(head + prefix) + cut, len(head + prefix + middle) - cut
    wanted = Selector(text[start:end], text[len(head) : start], text[end:], start, end)
    if stands_unmoved(text, wanted):
        assert anchor_foreign(FoldedText(text), wanted, is_place_foreign=is_foreign) == Placement("same", start, end)


@each(
    ("change", "stands"),
    [({}, True), ({"prefix": "agreed on a "}, False), ({"start": 1}, False), ({"exact": ""}, False)],
)
def test_a_quote_stands_unmoved_with_all_of_its_context_alone(change, stands):
    assert stands_unmoved(OLD, selector("principle")._replace(**change)) is stands


def test_words_pushed_down_by_a_new_line_have_moved():
    new = "Updated at noon.\n" + OLD
    assert anchor(new, selector(QUOTE)).state == "moved"
    assert found(new, anchor(new, selector(QUOTE))) == QUOTE


def test_words_stay_the_same_while_a_sentence_after_them_changes():
    new = OLD.replace("and on little else", "and on much besides")
    assert anchor(new, selector(QUOTE)).state == "same"


def test_words_that_moved_are_found_by_what_still_stands_beside_them():
    new = "Corrected.\n" + OLD.replace("the chairman said", "a spokesman said")
    assert anchor(new, selector("principle")).state == "moved"


def test_words_that_are_nowhere_are_gone():
    assert anchor("Another story altogether.", selector(QUOTE)) == GONE


def test_a_changed_quote_is_gone_and_never_matched_roughly():
    assert anchor(OLD.replace("agreed", "disagreed"), selector("We agreed")).state == "gone"


@each(
    ("new", "words"),
    [
        ("Elsewhere: “we could offer once the fighting stops”, it read.", "could offer once the fighting stops"),
        ("Elsewhere: “We agreed on the principle”, it read.", QUOTE),
    ],
)
def test_the_only_place_is_just_proposed_where_all_that_stands_around_it_is_other_words(new, words):
    placement = anchor(new, selector(words))
    assert (placement.state, [new[a:b] for a, b in placement.proposals]) == ("ambiguous", [words])


@each(
    ("said", "space"),
    [
        ("Season with salt and pepper to taste.", " "),
        ("Doors open at seven, tickets at the box office.", "\n"),
        ("加盐和胡椒粉调味，搅拌均匀后放置一小时再盖上盖子。", ""),
    ],
)
def test_a_sentence_whose_original_was_edited_away_is_not_taken_for_its_twin(said, space):
    parts = [
        "Fry the leeks in butter.",
        said,
        "Roast the trout for an hour.",
        "Peel the quinces.",
        said,
        "Serve it cold.",
    ]
    old = space.join(parts)
    new = space.join([*parts[:4], "Add lemon instead of salt.", parts[5]])
    placement = anchor(new, describe(old, old.rindex(said), old.rindex(said) + len(said)))
    assert (placement.state, placement.proposals) == ("ambiguous", ((new.index(said), new.index(said) + len(said)),))


def test_the_place_alone_contradicts_the_only_occurrence_too():
    words = Selector("could offer once the fighting stops", "", "", 900, 935)
    assert anchor(OLD, words).state == "ambiguous"


@each(("start", "end"), [(0, 0), (-1, -1), (5, 0)])
def test_the_only_place_of_a_quote_that_says_nothing_else_is_the_place(start, end):
    for words in (QUOTE, "river"):
        place = OLD.index(words)
        assert anchor(OLD, Selector(words, "", "", start, end)) == Placement("same", place, place + len(words))
    assert anchor(OLD, Selector("the", "", "", start, end)).state == "ambiguous"


@each(("before", "after"), [("“", '"'), (" ", "\u00a0"), (" ", "\n\n"), ("—", "-"), ("’", "'")])
def test_marks_and_spaces_that_another_program_sets_otherwise_contradict_nothing(before, after):
    old = "It rained. He said: “don’t — go — there” twice. Nobody listened to what the harbour master had said, — “not once”."
    new = "Corrected. " + old.replace(before, after).replace("rained", "snowed")
    words = "listened to what"
    start = old.index(words)
    placement = anchor(new, describe(old, start, start + len(words))._replace(exact=words.replace(before, after)))
    assert (placement.state, new[placement.start : placement.end].split()) == ("moved", words.split())


def test_a_short_quote_alone_in_another_context_is_only_proposed():
    new = "They walked along the river in the rain."
    placement = anchor(new, selector("river"))
    start = new.index("river")
    assert placement == Placement("ambiguous", proposals=((start, start + 5),))


def test_two_places_with_the_same_context_are_proposed_the_nearer_first():
    new = "Updated.\n" + OLD + "\n" + OLD
    placement = anchor(new, selector("A brigade of 5,000"))
    assert placement.state == "ambiguous"
    assert [new[start:end] for start, end in placement.proposals] == ["A brigade of 5,000"] * 2
    assert placement.proposals[0] < placement.proposals[1]


def test_words_that_stand_at_the_old_place_by_chance_do_not_hide_where_they_moved():
    old = "alpha beta the talks gamma delta and many other words, some of them new"
    new = "kappa iota the talks lambda rho. " + old
    placement = anchor(new, selector("the talks", old))
    assert (placement.state, placement.start) == ("moved", new.rindex("the talks"))


def test_words_at_the_old_place_with_half_their_context_are_not_left_for_a_better_place_unasked():
    old = "The minister spoke at length about the river and said that nothing would be decided before the summer."
    start = old.index("the river")
    new = old[: start + 9] + " of gold that flows through here." + "\n" + old
    placement = anchor(new, selector("the river", old))
    assert placement.state == "ambiguous"
    assert placement.proposals == ((new.rindex("the river"), new.rindex("the river") + 9), (start, start + 9))


def test_two_places_with_nearly_the_same_context_are_only_proposed():
    new = "After it the envoys reached the river at noon. Before it the envoys reached the river at last."
    words = Selector("the river", "Before it the envoys reached ", " at dawn and slept.", 200, 209)
    assert anchor(new, words).state == "ambiguous"


def test_a_likely_place_is_only_proposed_where_there_are_too_many_to_look_at_all():
    new = "minister once said it. " + "said " * 1_500
    words = Selector("said", "somebody else, the minister once ", " that it was over", 90_000, 90_004)
    assert anchor(new, words).state == "ambiguous"
    assert anchor(new[:100], words).state == "moved"


def test_a_quote_that_stands_many_times_is_proposed_ten_times_at_most():
    placement = anchor("said " * 500, Selector("said", "somebody else ", " it now", 90_000, 90_004))
    assert placement.state == "ambiguous"
    assert len(placement.proposals) == 10


def test_part_of_a_character_is_not_the_quote():
    assert anchor("cafe\u0301 noir", Selector("cafe", "the old ", " table", 50, 54)) == GONE


def test_a_quote_of_nothing_is_nowhere():
    assert anchor(OLD, Selector("", "", "", 0, 0)) == GONE


def test_offsets_that_do_not_fit_the_quote_are_not_trusted():
    words = selector(QUOTE)
    assert anchor(OLD, words._replace(end=words.end + 1)).state == "moved"
    assert anchor(OLD, words._replace(start=-1, end=len(QUOTE) - 1)).state == "moved"


def test_the_only_words_of_a_text_are_the_same_without_any_context():
    assert anchor("Hello", Selector("Hello", "", "", 0, 5)) == Placement("same", 0, 5)


WORDS = st.lists(
    st.sampled_from(["the", "talks", "river", "said", "e\u0301t", "日本", "a", "new"]), min_size=3, max_size=40
)


@st.composite
def passages(draw):
    words = draw(WORDS)
    first = draw(st.integers(0, len(words) - 1))
    last = draw(st.integers(first + 1, len(words)))
    start = len(" ".join([*words[:first], ""])) if first else 0
    return " ".join(words), start, start + len(" ".join(words[first:last]))


@given(passage=passages())
def test_a_passage_is_always_found_in_its_own_text(passage):
    text, start, end = passage
    assert anchor(text, describe(text, start, end)) == Placement("same", start, end)


@given(passage=passages(), other=WORDS)
def test_what_is_placed_is_the_quote_to_the_letter_and_so_is_what_is_ambiguous(passage, other):
    text, start, end = passage
    new = " ".join(other)
    placement = anchor(new, describe(text, start, end))
    offered = placement.proposals if placement.state == "ambiguous" else ()  # of what is gone, something alike
    places = [*offered, *([(placement.start, placement.end)] if placement.end else [])]
    assert all(new[a:b] == text[start:end] for a, b in places)
    assert (placement.state == "gone") == (not places)


@given(passage=passages(), before=WORDS)
def test_what_is_put_before_a_text_never_sends_a_passage_to_other_words(passage, before):
    text, start, end = passage
    new = " ".join([*before, text])
    placement = anchor(new, describe(text, start, end))
    shifted = len(new) - len(text)
    right = (start + shifted, end + shifted)
    assert right in ((placement.start, placement.end), *placement.proposals) or placement.state == "same"
