"""Jobs: long work that a worker process does while a page shows its progress."""

import logging
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Self, TypeVar
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from annotations.errors import JobFailedError, JobLimitError
from annotations.models.project import Project
from newsreader.disk import is_disk_full
from newsreader.job_locks import get_lock_path, hold_lock, is_locked

AnyJob = TypeVar("AnyJob", bound="Job")

KEPT_FOR = timedelta(days=1)
OVERDUE_AFTER = timedelta(minutes=2)  # in the queue: perhaps no worker runs
MAX_UNFINISHED_JOBS = 3  # for one person
MAX_ATTEMPTS = 3  # a job that stops its worker so often is the cause of it
REPORT_SECONDS = 0.5  # between two reports of progress
DISK_FULL = gettext_noop(
    "The disk of this server is full. Try again when the administrator of this site has freed space."
)
INTERRUPTED = gettext_noop("It was interrupted %(number)s times.")


class JobState(models.TextChoices):
    """How far a job is; the values are stored."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STALE = "stale"  # by now it would do something else than was asked for


UNFINISHED_STATES = (JobState.WAITING, JobState.RUNNING)


class JobQuerySet(models.QuerySet[AnyJob]):
    """Jobs of one kind: who asked for them, and how they are queued, resumed and performed."""

    def requested_by(self, user: User) -> Self:
        """Return those the user asked for, in projects the user may still see."""
        return self.filter(made_by=user, project__in=Project.objects.visible_to(user))

    def unfinished(self) -> Self:
        """Return those that wait or run."""
        return self.filter(state__in=UNFINISHED_STATES)

    def queue_job(self, task: Task, project: Project, user: User, **fields: Any) -> AnyJob:
        """Return a new job in the queue; JobLimitError where the user has too many unfinished ones.

        Expired jobs are removed and interrupted ones are queued again first.
        """
        with transaction.atomic():
            self.remove_expired()
            self.requeue_interrupted(task)
            if self.unfinished().filter(made_by=user).count() >= MAX_UNFINISHED_JOBS:
                raise JobLimitError
            job = self.create(project=project, made_by=user, **fields)
            job.enqueue(task)
        return job

    def remove_expired(self) -> None:
        """Remove jobs that are a day old, with their files."""
        for job in self.filter(made_at__lt=timezone.now() - KEPT_FOR):
            job.remove_files()
            job.delete()

    def requeue_interrupted(self, task: Task) -> int:
        """Queue again the jobs whose worker was killed, and return how many they are."""
        interrupted = [job for job in self.unfinished() if job.is_interrupted]
        for job in interrupted:
            job.enqueue(task)
        return len(interrupted)

    def perform_job(self, key: str, work: Callable[[AnyJob], None]) -> None:
        """Do the work of one job, unless it is finished or another worker has its lock."""
        path = get_lock_path(key)
        with hold_lock(path) as lock:
            if lock is None:
                return
            if job := self.unfinished().select_related("made_by").filter(pk=key).first():
                job.run(work, lock)
            path.unlink(missing_ok=True)


class Job(models.Model):
    """Who asked for it, and how it went.

    While a process works on a job it holds the lock of a file in the data folder, and writes its progress there: a lock
    ends with its process, however that ends; and on SQLite nobody can write to the database in the middle of reading.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)  # of the file
    total = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    error = models.TextField(blank=True)
    task = models.UUIDField(null=True)  # its entry in the queue
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["-made_at"]

    lock: int | None = None  # the descriptor of the locked file, while this process works on the job

    def __str__(self) -> str:
        return self.name

    def enqueue(self, task: Task) -> None:
        """Put the job into the queue of the workers."""
        with transaction.atomic():
            self.task = UUID(task.enqueue(str(self.pk)).id)
            self.save(update_fields=["task"])

    @property
    def is_unfinished(self) -> bool:
        """Whether it waits or runs."""
        return self.state in UNFINISHED_STATES

    @property
    def is_queued(self) -> bool:
        """Whether it waits in the queue for a worker to begin."""
        return (
            self.task is not None and DBTaskResult.objects.filter(pk=self.task, status=TaskResultStatus.READY).exists()
        )

    @property
    def is_interrupted(self) -> bool:
        """Whether a worker began it and was stopped before the end."""
        return self.is_unfinished and not self.is_queued and not is_locked(get_lock_path(self.pk))

    @property
    def is_overdue(self) -> bool:
        """Whether it waits for so long that perhaps no worker runs."""
        return self.state == JobState.WAITING and self.made_at < timezone.now() - OVERDUE_AFTER and self.is_queued

    @property
    def progress(self) -> int:
        """How much of `total` is done."""
        return min(read_progress(get_lock_path(self.pk)), self.total) if self.is_unfinished else self.total

    def run(self, work: Callable[[Any], None], lock: int) -> None:
        """Do the work, which ends by calling `finish`; where it fails, keep the reason."""
        if self.attempts >= MAX_ATTEMPTS:
            self.fail(_(INTERRUPTED) % {"number": MAX_ATTEMPTS})
            return
        self.lock, self.attempts, self.state = lock, self.attempts + 1, JobState.RUNNING
        self.save(update_fields=["attempts", "state"])
        error = self.attempt(work)
        if error is not None:
            self.fail(error)

    def attempt(self, work: Callable[[Any], None]) -> str | None:
        """Do the work; return None, or the message of its failure ("" where there is nothing to tell people)."""
        try:
            work(self)
        except JobFailedError as failure:
            return str(failure)
        except Exception as error:
            logging.getLogger(__name__).exception("A job failed: %s", self)
            return _(DISK_FULL) if is_disk_full(error) else ""
        return None

    def report_progress(self, done: int) -> None:
        """Write how much of `total` is done into the locked file."""
        if self.lock is not None:
            os.pwrite(self.lock, b"%d" % done, 0)

    def finish(self, state: JobState, **fields: Any) -> bool:
        """Keep the outcome; return False where the job was removed in the meantime."""
        return bool(type(self)._default_manager.filter(pk=self.pk).update(state=state, **fields))

    def fail(self, error: str = "") -> None:
        """Keep that the work failed, and the reason as people may read it."""
        if not connection.in_atomic_block:
            connection.close()  # with any cursor that is still open: on SQLite that would prevent writing
        self.finish(JobState.FAILED, error=error)

    def remove_files(self) -> None:
        """Remove what the job keeps in the data folder."""
        get_lock_path(self.pk).unlink(missing_ok=True)


def read_progress(path: Path) -> int:
    """Return what `report_progress` wrote last; 0 where there is nothing yet."""
    try:
        return int(path.read_text() or 0)
    except FileNotFoundError:
        return 0
