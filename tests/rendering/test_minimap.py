from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotations.rendering.minimap import LANE_OFFSETS, make_bars, render_minimap

strokes = st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 5000), st.integers(0, 12))).map(
    lambda rows: sorted((start, start + size, hue) for start, size, hue in rows)
)


def test_a_stroke_stands_where_its_highlight_stands():
    [bar] = make_bars(1000, [(250, 500, 3)])
    assert (bar.hue, bar.lane, bar.x, bar.width) == (3, 0, 25, 25)


def test_what_overlaps_stands_one_lane_higher():
    assert [bar.lane for bar in make_bars(100, [(0, 50, 1), (20, 40, 2), (60, 70, 3)])] == [0, 1, 0]


def test_the_shortest_highlight_can_still_be_seen():
    assert make_bars(100_000, [(0, 1, 1)])[0].width > 0.5


def test_the_label_is_words_and_never_markup():
    assert "<b>" not in render_minimap(10, [], "<b>")


@given(length=st.integers(0, 3000), strokes=strokes)
def test_no_stroke_leaves_the_line_or_covers_another(length, strokes):
    bars = make_bars(length, strokes)
    for bar in bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= 100.001
    for lane in range(len(LANE_OFFSETS)):
        own = [bar for bar in bars if bar.lane == lane]
        assert all(one.x + one.width <= other.x + 0.001 for one, other in pairwise(own))
