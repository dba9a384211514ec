"""Passages as a document to edit (DOCX), and as a page to print (HTML)."""

import io
from collections.abc import Iterable, Iterator
from html import escape
from itertools import islice

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from annotations.exchange.sections import ExportDetails, Section, format_published, pair_with_headings
from annotations.exchange.xml_text import replace_illegal

MOST = 3_000  # passages of a DOCX, which is held in memory whole
STYLE = """body{font:11pt/1.5 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
h1,h2,h3{line-height:1.2;font-weight:600}h2{border-top:1px solid;padding-top:.5rem;margin-top:2rem}
blockquote{margin:1rem 0 .25rem;padding:0;break-inside:avoid;white-space:pre-line}p{margin:.15rem 0}
.from,.hand{font:9.5pt/1.4 sans-serif;color:#444}.note{margin:.25rem 0 0 1.5rem;font-size:10pt}a{color:inherit}
.none{color:#444}@page{margin:20mm 25mm}"""


def docx(sections: Iterable[Section], about: ExportDetails) -> Iterator[bytes]:
    """A document with a heading for each section; MOST passages at most, which it says where there are more."""
    document = Document()
    document.core_properties.title, document.core_properties.author = replace_illegal(about.project), ""
    document.add_heading(replace_illegal(about.project), 0)
    document.add_paragraph(replace_illegal(f"{about.asked} {about.at:%Y-%m-%d}"))
    told = pair_with_headings(sections)
    for headings, line in islice(told, MOST):
        for level, words in headings:
            document.add_heading(replace_illegal(words), level + 1)
        add(document, line, about)
    if next(told, None):
        document.add_paragraph(f"These are the first {MOST} passages; a document holds no more.")
    file = io.BytesIO()
    document.save(file)
    yield file.getvalue()


def add(document, line, about: ExportDetails) -> None:
    """A passage as a quotation, its source with a link, its tags and its note."""
    if not line:
        document.add_paragraph("Nothing tagged here.")
        return
    document.add_paragraph(replace_illegal(quote(line)), style="Quote")
    source = document.add_paragraph()
    link(source, replace_illegal(line.article), about.permalink(line))
    source.add_run(replace_illegal(f", {cited(line)}"))
    document.add_paragraph(replace_illegal("; ".join([*line.tags, line.reader])))
    if line.note.strip():
        document.add_paragraph(replace_illegal(line.note), style="List Bullet")


def link(paragraph, words: str, address: str) -> None:
    """A run that leads to an address."""
    key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), key)
    run = paragraph.add_run(words)
    run.underline = True
    element.append(run._r)
    paragraph._p.append(element)


def html(sections: Iterable[Section], about: ExportDetails) -> Iterator[str]:
    """A page that stands alone, to read and to print."""
    yield f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(about.project)}</title><style>{STYLE}</style></head><body>
<h1><bdi>{escape(about.project)}</bdi></h1><p class="from">{escape(about.asked)} {about.at:%Y-%m-%d}</p>
"""
    for headings, line in pair_with_headings(sections):
        for level, words in headings:
            yield f"<h{level + 2}><bdi>{escape(words)}</bdi></h{level + 2}>\n"
        yield passage(line, about) if line else '<p class="none">Nothing tagged here.</p>\n'
    yield "</body></html>\n"


def passage(line, about: ExportDetails) -> str:
    """A passage of the page; the note was cleaned when it was written."""
    tongue = f' lang="{escape(line.language)}" dir="{escape(line.direction)}"'
    hand = escape("; ".join([*line.tags, line.reader]))
    note = f'<div class="note">{line.note_html}</div>\n' if line.note_html else ""
    return f"""<blockquote{tongue}>{escape(quote(line))}</blockquote>
<p class="from"><a href="{escape(about.permalink(line))}"><bdi>{escape(line.article)}</bdi></a>, {escape(cited(line))}</p>
<p class="hand">{hand}</p>
{note}"""


def quote(line) -> str:
    """The words, without the empty lines that lists and tables leave."""
    return "\n".join(part for part in line.exact.splitlines() if part.strip())


def cited(line) -> str:
    return ", ".join(filter(None, [line.source, line.byline, format_published(line)]))
