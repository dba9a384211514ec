"""The codebook in a real browser, with scripts and without, and with names that no designer would choose."""

import pytest
from playwright.sync_api import expect

from annotations.models import Highlight, Tag

CODEBOOK = "/projects/harbour-study/tags/"
LONG = "a tag whose name says everything one could want to know of it at length, and more".replace(",", "")
ENDLESS = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsurkundenblatt"
PHONE = {"viewport": {"width": 360, "height": 780}}


@pytest.fixture
def overgrown(transactional_db, project, alice, revision):
    """Forty tags, a dozen of them each under the other, with names as long as they may be."""
    add, parent = Tag.objects.add_tag, None
    tags = [add(project, name, by=alice, definition=f"{name} {name}") for name in (LONG, ENDLESS, "الموقف الدبلوماسي")]
    for level in range(12):
        parent = add(project, f"level {level} of a nest that goes on", by=alice, parent=parent)
    tags += [add(project, ENDLESS.replace("D", "M"), by=alice, parent=parent)]
    tags += [add(project, f"term {number}", by=alice, definition="A meaning.") for number in range(25)]
    Highlight.objects.make(project=project, revision=revision, author=alice, start=0, end=90, tags=tags[:29])
    return tags


def test_no_name_widens_a_phone(signed_in_page, alice, overgrown):
    window = signed_in_page(alice, **PHONE)
    addresses = [CODEBOOK, "/projects/harbour-study/", "/projects/", *[tag.get_absolute_url() for tag in overgrown[:4]]]
    for address in [*addresses, overgrown[1].get_absolute_url() + "delete/"]:
        window.goto(address)
        assert window.evaluate("document.documentElement.scrollWidth") == 360, address


def test_axe_finds_nothing_on_an_overgrown_codebook(signed_in_page, alice, overgrown, axe):
    window = signed_in_page(alice)
    for address in (
        CODEBOOK,
        CODEBOOK + "add/",
        overgrown[0].get_absolute_url() + "delete/",
        "/projects/harbour-study/",
    ):
        window.goto(address)
        assert axe(window) == [], address


def test_the_tree_follows_what_one_types(signed_in_page, alice, overgrown):
    window = signed_in_page(alice)
    window.goto(CODEBOOK)
    window.get_by_label("Find a tag").press_sequentially("level 2")
    window.get_by_role("status").get_by_text("Tags matching").wait_for()
    assert window.locator(".tree a").all_inner_texts() == [f"level {n} of a nest that goes on" for n in range(3)]
    assert "find=level%202" in window.url


def test_without_a_script_a_tag_is_found_renamed_and_merged(signed_in_page, alice, overgrown):
    window = signed_in_page(alice, java_script_enabled=False)
    window.goto(CODEBOOK)
    window.get_by_label("Find a tag").fill("term 7")
    window.get_by_label("Find a tag").press("Enter")
    window.locator(".tree").get_by_text("term 7").click()
    window.get_by_label("Name").fill("seventh")
    window.get_by_label("sky").check()
    window.get_by_role("button", name="Save").click()
    window.get_by_text("Saved.").wait_for()
    window.get_by_role("link", name="Merge or delete").click()
    window.get_by_label("Which tag").select_option(label="term 8")
    window.get_by_role("button", name="Apply and delete tag").click()
    window.get_by_text("“seventh” was merged into “term 8”.").wait_for()
    assert not Tag.objects.filter(name__in=["seventh", "term 7"]).exists()


def test_on_a_phone_the_entry_comes_first_and_the_tree_is_a_touch_away(signed_in_page, alice, overgrown):
    window = signed_in_page(alice, **PHONE)
    window.goto(overgrown[0].get_absolute_url())
    expect(window.locator(".tree")).to_be_hidden()
    window.get_by_text("All tags").click()
    expect(window.locator(".tree")).to_be_visible()
