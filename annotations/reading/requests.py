"""What a request says about the text that its reader sees."""

from functools import cache

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import F, QuerySet
from django.http import Http404

from annotations.decorators import MemberRequest
from annotations.middleware import LayerRequest
from annotations.models import Highlight, Project
from newsreader.http import Request
from newsreader.models import Article, Revision
from newsreader.prepared import PreparedQuery

CURRENT = F("article__revision")
MAX_DIGITS = 9  # of a number in a form or an address


def read_number(request: Request, field: str) -> int:
    """Return the number in a field of the form or the address, 0 where there is none."""
    value = request.POST.get(field, request.GET.get(field, ""))
    return int(value) if value.isdecimal() and len(value) <= MAX_DIGITS else 0


def get_current_revision(request: Request, slug: str) -> Revision:
    """Return the current revision of an article that the reader may see, with its article and source."""
    return find_revision(request, slug=slug)


def find_revision(request: Request, **parameters: int | str) -> Revision:
    """Return the revision of these parameters (`slug`, maybe `number`) that the reader may see, else raise Http404."""
    if request.user.is_authenticated:
        parameters["user"] = request.user.pk
    revision = prepare_revision(request.user.is_staff, frozenset(parameters)).first(**parameters)
    if revision is None:
        raise Http404
    return revision


def show_own_project(request: LayerRequest | MemberRequest, article: Article) -> None:
    """Have a private article shown with the layer of its project, whatever project the reader works in."""
    if article.scope and not (request.project and request.project.pk == article.scope):
        request.project = Project.objects.get(pk=article.scope).with_role_of(request.user)


@cache
def prepare_revision(is_staff: bool, names: frozenset[str]) -> PreparedQuery[Revision]:
    """Return the query for a revision that a user, or a visitor, may see, by the parameters of these names."""

    def build(slug: str, number: int | F = CURRENT, user: int | None = None) -> QuerySet[Revision]:
        asking = User(pk=user, is_staff=is_staff) if user else AnonymousUser()
        return Revision.objects.visible_to(asking).for_reading(user).filter(article__slug=slug, number=number)

    kinds: dict[str, type[int] | type[str]] = {"slug": str, "number": int, "user": int}
    return PreparedQuery(build, **{name: kinds[name] for name in kinds if name in names})


def get_read_revision(request: Request, article: Article, current: Revision | None = None) -> Revision:
    """Return the revision that was read, which may have been corrected since; the current one where the form says none."""
    number = read_number(request, "revision")
    revision = article.revisions.filter(number=number).first() if number not in (0, article.revision) else None
    return revision or current or article.current()


def get_shown_revision(request: Request, highlight: Highlight) -> Revision:
    """Return the revision that is on the page from which the form was sent; the current one where it says none."""
    article, number = highlight.article, read_number(request, "revision") or highlight.article.revision
    if number == highlight.revision.number:
        return highlight.revision
    revision = article.revisions.filter(number=number).first() or article.current()
    revision.article = article
    return revision
