"""The main job by keyboard alone, on an imported page."""

import pytest
from playwright.sync_api import expect

from annotations.models import Highlight, Tag
from newsreader.models import Article
from places import opened
from saved import SAVED
from texts import extracted

FERRY = next(path for path in SAVED if path.stem == "ferry")
ARABIC = "<p>قال المتحدث إن الميناء سيفتح غدا. ثم سكت.</p>"


@pytest.fixture
def page(signed_in_page, alice, imported, project, tag):
    Tag.objects.get_or_create_named(project, ["red line"], by=alice)
    return opened(signed_in_page(alice, viewport={"width": 1440, "height": 900}), imported(FERRY), project)


def press(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_the_way_into_the_text_is_offered_to_whoever_comes_by_tab(page):
    button = page.get_by_role("button", name="Select words with the arrow keys")
    for _ in range(80):
        page.keyboard.press("Tab")
        if button.evaluate("node => node === document.activeElement"):
            break
    expect(button).to_be_focused()
    assert button.evaluate("node => getComputedStyle(node).clipPath") == "none"
    page.keyboard.press("Enter")
    expect(page.locator("#caret")).to_be_visible()
    expect(page.locator("#say")).to_contain_text("Caret on")


def test_words_are_selected_and_tagged_with_the_keyboard_alone(page, project):
    press(page, "c", "ArrowDown", "Home", "Control+ArrowRight")
    press(page, *["Shift+Control+ArrowRight"] * 2)
    expect(page.locator("#say")).to_contain_text("Selected: ")
    words = page.evaluate("getSelection().toString().trim()")
    press(page, "Enter")
    expect(page.locator("#toolbar [data-main]")).to_be_focused()
    press(page, "t")
    page.keyboard.type("red")
    press(page, "Enter", "Enter")
    expect(page.locator("#text mark")).to_have_text(words)
    expect(page.locator("#frame")).to_be_focused()
    made = Highlight.objects.get(project=project)
    assert (made.exact, [str(tag) for tag in made.ordered_tags()]) == (words, ["red line"])
    press(page, "ArrowRight")
    assert page.evaluate("document.getElementById('text').contains(getSelection().focusNode)")
    press(page, "Escape")
    expect(page.locator("#caret")).to_be_hidden()


@pytest.mark.parametrize("first", [[], ["Enter"]])  # the focus is in the text, or on the button that highlights
def test_a_number_key_tags_what_the_keyboard_selected(page, project, first):
    press(page, "c", "ArrowDown", "Home", "Shift+Control+ArrowRight")
    expect(page.locator("#toolbar")).to_be_visible()
    press(page, *first, "1")
    expect(page.locator("#text mark")).to_have_count(1)
    made = Highlight.objects.get(project=project)
    assert [str(tag) for tag in made.ordered_tags()] == ["military option"]
    expect(page.locator(f"#card-{made.pk} .tag")).to_have_text("military option")


def test_sentences_are_taken_whole_with_alt(page, project):
    press(page, "c", "Alt+ArrowDown", "Alt+ArrowDown", "Alt+ArrowDown", "Shift+Alt+ArrowDown", "Enter")
    expect(page.locator("#toolbar [data-main]")).to_be_focused()
    press(page, "Enter")
    expect(page.locator("#text mark")).to_have_count(1)
    exact = Highlight.objects.get(project=project).exact
    assert exact[-1] in ".:”" and exact[0].isupper() and exact.count(". ") == 0


def test_escape_first_closes_the_toolbar_and_keeps_the_place_in_the_text(page):
    press(page, "c", "ArrowDown", "Shift+ArrowDown", "Enter")
    expect(page.locator("#toolbar [data-main]")).to_be_focused()
    chosen = page.locator("#toolbar [name=exact]").input_value()
    press(page, "Escape")
    expect(page.locator("#toolbar")).to_be_hidden()
    expect(page.locator("#frame")).to_be_focused()
    expect(page.locator("#caret")).to_be_visible()
    press(page, "Shift+Control+ArrowLeft")
    assert chosen.endswith(page.evaluate("getSelection().toString().trim()"))


def test_control_home_and_end_go_to_the_edges_of_the_text_and_pages_stop_there(page):
    press(page, "c", "Control+End", "PageDown", "Shift+Control+Home")
    assert page.evaluate("getSelection().toString().length > 1500")
    assert page.evaluate("document.getElementById('text').contains(getSelection().focusNode)")


def test_in_a_text_from_right_to_left_the_arrows_go_where_they_point(signed_in_page, alice, project):
    article = Article.objects.store(extracted(ARABIC, title="ميناء", language="ar")).article
    page = opened(signed_in_page(alice, viewport={"width": 1440, "height": 900}), article, project)
    press(page, "c", "Home", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowRight")
    assert page.evaluate("getSelection().focusOffset") == 2
    press(page, "Home", "Shift+Alt+ArrowLeft")
    assert page.evaluate("getSelection().toString().trim()") == "قال المتحدث إن الميناء سيفتح غدا."


def test_the_caret_leaves_no_trace_in_the_text(page):
    text = """() => document.getElementById("text").outerHTML.replaceAll(' style="content-visibility: visible;"', "")"""
    before = page.evaluate(text)
    press(page, "c", "PageDown", "ArrowUp", "Shift+End", "Escape")
    expect(page.locator("#toolbar")).to_be_hidden()
    assert page.evaluate(text) == before
