"""The one door for HTML from outside: `clean` for articles, `clean_note` for notes."""

import nh3

from newsreader.text.characters import clean_characters, decode_references
from newsreader.text.html import allowlists as vocabulary
from newsreader.text.html.bleach_pass import MAX_DEPTH, bleached, refuse_dense
from newsreader.text.html.canonical import build_tree
from newsreader.text.html.links import resolve_link
from newsreader.text.html.serializer import render_article

MAX_BYTES = 2_000_000
MAX_NOTE = 20_000
NOTE_TAGS = vocabulary.split_set("p em strong code pre ul ol li blockquote a br")
ATTRIBUTES = {tag: set(names) for tag, names in vocabulary.ALLOWED_ATTRIBUTES.items()}


def clean(html: str, base_url: str = "") -> str:
    """Canonical, safe HTML of an article; links are made absolute by `base_url`. ValueError past a cap."""
    article = build_tree(second(bleached(allowed(html))), base_url)
    if article.height > MAX_DEPTH:
        raise ValueError(f"This page is nested more than {MAX_DEPTH} levels deep.")
    cleaned = render_article(article)
    refuse_large(cleaned)
    refuse_dense(cleaned)
    return cleaned


def clean_note(html: str) -> str:
    """Safe HTML of a note written in Markdown. ValueError past 20,000 characters."""
    if len(html) > MAX_NOTE:
        raise ValueError(f"A note can be at most {MAX_NOTE:,} characters long.")
    return nh3.clean(
        bleached(allowed(html)),
        tags=NOTE_TAGS,
        clean_content_tags=vocabulary.DROPPED_TAGS,
        attributes={"a": {"href"}},
        attribute_filter=_note_attribute,
        link_rel="nofollow noopener",
    )


def _note_attribute(tag, name, value):
    """The second engine lets lang and title pass where nobody asked for them."""
    return resolve_link(value) if name == "href" else value if name == "rel" else None


def allowed(html: str) -> str:
    """The `html` with only the characters that a text may hold; ValueError where it is too large or full of tags."""
    refuse_large(html)
    html = decode_references(clean_characters(html))
    refuse_dense(html)
    return html


def refuse_large(html: str) -> None:
    """ValueError where `html` is longer than 2 MB as UTF-8."""
    if len(html.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise ValueError(f"This page is larger than {MAX_BYTES // 1_000_000} MB.")


def second(html: str) -> str:
    """What the second engine, nh3, leaves of `html`, as well-formed XML."""
    html = nh3.clean(
        html,
        tags=vocabulary.ALLOWED_TAGS,
        clean_content_tags=vocabulary.DROPPED_TAGS,
        attributes=ATTRIBUTES,
        url_schemes=vocabulary.URL_SCHEMES,
        link_rel=None,
    )
    for void in vocabulary.VOID_TAGS:
        html = html.replace(f"<{void}>", f"<{void}/>")
    return clean_characters(html.replace("&nbsp;", "\u00a0"))
