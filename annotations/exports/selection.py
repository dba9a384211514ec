"""What an address selects for an export: a list of passages, groups of them, or the cells of a desk."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from annotations.desk.layout import Layout
from annotations.exchange.formats import Format
from annotations.exchange.sections import ExportDetails, Section
from annotations.exports.citation_views import read_cited_articles
from annotations.models import Project
from annotations.models.codebook import codebook_of
from annotations.passages import pivot_queries
from annotations.passages.filters import read_filter, select_passages
from annotations.passages.grouping import sort_kinds
from annotations.passages.queries import all_passages
from newsreader.text.dates import format_day
from newsreader.users import AnyUser

DESK_FIELDS = ("row", "column", "columns")  # fields by which an address means a desk


class Selection:
    """The passages that a query string selects, as one reader sees them."""

    def __init__(self, user: AnyUser, project: Project, query: QueryDict) -> None:
        self.user, self.project, self.query = user, project, query
        self.passage_filter, self.codebook = read_filter(query), codebook_of(project)
        self.is_desk = any(query.get(name) for name in DESK_FIELDS)
        self.passages = select_passages(
            all_passages().readable_in_any_layer(user, project), project, self.passage_filter, self.codebook
        )

    def count_lines(self) -> int:
        """Return how many lines the export has; a passage stands in as many groups or cells as it belongs to."""
        if self.is_desk:
            return sum(line.here for line in self.layout.laid)
        if self.passage_filter.group:
            return sum(pivot_queries.count_by_kind(self.project, self.passages, self.passage_filter.group).values())
        return self.passages.count()

    @cached_property
    def layout(self) -> Layout:
        """The desk that the query string means."""
        return Layout(self.user, self.project, self.query)

    def build_sections(self, export_format: Format, details: ExportDetails) -> Iterator[Section]:
        """Yield the passages under their headings, as this format needs them; under none where it has an order of its own."""
        if export_format.is_bibliography:
            yield Section((), read_cited_articles(self.passages, details.highlights_url))
        elif export_format.order:
            yield Section((), self.passages.iterate_exported(export_format.order))
        elif self.is_desk:
            yield from self.build_cells()
        elif self.passage_filter.group:
            yield from self.build_groups()
        else:
            yield Section((), self.passages.iterate_exported(self.passage_filter.order))

    def build_groups(self) -> Iterator[Section]:
        """Yield a section for each group of passages."""
        axis = self.passage_filter.group
        kinds = sort_kinds(pivot_queries.count_by_kind(self.project, self.passages, axis), axis, self.codebook)
        names = pivot_queries.load_kind_names(axis, kinds)
        for kind in kinds:
            group = pivot_queries.filter_by_kind(self.project, self.passages, axis, kind)
            yield Section((self.name_group(axis, kind, names),), group.iterate_exported(self.passage_filter.order))

    def name_group(self, axis: str, kind: Any, names: dict[Any, Any]) -> str:
        """Return the heading of a group; `names` are words for the kinds that are keys."""
        if axis == "tag":
            return self.codebook[kind.hex].name if kind and kind.hex in self.codebook else _("no tag")
        return format_heading(axis, names.get(kind, kind) or _("no byline"))

    def build_cells(self) -> Iterator[Section]:
        """Yield a section for each cell of the desk, row by row."""
        layout = self.layout
        for row in layout.rows:
            selection = layout.select_row(row)
            for column in layout.columns:
                cell = pivot_queries.filter_by_kind(self.project, selection, layout.axis, column.kind)
                yield Section((row.label, format_heading(layout.axis, column.label)), cell.iterate_exported("latest"))


def format_heading(axis: str, label: Any) -> str:
    """Return the label of a group or column in words; that of a week is its Monday."""
    return _("Week of %(day)s") % {"day": format_day(label)} if axis == "week" else str(label)
