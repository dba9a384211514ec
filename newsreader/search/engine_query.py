"""A query as an engine is asked it: without the fields of other tables, with the stems of its words."""

from typing import NamedTuple


class EngineTerms(NamedTuple):
    """Terms that stand side by side, in `column` if one is named; of a single word any of its stems matches too."""

    terms: tuple[str, ...]
    stems: tuple[str, ...] = ()
    prefix: bool = False
    column: str = ""


class AllOf(NamedTuple):
    """Everything that has all of these parts."""

    parts: tuple["EngineQuery", ...]


class AnyOf(NamedTuple):
    """Everything that has one of these parts."""

    parts: tuple["EngineQuery", ...]


class AndNot(NamedTuple):
    """Everything that has what is wanted and not what is unwanted."""

    wanted: "EngineQuery"
    unwanted: "EngineQuery"


EngineQuery = EngineTerms | AllOf | AnyOf | AndNot


def get_parts(query: AllOf | AnyOf | AndNot) -> tuple[EngineQuery, ...]:
    """Return the queries of which a query is made."""
    return (query.wanted, query.unwanted) if isinstance(query, AndNot) else query.parts
