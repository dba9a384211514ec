"""`manage.py db_worker`: the worker of django-tasks-db, which first takes up what killed workers left."""

from typing import Any

from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from annotations.exports.tasks import write_export
from annotations.imports.tasks import import_file
from annotations.models import ExportJob, ImportJob
from annotations.models.job import A_DAY


class Command(db_worker.Command):
    """The worker, after a clean-up."""

    def handle(self, **options: Any) -> None:
        clean_up()
        super().handle(**options)


def clean_up() -> None:
    """Queue interrupted jobs again; remove what is a day old from the queue, and jobs with their files."""
    for jobs, task in ((ExportJob.objects, write_export), (ImportJob.objects, import_file)):
        jobs.remove_expired()
        jobs.resume(task)
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - A_DAY).delete()
