"""The largest and deepest page that is imported."""

from newsreader.importing.errors import ArticleImportError

MAX_PAGE_BYTES = 2_000_000
MAX_DEPTH = 200
TOO_LARGE = f"This page is larger than {MAX_PAGE_BYTES // 1_000_000} MB."
TOO_DEEP = f"This page is nested more than {MAX_DEPTH} levels deep."


def refuse_large_page(page: bytes) -> None:
    """Raise ArticleImportError if a page is larger than 2 MB."""
    if len(page) > MAX_PAGE_BYTES:
        raise ArticleImportError(TOO_LARGE)
