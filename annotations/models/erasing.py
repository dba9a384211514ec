"""How highlights are removed from the database for good."""

from uuid import UUID

from django.db import connection, transaction

from annotations.models.desk import Pin
from annotations.models.event import Event
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.placement import Placement
from annotations.models.tag_example import TagExample
from annotations.models.thread import Thread
from newsreader.search.indexes import remove_entries


def erase_highlights(project_id: UUID, keys: list[UUID]) -> None:
    """Remove highlights with all that hangs on them, and that they ever were."""
    with transaction.atomic():
        Event.objects.filter(project=project_id, subject__in=keys).delete()
        erase_rows(keys)


def erase_rows(keys: list[UUID]) -> None:
    """Remove highlights with all that hangs on them, but for what the history says of them."""
    with transaction.atomic():
        for model in (HighlightTag, Placement, Pin, TagExample, Thread):
            model._default_manager.filter(highlight__in=keys).delete()
        remove_entries(Highlight, keys)
        Highlight.objects.filter(pk__in=keys)._raw_delete(connection.alias)
