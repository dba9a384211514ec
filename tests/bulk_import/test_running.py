"""Imports of many files: what becomes of each, what archives may hold, and that a worker can be killed at any moment."""

import random
import time

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from annotations.management.commands.db_worker import clean_up_jobs
from bulk import describe_library, make_files, make_page, make_zip, queue_files
from newsreader.models import Article, ArticleImport, Source
from working import run_queued_tasks, start_worker


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


@pytest.mark.django_db(transaction=True)
def test_an_import_whose_workers_were_killed_leaves_what_an_undisturbed_one_does():
    files = {"a.zip": make_zip(make_files(40)), **{f"x{name}": data for name, data in make_files(5).items()}}
    import_files(files)
    undisturbed = describe_library()
    empty_library()
    job, draw = queue_files(files), random.Random(15)
    workers = {name: start_worker("--worker-id", name) for name in ("one", "two", "three")}
    try:
        for number in (6, 18, 30):
            wait_for_items(job, number)
            time.sleep(draw.random() / 20)
            busy = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).latest("started_at")
            workers[busy.worker_ids[-1]].kill()
            workers[busy.worker_ids[-1]].wait()
            clean_up_jobs()  # as a worker that is begun anew does
    finally:
        for worker in workers.values():
            worker.kill()
            worker.wait()
    assert job.items.filter(state="waiting").exists()
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
