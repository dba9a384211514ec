"""Passages as a document to edit (DOCX); what is read from right to left is set so."""

import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from docx import Document
from docx.document import Document as DocumentObject
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from annotations.exchange.sections import (
    ExportDetails,
    ExportedPassage,
    Section,
    drop_empty_lines,
    format_origin,
    pair_with_headings,
)
from annotations.exchange.xml_text import replace_illegal
from newsreader.text.dates import format_day
from newsreader.text.language.direction import detect_direction
from newsreader.text.translation import gettext as _

LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
MAX_PASSAGES = 3_000  # the document is held in memory whole


def write_docx(sections: Iterable[Section[ExportedPassage]], details: ExportDetails) -> Iterator[bytes]:
    """Yield a document with a heading for each section; where there are more than MAX_PASSAGES, it says so."""
    document = begin_document(details)
    passages = pair_with_headings(sections)
    for headings, passage in islice(passages, MAX_PASSAGES):
        for level, words in headings:
            set_direction(document.add_heading(replace_illegal(words), level + 1), detect_direction("", words))
        add_passage(document, passage, details)
    if next(passages, None):
        message = _("These are the first %(number)s passages; a document holds no more.")
        add_words(document, message % {"number": MAX_PASSAGES}, details.language)
    file = io.BytesIO()
    document.save(file)
    yield file.getvalue()


def begin_document(details: ExportDetails) -> DocumentObject:
    """Return a document with the project's name for a title, and what was selected."""
    document = Document()
    document.core_properties.title, document.core_properties.author = replace_illegal(details.project), ""
    set_direction(document.add_heading(replace_illegal(details.project), 0), detect_direction("", details.project))
    add_words(document, f"{details.selection} {format_day(details.exported_at)}", details.language)
    return document


def add_words(document: DocumentObject, words: str, language: str = "", style: str | None = None) -> None:
    """Add a paragraph in the direction of its words, or of the language where they have none."""
    paragraph = document.add_paragraph(replace_illegal(words), style=style)
    set_direction(paragraph, detect_direction(language, words))


def add_passage(document: DocumentObject, passage: ExportedPassage | None, details: ExportDetails) -> None:
    """Add a passage as a quotation, its source with a link, its tags and its note; None is an empty section."""
    if not passage:
        add_words(document, _("No passages."), details.language)
        return
    quotation = document.add_paragraph(replace_illegal(drop_empty_lines(passage.exact)), style="Quote")
    set_direction(quotation, passage.direction, passage.language)
    source, origin = document.add_paragraph(), f", {format_origin(passage)}"
    add_link(source, replace_illegal(passage.article), details.make_permalink(passage))
    set_direction(source, passage.direction, passage.language)
    set_run_direction(source.add_run(replace_illegal(origin)), detect_direction(passage.language, origin))
    add_words(document, "; ".join([*passage.tags, passage.reader]))
    if passage.note.strip():
        add_words(document, passage.note, style="List Bullet")


def set_direction(paragraph: Paragraph, direction: str, language: str = "") -> None:
    """Let a paragraph with all its runs be read in a direction, "rtl" or "ltr", and checked in a language."""
    if direction == "rtl":
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    for element in paragraph._p.iter(qn("w:r")):
        set_run_direction(Run(element, paragraph), direction, language)


def set_run_direction(run: Run, direction: str, language: str = "") -> None:
    """Let a run be read in a direction, and checked in a language if one is given."""
    if direction == "rtl":
        run.font.rtl = True
    if LANGUAGE.fullmatch(language):
        element = OxmlElement("w:lang")
        element.set(qn("w:bidi" if direction == "rtl" else "w:val"), language)
        run._r.get_or_add_rPr().append(element)


def add_link(paragraph: Paragraph, words: str, address: str) -> None:
    """Add a link to the paragraph."""
    key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), key)
    run = paragraph.add_run(words)
    run.underline = True
    element.append(run._r)
    paragraph._p.append(element)
