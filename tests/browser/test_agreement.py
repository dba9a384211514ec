"""The agreement page in a real browser: readable on a phone and by axe, and used by keyboard without scripts."""

from annotations.models import Tag
from inspection import faults_of, watch
from storm import marked, report

AGREEMENT = "/projects/harbour-study/agreement/"


def test_members_find_a_disagreement_by_keyboard(signed_in_page, axe, alice, bob, project):
    loss, cost = Tag.objects.get_or_create_named(project, ["loss", "cost"], by=alice)
    article = report()
    for coder, words, tag in (
        (alice, "At least 12 people", loss),
        (bob, "At least 12 people were killed", loss),
        (alice, "Two cranes fell", loss),
        (bob, "Two cranes", cost),
        (bob, "Insurers came on Tuesday", cost),
    ):
        marked(article, project, coder, words, tags=[tag])
    page = signed_in_page(alice)
    watch(page)
    assert faults_of(page, AGREEMENT, axe) == []
    assert faults_of(page, f"{AGREEMENT}?coder=alice", axe) == []
    page.goto(project.get_absolute_url())
    page.get_by_role("link", name="Agreement").press("Enter")
    page.get_by_role("heading", name="Agreement", exact=True).wait_for()
    page.get_by_label("Unit").focus()
    page.keyboard.press("s")  # chooses sentences
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("5 sentences in 1 article").wait_for()
    assert "unit=sentences" in page.url
    page.get_by_role("link", name="Missing 1").press("Enter")
    page.get_by_text("Marked by bob only.").wait_for()
    assert page.locator(".differ").count() == 1
    page.get_by_role("link", name="Open in the article").press("Enter")
    page.wait_for_url(f"**/articles/{article.slug}/?project=harbour-study#p3")
