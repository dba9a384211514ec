"""Passages that stand in several copies of a story, counted once: in the copy that was published first.

Two highlights are the same passage where they quote the same words, whatever their punctuation, in articles of one story, and the
later one has no tag that the earlier one lacks. Which is the first does not depend on filters, so that numbers of parts add up.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from annotations.errors import TooManyPassagesError
from annotations.models.highlight_tag import HighlightTag
from annotations.models.project import Project
from annotations.passages.queries import PassageQuerySet
from newsreader.caching import page_cache
from newsreader.text.copies.shingles import split_words

CACHE_SECONDS = 60
MAX_IN_STORIES = 50_000  # highlights of a project on articles that are part of stories
KEYS_OF_LIST = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT jsonb_array_elements_text(%s::jsonb)::uuid",
}


class CopiedPassage(NamedTuple):
    """A highlight on an article of a story: the story, the article with its date, and the words that it quotes."""

    key: UUID
    story: int
    dated_at: datetime
    article: int
    exact: str

    @property
    def words(self) -> tuple[int, str]:
        """What it has in common with the same words in other articles of the story."""
        return self.story, " ".join(split_words(self.exact))


def leave_out_copies(highlights: PassageQuerySet, everything: PassageQuerySet, project: Project) -> PassageQuerySet:
    """Return the highlights without later copies; `everything` are those that its reader may read in the same layer.

    Raise TooManyPassagesError where there are too many to be compared.
    """
    keys = load_later_copies(everything, project)
    return highlights.exclude(make_key_condition(keys)) if keys else highlights


def load_later_copies(everything: PassageQuerySet, project: Project) -> list[str]:
    """Return the keys of the highlights that are later copies of others.

    They are kept until the project changes, a minute at most, but not for who reads blind: the time of a page would tell that others
    did something.
    """
    in_stories = everything.filter(project=project, article__story__isnull=False).order_by()
    rows = in_stories.values_list("pk", "article__story", "article__dated_at", "article", "exact")
    asked = sha256(repr(rows.query.sql_with_params()).encode()).hexdigest()
    key = f"copies-{project.pk}-{project.version}-{asked}"
    keys = None if project.sight else page_cache.get(key)
    if keys is None:
        passages = [CopiedPassage(*row) for row in rows[: MAX_IN_STORIES + 1]]
        if len(passages) > MAX_IN_STORIES:
            raise TooManyPassagesError
        keys = [copy.hex for copy in find_later_copies(passages, load_tags(in_stories, project))]
        if not project.sight:
            page_cache.set(key, keys, CACHE_SECONDS)
    return keys


def load_tags(highlights: PassageQuerySet, project: Project) -> dict[UUID, set[UUID]]:
    """Return the tags (keys) of each of these highlights, by its key."""
    tags: dict[UUID, set[UUID]] = defaultdict(set)
    pairs = HighlightTag.objects.filter(project=project, highlight__in=highlights.values("pk")).order_by()
    for highlight, tag in pairs.values_list("highlight", "tag"):
        tags[highlight].add(tag)
    return tags


def find_later_copies(passages: Iterable[CopiedPassage], tags: dict[UUID, set[UUID]]) -> list[UUID]:
    """Return the highlights that stand on another article before, with the same words and all of their tags."""
    alike: dict[tuple[int, str], list[CopiedPassage]] = defaultdict(list)
    for passage in passages:
        alike[passage.words].append(passage)
    several = [group for (_, words), group in alike.items() if words and len({one.article for one in group}) > 1]
    return [key for group in several for key in list_later(group, tags)]


def list_later(group: list[CopiedPassage], tags: dict[UUID, set[UUID]]) -> list[UUID]:
    """Return those of the same words in several articles of which another article has one with all of their tags before."""
    first: list[CopiedPassage] = []
    later = []
    for passage in sorted(group, key=lambda one: (one.dated_at, one.article)):
        before = (other for other in first if other.article != passage.article)
        if any(tags[passage.key] <= tags[other.key] for other in before):
            later.append(passage.key)
        else:
            first.append(passage)
    return later


def make_key_condition(keys: list[str]) -> Q:
    """Return the condition to have one of these keys, which a query takes as one parameter, however many they are."""
    written = json.dumps(keys if connection.vendor == "sqlite" else [str(UUID(key)) for key in keys])
    return Q(pk__in=RawSQL(KEYS_OF_LIST[connection.vendor], [written]))  # noqa: S611 the keys are a parameter
