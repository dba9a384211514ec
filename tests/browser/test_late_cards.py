"""A long list of cards comes in portions, and everything that needs a card finds it."""

import pytest
from django.db import connection
from playwright.sync_api import expect

from annotations.models import Highlight
from annotations.reading.card_portions import FIRST_CARDS, NEXT_CARDS
from databases import Copy
from newsreader.models import Article
from places import opened, wait_until
from texts import extracted

WIDE = {"viewport": {"width": 1440, "height": 900}}
COUNT = FIRST_CARDS + NEXT_CARDS + 20
BESIDE = """() => [...document.querySelectorAll("#card-list > .card")].every((card) => {
  const mark = document.getElementById(`h-${card.dataset.highlight}`);
  return Math.abs(card.getBoundingClientRect().top - mark.getBoundingClientRect().top) < 6;
})"""
LAID_OUT = """() =>
  [...document.querySelectorAll("#text mark")].every(mark => mark.checkVisibility({ contentVisibilityAuto: true }))"""
ORDERED = """() => {
  const cards = [...document.querySelectorAll("#card-list > .card")];
  const starts = cards.map(({ dataset }) => Number(dataset.start));
  return new Set(cards.map(({ id }) => id)).size === cards.length && starts.every((start, n) => !n || starts[n - 1] <= start);
}"""


@pytest.fixture
def long_article(db) -> Article:
    paragraphs = "".join(
        f"<p>Paragraph {n} says that the ferry to the island left at {n} o’clock. {'Nobody knows why. ' * 20}</p>"
        for n in range(COUNT)
    )
    return Article.objects.store(extracted(paragraphs, title="A long day at the harbour")).article


@pytest.fixture
def highlights(project, long_article, alice, tag, copies) -> list[Highlight]:
    """One highlight in each paragraph, in their order; made once, and put back for the next test."""
    if "late cards" in copies:
        copies["late cards"].put_back()
        alice.refresh_from_db()  # her password is salted anew each time
    else:
        revision = long_article.current()
        for _, start in revision.blocks:
            spot = {"start": start, "end": start + 9, "tags": [tag]}
            Highlight.objects.make(project=project, revision=revision, author=alice, **spot)
        if connection.vendor == "sqlite":
            copies["late cards"] = Copy()
    return list(Highlight.objects.filter(project__slug=project.slug).order_by("start"))


@pytest.fixture
def cards(highlights, signed_in_page, alice, long_article, project):
    """The page, and its cards."""
    page = opened(signed_in_page(alice, **WIDE), long_article, project)
    return page, page.locator("#card-list > .card")


def test_cards_come_as_one_scrolls_each_beside_its_mark(cards, highlights):
    page, found = cards
    assert found.count() < COUNT
    page.locator("#text > p").last.scroll_into_view_if_needed()
    expect(found).to_have_count(COUNT)
    expect(page.locator("#more-cards")).to_have_count(0)
    wait_until(page, ORDERED)
    wait_until(page, BESIDE)
    expect(page.locator(f"#h-{highlights[-1].pk}")).to_have_attribute("aria-details", f"card-{highlights[-1].pk}")


def test_cards_that_come_move_neither_the_page_nor_the_focus(cards):
    page, found = cards
    before = found.count()
    wait_until(page, LAID_OUT)
    page.locator("#text > p").nth(before).evaluate("paragraph => paragraph.scrollIntoView()")
    place = page.evaluate("scrollY")
    wait_until(page, f"document.querySelectorAll('#card-list > .card').length > {before}")
    wait_until(page, BESIDE)
    assert found.count() < COUNT  # what is far away does not come
    assert page.evaluate("document.activeElement.localName") == "body"
    assert page.evaluate("scrollY") == place


def test_a_mark_whose_card_is_not_there_yet_opens_it(cards, highlights):
    page, _ = cards
    mark = page.locator(f"#h-{highlights[-1].pk}")
    assert mark.get_attribute("aria-details") is None
    mark.evaluate("mark => mark.click()")
    expect(page.locator(f"#card-{highlights[-1].pk}")).to_be_focused()


def test_the_search_of_the_browser_finds_every_card(cards):
    page, found = cards
    page.keyboard.press("Control+f")
    expect(found).to_have_count(COUNT)


def test_every_card_is_printed(cards):
    page, found = cards
    page.pdf()
    assert found.count() == COUNT
    assert page.locator("#more-cards").count() == 0


def test_who_does_not_print_after_all_finds_the_cards_beside_their_marks(cards):
    page, found = cards
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert found.count() == COUNT
    wait_until(page, BESIDE)


MAKE = """spot => {
  const form = document.getElementById("toolbar");
  const values = { ...Object.fromEntries(new FormData(form)), ...spot };
  return htmx.ajax("POST", form.getAttribute("action"), { values, swap: "none" });
}"""


def test_cards_that_changes_bring_stand_in_order_and_once(cards, long_article, alice):
    page, found = cards
    revision = long_article.current()
    for start in (revision.blocks[-1][1] + 10, revision.blocks[-1][1] + 20):
        page.evaluate(MAKE, {"start": start, "end": start + 4, "exact": revision.text[start : start + 4]})
        made = Highlight.objects.get(start=start)
        expect(page.locator(f"#card-{made.pk}")).to_have_count(1)
    assert found.count() < COUNT
    page.locator("#text > p").last.scroll_into_view_if_needed()
    expect(found).to_have_count(COUNT + 2)
    wait_until(page, ORDERED)


def test_axe_finds_nothing_while_cards_are_missing(cards, axe):
    page, found = cards
    assert axe(page) == []
    assert found.count() < COUNT


def test_without_scripts_a_link_leads_to_all_cards(signed_in_page, alice, highlights, long_article, project):
    page = signed_in_page(alice, java_script_enabled=False, **WIDE)
    page.goto(f"{long_article.get_absolute_url()}?project={project.slug}")
    expect(page.locator("#card-list > .card")).to_have_count(FIRST_CARDS)
    page.get_by_role("link", name=f"Show all {COUNT} cards").click()
    expect(page.locator("#card-list > .card")).to_have_count(COUNT)
    expect(page.locator("#more-cards")).to_have_count(0)
