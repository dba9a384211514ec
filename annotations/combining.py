"""Texts that two people wrote in the same place."""


def combine_texts(theirs: str, mine: str) -> str:
    """Return both texts with an empty line between, or the longer where it holds the other; line feeds end lines."""
    theirs, mine = theirs.replace("\r\n", "\n"), mine.replace("\r\n", "\n")
    if theirs.strip() in mine:
        return mine
    return theirs if mine.strip() in theirs else f"{theirs.rstrip()}\n\n{mine.lstrip()}"
