"""What one project has on one revision: its highlights, ready to be drawn, in a few queries whatever their number."""

from collections import Counter
from typing import NamedTuple

from django.db.models import CharField
from django.db.models.functions import Cast

from annotations.models.codebook import CodebookTag, codebook_of
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.placement import Placement
from annotations.rendering.highlighter import Span

DRAWN = ("start", "end", "highlight__note_html", "highlight__author_id", "highlight__author__username")
JUDGED = ("highlight__revision__number", "state", "material", "changes", "decision", "decided_by__username", "open")


class Placed(NamedTuple):
    """How a highlight came to stand here that was made on an earlier revision, number `made_on`."""

    made_on: int
    state: str
    material: bool
    changes: list
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
        return self.state == "same" and not self.decision


class Row(NamedTuple):
    """One highlight as it is drawn: offsets in code points, tags in their order; `placed` unless it was made here."""

    id: str
    start: int
    end: int
    note_html: str
    author_id: int
    author: str
    tags: list
    placed: Placed | None = None

    def span(self) -> Span:
        hue = self.tags[0].colour if self.tags else 0
        return Span(self.start, self.end, self.id, hue, self.label(), self.changes() if self.placed else ())

    def changes(self) -> tuple:
        shown = self.placed.changes if self.placed.is_edited else []
        return tuple((start, end, was) for start, end, was, _ in shown)

    def label(self) -> str:
        return f"{self.author}: {', '.join([tag.name for tag in self.tags]) or 'highlight'}"


class Layer:
    """The standing highlights of a project on a revision: those made on it, and those of earlier ones that have a place here.

    `shown` are those that the reader's filters let through.
    """

    def __init__(self, project, revision, hidden_tags: set[str] = frozenset(), hidden_readers: set[str] = frozenset()):
        self.project, self.revision = project, revision
        self.codebook = codebook_of(project) if project else {}
        self.rows = self.made_here() if project else []
        if project and revision.number > 1:
            self.rows = sorted(self.rows + self.placed_here(), key=lambda row: (row.start, -row.end, row.id))
        self.hidden_tags, self.hidden_readers = hidden_tags, hidden_readers
        self.shown = [row for row in self.rows if self.shows(row)]

    def made_here(self) -> list[Row]:
        """Rows in reading order. Keys are fetched as text: a thousand UUID objects take longer than the rest of the page."""
        mine = Highlight.objects.standing().filter(project=self.project, revision=self.revision)
        found = mine.order_by("start", "-end", "pk").values_list(
            text_of_key("pk"), "start", "end", "note_html", "author_id", "author__username"
        )
        own = HighlightTag.objects.filter(highlight__project=self.project, highlight__revision=self.revision)
        tags = self.tags_of(own) if found else {}
        return [Row(dashed(key := bare(pk)), *rest, tags.get(key, [])) for pk, *rest in found]

    def placed_here(self) -> list[Row]:
        """Rows of highlights that were made on earlier revisions."""
        mine = {"project": self.project, "revision": self.revision, "start__isnull": False}
        placements = Placement.objects.filter(highlight__deleted_at=None, **mine).order_by()
        found = placements.values_list(text_of_key("highlight_id"), *DRAWN, *JUDGED, "highlight__version")
        own = HighlightTag.objects.filter(**{f"highlight__placements__{name}": value for name, value in mine.items()})
        tags, drawn = self.tags_of(own) if found else {}, len(DRAWN)
        return [
            Row(dashed(key := bare(pk)), *rest[:drawn], tags.get(key, []), Placed(*rest[drawn:])) for pk, *rest in found
        ]

    def tags_of(self, pairs) -> dict[str, list[CodebookTag]]:
        """The tags of each highlight, by its bare key, in their order."""
        pairs = pairs.filter(highlight__deleted_at=None).order_by("position")
        tags: dict[str, list[CodebookTag]] = {}
        for highlight, tag in pairs.values_list(text_of_key("highlight_id"), text_of_key("tag_id")):
            tags.setdefault(bare(highlight), []).append(self.codebook.get(bare(tag)) or self.new_term(bare(tag)))
        return tags

    def new_term(self, key: str) -> CodebookTag:
        """A tag that was made since the project was read."""
        self.project.refresh_from_db(fields=["version", "codebook"])
        self.codebook = codebook_of(self.project)
        return self.codebook[key]

    def shows(self, row: Row) -> bool:
        if row.author in self.hidden_readers:
            return False
        return not self.hidden_tags or any(name_of(tag) not in self.hidden_tags for tag in row.tags or [None])

    def spans(self) -> list[Span]:
        return [row.span() for row in self.shown]

    def tag_counts(self) -> list[tuple]:
        """For each tag in use: (tag or None for untagged, number of highlights, whether it is shown), most used first."""
        counts = Counter([name_of(tag) for row in self.rows for tag in row.tags or [None]])
        by_name = {tag.name: tag for tag in self.codebook.values()}
        order = sorted(counts.items(), key=lambda item: (not item[0], -item[1], item[0]))
        return [(by_name.get(name), count, name not in self.hidden_tags) for name, count in order]

    def reader_counts(self) -> list[tuple[str, int, bool]]:
        """For each reader with highlights here: (name, number, whether they are shown), by name."""
        counts = Counter([row.author for row in self.rows])
        return [(name, n, name not in self.hidden_readers) for name, n in sorted(counts.items())]


def name_of(tag: CodebookTag | None) -> str:
    """A tag's name in an address; empty for what has no tag."""
    return tag.name if tag else ""


def text_of_key(field: str) -> Cast:
    return Cast(field, CharField())


def bare(key: str) -> str:
    """A key without hyphens, which SQLite keeps it without and PostgreSQL shows it with."""
    return key.replace("-", "")


def dashed(key: str) -> str:
    return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"
