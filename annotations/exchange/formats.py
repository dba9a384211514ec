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
from newsreader.text.translation import format_number, gettext_noop
from newsreader.text.translation import gettext as _

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

    def translate(self) -> "Format":
        """Return the format with its words in the language of the page."""
        return self._replace(name=_(self.name), purpose=_(self.purpose), lacks=translate_lacks(self.lacks))


class ProjectFormat(NamedTuple):
    """A format of highlights with their codebook, to be imported into another project or program."""

    name: str
    purpose: str
    lacks: str

    def translate(self) -> "ProjectFormat":
        """Return the format with its words in the language of the page."""
        return self._replace(name=_(self.name), purpose=_(self.purpose), lacks=translate_lacks(self.lacks))


def translate_lacks(message: str) -> str:
    """Return what a format leaves out in the language of the page."""
    return _(message) % {"most": format_number(MAX_PASSAGES), "parts": "; ".join(map(_, UNSUPPORTED))}


PROJECT_FORMATS = {
    "jsonld": ProjectFormat(
        gettext_noop("W3C annotations (JSON-LD)"),
        gettext_noop(
            "For annotation software, and to import into another project: every highlight with its selectors, and the codebook."
        ),
        gettext_noop("Leaves out what happened in later revisions."),
    ),
    "qdpx": ProjectFormat(
        gettext_noop("REFI-QDA project (.qdpx)"),
        gettext_noop(
            "For qualitative analysis software such as ATLAS.ti, MAXQDA and NVivo: codes, full texts and coded passages."
        ),
        gettext_noop("It cannot hold: %(parts)s."),
    ),
}
OFFICE_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    "csv": Format(
        "CSV",
        gettext_noop("Opens in any spreadsheet: one row per passage."),
        gettext_noop(
            "Tags share one cell, separated by semicolons. Text that could be read as a formula is prefixed with an apostrophe."
        ),
        "text/csv; charset=utf-8",
        "csv",
        write_csv,
    ),
    "xlsx": Format(
        gettext_noop("Spreadsheet (XLSX)"),
        gettext_noop("The same table for Excel or LibreOffice, with the codebook on a second sheet."),
        gettext_noop(
            "Cells are limited to 32,767 characters and sheets to a million rows; cuts are marked. Contains no formulas."
        ),
        f"{OFFICE_MEDIA_TYPE}.spreadsheetml.sheet",
        "xlsx",
        write_xlsx,
    ),
    "json": Format(
        "JSON",
        gettext_noop("For scripts: every passage with its position, context, article and tags."),
        gettext_noop("Leaves out what happened in later revisions."),
        "application/json",
        "json",
        write_json,
    ),
    "md": Format(
        gettext_noop("Markdown"),
        gettext_noop("One file of quotations with their sources."),
        gettext_noop("Positions in the text are given as links only."),
        "text/markdown; charset=utf-8",
        "md",
        write_markdown,
    ),
    "obsidian": Format(
        gettext_noop("Markdown folder (Obsidian)"),
        gettext_noop("A ZIP file with one linked note per article and per tag."),
        gettext_noop("Leaves out groups and desk order: there is one note per article."),
        "application/zip",
        "zip",
        write_folder,
        order="article",
    ),
    "docx": Format(
        gettext_noop("Document (DOCX)"),
        gettext_noop("Quotations with headings, sources and links, for Word or LibreOffice."),
        gettext_noop("%(most)s passages at most. Notes are plain text."),
        f"{OFFICE_MEDIA_TYPE}.wordprocessingml.document",
        "docx",
        write_docx,
        most=MAX_PASSAGES,
    ),
    "html": Format(
        gettext_noop("Page to print (HTML)"),
        gettext_noop("A self-contained page to read, print or archive."),
        gettext_noop("Leaves out tag colours; tag names are listed below each quotation."),
        "text/html; charset=utf-8",
        "html",
        write_print_html,
    ),
    "bib": Format(
        gettext_noop("Citations: BibTeX"),
        gettext_noop("One entry per article with its quotations, for LaTeX and reference managers."),
        gettext_noop("Leaves out tags and notes; quotations are cut at 2,000 characters."),
        "application/x-bibtex; charset=utf-8",
        "bib",
        export_bibtex,
        is_bibliography=True,
    ),
    "ris": Format(
        gettext_noop("Citations: RIS"),
        gettext_noop("The same for Zotero, EndNote, Citavi and similar software."),
        gettext_noop("Leaves out tags and notes; quotations are cut at 2,000 characters."),
        "application/x-research-info-systems; charset=utf-8",
        "ris",
        export_ris,
        is_bibliography=True,
    ),
    "csl": Format(
        gettext_noop("Citations: CSL-JSON"),
        gettext_noop("The same for Pandoc and citation processors."),
        gettext_noop("Leaves out tags and notes; quotations are cut at 2,000 characters."),
        "application/vnd.citationstyles.csl+json; charset=utf-8",
        "csl.json",
        export_csl,
        is_bibliography=True,
    ),
}
