"""The other articles of a story, and how much of their text each has in common with one of them."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F
from django.urls import reverse

from newsreader.fragments import keep
from newsreader.models import Article, Revision
from newsreader.models.story import find_copies
from newsreader.text.copies.shingles import Overlap, compare, make_shingles
from newsreader.text.percentages import to_percentage

MAX_COPIES = 30  # that are compared with an article
FIELDS = ("slug", "title", "language", "direction", "source__name", "source__slug", "dated_at", "words")


class Copy(NamedTuple):
    """An article of a story, and what percentage of its text (`of_own`), and of the other’s, is in both."""

    slug: str
    title: str
    language: str
    direction: str
    source: str
    source_slug: str
    dated_at: datetime
    words: int
    of_own: int
    of_other: int

    def get_absolute_url(self) -> str:
        """Return the address of the article."""
        return reverse("article", args=[self.slug])


class CopyList(NamedTuple):
    """The other articles of a story, the earliest first, how many more there are, and how many sources print the story."""

    copies: tuple[Copy, ...]
    left_out: int
    sources: int


def load_copies(article: Article) -> CopyList:
    """Return the other articles of an article’s story, compared with it; kept until something about one of them changes.

    They are published, so that whoever may read the article may see them.
    """
    if not article.is_published:
        return read_copies(article)
    if article.story is None:
        return CopyList((), 0, 1)
    values = (article.pk, article.version, article.story.pk, article.story.version)
    return keep("newsreader/copy-list", lambda: read_copies(article), *values)


def read_copies(article: Article) -> CopyList:
    """Return the other articles of an article’s story, compared with it."""
    others = Article.objects.filter(pk__in=find_copies(article)).order_by("dated_at", "pk").values_list("pk", *FIELDS)
    rows = list(others)
    shown = rows[:MAX_COPIES]
    shingles = read_shingles([article.pk, *(row[0] for row in shown)])
    return CopyList(
        tuple(make_copy(values, compare(shingles[key], shingles[article.pk])) for key, *values in shown),
        len(rows) - len(shown),
        len({article.source.slug, *(row[1 + FIELDS.index("source__slug")] for row in rows)}),
    )


def read_shingles(keys: list[int]) -> dict[int, set[int]]:
    """Return the shingles of the current texts of articles, by their keys."""
    current = Revision.objects.filter(article__in=keys, number=F("article__revision")).order_by()
    return {key: make_shingles(text) for key, text in current.values_list("article", "text")}


def make_copy(values: list[Any], overlap: Overlap) -> Copy:
    """Return an article of a story with what it has in common with another."""
    return Copy._make([*values, to_percentage(overlap.of_first), to_percentage(overlap.of_second)])
