"""Other tags for many highlights at once, in one transaction and with one event, which can be undone."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext_noop

from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.project import Project
from annotations.models.tag import Tag
from annotations.models.tag_editing import list_tagged_highlights, remove_pairs


def retag(
    project: Project, highlights: QuerySet[Highlight], *, by: User, remove: Tag | None = None, add: Tag | None = None
) -> int:
    """Replace a tag of these highlights by another, in its place, or add or remove one; return how many that changed."""
    with transaction.atomic():
        project.lock()
        changed = highlights.filter(tags=remove) if remove else highlights.exclude(tags=add)
        keys = list(changed.order_by().values_list("pk", flat=True))
        if keys:
            tagged = raise_versions(keys)
            change_pairs(project, keys, remove, add)
            names = {"remove": remove.name if remove else "", "add": add.name if add else ""}
            project.record(gettext_noop("passages retagged"), by, undo_data=tagged, number=len(keys), **names)
    return len(keys)


def split_tag(tag: Tag, choices: Mapping[UUID, Tag], *, by: User) -> int:
    """Give highlights of the tag, by their keys, each another tag in its place; return how many had it still."""
    project = tag.project
    with transaction.atomic():
        project.lock()
        keys = list(tag.highlights.filter(pk__in=list(choices)).order_by().values_list("pk", flat=True))
        if keys:
            tagged = raise_versions(keys)
            for target in set(choices.values()):
                change_pairs(project, [key for key in keys if choices[key] == target], tag, target)
            targets = sorted({choices[key].name for key in keys})
            tag.record(
                gettext_noop("tag split"), by, undo_data=tagged, number=len(keys), name=tag.name, targets=targets
            )
    return len(keys)


def raise_versions(keys: list[UUID]) -> dict[str, list[Any]]:
    """Raise the versions of highlights; return them with their tags, as an undo needs them."""
    highlights = Highlight.objects.filter(pk__in=keys)
    highlights.update(version=F("version") + 1)
    return list_tagged_highlights(highlights)


def change_pairs(project: Project, keys: list[UUID], remove: Tag | None, add: Tag | None) -> None:
    """Replace, remove or add a tag of highlights; where both stand, the earlier place is kept."""
    pairs = HighlightTag.objects.filter(project=project, highlight__in=keys).order_by()
    if remove and add:
        both = {"highlight__highlighttag__tag": remove, "highlight__highlighttag__position__lte": F("position")}
        remove_pairs(pairs.filter(tag=add, **both))
        remove_pairs(pairs.filter(tag=remove, highlight__highlighttag__tag=add))
        pairs.filter(tag=remove).update(tag=add)
    elif remove:
        remove_pairs(pairs.filter(tag=remove))
    elif add:
        last = dict(pairs.values_list("highlight").annotate(Max("position")))
        HighlightTag.objects.bulk_create(
            HighlightTag(project=project, highlight_id=key, tag=add, position=last.get(key, -1) + 1) for key in keys
        )
