"""Imports that take long: files of which a worker imports what was previewed, or nothing."""

from django.db import models

from annotations.models.job import Job, JobQuerySet


class ImportJobQuerySet(JobQuerySet["ImportJob"]):
    """Imports."""


class ImportJob(Job):
    """A file that was previewed and confirmed."""

    digest = models.CharField(max_length=64)  # SHA-256 of the file
    fingerprint = models.CharField(max_length=64)  # of the plan that was confirmed
    host = models.CharField(max_length=255)  # under which this library is known in the file
    made = models.PositiveIntegerField(default=0)  # highlights, once it is done

    objects = ImportJobQuerySet.as_manager()
