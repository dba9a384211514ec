"""What one project has on one revision: its highlights, ready to be rendered."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from django.http import QueryDict

from annotations.models import Project
from annotations.models.access import CONSENSUS, PEOPLE
from annotations.models.codebook import Codebook, CodebookTag
from annotations.reading.kept_rows import load_rows
from annotations.reading.layer_query import HighlightRow, LayerQuery
from annotations.rendering.highlighter import Span
from newsreader.models import Revision


class LayerFilter(NamedTuple):
    """The names of the tags and of the authors whose highlights a reader switched off.

    `only` is the one author whose highlights are shown, by key or name; None for all of them. `layer` is that of people, or
    the consensus.
    """

    hidden_tags: frozenset[str] = frozenset()
    hidden_authors: frozenset[str] = frozenset()
    only: str | int | None = None
    layer: str = PEOPLE

    def shows(self, row: HighlightRow) -> bool:
        """Return whether a highlight passes: its author is shown, and not all of its tags are hidden."""
        return self.passes(row.author, row.author_id, filter_names(row))

    def passes(self, author: str, author_id: int, names: Iterable[str]) -> bool:
        """Return whether a highlight of an author passes, with tags of these names; one empty name for none."""
        if not self.passes_author(author, author_id):
            return False
        return not self.hidden_tags or any(name not in self.hidden_tags for name in names)

    def passes_author(self, author: str, author_id: int) -> bool:
        """Return whether the highlights of an author are shown."""
        return author not in self.hidden_authors and self.only in (None, author, author_id)


class Layer:
    """The standing highlights of a project on a revision: those made on it, and those of earlier ones that have a place here.

    `rows` are all of them in reading order, of people or of the consensus; nobody changes the list. `event` is the last on the
    article that they show.
    """

    def __init__(
        self,
        codebook: Codebook,
        rows: list[HighlightRow],
        layer_filter: LayerFilter,
        event: int = 0,
        *,
        has_consensus: bool = False,
    ) -> None:
        self.codebook, self.rows, self.filter, self.event = codebook, rows, layer_filter, event
        self.has_consensus = has_consensus

    @cached_property
    def shown(self) -> list[HighlightRow]:
        """The rows that the filter lets through."""
        return self.rows if self.filter == NO_FILTER else [row for row in self.rows if self.filter.shows(row)]

    def spans(self) -> list[Span]:
        """Return what is shown as the highlighter needs it."""
        return [row.to_span() for row in self.shown]

    def count_tags(self) -> list[tuple[CodebookTag | None, int, bool]]:
        """Return (tag or None for untagged, number of highlights, whether it is shown) of tags in use, most used first."""
        counts = Counter([name for row in self.rows for name in filter_names(row)])
        by_name = {tag.name: tag for tag in self.codebook.values()}
        order = sorted(counts.items(), key=lambda item: (not item[0], -item[1], item[0]))
        return [(by_name.get(name), count, name not in self.filter.hidden_tags) for name, count in order]

    def count_authors(self) -> list[tuple[str, int, bool]]:
        """Return (name, number of highlights, whether they are shown) of authors with highlights here, by name."""
        counts = Counter([row.author for row in self.rows])
        shown = {row.author for row in self.rows if self.filter.passes_author(row.author, row.author_id)}
        return [(name, count, name in shown) for name, count in sorted(counts.items())]


def filter_names(row: HighlightRow) -> list[str]:
    """Return the names under which a highlight is filtered by tag; one empty name where it has none."""
    return [tag.name for tag in row.tags] or [""]


NO_FILTER = LayerFilter()


def read_layer_filter(query: QueryDict | None, remembered: str = "", user_id: int | None = None) -> LayerFilter:
    """Return what was switched off: tags and readers that the form listed and its reader did not tick.

    The layer is the one that the query names, else the one that is `remembered`, as Membership.layer has it; it shows the
    highlights of one reader alone, `user_id` for "mine".
    """
    if query is None:
        return NO_FILTER
    return LayerFilter(
        find_unticked(query, "tags-listed", "tag"),
        find_unticked(query, "readers-listed", "reader"),
        find_only_author(layer := get_layer(query, remembered), user_id),
        layer if layer == CONSENSUS else PEOPLE,
    )


def get_layer(query: QueryDict, remembered: str) -> str:
    """Return the layer that a query names, "all" where it names readers; else the one that is remembered."""
    return query.get("layer") or ("all" if "readers-listed" in query else remembered)


def find_only_author(layer: str, user_id: int | None) -> str | int | None:
    """Return whose highlights a layer has, by key ("mine") or name ("@" and the name); None for all."""
    return user_id if layer == "mine" else layer[1:] if layer.startswith("@") else None


def find_unticked(query: QueryDict, list_field: str, ticked_field: str) -> frozenset[str]:
    """Return the names of a list (with commas between) that are not among those ticked."""
    names = query.get(list_field)
    return frozenset(names.split(",")) - set(query.getlist(ticked_field)) if names else frozenset()


def load_layer(project: Project | None, revision: Revision, layer_filter: LayerFilter = NO_FILTER) -> Layer:
    """Return the project's layer on the revision, an empty one where there is no project; who reads blind has their own.

    That has no last event, which would tell of what others did.
    """
    if not project:
        return Layer({}, [], layer_filter)
    if project.sight.hides(revision.article_id):
        return load_own_layer(project, revision, layer_filter)
    kept = load_rows(project, revision)
    rows = kept.consensus if layer_filter.layer == CONSENSUS else kept.people
    return Layer(kept.codebook, rows, layer_filter, kept.event, has_consensus=bool(kept.consensus))


def load_own_layer(project: Project, revision: Revision, layer_filter: LayerFilter) -> Layer:
    """Return what the project’s reader marked: read each time, and without a look at what the others did."""
    reader, query = project.sight.reader, LayerQuery(project, revision)
    rows = query.load_rows_of(reader) if reader and layer_filter.layer != CONSENSUS else []
    return Layer(query.codebook, rows, layer_filter)
