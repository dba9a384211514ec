"""The one door for HTML from outside: `clean` for articles, `clean_note` for notes.

nh3 reads the page and decides; what it leaves passes through bleach, which may only take more away.
"""

import re

import nh3

from newsreader.text.characters import clean_characters, decode_references
from newsreader.text.html import allowlists
from newsreader.text.html.attributes import MAX_ID_LENGTH, MAX_TITLE_LENGTH
from newsreader.text.html.bleach_pass import bleach_html
from newsreader.text.html.canonical import build_tree
from newsreader.text.html.limits import MAX_DEPTH, PLAIN_TAG, TOO_DEEP, refuse_costly, refuse_deep, refuse_dense, tag_of
from newsreader.text.html.links import resolve_link
from newsreader.text.html.roles import find_role_name
from newsreader.text.html.serializer import render_article
from newsreader.text.translation import format_number
from newsreader.text.translation import gettext as _

MAX_BYTES = 2_000_000
MAX_NOTE_LENGTH = 20_000
NOTE_TAGS = allowlists.split_set("p em strong code pre ul ol li blockquote a br")
# Paragraphs with line ends and emphasis, without references and attributes: both engines leave these as they are.
PLAIN_NOTE = re.compile("(?:<p>(?:{0}|<em>{0}</em>|<strong>{0}</strong>|<br>)*+</p>\n?)*+".format("[^<>&\u00a0]++"))
MAX_LENGTHS = {"id": MAX_ID_LENGTH, "name": MAX_ID_LENGTH, "title": MAX_TITLE_LENGTH}
VOID_TAG = re.compile(rf"<((?:{'|'.join([*allowlists.VOID_TAGS, allowlists.IMAGE_TAG])})\b[^>]*)>")
ATTRIBUTES = {tag: set(names) for tag, names in allowlists.ALLOWED_ATTRIBUTES.items()}


def clean(html: str, base_url: str = "") -> str:
    """Return canonical, safe HTML of an article; links are made absolute by `base_url`. ValueError past a cap."""
    article = build_tree(well_formed(html), base_url)
    if article.height > MAX_DEPTH:
        raise ValueError(_(TOO_DEEP))
    cleaned = render_article(article)
    refuse_large(cleaned)
    refuse_dense(cleaned)
    return cleaned


def clean_note(html: str) -> str:
    """Return safe HTML of a note written in Markdown; ValueError past 20,000 characters."""
    if len(html) > MAX_NOTE_LENGTH:
        message = _("A note can be at most %(number)s characters long.")
        raise ValueError(message % {"number": format_number(MAX_NOTE_LENGTH)})
    plain = html.replace("<br />", "<br>").replace("&quot;", '"')
    if PLAIN_NOTE.fullmatch(plain) and clean_characters(plain) == plain:
        return plain
    return clean_marked_note(html)


def clean_marked_note(html: str) -> str:
    """Return what both engines leave of the HTML of a note; ValueError past a cap."""
    return nh3.clean(
        twice_clean(html),
        tags=NOTE_TAGS,
        clean_content_tags=allowlists.DROPPED_TAGS,
        attributes={"a": {"href"}},
        attribute_filter=_note_attribute,
        link_rel="nofollow noopener",
    )


def _note_attribute(tag: str, name: str, value: str) -> str | None:
    """Return the attribute as it may stay; the second engine lets lang and title pass where nobody asked for them."""
    return resolve_link(value) if name == "href" else value if name == "rel" else None


def remove_forbidden_characters(html: str) -> str:
    """Return `html` with only the characters that a text may hold; ValueError where it is too large or full of tags."""
    refuse_large(html)
    html = decode_references(clean_characters(html))
    refuse_dense(html)
    return html


def refuse_large(html: str) -> None:
    """Raise ValueError where `html` is longer than 2 MB as UTF-8."""
    if len(html.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise ValueError(_("This page is larger than 2 MB."))


def well_formed(html: str) -> str:
    """Return what both engines leave of `html`, as well-formed XML."""
    html = twice_clean(html)
    return VOID_TAG.sub(r"<\1/>", html)


def twice_clean(html: str) -> str:
    """Return what both engines leave of `html`; raise ValueError past a cap."""
    html = remove_forbidden_characters(html)
    refuse_costly(html)
    html = without_unread_tags(html)
    # Without an element that it drops, a parser may read what stands around it otherwise: so it is read once more.
    for _reading in range(2):
        refuse_costly(html)
        html = first(html)
    return bleach_html(html)


def without_unread_tags(html: str) -> str:
    """Return the `html` without the tags that say nothing here: what stands in formulas and the like is read as text."""
    return PLAIN_TAG.sub(_read, html)


def _read(match: re.Match[str]) -> str:
    return match[0] if tag_of(match).name in allowlists.ALLOWED_TAGS | allowlists.DROPPED_TAGS else ""


def first(html: str) -> str:
    """Return what the first engine, nh3, leaves of `html`, closed in order; raise ValueError where it is too deep or too much."""
    html = nh3.clean(
        html,
        tags=allowlists.ALLOWED_TAGS,
        clean_content_tags=allowlists.DROPPED_TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_article_attribute,
        url_schemes=allowlists.URL_SCHEMES,
        link_rel=None,
    )
    html = clean_characters(html.replace("&nbsp;", "\u00a0"))
    refuse_deep(html)
    return html


def _article_attribute(tag: str, name: str, value: str) -> str | None:
    """Return the attribute as the second engine gets it: of the classes only one that says what the element is."""
    if name == "class":
        return find_role_name(tag, value)
    return value if len(value) <= MAX_LENGTHS.get(name, len(value)) else None
