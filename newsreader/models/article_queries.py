from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models.functions import Cast, Substr
from django.utils.timezone import make_aware

ORDERS = {
    "newest": ("-dated_at", "-pk"),
    "oldest": ("dated_at", "pk"),
    "longest": ("-words", "-pk"),
}


class ShelfQuerySet(models.QuerySet):
    """Articles as the library lays them out."""

    def published(self):
        return self.filter(status="published")

    def known_to(self, user):
        """With `read_at`, `saved_at` and `revision_read`: what the user did with each, None for a visitor."""
        if not user.is_authenticated:
            never = models.Value(None, output_field=models.DateTimeField())
            none = models.Value(None, output_field=models.IntegerField())
            return self.annotate(read_at=never, saved_at=never, revision_read=none)
        own = models.FilteredRelation("readings", condition=models.Q(readings__user=user))
        names = {"read_at": "read_at", "saved_at": "saved_at", "revision_read": "revision"}
        return self.annotate(own=own, **{name: models.F(f"own__{field}") for name, field in names.items()})

    def unread(self):
        """Of articles `known_to` a user, those not read yet."""
        return self.filter(read_at=None)

    def saved(self):
        """Of articles `known_to` a user, those kept for later."""
        return self.exclude(saved_at=None)

    def of_sources(self, slugs):
        """Those that one of these sources published; all of them where none is named."""
        return self.filter(source__slug__in=slugs) if slugs else self

    def dated(self, since: date | None, until: date | None):
        """Those dated from the day `since` to the day `until`, both included; None leaves an end open."""
        within = self.filter(dated_at__gte=midnight(since)) if since else self
        return within.filter(dated_at__lt=midnight(until + timedelta(days=1))) if until else within

    def in_languages(self, codes):
        """Those in one of these languages; all of them where none is named."""
        return self.filter(language__in=codes) if codes else self

    def in_order(self, order: str):
        """In one of ORDERS, the newest first where there is no such order."""
        return self.order_by(*ORDERS.get(order, ORDERS["newest"]))

    def tallied(self, *more: str, **counts):
        """A row for each source and language with articles here: their number, these counts, and `more` to tell rows by."""
        names = ("source__slug", "source__name", "language", *more)
        return self.order_by().values(*names).annotate(articles=models.Count("pk"), **counts)

    def by_year(self):
        """With the `year` (UTC) of each, in figures."""
        return self.annotate(year=Substr(Cast("dated_at", models.CharField()), 1, 4))

    def newer_than(self, article):
        """Those before this one in the library's order, the nearest first."""
        return (
            self.filter(dated_at__gte=article.dated_at)
            .filter(models.Q(dated_at__gt=article.dated_at) | models.Q(pk__gt=article.pk))
            .order_by("dated_at", "pk")
        )

    def older_than(self, article):
        """Those after this one in the library's order, the nearest first."""
        return (
            self.filter(dated_at__lte=article.dated_at)
            .filter(models.Q(dated_at__lt=article.dated_at) | models.Q(pk__lt=article.pk))
            .order_by("-dated_at", "-pk")
        )


def midnight(day: date) -> datetime:
    """The moment at which a day begins here."""
    return make_aware(datetime.combine(day, time.min))
