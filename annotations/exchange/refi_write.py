"""A project in the exchange format of programs for qualitative analysis: REFI-QDA 1.5, a .qdpx file."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import IO, NamedTuple
from uuid import UUID, uuid5
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from annotations.exchange.bundle import Text
from annotations.exchange.record import Record, Term
from annotations.exchange.xml_text import legal

NAMES = UUID("6f2b1d0e-8f0a-5c43-9a51-3f6c7d2e9b10")  # the space of names for the GUIDs of what has no key of its own
NAMESPACE = "urn:QDA-XML:project:1.0"
COLOURS = "#3566b8 #b2532c #14807a #7d3c78 #6f7216 #5e4bb5 #a33a32 #2b7ea8 #4a7a35 #96690f #b23a6f #566270".split()
CANNOT_HOLD = (
    "earlier revisions of an article: each text that was highlighted stands by itself",
    "what became of a highlight on a corrected text",
    "the order of a highlight’s tags",
    "the names of the twelve lines: each tag has a colour like its line",
    "what a tag is to be used for and not for, apart from its definition: all three are its description",
    "that a tag is retired: no code may be given with it any more",
    "the form of a note: its Markdown is kept as plain text",
)


class Study(NamedTuple):
    """What is written: the texts come anew each time they are asked for, with the highlights that stand on each."""

    key: str
    name: str
    readers: list[str]
    terms: list[Term]
    texts: Callable[[], Iterable[tuple[Text, Iterable[Record]]]]


def guid_of(*names: str) -> str:
    """The same GUID for the same names, always."""
    return str(uuid5(NAMES, "\n".join(names)))


def guid_of_text(text: Text) -> str:
    """The same for texts that differ in white space at most."""
    return guid_of("text", text.address, text.title, " ".join(text.text.split()))


def write(file: IO[bytes], study: Study) -> None:
    """Writes the .qdpx into a seekable file; one text is in memory at a time."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for text, _ in study.texts():
            archive.writestr(entry(f"sources/{text.guid}.txt"), text.text.encode())
        with archive.open(entry("project.qde"), "w", force_zip64=True) as project:
            for line in lines(study):
                project.write(f"{line}\n".encode())


def entry(name: str) -> ZipInfo:
    """An entry that is the same whenever it is written."""
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED
    return info


def lines(study: Study) -> Iterator[str]:
    """The XML of the project, piece by piece."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield tag("Project", xmlns=NAMESPACE, name=study.name, origin="Newsreader")
    if study.readers:
        yield "<Users>"
        yield from (tag("User", "/", guid=guid_of("user", name), name=name, id=name) for name in study.readers)
        yield "</Users>"
    if study.terms:
        yield "<CodeBook><Codes>"
        yield from codes(study.terms)
        yield "</Codes></CodeBook>"
    yield from sources(study)
    yield tag("Description") + content(f"Newsreader project {study.key}") + "</Description>"
    yield "</Project>"


def tag(element: str, close: str = "", /, **attributes) -> str:
    pairs = (f" {key}={quoteattr(legal(value, ''))}" for key, value in attributes.items() if value not in (None, ""))
    return f"<{element}{''.join(pairs)}{close}>"


def content(words: str) -> str:
    return escape(legal(words, ""), {"\r": "&#13;"})


def codes(terms: list[Term]) -> Iterator[str]:
    """The codes in their order, each with those below it inside; iterative, since a tree may be deep."""
    under: dict[str, list[Term]] = {}
    for term in terms:
        under.setdefault(term.parent, []).append(term)
    waiting: list[Term | str] = list(reversed(under.get("", [])))
    while waiting:
        term = waiting.pop()
        if isinstance(term, str):
            yield term
            continue
        yield code(term)
        waiting += ["</Code>", *reversed(under.get(term.id, []))]


def code(term: Term) -> str:
    colour = COLOURS[(term.colour or 1) - 1]
    start = tag("Code", guid=term.id, name=term.name, isCodable=str(not term.retired).lower(), color=colour)
    words = described(term)
    return start + (tag("Description") + content(words) + "</Description>" if words else "")


def described(term: Term) -> str:
    """The definition and, named, what the tag is for and not for."""
    parts = [term.definition, term.use_for and f"Use for: {term.use_for}", term.not_for and f"Not for: {term.not_for}"]
    return "\n\n".join(filter(None, parts))


def sources(study: Study) -> Iterator[str]:
    guids, begun = {term.name: term.id for term in study.terms}, False
    for text, records in study.texts():
        if not begun:
            yield "<Sources>"
            begun = True
        yield tag("TextSource", guid=text.guid, name=text.title, plainTextPath=f"internal://{text.guid}.txt")
        yield from origin(text)
        for record in records:
            yield from selection(record, guids)
        yield "</TextSource>"
    if begun:
        yield "</Sources>"


def origin(text: Text) -> Iterator[str]:
    """Where the text was published, in words that are read back."""
    words = "\n".join(filter(None, [text.outlet and f"Source: {text.outlet}", text.address]))
    if words:
        yield tag("Description") + content(words) + "</Description>"


def selection(record: Record, guids: dict[str, str]) -> Iterator[str]:
    """A highlight: offsets are code points, the end the first after the words."""
    by = {"creatingUser": guid_of("user", record.creator) if record.creator else None}
    by["creationDateTime"] = moment(record.created)
    places = {"name": " ".join(record.exact.split())[:60], "startPosition": record.start, "endPosition": record.end}
    changed = {"modifiedDateTime": moment(record.modified)}
    yield tag("PlainTextSelection", guid=record.id, **{k: str(v) for k, v in places.items()}, **by, **changed)
    if record.note:
        yield tag("Description") + content(record.note) + "</Description>"
    for guid in (guids[name] for name in record.tags if name in guids):
        yield tag("Coding", guid=guid_of("coding", record.id, guid), **by) + tag("CodeRef", "/", targetGUID=guid)
        yield "</Coding>"
    yield "</PlainTextSelection>"


def moment(when: datetime | None) -> str | None:
    return when and when.astimezone(UTC).isoformat().replace("+00:00", "Z")
