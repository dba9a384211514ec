"""What a worker does for readers: the daily mail."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from annotations.replies.digests import send_digests

INTERVAL = timedelta(hours=1)  # so long until what came in, or a mail server that is back, is looked at again


@task()
def mail_digests() -> None:
    """Send the daily mails that are due, and come back in an hour."""
    mail_digests.using(run_after=timezone.now() + INTERVAL).enqueue()
    send_digests()


def schedule_digests() -> None:
    """Queue the daily mails, unless they are queued."""
    if not DBTaskResult.objects.filter(task_path=mail_digests.module_path, finished_at=None).exists():
        mail_digests.enqueue()
