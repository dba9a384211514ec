"""Imports of many articles in the queue of the workers."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from newsreader.bulk_import.running import run_slice
from newsreader.bulk_import.spool import remove_expired_imports
from newsreader.job_locks import get_lock_path, hold_lock
from newsreader.models import ArticleImport

PRIORITY = -10  # below exports, for which a person waits
AGAIN_AFTER = timedelta(minutes=3)  # after which another worker takes up an import whose worker was killed


@task(priority=PRIORITY)
def import_articles(key: str) -> None:
    """Import for a while, and queue the rest, so that others have their turn."""
    if perform_slice(key) and (job := ArticleImport.objects.filter(pk=key).first()):
        queue_import(job)


def perform_slice(key: str) -> bool:
    """Do a part of an import, unless another worker does; return whether there is more to do."""
    path = get_lock_path(key)
    with hold_lock(path) as lock:
        job = ArticleImport.objects.unfinished().select_related("made_by").filter(pk=key).first()
        if lock is None or not job:
            return False
        queue_import(job, AGAIN_AFTER)  # first, so that it goes on whatever becomes of this worker
        if run_slice(job):
            return True
        leave_queue(job)
        path.unlink(missing_ok=True)
        return False


def queue_import(job: ArticleImport, delay: timedelta = timedelta(0)) -> None:
    """Have a worker go on with an import after this time, and not at any other."""
    with transaction.atomic():
        leave_queue(job)
        job.task = UUID(import_articles.using(run_after=timezone.now() + delay).enqueue(str(job.pk)).id)
        ArticleImport.objects.filter(pk=job.pk).update(task=job.task)


def leave_queue(job: ArticleImport) -> None:
    """Remove the entry of an import from the queue, if it is there."""
    if job.task:
        DBTaskResult.objects.filter(pk=job.task, status=TaskResultStatus.READY).delete()


def resume_imports() -> None:
    """Queue the imports whose workers were killed, and remove those that are kept no longer."""
    remove_expired_imports()
    for job in ArticleImport.objects.interrupted():
        queue_import(job)
