"""The encoding of a plain text in a foreign archive, which states none."""

import codecs
import re
from typing import NamedTuple

from annotations.exchange.record import UnreadableFileError
from newsreader.text.translation import gettext_noop

# UTF-32 first: its mark begins with that of UTF-16.
MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")  # bytes of no text in an encoding of one byte a character
SAMPLE_BYTES = 10_000  # in which zeros tell UTF-16 without a mark
UNKNOWN_ENCODING = gettext_noop("Its text is not encoded in UTF-8.")


class DecodedText(NamedTuple):
    """A text as its file has it, without its byte order mark; `is_certain` where the encoding was not guessed."""

    text: str
    encoding: str
    has_mark: bool
    is_certain: bool


def decode_text(data: bytes) -> DecodedText:
    """Return the text in a file; UnreadableFileError where its bytes are no text."""
    mark = next((mark for mark in MARKS if data.startswith(mark)), b"")
    try:
        if mark:
            return DecodedText(data[len(mark) :].decode(MARKS[mark]), MARKS[mark], True, True)
        return decode_unmarked(data)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(UNKNOWN_ENCODING) from error


def decode_unmarked(data: bytes) -> DecodedText:
    """Return the text in a file without a byte order mark: as UTF-8, else UTF-16 by its zeros, else Windows-1252."""
    if encoding := guess_wide_encoding(data):
        return DecodedText(data.decode(encoding), encoding, False, True)
    if NO_TEXT.search(data):
        return DecodedText(data.decode(), "utf-8", False, True)
    text = data.decode("utf-8", "replace")
    bad, rare = text.count("\ufffd"), sum(character > "\x7f" for character in text)
    if not bad or bad < rare - bad:  # with a bad byte somewhere it is UTF-8 all the same
        return DecodedText(text, "utf-8", False, not bad)
    return DecodedText(data.decode("cp1252"), "windows-1252", False, False)


def guess_wide_encoding(data: bytes) -> str:
    """Return the kind of UTF-16 of which every other byte of the beginning is zero; "" where there is none."""
    sample = data[:SAMPLE_BYTES]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 4 < len(sample) or min(even, odd):  # half of the characters, at least
        return ""
    return "utf-16-le" if odd else "utf-16-be" if even else ""
