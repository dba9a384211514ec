"""What stands beside the text: an outline row for each block, a card for each highlight.

Written here and not in templates because a page may have a thousand of each.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from html import escape
from typing import Protocol

MAX_TICKS = 6  # of an outline row


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
    def note_html(self) -> str:
        """Its note as safe HTML; empty where it has none."""

    @property
    def author(self) -> str:
        """The user name of its author."""

    @property
    def tags(self) -> Sequence[CardTag]:
        """Its tags in their order."""


def find_block_index(starts: list[int], offset: int) -> int:
    """Return the index of the block in which a code point stands, given where each block starts."""
    return max(0, bisect_right(starts, offset) - 1)


def render_tag(name: str, hue: int, url: str) -> str:
    """Return a tag as a link."""
    return f'<a class="tag hue-{hue}" href="{escape(url)}">{escape(name)}</a>'


def render_card(
    highlight: CardHighlight,
    block: int,
    tag_links: Mapping[str, str],
    edit_url: str = "",
    state: str = "",
    as_read: str = "",
) -> str:
    """Return the card of a highlight in the block of this index.

    `tag_links` gives each tag's name its rendered link; `edit_url`, with ID for the highlight's key, only where the
    reader may edit. `state` says what became of it on this text, `as_read` links to how it was read; both are HTML.
    """
    tags = "".join([tag_links[tag.name] for tag in highlight.tags]) or '<span class="untagged">no tag</span>'
    note = f'<div class="note">{highlight.note_html}</div>' if highlight.note_html else ""
    edit_link = f'<a class="edit" href="{edit_url.replace("ID", highlight.id)}">Edit</a>' if edit_url else ""
    foot = f'<p class="card-foot">{edit_link}{as_read}</p>' if edit_link or as_read else ""
    key, number = highlight.id, block + 1
    return (
        f'<li class="card" id="card-{key}" data-highlight="{key}" data-start="{highlight.start}" tabindex="-1">'
        f'<div class="card-head">{tags}<span class="who">{escape(highlight.author)} '
        f'<a href="#h-{key}" aria-label="¶{number}, to the words">¶{number}</a></span></div>'
        f"{note}{state}{foot}</li>"
    )


def render_outline_row(number: int, heading: str, highlights: Sequence[CardHighlight], oob: str = "") -> str:
    """Return the outline row of a block: its number, its heading if it is one, a tick for each highlight that begins in it.

    `oob` is the attribute, with a space before it, that makes the row an out-of-band swap.
    """
    hues = [highlight.tags[0].colour if highlight.tags else 0 for highlight in highlights[:MAX_TICKS]]
    ticks = "".join([f'<span class="stroke tick hue-{hue}"></span>' for hue in hues])
    words = f"<span>{escape(heading)}</span>" if heading else ""
    return (
        f'<li id="o{number}"{oob}><a href="#p{number}"><span class="num">{number}</span>{words}{ticks}'
        f'<span class="aside">{describe_highlight_count(len(highlights), heading)}</span></a></li>'
    )


def describe_highlight_count(count: int, heading: str) -> str:
    """Return how many highlights there are in words; nothing for a heading without any."""
    if count:
        return "1 highlight" if count == 1 else f"{count} highlights"
    return "" if heading else "no highlights"
