"""Turn a query into a queryset: the index answers what it has columns for, the database the rest."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from django.db.models import Model, Q, QuerySet

from newsreader.search.ast import And, Field, Node, Not, Or, Query, Relation, Tag, Word
from newsreader.search.engine_query import AllOf, AndNot, AnyOf, EngineQuery, EngineTerms
from newsreader.search.indexes import INDEXES, get_entry_model
from newsreader.search.languages import list_families
from newsreader.search.lookups import Relevance
from newsreader.search.parser import parse
from newsreader.text.language.analyzer import extract_words
from newsreader.text.language.stems import stem_word

Rows = TypeVar("Rows", bound=QuerySet[Any])
FieldConditions = Mapping[str, Callable[..., Q]]  # by the name of a field; called with its value, a text or a day
WordAlternative = Callable[[Word], Q | None]
RelationCondition = Callable[[Relation, Q, Q], Q]  # of a relation, from the conditions of its sides
MATCHES_NOTHING = Q(pk__in=[])


def matching(
    queryset: Rows,
    query: str | Query,
    fields: FieldConditions | None = None,
    alternative: WordAlternative | None = None,
    scope: str = "",
    relate: RelationCondition | None = None,
) -> Rows:
    """Return the rows that match the query.

    `fields` adds to the index's own conditions those of other fields ("tag" is called with the name, and whether with the tags
    below); `alternative` gives a condition that may hold in place of a word, or None; `scope` is a term that the entries must
    have; `relate` gives the condition of a relation.
    """
    query = parse(query) if isinstance(query, str) else query
    compiler = Compiler(queryset.model, fields, alternative, scope, relate)
    engine_query, condition = compiler.compile(query.tree)
    if engine_query:
        queryset = queryset.filter(entry__words__matches=(compiler.add_scope(engine_query), compiler.index))
    return queryset.filter(condition) if condition else queryset


def order_by_relevance(queryset: Rows, query: str | Query, fields: FieldConditions | None = None) -> Rows:
    """Return the rows that `matching` gave, best match first; in their own order where the query has no words."""
    query = parse(query) if isinstance(query, str) else query
    engine_query, _ = Compiler(queryset.model, fields).compile(query.tree)
    if not engine_query:
        return queryset
    return queryset.order_by(Relevance("entry__words", engine_query, INDEXES[queryset.model]))


class CompiledNode(NamedTuple):
    """A part of a query: what the index is asked and what the database is; both must hold, None always does."""

    engine_query: EngineQuery | None = None
    condition: Q | None = None


class Compiler:
    """Compiles the nodes of a query for one model."""

    def __init__(
        self,
        model: type[Model],
        fields: FieldConditions | None = None,
        alternative: WordAlternative | None = None,
        scope: str = "",
        relate: RelationCondition | None = None,
    ) -> None:
        self.model, self.index, self.alternative, self.scope = model, INDEXES[model], alternative, scope
        self.relate = relate
        self.fields = {**self.index.field_conditions, **(fields or {})}

    def compile(self, node: Node) -> CompiledNode:
        """Return a node with everything under it as one part."""
        match node:
            case Word():
                return self.compile_word(node)
            case Tag():
                return self.compile_tag(node)
            case Field():
                return self.compile_field(node)
            case Not(part):
                return CompiledNode(condition=~self.as_condition(self.compile(part)))
            case And(parts):
                return self.compile_all(parts)
            case Or(parts):
                return self.compile_any(parts)
        return self.compile_relation(node)

    def compile_word(self, word: Word) -> CompiledNode:
        """Ask the index for a word or phrase; a condition where it may be met in another way."""
        stems = [stem for family in list_families() for stem in stem_word(word.part, family)] if word.part else []
        terms = EngineTerms(word.terms, tuple(stems), word.prefix)
        other = self.alternative(word) if self.alternative else None
        return CompiledNode(condition=self.match_entries(terms) | other) if other else CompiledNode(terms)

    def compile_tag(self, tag: Tag) -> CompiledNode:
        """Ask the database for a tag; it matches nothing where there are no tags."""
        make_condition: Callable[..., Q] | None = self.fields.get("tag")
        return CompiledNode(condition=make_condition(*tag) if make_condition else MATCHES_NOTHING)

    def compile_relation(self, node: Relation) -> CompiledNode:
        """Ask the caller for a relation; it matches nothing where there are none."""
        left, right = self.as_condition(self.compile(node.left)), self.as_condition(self.compile(node.right))
        return CompiledNode(condition=self.relate(node, left, right) if self.relate else MATCHES_NOTHING)

    def compile_field(self, field: Field) -> CompiledNode:
        """Ask the index where it has a column for the field, else the database; an unknown field matches nothing."""
        if (column := self.index.field_columns.get(field.name)) and isinstance(field.value, str):
            terms = tuple(extract_words(field.value))
            return CompiledNode(EngineTerms(terms, prefix=field.value.endswith("*"), column=column))
        make_condition = self.fields.get(field.name)
        return CompiledNode(condition=make_condition(field.value) if make_condition else MATCHES_NOTHING)

    def compile_all(self, parts: tuple[Node, ...]) -> CompiledNode:
        """Ask the index for everything at once, what is not wanted included."""
        unwanted = [self.compile(part.part) for part in parts if isinstance(part, Not)]
        wanted = [self.compile(part) for part in parts if not isinstance(part, Not)]
        engine_query = combine_engine_queries(AllOf, [part.engine_query for part in wanted if part.engine_query])
        conditions = [part.condition for part in wanted if part.condition]
        for part in unwanted:
            if engine_query and part.engine_query and not part.condition:
                engine_query = AndNot(engine_query, part.engine_query)
            else:
                conditions.append(~self.as_condition(part))
        return CompiledNode(engine_query, Q(*conditions) if conditions else None)

    def compile_any(self, parts: tuple[Node, ...]) -> CompiledNode:
        """Ask the index alone where it knows every part, else make one condition of all of them."""
        compiled = [self.compile(part) for part in parts]
        indexed = [part.engine_query for part in compiled if part.engine_query and not part.condition]
        engine_query = combine_engine_queries(AnyOf, indexed)
        others = [self.as_condition(part) for part in compiled if part.condition]
        if not others:
            return CompiledNode(engine_query)
        conditions = [self.match_entries(engine_query), *others] if engine_query else others
        return CompiledNode(condition=Q(*conditions, _connector=Q.OR))

    def as_condition(self, part: CompiledNode) -> Q:
        """Return a part as a condition alone."""
        conditions = [self.match_entries(part.engine_query)] if part.engine_query else []
        return Q(*conditions, *([part.condition] if part.condition else []))

    def match_entries(self, engine_query: EngineQuery) -> Q:
        """Return the condition that a row's entry matches."""
        entries = get_entry_model(self.model)._default_manager
        found = entries.filter(words__matches=(self.add_scope(engine_query), self.index))
        return Q(pk__in=found.values("pk"))

    def add_scope(self, engine_query: EngineQuery) -> EngineQuery:
        """Return the query narrowed to the entries that have the term of the scope."""
        return AllOf((EngineTerms((), (self.scope,)), engine_query)) if self.scope else engine_query


def combine_engine_queries(kind: type[AllOf] | type[AnyOf], queries: list[EngineQuery]) -> EngineQuery | None:
    """Return these queries as one; None where there is none."""
    return queries[0] if len(queries) == 1 else kind(tuple(queries)) if queries else None
