"""Make the tags that an import needs and a project has not: all of them by a few queries, since others wait meanwhile."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User

from annotations.exchange.record import TagRecord
from annotations.imports.plan import ImportPlan
from annotations.models import history
from annotations.models.project import Project
from annotations.models.tag import Tag
from annotations.models.tag_places import depth_first
from annotations.rendering.tag_lines import LINES, choose_line
from newsreader.text.language.names import fold_name

MAX_COMPANIONS = 100  # tags of one article: among more of them no line is free anyway


def create_tags(project: Project, importer: User, plan: ImportPlan) -> list[Tag]:
    """Make the tags that are missing, as the file describes them and under their parents, and return them.

    The project has to be locked. A tag of that name that somebody has made since the plan is taken as it is.
    """
    tags_by_name = Tag.objects.by_lower_name(project)
    existing = sorted(tags_by_name.values(), key=lambda tag: (tag.position, tag.name))
    records = [record for record in plan.new_tags if fold_name(record.name) not in tags_by_name]
    created = build_tags(project, plan, records, existing)
    tags_by_id = {record.id: tags_by_name.get(fold_name(record.name)) for record in plan.file_codebook}
    tags_by_id |= {record.id: tag for record, tag in zip(records, created, strict=True)}
    set_parents(records, created, tags_by_id, {tag.pk: tag.parent_id for tag in existing})
    save_tags(project, importer, existing, created)
    return created


def build_tags(project: Project, plan: ImportPlan, records: list[TagRecord], existing: list[Tag]) -> list[Tag]:
    """Return unsaved tags, each with a line of its own while one is free."""
    tags = {fold_name(tag.name): tag for tag in existing}
    used = Counter(tag.colour for tag in existing)
    lines, companions = choose_lines(records, {tag.colour for tag in existing}), find_companions(plan)
    created = []
    for record, line in zip(records, lines, strict=True):
        beside = [tags[name] for name in companions.get(fold_name(record.name), ()) if name in tags]
        colour = line or choose_line(used, [tag.colour for tag in beside])
        used[colour] += 1
        tag = Tag(project=project, name=record.name, colour=colour, **list_tag_fields(record, plan))
        tags[fold_name(tag.name)] = tag
        created.append(tag)
    return created


def choose_lines(records: list[TagRecord], taken: set[int]) -> list[int]:
    """Return the line of each new tag: as the file has it unless that is taken here and another is free; 0 where none is."""
    free = [line for line in LINES if line not in taken | {record.colour for record in records}]
    lines = []
    for record in records:
        own = record.colour if record.colour and record.colour in LINES else 0
        lines.append(free.pop(0) if free and (own in taken or not own) else own)
    return lines


def find_companions(plan: ImportPlan) -> dict[str, set[str]]:
    """Return for each tag the tags that stand in the same articles of the file, unless these are many; names in small letters."""
    by_article: dict[int | str, set[str]] = {}
    for planned in [*plan.highlights, *plan.on_new_texts]:
        by_article.setdefault(planned.article.pk or planned.record.article, set()).update(
            fold_name(name) for name in planned.tags
        )
    companions: dict[str, set[str]] = {}
    for names in (names for names in by_article.values() if len(names) <= MAX_COMPANIONS):
        for name in names:
            companions.setdefault(name, set()).update(names)
    return companions


def list_tag_fields(record: TagRecord, plan: ImportPlan) -> dict[str, Any]:
    """Return the fields of a new tag that its record gives, but its line."""
    fields: dict[str, Any] = {
        "definition": record.definition,
        "use_for": record.use_for,
        "not_for": record.not_for,
        "heading_only": record.heading_only,
    }
    fields |= {"status": "retired"} if record.retired else {}
    return fields | ({"id": plan.tag_keys[record.id]} if record.id in plan.tag_keys else {})


def set_parents(
    records: list[TagRecord],
    created: list[Tag],
    tags_by_id: dict[str, Tag | None],
    parents: dict[UUID, UUID | None],
) -> None:
    """Set the parent of each new tag, unless that stands under the tag itself; `parents` has the keys of those above all tags."""
    for record, tag in zip(records, created, strict=True):
        parent = tags_by_id.get(record.parent) if record.parent else None
        if parent and not is_same_or_under(parent.pk, tag.pk, parents):
            tag.parent, parents[tag.pk] = parent, parent.pk


def is_same_or_under(key: UUID | None, ancestor: UUID, parents: dict[UUID, UUID | None]) -> bool:
    """Return whether a tag is the other one, or stands under it at whatever depth."""
    while key is not None and key != ancestor:
        key = parents.get(key)
    return key is not None


def save_tags(project: Project, importer: User, existing: list[Tag], created: list[Tag]) -> None:
    """Save new tags, the positions of all in the tree, and an event for each new one."""
    before = {tag.pk: tag.position for tag in existing}
    for number, tag in enumerate(depth_first([*existing, *created])):
        tag.position = number
    Tag.objects.bulk_create(created)
    Tag.objects.bulk_update([tag for tag in existing if tag.position != before[tag.pk]], ["position"])
    history.record_all(
        project.pk, "tag made", importer, {tag.pk: {"name": tag.name, "imported": True} for tag in created}
    )
