"""A curator imports many files, also with scripts switched off."""

import re

from playwright.sync_api import expect

from bulk import make_files, make_zip
from conftest import person
from working import run_queued_tasks

FILES = [{"name": "a.zip", "mimeType": "application/zip", "buffer": make_zip(make_files(15))}]


def test_a_curator_imports_files_without_scripts(signed_in_page, db):
    page = signed_in_page(person("carol", is_staff=True), java_script_enabled=False)
    page.goto("/articles/add/")
    page.get_by_role("link", name="Import many articles").click()
    page.get_by_label("Files").set_input_files(FILES)
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("0 of 1 done")).to_be_visible()
    run_queued_tasks()
    page.get_by_role("link", name="Refresh").click()
    expect(page.get_by_text("13 added, 1 already here, 1 not added.")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Not added")).click()
    page.get_by_role("button", name="Try again “0014.html”").click()
    expect(page.get_by_text("Trying 1 item again.")).to_be_visible()
    page.get_by_role("button", name="Cancel import").click()
    expect(page.get_by_text("Cancelled the import.")).to_be_visible()


def test_the_progress_moves_by_itself(signed_in_page, db, axe):
    page = signed_in_page(person("carol", is_staff=True))
    page.goto("/imports/add/")
    page.get_by_label("Files").set_input_files(FILES)
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("0 of 1 done")).to_be_visible()
    assert axe(page) == []
    run_queued_tasks()
    expect(page.get_by_role("button", name="Try 1 again")).to_be_visible()
    assert axe(page) == []
