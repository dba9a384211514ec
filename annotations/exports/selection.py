"""What an export takes from an address: a list of passages, groups of them, or the cells of a desk."""

from collections.abc import Iterator
from functools import cached_property

from annotations.desk.layout import Layout
from annotations.exchange.formats import Format
from annotations.exchange.sections import ExportDetails, Section
from annotations.exports.citation_views import cited_among
from annotations.models.codebook import codebook_of
from annotations.passages import pivot_queries as laying
from annotations.passages.filters import found, wanted_in
from annotations.passages.grouping import in_order
from annotations.passages.queries import all_passages

ON_A_DESK = ("row", "column", "columns")  # fields by which an address means a desk


class Selection:
    """The passages that a query string means, as one reader sees them."""

    def __init__(self, user, project, query):
        self.user, self.project, self.query = user, project, query
        self.wanted, self.codebook = wanted_in(query), codebook_of(project)
        self.is_desk = any(query.get(name) for name in ON_A_DESK)
        self.passages = found(all_passages().readable_by(user), project, self.wanted, self.codebook)

    def number(self) -> int:
        """How many lines the export has; a passage stands in as many groups or cells as it belongs to."""
        if self.is_desk:
            return sum(line.here for line in self.layout.laid)
        if self.wanted.group:
            return sum(laying.numbers(self.project, self.passages, self.wanted.group).values())
        return self.passages.count()

    @cached_property
    def layout(self) -> Layout:
        return Layout(self.user, self.project, self.query)

    def sections(self, kind: Format, about: ExportDetails) -> Iterator[Section]:
        """The passages under their headings, as this format wants them; under none where it wants an order of its own."""
        if kind.is_bibliography:
            yield Section((), cited_among(self.passages, about.highlights_url))
        elif kind.order:
            yield Section((), self.passages.table(kind.order))
        elif self.is_desk:
            yield from self.cells()
        elif self.wanted.group:
            yield from self.groups()
        else:
            yield Section((), self.passages.table(self.wanted.order))

    def groups(self) -> Iterator[Section]:
        axis = self.wanted.group
        kinds = in_order(laying.numbers(self.project, self.passages, axis), axis, self.codebook)
        names = laying.names(axis, kinds)
        for kind in kinds:
            group = laying.of_kind(self.project, self.passages, axis, kind)
            yield Section((self.named(axis, kind, names),), group.table(self.wanted.order))

    def named(self, axis: str, kind, names: dict) -> str:
        if axis == "tag":
            return self.codebook[kind.hex].name if kind and kind.hex in self.codebook else "no tag"
        return heading(axis, names.get(kind, kind) or "no byline")

    def cells(self) -> Iterator[Section]:
        layout = self.layout
        for row in layout.rows:
            selection = layout.selection(row)
            for column in layout.columns:
                cell = laying.of_kind(self.project, selection, layout.axis, column.kind)
                yield Section((row.label, heading(layout.axis, column.label)), cell.table("latest"))


def heading(axis: str, label) -> str:
    return f"Week of {label:%Y-%m-%d}" if axis == "week" else str(label)
