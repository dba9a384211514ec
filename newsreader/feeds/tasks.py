"""What a worker does for feeds: a pass every minute, as long as there are feeds to ask for."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from newsreader.feeds.refreshing import refresh_all
from newsreader.models import Feed

INTERVAL = timedelta(minutes=1)
PRIORITY = -50  # below everything that a person waits for


@task(priority=PRIORITY)
def refresh_feeds() -> None:
    """Do what is due for feeds, and come back in a minute."""
    queue_refreshing(INTERVAL)  # first, so that the next pass comes whatever becomes of this one
    DBTaskResult.objects.finished().filter(task_path=refresh_feeds.module_path).delete()
    refresh_all()


def queue_refreshing(delay: timedelta = timedelta(0)) -> None:
    """Have a worker look at the feeds after this time, unless that is queued, or no feed is active."""
    waiting = DBTaskResult.objects.filter(task_path=refresh_feeds.module_path, status=TaskResultStatus.READY)
    if Feed.objects.active().exists() and not waiting.exists():
        refresh_feeds.using(run_after=timezone.now() + delay).enqueue()
