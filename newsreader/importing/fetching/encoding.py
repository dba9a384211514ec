"""Decodes the bytes of a page in the order of the WHATWG standard: byte order mark, server, page, guess.

https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
"""

import re

import charset_normalizer
import webencodings

BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
UTF16_PATTERNS = {b"<\0?\0": "utf-16-le", b"\0<\0?": "utf-16-be", b"<\0!\0": "utf-16-le", b"\0<\0!": "utf-16-be"}
UTF16_PATTERNS |= {b"<\0h\0": "utf-16-le", b"\0<\0h": "utf-16-be", b"<\0H\0": "utf-16-le", b"\0<\0H": "utf-16-be"}
CHARSET = re.compile(rb"""charset\s*=\s*(?:"\s*([^"]*)"|'\s*([^']*)'|([^\s"';,]+))""", re.IGNORECASE)
XML_ENCODING = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']\s*([^"'>]*)""")
# A statement further on than the 1,024 bytes of the standard counts too: browsers begin again when they come to it.
HEAD_BYTES = 65_536
MARKUP = re.compile(
    rb"<!--(?:-?>|.*?(?:--!?>|\Z))"
    rb"|<(?P<raw>script|style)\b.*?(?:</(?P=raw)|\Z)"
    rb"""|<(?P<name>[a-z/][^\s/>]*)(?P<attributes>(?:[^<>=]|=\s*"[^"]*"|=\s*'[^']*'|=)*+)>""",
    re.IGNORECASE | re.DOTALL,
)
ATTRIBUTE = re.compile(rb"""([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
# In place of what webencodings names: what browsers read, and what can be read.
OTHER_CODECS = {"gbk": "gb18030", "x-user-defined": "cp1252"}
CJK_CODECS = {"gb18030", "big5hkscs", "cp932", "cp949", "euc_jp"}
UNMISTAKABLE_CODECS = {"iso2022_jp", "utf-16-le", "utf-16-be"}  # whose bytes are valid UTF-8 too
MIN_LETTERS = 8  # beyond ASCII, that are hardly valid UTF-8 by chance in an East Asian encoding
MAX_BAD_SHARE = 0.1  # bad bytes among the characters beyond ASCII of a page that states no encoding
GUESS_BYTES = 200_000


def decode_page(page: bytes | str, content_type: str = "") -> str:
    """Return the text of a page; bytes that its encoding does not know become U+FFFD, as in browsers.

    A page that states another encoding but whose letters are all valid UTF-8 is read as UTF-8: saved pages often keep an old statement.
    """
    if isinstance(page, str):
        return page
    for mark, name in BYTE_ORDER_MARKS.items():
        if page.startswith(mark):
            return page[len(mark) :].decode(name, "replace")
    stated = find_stated_codec(page, content_type)
    if not stated or is_utf8(page, stated):
        stated = guess_codec(page)
    return page.decode(stated, "replace")


def find_stated_codec(page: bytes, content_type: str) -> str:
    """Return Python's name of the encoding that the server states, else the page; empty where neither states a known one."""
    for label in list_header_labels(content_type.encode("ascii", "ignore")):
        if codec := find_codec(label):
            return codec
    if codec := UTF16_PATTERNS.get(page[:4], ""):
        return codec
    return next(filter(None, map(find_codec_of_page, list_page_labels(page[:HEAD_BYTES]))), "")


def list_header_labels(text: bytes) -> list[bytes]:
    """Return the label of a `charset=` parameter, if there is one."""
    match = CHARSET.search(text)
    return [match[match.lastindex or 0]] if match else []


def list_page_labels(head: bytes) -> list[bytes]:
    """Return the labels of the meta elements outside comments and scripts, then that of the XML declaration."""
    labels = [
        label
        for tag in MARKUP.finditer(head)
        if (tag["name"] or b"").lower() == b"meta"
        for label in list_meta_labels(tag["attributes"])
    ]
    declaration = XML_ENCODING.match(head)
    return labels + ([declaration[1]] if declaration else [])


def list_meta_labels(attributes: bytes) -> list[bytes]:
    """Return the label of a meta element: its `charset`, or that of its `content` if it stands for a Content-Type header."""
    values: dict[bytes, bytes] = {}
    for name, *parts in ATTRIBUTE.findall(attributes):
        values.setdefault(name.lower(), b"".join(parts))
    if b"charset" in values:
        return [values[b"charset"]]
    is_header = values.get(b"http-equiv", b"").strip().lower() == b"content-type"
    return list_header_labels(values.get(b"content", b"")) if is_header else []


def find_codec(label: bytes) -> str:
    """Return Python's name of the encoding with this label; empty for an unknown one, and for those that browsers refuse to read."""
    encoding = webencodings.lookup(label.decode("ascii", "replace"))
    if encoding is None or encoding.name == "replacement":
        return ""
    return OTHER_CODECS.get(encoding.codec_info.name, encoding.codec_info.name)


def find_codec_of_page(label: bytes) -> str:
    """Return the same for a label in the page itself, which could not be read if it were UTF-16."""
    codec = find_codec(label)
    return "utf-8" if codec.startswith("utf-16") else codec


def is_utf8(page: bytes, stated: str) -> bool:
    """Return whether all of a page is UTF-8, with letters beyond ASCII, although it states another encoding."""
    if stated in UNMISTAKABLE_CODECS or page.isascii():
        return False
    try:
        text = page.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return stated not in CJK_CODECS or count_beyond_ascii(text) >= MIN_LETTERS


def guess_codec(page: bytes) -> str:
    """Return Python's name of the encoding that a page probably has which states none."""
    text = page.decode("utf-8", "replace")
    if text.count("\ufffd") <= MAX_BAD_SHARE * count_beyond_ascii(text):
        return "utf-8"
    best = charset_normalizer.from_bytes(page[:GUESS_BYTES]).best()
    return best.encoding if best else "cp1252"


def count_beyond_ascii(text: str) -> int:
    """Return the number of characters that are not ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))
