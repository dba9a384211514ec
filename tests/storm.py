"""A report that its outlet edits, for tests of what becomes of highlights."""

from annotations.models import Highlight, Placement
from newsreader.models import Article
from newsreader.text.html.sanitizer import clean
from texts import extracted

STORM = (
    "<p>At least 12 people were killed on Monday, officials said. The harbour of Brevik stays closed until Friday.</p>"
    "<p>Two cranes fell into the water. Nobody was hurt on the northern pier, the mayor said.</p>"
    "<p>Insurers came on Tuesday to count what was lost, and left again before the second storm.</p>"
)
SEVENTEEN = ("At least 12", "At least 17")
TALLY = ("to count what", "to tally what")  # an edit that touches neither a figure nor a name
CRANES = (
    "Two cranes fell into the water. Nobody was hurt on the northern pier, the mayor said.",
    "The mayor resigned.",
)


def report(**fields) -> Article:
    return Article.objects.store(extracted(STORM, title="Storm", site="The Quay", **fields)).article


def edited(*changes: tuple[str, str]) -> str:
    """The report's text with these words put in the place of others."""
    html = STORM
    for before, after in changes:
        assert before in html
        html = html.replace(before, after, 1)
    return clean(html)


def marked(article, project, author, words: str, nth: int = 0, **fields) -> Highlight:
    """A highlight on these words in the article's current text."""
    revision, start = article.current(), -1
    for _ in range(nth + 1):
        start = revision.text.index(words, start + 1)
    made = Highlight.objects.make(
        project=project, revision=revision, author=author, start=start, end=start + len(words), **fields
    )
    return made.highlight


def placement(highlight, number: int | None = None) -> Placement:
    """Where a highlight stands in the revision of that number, or in the last one."""
    found = highlight.placements.select_related("revision", "origin").order_by("-revision__number")
    return found.get(revision__number=number) if number else found.first()


def words(placement) -> str | None:
    """The words on which it stands."""
    return None if placement.start is None else placement.revision.text[placement.start : placement.end]
