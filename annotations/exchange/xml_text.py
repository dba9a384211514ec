"""Text for formats made of XML, which has no place for some characters."""

import re

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def replace_illegal(words: str, replacement: str = "\ufffd") -> str:
    """Return the words with the replacement for each character that no XML may hold."""
    return NOT_IN_XML.sub(replacement, words)
