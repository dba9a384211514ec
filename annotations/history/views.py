"""What happened in a project: a page of its events, and the same as a CSV file."""

from collections.abc import Iterator
from itertools import groupby, islice
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.decorators import MemberRequest, project_required
from annotations.exchange.csv_table import write_rows
from annotations.history.filters import HistoryFilter
from annotations.history.queries import HistoryEntry, list_events, load_entries
from annotations.history.sentences import GROUP_NAMES
from annotations.models import Event, Project, Tag
from annotations.models.blindness import select_seen_events
from annotations.models.undoing import find_last_act
from newsreader.opaque_numbers import hide_number, reveal_number

PAGE_SIZE = 50
BATCH_SIZE = 500  # events that a file reads at once
COLUMNS = ("time", "reader", "event", "what", "article", "quote", "address", "undone at", "undone by")


@require_safe
@project_required("read", methods=("GET", "HEAD"))
def show_history(request: MemberRequest, project: Project) -> HttpResponse | StreamingHttpResponse:
    """List what happened in the project, the latest first, a page at a time; with `format=csv` all of it as a file."""
    wanted = HistoryFilter.from_query(request.GET)
    events = list_events(project, request.user, wanted)
    if request.GET.get("format") == "csv":
        return export_history(request, project, events)
    before = request.GET.get("before", "")
    page = list(select_page(events, before)[: PAGE_SIZE + 1])
    entries = load_entries(project, request.user, page[:PAGE_SIZE])
    context = {
        "project": project,
        "days": group_by_day(entries),
        "older": make_query(request, before=hide_number(page[PAGE_SIZE - 1].pk)) if len(page) > PAGE_SIZE else "",
        "file": make_query(request, format="csv"),
        "is_filtered": any(wanted[:-1]),
        "is_later_page": bool(before),
        "query": request.GET,
        "last_act": load_last_act(request, project),
        "mistakes": wanted.mistakes,
        **list_choices(project),
    }
    return render(request, "annotations/history/history.html", context)


def select_page(events: QuerySet[Event], before: str) -> QuerySet[Event]:
    """Return the events before the one of this number, all where the text names none."""
    number = reveal_number(before)
    return events.filter(pk__lt=number) if number else events


def load_last_act(request: MemberRequest, project: Project) -> HistoryEntry | None:
    """Return the last of the reader's own acts, if it can be undone."""
    event = find_last_act(project, request.user)
    return load_entries(project, request.user, [event])[0] if event else None


def make_query(request: MemberRequest, **changes: Any) -> str:
    """Return the query of the address with some values changed."""
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = str(value)
    return query.urlencode()


def list_choices(project: Project) -> dict[str, Any]:
    """Return what the filter offers: readers, groups of events, and tags."""
    seen = select_seen_events(project, Event.objects.filter(project=project, actor=OuterRef("pk")))
    actors = User.objects.filter(Exists(seen))
    return {
        "actors": actors.order_by("username").values_list("username", flat=True),
        "groups": GROUP_NAMES.items(),
        "tags": Tag.objects.without_tree_fields()
        .filter(project=project)
        .exclude(pk__in=project.sight.tags)
        .order_by("position")
        .values_list("pk", "name"),
    }


def group_by_day(entries: list[HistoryEntry]) -> list[tuple[Any, list[HistoryEntry]]]:
    """Return the entries by the day, in the time zone of the reader, on which they happened."""
    days = groupby(entries, key=lambda entry: timezone.localtime(entry.at).date())
    return [(day, list(of_day)) for day, of_day in days]


def export_history(request: MemberRequest, project: Project, events: QuerySet[Event]) -> StreamingHttpResponse:
    """Return all these events as a CSV file."""
    rows = iterate_rows(request, project, events)
    response = StreamingHttpResponse(write_rows(COLUMNS, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="history-{project.slug}.csv"'
    add_never_cache_headers(response)
    return response


def iterate_rows(request: MemberRequest, project: Project, events: QuerySet[Event]) -> Iterator[list[Any]]:
    """Yield a row for each event; a batch is read at a time."""
    rows = events.iterator(BATCH_SIZE)
    while batch := list(islice(rows, BATCH_SIZE)):
        for event, entry in zip(batch, load_entries(project, request.user, batch), strict=True):
            address = request.build_absolute_uri(entry.url) if entry.url else ""
            at, undone_at = (
                timezone.localtime(moment).isoformat() if moment else "" for moment in (entry.at, entry.undone_at)
            )
            row = [at, entry.actor, _(event.verb), entry.text, entry.article_title, entry.quote, address]
            yield [*row, undone_at, entry.undone_by]
