"""Re-attaching: the reading page and the list of sentences ask for a new place of the highlight that ?reattach= names."""

from typing import Any

from annotations.models import Highlight, Placement, Project
from annotations.passages.filters import parse_uuid
from annotations.reading.links import build_reattach_url
from annotations.reading.orphans import build_proposal
from newsreader.http import Request
from newsreader.models import Revision


def get_placement_to_reattach(request: Request, project: Project | None, revision: Revision) -> Placement | None:
    """Return the placement on this text that ?reattach= names, if the text is current and the reader may review it."""
    key = parse_uuid(request.GET.get("reattach", ""))
    if not key or not project or revision.number != revision.article.revision:
        return None
    reviewable = Highlight.objects.reviewable_by(request.user).filter(pk=key, project=project)
    placements = Placement.objects.filter(highlight__in=reviewable, project=project, revision=revision)
    placement = placements.select_related("highlight__author", "highlight__project").first()
    if placement:
        placement.revision, placement.highlight.article = revision, revision.article
    return placement


def build_current_place_context(highlight: Highlight) -> dict[str, Any]:
    """Return how a highlight of an older text stands on the current one; nothing where it was made on that."""
    article = highlight.article
    if highlight.revision.number == article.revision:
        return {}
    current = article.current()
    place = highlight.place_on(current)
    return {
        "older": True,
        "now": build_proposal(current, *place) if place else None,
        "elsewhere": build_reattach_url(article, highlight.project, highlight.pk),
    }
