"""The second engine: bleach, by its public interface. It gets what the first engine wrote, some hundreds of tags at a time."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bleach.sanitizer import Cleaner

from newsreader.text.html import allowlists as vocabulary
from newsreader.text.html.limits import VOID
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

TAG = re.compile("(<[^>]*>)")
MAX_TAGS = 500  # at a time: for each tag bleach looks at all its siblings
# For each reference bleach copies the text before it, so it gets characters in their place that no page holds.
REFERENCES = (("&amp;", "\ufdd0"), ("&lt;", "\ufdd1"), ("&gt;", "\ufdd2"))
DAMAGED = gettext_noop("The HTML of this page is too damaged to be read.")


class Piece(NamedTuple):
    """A stretch of HTML with the start tags of the elements that are open where it begins and where it ends."""

    before: list[str]
    html: str
    after: list[str]


def bleach_html(html: str) -> str:
    """Return what bleach leaves of well-formed `html`; raise ValueError where bleach reads other elements in it."""
    cleaner = Cleaner(
        tags=vocabulary.ALLOWED_TAGS,
        attributes=vocabulary.ALLOWED_ATTRIBUTES,
        protocols=vocabulary.URL_SCHEMES,
        strip=True,
    )
    return decoded("".join([bleached_piece(cleaner, piece) for piece in pieces_of(html)]))


def pieces_of(html: str) -> Iterator[Piece]:
    """Yield the pieces of `html`, each of at most MAX_TAGS tags and, save the first, beginning with one."""
    parts = TAG.split(html)
    before: list[str] = []
    piece = [coded(parts[0])]
    open_tags: list[str] = []
    for tag, text in zip(parts[1::2], parts[2::2], strict=True):
        if len(piece) > 2 * MAX_TAGS:
            yield Piece(before, "".join(piece), open_tags)
            before, piece, open_tags = open_tags, [], [*open_tags]
        piece += [tag, coded(text)]
        if tag.startswith("</"):
            open_tags.pop()
        elif name_of(tag) not in VOID:
            open_tags.append(tag)
    yield Piece(before, "".join(piece), open_tags)


def bleached_piece(cleaner: Cleaner, piece: Piece) -> str:
    """Return the clean piece, without the tags that had to be put around it."""
    closing = [f"</{name_of(tag)}>" for tag in reversed(piece.after)]
    try:
        parts = TAG.split(cleaner.clean("".join([*piece.before, piece.html, *closing])))
    except Exception as error:  # the parser that bleach carries stumbles over some pages
        raise ValueError(_(DAMAGED)) from error
    start, end = 2 * len(piece.before), len(parts) - 2 * len(closing)
    around = [*map(name_of, parts[1:start:2]), *map(name_of, parts[end::2])]
    if any(parts[:start:2]) or any(parts[end + 1 :: 2]) or around != [*map(name_of, [*piece.before, *closing])]:
        raise ValueError(_(DAMAGED))
    return "".join(parts[start:end])


def name_of(tag: str) -> str:
    """Return the name in a tag, after a slash if the tag is an end tag."""
    return tag[1:-1].split(" ", 1)[0]


def coded(text: str) -> str:
    """Return a text with one character for each reference."""
    for reference, character in REFERENCES:
        text = text.replace(reference, character)
    return text


def decoded(html: str) -> str:
    """Return coded HTML as it was."""
    for reference, character in REFERENCES:
        html = html.replace(character, reference)
    return html
