"""The main job with a finger on a phone, on an imported page."""

import re

import pytest
from playwright.sync_api import expect

from annotations.models import Highlight
from places import FIND, opened, wait_until, where
from saved import SAVED

FERRY = next(path for path in SAVED if path.stem == "ferry")
QUOTE = "We got tired of waiting"
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}


@pytest.fixture
def ferry(imported):
    return imported(FERRY)


@pytest.fixture
def page(signed_in_page, alice, ferry, project, tag):
    return opened(signed_in_page(alice, **PHONE), ferry, project)


# What can be pressed in an element, and is smaller than a finger (44 pixels).
SMALL_TARGETS = """within => [...document.querySelectorAll(within)]
  .flatMap(root => [...root.querySelectorAll("button, a, summary, label, input:not([type=checkbox], [type=hidden])")])
  .filter(node => node.checkVisibility() && !node.matches(".aside") && node.getBoundingClientRect().height < 43.5)
  .map(node => node.outerHTML)"""


def select_by_touch(page, words: str) -> None:
    """As a phone does it: it sets the selection itself, and the page only hears that it changed."""
    page.evaluate(FIND, [words, 0])
    page.evaluate("getSelection().removeAllRanges(); getSelection().addRange(found)")


def tap_on(page, words: str) -> None:
    first, _ = where(page, words)
    page.touchscreen.tap((first["left"] + first["right"]) / 2, first["middle"])


def test_words_are_selected_and_tagged_with_a_finger(page, project):
    select_by_touch(page, QUOTE)
    bar = page.locator("#toolbar")
    expect(bar).to_be_visible()
    box = bar.bounding_box()
    assert (box["x"], round(box["width"]), round(box["y"] + box["height"])) == (0, 390, 780)
    expect(bar.locator(".chosen")).to_have_text(QUOTE)
    assert page.evaluate(SMALL_TARGETS, "#toolbar") == []
    assert bar.locator("kbd:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.querySelector('#toolbar .box'), '::before').content") in (
        '""',
        "none",
    )
    bar.get_by_role("button", name="military option").tap()
    expect(page.locator("#p3 mark")).to_have_text(QUOTE)
    expect(bar).to_be_hidden()
    made = Highlight.objects.get(project=project)
    assert (made.exact, [str(tag) for tag in made.ordered_tags()]) == (QUOTE, ["military option"])
    expect(page.locator(f"#card-{made.pk} .tag")).to_have_text("military option")


WORDS_BY_TOUCH = {
    "e got tired of wait": "We got tired of waiting",
    "t Aas, who": "Berit Aas, who",
    "Three thi": "Three things",
    "re not settl": "are not settled",  # the last words of a heading
    "Chil": "Child",  # the only word of a cell; in the text the next cell follows without a space
}


def test_a_selection_by_touch_takes_whole_words(page):
    for sought, taken in WORDS_BY_TOUCH.items():
        select_by_touch(page, sought)
        expect(page.locator("#toolbar [name=exact]")).to_have_value(taken)
        assert page.evaluate("[...CSS.highlights.get('chosen')][0].toString()") == taken


def test_a_refusal_is_said_in_the_sheet_and_a_message_waits_until_it_is_closed(page, project):
    select_by_touch(page, QUOTE)
    project.memberships.update(role="viewer")
    page.locator("#toolbar").get_by_role("button", name="Highlight", exact=True).tap()
    expect(page.locator("#toolbar .refusal")).to_contain_text("not highlight in it")
    expect(page.locator(".toast:visible")).to_have_count(0)
    project.memberships.update(role="owner")
    page.locator("#toolbar").get_by_role("button", name="Highlight", exact=True).tap()
    expect(page.locator(".toast:visible")).to_contain_text("Highlighted.")


def test_the_toolbar_does_not_lie_over_words_at_the_foot_of_the_screen(page):
    page.evaluate(FIND, [QUOTE, 0])
    page.evaluate("scrollBy({top: found.getBoundingClientRect().bottom - innerHeight + 4, behavior: 'instant'})")
    page.evaluate("getSelection().addRange(found)")
    expect(page.locator("#toolbar")).to_be_visible()
    wait_until(
        page, "found.getBoundingClientRect().bottom < document.getElementById('toolbar').getBoundingClientRect().top"
    )


def test_a_tap_on_a_mark_brings_up_its_cards_and_takes_them_away(page, project, ferry, alice, bob, tag):
    text = ferry.current().text
    for author, words, note in [(alice, QUOTE, "Mine."), (bob, "tired of waiting,” said", "His.")]:
        start = text.index(words)
        spot = {"start": start, "end": start + len(words), "tags": [tag], "note": note}
        Highlight.objects.make(project=project, revision=ferry.current(), author=author, **spot)
    opened(page, ferry, project)
    cards = page.locator("#card-list .card .note").all_inner_texts()
    tap_on(page, "waiting,”"[:7])
    sheet = page.locator("#sheet")
    expect(sheet.locator(".note:visible")).to_have_text(["Mine.", "His."])
    box = sheet.bounding_box()
    assert round(box["y"] + box["height"]) == 780
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert page.locator("#card-list .card .note").all_inner_texts() == cards
    tap_on(page, "We got")
    expect(sheet.locator(".note:visible")).to_have_text(["Mine."])
    page.touchscreen.tap(200, 60)
    expect(sheet).to_be_hidden()
    tap_on(page, "We got")
    sheet.get_by_role("button", name="Close").tap()
    expect(sheet).to_be_hidden()
    tap_on(page, "We got")
    sheet.get_by_role("link", name="Edit").tap()
    sheet.get_by_text("Adjust start / end").tap()
    version = sheet.locator("[name=version]").input_value()
    sheet.get_by_role("button", name="Start a word earlier").tap()
    expect(sheet.locator("[name=version]")).not_to_have_value(version)
    expect(sheet.get_by_role("button", name="Start a word earlier")).to_be_focused()
    sheet.get_by_label("Note").fill("Mine, again.")
    ids = page.locator("[id]").evaluate_all("all => all.map(one => one.getAttribute('id'))")
    assert sorted(set(ids)) == sorted(ids)
    sheet.get_by_role("button", name="Save").tap()
    expect(sheet).to_be_hidden()
    expect(page.locator("#cards .card .note")).to_have_text(["Mine, again.", "His."])
    expect(page.locator(".toast:visible")).to_contain_text("Saved.")


def test_nothing_goes_over_the_edge_of_a_small_phone(signed_in_page, alice, ferry, project):
    page = opened(signed_in_page(alice, **PHONE | {"viewport": {"width": 360, "height": 640}}), ferry, project)
    select_by_touch(page, QUOTE)
    expect(page.locator("#toolbar")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_highlight_is_edited_and_deleted_on_a_page_of_its_own(page, project, ferry, alice, tag):
    start = ferry.current().text.index(QUOTE)
    made = Highlight.objects.make(
        project=project, revision=ferry.current(), author=alice, start=start, end=start + len(QUOTE), tags=[tag]
    ).highlight
    page.goto(f"{made.get_absolute_url()}edit/")
    page.get_by_label("Note").fill("Written on the train.")
    page.get_by_role("button", name="Save").tap()
    expect(page).to_have_url(re.compile(f"#h-{made.pk}$"))
    assert Highlight.objects.get().note == "Written on the train."
    page.goto(f"{made.get_absolute_url()}edit/")
    page.get_by_role("button", name="Delete this highlight").tap()
    expect(page.locator(".toast")).to_contain_text("Highlight deleted.")
    expect(page.locator("#text mark")).to_have_count(0)
