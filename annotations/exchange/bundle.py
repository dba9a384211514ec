"""What an imported file holds, whatever its format: a codebook, texts, and highlights on them.

A small file can name one long note, title or text thousands of times. So what is read out of it is counted while it is added.
"""

from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from annotations.exchange.record import HighlightRecord, ReplyRecord, TagRecord, UnreadableFileError, fill_in
from newsreader.text.translation import gettext_noop

MAX_FILE_BYTES = 50_000_000
MAX_CONTENT_BYTES = 50_000_000  # of all words that are read out of one file, in UTF-8
MAX_ENTRIES = 50_000  # highlights or rows of one file
MAX_TAGS, MAX_TAG_DEPTH = 5_000, 32  # of one file's codebook
MAX_TEXTS = 5_000  # of one file
MAX_READ_TAGS = 200  # of one entry; the others are ignored
MAX_SHOWN_QUOTE = 300  # code points, of an entry that is told of
MAX_FIELD_LENGTH = 100_000  # code points of a quote, a note or any other field of an entry
FILE_TOO_LARGE = gettext_noop("This file is larger than %(megabytes)s MB. Import it in parts.")
TOO_MANY_TAGS = gettext_noop("This file has more than %(number)s tags. Import it in parts.")
TOO_MANY_TEXTS = gettext_noop("This file has more than %(number)s texts. Import it in parts.")
TOO_MANY_ENTRIES = gettext_noop("This file has more than %(number)s entries. Import it in parts.")
TOO_DEEP = gettext_noop("The tags of this file are nested more than %(number)s levels deep.")
TOO_LARGE = gettext_noop(
    "With a copy for each highlight, the text in this file comes to more than %(megabytes)s MB. Import it in parts."
)
IN_CIRCLE = gettext_noop("In the file “%(name)s” stands below itself. It is imported at the top level.")
TOO_LONG = gettext_noop("Its %(field)s has more than %(number)s characters.")
TOO_LONG_FIELDS = {  # that people know
    "exact": gettext_noop("Its quote has more than %(number)s characters."),
    "note": gettext_noop("Its note has more than %(number)s characters."),
}


class TextSource(NamedTuple):
    """A text on its way out or in; `guid` names it within a file."""

    guid: str
    title: str
    text: str
    address: str = ""  # at which it was published
    outlet: str = ""


class ImportProblem(NamedTuple):
    """What could not be read or placed, and why: a message of the catalogue with places for the `values`."""

    quote: str
    message: str
    near: tuple[str, ...] = ()  # words of the text that are like the quote
    values: dict[str, str] = {}  # never changed
    codings: int | None = None  # that are left out with a text; None for what is one highlight

    @property
    def number(self) -> int:
        """How many highlights are left out for it."""
        return 1 if self.codings is None else self.codings

    @property
    def reason(self) -> str:
        """Why, in the language of the page."""
        return fill_in(self.message, self.values)


@dataclass
class ImportBundle:
    """All of a file that could be read; a record's `article` may be the guid of one of the texts."""

    kind: str
    records: list[HighlightRecord] = field(default_factory=list)
    tags: list[TagRecord] = field(default_factory=list)
    texts: dict[str, TextSource] = field(default_factory=dict)
    problems: list[ImportProblem] = field(default_factory=list)
    notices: list[ImportProblem] = field(default_factory=list)  # what is left out or changed, beside highlights
    host: str = ""  # of the library that imports it, by which its own addresses are known
    reply_count: int = field(default=0, compare=False)
    size: int = field(default=0, compare=False)  # bytes of all words that were added

    @property
    def private_records(self) -> list[HighlightRecord]:
        """The highlights that only their author or a group could see where they come from."""
        return [record for record in self.records if record.private]

    def leave_out_private(self) -> "ImportBundle":
        """Return what the file holds without its private highlights."""
        return ImportBundle(
            self.kind,
            [record for record in self.records if not record.private],
            [*self.tags],
            {**self.texts},
            [*self.problems],
            [*self.notices],
            self.host,
        )

    def add_record(self, record: HighlightRecord) -> None:
        """Add a highlight; one with a field that is too long is a problem. UnreadableFileError where the file holds too much."""
        if long := find_long_field(record):
            self.add_problem(make_problem("", make_length_error(long)))
            return
        self.require_room_for_entry()
        record = record._replace(tags=record.tags[:MAX_READ_TAGS])
        self.count(*chain(*(value if isinstance(value, tuple) else [value] for value in record)))
        self.records.append(record)

    def add_reply(self, index: int, reply: ReplyRecord) -> None:
        """Add a reply to the highlight of this index; one that is too long is a problem."""
        if len(reply.text) > MAX_FIELD_LENGTH:
            self.add_problem(make_problem(self.records[index].exact[:MAX_SHOWN_QUOTE], make_length_error("note")))
            return
        self.require_room_for_entry()
        self.count(*reply)
        self.reply_count += 1
        record = self.records[index]
        self.records[index] = record._replace(replies=(*record.replies, reply))

    def add_problem(self, problem: ImportProblem) -> None:
        """Add what could not be read; UnreadableFileError where the file holds too much."""
        self.require_room_for_entry()
        self.count(problem.quote, problem.message, *problem.values.values())
        self.problems.append(problem)

    def add_notice(self, quote: str, message: str, **values: object) -> None:
        """Add what is left out or changed, and is no highlight; UnreadableFileError where the file holds too much."""
        self.require_room_for_entry()
        notice = ImportProblem(quote, message, values={name: str(value) for name, value in values.items()})
        self.count(notice.quote, *notice.values.values())
        self.notices.append(notice)

    def add_tag(self, tag: TagRecord) -> None:
        """Add a tag of the codebook; UnreadableFileError where the file holds too much."""
        if len(self.tags) >= MAX_TAGS:
            raise UnreadableFileError(TOO_MANY_TAGS, number=f"{MAX_TAGS:,}")
        self.count(*tag)
        self.tags.append(tag)

    def add_text(self, text: TextSource) -> None:
        """Add a text; UnreadableFileError where the file holds too much."""
        if len(self.texts) >= MAX_TEXTS:
            raise UnreadableFileError(TOO_MANY_TEXTS, number=f"{MAX_TEXTS:,}")
        self.count(*text)
        self.texts[text.guid] = text

    def require_room_for_entry(self) -> None:
        """Raise UnreadableFileError where the file has as many entries as it may have."""
        if len(self.records) + self.reply_count + len(self.problems) + len(self.notices) >= MAX_ENTRIES:
            raise UnreadableFileError(TOO_MANY_ENTRIES, number=f"{MAX_ENTRIES:,}")

    def count(self, *values: object) -> None:
        """Count the words among these values; UnreadableFileError where the file has too many."""
        self.size += sum(measure(value) for value in values if isinstance(value, str))
        if self.size > MAX_CONTENT_BYTES:
            raise UnreadableFileError(TOO_LARGE, megabytes=MAX_CONTENT_BYTES // 1_000_000)


def measure(words: str) -> int:
    """Return how many bytes the words have in UTF-8."""
    return len(words) if words.isascii() else len(words.encode("utf-8", "surrogatepass"))


def find_long_field(record: HighlightRecord) -> str:
    """Return the name of a field that is longer than any may be; "" where there is none."""
    names = (name for name, value in zip(record._fields, record, strict=True) if isinstance(value, str))
    return next((name for name in names if len(getattr(record, name)) > MAX_FIELD_LENGTH), "")


def make_length_error(field_name: str) -> UnreadableFileError:
    """Return the error that a field of an entry is too long."""
    message = TOO_LONG_FIELDS.get(field_name, TOO_LONG)
    return UnreadableFileError(message, field=field_name, number=f"{MAX_FIELD_LENGTH:,}")


def make_problem(quote: str, error: UnreadableFileError, codings: int | None = None) -> ImportProblem:
    """Return the problem that an error is; for a text, with the number of its codings."""
    return ImportProblem(quote, error.message, values=error.values, codings=codings)


def require_shallow_tags(tags: list[TagRecord]) -> None:
    """Raise UnreadableFileError where a tag stands under more others than a codebook can be read with."""
    parents = {tag.id: tag.parent for tag in tags}
    if any(count_ancestors(tag.id, parents) >= MAX_TAG_DEPTH for tag in tags):
        raise UnreadableFileError(TOO_DEEP, number=MAX_TAG_DEPTH)


def break_circles(bundle: "ImportBundle") -> None:
    """Let the first tag of each circle of parents stand at the top, and say so."""
    parents = {tag.id: tag.parent for tag in bundle.tags}
    for number, tag in enumerate(bundle.tags):
        if is_in_circle(tag.id, parents):
            parents[tag.id] = ""
            bundle.tags[number] = tag._replace(parent="")
            bundle.add_notice("", IN_CIRCLE, name=tag.name)


def is_in_circle(key: str, parents: dict[str, str]) -> bool:
    """Return whether the way up from a tag comes back to it."""
    seen, above = set[str](), parents.get(key, "")
    while above in parents and above != key and above not in seen:
        seen.add(above)
        above = parents[above]
    return above == key and key in parents


def count_ancestors(key: str, parents: dict[str, str]) -> int:
    """Return how many tags a tag stands under, at most MAX_TAG_DEPTH; those of a circle count once."""
    seen = {key}
    while len(seen) <= MAX_TAG_DEPTH and (key := parents.get(key, "")) in parents and key not in seen:
        seen.add(key)
    return len(seen) - 1
