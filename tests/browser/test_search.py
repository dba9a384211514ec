"""Searching in a real browser: by mouse, by keyboard alone, and without scripts."""

import pytest
from playwright.sync_api import expect

from newsreader.models import SavedSearch
from search.corpus import stored


@pytest.fixture
def library(transactional_db):
    return stored()


def test_one_searches_by_keyboard_alone(signed_in_page, library, alice):
    page = signed_in_page(alice)
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("mayor strike")
    page.keyboard.press("Enter")
    page.get_by_text("1 of 16 articles").wait_for()
    assert page.locator(".stand .hit").all_text_contents() == ["strike", "mayor"]
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url("**/articles/pilots-strike-over-pay/")


def test_a_filter_narrows_what_was_found_and_the_counts_follow(signed_in_page, library, alice):
    page = signed_in_page(alice)
    page.goto("/?q=crane*")
    page.get_by_label("The Quay").check()
    page.get_by_text("1 of 16 articles").wait_for()
    assert "source=the-quay" in page.url
    assert page.get_by_label("Harbour Ledger").count() == 1  # counted by the words alone, so that others can be added
    assert page.locator(".hit").all_text_contents() == ["Cranes", "cranes"]


def test_a_search_is_kept_with_the_mouse_and_found_again(signed_in_page, library, alice, axe):
    page = signed_in_page(alice)
    page.goto("/?q=mayor")
    page.get_by_text("Save this search").click()
    page.get_by_label("Name").fill("Mayors")
    assert axe(page) == []
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Mayors", exact=True).wait_for()
    page.goto("/")
    page.get_by_role("link", name="Mayors", exact=True).click()
    page.get_by_text("2 of 16 articles").wait_for()
    page.get_by_role("link", name="Delete the search Mayors").click()
    page.get_by_role("button", name="Delete search").click()
    page.get_by_text("“Mayors” was deleted.").wait_for()
    assert not SavedSearch.objects.exists()


def test_everything_works_without_a_script(signed_in_page, library, alice):
    page = signed_in_page(alice, java_script_enabled=False)
    page.goto("/")
    page.get_by_label("Search the library").fill("sorce:quay OR mayor")
    page.get_by_label("Search the library").press("Enter")
    expect(page.get_by_text("Did you mean “source:”?")).to_be_visible()
    page.get_by_text("Save this search").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="sorce:quay OR mayor", exact=True)).to_be_visible()
    page.get_by_label("Baltic Signal").check()
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".entry h3")).to_have_count(1)


@pytest.mark.parametrize("query", ["?q=港", "?q=storm+OR", "?q=zzzz", "?q=الميناء"])
def test_axe_finds_nothing_on_a_phone_with_everything_open(signed_in_page, library, alice, axe, query):
    page = signed_in_page(alice, viewport={"width": 390, "height": 800})
    page.goto(f"/{query}")
    for summary in page.locator("details.search-act > summary").all():
        summary.click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_chinese_hit_is_shown_where_it_stands(signed_in_page, library):
    page = signed_in_page(None)
    page.goto("/?q=起重机")
    assert "".join(page.locator(".stand .hit").all_text_contents()) == "起重机"
