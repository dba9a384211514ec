"""The characters that a text may hold, and references to characters read as browsers read them."""

import re
from html import unescape
from html.entities import html5

# C0 and C1 controls, the byte order mark and what XML has no place for; tab and the line ends stay.
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufeff\ufdd0-\ufdef\ufffe\uffff]")
ONE_LINE_END = str.maketrans({"\r": "\n", "\f": " "})
# With its semicolon, or one of the old names and numbers that browsers read without it.
REFERENCE = re.compile(
    r"&(?:#\d+|#[xX][\da-fA-F]+|[A-Za-z]\w{0,40});|&(?:#\d+|#[xX][\da-fA-F]+|"
    + "|".join(name for name in html5 if not name.endswith(";"))
    + r")(?![\w;=])"
)
LONGEST_NUMBER = len("&#x0010FFFF;")


def readable(html: str) -> str:
    """The characters of `html` that belong in a text: no lone surrogates, no control characters; LF ends a line."""
    whole = html.encode("utf-8", "ignore").decode()
    return CONTROL.sub("", whole.replace("\r\n", "\n").translate(ONE_LINE_END))


def decoded(html: str) -> str:
    """The `html` with characters for references to them, save where they could be markup; the rest gets semicolons."""
    return REFERENCE.sub(_character, html)


def _character(match):
    reference = match[0]
    if reference[1] == "#" and len(reference) > LONGEST_NUMBER:
        return "\ufffd"
    character = unescape(reference)
    return character if min(character, default="") > "\x7f" else reference.removesuffix(";") + ";"
