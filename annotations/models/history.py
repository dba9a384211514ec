"""The history of a project: what happened, and the version that each event gives the project."""

from collections.abc import Iterable
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import F
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver

from annotations.models.event import Event
from newsreader.prepared import PreparedQuery

MAX_LISTED_EVENTS = 50


def record(
    project_id: UUID,
    verb: str,
    actor: User | None,
    subject: UUID,
    article_id: int | None = None,
    undo_data: dict[str, Any] | None = None,
    **data: Any,
) -> Event:
    """Append an event and give the project a new version; its codebook too, where the event is not about an article.

    `subject` is the key of what changed (of the project, where that is several rows), `data` what the history keeps of it
    and `undo_data` what else its undo needs (JSON values). What shows of a highlight is read anew after an event of its own,
    or of the project. The project's row comes first and stays locked, so that the events of a project are seen in the order
    of their keys.
    """
    versions = {"version": F("version") + 1}
    if article_id is None:
        versions["codebook"] = F("codebook") + 1
    projects = Event._meta.get_field("project").related_model._default_manager
    projects.filter(pk=project_id).update(**versions)
    return Event.objects.create(
        project_id=project_id,
        article_id=article_id,
        actor=actor,
        verb=verb,
        subject=subject,
        data=data,
        undo_data=undo_data,
    )


def list_events_after(project_id: UUID, article_id: int, event: int) -> list[tuple[int, UUID]]:
    """Return (key, subject) of the events on an article in a project after the one of a key, the last first.

    MAX_LISTED_EVENTS at most. The subject is a highlight, or the project where it is several of its highlights.
    """
    return prepare_events_after().list_values(project=project_id, article=article_id, event=event)


@cache
def prepare_events_after() -> PreparedQuery[Event]:
    """Return the query of `list_events_after`."""
    events = Event.objects.order_by("-pk")
    return PreparedQuery(
        lambda project, article, event: events.filter(project=project, article=article, pk__gt=event).values_list(
            "pk", "subject"
        )[:MAX_LISTED_EVENTS],
        project=UUID,
        article=int,
        event=int,
    )


def find_last_event(project_id: UUID, article_id: int) -> int:
    """Return the key of the last event on an article in a project, 0 where nothing happened there."""
    return next((key for (key,) in prepare_last_event().list_values(project=project_id, article=article_id)), 0)


@cache
def prepare_last_event() -> PreparedQuery[Event]:
    """Return the query of `find_last_event`."""
    events = Event.objects.order_by("-pk").values_list("pk")
    return PreparedQuery(
        lambda project, article: events.filter(project=project, article=article)[:1], project=UUID, article=int
    )


def renew_projects(article_ids: list[int]) -> None:
    """Give the projects with highlights on these articles a new version, so that nothing is shown that was counted before."""
    renew_projects_with(["version"], highlights__article__in=article_ids)


def renew_projects_of_user(user: User) -> None:
    """Give the projects with highlights or decisions of a user new versions: all of their pages show the user's name."""
    for rows in ({"highlights__author": user}, {"placements__decided_by": user}):
        renew_projects_with(["version", "codebook"], **rows)


@receiver(post_save, sender=User)
def follow_saved_user(instance: User, *, created: bool, update_fields: Iterable[str] | None, **options: Any) -> None:
    """Show a user's new name, unless nothing was saved but a sign-in."""
    if not created and set(update_fields or ()) != {"last_login"}:
        renew_projects_of_user(instance)


@receiver(pre_delete, sender=User)
def follow_deleted_user(instance: User, **options: Any) -> None:
    """No longer show the name of a user who is deleted."""
    renew_projects_of_user(instance)


def renew_projects_with(versions: Iterable[str], **rows: Any) -> None:
    """Give the projects that have such highlights or placements new versions, of these names."""
    projects = Event._meta.get_field("project").related_model._default_manager
    keys = projects.filter(**rows).order_by().values_list("pk", flat=True).distinct()
    projects.filter(pk__in=list(keys)).update(**{name: F(name) + 1 for name in versions})


def record_all(project_id: UUID, verb: str, actor: User | None, data_by_subject: dict[UUID, dict[str, Any]]) -> None:
    """Append an event for each subject, none of them about an article, and give the project and its codebook one new version."""
    subjects = list(data_by_subject)
    Event.objects.bulk_create(
        Event(project_id=project_id, actor=actor, verb=verb, subject=subject, data=data_by_subject[subject])
        for subject in subjects[:-1]
    )
    for subject in subjects[-1:]:
        record(project_id, verb, actor, subject, **data_by_subject[subject])
