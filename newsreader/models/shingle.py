"""The index of stories: which published articles have a shingle of the sample, the same address or the same text."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.db import models

from newsreader.models.scopes import PUBLISHED
from newsreader.text.copies.addresses import make_canonical
from newsreader.text.copies.shingles import MIN_SHARED, hash_word, make_shingles, sample_shingles

MAX_ARTICLES = 20  # what more of them have is common, and tells nothing
SIGN, WHOLE = 2**63, 2**64  # a database has numbers of 64 bits with a sign


class IndexedText(NamedTuple):
    """A text as the index knows it: all its shingles, the sample of them, and the keys of its address and of its words."""

    shingles: set[int]
    sample: set[int]
    keys: set[int]


class Group(NamedTuple):
    """A story, or an article that is alone, by its key."""

    is_story: bool
    key: int


class FoundArticle(NamedTuple):
    """An article that has a number of the index: how many words it has, its source, and the group that it is part of."""

    number: int
    article: int
    words: int
    source: int
    group: Group


def index_text(text: str, url: str, digest: str) -> IndexedText:
    """Return what the index knows of a text; one too short to tell anything has only its address."""
    shingles, canonical = make_shingles(text), make_canonical(url)
    keys = {hash_word(f"address {canonical}")} if canonical else set()
    if len(shingles) < MIN_SHARED:
        return IndexedText(set(), set(), keys)
    return IndexedText(shingles, sample_shingles(shingles), keys | {hash_word(f"text {digest}")})


def sign(number: int) -> int:
    """Return a number of 64 bits as the database has it."""
    return number - WHOLE if number >= SIGN else number


class ShingleQuerySet(models.QuerySet["Shingle"]):
    """The rows of the index."""

    def find(self, numbers: Iterable[int], but: int) -> list[FoundArticle]:
        """Return the published articles that have one of these numbers, all `but` one.

        These are two queries, as a database that joins both tables may begin with all articles.
        """
        signed = {sign(number): number for number in numbers}
        pairs = list(self.filter(number__in=signed).exclude(article=but).values_list("number", "article"))
        facts = self.read_facts({article for _, article in pairs})
        return [FoundArticle(signed[number], article, *facts[article]) for number, article in pairs if article in facts]

    def read_facts(self, keys: Collection[int]) -> dict[int, tuple[int, int, Group]]:
        """Return the words, source and group of each of these articles that is published, by its key."""
        articles: Any = self.model._meta.get_field("article").related_model
        rows = articles.objects.order_by().filter(pk__in=keys)
        return {
            key: (words, source, Group(True, story) if story else Group(False, key))
            for key, status, words, source, story in rows.values_list("pk", "status", "words", "source", "story")
            if status == PUBLISHED  # a database that selects by it may look through all that is published
        }

    def add(self, article: int, numbers: Collection[int], full: Collection[int] = ()) -> None:
        """Write the article's rows, but those of numbers that are `full`, which have as many as the index keeps."""
        signed = sorted(map(sign, set(numbers).difference(full)))
        Shingle.objects.bulk_create(
            [Shingle(number=number, article_id=article) for number in signed], ignore_conflicts=True
        )

    def remove(self, article: int, numbers: Iterable[int]) -> None:
        """Remove the article's rows of these numbers."""
        self.filter(number__in=map(sign, numbers), article=article)._raw_delete("default")


class Shingle(models.Model):
    """That an article has a number: of a shingle of its text, of its address or of its whole text.

    There are millions of them, so that the table is its only index. An article's rows are found by the shingles of its text,
    which never changes; those of one that is gone are ignored, and removed by `find_stories`.
    """

    pk = models.CompositePrimaryKey("number", "article")
    number = models.BigIntegerField()
    article = models.ForeignKey(
        "newsreader.Article", on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )

    objects = ShingleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.number}: {self.article_id}"
