"""Highlights as W3C Web Annotations (JSON-LD): one of them, and a project's as a collection."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from annotations.exchange.annotation_json import load, whole, word
from annotations.exchange.record import Record, Term

__all__ = ["collection", "dump", "load", "term_in", "term_out"]

# What the model has no word for travels under names of our own; who does not know them may pass them over.
TERMS = "urn:newsreader:terms:"
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"newsreader": TERMS}]
GENERATOR = {"id": "urn:newsreader:software", "type": "Software", "name": "Newsreader"}


def dump(record: Record) -> dict:
    """The annotation that says all of the record."""
    annotation = {
        "@context": CONTEXT,
        "id": record.id,
        "type": "Annotation",
        "motivation": motivations(record),
        "body": [body("tagging", tag) for tag in record.tags] + commented(record.note),
        "target": target(record),
        "creator": {"type": "Person", "name": record.creator, "nickname": record.creator} if record.creator else None,
        "created": moment(record.created),
        "modified": moment(record.modified),
        "generator": GENERATOR,
    }
    return filled(annotation)


def motivations(record: Record) -> list[str]:
    return ["highlighting"] + ["tagging"] * bool(record.tags) + ["commenting"] * bool(record.note)


def body(purpose: str, value: str, **more) -> dict:
    return {"type": "TextualBody", "purpose": purpose, "value": value, **more}


def commented(note: str) -> list[dict]:
    return [body("commenting", note, format="text/markdown")] if note else []


def target(record: Record) -> dict:
    """The passage: where it was read, in which state, and both ways to find it there."""
    position = {"type": "TextPositionSelector", "start": record.start, "end": record.end}
    quote = {"type": "TextQuoteSelector", "exact": record.exact, "prefix": record.prefix, "suffix": record.suffix}
    found = {
        "type": "SpecificResource",
        "source": record.source,
        "state": state(record),
        "selector": [position] * (record.start is not None) + [quote],
        "newsreader:article": record.article,
        "newsreader:title": record.title,
    }
    return filled(found)


def state(record: Record) -> dict | None:
    """Which text it was: the revision, when it was kept, and the digest of its words."""
    if not record.read_at:
        return None
    when = {"type": "TimeState", "sourceDate": moment(record.read_at), "cached": record.address}
    return filled(when | {"newsreader:revision": record.revision, "newsreader:digest": record.digest})


def filled(pairs: dict) -> dict:
    """Without what is empty."""
    return {name: value for name, value in pairs.items() if value not in (None, "", [])}


def moment(when: datetime | None) -> str | None:
    return when and when.isoformat().replace("+00:00", "Z")


def collection(id: str, label: str, codebook: Iterable[Term], records: Iterable[Record], total: int) -> Iterator[str]:
    """The document of a whole project, piece by piece: a collection with its codebook, and one page of annotations."""
    head = {"@context": CONTEXT, "id": id, "type": "AnnotationCollection", "label": label, "total": total}
    head["newsreader:codebook"] = [term_out(term) for term in codebook]
    yield f"{written(head)[:-1]}, "
    page = {"id": f"{id}#page-1", "type": "AnnotationPage", "partOf": id, "startIndex": 0}
    yield f'"first": {written(page)[:-1]}, "items": ['
    for number, record in enumerate(records):
        yield f"{',' if number else ''}\n{written(dump(record))}"
    yield "\n]}}\n"


def written(value) -> str:
    return json.dumps(value, ensure_ascii=False)


def term_out(term: Term) -> dict:
    pairs = {"id": f"urn:uuid:{term.id}", "newsreader:name": term.name}
    pairs |= {"newsreader:parent": f"urn:uuid:{term.parent}" if term.parent else ""}
    pairs |= {f"newsreader:{name}": getattr(term, field) for name, field in WORDS.items()}
    return filled(pairs | {"newsreader:colour": term.colour, "newsreader:retired": term.retired or None})


WORDS = {"definition": "definition", "useFor": "use_for", "notFor": "not_for"}


def term_in(data) -> Term | None:
    """A tag of a codebook as `term_out` says it; None for what is none."""
    if not isinstance(data, dict) or not word(data.get("newsreader:name")):
        return None
    key, parent = (word(data.get(name)).removeprefix("urn:uuid:") for name in ("id", "newsreader:parent"))
    words = {field: word(data.get(f"newsreader:{name}")) for name, field in WORDS.items()}
    rest = {"colour": whole(data.get("newsreader:colour")), "retired": data.get("newsreader:retired") is True}
    return Term(key, data["newsreader:name"], parent, **words, **rest)
