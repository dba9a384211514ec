"""Which blocks stand for which, told by pieces made by hand."""

from newsreader.text.diff.block_alignment import TextBlocks, find_moved_blocks, pair_blocks
from newsreader.text.diff.diff import Segment


def blocks(*texts: str) -> TextBlocks:
    starts = [sum(len(text) + 1 for text in texts[:index]) for index in range(len(texts))]
    return TextBlocks("\n".join(texts), starts)


def paired(old: TextBlocks, new: TextBlocks, *cut: Segment, moved=None) -> list[tuple[list[int], list[int]]]:
    return [(list(olds), list(news)) for olds, news in pair_blocks(old, new, [*cut], moved or {})]


def test_a_piece_that_is_the_same_links_every_block_it_covers():
    old, new = blocks("one", "two", "three"), blocks("one", "two", "three")
    assert paired(old, new, Segment(True, 0, 13, 0, 13)) == [([0], [0]), ([1], [1]), ([2], [2])]


def test_words_tell_where_other_signs_make_one_text_longer():
    old, new = blocks("“one” two", "three", "four"), blocks("one", "two three - four")
    assert paired(old, new, Segment(True, 0, 20, 0, 20)) == [([0, 1, 2], [0, 1])]


def test_space_between_blocks_links_nothing():
    old, new = blocks("one", "two"), blocks("one", "due")
    assert paired(old, new, Segment(True, 0, 4, 0, 4), Segment(False, 4, 7, 4, 7)) == [([0], [0]), ([1], [1])]


def test_blocks_are_rewritten_one_by_one_where_as_many_came_as_went():
    assert paired(blocks("a", "b"), blocks("x", "y"), Segment(False, 0, 3, 0, 3)) == [([0], [0]), ([1], [1])]
    assert paired(blocks("a", "b"), blocks("x"), Segment(False, 0, 3, 0, 1)) == [([0], []), ([1], []), ([], [0])]


def test_a_block_that_moved_stands_alone_whatever_few_words_stayed():
    old, new = blocks("so a b c d", "end"), blocks("so", "end", "a b c d")
    cut = (
        Segment(True, 0, 2, 0, 2),
        Segment(False, 2, 10, 2, 2),
        Segment(True, 10, 14, 2, 6),
        Segment(False, 14, 14, 6, 14),
    )
    assert paired(old, new, *cut, moved={0: 2}) == [([0], []), ([], [0]), ([1], [1]), ([], [2])]


def test_a_block_has_moved_when_nearly_all_of_it_stands_elsewhere():
    old, new = blocks("a b c d e f g h", "end"), blocks("end", "a b c d e f g h i")
    assert find_moved_blocks(old, new, [Segment(True, 0, 15, 4, 19)]) == {0: 1}
    assert find_moved_blocks(old, new, [Segment(True, 0, 9, 4, 13)]) == {}
