"""The outline of the reading page: it says where one is, and on a phone it is folded above the text."""

import pytest
from playwright.sync_api import expect

from newsreader.models import Article
from places import opened
from texts import extracted

PART = "<h2>{}</h2>" + "<p>The ferry was late again, and nobody on the quay was told why. It came at noon.</p>" * 12


@pytest.fixture
def long_article(db) -> Article:
    """An article of 40 blocks, with a heading at the 2nd, 15th and 28th."""
    text = "<p>The first.</p>" + "".join(map(PART.format, ["Monday", "Tuesday", "Wednesday"]))
    return Article.objects.store(extracted(text, title="Three days", site="The Quay")).article


def test_the_outline_says_where_one_is_and_folds_on_a_phone(signed_in_page, alice, long_article, project):
    page = opened(signed_in_page(alice, viewport={"width": 1440, "height": 900}), long_article, project)
    place, current = page.locator("#place"), page.locator(".contents [aria-current=location]")
    expect(place).to_have_text("¶1 of 40")
    expect(current).to_have_text("Beginning¶1")
    page.locator("#p20").evaluate("block => scrollTo(0, block.getBoundingClientRect().top + scrollY - 200)")
    expect(place).to_have_text("¶20 of 40")
    expect(current).to_have_text("Tuesday¶15–27")
    page.locator("body").evaluate("() => scrollTo(0, document.documentElement.scrollHeight)")
    expect(place).to_have_text("¶40 of 40")
    page.get_by_role("link", name="Wednesday").click()
    expect(current).to_have_text("Wednesday¶28–40")
    expect(place).to_have_text("¶28 of 40")
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("body").evaluate("() => scrollTo(0, 0)")
    monday = page.locator(".contents li", has_text="Monday")
    expect(monday).to_be_hidden()
    outline, text = page.locator(".contents").bounding_box(), page.locator("#text").bounding_box()
    assert outline["height"] < 60
    assert outline["y"] + outline["height"] <= text["y"]
    page.get_by_text("On this page").click()
    expect(monday).to_be_visible()
    page.locator("#p20").evaluate("block => scrollTo(0, block.getBoundingClientRect().top + scrollY - 200)")
    expect(place).to_have_text("¶20 of 40")
    expect(monday).to_be_visible()
