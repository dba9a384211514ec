"""The characters that a text may contain, and character references decoded as browsers decode them."""

import re
from html import unescape
from html.entities import html5

# C0 and C1 controls, the byte order mark and characters that XML does not allow; tab and the line ends stay.
CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufeff\ufdd0-\ufdef\ufffe\uffff]")
LINE_ENDS = str.maketrans({"\r": "\n", "\f": " "})
# With its semicolon, or one of the old names and numbers that browsers accept without it.
REFERENCE = re.compile(
    r"&(?:#\d+|#[xX][\da-fA-F]+|[A-Za-z]\w{0,40});|&(?:#\d+|#[xX][\da-fA-F]+|"
    + "|".join(name for name in html5 if not name.endswith(";"))
    + r")(?![\w;=])"
)
MAX_NUMERIC_REFERENCE_LENGTH = len("&#x0010FFFF;")


def clean_characters(html: str) -> str:
    """Return `html` without lone surrogates and control characters, with LF as the only line end."""
    if html.isprintable():  # which none of these characters is
        return html
    valid = html.encode("utf-8", "ignore").decode()
    return CONTROL_CHARACTERS.sub("", valid.replace("\r\n", "\n").translate(LINE_ENDS))


def decode_references(html: str) -> str:
    """Return `html` with references decoded, except those that could be markup; the rest get their semicolons."""
    return REFERENCE.sub(_decode_reference, html)


def _decode_reference(match: re.Match[str]) -> str:
    reference = match[0]
    if reference[1] == "#" and len(reference) > MAX_NUMERIC_REFERENCE_LENGTH:
        return "\ufffd"
    character = unescape(reference)
    return character if min(character, default="") > "\x7f" else reference.removesuffix(";") + ";"
