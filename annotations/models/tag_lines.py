"""Lines that tell tags apart: those that stand on the same words get different ones."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from annotations.models.highlight_tag import HighlightTag
from annotations.models.project import Project
from annotations.models.tag import Tag
from annotations.rendering.tag_lines import LINES

CHUNK_SIZE = 2_000  # rows
Neighbours = dict[UUID, set[UUID]]


class Separation(NamedTuple):
    """How many tags got another line, and how many still share one with a tag on the same words since none is free."""

    changed: int
    left: int


def find_neighbours(project: Project, tags: Iterable[UUID] | None = None) -> Neighbours:
    """Return for each tag those that stand on overlapping passages of one text; among all tags, or among these.

    What blind reading hides from the project's reader does not count.
    """
    pairs = HighlightTag.objects.filter(project=project, highlight__deleted_at=None)
    if project.sight:
        pairs = pairs.filter(project.sight.shows("highlight__"))
    if tags is not None:
        pairs = pairs.filter(tag__in=list(tags))
    rows = pairs.order_by("highlight__revision", "highlight__start", "pk")
    fields = ("highlight__revision", "highlight__start", "highlight__end", "tag")
    neighbours: Neighbours = defaultdict(set)
    for _revision, of_text in groupby(rows.values_list(*fields).iterator(CHUNK_SIZE), key=itemgetter(0)):
        add_neighbours(neighbours, of_text)
    return neighbours


def add_neighbours(neighbours: Neighbours, rows: Iterable[tuple[Any, int, int, UUID]]) -> None:
    """Add the tags that stand on overlapping passages of a text, whose rows come in the order in which they start."""
    ends: dict[UUID, int] = {}  # of the passages that have begun, the furthest of each tag
    for _revision, start, end, tag in rows:
        ends = {other: furthest for other, furthest in ends.items() if furthest > start}
        for other in ends.keys() - {tag}:
            neighbours[tag].add(other)
            neighbours[other].add(tag)
        ends[tag] = max(end, ends.get(tag, 0))


def find_clashes(tag: Tag, line: int) -> list[str]:
    """Return the names of the tags that have this line and stand on the same words as the tag; none where no line is free there."""
    sharing = Tag.objects.without_tree_fields().filter(project=tag.project_id, colour=line, heading_only=False)
    names = dict(sharing.exclude(pk=tag.pk).values_list("pk", "name"))
    if not names:
        return []
    together = find_neighbours(tag.project, [tag.pk, *names]).get(tag.pk, set())
    clashes = [name for key, name in names.items() if key in together]
    return clashes if clashes and has_free_line(tag) else []


def has_free_line(tag: Tag) -> bool:
    """Return whether there is a line that no tag on the same words has."""
    beside = find_neighbours(tag.project).get(tag.pk, set())
    lines = Tag.objects.without_tree_fields().filter(project=tag.project_id, heading_only=False)
    return bool(set(LINES) - {line for key, line in lines.values_list("pk", "colour") if key in beside})


def separate_lines(project: Project, *, by: User) -> Separation:
    """Give tags that share a line with one on the same words another one, while one is free; others keep theirs."""
    with transaction.atomic():
        project.lock()
        tags = [tag for tag in Tag.objects.list_in_order(project) if not tag.heading_only]
        before = {tag.pk: tag.colour for tag in tags}
        left = choose_lines(tags, find_neighbours(project))
        changed = [tag for tag in tags if tag.colour != before[tag.pk]]
        if changed:
            write_lines(changed)
            lines = {str(tag.pk): [before[tag.pk], tag.colour] for tag in changed}
            project.record(gettext_noop("lines separated"), by, number=len(changed), lines=lines)
    return Separation(len(changed), left)


def choose_lines(tags: list[Tag], neighbours: Neighbours) -> int:
    """Set the line of each tag that has the one of an earlier neighbour; return for how many none was free."""
    lines, used, left = {tag.pk: tag.colour for tag in tags}, Counter(tag.colour for tag in tags), 0
    seen: set[UUID] = set()
    for tag in tags:
        beside = {lines[key] for key in neighbours.get(tag.pk, ()) if key in lines}
        if tag.colour in {lines[key] for key in neighbours.get(tag.pk, set()) & seen}:
            free = [line for line in LINES if line not in beside]
            left += not free
            lines[tag.pk] = tag.colour = min(free, key=lambda line: used[line], default=tag.colour)
            used[tag.colour] += 1
        seen.add(tag.pk)
    return left


def write_lines(tags: list[Tag]) -> None:
    """Save the lines of these tags, and raise their versions."""
    Tag.objects.bulk_update(tags, ["colour"])
    Tag.objects.without_tree_fields().filter(pk__in=[tag.pk for tag in tags]).update(version=F("version") + 1)


def restore_lines(project: Project, lines: dict[str, list[int]], *, by: User) -> int:
    """Give the tags back the lines that `separate_lines` changed, unless they got others since; return how many these are."""
    rows = {str(tag.pk): tag for tag in Tag.objects.list_in_order(project)}
    same = [rows[key] for key, (_old, new) in lines.items() if key in rows and rows[key].colour == new]
    for tag in same:
        tag.colour = lines[str(tag.pk)][0]
    if same:
        write_lines(same)
        back = {str(tag.pk): [lines[str(tag.pk)][1], tag.colour] for tag in same}
        project.record(gettext_noop("lines restored"), by, number=len(same), lines=back)
    return len(lines) - len(same)
