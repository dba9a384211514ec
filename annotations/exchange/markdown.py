"""Passages as Markdown: one file to read, or a folder of notes that link to each other."""

import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from annotations.exchange.files import pieces, safe_name
from annotations.exchange.sections import About, Section, changes, published
from newsreader.text.language.slugs import make_slug

SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
OPENS = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)  # what begins a list or underlines a heading


def write(sections: Iterable[Section], about: About) -> Iterator[str]:
    """One file: a heading for each section, each passage as a quotation with its source and note."""
    yield f"# {plain(about.project)}\n\n{plain(about.asked)} {about.at:%Y-%m-%d}\n"
    for headings, line in changes(sections):
        for level, words in headings:
            yield f"\n{'#' * (level + 2)} {plain(words)}\n"
        yield passage(line, about) if line else "\nNothing tagged here.\n"


def passage(line, about: About) -> str:
    """A quotation, where it stands, its tags and its note; the note is Markdown already."""
    cited = ", ".join(filter(None, [plain(line.source), plain(line.byline), published(line)]))
    where = ", ".join(filter(None, [f"[{plain(line.article)}]({about.permalink(line)})", cited]))
    tags = " ".join(f"#{make_slug(name)}" for name in line.tags)
    hand = " ".join(filter(None, [tags, f"({plain(line.reader)})"]))
    note = f"\n{line.note.strip()}\n" if line.note.strip() else ""
    return f"\n{quoted(line.exact)}\n>\n> — {where}\n\n{hand}\n{note}"


def quoted(words: str) -> str:
    lines = [line for line in words.splitlines() if line.strip()]
    return "\n".join(f"> {plain(line)}" for line in lines)


def plain(words: str) -> str:
    """The words so that Markdown reads them as words."""
    one = " ".join(words.split())
    return OPENS.sub(r"\1\\\2", SIGNS.sub(r"\\\1", one))


def folder(sections: Iterable[Section], about: About) -> Iterator[bytes]:
    """A zip of notes, one for each article and each tag, as Obsidian reads them; lines have to come article by article."""
    with tempfile.TemporaryDirectory(prefix="newsreader-") as place:
        path = Path(place) / "notes.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            fill(archive, sections, about)
        yield from pieces(path)


def fill(archive: zipfile.ZipFile, sections: Iterable[Section], about: About) -> None:
    taken: set[str] = set()
    lines = (line for section in sections for line in section.lines)
    for _, group in groupby(lines, key=lambda line: line.slug):
        own = list(group)
        archive.writestr(f"articles/{safe_name(own[0].article, taken, '.md')}", article_note(own, about))
    taken = set()
    for term in about.codebook:
        archive.writestr(f"tags/{safe_name(make_slug(term.name), taken, '.md')}", tag_note(term))
    archive.writestr("about.md", f"# {plain(about.project)}\n\n{plain(about.asked)} {about.at:%Y-%m-%d}\n")


def article_note(lines: list, about: About) -> str:
    """The passages of one article behind its facts; strings in the front matter are JSON, which YAML reads."""
    first = lines[0]
    tags = sorted({make_slug(name) for line in lines for name in line.tags})
    facts = {"title": first.article, "source": first.source, "author": first.byline, "published": published(first)}
    facts |= {"address": first.url, "project": about.project, "tags": tags}
    matter = "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items() if value)
    passages = "\n".join(f"{passage(line, about)}\n{links(line)}" for line in lines)
    return f"---\n{matter}\n---\n# {plain(first.article)}\n{passages}"


def links(line) -> str:
    return " ".join(f"[[{make_slug(name)}]]" for name in line.tags)


def tag_note(term) -> str:
    matter = json.dumps([make_slug(term.name)], ensure_ascii=False)
    under = f"\nUnder [[{make_slug(term.parent)}]]\n" if term.parent else ""
    return f"---\ntags: {matter}\n---\n# {plain(term.name)}\n\n{plain(term.definition)}\n{under}"
