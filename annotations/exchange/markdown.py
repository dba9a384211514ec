"""Passages as Markdown: one file to read, or a folder of notes that link to each other."""

import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from annotations.exchange.files import make_safe_name, read_chunks
from annotations.exchange.sections import (
    ExportDetails,
    ExportedPassage,
    Section,
    TagDefinition,
    drop_empty_lines,
    format_published,
    pair_with_headings,
)
from newsreader.text.language.slugs import make_slug

MARKUP_CHARACTERS = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
BLOCK_START = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))")  # what begins a list or underlines a heading


def write_markdown(sections: Iterable[Section[ExportedPassage]], details: ExportDetails) -> Iterator[str]:
    """Yield one file: a heading for each section, each passage as a quotation with its source and note."""
    yield render_title(details)
    for headings, passage in pair_with_headings(sections):
        for level, words in headings:
            yield f"\n{'#' * (level + 2)} {escape_markdown(words)}\n"
        yield render_passage(passage, details) if passage else "\nNothing tagged here.\n"


def render_title(details: ExportDetails) -> str:
    """Return the project's name as a title, and what was selected."""
    selection = escape_markdown(details.selection)
    return f"# {escape_markdown(details.project)}\n\n{selection} {details.exported_at:%Y-%m-%d}\n"


def render_passage(passage: ExportedPassage, details: ExportDetails) -> str:
    """Return a quotation, where it stands, its tags and its note; the note is Markdown already."""
    link = f"[{escape_markdown(passage.article)}]({details.make_permalink(passage)})"
    origin = [escape_markdown(passage.source), escape_markdown(passage.byline), format_published(passage)]
    tags = [f"#{make_slug(name)}" for name in passage.tags]
    tags_and_reader = " ".join([*tags, f"({escape_markdown(passage.reader)})"])
    note = f"\n{passage.note.strip()}\n" if passage.note.strip() else ""
    place = ", ".join(filter(None, [link, *origin]))
    return f"\n{render_quotation(passage.exact)}\n>\n> — {place}\n\n{tags_and_reader}\n{note}"


def render_quotation(words: str) -> str:
    """Return the words as a block quotation, line by line."""
    return "\n".join(f"> {escape_markdown(line)}" for line in drop_empty_lines(words).splitlines())


def escape_markdown(words: str) -> str:
    """Return the words on one line, so that Markdown reads them as words."""
    line = " ".join(words.split())
    return BLOCK_START.sub(r"\1\\", MARKUP_CHARACTERS.sub(r"\\\1", line))


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
    """Write the notes into the archive, one article's passages in memory at a time."""
    taken_names: set[str] = set()
    passages = (passage for section in sections for passage in section.items)
    for _, group in groupby(passages, key=attrgetter("slug")):
        article_passages = list(group)
        name = make_safe_name(article_passages[0].article, taken_names, ".md")
        archive.writestr(f"articles/{name}", render_article_note(article_passages, details))
    taken_names = set()
    for tag in details.codebook:
        archive.writestr(f"tags/{make_safe_name(make_slug(tag.name), taken_names, '.md')}", render_tag_note(tag))
    archive.writestr("about.md", render_title(details))


def render_article_note(passages: list[ExportedPassage], details: ExportDetails) -> str:
    """Return the passages of one article below its facts; strings in the front matter are JSON, which YAML reads."""
    first = passages[0]
    tags = sorted({make_slug(name) for passage in passages for name in passage.tags})
    facts = {
        "title": first.article,
        "source": first.source,
        "author": first.byline,
        "published": format_published(first),
        "address": first.url,
        "project": details.project,
        "tags": tags,
    }
    matter = "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items() if value)
    body = "\n".join(f"{render_passage(passage, details)}\n{render_tag_links(passage)}" for passage in passages)
    return f"---\n{matter}\n---\n# {escape_markdown(first.article)}\n{body}"


def render_tag_links(passage: ExportedPassage) -> str:
    """Return links to the notes of the passage's tags."""
    return " ".join(f"[[{make_slug(name)}]]" for name in passage.tags)


def render_tag_note(tag: TagDefinition) -> str:
    """Return the note of a tag: its name, its definition and a link to its parent."""
    matter = json.dumps([make_slug(tag.name)], ensure_ascii=False)
    under = f"\nUnder [[{make_slug(tag.parent)}]]\n" if tag.parent else ""
    definition = escape_markdown(tag.definition)
    return f"---\ntags: {matter}\n---\n# {escape_markdown(tag.name)}\n\n{definition}\n{under}"
