"""How one likes to read, changed from the page itself; and single keys, which one may switch off."""

import pytest
from playwright.sync_api import expect

from markup import squeezed
from places import drag_over, opened, wait_until

WIDE = {"viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def page(signed_in_page, alice, article, project, tag):
    return opened(signed_in_page(alice, **WIDE), article, project)


def open_menu(page) -> None:
    """Opens the menu of reading settings."""
    page.locator("details.menu", has=page.get_by_text("Aa", exact=True)).evaluate("menu => { menu.open = true }")
    expect(page.locator("form.settings")).to_be_visible()


def set_to(page, group: str, choice: str) -> None:
    """Chooses in the menu of reading settings, and waits until the server has kept it."""
    open_menu(page)
    with page.expect_response(lambda response: "/preferences/" in response.url):
        page.locator("form.settings").get_by_role("group", name=group).get_by_label(choice, exact=True).check()


@pytest.mark.parametrize("somebody", [True, False], ids=["signed in", "visitor"])
def test_settings_act_at_once_and_are_kept_without_a_flash(signed_in_page, alice, article, somebody):
    page = signed_in_page(alice if somebody else None, **WIDE)
    page.goto(article.get_absolute_url())
    before = page.evaluate("getComputedStyle(document.getElementById('text')).fontSize")
    set_to(page, "Theme", "Dark")
    set_to(page, "Size", "Large")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.getElementById('text')).fontSize") > before
    sent = page.request.get(page.url).text()
    assert 'data-theme="dark" data-size="large"' in squeezed(sent)[:300]


def test_cards_go_along_when_the_size_changes(page, highlight):
    page.reload()
    set_to(page, "Size", "Large")
    set_to(page, "Line height", "Loose")
    gap = f"""() => document.getElementById('h-{highlight.pk}').getClientRects()[0].top
        - document.getElementById('card-{highlight.pk}').getBoundingClientRect().top"""
    wait_until(page, f"Math.abs(({gap})() - 2) < 1.5")


def test_single_keys_rest_when_they_are_switched_off(page, article):
    open_menu(page)
    with page.expect_response(lambda response: "/preferences/" in response.url):
        page.get_by_label("Single-key shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("c")
    page.keyboard.press("/")
    page.keyboard.press("?")
    expect(page.locator("#caret")).to_be_hidden()
    expect(page.locator("#q")).not_to_be_focused()
    expect(page.locator("#help")).to_be_hidden()
    drag_over(page, "reopened on Monday")
    expect(page.locator("#toolbar")).to_be_visible()
    page.keyboard.press("h")
    expect(page.locator("#text mark")).to_have_count(0)


def test_keys_help_search_mark_read_and_walk_from_mark_to_mark(page, highlight):
    page.reload()
    page.keyboard.press("?")
    expect(page.locator("#help table").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    page.keyboard.press("]")
    expect(page.locator(f"#h-{highlight.pk}")).to_be_focused()
    expect(page.locator(f"#card-{highlight.pk}.lit")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(f"#card-{highlight.pk}")).to_be_focused()
    page.keyboard.press("m")
    expect(page.locator("form.state[data-read=yes]")).to_have_count(1)
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("jm?")
    expect(page.locator("#q")).to_have_value("jm?")
