"""The library in a real browser, with scripts and without."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from newsreader.models import Article, Reading
from texts import PAGE, extracted, make_own_words

DAY = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


def stored(number: int, site: str) -> Article:
    page = PAGE.replace("Brevik", f"Brevik {number}") + make_own_words(f"number {number}")
    when = DAY - timedelta(hours=number)
    return Article.objects.store(extracted(page, title=f"Article {number}", site=site, published=when)).article


def enter(page, server, user) -> None:
    """The browser is signed in as the user."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server.url}])


@pytest.fixture
def shelf(transactional_db):
    """Thirty articles of two sources."""
    return [stored(number, "The Quay" if number % 3 else "Baltic Signal") for number in range(30)]


def test_a_filter_narrows_the_list_at_once_and_is_in_the_address(page, live_server, shelf):
    page.goto(live_server.url)
    page.get_by_label("Baltic Signal").check()
    page.get_by_text("10 of 30 articles").wait_for()
    assert "source=baltic-signal" in page.url
    assert page.locator(".entry").count() == 10


def test_the_list_goes_on_without_loading_the_page_anew(page, live_server, shelf):
    page.goto(live_server.url)
    page.evaluate("window.stays = true")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Page 2", exact=True).click()
    page.get_by_text("26 to 30 of 30").wait_for()
    assert page.evaluate("window.stays")
    assert page.url.endswith("?page=2")


def test_going_back_brings_the_list_back(page, live_server, shelf):
    page.goto(live_server.url)
    page.get_by_role("link", name="Page 2", exact=True).click()
    page.get_by_text("26 to 30 of 30").wait_for()
    page.go_back()
    page.get_by_text("1 to 25 of 30").wait_for()
    assert page.get_by_role("heading", name="Library").is_visible()


def test_an_article_is_marked_read_and_drawn_so_without_leaving_the_list(page, live_server, shelf, alice):
    enter(page, live_server, alice)
    page.goto(live_server.url)
    page.get_by_role("button", name="Mark read Article 3", exact=True).click()
    page.get_by_role("button", name="Read Article 3", exact=True).wait_for()
    assert page.get_by_role("heading", name="Read. Article 3", exact=True).count() == 1
    assert Reading.objects.get(user=alice).article == shelf[3]


def test_an_article_is_saved_without_a_script(browser, live_server, shelf, alice):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, live_server, alice)
    page.goto(live_server.url + "/?page=2")
    page.get_by_role("button", name="Save Article 27", exact=True).click()
    expect(page.get_by_role("button", name="Saved Article 27", exact=True)).to_have_count(1)
    assert page.url.endswith("/?page=2")
    context.close()


def test_the_list_is_narrowed_without_a_script(browser, live_server, shelf):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url)
    page.get_by_label("Baltic Signal").check()
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".entry")).to_have_count(10)
    context.close()
