"""Notes are written in Markdown and reach a page only as cleaned HTML."""

from markdown_it import MarkdownIt

from newsreader.text.html.sanitizer import clean_note

MAX_NOTE_LENGTH = 10_000  # code points
MARKDOWN_PARSER = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")


def render_note(note: str) -> str:
    """Return the safe HTML of a note written in Markdown; ValueError, with a sentence for people, if it is too long."""
    if len(note) > MAX_NOTE_LENGTH:
        raise ValueError(
            f"A note may have {MAX_NOTE_LENGTH:,} characters; this one has {len(note):,}. Shorten it and save again."
        )
    return clean_note(MARKDOWN_PARSER.render(note)).strip() if note.strip() else ""
