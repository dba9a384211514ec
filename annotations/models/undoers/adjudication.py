"""How decisions of an adjudication are undone."""

from django.contrib.auth.models import User

from annotations.errors import NotUndoableError
from annotations.models.adjudication import Adjudication
from annotations.models.event import Event


def restore_decisions(event: Event, user: User) -> None:
    """Let the decisions of an event be as they were before it."""
    adjudications = Adjudication.objects.filter(project=event.project, pk=event.data["adjudication"])
    adjudication = adjudications.first()
    if not adjudication:
        raise NotUndoableError
    adjudication.restore(event, by=user)
