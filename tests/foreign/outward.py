"""What other programs read in our files."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.utils.timezone import localdate

from annotations.exchange.bylines import AuthorName, parse_byline
from foreign.study import Study
from foreign.trips import Trip, ask, compare
from fuzzing.checks import fold

DOCUMENTS = {"md": "Markdown", "commonmark": "CommonMark", "html": "HTML", "docx": "DOCX"}
BIBLIOGRAPHIES = {  # by their names in programs/references.py: the program, and of which file where it reads several
    "rispy": ("rispy", ""),
    "bibtexparser": ("bibtexparser", ""),
    "pandoc_bib": ("pandoc", " of BibTeX"),
    "pandoc_ris": ("pandoc", " of RIS"),
    "pandoc_csl": ("pandoc", " of CSL-JSON"),
}


def send_out(study: Study, folder: Path, tools: Path) -> Iterator[Trip]:
    """Yield the trips of our files in the folder to every program."""
    yield from compare_office(study, ask(tools, "office.py", folder))
    yield from compare_references(study, ask(tools, "references.py", folder))
    yield from compare_documents(study, ask(tools, "documents.py", folder))
    linked, analysed = ask(tools, "linked_data.py", folder), ask(tools, "analysis.py", folder)
    yield from compare_passages("PyLD", study, linked)
    yield compare("PyLD", "tags", [tag for one in study.passages for tag in one.tags], linked["tags"])
    yield from compare_passages("pyrefiqda", study, analysed)
    yield compare("pyrefiqda", "tags of passages", [sorted(one.tags) for one in study.passages], analysed["tags"])
    read = ask(tools, "qualitative.py", folder)["codebook"]
    lost = read if isinstance(read, str) else ""
    yield compare("Taguette", "codebook (CSV)", list_tags(study), [] if lost else read, lost=lost)
    annotated, words = ask(tools, "recogito.mjs", folder), [one.words for one in study.passages]
    yield compare(
        "@recogito/text-annotator", "quotes", words, annotated["parsed"], lost="".join(annotated["failed"][:1])
    )
    yield compare("@recogito/text-annotator", "places in the text", words, annotated["words"])


def list_tags(study: Study) -> list[str]:
    """Return the names of the codebook."""
    return list(study.project.tags.values_list("name", flat=True))


def compare_passages(program: str, study: Study, answers: dict) -> Iterator[Trip]:
    """Yield the trips of words and notes, compared character by character."""
    yield compare(program, "words of passages", [one.words for one in study.passages], answers["words"])
    yield compare(program, "notes", [one.note for one in study.passages if one.note], answers["notes"])


def compare_office(study: Study, answers: dict) -> Iterator[Trip]:
    """Yield the trips to openpyxl and python-docx; a document leaves out empty lines within quotations."""
    sheet, document = answers["openpyxl"], answers["docx"]
    yield from compare_passages("openpyxl", study, sheet)
    cells = csv.reader([cell or "" for cell in sheet["tags"]], delimiter=";", skipinitialspace=True)
    yield compare("openpyxl", "tags of passages", [list(one.tags) for one in study.passages], list(cells))
    yield compare("openpyxl", "codebook", list_tags(study), sheet["codebook"])
    quotations = [list_lines(one.words) for one in study.passages]
    yield compare("python-docx", "quotations", quotations, map(list_lines, document["words"]))
    notes = [one.note for one in study.passages if one.note]
    yield compare("python-docx", "notes", notes, [note for note in notes if note in document["text"]])


def list_lines(words: str) -> list[str]:
    """Return the lines that have words."""
    return [line.strip() for line in words.splitlines() if line.strip()]


def compare_references(study: Study, answers: dict) -> Iterator[Trip]:
    """Yield the trips of bibliographies: titles, people as family and given names, and days."""
    named = {one.article for one in study.passages}
    cited = [article for article in study.articles if article.title in named]
    names = [name for article in cited for name in parse_byline(article.byline, article.source.name)]
    people = list(map(split_name, names))
    titles = [fold(article.title) for article in cited]
    days = [str(localdate(article.published_at)) if article.published_at else "" for article in cited]
    for key, (program, which) in BIBLIOGRAPHIES.items():
        if isinstance(entries := answers[key], dict):
            yield Trip(program, "to it", f"entries{which}", len(cited), 0, 0, entries["error"])
            continue
        yield compare(program, f"titles{which}", titles, [fold(entry["title"] or "") for entry in entries])
        read = [[part for part in name if part] for entry in entries for name in entry["people"]]
        yield compare(program, f"people{which}", people, read)
        yield compare(program, f"days{which}", days, [entry["day"] for entry in entries])
    yield compare_citations([name[0] for name in people if len(name) > 1], answers["citeproc"])


def split_name(name: AuthorName) -> list[str]:
    """Return the family and the given name of a person, or the whole name of what is none."""
    return [part.strip() for part in name.inverted.split(",", 1)] if name.inverted != name.words else [name.words]


def compare_citations(families: list[str], entries: list[str] | dict) -> Trip:
    """Return the trip of the family names with which entries of a bibliography in APA's style name people."""
    if isinstance(entries, dict):
        return Trip("citeproc-py", "to it", "people, cited as APA does", len(families), 0, 0, entries["error"])
    read = [name for name in families if any(f"{name}," in entry for entry in entries)]
    return compare("citeproc-py", "people, cited as APA does", families, read)


def compare_documents(study: Study, answers: dict) -> Iterator[Trip]:
    """Yield the trips of documents to pandoc, which has each quotation as a block quotation or, of DOCX, as text."""
    words = [fold(one.words) for one in study.passages]
    for key, form in DOCUMENTS.items():
        quotations = [answers[key]["text"]] if key == "docx" else answers[key]["quotations"]
        found = list(map(fold, quotations))
        read = [one for one in words if any(one in quotation for quotation in found)]
        yield compare("pandoc", f"quotations of {form}", words, read)
