"""Addresses of a highlight: its mark, the text it was made on, and the page on which it gets a new place."""

from uuid import UUID

from django.urls import reverse

from annotations.models import Highlight, Project
from newsreader.models import Article


def build_highlight_url(highlight: Highlight) -> str:
    """Return where its mark is in its project's layer: on the current text if it has a place there, else where it was made."""
    article, number = highlight.article, highlight.revision.number
    if number != article.revision and highlight.has_place:
        number = article.revision
    mark = "" if highlight.deleted_at else f"#h-{highlight.pk}"
    layer = "&layer=all" if is_hidden(highlight) else ""
    return f"{build_revision_url(article, number)}?project={highlight.project.slug}{layer}{mark}"


def is_hidden(highlight: Highlight) -> bool:
    """Return whether a highlight is not in the layer that its reader chose last; its project knows the reader's membership."""
    membership = highlight.project.membership
    if not membership or not membership.layer:
        return False
    own = "mine" if highlight.author_id == membership.user_id else ""
    return membership.layer not in (own, f"@{highlight.author.get_username()}")


def build_revision_url(article: Article, number: int) -> str:
    """Return the address of one revision, which is the article's own where that is the current one."""
    if number == article.revision:
        return article.get_absolute_url()
    return reverse("revision", args=[article.slug, number])


def build_as_read_url(article: Article, project: Project, highlight_id: UUID | str, number: int) -> str:
    """Return the address of a highlight's mark on the revision on which it was made."""
    return f"{reverse('revision', args=[article.slug, number])}?project={project.slug}#h-{highlight_id}"


def build_reattach_url(article: Article, project: Project, highlight_id: UUID | str) -> str:
    """Return the address of the current text on which a new place for the highlight can be selected."""
    return f"{article.get_absolute_url()}?project={project.slug}&reattach={highlight_id}"
