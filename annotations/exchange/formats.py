"""The formats of exports: what each is for, and what it cannot hold."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from annotations.exchange.bibliographies import export_bibtex, export_csl, export_ris
from annotations.exchange.csv_table import write_csv
from annotations.exchange.docx import MAX_PASSAGES, write_docx
from annotations.exchange.jsonfile import write_json
from annotations.exchange.markdown import write_folder, write_markdown
from annotations.exchange.print_html import write_print_html
from annotations.exchange.refi_write import UNSUPPORTED
from annotations.exchange.sections import ExportDetails, Section
from annotations.exchange.xlsx import write_xlsx

FormatWriter = Callable[[Iterable[Section[Any]], ExportDetails], Iterator[str] | Iterator[bytes]]


class Format(NamedTuple):
    """A format of passages.

    `order` is that in which the passages have to come, "" where any will do; `most` is how many it holds, 0 for all.
    A bibliography is given cited articles in the place of passages.
    """

    name: str
    purpose: str
    lacks: str
    media_type: str
    suffix: str
    write: FormatWriter
    order: str = ""
    most: int = 0
    is_bibliography: bool = False


class ProjectFormat(NamedTuple):
    """A format of highlights with their codebook, to be imported into another project or program."""

    name: str
    purpose: str
    lacks: str


PROJECT_FORMATS = {
    "jsonld": ProjectFormat(
        "W3C annotations (JSON-LD)",
        "For programs that annotate, and to bring into another project: every highlight with its selectors, and the codebook.",
        "What became of a highlight on later texts is not told.",
    ),
    "qdpx": ProjectFormat(
        "REFI-QDA project (.qdpx)",
        "For programs that analyse texts, such as ATLAS.ti, MAXQDA, NVivo: codes, the texts themselves, and what is coded in them.",
        f"It cannot hold: {'; '.join(UNSUPPORTED)}.",
    ),
}
OFFICE_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    "csv": Format(
        "CSV",
        "A table that every program for figures opens: a line for each passage.",
        "Tags stand in one cell with semicolons between. What might be taken for a formula has an apostrophe before it.",
        "text/csv; charset=utf-8",
        "csv",
        write_csv,
    ),
    "xlsx": Format(
        "Spreadsheet (XLSX)",
        "The same table for Excel or LibreOffice, with the codebook on a sheet of its own.",
        "A cell holds 32,767 characters, a sheet a million rows; what is cut says so. Nothing in it is a formula.",
        f"{OFFICE_MEDIA_TYPE}.spreadsheetml.sheet",
        "xlsx",
        write_xlsx,
    ),
    "json": Format(
        "JSON",
        "For programs: every passage with its place in the text, its surroundings, its article and its tags.",
        "What became of a passage on later texts is not told.",
        "application/json",
        "json",
        write_json,
    ),
    "md": Format(
        "Markdown",
        "One file of quotations with their sources, to read or to write on from.",
        "Places in the text are told by links alone.",
        "text/markdown; charset=utf-8",
        "md",
        write_markdown,
    ),
    "obsidian": Format(
        "Markdown folder (Obsidian)",
        "A note for each article and each tag, linked to each other, in a zip.",
        "Groups and the order of a desk are left out: notes go by article.",
        "application/zip",
        "zip",
        write_folder,
        order="article",
    ),
    "docx": Format(
        "Document (DOCX)",
        "Quotations with headings, sources and links, for Word or LibreOffice.",
        f"{MAX_PASSAGES} passages at most. Notes are plain text.",
        f"{OFFICE_MEDIA_TYPE}.wordprocessingml.document",
        "docx",
        write_docx,
        most=MAX_PASSAGES,
    ),
    "html": Format(
        "Page to print (HTML)",
        "One page that needs nothing else, to read, to print, or to keep.",
        "The lines of the tags are left out; their names stand below each quotation.",
        "text/html; charset=utf-8",
        "html",
        write_print_html,
    ),
    "bib": Format(
        "Citations: BibTeX",
        "An entry for each article with the words quoted from it, for LaTeX and reference managers.",
        "Tags and notes are left out; a quotation is cut at 2,000 characters.",
        "application/x-bibtex; charset=utf-8",
        "bib",
        export_bibtex,
        is_bibliography=True,
    ),
    "ris": Format(
        "Citations: RIS",
        "The same for Zotero, EndNote, Citavi and their like.",
        "Tags and notes are left out; a quotation is cut at 2,000 characters.",
        "application/x-research-info-systems; charset=utf-8",
        "ris",
        export_ris,
        is_bibliography=True,
    ),
    "csl": Format(
        "Citations: CSL-JSON",
        "The same for Pandoc and programs that format citations.",
        "Tags and notes are left out; a quotation is cut at 2,000 characters.",
        "application/vnd.citationstyles.csl+json; charset=utf-8",
        "json",
        export_csl,
        is_bibliography=True,
    ),
}
