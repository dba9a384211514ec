"""What an engine is asked: a query without its fields, the stems of its words at hand."""

from typing import NamedTuple


class Leaf(NamedTuple):
    """Terms that stand side by side, in `column` if one is named; of a single word any of the stems will do."""

    terms: tuple[str, ...]
    stems: tuple[str, ...] = ()
    prefix: bool = False
    column: str = ""


class All(NamedTuple):
    parts: tuple["Asked", ...]


class Any(NamedTuple):
    parts: tuple["Asked", ...]


class Without(NamedTuple):
    """What is wanted, save where it is also unwanted."""

    wanted: "Asked"
    unwanted: "Asked"


Asked = Leaf | All | Any | Without
