"""The search index of articles."""

from collections.abc import Iterator
from datetime import date

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from newsreader.models.article import Article
from newsreader.models.article_queries import start_of_day
from newsreader.models.revision import Revision
from newsreader.models.source import Source
from newsreader.search.documents import IndexEntry, SearchIndex, build_index_entry
from newsreader.search.indexes import ENTRY_DEPENDENCIES, INDEXES, EntryDependency
from newsreader.search.lookups import WordsField

STEMMED_COLUMNS = ("title", "body")
ENTRY_FIELDS = ("title", "byline", "source__name", "standfirst", "language")


class ArticleEntry(models.Model):
    """The index entry of an article. Its table is of the engine's own kind, made in the migrations."""

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
        verbose_name_plural = _("article entries")

    def __str__(self) -> str:
        return f"entry of article {self.pk}"


def build_article_entries(articles: models.QuerySet[Article]) -> Iterator[IndexEntry]:
    """Yield the entries of these articles with their current texts."""
    texts = Revision._base_manager.filter(article=OuterRef("pk"), number=OuterRef("revision")).values("text")
    rows = articles.order_by("pk").annotate(current_text=Subquery(texts[:1]))
    for key, text, title, byline, source, standfirst, language in rows.values_list("pk", "current_text", *ENTRY_FIELDS):
        columns = {"title": [title], "byline": [byline], "source": [source], "body": [standfirst, text or ""]}
        yield build_index_entry(key, columns, language, STEMMED_COLUMNS)


def in_language(code: str, path: str = "language") -> Q:
    """Return the condition that a language is the one of that code, such as pt, or pt-BR alone."""
    return Q(**{f"{path}__iexact": code}) | Q(**{f"{path}__istartswith": f"{code}-"})


def dated_before(day: date, path: str = "dated_at") -> Q:
    """Return the condition that a moment is before that day."""
    return Q(**{f"{path}__lt": start_of_day(day)})


def dated_since(day: date, path: str = "dated_at") -> Q:
    """Return the condition that a moment is on that day or later."""
    return Q(**{f"{path}__gte": start_of_day(day)})


# Of articles `with_reading_state` of a user.
STATE_CONDITIONS = {"unread": Q(read_at=None), "saved": ~Q(saved_at=None)}
ARTICLE_INDEX = INDEXES[Article] = SearchIndex(
    table="newsreader_articleentry",
    key_column="rowid",
    columns={"title": "A", "byline": "B", "source": "C", "body": "D"},
    field_columns={"source": "source", "author": "byline"},
    stemmed_columns=STEMMED_COLUMNS,
    long_columns=("body",),
    field_conditions={
        "lang": in_language,
        "before": dated_before,
        "after": dated_since,
        "is": STATE_CONDITIONS.__getitem__,
    },
    load_entries=lambda keys: build_article_entries(Article.objects.filter(pk__in=keys)),
)
INDEXED_FIELDS = frozenset({"title", "byline", "source", "standfirst", "language", "revision"})
ENTRY_DEPENDENCIES[Article] = [EntryDependency(Article, "pk", INDEXED_FIELDS)]
ENTRY_DEPENDENCIES[Revision] = [EntryDependency(Article, "revisions", frozenset())]
ENTRY_DEPENDENCIES[Source] = [EntryDependency(Article, "source", frozenset({"name"}))]
