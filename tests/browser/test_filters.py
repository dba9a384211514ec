"""The filters of lists: on a phone they are folded into one line that says what is on."""

import pytest
from playwright.sync_api import expect

from annotations.models import Project
from inspection import find_cut_placeholders

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def base(demo) -> str:
    return Project.objects.get(public=True).get_absolute_url()


def test_on_a_phone_the_filters_are_one_line_that_says_what_is_on(signed_in_page, base):
    page = signed_in_page(None, viewport=PHONE)
    line, source = page.locator("#filters-on"), page.locator("#source")
    page.goto(f"{base}passages/?tag=red-line&source=teshkov-courier")
    expect(line).to_have_text("Filters: red line, Teshkov Courier")
    expect(source).to_be_hidden()
    quote = page.locator(".quote").first.bounding_box()
    assert quote["y"] + quote["height"] < PHONE["height"]
    line.click()
    source.select_option("")
    expect(line).to_have_text("Filters: red line")
    expect(source).to_be_visible()
    page.goto(f"{base}desk/?reader=ana&from=2026-11-03")
    expect(line).to_have_text("Columns: sources. Filters: ana, from 2026-11-03")
    expect(source).to_be_hidden()
    page.goto("/?q=border&tag=red-line")
    expect(line).to_have_text("Filters: “border”, red line")
    expect(page.get_by_label("The Meridian")).to_be_hidden()
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(line).to_be_hidden()
    expect(page.get_by_label("The Meridian")).to_be_visible()


def test_without_a_script_the_line_unfolds_and_the_form_is_sent(signed_in_page, base):
    page = signed_in_page(None, viewport=PHONE, java_script_enabled=False)
    page.goto(f"{base}passages/")
    page.locator("#filters-on").click()
    page.locator("#source").select_option("the-meridian")
    page.locator("#passages-bar .end button").click()
    expect(page.locator("#filters-on")).to_have_text("Filters: The Meridian")
    expect(page.locator("#source")).to_be_hidden()


def test_no_placeholder_is_cut_however_many_fields_there_are(signed_in_page, base):
    page = signed_in_page(None, viewport={"width": 1440, "height": 900})
    filtered = f"{base}passages/?tag=red-line&tag=cost&tag=metaphor&any=refusal"
    for address in ("/", filtered, f"{base}passages/", f"{base}desk/", f"{base}charts/", f"{base}changed/", base):
        page.goto(address)
        assert find_cut_placeholders(page) == [], address
