"""Passages as they are told: what was read of highlights, with their tags and with what became of each."""

from uuid import UUID

from django.db.models import F

from annotations.models.highlight_tag import HighlightTag
from annotations.models.placement import Placement
from annotations.passages.passage import Fate, Passage, Quoted, passage_of
from newsreader.text.language.slugs import make_slug


def told(rows: list[tuple], context: str) -> list[Passage]:
    """What `described` read, with the tags and with what became of each."""
    tags, fates = tags_of([row[0] for row in rows]), fates_of([row[0] for row in rows if row[-1]])
    return [passage_of(row, tags.get(row[0], []), fates.get(row[0]), context) for row in rows]


def tags_of(keys: list[UUID]) -> dict[UUID, list[Quoted]]:
    """The tags of each of these highlights, in their order."""
    pairs = HighlightTag.objects.filter(highlight__in=keys).order_by("position")
    tags: dict[UUID, list[Quoted]] = {}
    for key, name, colour in pairs.values_list("highlight_id", "tag__name", "tag__colour"):
        tags.setdefault(key, []).append(Quoted(name, colour, make_slug(name)))
    return tags


def names_of(keys: list[UUID]) -> dict[UUID, list[str]]:
    """The names of the tags of each of these highlights, in their order."""
    pairs = HighlightTag.objects.filter(highlight__in=keys).order_by("position")
    names: dict[UUID, list[str]] = {}
    for key, name in pairs.values_list("highlight_id", "tag__name"):
        names.setdefault(key, []).append(name)
    return names


def fates_of(keys: list[UUID]) -> dict[UUID, Fate]:
    """What became of those highlights that do not stand on the same words in the current text; no query where there are none."""
    if not keys:
        return {}
    current = Placement.objects.filter(highlight__in=keys, revision__number=F("highlight__article__revision"))
    changed = current.exclude(state="same", decision="").order_by()
    return {key: Fate(*said) for key, *said in changed.values_list("highlight_id", "state", "decision", "material")}
