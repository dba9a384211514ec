"""What a query string asks of the desk: which rows, which columns; and the cells that follow."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from annotations.desk.cells import DeskCell, DeskColumn, DeskRow, RowExpression
from annotations.models.codebook import CodebookTag, codebook_of, tag_keys
from annotations.models.project import Project
from annotations.passages import pivot_queries
from annotations.passages.filters import (
    PASSAGE_LIMITS,
    PassageFilter,
    drop_page_parameters,
    read_choice,
    read_filter,
    select_passages,
)
from annotations.passages.passage import Passage
from annotations.passages.queries import PAGE_SIZE, PassageQuerySet, all_passages
from annotations.passages.search_fields import parse_tag_expression
from newsreader.search.ast import And, Node, Tag, write
from newsreader.users import AnyUser
from newsreader.views.filters import build_query_string, clean_words, limit_values, parse_day

MAX_ROWS, MAX_COLUMNS = 12, 12
DEFAULT_ROWS, DEFAULT_COLUMNS = 6, 5  # where none are chosen
MAX_OFFERED_COLUMNS = 60
MAX_CELL_PASSAGES = 4  # the others come when they are asked for
DESK_PARAMETERS = ("row", "columns", "column", "desk", "in", "of")  # those that mean nothing to the list of passages


DESK_LIMITS = PASSAGE_LIMITS | dict.fromkeys(DESK_PARAMETERS, 1)
DESK_LIMITS |= {"row": 2 * MAX_ROWS, "column": 2 * MAX_COLUMNS}


class Layout:
    """The desk that one query asks for, as one reader sees it."""

    def __init__(self, user: AnyUser, project: Project, query: QueryDict) -> None:
        self.user, self.project = user, project
        self.query, left_out = limit_values(query, DESK_LIMITS)
        self.passage_filter = read_filter(self.query, left_out)
        self.codebook = codebook_of(project)
        self.axis = read_choice(pivot_queries.COLUMN_AXES, self.query.get("columns", ""), "source")
        self.faults = list(self.passage_filter.faults)

    @cached_property
    def passages(self) -> PassageQuerySet:
        """All passages under the filters."""
        return self.select(self.passage_filter)

    def select(self, passage_filter: PassageFilter) -> PassageQuerySet:
        """Return the readable passages that pass the filter; what is wrong with it is added to `faults`."""
        passages = select_passages(
            all_passages().readable_in_any_layer(self.user, self.project), self.project, passage_filter, self.codebook
        )
        self.faults += [fault for fault in passage_filter.faults if fault not in self.faults]
        return passages

    @cached_property
    def rows(self) -> list[RowExpression]:
        """Those that were asked for, else the tags that most of the passages have."""
        expressions = [" ".join(row.replace("\0", "").split()) for row in self.query.getlist("row")]
        rows = [row for row in map(self.parse_row, dict.fromkeys(filter(None, expressions))) if row]
        if len(rows) > MAX_ROWS:
            message = _("A desk has %(number)s rows at most; the first %(number)s are shown.")
            self.faults.append(message % {"number": MAX_ROWS})
        return rows[:MAX_ROWS] if rows else self.list_default_rows()

    def parse_row(self, expression: str) -> RowExpression | None:
        """Return the row of this expression; None, and a sentence in `faults`, where it cannot be read."""
        tree, faults = parse_tag_expression(expression)
        self.faults += faults
        return RowExpression(expression, tree, self.find_tag(tree)) if tree else None

    def find_tag(self, tree: Node) -> CodebookTag | None:
        """Return the one tag that an expression means; None where it means more or other."""
        keys = tag_keys(self.codebook, tree.name) if isinstance(tree, Tag) and not tree.with_children else []
        return self.codebook[keys[0]] if len(keys) == 1 else None

    def list_default_rows(self) -> list[RowExpression]:
        """Return the tags that most of the passages have, in the codebook's order."""
        counts = pivot_queries.count_by_kind(self.project, self.passages, "tag")
        used = {key.hex: number for key, number in counts.items() if key and key.hex in self.codebook}
        most_used = sorted((key for key in used), key=lambda key: -used[key])[:DEFAULT_ROWS]
        tags = [tag for key, tag in self.codebook.items() if key in most_used]
        return [RowExpression(write(Tag(tag.name), bare="tag"), Tag(tag.name), tag) for tag in tags]

    @cached_property
    def kinds(self) -> dict[Any, int]:
        """How many passages there are of each kind on the axis, those with most first, weeks in their order."""
        numbers = pivot_queries.count_by_kind(self.project, self.passages, self.axis)
        kinds = sorted(filter(None, numbers), key=None if self.axis == "week" else lambda kind: (-numbers[kind], kind))
        return {kind: numbers[kind] for kind in kinds}

    @cached_property
    def columns(self) -> list[DeskColumn]:
        """Those that were asked for, else the kinds with most passages, the last weeks."""
        values = self.query.getlist("column")
        kinds = [kind for kind in dict.fromkeys(map(self.parse_kind, values)) if kind is not None]
        if len(kinds) > MAX_COLUMNS:
            message = _("A desk has %(number)s columns at most; the first %(number)s are shown.")
            self.faults.append(message % {"number": MAX_COLUMNS})
        return self.build_columns(kinds[:MAX_COLUMNS] if kinds else self.list_main_kinds(DEFAULT_COLUMNS))

    def parse_kind(self, value: str) -> Any:
        """Return the kind on the axis that an address names; None where it names none."""
        return parse_day(value) if self.axis == "week" else clean_words(value) or None

    @cached_property
    def offered(self) -> list[DeskColumn]:
        """The columns that may be chosen."""
        return self.build_columns(self.list_main_kinds(MAX_OFFERED_COLUMNS))

    def list_main_kinds(self, size: int) -> list[Any]:
        """Return the kinds with most passages, the last weeks; `size` of them at most."""
        kinds = list(self.kinds)
        return kinds[-size:] if self.axis == "week" else kinds[:size]

    def build_columns(self, kinds: list[Any]) -> list[DeskColumn]:
        """Return the columns of these kinds, by name; weeks in their order."""
        names = pivot_queries.load_kind_names(self.axis, kinds)
        columns = []
        for kind in kinds:
            filters = pivot_queries.make_kind_parameters(self.axis, kind)
            label, number = names.get(kind, kind), self.kinds.get(kind, 0)
            columns.append(DeskColumn(kind, label, number, filters, self.build_url(filters)))
        return columns if self.axis == "week" else sorted(columns, key=lambda column: str(column.label).casefold())

    def build_url(self, filters: dict[str, str], row: RowExpression | None = None) -> str:
        """Return the address of the list of passages under these filters too, from the project's pages."""
        query = drop_page_parameters(self.query, **filters)
        for name in DESK_PARAMETERS:
            query.pop(name, None)
        if row and row.term:
            query.appendlist("tag", row.term.address)
        elif row:
            query["tags"] = (
                f"({self.passage_filter.written}) AND ({row.written})" if self.passage_filter.tree else row.written
            )
        return build_query_string(query)

    def select_row(self, row: RowExpression) -> PassageQuerySet:
        """Return the passages of a row under all filters, in whatever column."""
        if isinstance(row.tree, Tag) and not row.tree.with_children:
            return self.select(self.passage_filter._replace(tags=[*self.passage_filter.tags, row.tree.name]))
        tree = And((self.passage_filter.tree, row.tree)) if self.passage_filter.tree else row.tree
        return self.select(self.passage_filter._replace(tree=tree, faults=[]))

    @cached_property
    def laid(self) -> list[DeskRow]:
        """Every row with its cells and their first passages."""
        selections = [self.select_row(row) for row in self.rows]
        numbers = self.count_rows(selections)
        kinds = [column.kind for column in self.columns]
        positions = [(n, kind) for n in range(len(self.rows)) for kind in kinds if numbers[n].get(kind)]
        cells = [pivot_queries.filter_by_kind(self.project, selections[n], self.axis, kind) for n, kind in positions]
        keys = dict(zip(positions, pivot_queries.find_first_keys(cells, MAX_CELL_PASSAGES), strict=True))
        passages = self.load_passages([key for cell_keys in keys.values() for key in cell_keys])
        return [
            self.build_row(row, numbers[n], {kind: keys.get((n, kind), []) for kind in kinds}, passages)
            for n, row in enumerate(self.rows)
        ]

    def count_rows(self, selections: list[PassageQuerySet]) -> list[dict[Any, int]]:
        """Return how many passages of each kind the rows have, whose `selections` these are; all rows of one tag are counted together."""
        tags = [UUID(row.term.key) for row in self.rows if row.term]
        by_tag = pivot_queries.count_by_tag(self.project, self.passages, self.axis, tags)
        return [
            by_tag[UUID(row.term.key)] if row.term else pivot_queries.count_by_kind(self.project, selection, self.axis)
            for row, selection in zip(self.rows, selections, strict=True)
        ]

    def load_rest(self, row: RowExpression, kind: Any) -> list[Passage]:
        """Return what a cell holds behind its first passages, a page of it."""
        cell = pivot_queries.filter_by_kind(self.project, self.select_row(row), self.axis, kind)
        (keys,) = pivot_queries.find_first_keys([cell], MAX_CELL_PASSAGES + PAGE_SIZE)
        passages = self.load_passages(keys[MAX_CELL_PASSAGES:])
        return [passages[key] for key in keys[MAX_CELL_PASSAGES:] if key in passages]

    def load_passages(self, keys: list[UUID]) -> dict[UUID, Passage]:
        """Return the passages of these keys, with as much around them as the filter says."""
        return all_passages().load_by_key(keys, self.passage_filter.context)

    def build_row(
        self, row: RowExpression, numbers: dict[Any, int], keys: dict[Any, list[UUID]], passages: dict[UUID, Passage]
    ) -> DeskRow:
        """Return a row with its cells; `numbers` and `keys` of passages are by kind."""
        cells = []
        for column in self.columns:
            shown = [passages[key] for key in keys[column.kind] if key in passages]
            number = max(numbers.get(column.kind, 0), len(shown))
            cells.append(DeskCell(column, number, shown, self.build_url(column.filters, row)))
        in_all = sum(numbers.values())
        return DeskRow(row, sum(cell.number for cell in cells), in_all, self.build_url({}, row), cells)
