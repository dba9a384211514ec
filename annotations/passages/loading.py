"""Load passages: what was read of highlights, with their tags and with their placements on the current text."""

from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.timezone import localtime

from annotations.exchange.sections import ExportedReply
from annotations.models.codebook import load_codebook
from annotations.models.highlight_tag import HighlightTag
from annotations.models.placement import Placement
from annotations.models.reply import Reply
from annotations.passages.passage import Passage, PassageTag, PlacementState, build_passage


def load_passages(rows: list[tuple[Any, ...]], context: str) -> list[Passage]:
    """Return the passages of rows of `list_passage_fields`, with their tags and placements."""
    tags = load_passage_tags([row[0] for row in rows])
    states = load_placement_states([row[0] for row in rows if row[-1]])
    return [build_passage(row, tags.get(row[0], []), states.get(row[0]), context) for row in rows]


def load_passage_tags(keys: list[UUID]) -> dict[UUID, list[PassageTag]]:
    """Return the tags of each of these highlights, in their order."""
    pairs = HighlightTag.objects.filter(highlight__in=keys).order_by("position")
    tags: dict[UUID, list[PassageTag]] = {}
    for key, tag_key, *codebook in pairs.values_list("highlight_id", "tag_id", "project_id", "project__codebook"):
        if tag := load_codebook(*codebook).get(tag_key.hex):
            tags.setdefault(key, []).append(PassageTag(tag.name, tag.colour, tag.address))
    return tags


def load_tag_names(keys: list[UUID]) -> dict[UUID, list[str]]:
    """Return the names of the tags of each of these highlights, in their order."""
    pairs = HighlightTag.objects.filter(highlight__in=keys).order_by("position")
    names: dict[UUID, list[str]] = {}
    for key, name in pairs.values_list("highlight_id", "tag__name"):
        names.setdefault(key, []).append(name)
    return names


def load_replies(keys: list[UUID]) -> dict[UUID, list[ExportedReply]]:
    """Return the replies to each of these highlights, the first one first; no query for no keys."""
    if not keys:
        return {}
    standing = Reply.objects.standing().filter(thread__highlight__in=keys).order_by("created_at", "pk")
    replies: dict[UUID, list[ExportedReply]] = {}
    for key, reader, text, at in standing.values_list("thread__highlight", "author__username", "text", "created_at"):
        replies.setdefault(key, []).append(ExportedReply(reader, text, localtime(at)))
    return replies


def load_placement_states(keys: list[UUID]) -> dict[UUID, PlacementState]:
    """Return the state of those highlights that do not stand on the same words in the current text; no query for no keys."""
    if not keys:
        return {}
    current = Placement.objects.filter(highlight__in=keys, revision__number=F("highlight__article__revision"))
    changed = current.exclude(state="same", decision="").order_by()
    rows = changed.values_list("highlight_id", "state", "decision", "material")
    return {key: PlacementState(state, decision, material) for key, state, decision, material in rows}
