"""What others changed on a page since it was opened: found in the history, and told in numbers."""

from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.models import Event, Highlight, HighlightTag, Project
from annotations.models.access import PEOPLE
from annotations.models.history import MAX_LISTED_EVENTS
from annotations.reading.layer import Layer, LayerFilter
from newsreader.models import Revision
from newsreader.opaque_numbers import hide_number
from newsreader.users import AnyUser

MAX_EVENTS = 500  # that are read; where there are more, everything is shown anew
MAKING_VERBS = (
    *("highlight made", "highlight carried", "highlight imported", "highlight restored"),
    *("disagreement decided", "agreed passages taken"),
)
DELETING_VERBS = ("highlight deleted", "decision taken back", "agreed passages removed")
# Events that are about no article and change what a card or a mark shows.
CODEBOOK_VERBS = (
    *("tag edited", "tag merged", "tag deleted", "tag restored", "tag split"),
    *("lines separated", "lines restored"),
    *("passages retagged", "passages retagged back", "file imported", "import taken back"),
)


class Updates(NamedTuple):
    """What others did: the keys of highlights that are new, changed and deleted, of those that the page's filter shows.

    `replies` is the number of new ones under them, `replied` that of the changed ones to which nothing else happened.
    `is_about_all` where tags, or more than can be told, changed; `is_corrected` where the text is another one by now;
    `is_archived` where the project was archived since, `is_revealed` where the reader was shown the layers of others.
    `merged_into` is the title of the article into which that of the page was merged.
    """

    made: list[UUID] = []
    changed: list[UUID] = []
    deleted: list[UUID] = []
    replies: int = 0
    replied: int = 0
    is_about_all: bool = False
    is_corrected: bool = False
    is_archived: bool = False
    is_revealed: bool = False
    merged_into: str = ""

    def describe(self) -> str:
        """Return what happened in a few words; empty where nothing did."""
        sentences = [_("This project was archived.")] if self.is_archived else []
        if self.merged_into:
            sentences.append(_("This article was merged into “%(article)s”.") % {"article": self.merged_into})
        sentences += [_("The text was corrected.")] if self.is_corrected else []
        sentences += [_("Blind reading is over: you see the others’ highlights.")] if self.is_revealed else []
        numbers = [len(self.made), len(self.changed) - self.replied, len(self.deleted)]
        if sum(map(bool, numbers)) == 1:
            sentences.append(describe_one_kind(*numbers))
        elif any(numbers):
            sentences.append(describe_kinds(*numbers))
        if self.replies:
            text = ngettext("%(number)s new reply.", "%(number)s new replies.", self.replies)
            sentences.append(text % {"number": self.replies})
        if self.is_about_all:
            sentences.append(_("Tags were changed."))
        return " ".join(sentences)


def describe_one_kind(made: int, changed: int, deleted: int) -> str:
    """Return how many highlights are new, or changed, or deleted: two of the numbers are zero."""
    if made:
        return ngettext("%(number)s new highlight.", "%(number)s new highlights.", made) % {"number": made}
    if changed:
        return ngettext("%(number)s highlight changed.", "%(number)s highlights changed.", changed) % {
            "number": changed
        }
    return ngettext("%(number)s highlight deleted.", "%(number)s highlights deleted.", deleted) % {"number": deleted}


def describe_kinds(made: int, changed: int, deleted: int) -> str:
    """Return how many highlights are new, changed and deleted."""
    words = {_("%(number)s new"): made, _("%(number)s changed"): changed, _("%(number)s deleted"): deleted}
    numbers = ", ".join(text % {"number": number} for text, number in words.items() if number)
    return _("Highlights: %(numbers)s.") % {"numbers": numbers}


def render_updates_region(
    project: Project, revision: Revision, event: int, layer: str, *, oob: bool = False
) -> SafeString:
    """Return where a page that shows a layer until an event says what others change; a script asks for it."""
    query = {
        "event": hide_number(event),
        "codebook": get_told_codebook(project),
        "revision": revision.number,
        "layer": layer or "all",
    }
    query |= {"archived": "1"} if project.archived_at else {}
    return format_html(
        '<div class="updates" id="updates" role="status"{} data-address="{}?{}" data-state="{}" data-seconds="{}"></div>',
        SafeString(' hx-swap-oob="true"') if oob else "",
        reverse("updates", args=[project.slug, revision.article.slug]),
        urlencode(query),
        make_etag(event, project, revision.number),
        settings.NEWSREADER_UPDATES_SECONDS,
    )


def make_etag(event: int, project: Project, revision: int) -> str:
    """Return what names the state of a page: its last event, its project’s codebook and end, and the number of its text."""
    return f'"{hide_number(event)}-{get_told_codebook(project)}-{revision}{"-archived" if project.archived_at else ""}"'


def get_told_codebook(project: Project) -> int:
    """Return the version of the project's codebook; 0 for who reads blind, whom it would tell that others work."""
    return 0 if project.sight else project.codebook


def list_events_of_others(project: Project, revision: Revision, event: int, user: AnyUser) -> list[Event]:
    """Return what others did on an article after an event, the first first; MAX_EVENTS at most."""
    if project.sight.hides(revision.article_id):
        return []
    events = project.events.filter(article=revision.article_id, pk__gt=event).exclude(actor=user.pk)
    return list(events.order_by("pk").only("subject", "verb", "data")[:MAX_EVENTS])


def find_updates(project: Project, layer: Layer, events: list[Event]) -> Updates:
    """Return what these events, the first first, did to a page; the layer is as it is after them."""
    shown = {row.id for row in layer.shown}
    verbs = dict[UUID, list[str]]()
    for event in events:
        for key in list_subjects(event):
            verbs.setdefault(key, []).append(event.verb)
    is_about_all = verbs.pop(project.pk, None) is not None or len(events) == MAX_EVENTS
    standing = {key: str(key) in shown for key in verbs}
    known = {key: found[0] not in MAKING_VERBS for key, found in verbs.items()}
    gone = [key for key in verbs if not standing[key] and known[key] and verbs[key][-1] in DELETING_VERBS]
    changed = [key for key in verbs if standing[key] and known[key]]
    return Updates(
        [key for key in verbs if standing[key] and not known[key]],
        changed,
        list_shown_before(project, layer, gone),
        count_new_replies([event for event in events if standing.get(event.subject)]),
        sum(set(verbs[key]) == {"reply made"} for key in changed),
        is_about_all,
        is_revealed=any(event.verb == "assignment revealed" for event in events),
    )


def count_new_replies(events: list[Event]) -> int:
    """Return how many replies were made by these events, the first first, and not deleted again."""
    verbs = dict[str, list[str]]()
    for event in events:
        if "reply" in event.data:
            verbs.setdefault(event.data["reply"], []).append(event.verb)
    return sum(found[0] == "reply made" and found[-1] != "reply deleted" for found in verbs.values())


def list_subjects(event: Event) -> list[UUID]:
    """Return the keys of the highlights that an event is about; that of the project where it does not name them."""
    return [UUID(key) for key in event.data["highlights"]] if "highlights" in event.data else [event.subject]


def list_shown_before(project: Project, layer: Layer, keys: list[UUID]) -> list[UUID]:
    """Return those deleted highlights that the filter of a layer would show."""
    if not keys:
        return []
    rows = Highlight.objects.in_layer(layer.filter.layer).filter(pk__in=keys).order_by()
    authors = {key: (name, author) for key, name, author in rows.values_list("pk", "author__username", "author")}
    keys = [key for key in keys if key in authors]
    if layer.filter._replace(layer=PEOPLE) == LayerFilter():
        return keys
    names = dict[UUID, list[str]]()
    pairs = HighlightTag.objects.filter(project=project, highlight__in=keys).values_list("highlight", "tag__name")
    for key, name in pairs:
        names.setdefault(key, []).append(name)
    return [key for key in keys if layer.filter.passes(*authors[key], names.get(key, [""]))]


def has_codebook_changed(project: Project, codebook: int, user: AnyUser) -> bool:
    """Return whether others changed tags since the codebook had this version."""
    number = min(project.codebook - codebook, MAX_LISTED_EVENTS)
    if number <= 0 or project.sight:
        return False
    events = project.events.filter(article=None).order_by("-pk").values_list("verb", "actor")[:number]
    return any(verb in CODEBOOK_VERBS and actor != user.pk for verb, actor in events)


def list_places(revision: Revision, events: list[Event], layer: Layer, keys: list[UUID]) -> list[tuple[int, int]]:
    """Return where these highlights stand and stood on a text, before and after the events."""
    names = set(map(str, keys))
    places = [(row.start, row.end) for row in layer.rows if row.id in names]
    moved = [event for event in events if event.verb == "highlight moved" and event.subject in set(keys)]
    places += [(event.data["before"]["start"], event.data["before"]["end"]) for event in moved]
    gone = names - {row.id for row in layer.rows}
    deleted = Highlight.objects.filter(pk__in=gone).select_related("revision")
    places += [place for highlight in deleted if (place := highlight.place_on(revision))]
    return places
