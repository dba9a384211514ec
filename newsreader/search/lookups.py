"""The index as the ORM meets it: a column of words that can be matched and ranked on either engine."""

from django.db.models import FloatField, Func, Lookup, TextField

from newsreader.search import postgres, sqlite
from newsreader.search.engine_query import Asked


class WordsField(TextField):
    """The terms of an entry; `words__matches=(asked, index)` finds those that have what was asked for."""

    def deconstruct(self) -> tuple[str, str, list, dict]:
        """Describe the column to migrations as plain text, so that no migration names this class."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


@WordsField.register_lookup
class Matches(Lookup):
    lookup_name = "matches"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", [value]

    def as_sqlite(self, compiler, connection):
        asked, index = self.rhs
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        return f'{table}."{index.table}" MATCH %s', [sqlite.expression(asked, index)]

    def as_postgresql(self, compiler, connection):
        asked, index = self.rhs
        return postgres.condition(asked, index, compiler.quote_name_unless_alias(self.lhs.alias))


class Relevance(Func):
    """How well a row that matches fits what was asked; the least comes first."""

    output_field = FloatField()

    def __init__(self, words: str, asked: Asked, index):
        super().__init__(words)
        self.asked, self.index = asked, index

    def as_sqlite(self, compiler, connection):
        return f'{self.table(compiler)}."rank"', []

    def as_postgresql(self, compiler, connection):
        return f"-ts_rank({self.table(compiler)}.words, %s::tsquery)", [postgres.expression(self.asked, self.index)]

    def table(self, compiler) -> str:
        return compiler.quote_name_unless_alias(self.source_expressions[0].alias)
