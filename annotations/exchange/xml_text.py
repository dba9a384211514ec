"""What XML has no place for, whichever format is made of it."""

import re

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def replace_illegal(words: str, instead: str = "\ufffd") -> str:
    """The words with `instead` for each character that no XML may hold."""
    return NOT_IN_XML.sub(instead, words)
