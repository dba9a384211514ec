"""Words put in, taken out and moved, counted and said."""

from hypothesis import given
from hypothesis import strategies as st

from cases import each
from newsreader.text.diff.changes import count_changed_words, find_changes, list_first_changes
from newsreader.text.diff.summary import join_list, spell_number, summarise_word_counts

FIRST = "At least 12 people were killed when the ferry struck the pier at Brevik."
SECOND = "The harbour master had asked for a second light on the outer mole in March."
texts = st.lists(st.sampled_from("a b c the 12 17 said. — “x” \n".split(" ")), max_size=30).map(" ".join)


def words(text: str, stretches) -> list[tuple[str, bool]]:
    return [(text[start:end], moved) for start, end, moved in stretches]


def test_a_changed_number_is_one_word_out_and_one_in():
    new = FIRST.replace("12", "17")
    lost, gained = find_changes(FIRST, new)
    assert (words(FIRST, lost), words(new, gained)) == ([("12", False)], [("17", False)])
    assert count_changed_words(FIRST, new) == (1, 1)


def test_what_only_moved_is_neither_added_nor_removed():
    old, new = f"{FIRST}\n{SECOND}\nNobody slept.", f"{SECOND}\nNobody slept.\n{FIRST}"
    lost, gained = find_changes(old, new)
    assert words(old, lost) == [(FIRST, True)] or words(old, lost) == [(SECOND, True)]
    assert [moved for *_, moved in gained] == [True]
    assert count_changed_words(old, new) == (0, 0)


def test_words_put_in_beside_a_moved_sentence_are_told_apart_from_it():
    old = f"{FIRST}\n{SECOND}\nNobody slept that night in the whole of the town, they say."
    new = f"{SECOND}\nNobody slept that night in the whole of the town, they say.\n{FIRST} So be it."
    _, gained = find_changes(old, new)
    assert words(new, gained) == [(FIRST, True), ("So be it.", False)]
    assert count_changed_words(old, new) == (3, 0)


@each("new", [FIRST.replace(" ", "\n"), f"“{FIRST}”", FIRST.replace(" when", " – when")])
def test_space_quotes_and_dashes_are_no_words(new):
    assert count_changed_words(FIRST, new) == (0, 0)


def test_a_character_of_a_script_without_spaces_is_a_word():
    assert count_changed_words("港は再開した。", "港は今日再開した。") == (2, 0)


@given(old=texts, new=texts)
def test_stretches_stand_in_order_within_their_text(old, new):
    for text, stretches in zip((old, new), find_changes(old, new), strict=True):
        places = [place for start, end, _ in stretches for place in (start, end)]
        assert places == sorted(places)
        assert all(start < end <= len(text) for start, end, _ in stretches)


@each(
    ("amounts", "said"),
    [
        ((0, 0), ""),
        ((1, 0), "1 word added"),
        ((14, 3), "14 words added, 3 removed"),
        ((0, 1), "1 word removed"),
        ((1, 2000), "1 word added, 2,000 removed"),
    ],
)
def test_how_much_changed_is_said_in_words(amounts, said):
    assert summarise_word_counts(*amounts) == said


def test_a_list_reads_as_people_write_it():
    assert [join_list(list("abc"[:n])) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert [spell_number(number) for number in (0, 1, 9, 10, 1200)] == ["no", "one", "nine", "10", "1,200"]


def test_the_first_changes_are_told_as_words_for_words():
    new = FIRST.replace("12", "17").replace("at Brevik", "at Brevik in the storm")
    assert list_first_changes(FIRST, new, 3) == [("12", "17"), ("", "in the storm")]


def test_what_stands_beside_a_moved_sentence_is_told_and_the_sentence_is_not():
    middle = "Nobody slept that night in the whole of the town, they say."
    old = f"{FIRST}\n{SECOND}\n{middle}"
    assert list_first_changes(old, f"{SECOND}\n{middle}\n{FIRST} So be it.", 3) == [("", "So be it.")]


def test_a_long_change_is_shortened():
    (change,) = list_first_changes(FIRST, f"{FIRST} {SECOND} {SECOND[::-1]}", 3)
    assert change.before == ""
    assert len(change.after) <= 60
    assert change.after.endswith("…")
