"""Agreement that a worker computes."""

from django.http import QueryDict
from django.utils.translation import gettext as _
from django_tasks import task

from annotations.agreement.calculation import compare
from annotations.agreement.decided import list_decisions
from annotations.agreement.export import list_columns, list_rows
from annotations.errors import JobFailedError
from annotations.exchange.csv_table import write_rows
from annotations.models import AgreementJob, Project
from annotations.models.codebook import codebook_of
from annotations.models.job import KEPT_FOR, JobState
from newsreader.caching import page_cache


@task()
def compute_agreement(key: str) -> None:
    """Compare the articles of the job with this key."""
    AgreementJob.objects.perform_job(key, run_agreement)


def run_agreement(job: AgreementJob) -> None:
    """Compare what the job's query selects, as who asked for it may see it; keep the figures and write the calculation."""
    project = Project.objects.visible_to(job.made_by).filter(pk=job.project_id).first()
    if not project:
        raise JobFailedError(_("You no longer have access to this project."))
    project = project.with_role_of(job.made_by)
    job.keep_version(project)
    comparison = compare(project, job.made_by, QueryDict(job.query), job.track)
    page_cache.set(job.cache_key, comparison.agreement, KEPT_FOR.total_seconds())
    decisions = list_decisions(project, comparison.agreement.selection.articles)
    try:
        job.write(write_rows(list_columns(comparison), list_rows(comparison, codebook_of(project), decisions)))
    except JobFailedError:  # the file is too large; the figures stand without it
        job.finish(JobState.DONE)
