"""The largest and deepest page that is imported, and the largest feed and image."""

from newsreader.importing.errors import ArticleImportError
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

MAX_FILE_BYTES = 10_000_000  # of a page as it is fetched or saved
MAX_PAGE_BYTES = 2_000_000  # of its words and elements, without scripts, styles, comments and inlined files
MAX_FEED_BYTES = 5_000_000
MAX_IMAGE_BYTES = 10_000_000
MAX_DEPTH = 200
# The process that reads a page sends its sentences to the site as they are here, so they have their numbers in them.
FILE_TOO_LARGE = gettext_noop("This page is larger than 10 MB.")
TOO_LARGE = gettext_noop("This page is larger than 2 MB, not counting scripts, styles and inlined files.")
TEXT_TOO_LARGE = gettext_noop("This text is larger than 2 MB.")
IMAGE_TOO_LARGE = gettext_noop("This image is larger than 10 MB.")
FEED_TOO_LARGE = gettext_noop("This feed is larger than 5 MB.")
TOO_DEEP = gettext_noop("This page is nested more than 200 levels deep.")


def refuse_large_file(page: bytes) -> None:
    """Raise ArticleImportError if a page as it was fetched or saved is larger than 10 MB."""
    if len(page) > MAX_FILE_BYTES:
        raise ArticleImportError(_(FILE_TOO_LARGE))


def refuse_large_page(page: bytes) -> None:
    """Raise ArticleImportError if what is left of a page without scripts and the like is larger than 2 MB."""
    if len(page) > MAX_PAGE_BYTES:
        raise ArticleImportError(_(TOO_LARGE))


def refuse_large_text(text: str) -> None:
    """Raise ArticleImportError if a plain text is larger than 2 MB as UTF-8."""
    if len(text.encode("utf-8", "ignore")) > MAX_PAGE_BYTES:
        raise ArticleImportError(_(TEXT_TOO_LARGE))


def refuse_large_image(file: bytes) -> None:
    """Raise ArticleImportError if the file of an image is larger than 10 MB."""
    if len(file) > MAX_IMAGE_BYTES:
        raise ArticleImportError(_(IMAGE_TOO_LARGE))


def refuse_large_feed(document: bytes) -> None:
    """Raise ArticleImportError if a feed, or a list of feeds, is larger than 5 MB."""
    if len(document) > MAX_FEED_BYTES:
        raise ArticleImportError(_(FEED_TOO_LARGE))
