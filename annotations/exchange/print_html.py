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

STYLE = """body{font:11pt/1.5 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
h1,h2,h3{line-height:1.2;font-weight:600}h2{border-top:1px solid;padding-top:.5rem;margin-top:2rem}
blockquote{margin:1rem 0 .25rem;padding:0;break-inside:avoid;white-space:pre-line}p{margin:.15rem 0}
.from,.hand{font:9.5pt/1.4 sans-serif;color:#444}.note{margin:.25rem 0 0 1.5rem;font-size:10pt}a{color:inherit}
.none{color:#444}@page{margin:20mm 25mm}"""


def write_print_html(sections: Iterable[Section[ExportedPassage]], details: ExportDetails) -> Iterator[str]:
    """Yield the page, passage by passage."""
    project, selection = escape(details.project), escape(details.selection)
    yield f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{project}</title><style>{STYLE}</style></head><body>
<h1><bdi>{project}</bdi></h1><p class="from">{selection} {details.exported_at:%Y-%m-%d}</p>
"""
    for headings, passage in pair_with_headings(sections):
        for level, words in headings:
            yield f"<h{level + 2}><bdi>{escape(words)}</bdi></h{level + 2}>\n"
        yield render_html_passage(passage, details) if passage else '<p class="none">Nothing tagged here.</p>\n'
    yield "</body></html>\n"


def render_html_passage(passage: ExportedPassage, details: ExportDetails) -> str:
    """Return a passage of the page; its note was cleaned when it was written."""
    attributes = f' lang="{escape(passage.language)}" dir="{escape(passage.direction)}"'
    permalink, article = escape(details.make_permalink(passage)), escape(passage.article)
    tags_and_reader = escape("; ".join([*passage.tags, passage.reader]))
    note = f'<div class="note">{passage.note_html}</div>\n' if passage.note_html else ""
    return f"""<blockquote{attributes}>{escape(drop_empty_lines(passage.exact))}</blockquote>
<p class="from"><a href="{permalink}"><bdi>{article}</bdi></a>, {escape(format_origin(passage))}</p>
<p class="hand">{tags_and_reader}</p>
{note}"""
