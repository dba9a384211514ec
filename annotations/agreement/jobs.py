"""Agreement about more articles than can be compared while somebody waits: asked for, watched and found again."""

from typing import Any

from django.http import QueryDict

from annotations.agreement.calculation import Agreement, count_compared_articles, normalize_query
from annotations.agreement.tasks import compute_agreement
from annotations.models import AgreementJob, Project
from annotations.models.agreement_job import get_version
from annotations.models.job import JobState
from newsreader.caching import page_cache
from newsreader.users import AnyUser


def queue_agreement(project: Project, user: Any, query: QueryDict) -> AgreementJob:
    """Have a worker compare what the query asks for, unless it already does; JobLimitError where it does too much for the user."""
    job = find_job(project, user, query)
    if job and job.is_unfinished:
        return job
    total, asked = count_compared_articles(project, user, query), normalize_query(query)
    name = f"agreement-{project.slug}.csv"
    return AgreementJob.objects.queue_job(compute_agreement, project, user, name=name, total=total, query=asked)


def find_job(project: Project, user: AnyUser, query: QueryDict) -> AgreementJob | None:
    """Return the latest job of the user that compares what the query asks for; none while they read blind."""
    if not user.is_authenticated or project.sight:
        return None
    jobs = AgreementJob.objects.requested_by(user).filter(project=project, query=normalize_query(query))
    return jobs.first()


def read_result(job: AgreementJob | None) -> Agreement | None:
    """Return what a job found; None where it is not done, or its result is not kept any more."""
    return page_cache.get(job.cache_key) if job and job.state == JobState.DONE else None


def is_outdated(job: AgreementJob, project: Project) -> bool:
    """Return whether the project has changed since a job compared it."""
    return job.version != get_version(project)
