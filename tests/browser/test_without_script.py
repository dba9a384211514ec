"""The main job with scripts switched off, on an imported page."""

import pytest
from playwright.sync_api import expect

from annotations.models import Highlight
from saved import SAVED

FERRY = next(path for path in SAVED if path.stem == "ferry")


@pytest.fixture
def page(signed_in_page, alice, imported, project, tag):
    page = signed_in_page(alice, java_script_enabled=False)
    page.goto(f"{imported(FERRY).get_absolute_url()}?project={project.slug}")
    return page


def highlight_a_sentence(page) -> None:
    page.get_by_role("link", name="Highlight by sentence").click()
    row = page.get_by_role("row").filter(has_text="On Sunday evening she left")
    row.get_by_role("radio").first.check()
    page.get_by_label("military option").check()
    page.get_by_label("Note").fill("A *horse*.")
    page.get_by_role("button", name="Highlight").click()


def test_a_sentence_is_highlighted_tagged_and_noted(page, project):
    highlight_a_sentence(page)
    expect(page.locator("#text mark")).to_have_text(
        "On Sunday evening she left with forty passengers, nine cars and a horse."
    )
    expect(page.locator(".card .tag")).to_have_text("military option")
    expect(page.locator(".card .note em")).to_have_text("horse")
    made = Highlight.objects.get(project=project)
    assert made.exact == page.locator("#text mark").text_content()


def test_it_is_edited_deleted_and_brought_back(page, project):
    highlight_a_sentence(page)
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Note").fill("Forty.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".card .note")).to_have_text("Forty.")
    page.get_by_role("link", name="Edit").click()
    page.get_by_role("button", name="Delete this highlight").click()
    expect(page.locator("#text mark")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#text mark")).to_have_count(1)


def test_nothing_that_needs_a_script_is_shown(page):
    expect(page.locator("#toolbar")).to_be_hidden()
    expect(page.locator("#sheet")).to_be_hidden()
    expect(page.locator("#caret")).to_be_hidden()


def test_a_passage_of_the_list_is_cited(page, project):
    highlight_a_sentence(page)
    page.goto(f"/projects/{project.slug}/passages/")
    page.get_by_role("link", name="Show all options").click()
    page.get_by_role("link", name="Cite this passage").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cite")
