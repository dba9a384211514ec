"""Large files: a worker imports what was previewed, or nothing, while a page says how far it is."""

import os
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from annotations.imports import views as imports
from annotations.imports.waiting_files import get_file_path
from annotations.models import Event, Highlight, ImportJob, Project
from annotations.models.job import MAX_UNFINISHED_JOBS, get_lock_path, hold_lock, read_progress
from conftest import signed_in
from newsreader.models import Article
from texts import PAGE, extracted
from working import kill_when, run_queued_tasks, start_worker

FEW = 3


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(imports, "MAX_DIRECT_HIGHLIGHTS", FEW - 1)
    return tmp_path


def table(number: int) -> str:
    """So many highlights of the article as Taguette exports them."""
    return "id,document,tag,content\n" + "".join(f"{n},Harbour reopens,loss,Two cranes fell\n" for n in range(number))


def url(project) -> str:
    return f"/projects/{project.slug}/import/"


def preview(client, project, number: int = FEW):
    return client.post(url(project), {"pasted": table(number)})


def agree(client, project, answer):
    return client.post(url(project), {"ticket": answer.context["ticket"]})


def begun(client, project, number: int = FEW) -> ImportJob:
    assert agree(client, project, preview(client, project, number)).status_code == 302
    return ImportJob.objects.latest("made_at")


def page(client, job, **headers) -> str:
    return client.get(f"{url(job.project)}{job.pk}/", headers=headers).content.decode()


def test_a_large_file_is_imported_by_a_worker(alice_client, alice, project, article):
    answer = agree(alice_client, project, preview(alice_client, project))
    job = ImportJob.objects.get()
    assert (answer["Location"], Highlight.objects.count()) == (f"{url(project)}{job.pk}/", 0)
    assert get_file_path(alice, job.digest).exists()
    run_queued_tasks()
    assert "Imported 3 highlights from “<bdi>pasted text</bdi>”" in page(alice_client, job)
    assert Highlight.objects.count() == FEW
    assert Event.objects.get(verb="file brought in").data["highlights"] == FEW
    assert not get_file_path(alice, job.digest).exists()


def test_a_small_file_is_imported_at_once(alice_client, project, article):
    answer = agree(alice_client, project, preview(alice_client, project, FEW - 1))
    assert (answer["Location"], Highlight.objects.count()) == (f"/projects/{project.slug}/passages/", FEW - 1)
    assert not ImportJob.objects.exists()


def test_the_page_says_how_far_it_is_and_looks_again(alice_client, project, article):
    job = begun(alice_client, project)
    assert "It is waiting for its turn." in page(alice_client, job)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    ImportJob.objects.update(state="running")
    with hold_lock(get_lock_path(job.pk)) as job.lock:
        job.report_progress(2)
        shown = page(alice_client, job)
    assert "2 of 3 highlights imported" in shown and "Look again" in shown
    assert 'hx-trigger="every 2s"' in shown and "interrupted" not in shown
    assert page(alice_client, job, hx_request="true").startswith('<div id="import-progress"')


def test_a_job_that_nobody_begins_says_so(alice_client, project, article):
    job = begun(alice_client, project)
    ImportJob.objects.update(made_at=timezone.now() - timedelta(minutes=5))
    assert "It has been waiting since" in page(alice_client, job)


def test_what_changed_after_the_preview_is_not_imported_and_can_be_previewed_again(alice_client, project, article):
    job = begun(alice_client, project)
    Article.objects.update(status="withdrawn")
    run_queued_tasks()
    assert "changed after the preview. Nothing was imported." in page(alice_client, job)
    assert not Highlight.objects.exists()
    Article.objects.update(status="published")
    answer = alice_client.post(url(project), {"again": job.pk})
    assert answer.context["plan"].highlight_count == FEW
    assert agree(alice_client, project, answer).status_code == 302
    run_queued_tasks()
    assert Highlight.objects.count() == FEW


def test_a_failure_leaves_nothing_and_is_told_of(alice_client, project, article, monkeypatch):
    job = begun(alice_client, project)
    monkeypatch.setattr(ImportJob, "report_progress", lambda self, done: 1 / 0)
    run_queued_tasks()
    assert "The import failed." in page(alice_client, job) and "Preview again" in page(alice_client, job)
    assert not Highlight.objects.exists() and not Event.objects.filter(verb="file brought in").exists()


def test_where_it_cannot_be_kept_that_it_is_done_nothing_is_imported(alice_client, project, article):
    def give_out(execute, sql, params, *rest):
        if sql.startswith('UPDATE "annotations_importjob"') and "done" in params:
            raise OperationalError
        return execute(sql, params, *rest)

    job = begun(alice_client, project)
    with connection.execute_wrapper(give_out):
        run_queued_tasks()
    assert "Nothing was imported." in page(alice_client, job)
    assert not Highlight.objects.exists()


def test_a_file_that_is_gone_is_told_of(alice_client, alice, project, article):
    job = begun(alice_client, project)
    get_file_path(alice, job.digest).unlink()
    run_queued_tasks()
    assert "it waits for an hour" in page(alice_client, job)
    assert alice_client.post(url(project), {"again": job.pk}).status_code == 422


def test_a_file_waits_for_an_hour_from_when_it_was_agreed_to(alice_client, alice, project, article):
    answer = preview(alice_client, project)
    (file,) = get_file_path(alice, "").parent.iterdir()
    os.utime(file, (0, 0))
    agree(alice_client, project, answer)
    preview(alice_client, project, FEW + 1)
    assert file.exists()
    run_queued_tasks()
    assert Highlight.objects.count() == FEW


def test_agreeing_twice_imports_once(alice_client, project, article):
    answer = preview(alice_client, project)
    first, second = (agree(alice_client, project, answer) for _ in range(2))
    assert (first["Location"], ImportJob.objects.count()) == (second["Location"], 1)
    run_queued_tasks()
    assert Highlight.objects.count() == FEW
    assert agree(alice_client, project, answer).status_code == 422


def test_so_many_at_once_and_no_more(alice_client, project, article):
    for n in range(MAX_UNFINISHED_JOBS):
        begun(alice_client, project, FEW + n)
    assert agree(alice_client, project, preview(alice_client, project, FEW + MAX_UNFINISHED_JOBS)).status_code == 403
    assert ImportJob.objects.count() == MAX_UNFINISHED_JOBS


def test_who_may_no_longer_highlight_imports_nothing(bob_client, alice_client, bob, project, article, tag):
    alice_client.post(url(project), {"pasted": table(1)})
    project.memberships.filter(user=bob).update(role="curator")
    job = begun(bob_client, project)
    project.memberships.filter(user=bob).update(role="viewer")
    run_queued_tasks()
    assert "You may not import highlights" in page(bob_client, job)
    assert not Highlight.objects.exists()


def test_nobody_else_sees_it(bob_client, charlie_client, visitor, alice_client, project, article):
    job = begun(alice_client, project)
    Project.objects.filter(pk=project.pk).update(public=True)
    for client in (bob_client, charlie_client, visitor):
        assert client.get(f"{url(project)}{job.pk}/").status_code == 404
    assert bob_client.post(url(project), {"again": job.pk}).status_code == 404
    assert alice_client.post(url(project), {"again": "no key"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_file_whose_worker_is_killed_in_the_middle_is_imported_whole_and_once_by_the_next(alice, project):
    Article.objects.store(extracted(PAGE, title="Harbour reopens", site="The Quay"))
    client = signed_in(alice)
    job = begun(client, project, 3000)
    kill_when(start_worker(), lambda: read_progress(get_lock_path(job.pk)) > 0)
    assert not Highlight.objects.exists()
    assert "It was interrupted, and starts again by itself." in page(client, job)
    assert start_worker("--batch").wait(120) == 0
    assert "Imported 3,000 highlights" in page(client, job)
    assert Highlight.objects.count() == 3000
    assert not get_file_path(alice, job.digest).exists() and not get_lock_path(job.pk).exists()
