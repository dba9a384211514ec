"""The parts of an open page that several changed highlights touch, to be swapped in where they stand."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from annotations.models import Event, Highlight, Project
from annotations.reading.orphans import load_orphans_context
from annotations.reading.page import PageRenderer
from annotations.reading.responses import render_shown_card
from annotations.reading.updates import Updates, list_places, render_updates_region

SHOWN_FOR = timedelta(days=1)  # a page that has been open for longer may keep the card of what was deleted before


def build_changes_context(
    project: Project, page: PageRenderer, updates: Updates, events: list[Event]
) -> dict[str, Any]:
    """Return the blocks, cards and counts that the changes touch, and from which event on the page is to ask next."""
    revision = page.revision
    revision.load_text()
    keys = [*updates.made, *updates.changed, *updates.deleted]
    shown = [row.id for row in page.layer.rows] if updates.is_about_all else []
    if updates.is_about_all:
        since = timezone.now() - SHOWN_FOR
        gone = Highlight.objects.filter(project=project, article=revision.article_id, deleted_at__gt=since).order_by()
        shown += map(str, gone.values_list("pk", flat=True))
    places = list_places(revision, events, page.layer, keys)
    blocks = range(len(page.starts)) if updates.is_about_all else find_touched_blocks(page, places)
    return {
        "page": page,
        "project": project,
        "article": revision.article,
        "blocks": [page.render_block(index) for index in blocks],
        "outline": page.swap_outline_rows(blocks),
        "cards": [(key, render_shown_card(page, key)) for key in dict.fromkeys([*map(str, keys), *shown])],
        "region": render_updates_region(project, revision, page.layer.event, page.layer_name, oob=True),
        **(load_orphans_context(project, revision, page.user_id) if revision.number > 1 else {}),
    }


def find_touched_blocks(page: PageRenderer, places: list[tuple[int, int]]) -> list[int]:
    """Return the indexes of the blocks that any of these places touches."""
    return sorted({index for place in places for index in page.find_blocks([place])})
