"""What changed between two texts, in a real browser: wide and narrow, by keyboard, by ear, without scripts."""

import pytest
from playwright.sync_api import expect

from newsreader.models import Article, Preferences, Reading
from texts import extracted

WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 360, "height": 780}
STORM = "<p>At least 12 cranes fell in the storm, the harbour master of Brevik said on Monday morning.</p>"
QUIET = "<p>The night ferry sails again.</p><p>Nobody was hurt, and the herring have come.</p>"
PROMISE = "The mayor promised to rebuild the pier, whatever it may cost, before the summer is over."


@pytest.fixture
def article(db):
    """An article with a number corrected, a list item put in, and a paragraph moved to the end."""
    cranes = "<ul><li>One stood on the north pier.</li></ul>"
    article = Article.objects.store(extracted(STORM + QUIET + f"<p>{PROMISE}</p>" + cranes + QUIET * 3)).article
    more = cranes.replace("</ul>", "<li>The other was being painted by two men.</li></ul>")
    article.revise(extracted(STORM.replace("12", "17") + QUIET + more + QUIET * 3 + f"<p>{PROMISE}</p>").html)
    return article


def between(article) -> str:
    return f"{article.get_absolute_url()}revisions/1..2/"


def box(locator) -> dict:
    return locator.bounding_box()


def test_two_columns_stand_side_by_side_on_a_desk(signed_in_page, article):
    page = signed_in_page(None, viewport=WIDE)
    page.goto(between(article))
    old, new = box(page.locator("#old-1")), box(page.locator("#new-1"))
    assert old["y"] == new["y"]
    assert old["x"] + old["width"] < new["x"]


def test_one_text_stands_above_the_other_on_a_phone_and_each_says_which_it_is(signed_in_page, article):
    page = signed_in_page(None, viewport=NARROW)
    page.goto(between(article))
    old, new = box(page.locator("#old-1")), box(page.locator("#new-1"))
    assert old["x"] == new["x"]
    assert old["y"] + old["height"] < new["y"]
    label = "getComputedStyle(document.querySelector('#new-1').closest('.new'), '::before').content"
    assert page.evaluate(label) == '"Revision 2, ¶1"'
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


@pytest.mark.parametrize("scripts", [True, False])
def test_what_did_not_change_is_unfolded_by_keyboard_alone(signed_in_page, article, scripts):
    page = signed_in_page(None, java_script_enabled=scripts)
    page.goto(between(article))
    expect(page.get_by_text("The night ferry sails again.").first).to_be_hidden()
    page.locator("summary").filter(has_text="2 paragraphs unchanged").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The night ferry sails again.").first).to_be_visible()


def test_a_block_that_moved_leads_to_where_it_is(signed_in_page, article):
    page = signed_in_page(None, viewport=NARROW)
    page.goto(between(article))
    page.get_by_role("link", name="Moved to ¶").click()
    expect(page.locator(":target")).to_have_text(PROMISE)
    expect(page.locator(":target")).to_be_in_viewport()


def test_changes_are_heard_and_never_copied(signed_in_page, article):
    page = signed_in_page(None, viewport=WIDE)
    page.goto(between(article))
    heard = page.locator("#new-1").aria_snapshot()
    assert "insertion" in heard
    assert "added" in heard
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#new-1'))")
    assert page.evaluate("getSelection().toString()").strip().startswith("At least 17 cranes fell")


def test_two_revisions_are_chosen_and_compared_without_a_script(signed_in_page, article):
    page = signed_in_page(None, java_script_enabled=False)
    page.goto(article.get_absolute_url())
    page.get_by_role("link", name="revision 2 of 2").click()
    page.get_by_label("Compare", exact=True).select_option("2")
    page.get_by_label("with").select_option("1")
    page.get_by_role("button", name="See changes").click()
    expect(page.locator("#old-1 del")).to_have_text("17")
    page.get_by_role("link", name="Everything").click()
    expect(page.get_by_text("The night ferry sails again.").first).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_news_are_told_until_they_were_seen(signed_in_page, article, alice, scripts):
    Reading.objects.get_for(alice, article).mark(read=True)
    Reading.objects.update(revision=1)
    page = signed_in_page(alice, java_script_enabled=scripts)
    page.goto(article.get_absolute_url())
    expect(page.locator("#news")).to_contain_text("Changed since you read it.")
    page.get_by_role("button", name="Mark as seen").click()
    expect(page.locator("#news")).to_have_count(0)
    expect(page.get_by_role("button", name="Read An article")).to_have_attribute("aria-pressed", "true")


@pytest.mark.pages
@pytest.mark.parametrize(("theme", "size"), [("sepia", WIDE), ("dark", NARROW)])
def test_axe_finds_nothing_whatever_is_unfolded(signed_in_page, article, alice, axe, theme, size):
    Preferences.objects.create(user=alice, theme=theme)
    Reading.objects.create(user=alice, article=article, revision=1, read_at=article.added_at)
    page = signed_in_page(alice, viewport=size)
    page.goto(between(article))
    for summary in page.locator(".diff-fold summary").all():
        summary.click()
    found = axe(page)
    for address in (
        f"{between(article)}?show=all",
        article.get_absolute_url(),
        f"{article.get_absolute_url()}revisions/",
    ):
        page.goto(address)
        found += axe(page)
    assert found == []
