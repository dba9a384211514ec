"""The conditions on highlights that a query makes: which tags they have, and what they overlap or stand near."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotations.models.codebook import codebook_of, tag_keys
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.placement import Placement
from annotations.models.project import Project
from annotations.tag_query.proximity import find_near
from newsreader.search.ast import Relation, Within

NOTHING = Q(pk__in=[])


def make_tag_condition(project: Project, name: str, with_children: bool = False) -> Q:
    """Return the condition that a highlight has the tag of that name, or one of those below it."""
    return make_any_tag_condition(project, tag_keys(codebook_of(project), name, deep=with_children))


def make_any_tag_condition(project: Project, keys: list[str]) -> Q:
    """Return the condition that a highlight has one of these tags (keys); none has one of no tags."""
    return Q(has_tags(project, keys)) if keys else NOTHING


def has_tags(project: Project, keys: Sequence[Any]) -> Exists:
    """Return the condition that a highlight of the project has one of these tags (keys, as UUIDs or in hexadecimal)."""
    pairs = HighlightTag.objects.filter(project=project, tag__in=keys, highlight=OuterRef("pk"))
    return Exists(pairs.order_by())


def make_relation_condition(
    highlights: QuerySet[Any], project: Project, layer: str, relation: Relation, left: Q, right: Q
) -> Q:
    """Return the condition that those of the `highlights` which are `left` stand as the relation says to a `right` one.

    Both are of one layer.
    Raise TooManyPassagesError where sentences would have to be counted in too many articles.
    """
    others = Highlight.objects.standing_in(project, layer).filter(right).order_by()
    if isinstance(relation, Within):
        return Q(pk__in=find_near(highlights.filter(left).order_by(), others, relation.sentences))
    return left & make_overlap_condition(project, others)


def make_overlap_condition(project: Project, others: QuerySet[Highlight]) -> Q:
    """Return the condition that one of the others stands on the same words.

    The text may be the one that both were made on, or a later one on which one of them has a place.
    """
    placed = Placement.objects.filter(project=project, highlight=OuterRef("pk"), start__isnull=False)
    return Q(
        Exists(others.filter(revision=OuterRef("revision"), **make_crossing_lookups())),
        Exists(others.filter(placements__revision=OuterRef("revision"), **make_crossing_lookups("placements__"))),
        Exists(placed.filter(Exists(others.filter(revision=OuterRef("revision"), **make_crossing_lookups())))),
        _connector=Q.OR,
    )


def make_crossing_lookups(prefix: str = "") -> dict[str, OuterRef]:
    """Return the condition that one span and the outer one have a character in common."""
    return {f"{prefix}start__lt": OuterRef("end"), f"{prefix}end__gt": OuterRef("start")}
