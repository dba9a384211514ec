"""Jobs that write a file, which is kept for a day."""

import os
from collections.abc import Iterable
from pathlib import Path
from time import time
from typing import Any, TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

from annotations.errors import JobFailedError
from annotations.models import quota
from annotations.models.job import KEPT_FOR, Job, JobQuerySet, JobState
from newsreader.private_files import open_private

AnyFileJob = TypeVar("AnyFileJob", bound="FileJob")


class FileJobQuerySet(JobQuerySet[AnyFileJob]):
    """Jobs whose files are kept for a day."""

    def remove_expired(self) -> None:
        """Remove jobs and files that are a day old, the files of deleted projects too."""
        super().remove_expired()
        for file in get_job_folder(self.model.folder).glob("*"):
            if file.stat().st_mtime < time() - KEPT_FOR.total_seconds():
                file.unlink(missing_ok=True)

    def remove_superseded(self, newest: Any) -> None:
        """Remove the oldest files of a person that have no room beside the newest one, with their jobs."""
        others = self.filter(made_by=newest.made_by, state=JobState.DONE).exclude(pk=newest.pk).order_by("made_at")
        jobs = list(others)
        number = quota.count_superseded([job.size for job in jobs], [newest.size])
        for job in jobs[:number]:
            job.remove_files()
            job.delete()


class FileJob(Job):
    """A job that writes one file."""

    folder = ""  # in the data folder

    class Meta(Job.Meta):
        abstract = True

    @property
    def path(self) -> Path:
        """Where the file is once it is whole."""
        return get_job_folder(self.folder) / str(self.pk)

    @property
    def partial_path(self) -> Path:
        """Where the file is while it is written."""
        return self.path.with_suffix(".part")

    @property
    def size(self) -> int:
        """How many bytes its file has; 0 where there is none."""
        return self.path.stat().st_size if self.path.exists() else 0

    def write(self, pieces: Iterable[str | bytes]) -> None:
        """Write the file, which is in its place only once it is whole, and remove older ones that it leaves no room for.

        JobFailedError where it is larger than all that one person may keep.
        """
        self.path.parent.mkdir(mode=0o700, exist_ok=True)
        try:
            self.write_partial(pieces)
            self.partial_path.replace(self.path)
        finally:
            self.partial_path.unlink(missing_ok=True)
        if not self.finish(JobState.DONE):
            self.remove_files()
        FileJobQuerySet(type(self)).remove_superseded(self)

    def write_partial(self, pieces: Iterable[str | bytes]) -> None:
        """Write the file beside its place."""
        with open_private(self.partial_path) as file:
            for piece in pieces:
                file.write(piece.encode() if isinstance(piece, str) else piece)
                if not quota.is_within([file.tell()]):
                    message = _("It exceeds the %(most)s MB that each user can keep. Export fewer passages at a time.")
                    raise JobFailedError(message % {"most": settings.NEWSREADER_KEPT_MB})
            file.flush()
            os.fsync(file.fileno())

    def remove_files(self) -> None:
        """Remove the file too, whole or in part."""
        super().remove_files()
        self.path.unlink(missing_ok=True)
        self.partial_path.unlink(missing_ok=True)


def get_job_folder(name: str) -> Path:
    """Return the folder in which the files of one kind of job are kept."""
    return settings.DATA_DIR / name
