"""Decodes the bytes of a page."""

import re

import charset_normalizer
import webencodings

BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
CHARSET_IN_HEADER = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
CHARSET_IN_PAGE = re.compile(
    rb"""<meta[^>]+?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]+?encoding\s*=\s*["']([\w.:-]+)""", re.I
)
HEAD_BYTES = 8_000


def decode_page(page: bytes | str, content_type: str = "") -> str:
    """Return the text of a page, by its byte order mark, as UTF-8 if it is valid, or by the encoding it or its server states."""
    if isinstance(page, str):
        return page
    for mark, name in BYTE_ORDER_MARKS.items():
        if page.startswith(mark):
            return page[len(mark) :].decode(name, "replace")
    stated = list_stated_encodings(page, content_type)
    # Saved pages are often stored as UTF-8 with the old statement left in; other encodings are hardly ever valid UTF-8,
    # except those that hide behind escape sequences or that fill half of every character with zeros.
    if "iso2022_jp" not in stated and b"\0" not in page[:HEAD_BYTES]:
        stated = ["utf-8", *stated]
    return _decode_first_valid(page, stated) or _decode_by_guess(page, stated)


def list_stated_encodings(page: bytes, content_type: str) -> list[str]:
    """Return the known encodings that the server and then the page state, by Python's names."""
    in_header = CHARSET_IN_HEADER.findall(content_type.encode())
    in_page = [label for pair in CHARSET_IN_PAGE.findall(page[:HEAD_BYTES]) for label in pair if label]
    encodings = [webencodings.lookup(label.decode("ascii", "replace")) for label in [*in_header, *in_page]]
    return [encoding.codec_info.name for encoding in encodings if encoding]


def _decode_first_valid(page: bytes, names: list[str]) -> str | None:
    for name in names:
        try:
            return page.decode(name)
        except UnicodeDecodeError:
            continue
    return None


def _decode_by_guess(page: bytes, stated: list[str]) -> str:
    named = [name for name in stated if name != "utf-8"]
    if named:
        return page.decode(named[0], "replace")
    best = charset_normalizer.from_bytes(page[:200_000]).best()
    return page.decode(best.encoding if best else "windows-1252", "replace")
