"""Adjudication in a real browser: sixty disagreements by keyboard alone, readable by axe and on a phone."""

from playwright.sync_api import expect

from adjudication.layers import ADDRESS, code, consensus, start
from annotations.models import Decision, Tag
from conftest import signed_in
from inspection import faults_of, watch
from newsreader.models import Article
from texts import extracted

NUMBER = 60


def make_sixty(project, alice, bob) -> Article:
    """Two coders who differ in sixty places: one of them leaves out the last word of each passage."""
    loss, _ = Tag.objects.get_or_create_named(project, ["loss", "cost"], by=alice)
    sentences = [f"Ship {number:02} was lost at sea. " for number in range(NUMBER)]
    blocks = ["".join(sentences[start : start + 6]) for start in range(0, NUMBER, 6)]
    html = "".join(f"<p>{block.strip()}</p>" for block in blocks)
    article = Article.objects.store(extracted(html, title="Sixty ships", site="The Quay")).article
    for coder, words in ((alice, "Ship {:02} was lost"), (bob, "Ship {:02} was lost at sea")):
        code(article, project, coder, [(words.format(number), loss) for number in range(NUMBER)])
    return article


def test_sixty_disagreements_are_decided_by_keyboard_alone(signed_in_page, axe, alice, bob, project):
    article = make_sixty(project, alice, bob)
    start(signed_in(alice), article, "alice", "bob")
    page = signed_in_page(alice)
    watch(page)
    assert faults_of(page, f"{ADDRESS}{article.slug}/", axe) == []
    page.goto(f"{ADDRESS}{article.slug}/")

    def press(key: str, says: str, at: int) -> None:
        page.keyboard.press(key)
        page.wait_for_url(f"**/?at={at}")
        page.get_by_text(f"{says} of {NUMBER} decided").wait_for()
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
    for done in range(3, NUMBER):
        key = "12n"[done % 3]
        page.keyboard.press(key)
        page.get_by_text(f"{done + 1} of {NUMBER} decided").wait_for()
        page.wait_for_load_state()
    assert Decision.objects.disputed().count() == NUMBER
    assert ("Ship 03 was", ["cost"]) in consensus(project)


def test_selected_words_are_another_passage_on_a_phone(signed_in_page, axe, alice, bob, project):
    article = make_sixty(project, alice, bob)
    start(signed_in(alice), article, "alice", "bob")
    page = signed_in_page(alice, viewport={"width": 390, "height": 844})
    watch(page)
    assert faults_of(page, f"{ADDRESS}{article.slug}/", axe) == []
    page.locator("#p1 mark").first.dblclick(position={"x": 5, "y": 5})
    assert page.locator("#first").input_value() == "Ship"
    colours = "(button) => [getComputedStyle(button).color, getComputedStyle(button).backgroundColor]"
    assert len(set(page.get_by_role("button", name="Take this passage").evaluate(colours))) == 2
    page.get_by_role("button", name="Take this passage").click()
    page.get_by_text(f"1 of {NUMBER} decided").wait_for()
    assert consensus(project) == [("Ship", ["loss"])]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
