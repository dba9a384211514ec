"""The formats in which passages leave: what each is for, and what it cannot hold."""

from collections.abc import Callable
from typing import NamedTuple

from annotations.exchange import bibliographies, jsonfile, markdown
from annotations.exchange import csv_table as tables
from annotations.exchange import docx_html as documents
from annotations.exchange import refi_write as refi
from annotations.exchange import xlsx as spreadsheets


class Format(NamedTuple):
    """One format. `order` is that in which the passages have to come, "" where any will do; `most` how many it holds, 0 for all.

    What `cites` is given articles as they are cited, in the place of passages.
    """

    name: str
    purpose: str
    lacks: str
    media: str
    suffix: str
    write: Callable
    order: str = ""
    most: int = 0
    cites: bool = False


class ProjectFormat(NamedTuple):
    """A format that bears highlights with their codebook, to be brought into another project or program."""

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
        f"It cannot hold: {'; '.join(refi.UNSUPPORTED)}.",
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
        tables.write_csv,
    ),
    "xlsx": Format(
        "Spreadsheet (XLSX)",
        "The same table for Excel or LibreOffice, with the codebook on a sheet of its own.",
        "A cell holds 32,767 characters, a sheet a million rows; what is cut says so. Nothing in it is a formula.",
        f"{OFFICE_MEDIA_TYPE}.spreadsheetml.sheet",
        "xlsx",
        spreadsheets.write_xlsx,
    ),
    "json": Format(
        "JSON",
        "For programs: every passage with its place in the text, its surroundings, its article and its tags.",
        "What became of a passage on later texts is not told.",
        "application/json",
        "json",
        jsonfile.write_json,
    ),
    "md": Format(
        "Markdown",
        "One file of quotations with their sources, to read or to write on from.",
        "Places in the text are told by links alone.",
        "text/markdown; charset=utf-8",
        "md",
        markdown.write_markdown,
    ),
    "obsidian": Format(
        "Markdown folder (Obsidian)",
        "A note for each article and each tag, linked to each other, in a zip.",
        "Groups and the order of a desk are left out: notes go by article.",
        "application/zip",
        "zip",
        markdown.write_folder,
        order="article",
    ),
    "docx": Format(
        "Document (DOCX)",
        "Quotations with headings, sources and links, for Word or LibreOffice.",
        f"{documents.MOST} passages at most. Notes are plain text.",
        f"{OFFICE_MEDIA_TYPE}.wordprocessingml.document",
        "docx",
        documents.docx,
        most=documents.MOST,
    ),
    "html": Format(
        "Page to print (HTML)",
        "One page that needs nothing else, to read, to print, or to keep.",
        "The lines of the tags are left out; their names stand below each quotation.",
        "text/html; charset=utf-8",
        "html",
        documents.html,
    ),
    "bib": Format(
        "Citations: BibTeX",
        "An entry for each article with the words quoted from it, for LaTeX and reference managers.",
        "Tags and notes are left out; a quotation is cut at 2,000 characters.",
        "application/x-bibtex; charset=utf-8",
        "bib",
        bibliographies.export_bibtex,
        cites=True,
    ),
    "ris": Format(
        "Citations: RIS",
        "The same for Zotero, EndNote, Citavi and their like.",
        "Tags and notes are left out; a quotation is cut at 2,000 characters.",
        "application/x-research-info-systems; charset=utf-8",
        "ris",
        bibliographies.export_ris,
        cites=True,
    ),
    "csl": Format(
        "Citations: CSL-JSON",
        "The same for Pandoc and programs that format citations.",
        "Tags and notes are left out; a quotation is cut at 2,000 characters.",
        "application/vnd.citationstyles.csl+json; charset=utf-8",
        "json",
        bibliographies.export_csl,
        cites=True,
    ),
}
