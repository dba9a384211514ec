"""`manage.py db_worker`: the worker of django-tasks-db, which first queues interrupted jobs and what is due."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from annotations.agreement.tasks import compute_agreement
from annotations.exports.tasks import write_export
from annotations.imports.tasks import import_file
from annotations.models import AgreementJob, ExportJob, ImportJob, Project
from annotations.models.job import KEPT_FOR
from annotations.projects.tasks import queue_emptying, remove_projects
from annotations.replies.tasks import schedule_digests
from newsreader.bulk_import.tasks import resume_imports
from newsreader.curation.tasks import queue_curation
from newsreader.feeds.tasks import queue_refreshing
from newsreader.images.tasks import queue_waiting_images
from newsreader.stories import queue_finding

JOBS: dict[Any, Task] = {AgreementJob: compute_agreement, ExportJob: write_export, ImportJob: import_file}


class Command(db_worker.Command):
    """The worker, as `manage.py` runs it."""

    def handle(self, **options: Any) -> None:
        """Clean up, then run queued tasks until told to stop."""
        clean_up_jobs()
        super().handle(**options)


def clean_up_jobs() -> None:
    """Queue interrupted jobs, deletions and the emptying of bins; remove jobs, files and entries of the queue that are a day old."""
    for kind, task in JOBS.items():
        kind.objects.remove_expired()
        kind.objects.requeue_interrupted(task)
    if Project.objects.exclude(deleted_at=None).exists():
        remove_projects.enqueue()
    queue_emptying()
    queue_refreshing()
    resume_imports()
    queue_curation()
    queue_finding()
    queue_waiting_images()
    if settings.NEWSREADER_MAIL:
        schedule_digests()
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()
