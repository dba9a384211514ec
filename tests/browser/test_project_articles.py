"""The articles of a project, and the layers of two readers, in a real browser."""

import pytest
from playwright.sync_api import expect

from annotations.models import Highlight, Project, ProjectArticle
from inspection import faults_of, watch
from newsreader.models import Article
from places import opened, wait_until
from texts import extracted

BASE = "/projects/harbour-study/"


@pytest.fixture
def shelf(article, project) -> list[Article]:
    """Two more articles, of another source."""
    page = "<p>The crane {} stood still. Nobody was told.</p>"
    return [
        Article.objects.store(extracted(page.format(title), title=title, site="The Mole")).article
        for title in ("Crane waits", "Crane falls")
    ]


def test_articles_are_added_by_hand_at_once_and_by_rule(signed_in_page, alice, project, article, shelf, axe):
    page = signed_in_page(alice, viewport={"width": 390, "height": 844})
    watch(page)
    opened(page, article, project)
    page.get_by_role("link", name="Project… and this article").click()
    button = page.get_by_role("button", name="Add to project")
    expect(button).to_be_focused()
    wait_until(page, "'htmx-internal-data' in document.querySelector('.in-project form')")  # else it is sent as a page
    page.keyboard.press("Enter")
    expect(page.get_by_text("(added by alice)")).to_be_visible()
    expect(page.get_by_role("button", name="Remove from project")).to_be_focused()
    assert axe(page) == []
    page.goto(f"/?project={project.slug}&source=the-mole")
    row = page.locator(".entry", has_text="Crane waits")
    row.get_by_role("link", name="Project… and this article").click()
    expect(row.get_by_text("Not in Harbour study")).to_be_visible()
    page.get_by_role("link", name="Add these articles to the project…").click()
    page.get_by_role("button", name="Add 2 articles").click()
    page.get_by_text("2 articles were added.").wait_for()
    expect(page.locator(".entry")).to_have_count(3)
    page.get_by_role("button", name="Remove from project Crane falls").click()
    page.get_by_text("“Crane falls” was removed from the project. Its highlights stay.").wait_for()
    expect(page.locator(".entry")).to_have_count(2)
    page.get_by_label("Add articles of a source").select_option("The Mole")
    page.get_by_role("button", name="Choose how to add them…").click()
    expect(page.get_by_text("1 was removed from the project before and stays out.")).to_be_visible()
    page.get_by_role("button", name="Add as a rule").click()
    page.get_by_role("link", name="Source: The Mole").wait_for()
    expect(page.locator(".entry")).to_have_count(2)
    page.goto(f"{BASE}articles/?show=removed")
    page.get_by_role("button", name="Add to project Crane falls").click()
    page.goto(f"{BASE}history/")
    expect(page.locator(".event")).to_contain_text(
        ["Added an article", "Added a rule", "Removed an article", "Added 2 articles", "Added an article"]
    )
    assert ProjectArticle.objects.filter(project=project, state="added").count() == 3
    pages = ("articles/", "articles/?show=removed", "add/?source=the-mole", f"articles/{article.slug}/")
    assert {path: faults for path in pages if (faults := faults_of(page, BASE + path, axe))} == {}


def test_two_readers_choose_layers_and_each_finds_their_own_again(
    signed_in_page, alice, bob, project, article, revision, axe
):
    for number, author in enumerate((alice, bob)):
        fields = {"project": project, "revision": revision, "author": author}
        Highlight.objects.make(**fields, start=number * 40, end=number * 40 + 9)
    windows = {
        "alice": signed_in_page(alice, viewport={"width": 1440, "height": 900}),
        "bob": signed_in_page(bob, viewport={"width": 390, "height": 844}, java_script_enabled=False),
    }
    address = f"{article.get_absolute_url()}?project={project.slug}"
    for page in windows.values():
        page.goto(address)
        expect(page.locator("#text mark")).to_have_count(2)
    page = windows["alice"]
    page.get_by_role("button", name="Only bob").click()
    page.wait_for_url("**layer=%40bob")
    expect(page.locator("#text mark")).to_have_attribute("data-label", "bob: highlight")
    windows["bob"].get_by_role("button", name="Mine").click()
    windows["bob"].wait_for_url("**layer=mine")
    for page in windows.values():
        page.goto(address)
        expect(page.locator("#text mark")).to_have_attribute("data-label", "bob: highlight")
    page = windows["alice"]
    opened(page, article, project)
    assert axe(page) == []
    page.get_by_role("button", name="Mine").click()
    page.wait_for_url("**layer=mine")
    expect(page.locator("#text mark")).to_have_attribute("data-label", "alice: highlight")
    page.locator("#tags-here").get_by_role("checkbox").uncheck()
    expect(page.locator("#text mark")).to_have_count(0)
    page.locator("#tags-here").get_by_role("checkbox").check()
    expect(page.locator("#text mark")).to_have_attribute("data-label", "alice: highlight")
    wait_until(page, "location.search.includes('layer=mine')")
    page.goto(f"{address}&layer=all")
    expect(page.locator("#text mark")).to_have_count(2)
    layers = dict(Project.objects.get(pk=project.pk).memberships.values_list("user__username", "layer"))
    assert layers == {"alice": "mine", "bob": "mine"}
