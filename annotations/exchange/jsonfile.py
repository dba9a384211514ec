"""Passages as JSON: an object with `about`, `codebook` and `passages`, written passage by passage."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from annotations.exchange.sections import ExportDetails, ExportedPassage, ExportedReply, Section


def write_json(sections: Iterable[Section[ExportedPassage]], details: ExportDetails) -> Iterator[str]:
    """Yield the document; each passage stands on a line of its own, with its `headings` if it has any."""
    about = {"project": details.project, "asked": details.selection, "at": details.exported_at.isoformat()}
    codebook = [tag._asdict() for tag in details.codebook]
    yield f'{{"about": {dump_json(about)},\n"codebook": {dump_json(codebook)},\n"passages": ['
    separator = "\n"
    for section in sections:
        for passage in section.items:
            yield separator + dump_json(describe_passage(passage, section.headings, details))
            separator = ",\n"
    yield "\n]}\n"


def describe_passage(passage: ExportedPassage, headings: tuple[str, ...], details: ExportDetails) -> dict[str, Any]:
    """Return one passage as an object; `start` and `end` are code points into the text of that revision."""
    return {
        "id": str(passage.id),
        "permalink": details.make_permalink(passage),
        **({"headings": list(headings)} if headings else {}),
        "article": {
            "title": passage.article,
            "source": passage.source,
            "byline": passage.byline,
            "published": passage.published_at and passage.published_at.isoformat(),
            "language": passage.language,
            "address": passage.url,
            "revision": passage.revision,
        },
        "start": passage.start,
        "end": passage.end,
        "quote": passage.exact,
        "prefix": passage.prefix,
        "suffix": passage.suffix,
        "tags": passage.tags,
        "note": passage.note,
        "reader": passage.reader,
        "made": passage.created_at.isoformat(),
        **({"replies": list(map(describe_reply, passage.replies))} if passage.replies else {}),
    }


def describe_reply(reply: ExportedReply) -> dict[str, str]:
    """Return a reply as an object."""
    return {"reader": reply.reader, "text": reply.text, "made": reply.made.isoformat()}


def dump_json(value: Any) -> str:
    """Return the value as JSON on one line, in the letters of its language."""
    return json.dumps(value, ensure_ascii=False)
