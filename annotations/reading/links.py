"""Addresses of a highlight: its mark, the text it was made on, and the page on which it gets a new place."""

from uuid import UUID

from django.urls import reverse

from annotations.models import Highlight, Project
from annotations.models.access import CONSENSUS
from newsreader.models import Article


def build_highlight_url(highlight: Highlight) -> str:
    """Return where its mark is in its project's layer: on the current text if it has a place there, else where it was made."""
    article, number = highlight.article, highlight.revision.number
    if number != article.revision and highlight.has_place:
        number = article.revision
    mark = "" if highlight.deleted_at else f"#h-{highlight.pk}"
    layer = f"&layer={CONSENSUS}"
    if highlight.adjudication_id is None:
        layer = build_layer_query(highlight.project, highlight.author_id, highlight.author.get_username())
    return f"{build_revision_url(article, number)}?project={highlight.project.slug}{layer}{mark}"


def build_layer_query(project: Project, author_id: int, author: str) -> str:
    """Return what an address needs to show the highlights of an author, whatever layer its reader chose last.

    The project knows the reader's membership.
    """
    layer = project.membership.layer if project.membership else ""
    is_own = project.membership is not None and project.membership.user_id == author_id
    return "" if not layer or layer == f"@{author}" or (layer == "mine" and is_own) else "&layer=all"


def build_revision_url(article: Article, number: int) -> str:
    """Return the address of one revision, which is the article's own where that is the current one."""
    if number == article.revision:
        return article.get_absolute_url()
    return reverse("revision", args=[article.slug, number])


def build_as_read_url(article: Article, project: Project, highlight_id: UUID | str, number: int) -> str:
    """Return the address of a highlight's mark on the revision on which it was made."""
    layer = "&layer=all" if project.membership and project.membership.layer else ""
    return f"{reverse('revision', args=[article.slug, number])}?project={project.slug}{layer}#h-{highlight_id}"


def build_reattach_url(article: Article, project: Project, highlight_id: UUID | str) -> str:
    """Return the address of the current text on which a new place for the highlight can be selected."""
    return f"{article.get_absolute_url()}?project={project.slug}&reattach={highlight_id}"
