from hypothesis import given
from hypothesis import strategies as st

from annotations.rendering.outline import (
    MAX_TICKS,
    Section,
    find_section_index,
    format_range,
    list_sections,
    render_outline_row,
)

HEADINGS = st.lists(st.sampled_from(["", "", "", "A heading", "Another"]), max_size=60)


@given(headings=HEADINGS)
def test_every_block_stands_in_one_part_and_each_part_begins_with_its_heading(headings):
    sections = list_sections(headings)
    assert [n for section in sections for n in range(section.first, section.last + 1)] == [*range(1, len(headings) + 1)]
    assert [section.first for section in sections if headings[section.first - 1]] == [
        n for n, heading in enumerate(headings, 1) if heading
    ]
    for index, section in enumerate(sections):
        assert {find_section_index(sections, n) for n in range(section.first, section.last + 1)} == {index}


def test_the_paragraphs_before_the_first_heading_are_the_beginning():
    headings = ["", "", "Terms", "", "", "Costs"]
    assert list_sections(headings) == [Section("Beginning", 1, 2), Section("Terms", 3, 5), Section("Costs", 6, 6)]
    assert list(map(format_range, list_sections(headings))) == ["¶1–2", "¶3–5", "¶6"]


def test_an_article_without_headings_is_one_part_and_one_without_text_none():
    assert list_sections(["", ""]) == [Section("Whole article", 1, 2)]
    assert list_sections([]) == []


def test_a_row_leads_to_its_part_and_says_what_is_marked_there():
    row = render_outline_row(Section("Terms & <conditions>", 3, 5), [4, 0])
    assert 'href="#p3"' in row
    assert "Terms &amp; &lt;conditions&gt;" in row
    assert ">¶3–5<" in row
    assert row.count("tick hue-4") == row.count("tick hue-0") == 1
    assert ">2 highlights<" in row
    assert "highlight" not in render_outline_row(Section("Terms", 3, 5), [])


def test_of_many_highlights_some_are_drawn_and_all_are_counted():
    row = render_outline_row(Section("Terms", 3, 5), [1] * 100)
    assert row.count("tick") == MAX_TICKS + 1  # and the span around them
    assert ">100 highlights<" in row
