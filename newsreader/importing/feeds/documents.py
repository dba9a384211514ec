"""Feeds as they are read, whatever their format: RSS, Atom or JSON Feed."""

from dataclasses import dataclass, field

from newsreader.text.translation import gettext_noop

MAX_ENTRIES = 200  # of one feed, its first
MAX_TEXT_BYTES = 300_000  # of the HTML of one entry
MAX_LINE = 500  # characters of a title, a name
MAX_KEY = 2_000  # characters of an identifier

NO_FEED = gettext_noop("The answer is not a feed.")
PAGE_INSTEAD = gettext_noop("The answer is a web page, not a feed.")


@dataclass
class FeedEntryContent:
    """One entry of a feed: `html` is canonical, everything else plain text; what the feed does not say is empty.

    `published` and `updated` are moments in ISO 8601.
    """

    key: str
    url: str = ""
    title: str = ""
    byline: str = ""
    html: str = ""
    language: str = ""
    published: str = ""
    updated: str = ""


@dataclass
class FeedContent:
    """A feed: its title, the address of its site, and its entries in the feed's order."""

    title: str = ""
    home: str = ""
    entries: list[FeedEntryContent] = field(default_factory=list)
