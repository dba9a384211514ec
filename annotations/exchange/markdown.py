"""Passages as Markdown: one file to read, or a folder of notes that link to each other."""

import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from annotations.exchange.files import make_safe_name, read_chunks
from annotations.exchange.sections import ExportDetails, Section, format_published, pair_with_headings
from newsreader.text.language.slugs import slug_of

MARKUP_CHARACTERS = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
BLOCK_START = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)  # what begins a list or underlines a heading


def write_markdown(sections: Iterable[Section], about: ExportDetails) -> Iterator[str]:
    """One file: a heading for each section, each passage as a quotation with its source and note."""
    yield f"# {escape_markdown(about.project)}\n\n{escape_markdown(about.asked)} {about.at:%Y-%m-%d}\n"
    for headings, line in pair_with_headings(sections):
        for level, words in headings:
            yield f"\n{'#' * (level + 2)} {escape_markdown(words)}\n"
        yield render_passage(line, about) if line else "\nNothing tagged here.\n"


def render_passage(line, about: ExportDetails) -> str:
    """A quotation, where it stands, its tags and its note; the note is Markdown already."""
    cited = ", ".join(
        filter(None, [escape_markdown(line.source), escape_markdown(line.byline), format_published(line)])
    )
    where = ", ".join(filter(None, [f"[{escape_markdown(line.article)}]({about.permalink(line)})", cited]))
    tags = " ".join(f"#{slug_of(name)}" for name in line.tags)
    hand = " ".join(filter(None, [tags, f"({escape_markdown(line.reader)})"]))
    note = f"\n{line.note.strip()}\n" if line.note.strip() else ""
    return f"\n{render_quotation(line.exact)}\n>\n> — {where}\n\n{hand}\n{note}"


def render_quotation(words: str) -> str:
    lines = [line for line in words.splitlines() if line.strip()]
    return "\n".join(f"> {escape_markdown(line)}" for line in lines)


def escape_markdown(words: str) -> str:
    """The words so that Markdown reads them as words."""
    one = " ".join(words.split())
    return BLOCK_START.sub(r"\1\\\2", MARKUP_CHARACTERS.sub(r"\\\1", one))


def write_folder(sections: Iterable[Section], about: ExportDetails) -> Iterator[bytes]:
    """A zip of notes, one for each article and each tag, as Obsidian reads them; lines have to come article by article."""
    with tempfile.TemporaryDirectory(prefix="newsreader-") as place:
        path = Path(place) / "notes.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            add_notes(archive, sections, about)
        yield from read_chunks(path)


def add_notes(archive: zipfile.ZipFile, sections: Iterable[Section], about: ExportDetails) -> None:
    taken: set[str] = set()
    lines = (line for section in sections for line in section.lines)
    for _, group in groupby(lines, key=lambda line: line.slug):
        own = list(group)
        archive.writestr(f"articles/{make_safe_name(own[0].article, taken, '.md')}", render_article_note(own, about))
    taken = set()
    for term in about.codebook:
        archive.writestr(f"tags/{make_safe_name(slug_of(term.name), taken, '.md')}", render_tag_note(term))
    archive.writestr(
        "about.md", f"# {escape_markdown(about.project)}\n\n{escape_markdown(about.asked)} {about.at:%Y-%m-%d}\n"
    )


def render_article_note(lines: list, about: ExportDetails) -> str:
    """The passages of one article behind its facts; strings in the front matter are JSON, which YAML reads."""
    first = lines[0]
    tags = sorted({slug_of(name) for line in lines for name in line.tags})
    facts = {
        "title": first.article,
        "source": first.source,
        "author": first.byline,
        "published": format_published(first),
    }
    facts |= {"address": first.url, "project": about.project, "tags": tags}
    matter = "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items() if value)
    passages = "\n".join(f"{render_passage(line, about)}\n{render_tag_links(line)}" for line in lines)
    return f"---\n{matter}\n---\n# {escape_markdown(first.article)}\n{passages}"


def render_tag_links(line) -> str:
    return " ".join(f"[[{slug_of(name)}]]" for name in line.tags)


def render_tag_note(term) -> str:
    matter = json.dumps([slug_of(term.name)], ensure_ascii=False)
    under = f"\nUnder [[{slug_of(term.parent)}]]\n" if term.parent else ""
    return f"---\ntags: {matter}\n---\n# {escape_markdown(term.name)}\n\n{escape_markdown(term.definition)}\n{under}"
