"""Which events of a project somebody may see, and what they are about, read in a constant number of queries."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.history.filters import HistoryFilter
from annotations.history.sentences import GROUPS, GROUPS_WITHOUT_ARTICLE, describe
from annotations.models import Desk, Event, Highlight, HighlightTag, Project, Tag
from annotations.models.blindness import select_seen_events
from annotations.models.undoing import is_undo, list_undoable
from newsreader.models import Article
from newsreader.models.scopes import is_readable_by
from newsreader.opaque_numbers import hide_number
from newsreader.users import AnyUser

MAX_QUOTE = 160  # characters


class HistoryEntry(NamedTuple):
    """An event as a page shows it; what the reader may not open has no title, quote or address."""

    id: int
    at: datetime
    actor: str  # "" where the account is gone, or where nobody did it
    text: str
    url: str
    quote: str
    article_title: str
    article_url: str
    undone_at: datetime | None = None  # None where it stands
    undone_by: str = ""  # who took it back, "" where the account is gone
    is_undoable: bool = False  # by the reader
    is_undo: bool = False  # of another event, so that its own undo is a redo

    @property
    def name(self) -> str:
        """What a form calls the event."""
        return hide_number(self.id)


def list_events(project: Project, user: AnyUser, wanted: HistoryFilter) -> QuerySet[Event]:
    """Return the events that the reader may see and that the filter selects, the latest first.

    Those about an article are for those who may read it, those about invitation links for owners.
    """
    others = ("undoes", "undone_by", "undone_by__undone_by")
    events = project.events.defer("undo_data", *(f"{name}__undo_data" for name in others))
    events = events.select_related("actor", "undone_by__actor", *others).order_by("-pk")
    events = select_seen_events(project, events)
    events = events.filter(Q(article=None) | is_readable_by(user, "article__"))
    if not project.allows("manage"):
        events = events.exclude(verb__in=("invitation made", "invitation revoked"))
    return filter_events(events, project, wanted)


def filter_events(events: QuerySet[Event], project: Project, wanted: HistoryFilter) -> QuerySet[Event]:
    """Return those of the events that the filter selects."""
    if wanted.actor:
        events = events.filter(actor__in=list(User.objects.filter(username=wanted.actor)))  # found first, for the index
    if wanted.group:
        events = events.filter(verb__in=GROUPS[wanted.group])
        if wanted.group in GROUPS_WITHOUT_ARTICLE:
            events = events.filter(article=None)  # which an index knows
    if wanted.article:
        events = events.filter(article__slug=wanted.article)
    if wanted.tag:
        tagged = HighlightTag.objects.filter(project=project, tag=wanted.tag).values("highlight")
        events = events.filter(Q(subject=wanted.tag) | Q(subject__in=tagged))
    if wanted.highlight:
        events = events.filter(subject=wanted.highlight)
    if wanted.until:
        events = events.filter(at__lt=wanted.until)
    return events


class Subjects(NamedTuple):
    """The rows that events are about, by their keys."""

    tags: dict[UUID, str]
    desks: dict[UUID, str]
    deleted: dict[UUID, str]  # names of tags and desks that are gone
    highlights: dict[UUID, str]
    users: dict[int, str]
    articles: dict[int, Article]


def load_entries(project: Project, user: AnyUser, events: Iterable[Event]) -> list[HistoryEntry]:
    """Return the events as a page shows them."""
    events = list(events)
    subjects = load_subjects(project, user, events)
    undoable = list_undoable(project, user, events) if isinstance(user, User) else set()
    entries = (build_entry(project, event, subjects) for event in events)
    return [entry._replace(is_undoable=entry.id in undoable) for entry in entries]


def load_subjects(project: Project, user: AnyUser, events: list[Event]) -> Subjects:
    """Read what the events are about: six queries, however many they are."""
    keys = {event.subject for event in events} | {UUID(key) for event in events if (key := event.data.get("highlight"))}
    targets = {UUID(event.data["into"]) for event in events if event.data.get("into")}
    people = {event.data["user"] for event in events if "user" in event.data}
    highlights = Highlight.objects.readable_in_any_layer(user, project).filter(pk__in=keys)
    numbers = {key for event in events for key in (event.article_id, event.data.get("other")) if key}
    articles = Article.objects.visible_to(user).filter(pk__in=numbers)
    return Subjects(
        dict(Tag.objects.without_tree_fields().filter(pk__in=keys | targets).values_list("pk", "name")),
        dict(Desk.objects.filter(pk__in=keys).values_list("pk", "name")),
        load_deleted_names(project, keys | targets),
        dict(highlights.order_by().values_list("pk", "exact")),
        dict(User.objects.filter(pk__in=people).values_list("pk", "username")),
        articles.only("pk", "slug", "title").in_bulk(),
    )


def load_deleted_names(project: Project, keys: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names that tags and desks had when they were deleted."""
    events = project.events.filter(subject__in=keys, verb__in=("tag merged", "tag deleted", "desk deleted"))
    return dict(events.order_by().values_list("subject", "data__name"))


def build_entry(project: Project, event: Event, subjects: Subjects) -> HistoryEntry:
    """Return an event as a page shows it."""
    quote, article = find_quote(event, subjects), subjects.articles.get(event.article_id or 0)
    return HistoryEntry(
        event.pk,
        event.at,
        event.actor.get_username() if event.actor else "",
        describe(event, name_subjects(event, subjects), is_blind=bool(project.sight)),
        find_url(project, event, subjects),
        quote if len(quote) <= MAX_QUOTE else quote[: MAX_QUOTE - 1] + "…",
        article.title if article else "",
        article.get_absolute_url() if article else "",
        *find_undoing(event),
        is_undo=is_undo(event),
    )


def find_undoing(event: Event) -> tuple[datetime | None, str]:
    """Return when and by whom the event was taken back; None and "" where it was not, or where that was taken back itself."""
    undoing = getattr(event, "undone_by", None)
    if undoing is None or hasattr(undoing, "undone_by"):
        return None, ""
    return undoing.at, undoing.actor.get_username() if undoing.actor else ""


def name_subjects(event: Event, subjects: Subjects) -> dict[str, str]:
    """Return the names of the rows that an event is about: those they have now, or had when they were deleted."""
    into, names = event.data.get("into"), subjects.deleted | subjects.tags | subjects.desks
    name = names.get(event.subject) or event.data.get("name", "…")
    other = subjects.articles.get(event.data.get("other", 0))
    return {
        "tag": name,
        "into": names.get(UUID(into), "…") if into else "",
        "desk": name,
        "user": subjects.users.get(event.data.get("user", 0), "…"),
        "article": f"“{other.title}”" if other else _("another article"),
    }


def find_quote(event: Event, subjects: Subjects) -> str:
    """Return the words of the highlight that an event is about, "" where the reader cannot open it."""
    key = event.data.get("highlight")
    return subjects.highlights.get(event.subject) or (subjects.highlights.get(UUID(key), "") if key else "")


def find_url(project: Project, event: Event, subjects: Subjects) -> str:
    """Return the address of what an event is about, "" where there is none any more."""
    if event.verb in GROUPS["replies"]:
        return find_thread_url(project, event, subjects)
    if event.subject in subjects.highlights:
        return reverse("highlight", args=[event.subject])
    if event.subject in subjects.tags:
        return reverse("tag", args=[project.slug, event.subject])
    if event.subject in subjects.desks:
        return reverse("saved-desk", args=[project.slug, event.subject])
    return ""


def find_thread_url(project: Project, event: Event, subjects: Subjects) -> str:
    """Return the address of the thread that an event is about: of a highlight, or of an article; "" where it cannot be read."""
    if event.subject in subjects.highlights:
        return reverse("replies", args=[event.subject])
    article = subjects.articles.get(event.article_id or 0)
    return reverse("article-note", args=[project.slug, article.slug]) if article and event.data.get("note") else ""
