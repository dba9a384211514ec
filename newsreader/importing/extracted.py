"""An article extracted from a page or a text, not stored yet."""

from dataclasses import dataclass
from datetime import date


@dataclass
class Extracted:
    """An extracted article: `html` is canonical, everything else plain text that may be empty.

    `published` is a day, or a moment; one without a time zone is in that of the site.
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
