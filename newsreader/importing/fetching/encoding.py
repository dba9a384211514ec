"""From the bytes of a page to its characters."""

import re

import charset_normalizer
import webencodings

MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
DECLARED = re.compile(
    rb"""<meta[^>]+?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]+?encoding\s*=\s*["']([\w.:-]+)""", re.I
)
HEAD = 8_000


def decoded(page: bytes | str, content_type: str = "") -> str:
    """The characters of a page, by its byte order mark, its own validity as UTF-8, or what it or its server states."""
    if isinstance(page, str):
        return page
    for mark, name in MARKS.items():
        if page.startswith(mark):
            return page[len(mark) :].decode(name, "replace")
    stated = stated_encodings(page, content_type)
    # Saved pages are often stored as UTF-8 with the old statement left in; other encodings are hardly ever valid UTF-8,
    # except those that hide behind escape sequences or that fill half of every character with zeros.
    if "iso2022_jp" not in stated and b"\0" not in page[:HEAD]:
        stated = ["utf-8", *stated]
    return _first_valid(page, stated) or _guessed(page, stated)


def stated_encodings(page: bytes, content_type: str) -> list[str]:
    """The encodings that the server and then the page name, as Python knows them, without those that nobody knows."""
    in_header = CHARSET.findall(content_type.encode())
    in_page = [label for pair in DECLARED.findall(page[:HEAD]) for label in pair if label]
    found = [webencodings.lookup(label.decode("ascii", "replace")) for label in [*in_header, *in_page]]
    return [encoding.codec_info.name for encoding in found if encoding]


def _first_valid(page, names):
    for name in names:
        try:
            return page.decode(name)
        except UnicodeDecodeError:
            continue
    return None


def _guessed(page, stated):
    named = [name for name in stated if name != "utf-8"]
    if named:
        return page.decode(named[0], "replace")
    best = charset_normalizer.from_bytes(page[:200_000]).best()
    return page.decode(best.encoding if best else "windows-1252", "replace")
