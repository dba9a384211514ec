"""The articles of the library: filtered, counted and sorted."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any, Protocol, Self

from django.db import models
from django.db.models.functions import Cast, ExtractYear
from django.utils.timezone import make_aware

from newsreader.search.indexes import IndexedQuerySet, Row
from newsreader.text.dates import add_days
from newsreader.users import AnyUser

SORT_ORDERS = {
    "newest": ("-dated_at", "-pk"),
    "oldest": ("dated_at", "pk"),
    "longest": ("-words", "-pk"),
}


class DatedRow(Protocol):
    """A row with a place in the library's order."""

    pk: Any
    dated_at: datetime


class LibraryQuerySet(IndexedQuerySet[Row]):
    """Articles as the library filters, counts and sorts them."""

    def published(self) -> Self:
        return self.filter(status="published")

    def with_reading_state(self, user: AnyUser) -> Self:
        """Annotate `read_at`, `saved_at` and `revision_read`: what the user did with each, None for a visitor."""
        if not user.is_authenticated:
            no_moment = models.Value(None, output_field=models.DateTimeField())
            no_number = models.Value(None, output_field=models.IntegerField())
            return self.annotate(read_at=no_moment, saved_at=no_moment, revision_read=no_number)
        own = models.FilteredRelation("readings", condition=models.Q(readings__user=user))
        fields = {"read_at": "read_at", "saved_at": "saved_at", "revision_read": "revision"}
        return self.annotate(own=own, **{name: models.F(f"own__{field}") for name, field in fields.items()})

    def unread(self) -> Self:
        """Return, of articles `with_reading_state` of a user, those not read yet."""
        return self.filter(read_at=None)

    def saved(self) -> Self:
        """Return, of articles `with_reading_state` of a user, those kept for later."""
        return self.exclude(saved_at=None)

    def of_sources(self, slugs: Collection[str]) -> Self:
        """Return those that one of these sources published; all of them where none is named."""
        return self.filter(source__slug__in=slugs) if slugs else self

    def dated_between(self, since: date | None, until: date | None) -> Self:
        """Return those dated from the day `since` to the day `until`, both included; None leaves an end open."""
        dated = self.filter(dated_at__gte=start_of_day(since)) if since else self
        return dated.filter(dated_at__lt=start_of_day(add_days(until, 1))) if until else dated

    def in_languages(self, codes: Collection[str]) -> Self:
        """Return those in one of these languages; all of them where none is named."""
        return self.filter(language__in=codes) if codes else self

    def sorted_by(self, order: str) -> Self:
        """Sort by one of SORT_ORDERS, the newest first where there is no such order."""
        return self.order_by(*SORT_ORDERS.get(order, SORT_ORDERS["newest"]))

    def count_by_facet(self, *more_fields: str, **counts: Any) -> models.QuerySet[Any, dict[str, Any]]:
        """Return a row for each source and language (and values of `more_fields`) with its number of `articles` and `counts`."""
        fields = ("source__slug", "source__name", "language", *more_fields)
        return self.order_by().values(*fields).annotate(articles=models.Count("pk"), **counts)

    def with_year(self) -> Self:
        """Annotate the `year` of each in the time zone of the site, as four digits."""
        return self.annotate(year=Cast(ExtractYear("dated_at"), models.CharField()))

    def first_copies(self) -> Self:
        """Return them without those of which another one is here that is of the same story and was published before."""
        return self.filter(~self.is_later_copy())

    def is_later_copy(self) -> models.Q:
        """Return the condition that an article is of the same story as another one of these, which was published before."""
        dated, key = models.OuterRef("dated_at"), models.OuterRef("pk")
        before = models.Q(dated_at__lte=dated) & (models.Q(dated_at__lt=dated) | models.Q(pk__lt=key))
        earlier = self.order_by().filter(before, story=models.OuterRef("story"))
        return models.Q(story__isnull=False) & models.Q(models.Exists(earlier))

    def newer_than(self, article: DatedRow) -> Self:
        """Return those before this one in the library's order, the nearest first."""
        return (
            self.filter(dated_at__gte=article.dated_at)
            .filter(models.Q(dated_at__gt=article.dated_at) | models.Q(pk__gt=article.pk))
            .order_by("dated_at", "pk")
        )

    def older_than(self, article: DatedRow) -> Self:
        """Return those after this one in the library's order, the nearest first."""
        return (
            self.filter(dated_at__lte=article.dated_at)
            .filter(models.Q(dated_at__lt=article.dated_at) | models.Q(pk__lt=article.pk))
            .order_by("-dated_at", "-pk")
        )


def start_of_day(day: date) -> datetime:
    """Return the moment at which a day begins here."""
    return make_aware(datetime.combine(day, time.min))
