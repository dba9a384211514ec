"""What a worker does for projects."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from annotations.models.bin import empty_bins
from annotations.models.project_deletion import remove_deleted_projects

EVERY = timedelta(days=1)


@task()
def remove_projects() -> None:
    """Remove the rows of projects that were deleted."""
    remove_deleted_projects()


@task()
def empty_bins_daily() -> None:
    """Remove highlights that were deleted long ago, and do so again tomorrow."""
    empty_bins()
    queue_emptying(EVERY)


def queue_emptying(delay: timedelta = timedelta(0)) -> None:
    """Have a worker empty the bins after this time, unless that is queued already."""
    path = empty_bins_daily.module_path
    if not DBTaskResult.objects.filter(task_path=path, status="READY").exists():
        empty_bins_daily.using(run_after=timezone.now() + delay).enqueue()
