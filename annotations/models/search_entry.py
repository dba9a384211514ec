from collections.abc import Iterator
from hashlib import blake2b
from uuid import UUID

from django.db import models

from annotations.models.highlight import Highlight
from newsreader.models import Article
from newsreader.models.search_entry import before, in_language, since
from newsreader.search import matching
from newsreader.search.ast import Field, Query
from newsreader.search.documents import Entry, Index, entry_of
from newsreader.search.indexes import FOLLOWERS, INDEXES, Follower
from newsreader.search.lookups import WordsField
from newsreader.text.language.stems import SIGN

STEMMED = ("exact", "note")


class HighlightEntry(models.Model):
    """By what a highlight is found. Its table is of the engine's own kind, made in the migrations."""

    highlight = models.OneToOneField(
        Highlight,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="entry",
        db_column="highlight",
        db_constraint=False,
    )
    words = WordsField(null=True, editable=False)

    class Meta:
        verbose_name_plural = "highlight entries"

    def __str__(self):
        return f"entry of highlight {self.pk}"


def entries_of(highlights) -> Iterator[Entry]:
    """The entries of these highlights."""
    rows = highlights.order_by().values_list("pk", "project", "exact", "note", "article__language")
    yield from (made(*row) for row in rows)


def made(key: UUID, project: UUID, exact: str, note: str, language: str) -> Entry:
    entry = entry_of(key, {"exact": [exact], "note": [note]}, language, STEMMED)
    return entry._replace(stems=entry.stems | {"project": sign_of(project)})


def entry_of_row(highlight: Highlight) -> Entry:
    """Return the entry of one highlight, of which everything is known."""
    as_key = Highlight._meta.pk.to_python  # keys may still be words
    keys = as_key(highlight.pk), as_key(highlight.project_id)
    return made(*keys, highlight.exact, highlight.note, highlight.article.language)


def sign_of(project: UUID) -> str:
    """What the entries of one project bear, so that a search in it reads no others."""
    return SIGN + project.hex


def number_of(key: UUID) -> int:
    """A number of 63 bits; that two of a million keys share one is as likely as one in ten million."""
    return int.from_bytes(blake2b(key.bytes, digest_size=8).digest()) >> 1


def in_article(field: str):
    """The condition that a field of a query makes on the article."""

    def condition(value) -> models.Q:
        found = matching(Article.objects.order_by(), Query(Field(field, value)))
        return models.Q(article__in=found.values("pk"))

    return condition


HAVING = {"notes": ~models.Q(note=""), "highlights": models.Q(pk__isnull=False)}
HIGHLIGHTS = INDEXES[Highlight] = Index(
    table="annotations_highlightentry",
    key="highlight",
    columns={"exact": "B", "note": "C"},
    fields={},
    stemmed=STEMMED,
    long=STEMMED,
    own={
        "source": in_article("source"),
        "author": in_article("author"),
        "lang": lambda code: in_language(code, "article__language"),
        "before": lambda day: before(day, "article__dated_at"),
        "after": lambda day: since(day, "article__dated_at"),
        "by": lambda name: models.Q(author__username__iexact=name),
        "in": lambda slug: models.Q(project__slug=slug),
        "has": HAVING.__getitem__,
    },
    entries=lambda keys: entries_of(Highlight.objects.filter(pk__in=keys)),
    number=number_of,
    entry_of_row=entry_of_row,
)
FOLLOWERS[Highlight] = [Follower(Highlight, "pk", frozenset({"exact", "note", "article", "project"}))]
FOLLOWERS[Article].append(Follower(Highlight, "article", frozenset({"language"})))
