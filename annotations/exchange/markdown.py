"""Passages as Markdown: one file to read, or a folder of notes that link to each other."""

import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from annotations.exchange.files import make_safe_name, read_chunks
from annotations.exchange.note_markdown import escape_markdown, write_note
from annotations.exchange.sections import (
    ExportDetails,
    ExportedPassage,
    Section,
    TagDefinition,
    drop_empty_lines,
    format_published,
    pair_with_headings,
)
from annotations.exchange.tag_tokens import Tokens, make_token, name_tokens
from newsreader.text.dates import format_day
from newsreader.text.translation import gettext as _

NoteNames = Mapping[str, str]  # the names of the notes of tags, without suffix, by the names of the tags


def write_markdown(sections: Iterable[Section[ExportedPassage]], details: ExportDetails) -> Iterator[str]:
    """Yield one file: a heading for each section, each passage as a quotation with its source and note."""
    yield render_title(details)
    tokens = name_tokens(tag.name for tag in details.codebook)
    for headings, passage in pair_with_headings(sections):
        for level, words in headings:
            yield f"\n{'#' * (level + 2)} {escape_markdown(words)}\n"
        yield render_passage(passage, details, tokens) if passage else "\n" + _("No passages.") + "\n"


def render_title(details: ExportDetails) -> str:
    """Return the project's name as a title, and what was selected."""
    selection = escape_markdown(details.selection)
    return f"# {escape_markdown(details.project)}\n\n{selection} {format_day(details.exported_at)}\n"


def render_passage(passage: ExportedPassage, details: ExportDetails, tokens: Tokens | None = None) -> str:
    """Return a quotation, where it stands, its tags and its note."""
    link = f"[{escape_markdown(passage.article)}]({details.make_permalink(passage)})"
    origin = [escape_markdown(passage.source), escape_markdown(passage.byline), format_published(passage)]
    tags = [f"#{find_token(name, tokens)}" for name in passage.tags]
    tags_and_reader = " ".join([*tags, f"({escape_markdown(passage.reader)})"])
    note = f"\n{written}\n" if (written := write_note(passage.note)) else ""
    place = ", ".join(filter(None, [link, *origin]))
    return f"\n{render_quotation(passage.exact)}\n>\n> — {place}\n\n{tags_and_reader}\n{note}"


def render_quotation(words: str) -> str:
    """Return the words as a block quotation, line by line."""
    return "\n".join(f"> {escape_markdown(line)}" for line in drop_empty_lines(words).splitlines())


def find_token(name: str, tokens: Tokens | None) -> str:
    """Return the token of a tag; its own where the codebook was read before it was made."""
    return (tokens or {}).get(name) or make_token(name)


def write_folder(sections: Iterable[Section[ExportedPassage]], details: ExportDetails) -> Iterator[bytes]:
    """Yield a zip of notes, one for each article and each tag, as Obsidian reads them.

    Passages have to come article by article.
    """
    with tempfile.TemporaryDirectory(prefix="newsreader-") as folder:
        path = Path(folder) / "notes.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            add_notes(archive, sections, details)
        yield from read_chunks(path)


def add_notes(archive: zipfile.ZipFile, sections: Iterable[Section[ExportedPassage]], details: ExportDetails) -> None:
    """Write the notes into the archive, one article's passages in memory at a time.

    No two have the same name, in whatever folder, since links name a note by its name alone.
    """
    tokens = name_tokens(tag.name for tag in details.codebook)
    taken_names = {"about"}
    notes = {name: make_safe_name(token, taken_names) for name, token in tokens.items()}
    passages = (passage for section in sections for passage in section.items)
    for _slug, group in groupby(passages, key=attrgetter("slug")):
        article_passages = list(group)
        name = make_safe_name(article_passages[0].article, taken_names, ".md")
        archive.writestr(f"articles/{name}", render_article_note(article_passages, details, tokens, notes))
    for tag in details.codebook:
        archive.writestr(f"tags/{notes[tag.name]}.md", render_tag_note(tag, tokens, notes))
    archive.writestr("about.md", render_title(details))


def render_article_note(
    passages: list[ExportedPassage], details: ExportDetails, tokens: Tokens, notes: NoteNames
) -> str:
    """Return the passages of one article below its facts; strings in the front matter are JSON, which YAML reads."""
    first = passages[0]
    tags = sorted({find_token(name, tokens) for passage in passages for name in passage.tags})
    facts = {
        "title": first.article,
        "source": first.source,
        "author": first.byline,
        "published": f"{first.published_at:%Y-%m-%d}" if first.published_at else "",
        "address": first.url,
        "project": details.project,
        "tags": tags,
    }
    matter = "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items() if value)
    body = "\n".join(
        f"{render_passage(passage, details, tokens)}\n{render_tag_links(passage, notes)}" for passage in passages
    )
    return f"---\n{matter}\n---\n# {escape_markdown(first.article)}\n{body}"


def render_tag_links(passage: ExportedPassage, notes: NoteNames) -> str:
    """Return links to the notes of the passage's tags."""
    return " ".join(f"[[{notes[name]}]]" for name in passage.tags if name in notes)


def render_tag_note(tag: TagDefinition, tokens: Tokens, notes: NoteNames) -> str:
    """Return the note of a tag: its name, its definition and a link to its parent."""
    matter = json.dumps([tokens[tag.name]], ensure_ascii=False)
    under = "\n" + _("Under %(tag)s") % {"tag": f"[[{notes[tag.parent]}]]"} + "\n" if tag.parent else ""
    definition = escape_markdown(tag.definition)
    return f"---\ntags: {matter}\n---\n# {escape_markdown(tag.name)}\n\n{definition}\n{under}"
