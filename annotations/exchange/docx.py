"""Passages as a document to edit (DOCX)."""

import io
from collections.abc import Iterable, Iterator
from itertools import islice

from docx import Document
from docx.document import Document as DocumentObject
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from annotations.exchange.sections import (
    ExportDetails,
    ExportedPassage,
    Section,
    drop_empty_lines,
    format_origin,
    pair_with_headings,
)
from annotations.exchange.xml_text import replace_illegal

MAX_PASSAGES = 3_000  # the document is held in memory whole


def write_docx(sections: Iterable[Section[ExportedPassage]], details: ExportDetails) -> Iterator[bytes]:
    """Yield a document with a heading for each section; where there are more than MAX_PASSAGES, it says so."""
    document = begin_document(details)
    passages = pair_with_headings(sections)
    for headings, passage in islice(passages, MAX_PASSAGES):
        for level, words in headings:
            document.add_heading(replace_illegal(words), level + 1)
        add_passage(document, passage, details)
    if next(passages, None):
        document.add_paragraph(f"These are the first {MAX_PASSAGES} passages; a document holds no more.")
    file = io.BytesIO()
    document.save(file)
    yield file.getvalue()


def begin_document(details: ExportDetails) -> DocumentObject:
    """Return a document with the project's name for a title, and what was selected."""
    document = Document()
    document.core_properties.title, document.core_properties.author = replace_illegal(details.project), ""
    document.add_heading(replace_illegal(details.project), 0)
    document.add_paragraph(replace_illegal(f"{details.selection} {details.exported_at:%Y-%m-%d}"))
    return document


def add_passage(document: DocumentObject, passage: ExportedPassage | None, details: ExportDetails) -> None:
    """Add a passage as a quotation, its source with a link, its tags and its note; None is an empty section."""
    if not passage:
        document.add_paragraph("Nothing tagged here.")
        return
    document.add_paragraph(replace_illegal(drop_empty_lines(passage.exact)), style="Quote")
    source = document.add_paragraph()
    add_link(source, replace_illegal(passage.article), details.make_permalink(passage))
    source.add_run(replace_illegal(f", {format_origin(passage)}"))
    document.add_paragraph(replace_illegal("; ".join([*passage.tags, passage.reader])))
    if passage.note.strip():
        document.add_paragraph(replace_illegal(passage.note), style="List Bullet")


def add_link(paragraph: Paragraph, words: str, address: str) -> None:
    """Add a link to the paragraph."""
    key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), key)
    run = paragraph.add_run(words)
    run.underline = True
    element.append(run._r)
    paragraph._p.append(element)
