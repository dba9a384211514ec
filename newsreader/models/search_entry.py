from collections.abc import Iterator
from datetime import date

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from newsreader.models.article import Article
from newsreader.models.article_queries import midnight
from newsreader.models.revision import Revision
from newsreader.models.source import Source
from newsreader.search.documents import Entry, Index, entry_of
from newsreader.search.indexes import FOLLOWERS, INDEXES, Follower
from newsreader.search.lookups import WordsField

STEMMED = ("title", "body")
TOLD = ("title", "byline", "source__name", "standfirst", "language")


class ArticleEntry(models.Model):
    """By what an article is found. Its table is of the engine's own kind, made in the migrations."""

    article = models.OneToOneField(
        Article,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="entry",
        db_column="rowid",
        db_constraint=False,
    )
    words = WordsField(null=True, editable=False)

    class Meta:
        verbose_name_plural = "article entries"

    def __str__(self):
        return f"entry of article {self.pk}"


def entries_of(articles) -> Iterator[Entry]:
    """The entries of these articles with their current texts."""
    current = {"article": OuterRef("pk"), "number": OuterRef("revision")}
    texts = articles.model._meta.get_field("revisions").related_model._base_manager.filter(**current).values("text")
    rows = articles.order_by("pk").annotate(words_now=Subquery(texts[:1])).values_list("pk", "words_now", *TOLD)
    for key, text, title, byline, source, standfirst, language in rows:
        columns = {"title": [title], "byline": [byline], "source": [source], "body": [standfirst, text or ""]}
        yield entry_of(key, columns, language, STEMMED)


def in_language(code: str, path: str = "language") -> Q:
    """Those in the language of that code, such as pt, or pt-BR alone."""
    return Q(**{f"{path}__iexact": code}) | Q(**{f"{path}__istartswith": f"{code}-"})


def before(day: date, path: str = "dated_at") -> Q:
    return Q(**{f"{path}__lt": midnight(day)})


def since(day: date, path: str = "dated_at") -> Q:
    """Those from the beginning of that day on."""
    return Q(**{f"{path}__gte": midnight(day)})


STATES = {"unread": Q(read_at=None), "saved": ~Q(saved_at=None)}  # of articles `known_to` a user
ARTICLES = INDEXES[Article] = Index(
    table="newsreader_articleentry",
    key="rowid",
    columns={"title": "A", "byline": "B", "source": "C", "body": "D"},
    fields={"source": "source", "author": "byline"},
    stemmed=STEMMED,
    long=("body",),
    own={"lang": in_language, "before": before, "after": since, "is": STATES.__getitem__},
    entries=lambda keys: entries_of(Article.objects.filter(pk__in=keys)),
)
TOLD_OF = frozenset({"title", "byline", "source", "standfirst", "language", "revision"})
FOLLOWERS[Article] = [Follower(Article, "pk", TOLD_OF)]
FOLLOWERS[Revision] = [Follower(Article, "revisions", frozenset())]
FOLLOWERS[Source] = [Follower(Article, "source", frozenset({"name"}))]
