"""Passages: highlights as they are read outside their articles, narrowed, put in order and walked page by page."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Value

from annotations.exchange.sections import ExportedPassage
from annotations.models.highlight import Highlight, HighlightQuerySet
from annotations.models.placement import Placement
from annotations.models.search_entry import project_sign
from annotations.passages.loading import names_of, told
from annotations.passages.passage import LISTED, Passage, described
from annotations.passages.search_fields import OF_PASSAGES, fields_of_passages, named_in_codebook
from annotations.tag_query.queries import Choice, has_tags
from newsreader.models import Source
from newsreader.models.article_queries import start_of_day
from newsreader.search import matching
from newsreader.search.query import parse

A_PAGE = 50
A_CHUNK = 500
COUNTED = 1_000  # passages; more are said to be more
RARE = 2_000  # highlights; to put so many in order costs less than to look through all for them
ORDERS = {  # by what (`key` is the primary key), and whether it goes down
    "latest": (["key"], True),
    "article": (["article_id", "start", "key"], False),
    "source": (["article__source__name", "article_id", "start", "key"], False),
}


class Leaf(NamedTuple):
    """One page of passages, and the keys from which to read on, either way; None where nothing follows."""

    passages: list[Passage]
    before: UUID | None
    after: UUID | None


class PassageQuerySet(HighlightQuerySet):
    """Highlights as passages: what may be asked of them, whatever their articles."""

    def of(self, project, groups: list[list[str]], order: str):
        """The project's, with at least one tag (key) of each group, for reading in that order."""
        lead = self.leading_tag(project, groups, order)
        found = self.led_by(project, lead) if lead else self.filter(project=project).keyed()
        for group in groups:
            found = found if group == [lead] else found.filter(has_tags(project, group))
        return found

    def leading_tag(self, project, groups: list[list[str]], order: str) -> str:
        """The rarest tag that all must have, if its pairs are a quicker way than the highlights in their order; else ""."""
        must = [group[0] for group in groups if len(group) == 1]
        if not must or (len(must) == 1 and order == "latest"):
            return must[0] if must else ""
        pairs = self.model.tags.through.objects.filter(project=project, tag__in=must).order_by()
        numbers = dict(pairs.values_list("tag").annotate(number=Count("highlight")))
        number, rarest = min((numbers.get(UUID(key), 0), key) for key in must)
        return rarest if order == "latest" or number <= RARE else ""

    def led_by(self, project, tag: str):
        """Those with this tag. The project is looked up in the pairs only, which lie in the order of the highlights' keys."""
        pair = models.FilteredRelation("highlighttag", condition=Q(highlighttag__project=project))
        return self.annotate(pair=pair).filter(pair__tag=tag).alias(key=F("pair__highlight_id"))

    def keyed(self):
        return self.alias(key=F("pk"))

    def lacking(self, project, tags: list):
        """Those with none of these tags."""
        return self.exclude(has_tags(project, tags)) if tags else self

    def meeting(self, project, tree, codebook):
        """Those that a tag expression means; TooManyPassagesError where too many would have to be measured."""
        return self.filter(Choice(self, project, codebook).condition(tree))

    def faring(self, project, state: str):
        """Those of which this became on the current text: a state of placements, or "waiting" for a decision."""
        current = Placement.objects.filter(
            project=project, highlight=OuterRef("pk"), revision__number=OuterRef("article__revision")
        )
        if state == "same":
            return self.exclude(Exists(current.exclude(state="same")))
        wanted = {"open": True} if state == "waiting" else {"state": state}
        return self.filter(Exists(current.filter(**wanted)))

    def dated(self, since: date | None, until: date | None):
        """Those in articles dated from the day `since` to the day `until`, both included; None leaves an end open."""
        within = self.filter(article__dated_at__gte=start_of_day(since)) if since else self
        return within.filter(article__dated_at__lt=start_of_day(until + timedelta(days=1))) if until else within

    def mentioning(self, project, words: str):
        """Those of the project that are what the query asks for; a word may also stand in the name of one of their tags."""
        query = parse(words, OF_PASSAGES)
        also = named_in_codebook(project)
        return matching(self, query, fields_of_passages(project), also, project_sign(project.pk)) if words else self

    def beyond(self, order: str, key: UUID | None, *, back: bool = False):
        """Those that come after this one in the order, the nearest first; with `back`, those before it."""
        names, down = ORDERS[order]
        place = self.place_of(key, names) if key else None
        ordered = self.order_by(*[f"-{name}" if down != back else name for name in names])
        return ordered.filter(past(names, place, down != back)) if place else ordered

    def place_of(self, key: UUID, names: list[str]) -> tuple | None:
        """What a highlight has under these names, whether or not it is still there; None where it never was."""
        if names == ["key"]:
            return (key,)
        return type(self)(self.model).annotate(key=F("pk")).filter(pk=key).values_list(*names).first()

    def tally(self) -> dict:
        """How many there are (`number`, COUNTED + 1 at most), in how many `articles` of how many `sources`."""
        some = self.order_by().values("pk", "article_id", "article__source_id")[: COUNTED + 1]
        distinct = {"articles": "article_id", "sources": "article__source_id"}
        counts = {name: Count(field, distinct=True) for name, field in distinct.items()}
        return some.aggregate(number=Count("pk"), **counts)

    def leaf(
        self,
        order: str,
        *,
        after: UUID | None = None,
        before: UUID | None = None,
        size: int = A_PAGE,
        context="sentence",
    ) -> Leaf:
        """The passages that come after one of them, or before one, or the first ones; `size` of them at most."""
        back = bool(before and not after)
        key = before if back else after
        found = self.beyond(order, key, back=back).values("pk")[: size + 1]
        page = type(self)(self.model).filter(pk__in=found).keyed()
        rows = list(page.beyond(order, None, back=back).values_list(*described(context)))
        more, rows = len(rows) > size, rows[:size]
        if back:
            rows.reverse()
        passages = told(rows, context)
        earlier, later = (more, bool(rows)) if back else (bool(after and rows), more)
        return Leaf(passages, passages[0].id if earlier else None, passages[-1].id if later else None)

    def by_key(self, keys: list[UUID], context: str = "sentence") -> dict[UUID, Passage]:
        """The passages of these keys, each by its own.

        For keys that one has found to be readable: among all that one may read SQLite would look through all of these.
        """
        rows = list(self.filter(pk__in=keys).order_by().values_list(*described(context)))
        return {passage.id: passage for passage in told(rows, context)}

    def table(self, order: str) -> Iterator[ExportedPassage]:
        """Every one of these as a line of a table, in the order, in a memory that does not grow with their number."""
        rows = self.beyond(order, None).values_list(*LISTED).iterator(chunk_size=A_CHUNK)
        while chunk := list(islice(rows, A_CHUNK)):
            names = names_of([row[0] for row in chunk])
            yield from (ExportedPassage(*row, names.get(row[0], [])) for row in chunk)

    def within(self, project):
        """The project's standing ones on published articles."""
        return self.filter(project=project, deleted_at=None, article__status="published").order_by()

    def origins(self) -> tuple[dict, dict]:
        """The sources (slug: name) and the readers (name: name) of these highlights, by name, in one query."""
        sources = Source.objects.filter(Exists(self.filter(article__source=OuterRef("pk"))))
        readers = get_user_model().objects.filter(Exists(self.filter(author=OuterRef("pk"))))
        kinds = [Value(0), Value(1)]
        rows = sources.order_by().values_list("slug", "name", kinds[0])
        rows = rows.union(readers.order_by().values_list("username", "username", kinds[1]))
        by_name = sorted(rows, key=lambda row: row[1].casefold())
        return tuple({slug: name for slug, name, kind in by_name if kind == n} for n in (0, 1))


def past(names: list[str], place: tuple, down: bool) -> Q:
    """The condition to come after a place: further by the first name, or as far and further by the next."""
    (name, *others), (value, *rest) = names, place
    further = Q(**{f"{name}__{'lt' if down else 'gt'}": value})
    if not others:
        return further
    # Said this way, an engine can begin to read at the place.
    return Q(**{f"{name}__{'lte' if down else 'gte'}": value}) & (further | past(others, rest, down))


def all_passages() -> PassageQuerySet:
    """Return all highlights, deleted ones too, as passages; `readable_by` narrows them to what somebody may read."""
    return PassageQuerySet(Highlight)
