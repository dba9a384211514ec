"""Importing highlights in a real browser: by mouse, without a script, for a screen reader."""

import json

import pytest
from playwright.sync_api import expect

from annotations.imports import views as imports
from annotations.models import Highlight
from working import run_queued_tasks


@pytest.fixture
def file(transactional_db, project, article) -> dict:
    """An annotation of the article, and one that has no place, as a file to choose."""
    quote = {"type": "TextQuoteSelector", "exact": "reopened on Monday", "prefix": "Brevik ", "suffix": " after"}
    titles = (article.title, "Nowhere")
    rows = [{"uri": "", "document": {"title": [title]}, "target": [{"selector": [quote]}]} for title in titles]
    return {"name": "notes.json", "mimeType": "application/json", "buffer": json.dumps(rows).encode()}


@pytest.mark.parametrize("scripts", [True, False])
def test_a_file_is_previewed_and_imported_by_mouse(signed_in_page, alice, project, file, scripts):
    page = signed_in_page(alice, java_script_enabled=scripts)
    page.goto(project.get_absolute_url())
    page.get_by_role("link", name="Import…").click()
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#import-plan")).to_contain_text("1 highlight would be imported")
    expect(page.locator("#import-plan")).to_contain_text("No article in the library has this URL")
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("Imported 1 highlight from “notes.json”.")).to_be_visible()
    assert Highlight.objects.filter(project=project).count() == 1


def test_the_plan_is_fit_for_a_screen_reader(signed_in_page, alice, project, file, axe):
    page = signed_in_page(alice)
    page.goto(f"{project.get_absolute_url()}import/")
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#import-plan")).to_be_visible()
    assert axe(page) == []


@pytest.fixture
def large(settings, tmp_path, monkeypatch):
    """A few highlights are a large file."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(imports, "MAX_DIRECT_HIGHLIGHTS", 0)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_large_file_is_imported_while_its_page_is_watched(signed_in_page, alice, project, file, large, axe, scripts):
    page = signed_in_page(alice, java_script_enabled=scripts)
    page.goto(f"{project.get_absolute_url()}import/")
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("Waiting to start.")).to_be_visible()
    if scripts:
        assert axe(page) == []
    run_queued_tasks()
    if not scripts:
        page.get_by_role("link", name="Refresh").click()
    expect(page.get_by_text("Imported 1 highlight from “notes.json”.")).to_be_visible()
    page.get_by_role("link", name="Go to the passages").click()
    assert Highlight.objects.filter(project=project).count() == 1
