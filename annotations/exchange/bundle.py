"""What a file holds, whatever its format: a codebook, texts, and highlights on them."""

from dataclasses import dataclass, field
from typing import NamedTuple

from annotations.exchange.record import Record, Term

MOST_BYTES = 50_000_000
MOST_ROWS = 50_000


class Text(NamedTuple):
    """A text on its way out or in; `guid` names it within a file."""

    guid: str
    title: str
    text: str
    address: str = ""  # at which it was published
    outlet: str = ""


class Fault(NamedTuple):
    """What could not be read or placed, and why."""

    quote: str
    reason: str
    near: tuple[str, ...] = ()  # words of the text that are like the quote


@dataclass
class Parcel:
    """All of a file that could be read; a record's `article` may be the guid of one of the texts."""

    kind: str
    records: list[Record] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    texts: dict[str, Text] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    host: str = ""  # of the library that it comes into, by which its own addresses are known
