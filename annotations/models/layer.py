"""What one project has on one revision: its highlights, ready to be drawn, in three queries whatever their number."""

from collections import Counter
from typing import NamedTuple
from uuid import UUID

from annotations.marking.highlighter import Span

from .highlight import Highlight, HighlightTag
from .tag import Tag


class Row(NamedTuple):
    """One highlight as it is drawn: offsets in code points, tags in their order."""

    id: str
    start: int
    end: int
    note_html: str
    author_id: int
    author: str
    tags: list

    def span(self) -> Span:
        return Span(self.start, self.end, self.id, self.tags[0].colour if self.tags else 0, self.label())

    def label(self) -> str:
        return f"{self.author}: {', '.join([tag.name for tag in self.tags]) or 'highlight'}"


class Layer:
    """The standing highlights of a project on a revision; `shown` are those that the reader's filters let through."""

    def __init__(self, project, revision, shown_tags: set[str] | None = None, shown_readers: set[str] | None = None):
        self.project, self.revision = project, revision
        self.codebook = (
            {tag.pk: tag for tag in Tag.objects.without_tree_fields().filter(project=project)} if project else {}
        )
        self.rows = self.fetched() if project else []
        self.shown_tags, self.shown_readers = shown_tags, shown_readers
        self.shown = [row for row in self.rows if self.shows(row)]

    def fetched(self, **within) -> list[Row]:
        """Rows in reading order; `within` narrows them down by fields of Highlight."""
        mine = Highlight.objects.standing().filter(project=self.project, revision=self.revision, **within)
        fields = ("pk", "start", "end", "note_html", "author_id", "author__username")
        tags = self.tags_of(mine)
        found = mine.order_by("start", "-end", "pk").values_list(*fields)
        return [Row(str(pk), *rest, tags.get(pk, [])) for pk, *rest in found]

    def tags_of(self, highlights) -> dict[UUID, list[Tag]]:
        tags: dict[UUID, list[Tag]] = {}
        pairs = HighlightTag.objects.filter(highlight__in=highlights.order_by().values("pk")).order_by("position")
        for highlight, tag in pairs.values_list("highlight_id", "tag_id"):
            tags.setdefault(highlight, []).append(self.codebook[tag])
        return tags

    def shows(self, row: Row) -> bool:
        by_reader = self.shown_readers is None or row.author in self.shown_readers
        return by_reader and (
            self.shown_tags is None or any(name_of(tag) in self.shown_tags for tag in row.tags or [None])
        )

    def spans(self) -> list[Span]:
        return [row.span() for row in self.shown]

    def tag_counts(self) -> list[tuple]:
        """For each tag in use: (tag or None for untagged, number of highlights, whether it is shown), most used first."""
        counts = Counter(tag for row in self.rows for tag in row.tags or [None])
        named = sorted(counts.items(), key=lambda item: (item[0] is None, -item[1], name_of(item[0])))
        return [(tag, count, self.shown_tags is None or name_of(tag) in self.shown_tags) for tag, count in named]

    def reader_counts(self) -> list[tuple[str, int, bool]]:
        """For each reader with highlights here: (name, number, whether they are shown), by name."""
        counts = Counter(row.author for row in self.rows)
        return [
            (name, n, self.shown_readers is None or name in self.shown_readers) for name, n in sorted(counts.items())
        ]


def name_of(tag: Tag | None) -> str:
    """A tag's name in an address; empty for what has no tag."""
    return tag.name if tag else ""
