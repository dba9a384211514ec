"""What stands beside the text: a card for each highlight.

Written here and not in templates because a page may have a thousand of them.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple, Protocol

from newsreader.text.translation import gettext as _


class CardTag(Protocol):
    """A tag as a card shows it."""

    @property
    def name(self) -> str:
        """Its name, as text."""

    @property
    def colour(self) -> int:
        """The number of its hue, 1 to 12."""


class CardHighlight(Protocol):
    """A highlight as a card shows it."""

    @property
    def id(self) -> str:
        """Its key."""

    @property
    def start(self) -> int:
        """Where it starts in the text (code points)."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def note_html(self) -> str:
        """Its note as safe HTML; empty where it has none."""

    @property
    def author(self) -> str:
        """The user name of its author."""

    @property
    def tags(self) -> Sequence[CardTag]:
        """Its tags in their order."""


class CardWords(NamedTuple):
    """What all cards of a page say, in its language; safe HTML."""

    to_words: str  # with %(number)s for that of the block
    untagged: str
    edit: str


def translate_card_words() -> CardWords:
    """Return the words of cards in the language of the page; a page of a thousand cards needs them once."""
    return CardWords(escape(_("¶%(number)s, to the words")), escape(_("no tag")), escape(_("Edit")))


def find_block_index(starts: list[int], offset: int) -> int:
    """Return the index of the block in which a code point stands, given where each block starts."""
    return max(0, bisect_right(starts, offset) - 1)


def render_tag(name: str, hue: int, url: str) -> str:
    """Return a tag as a link."""
    return f'<a class="tag hue-{hue}" href="{escape(url)}">{escape(name)}</a>'


def render_card_body(
    highlight: CardHighlight, block: int, words: str, tag_links: Mapping[str, str], card_words: CardWords
) -> str:
    """Return the card of a highlight in the block of this index, up to its note: what all readers see alike.

    `words` quotes its passage, as HTML; `tag_links` gives each tag's name its rendered link.
    """
    untagged = f'<span class="untagged">{card_words.untagged}</span>'
    tags = "".join([tag_links[tag.name] for tag in highlight.tags]) or untagged
    note = f'<div class="note">{highlight.note_html}</div>' if highlight.note_html else ""
    key, number = highlight.id, block + 1
    to_words = card_words.to_words % {"number": number}
    return (
        f'<li class="card" id="card-{key}" data-highlight="{key}" data-start="{highlight.start}" data-end="{highlight.end}"'
        ' tabindex="-1">'
        f'<div class="card-head">{tags}<span class="who">{escape(highlight.author)} '
        f'<a href="#h-{key}" aria-label="{to_words}">¶{number}</a></span></div>'
        f"{words}{note}"
    )


def render_carried_line() -> str:
    """Return the line of a card whose highlight was carried from another copy of the story."""
    return f'<p class="carried small muted">{escape(_("Carried from another copy"))}</p>'


def render_card_foot(*links: str) -> str:
    """Return the last line of a card, with these links; nothing where there are none."""
    return f'<p class="card-foot">{"".join(links)}</p>' if any(links) else ""


def render_replies_link(url: str, words: str) -> str:
    """Return the link to the replies to a highlight, with its words as HTML."""
    return f'<a class="replies" href="{escape(url)}">{words}</a>'


def render_edit_link(url: str, words: str) -> str:
    """Return the link to the form that edits a highlight, with its words as HTML."""
    return f'<a class="edit" href="{escape(url)}">{words}</a>'
