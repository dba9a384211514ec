import itertools

from hypothesis import given
from hypothesis import strategies as st

from annotations.charts.crosstab import Header, list_table_rows, make_crosstab, make_triangle
from annotations.charts.geometry import (
    DASH_PATTERN,
    DATE_WIDTH,
    LABEL_WIDTH,
    MAX_PLOT_WIDTH,
    STRIP_HEIGHT,
    choose_dates,
    cut_label,
    draw_timeline,
    lay_columns,
    make_ticks,
    measure_width,
)
from annotations.charts.matrices import CELL_WIDTH, ROW_HEIGHT, draw_matrix, measure_header_height
from annotations.charts.svg import render_drawing

NUMBERS = st.integers(0, 10**6)


def link(*queries) -> str:
    return "?" + "&".join(f"{name}={value}" for query in queries for name, value in query.items())


def head(n: int, name: str = "", hue: int = 1, number: int = 1) -> Header:
    return Header(str(n), name or f"name {n}", number, {"tag": n}, hue=hue, spoken=name or f"name {n}")


def table(lines: list[list[int]], hue: int = 1, share_of: str = "", name: str = ""):
    rows = [head(n, name, hue, sum(line)) for n, line in enumerate(lines)]
    columns = [
        Header(n, f"column {n}", sum(each), {"source": n}, spoken=f"column {n}")
        for n, each in enumerate(zip(*lines, strict=True))
    ]
    numbers = {(str(r), c): number for r, line in enumerate(lines) for c, number in enumerate(line)}
    return make_crosstab(rows, columns, numbers, link, share_of)


def tables(**options):
    lines = st.integers(1, 6).flatmap(
        lambda wide: st.lists(st.lists(NUMBERS, min_size=wide, max_size=wide), min_size=1, max_size=8)
    )
    return lines.map(lambda lines: table(lines, **options))


@given(most=st.integers(0, 10**7), wanted=st.integers(1, 6))
def test_ticks_begin_at_0_reach_the_most_and_go_in_equal_whole_steps(most, wanted):
    found = make_ticks(most, wanted)
    assert found[0] == 0
    assert found[-1] >= max(most, 1) > found[-2]
    assert {later - earlier for earlier, later in itertools.pairwise(found)} == {found[1]}
    assert str(found[1]).rstrip("0") in ("1", "2", "5")
    assert len(found) <= wanted + 1


def test_ticks_are_nice():
    assert [make_ticks(n) for n in (0, 1, 2, 7, 27, 1_000_000)] == [
        [0, 1], [0, 1], [0, 1, 2], [0, 5, 10], [0, 20, 40], [0, 500_000, 1_000_000],
    ]  # fmt: skip


@given(drawn=tables())
def test_bars_stand_side_by_side_in_their_strip_and_each_number_has_one(drawn):
    drawing = draw_timeline(drawn, [])
    marks = list(drawing.parts.marks)
    assert len(marks) == sum(cell.number > 0 for cells in drawn.cells for cell in cells)
    step = lay_columns([0] * len(drawn.columns)).step
    for mark in marks:
        assert LABEL_WIDTH <= mark.x <= LABEL_WIDTH + MAX_PLOT_WIDTH - step + 0.01
        (stroke,) = mark.strokes
        assert mark.y - 0.01 <= stroke.y2 <= stroke.y1 == mark.y + STRIP_HEIGHT
        assert stroke.width <= max(1.5, step)


@given(drawn=tables())
def test_a_bar_of_twice_the_number_is_twice_as_high(drawn):
    drawing = draw_timeline(drawn, [])
    numbers = [cell.number for cells in drawn.cells[1:] for cell in cells if cell.number]
    heights = (
        [mark.strokes[0].y1 - mark.strokes[0].y2 for mark in drawing.parts.marks][-len(numbers) :] if numbers else []
    )
    assert all(
        abs(h * numbers[0] - heights[0] * n) < 0.01 * max(numbers) for h, n in zip(heights, numbers, strict=True)
    )


@given(drawn=tables())
def test_cells_lie_apart_and_within_the_drawing(drawn):
    drawing = draw_matrix(drawn)
    assert len({(mark.x, mark.y) for mark in drawing.parts.marks}) == len(drawing.parts.marks)
    for mark in drawing.parts.marks:
        assert mark.x + CELL_WIDTH <= drawing.width
        assert mark.y + ROW_HEIGHT <= drawing.height
        assert all(mark.x <= stroke.x1 < stroke.x2 <= mark.x + mark.width for stroke in mark.strokes)


@given(drawn=tables())
def test_a_line_is_as_long_as_its_number_is_large(drawn):
    by_number = sorted(
        (int(mark.labels[0].text.replace(",", "")), mark.strokes[0].x2 - mark.strokes[0].x1)
        for mark in draw_matrix(drawn).parts.marks
    )
    lengths = [round(length, 6) for _, length in by_number]
    assert lengths == sorted(lengths)


def test_an_empty_cell_says_so():
    assert "–" in [label.text for label in draw_matrix(table([[1, 0]])).parts.labels]


def test_hues_7_to_12_are_dashed():
    assert {stroke.dash for mark in draw_timeline(table([[1]], hue=7), []).parts.marks for stroke in mark.strokes} == {
        DASH_PATTERN
    }
    assert {stroke.dash for mark in draw_timeline(table([[1]], hue=6), []).parts.marks for stroke in mark.strokes} == {
        ""
    }


def test_two_tags_together_have_both_their_lines_and_one_alone_its_own():
    rows = [head(0, hue=2), head(1, hue=9)]
    drawing = draw_matrix(make_triangle(rows, {("0", "0"): 3, ("1", "0"): 1, ("1", "1"): 2}, link))
    assert [[stroke.hue for stroke in mark.strokes] for mark in drawing.parts.marks] == [[2], [2, 9], [9]]
    assert [mark.href for mark in drawing.parts.marks] == ["?tag=0&tag=0", "?tag=1&tag=0", "?tag=1&tag=1"]


@given(words=st.text(max_size=100), most=st.integers(1, 40))
def test_a_label_is_never_wider_than_its_place(words, most):
    assert measure_width(cut_label(words, most)) <= most + 1


def test_long_names_and_wide_signs_are_cut():
    assert cut_label("a" * 90, 5) == "\u2068aaaaa…\u2069"
    assert cut_label("赤い線の話", 4) == "\u2068赤い…\u2069"
    assert cut_label("خط", 4) == "\u2068خط\u2069"


@given(name=st.text(min_size=1, max_size=60))
def test_the_line_of_a_label_is_as_long_as_its_words(name):
    rows = [head(0, name, number=1)]
    parts = draw_timeline(make_crosstab(rows, [head(1)], {}, link), []).parts
    (label,), (stroke,) = parts.names, parts.strokes
    assert (label.x, label.length) == (stroke.x1, stroke.x2 - stroke.x1)
    assert stroke.x2 < LABEL_WIDTH


def test_a_label_in_the_picture_is_set_to_its_length():
    drawing = draw_timeline(table([[1]], name="illicit"), [])
    (name,) = drawing.parts.names
    assert f'textLength="{name.length:.1f}"' in render_drawing(drawing)
    assert name.length < draw_timeline(table([[1]], name="MWMWMWM"), []).parts.names[0].length / 2


def test_names_slant_within_the_space_above():
    assert measure_header_height([head(0, "a" * 90)]) < 150
    assert measure_header_height([]) == 28


@given(skipped=st.lists(st.sampled_from([0, 0, 0, 9, 400]), min_size=1, max_size=366).map(lambda gaps: [0, *gaps[1:]]))
def test_an_axis_is_cut_where_columns_are_left_out(skipped):
    axis = lay_columns(skipped)
    assert axis.edges[0] == LABEL_WIDTH
    assert axis.end <= LABEL_WIDTH + MAX_PLOT_WIDTH + 0.01
    assert len(axis.cuts) == sum(map(bool, skipped))
    after = [edge for edge, number in zip(axis.edges, skipped, strict=True) if number]
    before = [edge + axis.step for edge, number in zip(axis.edges, skipped[1:], strict=False) if number]
    assert all(left < cut < right for left, cut, right in zip(before, axis.cuts, after, strict=True))
    widths = {round(right - left, 6) for left, right in itertools.pairwise([*axis.edges, axis.end])}
    assert len(widths) <= 2


def test_the_rules_of_a_cut_axis_have_a_hole_and_two_strokes():
    drawn = table([[1, 2, 3]])
    drawn.columns[1] = drawn.columns[1]._replace(skipped=99)
    whole, cut = (draw_timeline(one, []).parts.rules for one in (table([[1, 2, 3]]), drawn))
    levels = len(whole)
    assert [rule.x2 for rule in whole] == [max(rule.x2 for rule in whole)] * levels
    assert len(cut) == 2 * levels + 2


@given(skipped=st.lists(st.sampled_from([0, 0, 9]), min_size=1, max_size=366))
def test_dates_do_not_touch_and_the_last_is_there(skipped):
    axis = lay_columns(skipped)
    chosen = choose_dates(axis)
    assert chosen[-1] == len(skipped) - 1
    edges = [axis.edges[index] for index in chosen]
    assert all(right - left >= DATE_WIDTH for left, right in itertools.pairwise(edges))
    assert all(min(abs(edge - other) for other in edges) < DATE_WIDTH for edge in axis.edges)


def test_some_dates_are_written_under_a_timeline():
    assert choose_dates(lay_columns([])) == []
    assert choose_dates(lay_columns([0] * 7)) == [0, 2, 4, 6]
    assert len(choose_dates(lay_columns([0] * 366))) == 7
    assert choose_dates(lay_columns([0, 199, 0, 0])) == [0, 1, 3]


def test_shares_of_a_row_add_up_and_are_said():
    (cells,) = table([[1, 1, 1]], share_of="row").cells
    assert [cell.share for cell in cells] == [34, 33, 33]
    assert cells[0].title == "name 0, column 0: 1 passage, 34% of name 0"


def test_shares_of_a_column_are_of_its_whole():
    drawn = table([[1, 0], [3, 2]], share_of="column")
    assert [[cell.share for cell in cells] for cells in drawn.cells] == [[25, None], [75, 100]]
    assert drawn.cells[1][0].title == "name 1, column 0: 3 passages, 75% of column 0"


def test_the_table_as_rows():
    assert list_table_rows(table([[1, 0], [3, 2]]), "Tag") == (
        ["Tag", "passages", "column 0", "column 1"],
        [["name 0", 1, 1, 0], ["name 1", 5, 3, 2]],
    )
    assert list_table_rows(table([[1, 0], [3, 0]]), "When", by_column=True) == (
        ["When", "name 0", "name 1"],
        [["column 0", 1, 3]],
    )
    assert list_table_rows(table([[1]], share_of="row"), "Tag", with_shares=True) == (
        ["Tag", "passages", "column 0", "column 0 (%)"],
        [["name 0", 1, 1, 100]],
    )


def test_a_million_is_written_with_commas():
    assert "1,000,000" in {label.text for mark in draw_matrix(table([[10**6]])).parts.marks for label in mark.labels}
