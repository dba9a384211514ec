"""What a worker does for curators: publishes what is scheduled, and fetches pages again."""

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from newsreader.curation.publishing import publish_due
from newsreader.curation.refetching import fetch_waiting
from newsreader.feeds.refreshing import PASS_SECONDS, build_timer
from newsreader.models import Article, Refetch

PAUSE = timedelta(seconds=2)  # between two passes, so that what fails each time does not keep a worker busy


@task()
def do_curation() -> None:
    """Do what is due now, and come back when something else will be."""
    DBTaskResult.objects.finished().filter(task_path=do_curation.module_path).delete()
    Refetch.objects.remove_expired(timezone.now())
    try:
        publish_due(timezone.now())
        fetch_waiting(build_timer(PASS_SECONDS))
    finally:
        queue_curation(PAUSE)


def queue_curation(pause: timedelta = timedelta(0)) -> None:
    """Have a worker come when the next thing is due, though not before this pause, unless one will come by then."""
    moment = find_next_moment()
    if moment is None:
        return
    moment = max(moment, timezone.now() + pause)
    waiting = DBTaskResult.objects.filter(task_path=do_curation.module_path, status=TaskResultStatus.READY)
    if not any(one.run_after is None or one.run_after <= moment for one in waiting):
        do_curation.using(run_after=moment).enqueue()


def find_next_moment() -> datetime | None:
    """Return when something is due next: a scheduled article, or a page to fetch; None where nothing waits."""
    article, refetch = Article.objects.scheduled().first(), Refetch.objects.waiting().first()
    moments = [article.publish_at if article else None, refetch.due_at if refetch else None]
    return min((moment for moment in moments if moment), default=None)
