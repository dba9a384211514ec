"""Turns the HTML found in a page into canonical HTML, or refuses it."""

from newsreader.importing.errors import ArticleImportError
from newsreader.text.html.plaintext import text_of
from newsreader.text.html.sanitizer import clean

NO_ARTICLE_FOUND = "No article was found on this page."


def clean_article_html(html: str, base_url: str) -> str:
    """Return canonical HTML with links resolved against `base_url`; raise ArticleImportError past a cap, or if no text is left."""
    try:
        html = clean(html, base_url)
    except ValueError as error:
        raise ArticleImportError(str(error)) from error
    if not text_of(html).strip():
        raise ArticleImportError(NO_ARTICLE_FOUND)
    return html
