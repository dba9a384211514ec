"""Writes a project in the exchange format of programs for qualitative analysis: REFI-QDA 1.5, a .qdpx file."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import IO, NamedTuple
from uuid import UUID, uuid5
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from annotations.exchange.bundle import TextSource
from annotations.exchange.record import HighlightRecord, TagRecord
from annotations.exchange.refi_terms import (
    CODEBOOK_NAMESPACE,
    HUE_COLOURS,
    ORIGIN,
    RETIRED_SET_GUID,
    RETIRED_SET_NAME,
    XML_NAMESPACE,
)
from annotations.exchange.xml_text import replace_illegal
from newsreader.text.translation import gettext_noop

GUID_NAMESPACE = UUID("6f2b1d0e-8f0a-5c43-9a51-3f6c7d2e9b10")  # of what has no key of its own
MAX_SELECTION_NAME_LENGTH = 60  # code points of a passage that name its selection
UNSUPPORTED = (
    gettext_noop("the link between revisions of an article: each highlighted revision is a separate text"),
    gettext_noop("what happened to highlights in later revisions"),
    gettext_noop("the order of a highlight’s tags"),
    gettext_noop("line styles: each tag keeps only its colour"),
    gettext_noop("“use for” and “not for” as separate fields: they are added to the description"),
    gettext_noop("that a tag is retired: the set “Retired tags” names them"),
    gettext_noop("formatting of notes: Markdown is kept as plain text"),
)


class RefiProject(NamedTuple):
    """What is written; `read_texts` yields the texts anew each time, with the highlights that stand on each."""

    key: str
    name: str
    readers: list[str]
    tags: list[TagRecord]
    read_texts: Callable[[], Iterable[tuple[TextSource, Iterable[HighlightRecord]]]]


def make_guid(*names: str) -> str:
    """Return a GUID that is always the same for the same names."""
    return str(uuid5(GUID_NAMESPACE, "\n".join(names)))


def make_text_guid(text: TextSource) -> str:
    """Return a GUID that is the same for texts that differ only in white space."""
    return make_guid("text", text.address, text.title, " ".join(text.text.split()))


def write_qdpx(file: IO[bytes], project: RefiProject) -> None:
    """Write the .qdpx into a seekable file; one text is in memory at a time."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for text, _ in project.read_texts():
            archive.writestr(make_entry(f"sources/{text.guid}.txt"), text.text.encode())
        with archive.open(make_entry("project.qde"), "w", force_zip64=True) as entry:
            for line in render_project(project):
                entry.write(f"{line}\n".encode())


def make_entry(name: str) -> ZipInfo:
    """Return an entry that is the same whenever it is written."""
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED
    return info


def render_project(project: RefiProject) -> Iterator[str]:
    """Yield the XML of the project line by line."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield render_start_tag("Project", xmlns=XML_NAMESPACE, name=project.name, origin=ORIGIN)
    if project.readers:
        yield "<Users>"
        yield from map(render_user, project.readers)
        yield "</Users>"
    if project.tags:
        yield "<CodeBook><Codes>"
        yield from render_codes(project.tags)
        yield "</Codes></CodeBook>"
    yield from render_sources(project)
    yield from render_retired(project.tags, "targetGUID")
    yield render_description(f"Newsreader project {project.key}")
    yield "</Project>"


def render_user(name: str) -> str:
    """Return the element of a reader."""
    return render_start_tag("User", "/", guid=make_guid("user", name), name=name, id=name)


def render_start_tag(element: str, close: str = "", /, **attributes: str | None) -> str:
    """Return a start tag, with `close` "/" an empty element; attributes that are None or empty are left out."""
    pairs = (f" {name}={quoteattr(replace_illegal(value, ''))}" for name, value in attributes.items() if value)
    return f"<{element}{''.join(pairs)}{close}>"


def render_description(words: str) -> str:
    """Return a description; nothing where there are no words."""
    return f"<Description>{escape_content(words)}</Description>" if words else ""


def escape_content(words: str) -> str:
    """Return the words as content of an element, their carriage returns kept."""
    return escape(replace_illegal(words, ""), {"\r": "&#13;"})


def render_codes(tags: list[TagRecord]) -> Iterator[str]:
    """Yield the codes in their order, each with those below it inside; iterative, since a tree may be deep."""
    children: dict[str, list[TagRecord]] = {}
    for tag in tags:
        children.setdefault(tag.parent, []).append(tag)
    waiting: list[TagRecord | str] = list(reversed(children.get("", [])))
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
            continue
        yield render_code(item)
        waiting += ["</Code>", *reversed(children.get(item.id, []))]


def render_code(tag: TagRecord) -> str:
    """Return the start of a code and its description; all but headings are codable, since passages may have a retired tag."""
    colour, is_codable = HUE_COLOURS[(tag.colour or 1) - 1], str(not tag.heading_only).lower()
    start = render_start_tag("Code", guid=tag.id, name=tag.name, isCodable=is_codable, color=colour)
    return start + render_description(join_description(tag))


def join_description(tag: TagRecord) -> str:
    """Return the definition and, named, what the tag is for and not for."""
    parts = [tag.definition, tag.use_for and f"Use for: {tag.use_for}", tag.not_for and f"Not for: {tag.not_for}"]
    return "\n\n".join(filter(None, parts))


def render_retired(tags: list[TagRecord], reference: str) -> Iterator[str]:
    """Yield the set of the retired tags, `reference` being the attribute that names its members; nothing where none is."""
    retired = [tag.id for tag in tags if tag.retired]
    if retired:
        yield "<Sets>" + render_start_tag("Set", guid=RETIRED_SET_GUID, name=RETIRED_SET_NAME)
        yield from (render_start_tag("MemberCode", "/", **{reference: guid}) for guid in retired)
        yield "</Set></Sets>"


def write_qdc(tags: list[TagRecord]) -> Iterator[str]:
    """Yield the REFI-QDA codebook (.qdc) of these tags line by line."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    lines = ["<Codes>", *render_codes(tags), "</Codes>", *render_retired(tags, "guid"), "</CodeBook>"]
    yield from (f"{line}\n" for line in [render_start_tag("CodeBook", xmlns=CODEBOOK_NAMESPACE, origin=ORIGIN), *lines])


def render_sources(project: RefiProject) -> Iterator[str]:
    """Yield the texts with the highlights on each; nothing where there are no texts."""
    tag_ids, is_open = {tag.name: tag.id for tag in project.tags}, False
    for text, records in project.read_texts():
        if not is_open:
            yield "<Sources>"
            is_open = True
        path = f"internal://{text.guid}.txt"
        yield render_start_tag("TextSource", guid=text.guid, name=text.title, plainTextPath=path)
        if origin := describe_origin(text):
            yield render_description(origin)
        for record in records:
            yield from render_selection(record, tag_ids)
        yield "</TextSource>"
    if is_open:
        yield "</Sources>"


def describe_origin(text: TextSource) -> str:
    """Return where the text was published, in words that `refi_read.read_text` reads back."""
    return "\n".join(filter(None, [text.outlet and f"Source: {text.outlet}", text.address]))


def render_selection(record: HighlightRecord, tag_ids: dict[str, str]) -> Iterator[str]:
    """Yield a highlight with its note and its codes; offsets are code points, the end is exclusive."""
    user = make_guid("user", record.creator) if record.creator else None
    made = {"creatingUser": user, "creationDateTime": format_utc(record.created)}
    yield render_start_tag(
        "PlainTextSelection",
        guid=record.id,
        name=" ".join(record.exact.split())[:MAX_SELECTION_NAME_LENGTH],
        startPosition=str(record.start),
        endPosition=str(record.end),
        **made,
        modifiedDateTime=format_utc(record.modified),
    )
    if record.note:
        yield render_description(record.note)
    for tag_id in (tag_ids[name] for name in record.tags if name in tag_ids):
        code = render_start_tag("CodeRef", "/", targetGUID=tag_id)
        yield render_start_tag("Coding", guid=make_guid("coding", record.id, tag_id), **made) + code
        yield "</Coding>"
    yield "</PlainTextSelection>"


def format_utc(moment: datetime | None) -> str | None:
    """Return the moment in ISO 8601 as UTC; None where it is not known."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None
