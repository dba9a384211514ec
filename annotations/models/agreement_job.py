"""Agreement about many articles: computed by a worker for who asked for it, and kept for a day."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from annotations.models.file_job import FileJob, FileJobQuerySet
from annotations.models.project import Project


class AgreementJob(FileJob):
    """What is compared, for whom, and which state of the project the figures are of; its file is the calculation."""

    folder = "agreement"
    query = models.TextField(blank=True)  # without what chooses among the disagreements
    version = models.CharField(max_length=100, blank=True)  # of the project's layer and codebook

    objects = FileJobQuerySet["AgreementJob"].as_manager()

    @property
    def cache_key(self) -> str:
        """The key of its figures in the cache of pages."""
        return f"agreement-job-{self.pk}"

    def keep_version(self, project: Project) -> None:
        """Keep of which state of the project the figures are."""
        self.version = get_version(project)
        self.save(update_fields=["version"])

    def track(self, rows: Iterable[Any]) -> Iterator[Any]:
        """Yield the same rows, and report after each how many were done."""
        for number, row in enumerate(rows, 1):
            yield row
            self.report_progress(number)


def get_version(project: Project) -> str:
    """Return what changes with every change of the project's highlights or codebook."""
    return f"{project.version}-{project.codebook}"
