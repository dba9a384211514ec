"""HTML from outside made safe and canonical, and the plain text of canonical HTML."""

from newsreader.text.html.plaintext import text_of
from newsreader.text.html.sanitizer import clean

__all__ = ["clean", "text_of"]
