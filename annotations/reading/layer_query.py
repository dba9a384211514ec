"""The queries for the highlights of a project on a revision, a few whatever their number."""

from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from annotations.models import Highlight, HighlightTag, Placement, Project
from annotations.models.codebook import CodebookTag, codebook_of
from annotations.rendering.highlighter import Span
from newsreader.models import Revision

HIGHLIGHT_FIELDS = ("start", "end", "note_html", "author_id", "author__username")
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
    """One highlight to be rendered: offsets in code points, tags in their order; `placement` unless it was made here."""

    id: str
    start: int
    end: int
    note_html: str
    author_id: int
    author: str
    tags: list[CodebookTag]
    placement: PlacementRow | None = None

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
        self.codebook = codebook_of(project)

    def load_rows(self, keys: Collection[UUID] | None = None) -> list[HighlightRow]:
        """Return the rows in reading order, the longer first of those that start together; of these keys, or all."""
        rows = self.load_made_here({"pk__in": keys} if keys else {})
        if self.revision.number == 1:
            return rows
        rows += self.load_placed_here({"highlight__in": keys} if keys else {})
        return sorted(rows, key=lambda row: (row.start, -row.end, row.id))

    def load_made_here(self, wanted: dict[str, Any]) -> list[HighlightRow]:
        """Return the rows of highlights that were made on this revision, in reading order."""
        highlights = Highlight.objects.standing().filter(project=self.project, revision=self.revision, **wanted)
        found = list(highlights.order_by("start", "-end", "pk").values_list(select_key_text("pk"), *HIGHLIGHT_FIELDS))
        here = {"highlight__project": self.project, "highlight__revision": self.revision}
        pairs = HighlightTag.objects.filter(**here, **{f"highlight__{name}": keys for name, keys in wanted.items()})
        tags = self.load_tags(pairs) if found else {}
        return [
            HighlightRow(add_hyphens(pk), start, end, note_html, author_id, author, tags.get(remove_hyphens(pk), []))
            for pk, start, end, note_html, author_id, author in found
        ]

    def load_placed_here(self, wanted: dict[str, Any]) -> list[HighlightRow]:
        """Return the rows of highlights that were made on earlier revisions, in any order."""
        here = {"project": self.project, "revision": self.revision, "start__isnull": False}
        placements = Placement.objects.filter(highlight__deleted_at=None, **here, **wanted).order_by()
        found = list(
            placements.values_list(select_key_text("highlight_id"), *PLACED_HIGHLIGHT_FIELDS, *PLACEMENT_FIELDS)
        )
        placed_here = {f"highlight__placements__{name}": value for name, value in here.items()}
        pairs = HighlightTag.objects.filter(**placed_here, **wanted)
        tags = self.load_tags(pairs) if found else {}
        return [
            HighlightRow(
                *(add_hyphens(pk), start, end, note_html, author_id, author),
                tags=tags.get(remove_hyphens(pk), []),
                placement=PlacementRow(*placement),
            )
            for pk, start, end, note_html, author_id, author, *placement in found
        ]

    def load_tags(self, pairs: QuerySet[HighlightTag]) -> dict[str, list[CodebookTag]]:
        """Return the tags of each highlight in their order, by the highlight's key without hyphens."""
        pairs = pairs.filter(highlight__deleted_at=None).order_by("position")
        tags: dict[str, list[CodebookTag]] = {}
        for highlight_id, tag_id in pairs.values_list(select_key_text("highlight_id"), select_key_text("tag_id")):
            tags.setdefault(remove_hyphens(highlight_id), []).append(self.get_tag(remove_hyphens(tag_id)))
        return tags

    def get_tag(self, key: str) -> CodebookTag:
        """Return the tag of this key, which may have been made since the project was read."""
        if key not in self.codebook:
            self.project.refresh_from_db(fields=["version", "codebook"])
            self.codebook = codebook_of(self.project)
        return self.codebook[key]


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
