"""Imports of many files: what becomes of each, what archives may hold, and that a worker can be killed at any moment."""

import random
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from annotations.management.commands.db_worker import clean_up_jobs
from bulk import describe_library, make_files, make_page, make_zip, queue_files
from conftest import signed_in
from newsreader.bulk_import import running
from newsreader.bulk_import.tasks import perform_slice
from newsreader.models import Article, ArticleImport, ImportItem, Source
from working import fork_worker, kill_fork, run_queued_tasks


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "article-imports"


def list_states(job: ArticleImport) -> dict[str, str]:
    return dict(job.items.values_list("name", "state"))


def import_files(files: dict[str, bytes], **fields) -> ArticleImport:
    job = queue_files(files, **fields)
    run_queued_tasks()
    job.refresh_from_db()
    return job


def test_each_file_has_its_result(curator, folder):
    page = make_page(1)
    job = import_files({"a.html": page, "b.html": page, "c.html": b"<p>Hello</p>"}, by=curator, source="The Quay")
    assert list_states(job) == {"a.html": "added", "b.html": "present", "c.html": "refused"}
    assert job.items.get(name="c.html").why == "No article was found on this page."
    article = Article.objects.get()
    assert (article.source.name, article.current().created_by, job.state) == ("The Quay", curator, "done")
    assert [path.name for path in (folder / str(job.pk)).iterdir()] == [job.items.get(name="c.html").digest]


def test_a_worker_that_runs_already_takes_up_what_another_left(curator, monkeypatch):
    job = queue_files(make_files(3), by=curator)
    monkeypatch.setattr(running, "run_item", die_after_one(running.run_item))
    run_queued_tasks()
    monkeypatch.undo()
    assert sorted(list_states(job).values()) == ["added", "waiting", "waiting"]
    DBTaskResult.objects.update(run_after=timezone.now())  # three minutes later
    run_queued_tasks()
    assert sorted(list_states(job).values()) == ["added", "added", "added"]


def die_after_one(run_item):
    """Return what imports one item, and ends its worker with the next."""
    done = []

    def run(job, item, reader):
        if done:
            raise SystemExit
        done.append(run_item(job, item, reader))

    return run


def test_an_article_is_stored_with_its_result_or_not_at_all(curator, monkeypatch):
    job = queue_files(make_files(1), by=curator)
    monkeypatch.setattr(ImportItem, "finish", die)
    run_queued_tasks()
    assert list_states(job) == {"0000.html": "waiting"} and not Article.objects.exists()
    assert not Source.objects.exists()


def die(*_arguments, **_fields):
    raise SystemExit


def test_what_was_read_when_its_import_was_cancelled_is_not_stored(curator, monkeypatch):
    job, extract = queue_files(make_files(2), by=curator), running.extract_item

    def cancel_meanwhile(*arguments):
        ArticleImport.objects.get().end("cancelled")
        return extract(*arguments)

    monkeypatch.setattr(running, "extract_item", cancel_meanwhile)
    run_queued_tasks()
    assert set(list_states(job).values()) == {"cancelled"} and not Article.objects.exists()


def test_an_item_with_which_ten_workers_ended_is_given_up(curator):
    job = queue_files(make_files(2), by=curator)
    ArticleImport.objects.update(first_item=1, tries=running.MAX_TRIES)
    run_queued_tasks()
    assert list_states(job) == {"0000.html": "failed", "0001.html": "added"}
    assert "interrupted here several times" in job.items.get(number=1).why


def test_an_import_leaves_the_worker_to_others_and_goes_on(curator, monkeypatch):
    monkeypatch.setattr(running, "SLICE_SECONDS", 0)
    job = queue_files(make_files(2), by=curator)
    task = DBTaskResult.objects.get()
    perform_slice(str(job.pk))
    assert job.items.filter(state="waiting").count() == 2
    assert DBTaskResult.objects.get(status=TaskResultStatus.READY).run_after > timezone.now()
    assert task.priority < 0


def test_an_archive_and_its_files_are_items_and_its_refusals_too(curator):
    archive = make_zip({"../a.html": make_page(1), "e.zip": b"PK", "c.png": b"", "d.html": b""})
    job = import_files({"a.zip": archive, "b.zip": b"PK\x03\x04"}, by=curator)
    assert list_states(job) == {
        **{"a.zip": "unpacked", "b.zip": "refused"},
        **{"../a.html": "added", "d.html": "refused", "e.zip": "refused"},
    }
    assert job.left_out == 1
    page = " ".join(signed_in(curator).get(job.get_absolute_url()).content.decode().split())
    assert "One file in the archives could not be read as an article: <bdi" in page and ">c.png</bdi>." in page


def test_what_is_a_week_old_is_removed_with_its_files(curator, folder):
    job = import_files({"a.html": b"<p>Hello</p>"}, by=curator)
    assert (folder / str(job.pk)).exists()
    ArticleImport.objects.update(made_at=timezone.now() - timedelta(days=8))
    clean_up_jobs()
    assert not ArticleImport.objects.exists() and not (folder / str(job.pk)).exists()


@pytest.mark.walk
@pytest.mark.django_db(transaction=True)
def test_an_import_whose_workers_were_killed_leaves_what_an_undisturbed_one_does():
    files = {"a.zip": make_zip(make_files(40)), **{f"x{name}": data for name, data in make_files(5).items()}}
    import_files(files)
    undisturbed = describe_library()
    empty_library()
    job, draw = queue_files(files), random.Random(15)
    for number in (0, 9, 18, 27):
        worker = fork_worker()
        wait_for_items(job, number)
        time.sleep(draw.random() / 10)
        kill_fork(worker)
    assert job.items.filter(state="waiting").exists()
    clean_up_jobs()  # as a worker does that begins
    run_queued_tasks()
    assert describe_library() == undisturbed


def empty_library() -> None:
    """Remove what was imported."""
    for model in (ArticleImport, DBTaskResult, Article, Source):
        model.objects.all().delete()


def wait_for_items(job: ArticleImport, number: int) -> None:
    """Return as soon as so many items have their results."""
    until = time.monotonic() + 120
    while job.items.exclude(state="waiting").count() < number:
        assert time.monotonic() < until
        time.sleep(0.005)
