"""Notes are Markdown, and reach a page only as HTML that was cleaned."""

from markdown_it import MarkdownIt

from newsreader.text.html.sanitizer import clean_note

LONGEST = 10_000
MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")


def render_note(note: str) -> str:
    """Safe HTML of a note written in Markdown; ValueError past 10,000 characters."""
    if len(note) > LONGEST:
        raise ValueError(
            f"A note may have {LONGEST:,} characters; this one has {len(note):,}. Shorten it and save again."
        )
    return clean_note(MARKDOWN.render(note)).strip() if note.strip() else ""
