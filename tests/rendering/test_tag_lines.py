from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from annotations.rendering.tag_lines import LINES, choose_line, separate_lines

TAGS = st.lists(st.sampled_from(LINES), max_size=40)


@given(codebook=TAGS, beside=st.lists(st.sampled_from(LINES), max_size=15))
def test_a_new_tag_shares_a_line_with_none_beside_it_while_another_is_free(codebook, beside):
    line = choose_line(codebook + beside, beside)
    assert line not in beside or set(beside) == set(LINES)
    assert beside.count(line) == min(map(beside.count, LINES))


@given(codebook=TAGS)
def test_a_new_tag_takes_the_line_that_the_codebook_uses_least(codebook):
    line = choose_line(codebook)
    assert codebook.count(line) == min(map(codebook.count, LINES))
    assert all(codebook.count(earlier) > codebook.count(line) for earlier in range(1, line))


def test_tags_that_are_made_one_after_the_other_have_twelve_lines_before_any_is_used_twice():
    codebook: list[int] = []
    for _ in range(30):
        codebook.append(choose_line(codebook))
    assert codebook[:12] == list(LINES)
    assert set(Counter(codebook).values()) == {2, 3}


@given(lines=TAGS)
def test_no_two_tags_of_a_view_share_a_line_while_others_are_free(lines):
    separate = separate_lines(lines)
    assert len(separate) == len(lines)
    assert set(separate) <= set(LINES)
    assert len(set(separate)) == min(len(lines), len(LINES))
    counts = [separate.count(line) for line in LINES]
    assert len(lines) <= 12 or min(counts) >= 1


@given(lines=TAGS)
def test_a_tag_keeps_its_line_unless_one_before_it_has_it(lines):
    separate = separate_lines(lines)
    for index, line in enumerate(lines):
        assert separate[index] == line or line in lines[:index]


def test_the_second_tag_of_a_line_gets_the_first_that_is_free():
    assert separate_lines([4, 4, 1]) == [4, 2, 1]
    assert separate_lines([*LINES, 7]) == [*LINES, 7]
    assert separate_lines([]) == []
