"""The formats whose importers are tried, and one mutant of each by its seed and number."""

import json
import re
from collections.abc import Callable
from functools import cache
from random import Random
from typing import NamedTuple

from fuzzing import archives, files, pages, tables, trees, xml
from fuzzing.article_tables import import_table
from fuzzing.checks import Fault
from fuzzing.library import Drive, Library, Upload, import_article, import_highlights, undone
from fuzzing.mutations import Mutation, mutate_bytes

STRUCTURED = 0.75  # of the mutants; the others know nothing of their format


class Format(NamedTuple):
    """A format: its valid files, what changes them, and the way they take into the site.

    `shows` are words that the outcome of every valid file has; where it has not, the format is not imported yet.
    """

    file_name: str
    make_files: Callable[[], list[bytes]]
    mutate: Mutation
    drive: Drive
    shows: str = ""


FORMATS = {
    "page": Format("page.html", files.pages, pages.mutate_html, import_article),
    "text": Format("text.txt", files.plain_texts, pages.mutate_text, import_article),
    "mhtml": Format(
        "page.mhtml", files.mhtml_pages, pages.mutate_mhtml, import_article, "“We did not think it would sail,”"
    ),
    "w3c": Format("study.jsonld", files.web_annotations, trees.mutate_json, import_highlights),
    "hypothesis": Format("export.json", files.hypothesis_exports, trees.mutate_json, import_highlights),
    "taguette-csv": Format("highlights.csv", files.taguette_tables, tables.mutate_table, import_highlights),
    "taguette-xlsx": Format("highlights.xlsx", files.taguette_workbooks, archives.mutate_archive, import_highlights),
    "qdpx": Format("study.qdpx", files.refi_projects, archives.mutate_archive, import_highlights),
    "qdc": Format("codes.qdc", files.refi_codebooks, xml.mutate_xml, import_highlights),
    "codebook-csv": Format("codebook.csv", files.codebook_tables, tables.mutate_table, import_highlights),
    "articles-csv": Format("articles.csv", files.article_tables, tables.mutate_table, import_table),
    "articles-json": Format("articles.json", files.article_lists, trees.mutate_json, import_table),
}


@cache
def load_files(name: str) -> list[bytes]:
    """The valid files of a format."""
    return FORMATS[name].make_files()


def find_imported(library: Library, name: str) -> tuple[list[bytes], list[str]]:
    """The valid files of a format that the site imports, and what it says of the others."""
    imported, refusals = [], []
    for data in load_files(name):
        with undone():
            try:
                outcome = FORMATS[name].drive(library, Upload(FORMATS[name].file_name, data))
            except Fault as fault:
                outcome = None
                imported.append(data)
                refusals.append(f"a valid file: {fault.key}: {fault.detail}")
        if outcome and outcome.state == "imported" and FORMATS[name].shows in outcome.detail:
            imported.append(data)
        elif outcome:
            refusals.append(outcome.detail[:120] if outcome.state != "imported" else "It is imported as noise.")
    return imported, refusals


def make_mutant(name: str, seed: int, number: int, valid: list[bytes]) -> Upload:
    """The mutant of this number, always the same for the same seed and the same valid files."""
    chance = Random(f"{seed} {name} {number}")
    data = chance.choice(valid)
    if chance.random() < STRUCTURED:
        data = mutate_structure(FORMATS[name].mutate, chance, data)
    if data in valid or chance.random() < 0.05:
        data = mutate_bytes(chance, data)
    return Upload(FORMATS[name].file_name, data, by_bob=number % 5 == 4, by_job=number % 8 == 7, twice=number % 4 == 1)


def mutate_structure(mutate: Mutation, chance: Random, data: bytes) -> bytes:
    """The file as a mutation of its format leaves it; unchanged where that finds nothing to change."""
    try:
        return mutate(chance, data)
    except (ValueError, KeyError, IndexError, StopIteration, UnicodeError):
        return data


def show(data: bytes) -> str:
    """A small file as people can read it."""
    entries = archives.read_entries(data)
    if entries:
        return "\n".join(f"{name}: {content!r}" for name, content in entries)
    return (
        json.dumps(json.loads(data), ensure_ascii=False)
        if re.match(rb"\s*[\[{]", data) and is_json(data)
        else repr(data)
    )


def is_json(data: bytes) -> bool:
    """Whether the file is JSON."""
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
