"""The tags of the toolbar come after the page; what needs them before that waits for them, or says that they did not come."""

import re

import pytest
from playwright.sync_api import expect

from annotations.models import Highlight, Tag
from places import drag_over, opened

TAGS = re.compile("/tags/groups/")
NOT_THERE = "The tags could not be loaded. Try again in a moment, or highlight without a tag."
WORDS = "reopened on Monday"


@pytest.fixture
def window(signed_in_page, alice, project, tag):
    """A window in which the tags wait until the test lets them through."""
    Tag.objects.get_or_create_named(project, ["red line", "military history"], by=alice)
    window = signed_in_page(alice, viewport={"width": 1440, "height": 900})
    window.held = []
    window.route(TAGS, lambda route: window.held.append(route))
    return window


def let_through(page) -> None:
    """Answer what waited, and what is asked from now on."""
    for route in page.held:
        route.continue_()
    page.unroute(TAGS)


def tags_of(project) -> list[str]:
    return [str(tag) for tag in Highlight.objects.get(project=project, exact=WORDS).ordered_tags()]


def test_a_number_key_that_was_pressed_before_the_tags_came_tags(window, article, project):
    page = opened(window, article, project)
    drag_over(page, WORDS)
    expect(page.locator("#toolbar")).to_be_visible()
    page.keyboard.press("2")
    expect(page.locator("#toolbar .give")).to_have_count(0)
    let_through(page)
    expect(page.locator("#toolbar")).to_be_hidden()
    second = page.locator("#toolbar [aria-keyshortcuts='2']").text_content()
    assert tags_of(project) == [second]


def test_a_number_key_pressed_right_after_the_selection_tags(window, article, project):
    page = opened(window, article, project)
    let_through(page)
    drag_over(page, WORDS)
    page.keyboard.press("1")
    expect(page.locator("#text mark")).not_to_have_count(0)
    first = page.locator("#toolbar [aria-keyshortcuts='1']").text_content()
    assert tags_of(project) == [first]


def test_a_key_is_for_the_words_selected_last(window, article, project):
    page = opened(window, article, project)
    let_through(page)
    drag_over(page, "The harbour")
    expect(page.locator("#toolbar")).to_be_visible()
    drag_over(page, WORDS)
    page.keyboard.press("h")
    expect(page.locator("#text mark")).not_to_have_count(0)
    assert Highlight.objects.get(project=project).exact == WORDS


def test_a_tag_that_was_typed_before_the_tags_came_is_set(window, article, project):
    page = opened(window, article, project)
    drag_over(page, WORDS)
    expect(page.locator("#toolbar")).to_be_visible()
    page.keyboard.press("t")
    page.keyboard.type("Red line")
    page.keyboard.press("Control+Enter")
    let_through(page)
    expect(page.locator("#toolbar")).to_be_hidden()
    assert tags_of(project) == ["red line"]


def test_tags_that_do_not_come_are_said_to_be_missing_and_asked_for_again(window, article, project):
    page = opened(window, article, project)
    drag_over(page, WORDS)
    expect(page.locator("#toolbar")).to_be_visible()
    page.keyboard.press("1")
    for route in page.held:
        route.abort()
    expect(page.locator("#toolbar .no-tag")).to_have_text(NOT_THERE)
    expect(page.locator("#toolbar")).to_be_visible()
    button = page.locator("#toolbar [aria-keyshortcuts='1']")
    page.unroute(TAGS)
    page.keyboard.press("1")
    expect(page.locator("#toolbar")).to_be_hidden()
    assert tags_of(project) == [button.text_content()]


def test_words_are_highlighted_without_a_tag_while_the_tags_are_missing(window, article, project):
    window.unroute(TAGS)
    window.route(TAGS, lambda route: route.fulfill(status=500, body="<p>Sorry.</p>"))
    page = opened(window, article, project)
    drag_over(page, WORDS)
    expect(page.locator("#toolbar .no-tag")).to_be_visible()
    page.keyboard.press("h")
    expect(page.locator("#toolbar")).to_be_hidden()
    assert tags_of(project) == []


def test_axe_finds_nothing_before_and_after_the_tags_come(window, article, project, axe):
    page = opened(window, article, project)
    drag_over(page, WORDS)
    expect(page.locator("#toolbar")).to_be_visible()
    expect(page.locator("#toolbar").get_by_role("link", name="All tags")).to_be_visible()
    assert axe(page) == []
    let_through(page)
    expect(page.locator("#toolbar .give")).to_have_count(3)
    assert axe(page) == []


def test_a_coder_who_types_a_new_tag_is_led_to_the_codebook(signed_in_page, bob, article, project, tag):
    project.memberships.filter(user=bob).update(role="coder")
    page = opened(signed_in_page(bob, viewport={"width": 1440, "height": 900}), article, project)
    drag_over(page, WORDS)
    expect(page.locator("#toolbar .give").first).to_be_visible()
    expect(page.locator("#toolbar .propose-tag")).to_be_hidden()
    page.keyboard.press("t")
    page.keyboard.type("quota")
    page.keyboard.press("Enter")
    expect(page.locator("#toolbar .no-tag")).to_contain_text("You can propose it in the codebook.")
    expect(page.locator("#toolbar").get_by_role("link", name="Codebook")).to_be_visible()


def test_the_first_tag_ends_that_there_are_none(signed_in_page, alice, article, project):
    Tag.objects.filter(project=project).delete()
    page = opened(signed_in_page(alice, viewport={"width": 1440, "height": 900}), article, project)
    drag_over(page, WORDS)
    expect(page.locator("#toolbar .no-tags-yet")).to_be_visible()
    page.keyboard.press("t")
    page.keyboard.type("quota")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#new-tags li")).to_have_count(1)
    expect(page.locator("#toolbar")).to_be_hidden()
    drag_over(page, "Nobody was hurt")
    expect(page.locator("#toolbar")).to_be_visible()
    expect(page.locator("#toolbar .no-tags-yet")).to_be_hidden()
