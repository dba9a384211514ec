"""Blind reading in real browsers: articles are assigned, two coders read without seeing each other, and see it all when done."""

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Assignment, ProjectArticle, Role
from annotations.models.project_article import ArticleState
from conftest import person
from inspection import watch
from places import drag_over, opened
from saved import SAVED

FERRY = next(path for path in SAVED if path.stem == "ferry")
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def ferry(imported, project, alice):
    """An article that belongs to the project, though nobody has highlighted in it."""
    article = imported(FERRY)
    ProjectArticle.objects.set_state(project, article.pk, ArticleState.ADDED, by=alice)
    return article


def highlight(page: Page, words: str, note: str) -> None:
    """Highlights words with the mouse, with a note."""
    drag_over(page, words)
    toolbar = page.locator("#toolbar")
    expect(toolbar).to_be_visible()
    page.keyboard.press("n")
    page.locator("#new-note").fill(note)
    toolbar.locator("[data-main]").click()
    expect(toolbar).to_be_hidden()


def test_two_coders_read_blind_and_see_each_other_when_they_are_done(
    signed_in_page, alice, bob, project, ferry, axe, settings
):
    settings.NEWSREADER_UPDATES_SECONDS = 1
    carol = person("carol")
    project.memberships.create(user=carol, role=Role.CODER)
    curators = signed_in_page(alice, viewport=WIDE)
    watch(curators)
    curators.goto(f"{project.get_absolute_url()}assignments/")
    curators.get_by_label("Articles", exact=True).select_option(str(ferry.pk))
    for name in ("bob", "carol"):
        curators.get_by_role("checkbox", name=name).check()
    curators.get_by_label("Due (optional)").fill("2099-01-02")
    curators.get_by_role("button", name="Assign", exact=True).click()
    curators.get_by_text("2 assignments were made.").wait_for()
    for size in (WIDE, PHONE):
        curators.set_viewport_size(size)
        assert axe(curators) == []

    bobs, carols = (opened(signed_in_page(user, viewport=WIDE), ferry, project) for user in (bob, carol))
    highlight(bobs, "We got tired of waiting", "Bob was here")
    highlight(carols, "ferry", "Carol was here")
    bobs.reload()
    expect(bobs.locator("#card-list .card")).to_have_count(1)
    assert "carol" not in bobs.locator("main").inner_text()
    assert axe(bobs) == []

    bobs.get_by_role("link", name="Done…").click()
    bobs.get_by_role("heading", name="Done with").wait_for()
    for size in (WIDE, PHONE):
        bobs.set_viewport_size(size)
        assert axe(bobs) == []
    bobs.get_by_role("button", name="Done").click()
    bobs.get_by_text("Done. A curator can open it again for you.").wait_for()
    expect(bobs.locator("#card-list")).to_contain_text("Carol was here")
    expect(carols.locator("#card-list .card")).to_have_count(1)

    drag_over(carols, "waiting")
    carols.keyboard.press("n")
    carols.locator("#new-note").fill("Half a thought")
    Assignment.objects.reveal(project, by=alice)
    expect(carols.locator("#updates")).to_contain_text("Blind reading is over")
    expect(carols.locator("#new-note")).to_have_value("Half a thought")
    carols.locator("#updates").get_by_role("button", name="Show").click()
    expect(carols.locator("#card-list")).to_contain_text("Bob was here")
    expect(carols.locator("#new-note")).to_have_value("Half a thought")
