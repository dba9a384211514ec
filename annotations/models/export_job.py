"""Exports that take long: files that a worker writes for who asked for them."""

from collections.abc import Iterable, Iterator
from time import time
from typing import Any

from django.db import models

from annotations.exchange.sections import Section
from annotations.models.file_job import FileJob, FileJobQuerySet
from annotations.models.job import REPORT_SECONDS


class ExportJob(FileJob):
    """A file of passages: for whom, and which."""

    folder = "exports"
    query = models.TextField(blank=True)
    format = models.CharField(max_length=20)
    site = models.CharField(max_length=300)  # the address of this library, with a slash at the end

    objects = FileJobQuerySet["ExportJob"].as_manager()

    line_count = 0  # lines that were read so far
    reported_at = 0.0  # seconds since the epoch

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
