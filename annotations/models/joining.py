"""Merging a tag into another so that passages of one reader which touch or overlap become one.

Only passages that were made on the current text of their article are joined: what became of others on later texts is decided
for each of them. The passage that begins first is kept, over the words of all of them and with all their notes and tags; the
others are deleted in such a way that they can be restored.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from annotations.anchoring.selectors import Selector, describe
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.placement import Placement
from annotations.models.tag import Tag
from annotations.models.thread import Thread
from annotations.notes import render_note
from newsreader.inserts import insert_rows, update_rows
from newsreader.models import Article, Revision
from newsreader.search.indexes import reindex_rows

WRITTEN_FIELDS = ("start", "end", "exact", "prefix", "suffix", "note", "note_html")
TEXTS_IN_MEMORY = 50


class JoinedPassages(NamedTuple):
    """How many passages were joined into how many, and how many groups stayed apart.

    They do where their notes are too long together, or where there are replies to one that would be deleted.
    """

    passages: int = 0
    groups: int = 0
    apart: int = 0


class Row(NamedTuple):
    """What of a passage decides whether it is joined."""

    key: UUID
    revision: int
    author: int
    start: int
    end: int
    note: str
    is_merged: bool


class Group(NamedTuple):
    """Passages of one reader on one text that become one, in the order of the text, and what that is."""

    keys: list[UUID]
    place: Selector
    note: str
    note_html: str


def merge_and_join(tag: Tag, into: Tag, *, by: User) -> JoinedPassages:
    """Merge a tag into another, and join the passages that have either of them and touch or overlap."""
    with transaction.atomic():
        articles = Highlight.objects.filter(highlighttag__tag=tag).order_by().values("article")
        list(Article.objects.select_for_update().filter(pk__in=articles).order_by("pk").values_list("pk"))
        return tag.merge_or_delete(by=by, into=into, join=join_passages)


def join_passages(tag: Any, into: Any) -> tuple[JoinedPassages, list[dict[str, Any]]]:
    """Join them; return how many, and what an undo needs of each group besides the versions."""
    rows = {key: list(of_text) for key, of_text in groupby(iterate_rows(tag, into), key=attrgetter("revision"))}
    texts = Revision.objects.filter(pk__in=[key for key, of_text in rows.items() if may_join(of_text)])
    discussed = set(
        Thread.objects.filter(project=tag.project_id, reply_count__gt=0).values_list("highlight", flat=True)
    )
    groups, apart = list[Group](), 0
    for key, text in texts.values_list("pk", "text").iterator(TEXTS_IN_MEMORY):
        for run in find_runs(text, rows[key]):
            if (group := build_group(text, run)) and discussed.isdisjoint(group.keys[1:]):
                groups.append(group)
            else:
                apart += 1
    number = sum(len(group.keys) for group in groups)
    return JoinedPassages(number, len(groups), apart), write_groups(groups, tag, into) if groups else []


def iterate_rows(tag: Any, into: Any) -> Iterator[Row]:
    """Yield the passages that will have the tag, those of a text and a reader together, in the order of the text."""
    pairs = HighlightTag.objects.filter(project=tag.project_id, highlight=OuterRef("pk"))
    current = Highlight.objects.standing().filter(project=tag.project_id, revision__number=F("article__revision"))
    rows = current.annotate(is_merged=Exists(pairs.filter(tag=tag))).filter(Exists(pairs.filter(tag__in=[tag, into])))
    ordered = rows.filter(adjudication=None).order_by("revision", "author", "start", "-end", "pk")
    return map(Row._make, ordered.values_list("pk", "revision", "author", "start", "end", "note", "is_merged"))


def may_join(rows: list[Row]) -> bool:
    """Return whether a reader has two of these passages, one of them with the tag that is merged."""
    return len({row.author for row in rows}) < len(rows) and any(row.is_merged for row in rows)


def find_runs(text: str, rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield the passages that become one; those to which none with the merged tag belongs stay as they are."""
    run, end = list[Row](), 0
    for row in rows:
        if run and row.author == run[0].author and (row.start <= end or not text[end : row.start].strip()):
            run.append(row)
            end = max(end, row.end)
            continue
        if is_joined(run):
            yield run
        run, end = [row], row.end
    if is_joined(run):
        yield run


def is_joined(run: list[Row]) -> bool:
    """Return whether these passages become one."""
    return len(run) > 1 and any(row.is_merged for row in run)


def build_group(text: str, run: list[Row]) -> Group | None:
    """Return what the passages become; None where their notes are too long together."""
    note = "\n\n".join(dict.fromkeys(row.note for row in run if row.note))
    try:
        note_html = render_note(note)
    except ValueError:
        return None
    place = describe(text, run[0].start, max(row.end for row in run))
    return Group([row.key for row in run], place, note, note_html)


def write_groups(groups: list[Group], tag: Any, into: Any) -> list[dict[str, Any]]:
    """Write what the groups become; return what an undo needs of each besides the versions."""
    kept, now = Highlight.objects.in_bulk([group.keys[0] for group in groups]), timezone.now()
    undo_data = []
    for group in groups:
        row = kept[group.keys[0]]
        undo_data.append({"keys": [key.hex for key in group.keys], "before": read_fields(row)})
        for name, value in {**group.place._asdict(), "note": group.note, "note_html": group.note_html}.items():
            setattr(row, name, value)
        row.version, row.updated_at = row.version + 1, now
    write_rows(kept.values())
    others = [key for group in groups for key in group.keys[1:]]
    Highlight.objects.filter(pk__in=others).update(deleted_at=now, updated_at=now, version=F("version") + 1)
    for data, tags in zip(undo_data, add_tags_of_others(groups, tag, into), strict=True):
        data["tags"] = [tag.hex for tag in tags]
    return undo_data


def read_fields(row: Highlight) -> dict[str, Any]:
    """Return what joining changes of the passage that is kept."""
    return {name: getattr(row, name) for name in WRITTEN_FIELDS}


def write_rows(rows: Iterable[Highlight]) -> None:
    """Write what changed of these passages, and their search entries."""
    rows = list(rows)
    update_rows(rows, [*WRITTEN_FIELDS, "version", "updated_at"])
    reindex_rows(Highlight, [row.pk for row in rows])


def add_tags_of_others(groups: list[Group], tag: Any, into: Any) -> list[list[UUID]]:
    """Give the passages that are kept the tags of the others, after their own; return the tags that each had.

    The tag that is merged counts as the other one, which it becomes.
    """
    tags = read_tags(HighlightTag.objects.filter(highlight__in=[key for group in groups for key in group.keys]))
    before, rows = [tags.get(group.keys[0], []) for group in groups], []
    for group, own in zip(groups, before, strict=True):
        found = dict.fromkeys(into.pk if key == tag.pk else key for one in group.keys for key in tags.get(one, ()))
        added = [key for key in found if key not in own and not (key == into.pk and tag.pk in own)]
        fields = {"project_id": tag.project_id, "highlight_id": group.keys[0]}
        rows += [HighlightTag(**fields, tag_id=key, position=place) for place, key in enumerate(added, len(own))]
    insert_rows(rows)
    return before


def read_tags(pairs: QuerySet[HighlightTag]) -> dict[UUID, list[UUID]]:
    """Return the tags of these pairs by their highlights, in their order."""
    tags: dict[UUID, list[UUID]] = {}
    for highlight, tag in pairs.order_by("position").values_list("highlight", "tag"):
        tags.setdefault(highlight, []).append(tag)
    return tags


def find_placed(undo_data: list[dict[str, Any]]) -> set[UUID]:
    """Return those of the passages that were kept whose text is not the current one any more."""
    kept = [data["keys"][0] for data in undo_data]
    return set(Placement.objects.filter(highlight__in=kept).order_by().values_list("highlight", flat=True))


def part_passages(undo_data: list[dict[str, Any]], tags_there: set[UUID]) -> None:
    """Give the passages of these groups the words, notes and tags (`tags_there`: those that still exist) that they had."""
    if not undo_data:
        return
    now, by_key = timezone.now(), {UUID(data["keys"][0]): data for data in undo_data}
    kept = Highlight.objects.in_bulk(by_key)
    for key, row in kept.items():
        for name, value in by_key[key]["before"].items():
            setattr(row, name, value)
        row.version, row.updated_at = row.version + 1, now
    write_rows(kept.values())
    others = [key for data in undo_data for key in data["keys"][1:]]
    Highlight.objects.filter(pk__in=others).update(deleted_at=None, updated_at=now, version=F("version") + 1)
    HighlightTag.objects.filter(highlight__in=kept)._raw_delete(HighlightTag.objects.db)
    insert_rows(
        HighlightTag(project_id=kept[key].project_id, highlight_id=key, tag_id=tag, position=position)
        for key, data in by_key.items()
        for position, tag in enumerate(tag for tag in map(UUID, data["tags"]) if tag in tags_there)
    )
