"""Passages as an HTML page that needs no other file, to read and to print."""

from collections.abc import Iterable, Iterator
from html import escape

from annotations.exchange.sections import (
    ExportDetails,
    ExportedPassage,
    Section,
    drop_empty_lines,
    format_origin,
    pair_with_headings,
)
from newsreader.text.dates import format_day
from newsreader.text.language.direction import detect_direction
from newsreader.text.translation import gettext as _

STYLE = """body{font:11pt/1.5 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
h1,h2,h3{line-height:1.2;font-weight:600}h2{border-top:1px solid;padding-top:.5rem;margin-top:2rem}
blockquote{margin:1rem 0 .25rem;padding:0;break-inside:avoid;white-space:pre-line}p{margin:.15rem 0}
.from,.hand{font:9.5pt/1.4 sans-serif;color:#444}.note{margin-block-start:.25rem;margin-inline-start:1.5rem;font-size:10pt}a{color:inherit}
.none{color:#444}@page{margin:20mm 25mm}"""


def write_print_html(sections: Iterable[Section[ExportedPassage]], details: ExportDetails) -> Iterator[str]:
    """Yield the page, passage by passage."""
    project, selection, none = escape(details.project), escape(details.selection), escape(_("No passages."))
    yield f"""<!doctype html>
<html lang="{escape(details.language)}"{write_direction(language=details.language)}><head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{project}</title><style>{STYLE}</style></head><body>
<h1{write_direction(details.project)}><bdi>{project}</bdi></h1><p class="from">{selection} {format_day(details.exported_at)}</p>
"""
    for headings, passage in pair_with_headings(sections):
        for level, words in headings:
            yield f"<h{level + 2}{write_direction(words)}><bdi>{escape(words)}</bdi></h{level + 2}>\n"
        yield render_html_passage(passage, details) if passage else f'<p class="none">{none}</p>\n'
    yield "</body></html>\n"


def write_direction(words: str = "", language: str = "") -> str:
    """Return the attribute of what is read from right to left: words, or the language where they have no direction."""
    return ' dir="rtl"' if detect_direction(language, words) == "rtl" else ""


def render_html_passage(passage: ExportedPassage, details: ExportDetails) -> str:
    """Return a passage of the page; its note was cleaned when it was written."""
    attributes = f' lang="{escape(passage.language)}" dir="{escape(passage.direction)}"'
    permalink, article = escape(details.make_permalink(passage)), escape(passage.article)
    tags_and_reader = escape("; ".join([*passage.tags, passage.reader]))
    note_direction = write_direction(passage.note)
    note = f'<div class="note"{note_direction}>{passage.note_html}</div>\n' if passage.note_html else ""
    return f"""<blockquote{attributes}>{escape(drop_empty_lines(passage.exact))}</blockquote>
<p class="from" dir="{escape(passage.direction)}"><a href="{permalink}"><bdi>{article}</bdi></a>, {escape(format_origin(passage))}</p>
<p class="hand"{write_direction("".join(passage.tags))}>{tags_and_reader}</p>
{note}"""
