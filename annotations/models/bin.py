"""The bin: deleted highlights, which can be restored until it is emptied of what has been in it for long."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from annotations.models import history
from annotations.models.erasing import erase_rows
from annotations.models.highlight import Highlight
from newsreader.locks import retry_while_busy

BATCH_SIZE = 250  # highlights removed in one transaction, so that others can write in between


def get_bin_limit() -> datetime | None:
    """Return the moment before which highlights were deleted that the bin does not keep; None where it keeps all."""
    days = settings.NEWSREADER_BIN_DAYS
    return timezone.now() - timedelta(days=days) if days else None


def empty_bins() -> int:
    """Remove what was deleted longer ago than the bin keeps it, in all projects, and return the number of highlights."""
    limit = get_bin_limit()
    if limit is None:
        return 0
    due = Highlight.objects.deleted().order_by().filter(deleted_at__lt=limit)
    return sum(empty_bin(project_id, limit) for project_id in set(due.values_list("project", flat=True)))


def empty_bin(project_id: UUID, limit: datetime) -> int:
    """Remove what was deleted in a project before a moment, a batch at a time, and return the number of highlights."""
    number = 0
    while removed := retry_while_busy(partial(empty_batch, project_id, limit)):
        number += removed
    return number


def empty_batch(project_id: UUID, limit: datetime) -> int:
    """Remove a batch of what nobody has restored meanwhile, and return its number; the history keeps what happened."""
    due = Highlight.objects.deleted().order_by().filter(project=project_id, deleted_at__lt=limit)
    with transaction.atomic():
        keys = list(due.select_for_update().values_list("pk", flat=True)[:BATCH_SIZE])
        if keys:
            erase_rows(keys)
            history.record(project_id, gettext_noop("bin emptied"), None, project_id, number=len(keys))
    return len(keys)
