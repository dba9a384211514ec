"""The codebook as it stood on a day, to be read."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from annotations.codebook.tree import build_tag_rows
from annotations.decorators import ProjectRequest
from annotations.models import Project
from annotations.models.past_codebook import PastCodebook, load_codebook_at
from newsreader.models.article_queries import start_of_day
from newsreader.templatetags.ui import plain_day


def show_past_codebook(request: ProjectRequest, project: Project) -> HttpResponse:
    """Show the codebook at the end of the day `on`, or a sentence that says why it cannot be shown."""
    written = request.GET["on"][:40]
    day = read_day(written)
    fault = find_fault(project, day, written)
    past = PastCodebook([], 0) if fault or not day else load_codebook_at(project, end_of_day(day))
    context: dict[str, Any] = {
        "section": "codebook",
        "project": project,
        "written": written,
        "on": day,
        "fault": fault,
        "undated": past.undated,
        "rows": build_tag_rows(past.tags, {}),
    }
    return render(request, "annotations/codebook/past.html", context)


def read_day(written: str) -> date | None:
    """Return the day that is written as 2026-11-21; None where it is none."""
    try:
        return parse_date(written)
    except ValueError:
        return None


def end_of_day(day: date) -> datetime:
    """Return the moment at which a day that is over or under way ends here."""
    return start_of_day(day + timedelta(days=1))


def find_fault(project: Project, day: date | None, written: str) -> str:
    """Return why there is no codebook of that day, "" where there is."""
    if not project.allows("read"):
        return _("Only members of the project see the codebook of an earlier day.")
    if day is None:
        return _("“%(text)s” is not a day. Write it as 2026-11-21.") % {"text": written}
    if day > localdate():
        return _("%(day)s is still to come.") % {"day": plain_day(day)}
    if day < localdate(project.created_at):
        days = {"day": plain_day(day), "created": plain_day(localdate(project.created_at))}
        return _("There was no codebook on %(day)s: the project was created on %(created)s.") % days
    return ""
