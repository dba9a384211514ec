"""Highlights as W3C Web Annotations (JSON-LD): one of them, and a project's as a collection."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from annotations.exchange.annotation_json import load
from annotations.exchange.json_values import ensure_number, ensure_text
from annotations.exchange.jsonfile import dump_json
from annotations.exchange.record import HighlightRecord, ReplyRecord, TagRecord

__all__ = ["dump", "dump_tag", "load", "load_tag", "write_collection"]

# What the model has no word for travels under names of our own; who does not know them may pass them over.
VOCABULARY = "urn:newsreader:terms:"
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"newsreader": VOCABULARY}]
GENERATOR = {"id": "urn:newsreader:software", "type": "Software", "name": "Newsreader"}
TAG_TEXT_FIELDS = {"definition": "definition", "useFor": "use_for", "notFor": "not_for"}  # in the file: in a TagRecord


def dump(record: HighlightRecord) -> dict[str, Any]:
    """Return the annotation that says all of the record."""
    name = record.creator
    annotation = {
        "@context": CONTEXT,
        "id": record.id,
        "type": "Annotation",
        "motivation": list_motivations(record),
        "body": [make_body("tagging", tag) for tag in record.tags] + make_note_bodies(record.note),
        "target": make_target(record),
        "creator": {"type": "Person", "name": name, "nickname": name} if name else None,
        "created": format_moment(record.created),
        "modified": format_moment(record.modified),
        "generator": GENERATOR,
        "newsreader:resolved": record.resolved or None,
    }
    # Programs look for the bodies without asking whether there are any.
    return {"body": [], **drop_empty(annotation)} if not record.tags and not record.note else drop_empty(annotation)


def dump_reply(reply: ReplyRecord, record: HighlightRecord) -> dict[str, Any]:
    """Return the annotation that a reply is: its target is the annotation of the highlight."""
    name = reply.creator
    annotation = {
        "@context": CONTEXT,
        "id": reply.id,
        "type": "Annotation",
        "motivation": ["replying"],
        "body": [make_body("replying", reply.text, format="text/markdown")],
        "target": record.id,
        "creator": {"type": "Person", "name": name, "nickname": name} if name else None,
        "created": format_moment(reply.created),
        "generator": GENERATOR,
    }
    return drop_empty(annotation)


def list_motivations(record: HighlightRecord) -> list[str]:
    """Return the motivations of the model: highlighting, and tagging and commenting where there are tags and a note."""
    return ["highlighting"] + ["tagging"] * bool(record.tags) + ["commenting"] * bool(record.note)


def make_body(purpose: str, value: str, **fields: str) -> dict[str, str]:
    """Return a textual body."""
    return {"type": "TextualBody", "purpose": purpose, "value": value, **fields}


def make_note_bodies(note: str) -> list[dict[str, str]]:
    """Return the body of a note; none where there is no note."""
    return [make_body("commenting", note, format="text/markdown")] if note else []


def make_target(record: HighlightRecord) -> dict[str, Any]:
    """Return the passage: where it was read, in which state, and both ways to find it there."""
    position = {"type": "TextPositionSelector", "start": record.start, "end": record.end}
    quote = {"type": "TextQuoteSelector", "exact": record.exact, "prefix": record.prefix, "suffix": record.suffix}
    target = {
        "type": "SpecificResource",
        "source": record.source,
        "state": make_state(record),
        "selector": [quote] if record.start is None else [position, quote],
        "newsreader:article": record.article,
        "newsreader:title": record.title,
    }
    return drop_empty(target)


def make_state(record: HighlightRecord) -> dict[str, Any] | None:
    """Return which text it was: the revision, when it was kept, and the digest of its words; None where not known."""
    if not record.read_at:
        return None
    state = {
        "type": "TimeState",
        "sourceDate": format_moment(record.read_at),
        "cached": record.address,
        "newsreader:revision": record.revision,
        "newsreader:digest": record.digest,
    }
    return drop_empty(state)


def drop_empty(pairs: dict[str, Any]) -> dict[str, Any]:
    """Return the pairs without those whose value is None, an empty text or an empty list."""
    return {name: value for name, value in pairs.items() if value not in (None, "", [])}


def format_moment(moment: datetime | None) -> str | None:
    """Return the moment in ISO 8601, with Z for UTC; None where it is not known."""
    return moment.isoformat().replace("+00:00", "Z") if moment else None


def write_collection(
    id: str, label: str, codebook: Iterable[TagRecord], records: Iterable[HighlightRecord], total: int
) -> Iterator[str]:
    """Yield the document of a whole project: a collection with its codebook, and one page of annotations.

    Each highlight is followed by the replies to it; `total` counts both.
    """
    head = {"@context": CONTEXT, "id": id, "type": "AnnotationCollection", "label": label, "total": total}
    head["newsreader:codebook"] = [dump_tag(tag) for tag in codebook]
    yield f"{dump_json(head)[:-1]}, "
    page = {"id": f"{id}#page-1", "type": "AnnotationPage", "partOf": id, "startIndex": 0}
    yield f'"first": {dump_json(page)[:-1]}, "items": ['
    for number, annotation in enumerate(dump_all(records)):
        yield f"{',' if number else ''}\n{dump_json(annotation)}"
    yield "\n]}}\n"


def write_codebook_json(codebook: Iterable[TagRecord]) -> Iterator[str]:
    """Yield the document of a codebook: a collection without annotations."""
    return write_collection("urn:newsreader:codebook", "", codebook, [], 0)


def dump_all(records: Iterable[HighlightRecord]) -> Iterator[dict[str, Any]]:
    """Yield the annotation of each highlight, and then those of the replies to it."""
    for record in records:
        yield dump(record)
        yield from (dump_reply(reply, record) for reply in record.replies)


def dump_tag(tag: TagRecord) -> dict[str, Any]:
    """Return a tag of the codebook as an object."""
    fields = {"id": f"urn:uuid:{tag.id}", "newsreader:name": tag.name}
    fields |= {"newsreader:parent": f"urn:uuid:{tag.parent}" if tag.parent else ""}
    fields |= {f"newsreader:{name}": getattr(tag, field) for name, field in TAG_TEXT_FIELDS.items()}
    kind = {"newsreader:retired": tag.retired or None, "newsreader:headingOnly": tag.heading_only or None}
    return drop_empty(fields | {"newsreader:colour": tag.colour} | kind)


def load_tag(data: Any) -> TagRecord | None:
    """Return a tag of the codebook as `dump_tag` writes it; None for anything else."""
    if not isinstance(data, dict) or not ensure_text(data.get("newsreader:name")):
        return None
    texts = {field: ensure_text(data.get(f"newsreader:{name}")) for name, field in TAG_TEXT_FIELDS.items()}
    return TagRecord(
        id=ensure_text(data.get("id")).removeprefix("urn:uuid:"),
        name=data["newsreader:name"],
        parent=ensure_text(data.get("newsreader:parent")).removeprefix("urn:uuid:"),
        colour=ensure_number(data.get("newsreader:colour")),
        retired=data.get("newsreader:retired") is True,
        heading_only=data.get("newsreader:headingOnly") is True,
        definition=texts["definition"],
        use_for=texts["use_for"],
        not_for=texts["not_for"],
    )
