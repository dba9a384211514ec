"""Long exports: begun, watched, fetched by who asked for them, and taken up again where they stopped."""

import os
import stat
from datetime import timedelta
from logging import getLogger

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from annotations.exchange.formats import FORMATS
from annotations.exports import views as exporting
from annotations.exports.tasks import write_export
from annotations.management.commands.db_worker import clean_up_jobs
from annotations.models import ExportJob, Project, Tag
from annotations.models.job import MAX_ATTEMPTS, MAX_UNFINISHED_JOBS, get_lock_path, hold_lock
from benchmarks.newsroom import filled
from storm import marked, report
from working import kill_when, run_queued_tasks, start_worker


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "exports"


@pytest.fixture
def passages(project, alice, bob):
    storm = report()
    for words, reader in [("12 people", alice), ("Two cranes", bob)]:
        marked(storm, project, reader, words, tags=Tag.objects.get_or_create_named(project, ["loss"], by=alice))


def made(project, user, **fields) -> ExportJob:
    fields = {"format": "csv", "name": "passages.csv", "total": 2, "site": "http://testserver/"} | fields
    return ExportJob.objects.queue_job(write_export, project, user, **fields)


def killed(export) -> None:
    """As if a worker had begun the export and then been killed."""
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    export.state, export.attempts = "running", export.attempts + 1
    export.save()


def page(client, export, **headers):
    return client.get(f"/projects/{export.project.slug}/export/{export.pk}/", headers=headers)


def fetched(client, export):
    return client.get(f"/projects/{export.project.slug}/export/{export.pk}/file/")


def write_exports(project, user, *sizes: int) -> list[ExportJob]:
    """Write exports of these sizes in bytes, one after the other."""
    exports = []
    for size in sizes:
        exports.append(made(project, user))
        exports[-1].write([b"x" * size])
    return exports


def list_kept(folder, exports) -> list[int]:
    """Return the numbers of the exports that are still there, each with its file."""
    jobs, files = set(ExportJob.objects.values_list("pk", flat=True)), {file.name for file in folder.iterdir()}
    assert {str(job) for job in jobs} == files
    return [number for number, export in enumerate(exports) if export.pk in jobs]


def test_newer_files_of_one_person_take_the_place_of_the_oldest(project, alice, bob, folder, settings):
    settings.NEWSREADER_KEPT_FILES = 2
    exports = [*write_exports(project, bob, 1), *write_exports(project, alice, 1, 1, 1)]
    assert list_kept(folder, exports) == [0, 2, 3]


def test_so_do_larger_ones(project, alice, folder, settings):
    settings.NEWSREADER_KEPT_MB = 1
    exports = write_exports(project, alice, 300_000, 400_000, 500_000)
    assert list_kept(folder, exports) == [1, 2]


def test_a_file_larger_than_one_person_may_keep_is_refused_in_words(
    alice_client, project, alice, passages, folder, settings
):
    (kept,) = write_exports(project, alice, 1)
    settings.NEWSREADER_KEPT_MB = 0
    export = made(project, alice)
    run_queued_tasks()
    said = page(alice_client, export).content.decode()
    assert "exceeds the 0 MB that each user can keep. Export fewer passages at a time" in said
    assert [file.name for file in folder.iterdir()] == [str(kept.pk)]


def test_a_file_for_which_the_disk_has_no_room_is_said_to_be_one(alice_client, project, alice, passages, folder):
    export = made(project, alice)
    folder.mkdir()
    export.partial_path.symlink_to("/dev/full")
    run_queued_tasks()
    assert "The disk of this server is full" in page(alice_client, export).content.decode()
    assert list(folder.iterdir()) == []


def test_only_its_owner_may_read_a_file(project, alice):
    before = os.umask(0o022)
    try:
        (export,) = write_exports(project, alice, 1)
    finally:
        os.umask(before)
    assert stat.S_IMODE(export.path.stat().st_mode) == 0o600


@pytest.mark.parametrize("form", ["csv", "xlsx", "obsidian"])
def test_a_file_is_written_by_a_worker_and_is_what_is_sent_at_once(alice_client, project, passages, form):
    base = f"/projects/{project.slug}/export/"
    answer = alice_client.post(f"{base}prepare/?q=cranes", {"format": form})
    assert "Waiting to start." in page(alice_client, ExportJob.objects.get()).content.decode()
    run_queued_tasks()
    export = ExportJob.objects.get()
    assert (answer["Location"], export.state, export.total) == (f"{base}{export.pk}/", "done", 1)
    assert "The file is ready" in page(alice_client, export).content.decode()
    content = b"".join(fetched(alice_client, export).streaming_content)
    if form == "csv":
        assert content == b"".join(alice_client.get(f"{base}?q=cranes&format=csv").streaming_content)
    else:
        assert content.startswith(b"PK")


def test_the_page_says_how_far_it_is_and_looks_again(alice_client, alice, project):
    export = made(project, alice, total=200)
    with hold_lock(get_lock_path(export.pk)) as export.lock:
        DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
        export.report_progress(50)
        shown = page(alice_client, export).content.decode()
    assert 'max="200" value="50"' in shown and "50 of 200 passages written</label>" in shown
    assert 'hx-trigger="every 2s"' in shown and "Refresh" in shown
    assert page(alice_client, export, hx_request="true").content.decode().startswith('<div id="export-progress"')
    assert fetched(alice_client, export).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_file_whose_worker_is_killed_while_it_writes_is_written_whole_by_the_next(alice_client, alice, settings):
    project, _ = filled(alice, 100, 10_000)
    export = made(project, alice, total=10_000)
    kill_when(start_worker(), lambda: export.partial_path.exists() and export.partial_path.stat().st_size > 100_000)
    assert not export.path.exists() and fetched(alice_client, export).status_code == 404
    assert "Interrupted; it will restart automatically." in page(alice_client, export).content.decode()
    assert start_worker("--batch").wait(120) == 0
    content = b"".join(fetched(alice_client, export).streaming_content)
    assert content == b"".join(alice_client.get(f"/projects/{project.slug}/export/?format=csv").streaming_content)
    assert not export.partial_path.exists() and not get_lock_path(export.pk).exists()


def test_a_file_that_stops_its_worker_each_time_is_given_up(alice_client, alice, project):
    export = made(project, alice, query="tag=loss")
    for _ in range(MAX_ATTEMPTS):
        killed(export)
        clean_up_jobs()
        export.refresh_from_db()
    run_queued_tasks()
    shown = page(alice_client, export).content.decode()
    assert f"It was interrupted {MAX_ATTEMPTS} times" in shown and "every 2s" not in shown
    assert f'action="/projects/{project.slug}/export/prepare/?tag=loss"' in shown


def test_a_new_file_takes_those_along_that_a_worker_left(alice, project, passages):
    left = made(project, alice)
    killed(left)
    made(project, alice)
    run_queued_tasks()
    assert set(ExportJob.objects.values_list("state", flat=True)) == {"done"}


def test_what_another_worker_is_at_is_left_to_it(alice, project, passages):
    export = made(project, alice)
    with hold_lock(get_lock_path(export.pk)):
        run_queued_tasks()
    export.refresh_from_db()
    assert (export.state, export.path.exists()) == ("waiting", False)


def test_a_file_that_nobody_begins_says_so(alice_client, alice, project):
    export = made(project, alice, made_at=timezone.now() - timedelta(minutes=5))
    assert "Waiting since" in page(alice_client, export).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_writer_that_fails_while_it_reads_is_reported(alice_client, alice, monkeypatch):
    def fail_later(sections, about):
        lines = iter(next(sections).items)
        yield str(next(lines))
        written_meanwhile(project)
        raise OSError("No space left on device")

    project, _ = filled(alice, 10, 3000)
    monkeypatch.setattr(
        getLogger("annotations.models.job"), "disabled", True
    )  # pytest keeps what is logged, open cursors too
    monkeypatch.setitem(FORMATS, "csv", FORMATS["csv"]._replace(write=fail_later))
    export = made(project, alice)
    run_queued_tasks()
    shown = page(alice_client, export).content.decode()
    assert "The export failed." in shown and "Try again" in shown
    assert fetched(alice_client, export).status_code == 404


def written_meanwhile(project) -> None:
    """As if another process wrote to the database."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("UPDATE annotations_project SET about = 'Changed' WHERE slug = %s", [project.slug])
    other.close()


def test_links_in_the_file_lead_to_the_address_at_which_it_was_asked_for(alice_client, project, passages, settings):
    settings.ALLOWED_HOSTS = ["reader.example"]
    address = f"/projects/{project.slug}/export/prepare/"
    alice_client.post(address, {"format": "csv"}, headers={"host": "reader.example"})
    run_queued_tasks()
    assert "http://reader.example/highlights/" in ExportJob.objects.get().path.read_text()


def test_the_file_holds_what_its_maker_may_read_when_it_is_written(alice_client, project, passages):
    alice_client.post(f"/projects/{project.slug}/export/prepare/", {"format": "csv"})
    passages_gone = Project.objects.get(pk=project.pk).highlights.first().article
    type(passages_gone).objects.filter(pk=passages_gone.pk).update(status="withdrawn")
    run_queued_tasks()
    assert len(ExportJob.objects.get().path.read_text().splitlines()) == 1


def test_nothing_is_written_for_who_no_longer_sees_the_project(bob_client, bob, project, passages):
    bob_client.post(f"/projects/{project.slug}/export/prepare/", {"format": "csv"})
    project.memberships.filter(user=bob).delete()
    run_queued_tasks()
    export = ExportJob.objects.get()
    assert (export.state, export.path.exists()) == ("failed", False)
    assert "have access" in export.error


def test_nobody_else_sees_it(bob_client, charlie_client, visitor, alice, project, folder):
    Project.objects.filter(pk=project.pk).update(public=True)
    export = made(project, alice, state="done")
    folder.mkdir()
    export.path.write_text("secret")
    for client in (bob_client, charlie_client, visitor):
        assert {page(client, export).status_code, fetched(client, export).status_code} == {404}


def test_its_maker_who_no_longer_sees_the_project_has_no_way_to_it(alice_client, bob_client, bob, project, folder):
    export = made(project, bob, state="done")
    project.memberships.filter(user=bob).delete()
    assert page(bob_client, export).status_code == 404


def test_only_members_have_files_prepared(charlie_client, visitor, project):
    address = f"/projects/{project.slug}/export/prepare/"
    assert charlie_client.post(address, {"format": "csv"}).status_code == 404
    Project.objects.filter(pk=project.pk).update(public=True)
    assert charlie_client.post(address, {"format": "csv"}).status_code == 403
    assert visitor.post(address, {"format": "csv"}).status_code == 302
    assert not ExportJob.objects.exists()


def test_so_many_at_once_and_no_more(alice_client, alice, project):
    for _ in range(MAX_UNFINISHED_JOBS):
        made(project, alice)
    answer = alice_client.post(f"/projects/{project.slug}/export/prepare/", {"format": "csv"})
    assert (answer.status_code, ExportJob.objects.count()) == (403, MAX_UNFINISHED_JOBS)
    run_queued_tasks()
    assert made(project, alice)


def test_files_of_yesterday_go_when_new_ones_are_made(alice, project, folder):
    old = made(project, alice, state="done", made_at=timezone.now() - timedelta(days=2))
    folder.mkdir()
    old.path.write_text("old")
    made(project, alice)
    assert not old.path.exists() and not ExportJob.objects.filter(pk=old.pk).exists()


def test_a_worker_that_starts_removes_files_of_yesterday_and_of_projects_that_are_gone(alice, project, folder):
    old, orphan = made(project, alice, state="done"), folder / "orphan"
    ExportJob.objects.update(made_at=timezone.now() - timedelta(days=2))
    folder.mkdir()
    for file in (old.path, orphan):
        file.write_text("old")
    os.utime(orphan, (0, 0))
    clean_up_jobs()
    assert list(folder.iterdir()) == [] and not ExportJob.objects.exists()


def test_an_unknown_format_is_not_prepared(alice_client, project):
    assert alice_client.post(f"/projects/{project.slug}/export/prepare/", {"format": "exe"}).status_code == 404


@pytest.mark.parametrize(("most", "offered"), [(1, True), (2, False)])
def test_long_exports_are_offered_to_be_prepared(alice_client, project, passages, monkeypatch, most, offered):
    monkeypatch.setattr(exporting, "LONG_EXPORT", most)
    shown = alice_client.get(f"/projects/{project.slug}/export/?tag=loss").content.decode()
    assert ("Prepare export" in shown) is offered
    assert (f'action="/projects/{project.slug}/export/prepare/?tag=loss"' in shown) is offered
