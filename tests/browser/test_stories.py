"""A story in a real browser: from its row in the library to two copies side by side, with scripts and without."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from newsreader.models import Article
from texts import extracted

WIRE = "alliance-chiefs-ask-planners-for-three-options-on-valdora"


@pytest.fixture
def wire(demo) -> Article:
    """An article that another source edits, and of which a third prints the beginning."""
    article = Article.objects.get(slug=WIRE)
    article.revise(article.current().html + "<p>It was raining.</p>")
    blocks = article.current().html.split("\n")
    edited = "\n".join([blocks[0].replace("said", "insisted"), *blocks[1:-2]])
    for hours, source, html in (
        (2, "Harbour Post", edited),
        (5, "Island Signal", "\n".join(blocks[: len(blocks) // 2])),
    ):
        content = extracted(html, title=f"Generals agree, says {source}", site=source, language="en")
        content.published = article.dated_at + timedelta(hours=hours)
        Article.objects.store(content)
    return article


@pytest.mark.parametrize("scripts", [True, False])
def test_a_story_is_followed_from_the_library_to_two_copies_side_by_side(signed_in_page, wire, axe, scripts):
    page = signed_in_page(None, java_script_enabled=scripts)
    page.goto("/?sort=oldest&source=harbour-post&source=transwire&source=island-signal")
    expect(page.locator(".entry")).to_have_count(Article.objects.filter(source=wire.source, status="published").count())
    page.get_by_text("also in 2 sources").click()
    page.get_by_role("link", name="Compare the copies").click()
    expect(page.get_by_role("row")).to_have_count(4)
    assert not scripts or axe(page) == []
    page.get_by_role("link", name="Compare with Harbour Post").click()
    expect(page.locator("ins").first).to_be_visible()
    assert not scripts or axe(page) == []
    page.goto(wire.get_absolute_url())
    expect(page.get_by_role("region", name="Also printed by").get_by_role("listitem")).to_have_count(2)
