"""Imports of large files by a worker."""

from django.db import IntegrityError, OperationalError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django_tasks import task

from annotations.errors import JobFailedError, PlanMismatchError, StaleError
from annotations.exchange.record import UnreadableFileError
from annotations.imports.apply import import_in_batches
from annotations.imports.waiting_files import load_waiting, remove_file
from annotations.models import ImportJob, Project
from annotations.models.job import JobState
from newsreader.locks import is_busy

PLAN_MISMATCH = gettext_noop("The result would have differed from the preview. Nothing was imported.")


@task()
def import_file(key: str) -> None:
    """Import the file of the job with this key."""
    ImportJob.objects.perform_job(key, run_import)


def run_import(job: ImportJob) -> None:
    """Import what was previewed, or nothing: what an interrupted run has made, or this one if it fails, is taken back."""
    job.take_back()
    project = Project.objects.visible_to(job.made_by).filter(pk=job.project_id).first()
    if not project or not project.with_role_of(job.made_by).allows("highlight"):
        raise JobFailedError(_("You can no longer import highlights into this project."))
    try:
        bundle = load_waiting(job.made_by, job.digest, job.host)
        import_in_batches(job, project, bundle)
    except UnreadableFileError as error:
        raise JobFailedError(str(error)) from error
    except PlanMismatchError as error:
        raise JobFailedError(_("The result would have differed from the preview.")) from error
    except (StaleError, IntegrityError):
        job.take_back()
        job.finish(JobState.STALE)
    except OperationalError as error:
        if not is_busy(error):
            raise
        raise JobFailedError(_("The database was busy for too long. Try again later.")) from error
    else:
        remove_file(job.made_by, job.digest)
