from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.models.highlight import Highlight
from annotations.models.reply import list_reply_texts
from newsreader.models import Article
from newsreader.models.search_entry import dated_before, dated_since, in_language
from newsreader.search import matching
from newsreader.search.ast import Field, Query
from newsreader.search.documents import IndexEntry, SearchIndex, build_index_entry
from newsreader.search.indexes import ENTRY_DEPENDENCIES, INDEXES, EntryDependency
from newsreader.search.lookups import WordsField
from newsreader.text.language.stems import STEM_MARK

STEMMED = ("exact", "note")


class HighlightEntry(models.Model):
    """What a highlight is found by. Its table is of the engine's own kind, made in the migrations."""

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
        verbose_name_plural = _("highlight entries")

    def __str__(self) -> str:
        return f"entry of highlight {self.pk}"


def entries_of(highlights: models.QuerySet[Highlight]) -> Iterator[IndexEntry]:
    """Yield the entries of these highlights."""
    rows = list(highlights.order_by().values_list("pk", "project", "exact", "note", "article__language"))
    replies = list_reply_texts([key for key, *_ in rows])
    yield from (build_entry(*row, replies.get(row[0], ())) for row in rows)


def build_entry(
    key: UUID, project_id: UUID, exact: str, note: str, language: str, replies: Iterable[str] = ()
) -> IndexEntry:
    """Return the entry of a highlight with these words; those of replies are found as those of its note."""
    entry = build_index_entry(key, {"exact": [exact], "note": [note, *replies]}, language, STEMMED)
    return entry._replace(stems=entry.stems | {"project": project_sign(project_id)})


def entry_of_row(highlight: Highlight) -> IndexEntry:
    """Return the entry of one new highlight, of which everything is known: nobody has replied to it."""
    as_key = Highlight._meta.pk.to_python  # keys may still be words
    keys = as_key(highlight.pk), as_key(highlight.project_id)
    return build_entry(*keys, highlight.exact, highlight.note, highlight.article.language)


def project_sign(project_id: UUID) -> str:
    """Return the term that the entries of one project have, so that a search in it reads no others."""
    return STEM_MARK + project_id.hex


def number_of(key: UUID) -> int:
    """Return a number of 63 bits; that two of a million keys share one is as likely as one in ten million."""
    return int.from_bytes(blake2b(key.bytes, digest_size=8).digest()) >> 1


def in_article(field: str) -> Callable[[Any], models.Q]:
    """Return the condition that a field of a query makes on the article."""

    def condition(value: Any) -> models.Q:
        articles = matching(Article.objects.order_by(), Query(Field(field, value)))
        return models.Q(article__in=articles.values("pk"))

    return condition


HAVING = {"notes": ~models.Q(note=""), "highlights": models.Q(pk__isnull=False)}
HIGHLIGHT_INDEX = INDEXES[Highlight] = SearchIndex(
    table="annotations_highlightentry",
    key_column="highlight",
    columns={"exact": "B", "note": "C"},
    field_columns={},
    stemmed_columns=STEMMED,
    long_columns=STEMMED,
    field_conditions={
        "source": in_article("source"),
        "author": in_article("author"),
        "lang": lambda code: in_language(code, "article__language"),
        "before": lambda day: dated_before(day, "article__dated_at"),
        "after": lambda day: dated_since(day, "article__dated_at"),
        "by": lambda name: models.Q(author__username__iexact=name),
        "in": lambda slug: models.Q(project__slug=slug),
        "has": HAVING.__getitem__,
    },
    load_entries=lambda keys: entries_of(Highlight.objects.filter(pk__in=keys)),
    number_key=number_of,
    build_row_entry=entry_of_row,
)
ENTRY_DEPENDENCIES[Highlight] = [EntryDependency(Highlight, "pk", frozenset({"exact", "note", "article", "project"}))]
ENTRY_DEPENDENCIES[Article].append(EntryDependency(Highlight, "article", frozenset({"language"})))
