"""A project in the exchange format of programs for qualitative analysis: REFI-QDA 1.5, a .qdpx file."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import IO, NamedTuple
from uuid import UUID, uuid5
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from annotations.exchange.bundle import TextSource
from annotations.exchange.record import HighlightRecord, TagRecord
from annotations.exchange.xml_text import replace_illegal

GUID_NAMESPACE = UUID(
    "6f2b1d0e-8f0a-5c43-9a51-3f6c7d2e9b10"
)  # the space of names for the GUIDs of what has no key of its own
XML_NAMESPACE = "urn:QDA-XML:project:1.0"
HUE_COLOURS = "#3566b8 #b2532c #14807a #7d3c78 #6f7216 #5e4bb5 #a33a32 #2b7ea8 #4a7a35 #96690f #b23a6f #566270".split()
UNSUPPORTED = (
    "earlier revisions of an article: each text that was highlighted stands by itself",
    "what became of a highlight on a corrected text",
    "the order of a highlight’s tags",
    "the names of the twelve lines: each tag has a colour like its line",
    "what a tag is to be used for and not for, apart from its definition: all three are its description",
    "that a tag is retired: no code may be given with it any more",
    "the form of a note: its Markdown is kept as plain text",
)


class RefiProject(NamedTuple):
    """What is written: the texts come anew each time they are asked for, with the highlights that stand on each."""

    key: str
    name: str
    readers: list[str]
    terms: list[TagRecord]
    texts: Callable[[], Iterable[tuple[TextSource, Iterable[HighlightRecord]]]]


def make_guid(*names: str) -> str:
    """The same GUID for the same names, always."""
    return str(uuid5(GUID_NAMESPACE, "\n".join(names)))


def make_text_guid(text: TextSource) -> str:
    """The same for texts that differ in white space at most."""
    return make_guid("text", text.address, text.title, " ".join(text.text.split()))


def write_qdpx(file: IO[bytes], study: RefiProject) -> None:
    """Writes the .qdpx into a seekable file; one text is in memory at a time."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for text, _ in study.texts():
            archive.writestr(make_entry(f"sources/{text.guid}.txt"), text.text.encode())
        with archive.open(make_entry("project.qde"), "w", force_zip64=True) as project:
            for line in render_project(study):
                project.write(f"{line}\n".encode())


def make_entry(name: str) -> ZipInfo:
    """An entry that is the same whenever it is written."""
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED
    return info


def render_project(study: RefiProject) -> Iterator[str]:
    """The XML of the project, piece by piece."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield render_start_tag("Project", xmlns=XML_NAMESPACE, name=study.name, origin="Newsreader")
    if study.readers:
        yield "<Users>"
        yield from (
            render_start_tag("User", "/", guid=make_guid("user", name), name=name, id=name) for name in study.readers
        )
        yield "</Users>"
    if study.terms:
        yield "<CodeBook><Codes>"
        yield from render_codes(study.terms)
        yield "</Codes></CodeBook>"
    yield from render_sources(study)
    yield render_start_tag("Description") + escape_content(f"Newsreader project {study.key}") + "</Description>"
    yield "</Project>"


def render_start_tag(element: str, close: str = "", /, **attributes) -> str:
    pairs = (
        f" {key}={quoteattr(replace_illegal(value, ''))}"
        for key, value in attributes.items()
        if value not in (None, "")
    )
    return f"<{element}{''.join(pairs)}{close}>"


def escape_content(words: str) -> str:
    return escape(replace_illegal(words, ""), {"\r": "&#13;"})


def render_codes(terms: list[TagRecord]) -> Iterator[str]:
    """The codes in their order, each with those below it inside; iterative, since a tree may be deep."""
    under: dict[str, list[TagRecord]] = {}
    for term in terms:
        under.setdefault(term.parent, []).append(term)
    waiting: list[TagRecord | str] = list(reversed(under.get("", [])))
    while waiting:
        term = waiting.pop()
        if isinstance(term, str):
            yield term
            continue
        yield render_code(term)
        waiting += ["</Code>", *reversed(under.get(term.id, []))]


def render_code(term: TagRecord) -> str:
    colour = HUE_COLOURS[(term.colour or 1) - 1]
    start = render_start_tag(
        "Code", guid=term.id, name=term.name, isCodable=str(not term.retired).lower(), color=colour
    )
    words = join_description(term)
    return start + (render_start_tag("Description") + escape_content(words) + "</Description>" if words else "")


def join_description(term: TagRecord) -> str:
    """The definition and, named, what the tag is for and not for."""
    parts = [term.definition, term.use_for and f"Use for: {term.use_for}", term.not_for and f"Not for: {term.not_for}"]
    return "\n\n".join(filter(None, parts))


def render_sources(study: RefiProject) -> Iterator[str]:
    guids, begun = {term.name: term.id for term in study.terms}, False
    for text, records in study.texts():
        if not begun:
            yield "<Sources>"
            begun = True
        yield render_start_tag(
            "TextSource", guid=text.guid, name=text.title, plainTextPath=f"internal://{text.guid}.txt"
        )
        yield from render_origin(text)
        for record in records:
            yield from render_selection(record, guids)
        yield "</TextSource>"
    if begun:
        yield "</Sources>"


def render_origin(text: TextSource) -> Iterator[str]:
    """Where the text was published, in words that are read back."""
    words = "\n".join(filter(None, [text.outlet and f"Source: {text.outlet}", text.address]))
    if words:
        yield render_start_tag("Description") + escape_content(words) + "</Description>"


def render_selection(record: HighlightRecord, guids: dict[str, str]) -> Iterator[str]:
    """A highlight: offsets are code points, the end the first after the words."""
    by = {"creatingUser": make_guid("user", record.creator) if record.creator else None}
    by["creationDateTime"] = format_moment(record.created)
    places = {"name": " ".join(record.exact.split())[:60], "startPosition": record.start, "endPosition": record.end}
    changed = {"modifiedDateTime": format_moment(record.modified)}
    yield render_start_tag(
        "PlainTextSelection", guid=record.id, **{k: str(v) for k, v in places.items()}, **by, **changed
    )
    if record.note:
        yield render_start_tag("Description") + escape_content(record.note) + "</Description>"
    for guid in (guids[name] for name in record.tags if name in guids):
        yield render_start_tag("Coding", guid=make_guid("coding", record.id, guid), **by) + render_start_tag(
            "CodeRef", "/", targetGUID=guid
        )
        yield "</Coding>"
    yield "</PlainTextSelection>"


def format_moment(when: datetime | None) -> str | None:
    return when and when.astimezone(UTC).isoformat().replace("+00:00", "Z")
