"""Passages taken away, in a real browser: by keyboard, without a script, and a file that is watched while it is written."""

import pytest
from playwright.sync_api import expect

from annotations.exports import views as exporting
from annotations.exports.tasks import write_export
from annotations.models import ExportJob, Project, Role
from annotations.models.job import get_lock_path, hold_lock
from working import run_queued_tasks


@pytest.fixture
def project(demo, alice, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    project = Project.objects.get(public=True)
    project.memberships.create(user=alice, role=Role.OWNER)
    return project


def test_passages_are_exported_by_keyboard(signed_in_page, project, alice, axe):
    page = signed_in_page(alice)
    page.goto(f"{project.get_absolute_url()}passages/")
    page.get_by_role("link", name="export them").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="CSV", exact=True).focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == f"passages-{project.slug}.csv"
    assert axe(page) == []


def test_a_file_is_prepared_without_a_script(signed_in_page, project, alice, monkeypatch):
    monkeypatch.setattr(exporting, "LONG_EXPORT", 1)
    page = signed_in_page(alice, java_script_enabled=False)
    page.goto(f"{project.get_absolute_url()}export/")
    page.get_by_label("Format").select_option("json")
    page.get_by_role("button", name="Prepare export").click()
    expect(page.get_by_text("Waiting to start.")).to_be_visible()
    run_queued_tasks()
    page.get_by_role("link", name="Refresh").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename.endswith(".json")


def test_the_page_that_watches_a_file_shows_when_it_is_ready(signed_in_page, project, alice, axe):
    export = ExportJob.objects.queue_job(write_export, project, alice, format="csv", name="passages.csv", total=80)
    page = signed_in_page(alice)
    with hold_lock(get_lock_path(export.pk)) as export.lock:
        export.report_progress(20)
        page.goto(f"{project.get_absolute_url()}export/{export.pk}/")
        expect(page.get_by_role("progressbar")).to_have_attribute("value", "20")
        assert axe(page) == []
    run_queued_tasks()
    expect(page.get_by_role("link", name="Download passages.csv")).to_be_visible()
