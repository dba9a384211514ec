"""Passages as JSON: an object with `about`, `codebook` and `passages`, written passage by passage."""

import json
from collections.abc import Iterable, Iterator

from annotations.exchange.sections import ExportDetails, Section


def write_json(sections: Iterable[Section], about: ExportDetails) -> Iterator[str]:
    """The document; each passage stands on a line of its own, with its `headings` if it has any."""
    head = {"project": about.project, "asked": about.asked, "at": about.at.isoformat()}
    codebook = [term._asdict() for term in about.codebook]
    yield f'{{"about": {dump_json(head)},\n"codebook": {dump_json(codebook)},\n"passages": ['
    comma = "\n"
    for section in sections:
        for line in section.lines:
            yield comma + dump_json(describe_passage(line, section.headings, about))
            comma = ",\n"
    yield "\n]}\n"


def describe_passage(line, headings: tuple[str, ...], about: ExportDetails) -> dict:
    """One passage; `start` and `end` are code points into the text of that revision."""
    return {
        "id": str(line.id),
        "permalink": about.permalink(line),
        **({"headings": list(headings)} if headings else {}),
        "article": {
            "title": line.article,
            "source": line.source,
            "byline": line.byline,
            "published": line.published_at and line.published_at.isoformat(),
            "language": line.language,
            "address": line.url,
            "revision": line.revision,
        },
        "start": line.start,
        "end": line.end,
        "quote": line.exact,
        "prefix": line.prefix,
        "suffix": line.suffix,
        "tags": line.tags,
        "note": line.note,
        "reader": line.reader,
        "made": line.created_at.isoformat(),
    }


def dump_json(value) -> str:
    return json.dumps(value, ensure_ascii=False)
