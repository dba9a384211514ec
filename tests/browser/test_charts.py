"""The charts in a real browser: by mouse, by keyboard, without a script."""

import pytest
from playwright.sync_api import expect

from annotations.models import Project


@pytest.fixture
def charts(demo):
    return f"{Project.objects.get(public=True).get_absolute_url()}charts/"


def test_a_cell_leads_to_as_many_passages_as_it_says(signed_in_page, charts):
    page = signed_in_page(None, java_script_enabled=False)
    page.goto(f"{charts}?chart=sources")
    mark = page.locator("svg a.mark", has_text="red line, Teshkov Courier: 5 passages")
    mark.locator("rect").click()
    expect(page.locator("#passages [role=status]")).to_contain_text("5 passages")
    expect(page.locator("#passages-bar #source")).to_have_value("teshkov-courier")


def test_the_keyboard_reaches_the_table_without_a_stop_at_every_bar(signed_in_page, charts):
    page = signed_in_page(None)
    page.goto(charts)
    page.locator(".chart-scroll").focus()
    names = []
    for _ in range(4):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.className || document.activeElement.textContent"))
    assert names[:3] == ["spreadsheet (CSV)", "picture (SVG)", "table-scroll"]
    link = page.get_by_role("link", name="red line, week of 16 Nov 2026: 5 passages")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#passages [role=status]")).to_contain_text("5 passages")


def test_g_then_h_goes_to_the_charts(signed_in_page, charts):
    page = signed_in_page(None)
    page.goto(charts.replace("charts", "passages"))
    page.keyboard.press("g")
    page.keyboard.press("h")
    expect(page.get_by_role("heading", name="Charts")).to_be_visible()


def test_a_narrow_window_scrolls_the_drawing_and_not_the_page(signed_in_page, charts, axe):
    page = signed_in_page(None, viewport={"width": 768, "height": 780}, forced_colors="active")
    for chart in ["timeline", "sources", "together", "readers"]:
        page.goto(f"{charts}?chart={chart}&show=all")
        assert axe(page) == []
        for width in (768, 320):
            page.set_viewport_size({"width": width, "height": 780})
            assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [320, 768])
def test_the_latest_days_and_the_names_are_what_one_sees_first(signed_in_page, charts, width):
    page = signed_in_page(None, viewport={"width": width, "height": 780}, java_script_enabled=False)
    page.goto(f"{charts}?by=day")
    bar = page.locator(".drawing a.mark", has_text="figure to check, 21 Nov 2026").bounding_box()
    assert 0 <= bar["x"] < bar["x"] + bar["width"] <= width
    name = page.locator(".row-names .tag", has_text="figure to check")
    words, line = name.locator("bdi").bounding_box(), name.bounding_box()
    assert (words["x"], words["width"]) == (line["x"], line["width"])
    assert 0 <= line["x"] < line["x"] + line["width"] <= width
    assert line["y"] + line["height"] <= bar["y"] if width == 320 else line["x"] + line["width"] < bar["x"]
