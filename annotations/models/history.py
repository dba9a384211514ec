"""The history of a project: what happened, and the version that each event gives the project."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import F

from annotations.models.event import Event


def record(
    project_id: UUID, verb: str, actor: User | None, subject: UUID, article_id: int | None = None, **data: Any
) -> Event:
    """Append an event and give the project a new version; its codebook too, where the event is not about an article.

    `subject` is the key of what changed, `data` what the history keeps of it (JSON values).
    """
    versions = {"version": F("version") + 1}
    if article_id is None:
        versions["codebook"] = F("codebook") + 1
    projects = Event._meta.get_field("project").related_model._default_manager
    projects.filter(pk=project_id).update(**versions)
    return Event.objects.create(
        project_id=project_id, article_id=article_id, actor=actor, verb=verb, subject=subject, data=data
    )
