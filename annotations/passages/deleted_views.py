"""Deleted highlights, which can be restored."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from annotations.decorators import ProjectRequest, project_required
from annotations.models import Event, Project
from annotations.passages.passage import Passage
from annotations.passages.queries import PAGE_SIZE, all_passages


class DeletedPassage(NamedTuple):
    """A deleted highlight as a passage, when it was deleted and by whom (empty where the account is gone)."""

    passage: Passage
    deleted_at: datetime
    deleted_by: str


@require_safe
@project_required("highlight", methods=("GET", "HEAD"))
def list_deleted_passages(request: ProjectRequest, project: Project) -> HttpResponse:
    """List the deleted highlights that the reader may restore, those deleted last first, a page at a time."""
    deleted = all_passages().restorable_by(request.user).deleted().filter(project=project)
    rows = deleted.order_by("-deleted_at", "-pk").values_list("pk", "deleted_at")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "section": "passages",
        "project": project,
        "page": page,
        "rows": load_deleted_passages(project, dict(page)),
        "base": reverse("passages", args=[project.slug]),
        "sees_all": project.allows("restore"),
    }
    return render(request, "annotations/passages/deleted.html", context)


def load_deleted_passages(project: Project, deletions: dict[UUID, datetime]) -> list[DeletedPassage]:
    """Return the passages of these highlights, each given with when it was deleted, in their order."""
    passages = all_passages().load_by_key(list(deletions))
    names = load_deleters(project, list(deletions))
    return [DeletedPassage(passages[key], moment, names.get(key, "")) for key, moment in deletions.items()]


def load_deleters(project: Project, keys: list[UUID]) -> dict[UUID, str]:
    """Return who deleted each of these highlights last, by its key."""
    events = Event.objects.filter(project=project, subject__in=keys, verb="highlight deleted", actor__isnull=False)
    return dict(events.order_by("pk").values_list("subject", "actor__username"))
