"""Exports that take long: files that a worker writes for who asked for them."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import time
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from annotations.errors import JobFailedError
from annotations.exchange.sections import Section
from annotations.models import quota
from annotations.models.job import KEPT_FOR, REPORT_SECONDS, Job, JobQuerySet, JobState
from newsreader.private_files import open_private


class ExportJobQuerySet(JobQuerySet["ExportJob"]):
    """Exports, whose files are kept for a day."""

    def remove_expired(self) -> None:
        """Remove jobs and files that are a day old, the files of deleted projects too."""
        super().remove_expired()
        for file in get_export_folder().glob("*"):
            if file.stat().st_mtime < time() - KEPT_FOR.total_seconds():
                file.unlink(missing_ok=True)

    def remove_superseded(self, newest: "ExportJob") -> None:
        """Remove the oldest exports of a person that have no room beside the newest one."""
        others = self.filter(made_by=newest.made_by, state=JobState.DONE).exclude(pk=newest.pk).order_by("made_at")
        exports = list(others)
        number = quota.count_superseded([export.size for export in exports], [newest.size])
        for export in exports[:number]:
            export.remove_files()
            export.delete()


class ExportJob(Job):
    """A file of passages: for whom, and which."""

    query = models.TextField(blank=True)
    format = models.CharField(max_length=20)
    site = models.CharField(max_length=300)  # the address of this library, with a slash at the end

    objects = ExportJobQuerySet.as_manager()

    line_count = 0  # lines that were read so far
    reported_at = 0.0  # seconds since the epoch

    @property
    def path(self) -> Path:
        """Where the file is once it is whole."""
        return get_export_folder() / str(self.pk)

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
        get_export_folder().mkdir(mode=0o700, exist_ok=True)
        try:
            self.write_partial(pieces)
            self.partial_path.replace(self.path)
        finally:
            self.partial_path.unlink(missing_ok=True)
        if not self.finish(JobState.DONE):
            self.remove_files()
        ExportJob.objects.remove_superseded(self)

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

    def track_sections(self, sections: Iterable[Section]) -> Iterator[Section]:
        """Yield the same sections; reading their lines reports the progress."""
        self.line_count, self.reported_at = 0, time()
        for section in sections:
            yield Section(section.headings, self.track_lines(section.items))

    def track_lines(self, lines: Iterable[Any]) -> Iterator[Any]:
        """Yield the same lines, and report now and then how many were read."""
        for line in lines:
            self.line_count += 1
            if time() - self.reported_at > REPORT_SECONDS:
                self.reported_at = time()
                self.report_progress(self.line_count)
            yield line

    def remove_files(self) -> None:
        """Remove the file too, whole or in part."""
        super().remove_files()
        self.path.unlink(missing_ok=True)
        self.partial_path.unlink(missing_ok=True)


def get_export_folder() -> Path:
    """Return the folder in which exports are kept."""
    return settings.DATA_DIR / "exports"
