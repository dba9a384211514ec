"""Imports of large files by a worker."""

from django.db import transaction
from django_tasks import task

from annotations.errors import JobFailedError, StaleError
from annotations.exchange.record import UnreadableFileError
from annotations.imports.apply import apply_import
from annotations.imports.waiting_files import parse_bundle, read_file, remove_file
from annotations.models import ImportJob, Project
from annotations.models.job import JobState

IMPORT_NOT_ALLOWED = "You may not import highlights into this project any more."


@task()
def import_file(key: str) -> None:
    """Import the file of the job with this key."""
    ImportJob.objects.perform_job(key, run_import)


def run_import(job: ImportJob) -> None:
    """Import what was previewed, or nothing; that it is done is kept in the same transaction."""
    project = Project.objects.visible_to(job.made_by).filter(pk=job.project_id).first()
    if not project or not project.with_role_of(job.made_by).allows("highlight"):
        raise JobFailedError(IMPORT_NOT_ALLOWED)
    try:
        bundle = parse_bundle(read_file(job.made_by, job.digest), job.host)
        with transaction.atomic():
            plan = apply_import(project, job.made_by, bundle, job.fingerprint, job.name, job.report_progress)
            job.finish(JobState.DONE, made=len(plan.highlights))
    except UnreadableFileError as error:
        raise JobFailedError(str(error)) from error
    except StaleError:
        job.finish(JobState.STALE)
    else:
        remove_file(job.made_by, job.digest)
