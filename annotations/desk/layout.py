"""What a query string asks of the desk: which rows, which columns; and the cells that follow."""

from functools import cached_property

from annotations.desk.cells import DeskCell, DeskColumn, DeskRow, RowExpression
from annotations.models.codebook import CodebookTag, codebook_of, tag_keys
from annotations.passages import pivot_queries as laying
from annotations.passages.filters import PassageFilter, drop_page_parameters, read_filter, select_passages
from annotations.passages.queries import PAGE_SIZE, all_passages
from annotations.passages.search_fields import parse_tag_expression
from newsreader.search.ast import And, Node, Tag, write
from newsreader.views.filters import build_query_string, clean_words, parse_day

MAX_ROWS, MAX_COLUMNS = 12, 12  # at most
DEFAULT_ROWS, DEFAULT_COLUMNS = 6, 5  # where none are chosen
MAX_OFFERED_COLUMNS = 60  # columns to choose from
MAX_CELL_PASSAGES = 4  # passages; the others come when they are asked for
DESK_PARAMETERS = ("row", "columns", "column", "desk", "in", "of")  # fields that mean nothing to the list of passages


class Layout:
    """The desk that one query asks for, as one reader sees it."""

    def __init__(self, user, project, query):
        self.user, self.project, self.query = user, project, query
        self.wanted: PassageFilter = read_filter(query)
        self.codebook = codebook_of(project)
        self.axis = query.get("columns") if query.get("columns") in laying.COLUMN_AXES else "source"
        self.faults = list(self.wanted.faults)

    @cached_property
    def found(self):
        """All passages under the filters."""
        return self.of(self.wanted)

    def of(self, wanted: PassageFilter):
        passages = select_passages(all_passages().readable_by(self.user), self.project, wanted, self.codebook)
        self.faults += [fault for fault in wanted.faults if fault not in self.faults]
        return passages

    @cached_property
    def rows(self) -> list[RowExpression]:
        """Those that were asked for, else the tags that most of the passages carry."""
        written = [" ".join(row.replace("\0", "").split()) for row in self.query.getlist("row")]
        rows = [row for row in map(self.row, dict.fromkeys(filter(None, written))) if row]
        if len(rows) > MAX_ROWS:
            self.faults.append(f"A desk has {MAX_ROWS} rows at most; the first {MAX_ROWS} are laid out.")
        return rows[:MAX_ROWS] if rows else self.usual_rows()

    def row(self, written: str) -> RowExpression | None:
        tree, faults = parse_tag_expression(written)
        self.faults += faults
        return RowExpression(written, tree, self.term_of(tree)) if tree else None

    def term_of(self, tree: Node) -> CodebookTag | None:
        keys = tag_keys(self.codebook, tree.name) if isinstance(tree, Tag) and not tree.with_children else []
        return self.codebook[keys[0]] if len(keys) == 1 else None

    def usual_rows(self) -> list[RowExpression]:
        used = {key.hex: number for key, number in laying.count_by_kind(self.project, self.found, "tag").items() if key}
        most = sorted((key for key in used if key in self.codebook), key=lambda key: -used[key])[:DEFAULT_ROWS]
        terms = [term for key, term in self.codebook.items() if key in most]
        return [RowExpression(write(Tag(term.name), bare="tag"), Tag(term.name), term) for term in terms]

    @cached_property
    def kinds(self) -> dict:
        """How many passages there are of each kind on the axis, those with most first, weeks in their order."""
        numbers = laying.count_by_kind(self.project, self.found, self.axis)
        order = (lambda kind: kind) if self.axis == "week" else (lambda kind: (-numbers[kind], kind))
        return {kind: numbers[kind] for kind in sorted(filter(None, numbers), key=order)}

    @cached_property
    def columns(self) -> list[DeskColumn]:
        """Those that were asked for, else the kinds with most passages, the last weeks."""
        asked = list(dict.fromkeys(map(self.kind_of, self.query.getlist("column")[: 2 * MAX_OFFERED_COLUMNS])))
        kinds = [kind for kind in asked if kind is not None]
        if len(kinds) > MAX_COLUMNS:
            self.faults.append(f"A desk has {MAX_COLUMNS} columns at most; the first {MAX_COLUMNS} are laid out.")
        if not kinds:
            kinds = list(self.kinds)[-DEFAULT_COLUMNS:] if self.axis == "week" else list(self.kinds)[:DEFAULT_COLUMNS]
        return self.named(kinds[:MAX_COLUMNS])

    def kind_of(self, value: str):
        return parse_day(value) if self.axis == "week" else clean_words(value) or None

    @cached_property
    def offered(self) -> list[DeskColumn]:
        """The columns that may be chosen."""
        kinds = list(self.kinds)
        return self.named(kinds[-MAX_OFFERED_COLUMNS:] if self.axis == "week" else kinds[:MAX_OFFERED_COLUMNS])

    def named(self, kinds: list) -> list[DeskColumn]:
        names = laying.load_kind_names(self.axis, kinds)
        columns = []
        for kind in kinds:
            filters = laying.make_kind_parameters(self.axis, kind)
            columns.append(
                DeskColumn(kind, names.get(kind, kind), self.kinds.get(kind, 0), filters, self.link(filters))
            )
        return columns if self.axis == "week" else sorted(columns, key=lambda column: str(column.label).casefold())

    def link(self, filters: dict, row: RowExpression | None = None) -> str:
        """The address of the list of passages under these filters too, from the project's pages."""
        query = drop_page_parameters(self.query, **filters)
        for name in DESK_PARAMETERS:
            query.pop(name, None)
        if row and row.term:
            query.appendlist("tag", row.term.slug)
        elif row:
            query["tags"] = f"({self.wanted.written}) AND ({row.written})" if self.wanted.tree else row.written
        return build_query_string(query)

    def selection(self, row: RowExpression):
        """The passages of a row under all filters, in whatever column."""
        if isinstance(row.tree, Tag) and not row.tree.with_children:
            return self.of(self.wanted._replace(tags=[*self.wanted.tags, row.tree.name]))
        tree = And((self.wanted.tree, row.tree)) if self.wanted.tree else row.tree
        return self.of(self.wanted._replace(tree=tree, faults=[]))

    @cached_property
    def laid(self) -> list[DeskRow]:
        """Every row with its cells and their first passages."""
        selections = [self.selection(row) for row in self.rows]
        numbers = [laying.count_by_kind(self.project, selection, self.axis) for selection in selections]
        kinds = [column.kind for column in self.columns]
        places = [(n, kind) for n in range(len(self.rows)) for kind in kinds if numbers[n].get(kind)]
        cells = [laying.filter_by_kind(self.project, selections[n], self.axis, kind) for n, kind in places]
        keys = dict(zip(places, laying.find_first_keys(cells, MAX_CELL_PASSAGES), strict=True))
        passages = self.passages([key for some in keys.values() for key in some])
        return [
            self.laid_row(row, numbers[n], {kind: keys.get((n, kind), []) for kind in kinds}, passages)
            for n, row in enumerate(self.rows)
        ]

    def rest(self, row: RowExpression, kind) -> list:
        """What a cell holds behind its first passages, a page of it."""
        cell = laying.filter_by_kind(self.project, self.selection(row), self.axis, kind)
        (keys,) = laying.find_first_keys([cell], MAX_CELL_PASSAGES + PAGE_SIZE)
        passages = self.passages(keys[MAX_CELL_PASSAGES:])
        return [passages[key] for key in keys[MAX_CELL_PASSAGES:] if key in passages]

    def passages(self, keys: list) -> dict:
        return all_passages().load_by_key(keys, self.wanted.context)

    def laid_row(self, row: RowExpression, numbers: dict, keys: dict, passages: dict) -> DeskRow:
        cells = []
        for column in self.columns:
            shown = [passages[key] for key in keys[column.kind] if key in passages]
            number = max(numbers.get(column.kind, 0), len(shown))
            cells.append(DeskCell(column, number, shown, self.link(column.filters, row)))
        return DeskRow(row, sum(cell.number for cell in cells), sum(numbers.values()), self.link({}, row), cells)
