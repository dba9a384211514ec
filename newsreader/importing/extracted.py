"""An article on its way in."""

from dataclasses import dataclass
from datetime import datetime


@dataclass
class Extracted:
    """An article as it was found: `html` is canonical, `published` aware, everything else plain text and maybe empty."""

    title: str
    html: str
    byline: str = ""
    site: str = ""
    language: str = ""
    direction: str = "ltr"
    published: datetime | None = None
    url: str = ""
    standfirst: str = ""
