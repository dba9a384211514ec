"""What comes in becomes canonical HTML, or is refused."""

from newsreader.importing.errors import IntakeError
from newsreader.text.html.plaintext import text_of
from newsreader.text.html.sanitizer import clean

NOTHING_FOUND = "No article was found on this page."


def cleaned(html: str, base_url: str) -> str:
    """Canonical HTML. IntakeError past a cap, or where nothing is left."""
    try:
        html = clean(html, base_url)
    except ValueError as error:
        raise IntakeError(str(error)) from error
    if not text_of(html).strip():
        raise IntakeError(NOTHING_FOUND)
    return html
