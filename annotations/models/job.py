"""Work that takes long: a worker process does it while its page says how far it is."""

import fcntl
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Self
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from annotations.errors import JobFailedError, JobLimitError
from annotations.models.project import Project

A_DAY = timedelta(days=1)
PATIENCE = timedelta(minutes=2)  # after which a job that nobody begins says so
AT_ONCE = 3  # for one person
ATTEMPTS = 3  # a job that stops its worker so often is the cause of it
REPORT_INTERVAL = 0.5  # seconds between two words about how far it is
LOCK_TRIES, LOCK_PAUSE = 10, 0.05  # a page that looks whether a lock is held holds it for a moment itself
INTERRUPTED = "It was interrupted {} times before it was done."


class JobState(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STALE = "stale"  # what it was asked to do would be something else by now


UNFINISHED = (JobState.WAITING, JobState.RUNNING)


class JobQuerySet(models.QuerySet):
    """Jobs that were asked for."""

    def of(self, user) -> Self:
        """Filter to those the user asked for, in projects the user may still see."""
        return self.filter(made_by=user, project__in=Project.objects.visible_to(user))

    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED)

    def begin(self, task: Task, project: Project, by, **fields) -> "Job":
        """Make a job and queue it, with what other workers left; JobLimitError where the person has too many under way.

        Jobs that are a day old are removed.
        """
        with transaction.atomic():
            self.remove_expired()
            self.resume(task)
            if self.unfinished().filter(made_by=by).count() >= AT_ONCE:
                raise JobLimitError
            job = self.create(project=project, made_by=by, **fields)
            job.enqueue(task)
        return job

    def remove_expired(self) -> None:
        """Remove jobs that are a day old, with their files."""
        for job in self.filter(made_at__lt=timezone.now() - A_DAY):
            job.remove_files()
            job.delete()

    def resume(self, task: Task) -> int:
        """Queue again the jobs whose worker was killed, and return how many they are."""
        interrupted = [job for job in self.unfinished() if job.interrupted]
        for job in interrupted:
            job.enqueue(task)
        return len(interrupted)

    def perform(self, key: str, work: Callable[["Job"], None]) -> None:
        """Do the work of one job, unless it is finished or another worker is at it."""
        path = lock_path(key)
        with held(path) as lock:
            if lock is None:
                return
            if job := self.unfinished().select_related("made_by").filter(pk=key).first():
                job.run(work, lock)
            path.unlink(missing_ok=True)


class Job(models.Model):
    """Who asked for it, and how it went.

    While a process works on a job it holds the lock of a file in the data folder, and writes there how far it is: a lock
    ends with its process, however that ends; and SQLite lets nobody write to the database who is in the middle of reading.
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
    def unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def queued(self) -> bool:
        """Whether it waits in the queue for a worker to begin."""
        return DBTaskResult.objects.filter(pk=self.task, status=TaskResultStatus.READY).exists()

    @property
    def interrupted(self) -> bool:
        """Whether a worker began it and was stopped before the end."""
        return self.unfinished and not self.queued and not is_held(lock_path(self.pk))

    @property
    def overdue(self) -> bool:
        """Whether it waits for so long that perhaps no worker runs."""
        return self.state == JobState.WAITING and self.made_at < timezone.now() - PATIENCE and self.queued

    @property
    def done(self) -> int:
        """How much of `total` is done."""
        return min(progress_in(lock_path(self.pk)), self.total) if self.unfinished else self.total

    def run(self, work: Callable[["Job"], None], lock: int) -> None:
        """Do the work, which ends by calling `finish`; where it fails, keep why."""
        if self.attempts >= ATTEMPTS:
            self.fail(INTERRUPTED.format(ATTEMPTS))
            return
        self.lock, self.attempts, self.state = lock, self.attempts + 1, JobState.RUNNING
        self.save(update_fields=["attempts", "state"])
        error = self.attempt(work)
        if error is not None:
            self.fail(error)

    def attempt(self, work: Callable[["Job"], None]) -> str | None:
        """Do the work, and return None or what is said of its failure."""
        try:
            work(self)
        except JobFailedError as failure:
            return str(failure)
        except Exception:
            logging.getLogger(__name__).exception("A job failed: %s", self)
            return ""
        return None

    def tell(self, done: int) -> None:
        """Say how much of `total` is done."""
        os.pwrite(self.lock, b"%d" % done, 0)

    def finish(self, state: JobState, **fields) -> bool:
        """Keep how it went; False where the job was removed in the meantime."""
        return bool(type(self).objects.filter(pk=self.pk).update(state=state, **fields))

    def fail(self, error: str = "") -> None:
        if not connection.in_atomic_block:
            connection.close()  # with what may still be read there: on SQLite that would be in the way of writing
        self.finish(JobState.FAILED, error=error)

    def remove_files(self) -> None:
        lock_path(self.pk).unlink(missing_ok=True)


def lock_path(key: UUID | str) -> Path:
    return settings.DATA_DIR / "jobs" / str(key)


@contextmanager
def held(path: Path) -> Iterator[int | None]:
    """Hold the lock of an emptied file while the block runs, and give its descriptor; None where another process holds it."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        locked = any(acquired(file) for _ in range(LOCK_TRIES))
        if locked:
            os.ftruncate(file, 0)
        yield file if locked else None
    finally:
        os.close(file)


def acquired(file: int) -> bool:
    """Whether the lock could be had; after a pause where it could not."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        time.sleep(LOCK_PAUSE)
        return False
    return True


def is_held(path: Path) -> bool:
    """Whether a living process holds the lock of this file."""
    try:
        file = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def progress_in(path: Path) -> int:
    try:
        return int(path.read_text() or 0)
    except FileNotFoundError:
        return 0
