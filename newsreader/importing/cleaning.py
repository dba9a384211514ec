"""Turns the HTML found in a page into canonical HTML, or refuses it."""

from newsreader.importing.errors import ArticleImportError
from newsreader.text.html.plaintext import text_of
from newsreader.text.html.sanitizer import clean
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

NO_ARTICLE_FOUND = gettext_noop("No article was found on this page.")


def clean_article_html(html: str, base_url: str) -> str:
    """Return canonical HTML with links resolved against `base_url`; raise ArticleImportError past a cap, or if no text is left."""
    try:
        html = clean(html, base_url)
    except ValueError as error:
        raise ArticleImportError(str(error)) from error
    if not text_of(html).strip():
        raise ArticleImportError(_(NO_ARTICLE_FOUND))
    return html
