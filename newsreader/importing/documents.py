"""Documents that need an extra library each (requirements-extras.txt): which files they are, and whether it is installed."""

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import PurePath
from typing import NamedTuple

from newsreader.importing.errors import ArticleImportError
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

NOT_INSTALLED = gettext_noop("This site does not read %(kind)s. Its administrator can install what reads them.")


class DocumentType(NamedTuple):
    """A type of document: its content type, its ending, what people call it, and the library that reads it."""

    content_type: str
    suffix: str
    kind: str
    library: str


PDF = DocumentType("application/pdf", ".pdf", gettext_noop("PDF files"), "pypdf")
WORD = DocumentType(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".docx",
    gettext_noop("Word documents (DOCX)"),
    "mammoth",
)
DOCUMENT_TYPES = {document.content_type: document for document in (PDF, WORD)}


def is_installed(document: DocumentType) -> bool:
    """Return whether the library that reads this type is installed."""
    return find_spec(document.library) is not None


def list_installed() -> list[DocumentType]:
    """Return the types that can be read here."""
    return list(filter(is_installed, DOCUMENT_TYPES.values()))


def list_missing() -> list[DocumentType]:
    """Return the types that cannot be read here."""
    return [document for document in DOCUMENT_TYPES.values() if not is_installed(document)]


def find_document_type(name: str, file: bytes) -> DocumentType | None:
    """Return the type of a document by its content, and for an archive also by its name; None for any other file."""
    if file.startswith(b"%PDF-"):
        return PDF
    is_word = b"word/document.xml" in file or PurePath(name).suffix.lower() == WORD.suffix
    return WORD if file.startswith(b"PK\x03\x04") and is_word and not is_book_start(file) else None


def is_book_start(file: bytes) -> bool:
    """Return whether an archive says with its first entry that it is an e-book (EPUB)."""
    return file[30:58] == b"mimetypeapplication/epub+zip"


def refuse_missing(document: DocumentType) -> None:
    """Raise ArticleImportError if the library that reads this type is not installed."""
    if not is_installed(document):
        raise ArticleImportError(_(NOT_INSTALLED) % {"kind": _(document.kind)})


def join_kinds(documents: Iterable[DocumentType]) -> str:
    """Return what people call these types, as one phrase."""
    return _(" or ").join(_(document.kind) for document in documents)
