"""Foreign HTML made safe and canonical, and the plain text of what is canonical."""

from newsreader.text.html.plaintext import text_of
from newsreader.text.html.sanitizer import clean

__all__ = ["clean", "text_of"]
