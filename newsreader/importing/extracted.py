"""An article extracted from a page or a text, not stored yet."""

from dataclasses import dataclass, field
from datetime import date


@dataclass
class Extracted:
    """An extracted article: `html` is canonical, everything else plain text that may be empty.

    `published` is a day, or a moment; one without a time zone is in that of the site. `left_out` has the words of blocks
    of the page that are no part of it, each with those of the block before it that is. `next_page` is the address of its next
    part, and `problem` a sentence about what is missing of it.
    """

    title: str
    html: str
    byline: str = ""
    site: str = ""
    language: str = ""
    direction: str = "ltr"
    published: date | None = None
    url: str = ""
    standfirst: str = ""
    left_out: list[tuple[str, str]] = field(default_factory=list)
    next_page: str = ""
    problem: str = ""
