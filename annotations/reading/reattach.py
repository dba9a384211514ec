"""Looking for a new place: the reading page and the list of sentences can be asked for it by ?reattach=."""

from annotations.models import Highlight, Placement
from annotations.passages.filters import key_of
from annotations.reading.orphans import proposal


def sought(request, revision) -> Placement | None:
    """The placement on this text that ?reattach= names, where the text is the current one and the reader may settle it."""
    key = key_of(request.GET.get("reattach", ""))
    if not key or not request.project or revision.number != revision.article.revision:
        return None
    mine = Highlight.objects.reviewable_by(request.user).filter(pk=key, project=request.project)
    found = Placement.objects.filter(highlight__in=mine, project=request.project, revision=revision)
    placement = found.select_related("highlight__author", "highlight__project").first()
    if placement:
        placement.revision, placement.highlight.article = revision, revision.article
    return placement


def elsewhere(article, project, key) -> str:
    """The current text as it is read to find another place for a highlight."""
    return f"{article.get_absolute_url()}?project={project.slug}&reattach={key}"


def standing(highlight) -> dict:
    """How a highlight that was made on an older text stands on the current one; nothing where it was made on that."""
    article = highlight.article
    if highlight.revision.number == article.revision:
        return {}
    current = article.current()
    place = highlight.place_on(current)
    return {
        "older": True,
        "now": proposal(current.text, current.blocks, *place) if place else None,
        "elsewhere": elsewhere(article, highlight.project, highlight.pk),
    }
