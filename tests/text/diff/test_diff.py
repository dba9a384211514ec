"""What became of a text: by example, and the laws of every diff."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cases import each
from newsreader.text.diff.diff import Segment, diff_texts, find_moves
from newsreader.text.diff.tokens import list_tokens

OLD = (
    "Police said on Monday that at least 12 people were killed in the attack on the bridge.\n"
    "The minister denied it. “We did not agree to anything,” he said.\n"
    "A brigade of 5,000 would stand west of the river, ready to move within 72 hours of an alarm."
)
PARTS = [
    "The minister",
    "the minister",
    " said",
    ".",
    " 12",
    " 17",
    "\n",
    " ",
    " “no”",
    " — ",
    "-",
    " étape",
    " 日本",
    "👍🏽",
    " a",
    " b",
]


def texts():
    return st.lists(st.sampled_from(PARTS), max_size=25).map("".join)


def changed(old, new):
    return [(old[p.start : p.end], new[p.new_start : p.new_end]) for p in diff_texts(old, new) if not p.is_same]


@each(
    ("new", "changes"),
    [
        (OLD, []),
        (OLD.replace("12", "17"), [("12", "17")]),
        (OLD.replace("12", "17").replace("bridge", "tunnel"), [("12", "17"), ("bridge", "tunnel")]),
        (OLD.replace(" not", ""), [("not ", "")]),
        (OLD.replace("it. ", "it. Nobody else spoke. "), [("", "Nobody else spoke. ")]),
        (OLD.replace("The minister", "The minister came. The minister"), [("", "The minister came. ")]),
        (OLD.replace("The minister denied it. ", ""), [("The minister denied it. ", "")]),
        (OLD.replace("“", '"').replace("”", '"').replace(" ", "  ").replace("\n", " "), []),
        (OLD + "\nUpdated at noon.", [("", "Updated at noon.")]),
        ("", [(OLD, "")]),
    ],
)
def test_a_change_is_told_in_the_words_that_a_reader_would_name(new, changes):
    assert changed(OLD, new) == changes


@each(
    ("longer", "shorter", "words"),
    [
        ("It was not big.", "It was big.", "not "),
        ("Now it was big.", "it was big.", "Now "),
        ("It was big now.", "It was big.", " now"),
        ("It was big now\nand red.", "It was big\nand red.", " now"),
        ("It was big\nand then red.", "It was big\nand red.", "then "),
        ("It was big\nThen it was red.", "It was big\nit was red.", "Then "),
        ("It was big, he said.", "It was big.", ", he said"),
        ("It “really” was big.", "It was big.", "“really” "),
        ("It was\u00a0so big.", "It was big.", "so "),
        ("港は今日再開した。", "港は再開した。", "今日"),
    ],
)
def test_the_space_that_goes_with_words_goes_and_comes_with_them(longer, shorter, words):
    assert changed(longer, shorter) == [(words, "")]
    assert changed(shorter, longer) == [("", words)]
    kept = [p for p in diff_texts(longer, shorter) if p.is_same]
    assert "".join(longer[p.start : p.end] for p in kept).replace("\u00a0", " ") == shorter


def test_another_sentence_is_one_change_though_it_shares_small_words():
    old = "It rained. The army denied on Monday that it had fired at the convoy of the agency. It rained again."
    new = "It rained. Members of the council met in Geneva, where the talks about grain go on. It rained again."
    assert len(changed(old, new)) == 1


def test_a_paragraph_that_was_moved_is_found_where_it_went():
    first, *others = OLD.split("\n")
    new = "\n".join([*others, first])
    (move,) = find_moves(OLD, new)
    assert OLD[move.start : move.end] == new[move.new_start : move.new_end] == first


def test_a_paragraph_that_was_copied_is_not_moved():
    assert find_moves(OLD, OLD + "\n" + OLD.split("\n")[0]) == []


def test_a_character_of_a_script_without_spaces_is_a_word_even_behind_a_latin_name():
    assert list_tokens("DNC建立在 NATO’s 2,5 👍🏽“e\u0301”") == ["DNC", "建", "立", "在", "NATOs", "2,5", "👍🏽", "é"]


@given(old=texts(), new=texts())
def test_the_pieces_cover_both_texts_and_turn_about(old, new):
    cut = diff_texts(old, new)
    assert "".join(old[p.start : p.end] for p in cut) == old
    assert "".join(new[p.new_start : p.new_end] for p in cut) == new
    assert all(one.is_same != other.is_same for one, other in pairwise(cut))


@given(old=texts(), new=texts())
def test_what_is_the_same_has_the_same_words(old, new):
    for piece in diff_texts(old, new) + find_moves(old, new):
        if piece.is_same:
            assert list_tokens(old[piece.start : piece.end]) == list_tokens(new[piece.new_start : piece.new_end])


@given(old=texts(), new=texts())
def test_from_the_new_to_the_old_it_is_the_mirror_image(old, new):
    turned = [Segment(p.is_same, p.new_start, p.new_end, p.start, p.end) for p in diff_texts(old, new)]
    assert diff_texts(new, old) == turned


@given(
    words=st.lists(st.sampled_from("one two three, four five. six seven".split()), min_size=2, max_size=20),
    data=st.data(),
)
def test_what_stayed_reads_as_the_shorter_text_without_the_words_that_went(words, data):
    breaks = data.draw(st.lists(st.sampled_from([" ", " ", "\n"]), min_size=len(words), max_size=len(words)))
    kept = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    longer = "".join(map("".join, zip(words, breaks, strict=True))).strip()
    shorter = "".join(word + stop for word, stop, is_kept in zip(words, breaks, kept, strict=True) if is_kept).strip()
    for old, new in [(longer, shorter), (shorter, longer)]:
        for before, change, after in zip(*(diff_texts(old, new)[n:] for n in range(3)), strict=False):
            if not change.is_same and (change.start == change.end or change.new_start == change.new_end):
                joints = (
                    old[: before.end][-1:] + old[after.start :][:1],
                    new[: before.new_end][-1:] + new[after.new_start :][:1],
                )
                # What filled its lines leaves the ends of two: they are blocks, with nothing between them.
                spaces = [1 if joint == "\n\n" else sum(map(str.isspace, joint)) for joint in joints]
                assert spaces == [1, 1], (old, new)
