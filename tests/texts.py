"""Small articles for tests, in our own words."""

from dataclasses import dataclass
from datetime import UTC, datetime

from newsreader.text.html.sanitizer import clean

PAGE = """
<p>The harbour of Brevik reopened on Monday after the storm. Ferries run again, slowly.</p>
<h2>What was lost</h2>
<p>Two cranes fell, the mayor said: “We will <em>rebuild</em> them both.” Nobody was hurt.</p>
<ul><li>One crane stood on the north pier.</li><li>The other was being painted.</li></ul>
<p>Naïve figures, 12 million in all, came from the <a href="https://example.org/port">port</a> &amp; its insurers. 🚢</p>
"""


@dataclass
class Extracted:
    """What the importer hands over, as a test wants it."""

    html: str
    title: str = "An article"
    site: str = "The Quay"
    byline: str = ""
    language: str = "en"
    published: datetime | None = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
    url: str = ""
    standfirst: str = ""
    problem: str = ""


def extracted(page: str, **fields) -> Extracted:
    """An article whose text is `page`, cleaned as the importer would."""
    return Extracted(html=clean(page), **fields)


def make_own_words(title: str, number: int = 330) -> str:
    """A paragraph of words that no other article has, so that it is no copy of others although it prints a page that they print."""
    own = "".join(title.split())
    return f"<p>{' '.join(f'{own}n{place}' for place in range(number))}.</p>"
