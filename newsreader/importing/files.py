"""Reads saved pages and pasted texts."""

import html
import re
from pathlib import Path

from newsreader.importing.cleaning import clean_article_html
from newsreader.importing.documents import NOT_INSTALLED, join_kinds, list_installed, list_missing
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extracted import Extracted
from newsreader.importing.extraction.languages import guess_language, list_possible_languages
from newsreader.importing.file_types import PAGE_SUFFIXES
from newsreader.importing.limits import FILE_TOO_LARGE, MAX_FILE_BYTES, refuse_large_file, refuse_large_text
from newsreader.text.html.plaintext import text_of
from newsreader.text.language.direction import detect_direction
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

FILES_HELP = gettext_noop(
    "A saved web page (.html, .mhtml) or an e-book (.epub; an article for each chapter) of up to 10 MB, or Markdown "
    "(.md) or plain text (.txt) of up to 2 MB."
)

# What browsers, SingleFile, monolith, HTTrack and Save Page WE write at the top of a page they save.
SAVED_FROM = re.compile(
    rb"<!--\s*saved from (?:url=\(\d+\))?(https?://[^\s<>]+)"
    rb"|<!--\s*Page saved with SingleFile\s+url:\s*(https?://[^\s<>]+)"
    rb"|<!--\s*Mirrored from ([^\s<>]+) by HTTrack"
    rb"""|<meta name=["']?savepage-url["']? content=["']?(https?://[^\s"'<>]+)""",
    re.IGNORECASE,
)
HEAD_BYTES = 20_000
MAX_TITLE_LENGTH = 120  # characters
MIN_WRAPPED_LENGTH = 45  # characters


def describe_files() -> str:
    """Return which files can be added, and which documents cannot be read here, as sentences."""
    installed, missing = join_kinds(list_installed()), join_kinds(list_missing())
    more = _("Also %(kinds)s of up to 10 MB.") % {"kinds": installed} if installed else ""
    less = _(NOT_INSTALLED) % {"kind": missing} if missing else ""
    return " ".join(filter(None, [_(FILES_HELP), more, less]))


def list_suffixes() -> list[str]:
    """Return the endings of the names of files that can be read here."""
    return [*PAGE_SUFFIXES, *(document.suffix for document in list_installed())]


def list_pages(path: Path) -> list[Path]:
    """Return the file itself, or the files in a folder that can be read, sorted by name (the folder itself if it has none)."""
    if not path.is_dir():
        return [path]
    suffixes = list_suffixes()
    return sorted(file for file in path.iterdir() if file.suffix.lower() in suffixes and file.is_file()) or [path]


def read_page(path: Path) -> bytes:
    """Return the bytes of a saved page; raise ArticleImportError if it cannot be read or is larger than 10 MB, before reading it whole."""
    if path.is_dir():
        raise ArticleImportError(_("There is no saved page in this folder."))
    if not path.is_file():
        raise ArticleImportError(_("There is no such file."))
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise ArticleImportError(_(FILE_TOO_LARGE))
        with path.open("rb") as file:
            page = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise ArticleImportError(_("The file cannot be read: %(error)s.") % {"error": error.strerror}) from error
    refuse_large_file(page)
    return page


def find_saved_url(page: bytes) -> str:
    """Return the address that a browser or its extension wrote into a page it saved; empty if there is none."""
    match = SAVED_FROM.search(page[:HEAD_BYTES])
    address = match[match.lastindex or 0].decode("ascii", "ignore") if match else ""
    return html.unescape(address if not address or "://" in address else f"https://{address}")


def parse_pasted_text(text: str, title: str = "", url: str = "") -> Extracted:
    """Return the article of a pasted text; raise ArticleImportError if it is empty or too large.

    If no title is given, a short first line is the title.
    """
    refuse_large_text(text)
    paragraphs = split_plain_paragraphs(text)
    if not paragraphs:
        raise ArticleImportError(_("The text is empty."))
    if not title and len(paragraphs) > 1 and len(paragraphs[0]) <= MAX_TITLE_LENGTH:
        title = " ".join(paragraphs.pop(0).split())
    article_html = clean_article_html("\n".join(map(render_paragraph, paragraphs)), "")
    article_text = text_of(article_html)
    language = guess_language(article_text, list_possible_languages(article_text))
    direction = detect_direction(language, article_text)
    return Extracted(title, article_html, language=language, direction=direction, url=url)


def split_plain_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a plain text: separated by empty lines, or each line one if there are no empty lines."""
    lines = "\n".join(line.strip() for line in text.splitlines())
    paragraphs = [part.strip() for part in re.split(r"\n\n+", lines.strip())]
    return [part for part in (paragraphs if len(paragraphs) > 1 else lines.split("\n")) if part]


def render_paragraph(paragraph: str) -> str:
    """Return the HTML of a paragraph that keeps its line ends, unless the lines were only wrapped at some width."""
    lines = paragraph.split("\n")
    is_wrapped = len(lines) > 2 and min(map(len, lines[:-1])) >= MIN_WRAPPED_LENGTH
    return f"<p>{(' ' if is_wrapped else '<br>').join(map(html.escape, lines))}</p>"
