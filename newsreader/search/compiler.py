"""From a query to rows: what the index knows is asked of the index, the rest of the database."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.db.models import Q, QuerySet

from newsreader.search.ast import And, Field, Node, Not, Or, Query, Relation, Tag, Word
from newsreader.search.engine_query import All, Any, Asked, Leaf, Without
from newsreader.search.indexes import INDEXES, entry_model
from newsreader.search.languages import families
from newsreader.search.lookups import Relevance
from newsreader.search.parser import parse
from newsreader.text.language.analyzer import words_of
from newsreader.text.language.stems import stems_of

Fields = Mapping[str, Callable[..., Q]]  # asked with the value; "tag" with the name, and whether with those below
Also = Callable[[Word], Q | None]
Relate = Callable[[Relation, Q, Q], Q]
NOTHING_AT_ALL = Q(pk__in=[])


def matching(
    queryset: QuerySet,
    query: str | Query,
    fields: Fields | None = None,
    also: Also | None = None,
    sign="",
    relate: Relate | None = None,
):
    """The rows that are what the query asks for.

    `fields` gives conditions for fields that the index has no column for beside the index's own, `also` one
    that will do in place of a word; `sign` is a sign that the entries have to bear. `relate` gives the condition of
    a relation, from the conditions of what stands left and right of it.
    """
    query = parse(query) if isinstance(query, str) else query
    reader = Reader(queryset.model, fields, also, sign, relate)
    asked, condition = reader.read(query.tree)
    if asked:
        queryset = queryset.filter(entry__words__matches=(reader.scoped(asked), reader.index))
    return queryset.filter(condition) if condition else queryset


def ranked(queryset: QuerySet, query: str | Query, fields: Fields | None = None):
    """The rows that `matching` found, those first that fit the words best; as they are where there are no words to tell by."""
    query = parse(query) if isinstance(query, str) else query
    asked, _ = Reader(queryset.model, fields).read(query.tree)
    if not asked:
        return queryset
    return queryset.order_by(Relevance("entry__words", asked, INDEXES[queryset.model]))


class Both(NamedTuple):
    """A part of a query: what the index is asked and what the database is; both have to hold. None asks nothing."""

    asked: Asked | None = None
    condition: Q | None = None


class Reader:
    """Reads a tree for one kind of rows."""

    def __init__(
        self,
        model,
        fields: Fields | None = None,
        also: Also | None = None,
        sign: str = "",
        relate: Relate | None = None,
    ):
        self.model, self.index, self.also, self.sign = model, INDEXES[model], also, sign
        self.relate = relate
        self.fields = self.index.own if fields is None else {**self.index.own, **fields}

    def read(self, node: Node) -> Both:
        match node:
            case Word():
                return self.word(node)
            case Tag(name, with_children):
                return self.tag(name, with_children)
            case Field():
                return self.field(node)
            case Not(part):
                return Both(condition=~self.whole(self.read(part)))
            case And(parts):
                return self.all_of(parts)
            case Or(parts):
                return self.any_of(parts)
        return self.relation(node)

    def word(self, word: Word) -> Both:
        stems = [stem for family in families() for stem in stems_of(word.part, family)] if word.part else []
        leaf = Leaf(word.terms, tuple(stems), word.prefix)
        other = self.also(word) if self.also else None
        return Both(condition=self.within(leaf) | other) if other else Both(leaf)

    def tag(self, name: str, with_children: bool) -> Both:
        find = self.fields.get("tag")
        return Both(condition=find(name, with_children) if find else NOTHING_AT_ALL)

    def relation(self, node: Relation) -> Both:
        left, right = self.whole(self.read(node.left)), self.whole(self.read(node.right))
        return Both(condition=self.relate(node, left, right) if self.relate else NOTHING_AT_ALL)

    def field(self, field: Field) -> Both:
        if column := self.index.fields.get(field.name):
            terms = tuple(words_of(field.value))
            return Both(Leaf(terms, prefix=field.value.endswith("*"), column=column))
        find = self.fields.get(field.name)
        return Both(condition=find(field.value) if find else NOTHING_AT_ALL)

    def all_of(self, parts: tuple[Node, ...]) -> Both:
        """Everything that the index is asked as one question; what it is not to have goes along."""
        unwanted = [self.read(part.part) for part in parts if isinstance(part, Not)]
        wanted = [self.read(part) for part in parts if not isinstance(part, Not)]
        asked = one(All, [part.asked for part in wanted if part.asked])
        conditions = [part.condition for part in wanted if part.condition]
        for part in unwanted:
            if asked and not part.condition:
                asked = Without(asked, part.asked)
            else:
                conditions.append(~self.whole(part))
        return Both(asked, Q(*conditions) if conditions else None)

    def any_of(self, parts: tuple[Node, ...]) -> Both:
        read = [self.read(part) for part in parts]
        asked = one(Any, [part.asked for part in read if not part.condition])
        others = [self.whole(part) for part in read if part.condition]
        if not others:
            return Both(asked)
        return Both(condition=Q(*([self.whole(Both(asked))] if asked else []), *others, _connector=Q.OR))

    def whole(self, part: Both) -> Q:
        """A part as a condition alone."""
        conditions = [self.within(part.asked)] if part.asked else []
        return Q(*conditions, *([part.condition] if part.condition else []))

    def within(self, asked: Asked) -> Q:
        entries = entry_model(self.model).objects.filter(words__matches=(self.scoped(asked), self.index))
        return Q(pk__in=entries.values("pk"))

    def scoped(self, asked: Asked) -> Asked:
        return All((Leaf((), (self.sign,)), asked)) if self.sign else asked


def one(kind: type, parts: list[Asked]) -> Asked | None:
    """These as one question; None where there is none."""
    return parts[0] if len(parts) == 1 else kind(tuple(parts)) if parts else None
