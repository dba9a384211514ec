"""Adjudication in a real browser: by keyboard alone, readable by axe and on a phone."""

import pytest
from playwright.sync_api import expect

from adjudication.layers import ADDRESS, code, consensus, start
from annotations.models import Decision, Tag
from conftest import signed_in
from inspection import faults_of, watch
from newsreader.models import Article
from texts import extracted


def make_disagreements(number, project, alice, bob) -> Article:
    """An article in which two coders differ in so many places: one of them leaves out the last word of each passage."""
    loss, _ = Tag.objects.get_or_create_named(project, ["loss", "cost"], by=alice)
    sentences = [f"Ship {ship:02} was lost at sea. " for ship in range(number)]
    blocks = ["".join(sentences[start : start + 6]) for start in range(0, number, 6)]
    html = "".join(f"<p>{block.strip()}</p>" for block in blocks)
    article = Article.objects.store(extracted(html, title="Ships", site="The Quay")).article
    for coder, words in ((alice, "Ship {:02} was lost"), (bob, "Ship {:02} was lost at sea")):
        code(article, project, coder, [(words.format(ship), loss) for ship in range(number)])
    return article


@pytest.mark.parametrize("number", [12, pytest.param(60, marks=pytest.mark.walk)])
def test_disagreements_are_decided_by_keyboard_alone(signed_in_page, axe, alice, bob, project, number):
    article = make_disagreements(number, project, alice, bob)
    start(signed_in(alice), article, "alice", "bob")
    page = signed_in_page(alice)
    watch(page)
    assert faults_of(page, f"{ADDRESS}{article.slug}/", axe) == []
    page.goto(f"{ADDRESS}{article.slug}/")

    def press(key: str, says: str, at: int) -> None:
        page.keyboard.press(key)
        page.wait_for_url(f"**/?at={at}")
        page.get_by_text(f"{says} of {number} decided").wait_for()
        page.wait_for_load_state()

    press("1", "1", 2)
    press("2", "2", 3)
    page.keyboard.press("r")
    page.keyboard.type("n is a letter here")
    page.keyboard.press("Escape")
    press("n", "3", 4)
    press("k", "3", 3)
    page.get_by_text("Nothing here, decided by alice. “n is a letter here”").wait_for()
    press("u", "2", 3)
    press("j", "2", 4)
    page.keyboard.press("o")
    expect(page.locator("#first")).to_be_focused()
    expect(page.get_by_label("Reason (optional)").filter(visible=True)).to_have_count(1)
    page.keyboard.press("Control+a")
    page.keyboard.type("Ship 03")
    page.keyboard.press("Tab")
    page.keyboard.type("was")
    page.keyboard.press("Tab")  # the tag that is set
    page.keyboard.press("Tab")  # the field for tags
    page.keyboard.press("Backspace")
    page.keyboard.type("cos")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Take this passage").press("Enter")
    page.wait_for_url("**/?at=5")
    for done in range(3, number):
        key = "12n"[done % 3]
        page.keyboard.press(key)
        page.get_by_text(f"{done + 1} of {number} decided").wait_for()
        page.wait_for_load_state()
    assert Decision.objects.disputed().count() == number
    assert ("Ship 03 was", ["cost"]) in consensus(project)


def test_selected_words_are_another_passage_on_a_phone(signed_in_page, axe, alice, bob, project):
    article = make_disagreements(12, project, alice, bob)
    start(signed_in(alice), article, "alice", "bob")
    page = signed_in_page(alice, viewport={"width": 390, "height": 844})
    watch(page)
    assert faults_of(page, f"{ADDRESS}{article.slug}/", axe) == []
    page.locator("#p1 mark").first.dblclick(position={"x": 5, "y": 5})
    assert page.locator("#first").input_value() == "Ship"
    colours = "(button) => [getComputedStyle(button).color, getComputedStyle(button).backgroundColor]"
    assert len(set(page.get_by_role("button", name="Take this passage").evaluate(colours))) == 2
    page.get_by_role("button", name="Take this passage").click()
    page.get_by_text("1 of 12 decided").wait_for()
    assert consensus(project) == [("Ship", ["loss"])]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
