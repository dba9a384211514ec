"""Deleted highlights, which can be restored until the bin is emptied."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from annotations.decorators import MemberRequest, project_required
from annotations.models import Event, Highlight, Project
from annotations.models.bin import get_bin_limit
from annotations.passages.passage import Passage
from annotations.passages.queries import PAGE_SIZE, all_passages
from newsreader.views.redirects import get_next_url

GET_AND_POST = ("GET", "HEAD", "POST")


class DeletedPassage(NamedTuple):
    """A deleted highlight as a passage, when it was deleted and by whom (empty where the account is gone).

    `days_left` is how many days the bin keeps it, the last one included; None where it keeps all.
    """

    passage: Passage
    deleted_at: datetime
    deleted_by: str
    days_left: int | None


@require_http_methods(GET_AND_POST)
@project_required("highlight", methods=GET_AND_POST)
def list_deleted_passages(request: MemberRequest, project: Project) -> HttpResponse:
    """List the deleted highlights that the reader may restore, those deleted last first; sent, restore those chosen."""
    if request.method == "POST":
        return restore_passages(request, project)
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
        "kept_days": settings.NEWSREADER_BIN_DAYS,
    }
    return render(request, "annotations/passages/deleted.html", context)


def restore_passages(request: MemberRequest, project: Project) -> HttpResponse:
    """Restore the highlights that were chosen, in one transaction; those that somebody restored meanwhile do not count."""
    keys = [key for key in map(read_key, request.POST.getlist("highlight")) if key]
    chosen = Highlight.objects.restorable_by(request.user).deleted().filter(project=project, pk__in=keys)
    with transaction.atomic():
        restored = list(chosen)
        for highlight in restored:
            highlight.restore(request.user)
    if restored:
        text = ngettext("%(number)s highlight restored.", "%(number)s highlights restored.", len(restored))
        messages.success(request, text % {"number": len(restored)})
    else:
        messages.error(request, _("Nothing was restored. Select the highlights to restore."))
    return redirect(get_next_url(request, reverse("deleted", args=[project.slug])))


def read_key(text: str) -> UUID | None:
    """Return the key that a text is, None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def load_deleted_passages(project: Project, deletions: dict[UUID, datetime]) -> list[DeletedPassage]:
    """Return the passages of these highlights, each given with when it was deleted, in their order."""
    passages = all_passages().load_by_key(list(deletions))
    names = load_deleters(project, list(deletions))
    limit = get_bin_limit()
    return [
        DeletedPassage(passages[key], moment, names.get(key, ""), max(0, (moment - limit).days) + 1 if limit else None)
        for key, moment in deletions.items()
    ]


def load_deleters(project: Project, keys: list[UUID]) -> dict[UUID, str]:
    """Return who deleted each of these highlights last, by its key."""
    events = Event.objects.filter(project=project, subject__in=keys, verb="highlight deleted", actor__isnull=False)
    return dict(events.order_by("pk").values_list("subject", "actor__username"))
