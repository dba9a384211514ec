"""Passages: highlights as they are read outside their articles, filtered, ordered and read page by page."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import islice
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Value
from django.utils.timezone import localtime

from annotations.exchange.sections import ExportedPassage
from annotations.models.access import PEOPLE
from annotations.models.highlight import Highlight, HighlightQuerySet
from annotations.models.highlight_tag import HighlightTag
from annotations.models.placement import Placement
from annotations.models.project import Project
from annotations.models.search_entry import project_sign
from annotations.passages.loading import load_passages, load_replies, load_tag_names
from annotations.passages.passage import EXPORT_FIELDS, Passage, list_passage_fields
from annotations.passages.search_fields import make_passage_fields, make_tag_name_alternative, parse_passage_query
from annotations.tag_query.queries import has_tags, make_relation_condition
from newsreader.models import Source
from newsreader.models.article_queries import start_of_day
from newsreader.search import matching
from newsreader.search.ast import Query
from newsreader.text.dates import add_days
from newsreader.users import AnyUser

PAGE_SIZE = 50
CHUNK_SIZE = 500
MAX_COUNT = 1_000  # passages; more are said to be more
RARE_TAG_COUNT = 2_000  # highlights; to put so many in order costs less than to look through all for them
ORDER_FIELDS = {  # by what (`key` is the primary key, which browsers make by their own clocks), and whether it goes down
    "latest": (["created_at", "key"], True),
    "article": (["article_id", "start", "key"], False),
    "source": (["article__source__name", "article_id", "start", "key"], False),
}


class PassagePage(NamedTuple):
    """One page of passages, and the keys from which to read on, either way; None where nothing follows."""

    passages: list[Passage]
    before: UUID | None
    after: UUID | None


def place_in_time_zone(passage: ExportedPassage) -> ExportedPassage:
    """Return the passage with its dates in the time zone of the site, as its pages have them."""
    published_at = passage.published_at and localtime(passage.published_at)
    return passage._replace(published_at=published_at, created_at=localtime(passage.created_at))


class PassageQuerySet(HighlightQuerySet):
    """Highlights as passages: what may be asked of them, whatever their articles."""

    def with_tags(self, project: Project, groups: list[list[str]]) -> Self:
        """Return the project's, with at least one tag (key) of each group."""
        leading = self.find_leading_tag(project, groups)
        highlights = (
            self.with_leading_tag(project, leading) if leading else self.filter(project=project).with_order_key()
        )
        for group in groups:
            highlights = highlights if group == [leading] else highlights.filter(has_tags(project, group))
        return highlights

    def find_leading_tag(self, project: Project, groups: list[list[str]]) -> str:
        """Return the rarest tag that all must have, if its pairs are a quicker way than the highlights in their order; else ""."""
        pairs = HighlightTag.objects.filter(project=project).order_by().values("pk")
        required = {group[0] for group in groups if len(group) == 1}
        numbers = {key: pairs.filter(tag=UUID(key))[: RARE_TAG_COUNT + 1].count() for key in sorted(required)}
        rarest = min(numbers, key=numbers.__getitem__, default="")
        return rarest if rarest and numbers[rarest] <= RARE_TAG_COUNT else ""

    def with_leading_tag(self, project: Project, tag: str) -> Self:
        """Return those with this tag (key); the project is looked up in the pairs only."""
        pair = models.FilteredRelation("highlighttag", condition=Q(highlighttag__project=project))
        return self.annotate(pair=pair).filter(pair__tag=tag).alias(key=F("pair__highlight_id"))

    def with_order_key(self) -> Self:
        """Return them with the primary key under the name that ORDER_FIELDS has for it."""
        return self.alias(key=F("pk"))

    def without_tags(self, project: Project, tags: list[str]) -> Self:
        """Return those with none of these tags (keys)."""
        return self.exclude(has_tags(project, tags)) if tags else self

    def with_placement_state(self, project: Project, state: str) -> Self:
        """Return those with this state on the current text: one of placements, or "waiting" for a decision."""
        current = Placement.objects.filter(
            project=project, highlight=OuterRef("pk"), revision__number=OuterRef("article__revision")
        )
        if state == "same":
            return self.exclude(Exists(current.exclude(state="same")))
        fields: dict[str, Any] = {"open": True} if state == "waiting" else {"state": state}
        return self.filter(Exists(current.filter(**fields)))

    def dated_between(self, since: date | None, until: date | None) -> Self:
        """Return those in articles dated from the day `since` to the day `until`, both included; None leaves an end open."""
        highlights = self.filter(article__dated_at__gte=start_of_day(since)) if since else self
        if not until:
            return highlights
        return highlights.filter(article__dated_at__lt=start_of_day(add_days(until, 1)))

    def matching_words(self, project: Project, words: str, layer: str = PEOPLE) -> Self:
        """Return those of the project that match a written query, as `matching_query` finds them."""
        return self.matching_query(project, parse_passage_query(words), layer) if words else self

    def matching_query(self, project: Project, query: Query, layer: str = PEOPLE) -> Self:
        """Return those of the project that match the query; a word may also stand in the name of one of their tags.

        Raise TooManyPassagesError where too many would have to be measured.
        """
        return matching(
            self,
            query,
            fields=make_passage_fields(project),
            alternative=make_tag_name_alternative(project),
            scope=project_sign(project.pk),
            relate=partial(make_relation_condition, self, project, layer),
        )

    def after_in_order(self, order: str, key: UUID | None, *, back: bool = False) -> Self:
        """Return those that come after this one in the order, the nearest first; with `back`, those before it."""
        names, is_descending = ORDER_FIELDS[order]
        values = self.get_order_values(key, names) if key else None
        ordered = self.order_by(*[f"-{name}" if is_descending != back else name for name in names])
        return ordered.filter(make_after_condition(names, values, is_descending != back)) if values else ordered

    def get_order_values(self, key: UUID, names: list[str]) -> tuple[Any, ...] | None:
        """Return what a highlight has under these names, whether or not it is still there; None where it never was."""
        return type(self)(self.model).annotate(key=F("pk")).filter(pk=key).values_list(*names).first()

    def count_roughly(self) -> dict[str, int]:
        """Return how many there are (`number`, MAX_COUNT + 1 at most), in how many `articles` of how many `sources`."""
        counted = self.order_by().values("pk", "article_id", "article__source_id")[: MAX_COUNT + 1]
        distinct = {"articles": "article_id", "sources": "article__source_id"}
        counts = {name: Count(field, distinct=True) for name, field in distinct.items()}
        return counted.aggregate(number=Count("pk"), **counts)

    def load_page(
        self,
        order: str,
        *,
        after: UUID | None = None,
        before: UUID | None = None,
        size: int = PAGE_SIZE,
        context: str = "sentence",
    ) -> PassagePage:
        """Return the passages that come after one of them, or before one, or the first ones; `size` of them at most."""
        back = bool(before and not after)
        keys = self.after_in_order(order, before if back else after, back=back).values("pk")[: size + 1]
        page = type(self)(self.model).filter(pk__in=keys).with_order_key()
        rows = list(page.after_in_order(order, None, back=back).values_list(*list_passage_fields(context)))
        has_more, rows = len(rows) > size, rows[:size]
        if back:
            rows.reverse()
        passages = load_passages(rows, context)
        has_earlier, has_later = (has_more, bool(rows)) if back else (bool(after and rows), has_more)
        return PassagePage(passages, passages[0].id if has_earlier else None, passages[-1].id if has_later else None)

    def load_by_key(self, keys: list[UUID], context: str = "sentence") -> dict[UUID, Passage]:
        """Return the passages of these keys, each by its own.

        For keys that are known to be readable: among all that a user may read SQLite would look through all of these.
        """
        rows = list(self.filter(pk__in=keys).order_by().values_list(*list_passage_fields(context)))
        return {passage.id: passage for passage in load_passages(rows, context)}

    def iterate_exported(self, order: str) -> Iterator[ExportedPassage]:
        """Yield every one of these as it is exported, in the order, in a memory that does not grow with their number."""
        rows = self.after_in_order(order, None).values_list(*EXPORT_FIELDS).iterator(chunk_size=CHUNK_SIZE)
        while chunk := list(islice(rows, CHUNK_SIZE)):
            names = load_tag_names([row[0] for row in chunk])
            replies = load_replies([row[0] for row in chunk if row[-1]])
            passages = (
                ExportedPassage._make((*row[:-1], names.get(row[0], []), replies.get(row[0], []))) for row in chunk
            )
            yield from map(place_in_time_zone, passages)

    def in_project(self, project: Project | UUID, user: AnyUser, layer: str = PEOPLE) -> Self:
        """Return the project's that the user may read, as its lists show them."""
        if isinstance(project, Project):
            return self.readable_by(user, project, layer).order_by()
        return self.readable_by(user, layer=layer).filter(project=project).order_by()

    def load_origins(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return the sources (slug: name) and the readers (name: name) of these highlights, by name, in one query."""
        sources = Source.objects.filter(Exists(self.filter(article__source=OuterRef("pk"))))
        readers = get_user_model().objects.filter(Exists(self.filter(author=OuterRef("pk"))))
        kinds = [Value(0), Value(1)]
        rows = sources.order_by().values_list("slug", "name", kinds[0])
        rows = rows.union(readers.order_by().values_list("username", "username", kinds[1]))
        by_name = sorted(rows, key=lambda row: row[1].casefold())
        source_names, reader_names = ({slug: name for slug, name, kind in by_name if kind == n} for n in (0, 1))
        return source_names, reader_names


def make_after_condition(names: Sequence[str], values: Sequence[Any], is_descending: bool) -> Q:
    """Return the condition to come after these values: further by the first name, or as far and further by the next."""
    (name, *other_names), (value, *other_values) = names, values
    further = Q(**{f"{name}__{'lt' if is_descending else 'gt'}": value})
    if not other_names:
        return further
    as_far = Q(**{f"{name}__{'lte' if is_descending else 'gte'}": value})
    # Written this way, an engine can begin to read at the values.
    return as_far & (further | make_after_condition(other_names, other_values, is_descending))


def all_passages() -> PassageQuerySet:
    """Return all highlights, deleted ones too, as passages; `readable_by` narrows them to what somebody may read in a layer."""
    return PassageQuerySet(Highlight)
