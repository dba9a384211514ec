"""Large files: a worker imports what was previewed, or nothing, while a page says how far it is."""

import io
import os
from collections import Counter
from datetime import timedelta
from threading import Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from annotations.exchange.refi_write import write_qdpx
from annotations.exports.records import build_refi_project
from annotations.imports import apply, batches
from annotations.imports import views as imports
from annotations.imports.waiting_files import get_file_path
from annotations.models import (
    Event,
    Highlight,
    HighlightEntry,
    HighlightTag,
    ImportJob,
    Placement,
    Project,
    Tag,
)
from annotations.models.job import MAX_ATTEMPTS, MAX_UNFINISHED_JOBS, get_lock_path, hold_lock, read_progress
from conftest import signed_in
from newsreader.models import Article
from newsreader.text.html.sanitizer import clean
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


def everything_of(project) -> dict[str, int]:
    """How many highlights, tags and events a project has, and entries the search."""
    rows = [*Highlight.objects.filter(project=project), *HighlightTag.objects.all(), *HighlightEntry.objects.all()]
    names = [type(row).__name__ for row in [*rows, *project.tags.all(), *Placement.objects.all()]]
    return Counter(names) + Counter(project.events.values_list("verb", flat=True))


def run_in_thread(act) -> None:
    """Do something over another connection, and wait until it is done."""
    thread = Thread(target=act)
    thread.start()
    thread.join()


def between_batches(monkeypatch, act) -> None:
    """Do something after each batch of FEW highlights."""
    monkeypatch.setattr(batches, "BATCH_SIZE", FEW)
    monkeypatch.setattr(ImportJob, "report_progress", lambda self, done: act())


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
    assert Event.objects.get(verb="file imported").data["highlights"] == FEW
    assert not get_file_path(alice, job.digest).exists()


def test_a_small_file_is_imported_at_once(alice_client, project, article):
    answer = agree(alice_client, project, preview(alice_client, project, FEW - 1))
    assert (answer["Location"], Highlight.objects.count()) == (f"/projects/{project.slug}/passages/", FEW - 1)
    assert not ImportJob.objects.exists()


def test_many_new_tags_are_left_to_a_worker_too(alice_client, project, article, monkeypatch):
    monkeypatch.setattr(imports, "MAX_DIRECT_TAGS", 0)
    begun(alice_client, project, FEW - 1)
    assert not Tag.objects.exists()
    run_queued_tasks()
    assert (Tag.objects.get().name, Highlight.objects.standing().count()) == ("loss", FEW - 1)


def test_the_page_says_how_far_it_is_and_looks_again(alice_client, project, article):
    job = begun(alice_client, project)
    assert "Waiting to start." in page(alice_client, job)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    ImportJob.objects.update(state="running")
    with hold_lock(get_lock_path(job.pk)) as job.lock:
        job.report_progress(2)
        shown = page(alice_client, job)
    assert "2 of 3 highlights imported" in shown and "Refresh" in shown
    assert 'hx-trigger="every 2s"' in shown and "interrupted" not in shown
    assert page(alice_client, job, hx_request="true").startswith('<div id="import-progress"')


def test_a_job_that_nobody_begins_says_so(alice_client, project, article):
    job = begun(alice_client, project)
    ImportJob.objects.update(made_at=timezone.now() - timedelta(minutes=5))
    assert "Waiting since" in page(alice_client, job)


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


def test_a_large_codebook_leads_to_the_codebook(alice_client, project, monkeypatch):
    monkeypatch.setattr(imports, "MAX_DIRECT_TAGS", 1)
    answer = alice_client.post(url(project), {"pasted": "name;description\nquay;\nmole;\n"})
    agree(alice_client, project, answer)
    run_queued_tasks()
    shown = page(alice_client, ImportJob.objects.get())
    assert (
        "which has no highlights" in shown and f"/projects/{project.slug}/tags/" in shown and "Imported 0" not in shown
    )


def test_ten_times_as_many_highlights_take_as_many_queries(alice_client, project, article):
    numbers = []
    for number in (20, 200):
        begun(alice_client, project, number)
        with CaptureQueriesContext(connection) as queries:
            run_queued_tasks()
        numbers.append(len(queries))
        assert Highlight.objects.standing().count() == number
        HighlightTag.objects.all().delete()
        Highlight.objects.all().delete()
    assert numbers[0] >= numbers[1]


def test_a_preview_of_ten_times_as_many_takes_as_many_queries(alice_client, project, article):
    numbers = []
    for number in (20, 200):
        with CaptureQueriesContext(connection) as queries:
            assert preview(alice_client, project, number).context["plan"].highlight_count == number
        numbers.append(len(queries))
    assert numbers[0] >= numbers[1]


def test_the_worker_needs_no_upload_to_be_read_again(alice_client, project, article, monkeypatch):
    begun(alice_client, project)
    monkeypatch.setattr("annotations.exchange.reading.WORKER_COMMAND", ["/nowhere"])
    run_queued_tasks()
    assert Highlight.objects.standing().count() == FEW


def test_a_file_that_another_release_kept_is_to_be_sent_again(alice_client, alice, project, article):
    job = begun(alice_client, project)
    get_file_path(alice, job.digest).write_bytes(b'{"kind": "Taguette table", "records": [["id"]]}')
    run_queued_tasks()
    assert "has expired (after one hour)" in page(alice_client, job)


def test_a_failure_leaves_nothing_and_is_reported(alice_client, project, article, monkeypatch):
    job = begun(alice_client, project)
    monkeypatch.setattr(ImportJob, "report_progress", lambda self, done: 1 / 0)
    run_queued_tasks()
    assert "The import failed." in page(alice_client, job) and "Preview again" in page(alice_client, job)
    assert everything_of(project) == {"import taken back": 1}


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


def test_a_file_that_is_gone_is_reported(alice_client, alice, project, article):
    job = begun(alice_client, project)
    get_file_path(alice, job.digest).unlink()
    run_queued_tasks()
    assert "has expired (after one hour)" in page(alice_client, job)
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
    assert "You can no longer import highlights" in page(bob_client, job)
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
    job = begun(client, project, 600)
    kill_when(start_worker(), lambda: read_progress(get_lock_path(job.pk)) > 0)
    assert Highlight.objects.exists() and not Highlight.objects.standing().exists()
    assert "Interrupted; it will restart automatically." in page(client, job)
    assert start_worker("--batch").wait(120) == 0
    assert "Imported 600 highlights" in page(client, job)
    assert (Highlight.objects.count(), Highlight.objects.standing().count()) == (600, 600)
    assert Event.objects.filter(verb="highlight imported").count() == 600
    assert not get_file_path(alice, job.digest).exists() and not get_lock_path(job.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_others_write_between_the_batches_and_see_nothing_before_all_is_there(alice, bob, project, monkeypatch):
    article = Article.objects.store(extracted(PAGE, title="Harbour reopens", site="The Quay")).article
    client, seen = signed_in(alice), []
    words = {"revision": 1, "start": 4, "end": 11, "exact": article.current().text[4:11], "project": project.slug}

    def highlight_beside() -> None:
        other = signed_in(bob)
        made = other.post(f"{article.get_absolute_url()}highlights/", words).status_code
        passages = other.get(f"/projects/{project.slug}/passages/").content.decode()
        pending = Highlight.objects.filter(author=alice).first()
        found = [client.get(f"/highlights/{pending.pk}/").status_code, client.get("/?q=cranes").status_code]
        seen.append((made, "Two cranes fell" in passages, *found))
        connections.close_all()

    between_batches(monkeypatch, lambda: run_in_thread(highlight_beside))
    job = begun(client, project, 4 * FEW)
    run_queued_tasks()
    assert seen == [(302, False, 404, 200)] * 4
    assert f"Imported {4 * FEW} highlights" in page(client, job)
    assert [Highlight.objects.standing().filter(author=who).count() for who in (alice, bob)] == [4 * FEW, 4]


def test_a_tag_that_somebody_took_up_meanwhile_stays_when_the_import_fails(
    alice_client, bob, project, article, revision, monkeypatch
):
    def take_up() -> None:
        tag = Tag.objects.get(name="loss")
        Highlight.objects.make(project=project, revision=revision, author=bob, start=4, end=11, tags=[tag])
        raise RuntimeError

    between_batches(monkeypatch, take_up)
    begun(alice_client, project)
    run_queued_tasks()
    assert [tag.name for tag in project.tags.all()] == ["loss"]
    assert [made.author for made in Highlight.objects.all()] == [bob]


def test_what_somebody_highlighted_meanwhile_is_not_made_twice(alice_client, alice, project, article, monkeypatch):
    def make_the_same() -> None:
        pending = Highlight.objects.first()
        place = {"revision": pending.revision, "start": pending.start, "end": pending.end}
        Highlight.objects.make(project=project, author=alice, tags=list(project.tags.all()), **place)

    between_batches(monkeypatch, make_the_same)
    job = begun(alice_client, project)
    run_queued_tasks()
    assert "changed after the preview. Nothing was imported." in page(alice_client, job)
    assert Highlight.objects.count() == 1


def test_a_text_that_is_corrected_meanwhile_takes_all_highlights_with_it(
    alice_client, curator, project, article, monkeypatch
):
    """The article is corrected in the instant before each batch is written."""
    write, texts = apply.write_batch, iter([PAGE.replace("Two cranes", "Both cranes"), PAGE, PAGE + "<p>More</p>"])

    def correct_and_write(*batch):
        article.revise(clean(next(texts)), created_by=curator)
        write(*batch)

    monkeypatch.setattr(apply, "write_batch", correct_and_write)
    monkeypatch.setattr(batches, "BATCH_SIZE", FEW)
    begun(alice_client, project, 3 * FEW)
    run_queued_tasks()
    assert Highlight.objects.standing().count() == 3 * FEW
    numbers = Counter(Placement.objects.values_list("revision__number", flat=True))
    assert numbers == dict.fromkeys((2, 3, 4), 3 * FEW)


@pytest.mark.parametrize("fails", [True, False])
def test_new_articles_are_published_with_their_highlights_or_not_at_all(
    curator, project, highlight, article, monkeypatch, fails
):
    file = io.BytesIO()
    write_qdpx(file, build_refi_project(project, Highlight.objects.all()))
    other = Project.objects.create_owned("Elsewhere", owner=curator)
    HighlightTag.objects.all().delete()
    Highlight.objects.all().delete()
    article.delete()
    monkeypatch.setattr(imports, "MAX_DIRECT_LENGTH", 10)
    statuses = []

    def look() -> None:
        statuses.append(Article.objects.get().status)
        if fails:
            raise RuntimeError

    between_batches(monkeypatch, look)
    client = signed_in(curator)
    answer = client.post(url(other), {"file": SimpleUploadedFile("study.qdpx", file.getvalue())})
    assert agree(client, other, answer).status_code == 302
    run_queued_tasks()
    assert statuses == ["draft"]
    assert [found.status for found in Article.objects.all()] == ([] if fails else ["published"])
    assert Highlight.objects.standing().filter(project=other).count() == (0 if fails else 1)


def test_what_stopped_its_worker_again_and_again_is_taken_back(alice_client, alice, project, highlight):
    job = begun(alice_client, project)
    Highlight.objects.update(pending_import=job, deleted_at=timezone.now())
    ImportJob.objects.update(attempts=MAX_ATTEMPTS)
    run_queued_tasks()
    assert "interrupted 3 times" in page(alice_client, job)
    assert not Highlight.objects.exists()


def test_who_may_no_longer_highlight_at_the_end_imports_nothing(bob_client, bob, project, article, tag, monkeypatch):
    project.memberships.filter(user=bob).update(role="curator")
    between_batches(monkeypatch, lambda: project.memberships.filter(user=bob).update(role="viewer"))
    job = begun(bob_client, project)
    run_queued_tasks()
    assert "Nothing was imported." in page(bob_client, job)
    assert not Highlight.objects.exists()
