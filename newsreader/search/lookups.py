"""The index as the ORM meets it: a column of words that can be matched and ranked on either engine."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import FloatField, Func, Lookup, TextField
from django.db.models.sql.compiler import SQLCompiler

from newsreader.search import postgres, sqlite
from newsreader.search.documents import SearchIndex
from newsreader.search.engine_query import EngineQuery


class WordsField(TextField):
    """The terms of an entry; `words__matches=(engine_query, index)` finds the entries that match."""

    def deconstruct(self) -> Any:
        """Describe the column to migrations as plain text, so that no migration names this class."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


@WordsField.register_lookup
class Matches(Lookup):
    """Whether an entry matches an engine query."""

    lookup_name = "matches"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Hand the query on as it is: each engine renders it below."""
        return "%s", [value]

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        """Return the condition for FTS5, with its parameters."""
        engine_query, index = self.rhs
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        return f'{table}."{index.table}" MATCH %s', [sqlite.build_match(engine_query, index)]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        """Return the condition for PostgreSQL, with its parameters."""
        engine_query, index = self.rhs
        return postgres.build_condition(engine_query, index, compiler.quote_name_unless_alias(self.lhs.alias))


class Relevance(Func):
    """How well a matching row fits the query; the lowest number fits best."""

    output_field = FloatField()

    def __init__(self, words: str, engine_query: EngineQuery, index: SearchIndex) -> None:
        super().__init__(words)
        self.engine_query, self.index = engine_query, index

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """Return FTS5's rank of the row."""
        return f'{self.quote_table(compiler)}."rank"', []

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """Return PostgreSQL's rank of the row, turned round so that the best comes first there too."""
        tsquery = postgres.build_tsquery(self.engine_query, self.index)
        return f"-ts_rank({self.quote_table(compiler)}.words, %s::tsquery)", [tsquery]

    def quote_table(self, compiler: SQLCompiler) -> str:
        """Return the entry table as this statement calls it."""
        words: Any = self.source_expressions[0]
        return compiler.quote_name_unless_alias(words.alias)
