"""What an imported file holds, whatever its format: a codebook, texts, and highlights on them."""

from dataclasses import dataclass, field
from typing import NamedTuple

from annotations.exchange.record import HighlightRecord, TagRecord

MAX_FILE_BYTES = 50_000_000
MAX_ENTRIES = 50_000  # highlights, tags or rows of one file


class TextSource(NamedTuple):
    """A text on its way out or in; `guid` names it within a file."""

    guid: str
    title: str
    text: str
    address: str = ""  # at which it was published
    outlet: str = ""


class ImportProblem(NamedTuple):
    """What could not be read or placed, and why."""

    quote: str
    reason: str
    near: tuple[str, ...] = ()  # words of the text that are like the quote


@dataclass
class ImportBundle:
    """All of a file that could be read; a record's `article` may be the guid of one of the texts."""

    kind: str
    records: list[HighlightRecord] = field(default_factory=list)
    tags: list[TagRecord] = field(default_factory=list)
    texts: dict[str, TextSource] = field(default_factory=dict)
    problems: list[ImportProblem] = field(default_factory=list)
    host: str = ""  # of the library that imports it, by which its own addresses are known
