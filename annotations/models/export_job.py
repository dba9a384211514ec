"""Files that take long to write: made by a worker, for who asked for them."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import time

from django.conf import settings
from django.db import models

from annotations.exchange.sections import Section
from annotations.models.job import A_DAY, REPORT_INTERVAL, Job, JobQuerySet, JobState


class ExportJobQuerySet(JobQuerySet):
    """Files that were asked for."""

    def remove_expired(self) -> None:
        """Remove files that are a day old, those of deleted projects too."""
        super().remove_expired()
        for file in folder().glob("*"):
            if file.stat().st_mtime < time() - A_DAY.total_seconds():
                file.unlink(missing_ok=True)


class ExportJob(Job):
    """A file of passages: for whom, and which."""

    query = models.TextField(blank=True)
    format = models.CharField(max_length=20)
    site = models.CharField(max_length=300)  # the address of this library, with a slash at the end

    objects = ExportJobQuerySet.as_manager()

    @property
    def path(self) -> Path:
        return folder() / str(self.pk)

    @property
    def part(self) -> Path:
        """Where the file is while it is written."""
        return self.path.with_suffix(".part")

    def write(self, pieces: Iterable[str | bytes]) -> None:
        """Write the file, which is in its place only once it is whole."""
        folder().mkdir(mode=0o700, exist_ok=True)
        with self.part.open("wb") as file:
            for piece in pieces:
                file.write(piece.encode() if isinstance(piece, str) else piece)
            file.flush()
            os.fsync(file.fileno())
        self.part.replace(self.path)
        if not self.finish(JobState.DONE):
            self.remove_files()

    def counted(self, sections: Iterable[Section]) -> Iterator[Section]:
        """The same sections; whoever reads their lines tells how far it is."""
        self.number, self.told = 0, time()
        for section in sections:
            yield Section(section.headings, self.counting(section.items))

    def counting(self, lines: Iterable) -> Iterator:
        for line in lines:
            self.number += 1
            if time() - self.told > REPORT_INTERVAL:
                self.told = time()
                self.tell(self.number)
            yield line

    def remove_files(self) -> None:
        super().remove_files()
        self.path.unlink(missing_ok=True)
        self.part.unlink(missing_ok=True)


def folder() -> Path:
    return settings.DATA_DIR / "exports"
