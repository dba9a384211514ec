"""Notes are written in Markdown and reach a page only as cleaned HTML."""

import re

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt

from newsreader.text.html.sanitizer import MAX_NOTE_LENGTH as MAX_HTML_LENGTH
from newsreader.text.html.sanitizer import clean_note
from newsreader.text.translation import gettext as _

MAX_NOTE_LENGTH = 10_000  # code points
# What ends an address in prose, where linkify-it knows the punctuation of ASCII: between Chinese words, or at the end.
ADDRESS_END = re.compile("[。、，；：！？（）「」『』【】《》〈〉].*|[“”„‘’‚«»‹›…]+$", re.DOTALL)


class NoteLinks(LinkifyIt):
    """Finds the addresses of web pages that a note names without markup: those that begin with http or https."""

    def __init__(self) -> None:
        super().__init__(options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
        for schema in ("ftp:", "mailto:", "//"):
            self.add(schema, None)

    def test_schema_at(self, text: str, name: str, position: int) -> int:
        """Return how many characters after the colon at a position belong to the address; 0 for none."""
        length = super().test_schema_at(text, name, position)
        return len(ADDRESS_END.sub("", text[position : position + length]))


def make_parser(*, linkify: bool) -> MarkdownIt:
    """Return a parser of notes: CommonMark without HTML and images, in which line ends, and bare addresses if so, count."""
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": linkify}).disable("image")
    parser.linkify = NoteLinks()
    return parser.enable("linkify") if linkify else parser


MARKDOWN_PARSER, PLAIN_PARSER = make_parser(linkify=True), make_parser(linkify=False)


def render_note(note: str) -> str:
    """Return the safe HTML of a note written in Markdown; ValueError, with a sentence for people, if it is too long."""
    if len(note) > MAX_NOTE_LENGTH:
        lengths = {"most": f"{MAX_NOTE_LENGTH:,}", "number": f"{len(note):,}"}
        raise ValueError(
            _("A note may have %(most)s characters; this one has %(number)s. Shorten it and save again.") % lengths
        )
    html = MARKDOWN_PARSER.render(note)
    if len(html) > MAX_HTML_LENGTH:  # by its links: each says an address twice
        html = PLAIN_PARSER.render(note)
    return clean_note(html).strip() if note.strip() else ""
