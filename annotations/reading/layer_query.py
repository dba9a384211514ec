"""The queries for the highlights of a project on a revision, a few whatever their number."""

from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from annotations.models import Highlight, HighlightTag, Placement, Project
from annotations.models.codebook import CodebookTag, load_codebook
from annotations.rendering.highlighter import Span
from newsreader.models import Revision
from newsreader.prepared import PreparedQuery

NOBODY = 0  # whose a passage of the consensus is, so that nobody edits it as their own


HIGHLIGHT_FIELDS = (
    *("start", "end", "note_html", "author_id", "author__username"),
    *("thread__reply_count", "thread__resolved_at", "adjudication_id", "carried_from"),
)
PLACED_HIGHLIGHT_FIELDS = ("start", "end", *(f"highlight__{name}" for name in HIGHLIGHT_FIELDS[2:]))


PLACEMENT_FIELDS = (
    *("highlight__revision__number", "state", "material", "changes", "decision", "decided_by__username", "open"),
    "highlight__version",
)


class PlacementRow(NamedTuple):
    """How a highlight that was made on revision number `made_on` came to stand on a later one; as PLACEMENT_FIELDS."""

    made_on: int
    state: str
    material: bool
    changes: list[tuple[int, int, str, str]]  # start, end, words before, words after
    decision: str
    decided_by: str | None
    open: bool
    version: int

    @property
    def is_edited(self) -> bool:
        """Whether it stands on words that nobody has accepted yet."""
        return self.state == "edited" and not self.decision

    @property
    def is_same(self) -> bool:
        """Whether nothing happened to it."""
        return self.state == "same" and not self.decision


class HighlightRow(NamedTuple):
    """One highlight to be rendered: offsets in code points, tags in their order; `placement` unless it was made here.

    `author_id` is NOBODY in the consensus.
    """

    id: str
    start: int
    end: int
    note_html: str
    author_id: int
    author: str
    tags: list[CodebookTag]
    replies: int = 0  # how many
    is_resolved: bool = False
    placement: PlacementRow | None = None
    origin: str = ""  # the key of the highlight in another copy of the story from which it was carried

    @property
    def is_consensus(self) -> bool:
        """Whether it is part of the consensus."""
        return self.author_id == NOBODY

    def to_span(self, *, has_card: bool = True) -> Span:
        """Return it as the highlighter needs it; `has_card` is whether its card comes with the page."""
        hue = self.tags[0].colour if self.tags else 0
        return Span(self.start, self.end, self.id, hue, self.label(), self.edits(), has_card)

    def edits(self) -> tuple[tuple[int, int, str], ...]:
        """Return the words that were edited and not accepted: start, end, words before."""
        if not self.placement or not self.placement.is_edited:
            return ()
        return tuple((start, end, before) for start, end, before, _after in self.placement.changes)

    def label(self) -> str:
        """Return its author and tags, as screen readers say them."""
        names = ", ".join([tag.name for tag in self.tags]) or _("highlight")
        return f"{self.author}: {names}"


class LayerQuery:
    """The queries for one layer. Keys are fetched as text: a thousand UUID objects take longer than the rest of the page."""

    def __init__(self, project: Project, revision: Revision) -> None:
        self.project, self.revision = project, revision
        self.codebook = load_codebook(project.pk, project.codebook)  # all of it: rows are kept for all readers

    def load_rows(self, keys: Collection[UUID] | None = None) -> list[HighlightRow]:
        """Return the rows in reading order, the longer first of those that start together; of these keys, or all."""
        return sort_rows(
            row for key in (keys if keys is not None else [None]) for row in self.load_some({"key": key} if key else {})
        )

    def load_rows_of(self, author: int) -> list[HighlightRow]:
        """Return the rows of one author's highlights in reading order."""
        return sort_rows(self.load_some({"author": author}))

    def load_some(self, condition: dict[str, Any]) -> list[HighlightRow]:
        """Return the rows in any order; of the highlight of a `key`, those of an `author`, or all."""
        which: dict[str, Any] = {"project": self.project.pk, "revision": self.revision.pk} | condition
        rows = self.load_made_here(which)
        return rows + self.load_placed_here(which) if self.revision.number > 1 else rows

    def load_made_here(self, which: dict[str, Any]) -> list[HighlightRow]:
        """Return the rows of highlights that were made on this revision."""
        found = prepare(build_made_query, *which).list_values(**which)
        tags = self.load_tags(prepare(build_made_tags_query, *which).list_values(**which)) if found else {}
        return [
            HighlightRow(
                *(add_hyphens(pk), start, end, note_html, NOBODY if adjudication else author_id, author),
                tags.get(remove_hyphens(pk), []),
                *(replies or 0, resolved_at is not None),
                origin=add_hyphens(str(carried)) if carried else "",
            )
            for pk, start, end, note_html, author_id, author, replies, resolved_at, adjudication, carried in found
        ]

    def load_placed_here(self, which: dict[str, Any]) -> list[HighlightRow]:
        """Return the rows of highlights that were made on earlier revisions."""
        found = prepare(build_placed_query, *which).list_values(**which)
        tags = self.load_tags(prepare(build_placed_tags_query, *which).list_values(**which)) if found else {}
        return [
            HighlightRow(
                *(add_hyphens(pk), start, end, note_html, NOBODY if adjudication else author_id, author),
                tags.get(remove_hyphens(pk), []),
                *(replies or 0, resolved_at is not None),
                PlacementRow(*placement),
                origin=add_hyphens(str(carried)) if carried else "",
            )
            for pk, start, end, note_html, author_id, author, replies, resolved_at, adjudication, carried, *placement in found
        ]

    def load_tags(self, pairs: list[tuple[Any, ...]]) -> dict[str, list[CodebookTag]]:
        """Return the tags of each highlight in their order, by the highlight's key without hyphens."""
        tags: dict[str, list[CodebookTag]] = {}
        for highlight_id, tag_id in pairs:
            tags.setdefault(remove_hyphens(highlight_id), []).append(self.get_tag(remove_hyphens(tag_id)))
        return tags

    def get_tag(self, key: str) -> CodebookTag:
        """Return the tag of this key, which may have been made since the project was read."""
        if key not in self.codebook:
            self.project.reload_versions()
            self.codebook = load_codebook(self.project.pk, self.project.codebook)
        return self.codebook[key]


def sort_rows(rows: Iterable[HighlightRow]) -> list[HighlightRow]:
    """Return the rows in reading order."""
    return sorted(rows, key=lambda row: (row.start, -row.end, row.id))


@cache
def prepare(build: Callable[..., QuerySet], *names: str) -> PreparedQuery:
    """Return one of the queries below, for all highlights, that of a `key` or those of an `author`."""
    return PreparedQuery(build, **{name: UUID if name in ("project", "key") else int for name in names})


def build_made_query(project: UUID, revision: int, **which: Any) -> QuerySet:
    """Return the query for highlights that were made on a revision."""
    highlights = Highlight.objects.standing().filter(project=project, revision=revision, **filter_by("", which))
    return highlights.order_by().values_list(select_key_text("pk"), *HIGHLIGHT_FIELDS)


def build_made_tags_query(project: UUID, revision: int, **which: Any) -> QuerySet:
    """Return the query for the tags of `build_made_query`."""
    pairs = HighlightTag.objects.filter(highlight__project=project, highlight__revision=revision)
    return select_keys(pairs.filter(**filter_by("highlight__", which)))


def build_placed_query(project: UUID, revision: int, **which: Any) -> QuerySet:
    """Return the query for highlights that were made earlier and have a place on a revision."""
    placed = Placement.objects.filter(
        project=project, revision=revision, start__isnull=False, **filter_by("highlight__", which)
    )
    standing = placed.filter(highlight__deleted_at=None).order_by()
    return standing.values_list(select_key_text("highlight_id"), *PLACED_HIGHLIGHT_FIELDS, *PLACEMENT_FIELDS)


def build_placed_tags_query(project: UUID, revision: int, **which: Any) -> QuerySet:
    """Return the query for the tags of `build_placed_query`."""
    here = {"project": project, "revision": revision, "start__isnull": False}
    pairs = HighlightTag.objects.filter(**{f"highlight__placements__{name}": value for name, value in here.items()})
    return select_keys(pairs.filter(**filter_by("highlight__", which)))


def filter_by(prefix: str, which: dict[str, Any]) -> dict[str, Any]:
    """Return the conditions that highlights have a `key` or an `author`, where that is asked; `prefix` leads to them."""
    return {f"{prefix}{'pk' if name == 'key' else name}": value for name, value in which.items()}


def select_keys(pairs: QuerySet[HighlightTag]) -> QuerySet:
    """Return the query for the keys of highlights that stand and of their tags, in the order of the tags."""
    pairs = pairs.filter(highlight__deleted_at=None).order_by("position")
    return pairs.values_list(select_key_text("highlight_id"), select_key_text("tag_id"))


def select_key_text(field: str) -> Cast:
    """Return the expression for a key as text."""
    return Cast(field, CharField())


def remove_hyphens(key: str) -> str:
    """Return a key without hyphens, which SQLite stores it without and PostgreSQL shows it with."""
    return key.replace("-", "")


def add_hyphens(key: str) -> str:
    """Return a key, with hyphens or without, as UUIDs are written."""
    key = remove_hyphens(key)
    return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"
