"""Highlights as W3C Web Annotations (JSON-LD): one of them, and a project's as a collection."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from annotations.exchange.annotation_json import ensure_number, ensure_text, load
from annotations.exchange.record import HighlightRecord, TagRecord

__all__ = ["dump", "dump_tag", "load", "load_tag", "write_collection"]

# What the model has no word for travels under names of our own; who does not know them may pass them over.
VOCABULARY = "urn:newsreader:terms:"
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"newsreader": VOCABULARY}]
GENERATOR = {"id": "urn:newsreader:software", "type": "Software", "name": "Newsreader"}


def dump(record: HighlightRecord) -> dict:
    """The annotation that says all of the record."""
    annotation = {
        "@context": CONTEXT,
        "id": record.id,
        "type": "Annotation",
        "motivation": list_motivations(record),
        "body": [make_body("tagging", tag) for tag in record.tags] + make_note_bodies(record.note),
        "target": make_target(record),
        "creator": {"type": "Person", "name": record.creator, "nickname": record.creator} if record.creator else None,
        "created": format_moment(record.created),
        "modified": format_moment(record.modified),
        "generator": GENERATOR,
    }
    return drop_empty(annotation)


def list_motivations(record: HighlightRecord) -> list[str]:
    return ["highlighting"] + ["tagging"] * bool(record.tags) + ["commenting"] * bool(record.note)


def make_body(purpose: str, value: str, **more) -> dict:
    return {"type": "TextualBody", "purpose": purpose, "value": value, **more}


def make_note_bodies(note: str) -> list[dict]:
    return [make_body("commenting", note, format="text/markdown")] if note else []


def make_target(record: HighlightRecord) -> dict:
    """The passage: where it was read, in which state, and both ways to find it there."""
    position = {"type": "TextPositionSelector", "start": record.start, "end": record.end}
    quote = {"type": "TextQuoteSelector", "exact": record.exact, "prefix": record.prefix, "suffix": record.suffix}
    found = {
        "type": "SpecificResource",
        "source": record.source,
        "state": make_state(record),
        "selector": [position] * (record.start is not None) + [quote],
        "newsreader:article": record.article,
        "newsreader:title": record.title,
    }
    return drop_empty(found)


def make_state(record: HighlightRecord) -> dict | None:
    """Which text it was: the revision, when it was kept, and the digest of its words."""
    if not record.read_at:
        return None
    when = {"type": "TimeState", "sourceDate": format_moment(record.read_at), "cached": record.address}
    return drop_empty(when | {"newsreader:revision": record.revision, "newsreader:digest": record.digest})


def drop_empty(pairs: dict) -> dict:
    """Without what is empty."""
    return {name: value for name, value in pairs.items() if value not in (None, "", [])}


def format_moment(when: datetime | None) -> str | None:
    return when and when.isoformat().replace("+00:00", "Z")


def write_collection(
    id: str, label: str, codebook: Iterable[TagRecord], records: Iterable[HighlightRecord], total: int
) -> Iterator[str]:
    """The document of a whole project, piece by piece: a collection with its codebook, and one page of annotations."""
    head = {"@context": CONTEXT, "id": id, "type": "AnnotationCollection", "label": label, "total": total}
    head["newsreader:codebook"] = [dump_tag(term) for term in codebook]
    yield f"{dump_json(head)[:-1]}, "
    page = {"id": f"{id}#page-1", "type": "AnnotationPage", "partOf": id, "startIndex": 0}
    yield f'"first": {dump_json(page)[:-1]}, "items": ['
    for number, record in enumerate(records):
        yield f"{',' if number else ''}\n{dump_json(dump(record))}"
    yield "\n]}}\n"


def dump_json(value) -> str:
    return json.dumps(value, ensure_ascii=False)


def dump_tag(term: TagRecord) -> dict:
    pairs = {"id": f"urn:uuid:{term.id}", "newsreader:name": term.name}
    pairs |= {"newsreader:parent": f"urn:uuid:{term.parent}" if term.parent else ""}
    pairs |= {f"newsreader:{name}": getattr(term, field) for name, field in TAG_TEXT_FIELDS.items()}
    return drop_empty(pairs | {"newsreader:colour": term.colour, "newsreader:retired": term.retired or None})


TAG_TEXT_FIELDS = {"definition": "definition", "useFor": "use_for", "notFor": "not_for"}


def load_tag(data) -> TagRecord | None:
    """A tag of a codebook as `term_out` says it; None for what is none."""
    if not isinstance(data, dict) or not ensure_text(data.get("newsreader:name")):
        return None
    key, parent = (ensure_text(data.get(name)).removeprefix("urn:uuid:") for name in ("id", "newsreader:parent"))
    words = {field: ensure_text(data.get(f"newsreader:{name}")) for name, field in TAG_TEXT_FIELDS.items()}
    rest = {"colour": ensure_number(data.get("newsreader:colour")), "retired": data.get("newsreader:retired") is True}
    return TagRecord(key, data["newsreader:name"], parent, **words, **rest)
