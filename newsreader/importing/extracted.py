"""An article extracted from a page or a text, not stored yet."""

from dataclasses import dataclass
from datetime import datetime


@dataclass
class Extracted:
    """An extracted article: `html` is canonical, `published` aware, everything else plain text that may be empty."""

    title: str
    html: str
    byline: str = ""
    site: str = ""
    language: str = ""
    direction: str = "ltr"
    published: datetime | None = None
    url: str = ""
    standfirst: str = ""
