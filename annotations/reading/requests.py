"""What a request says about the text that its reader sees."""

from annotations.models import Highlight
from newsreader.http import Request
from newsreader.models import Article, Revision

MAX_DIGITS = 9  # of a number in a form or an address


def read_number(request: Request, field: str) -> int:
    """Return the number in a field of the form or the address, 0 where there is none."""
    value = request.POST.get(field, request.GET.get(field, ""))
    return int(value) if value.isdecimal() and len(value) <= MAX_DIGITS else 0


def get_read_revision(request: Request, article: Article) -> Revision:
    """Return the revision that was read, which may have been corrected since; the current one where the form says none."""
    number = read_number(request, "revision")
    revision = article.revisions.filter(number=number).first() if number not in (0, article.revision) else None
    return revision or article.current()


def get_shown_revision(request: Request, highlight: Highlight) -> Revision:
    """Return the revision that is on the page from which the form was sent; the current one where it says none."""
    article, number = highlight.article, read_number(request, "revision") or highlight.article.revision
    if number == highlight.revision.number:
        return highlight.revision
    revision = article.revisions.filter(number=number).first() or article.current()
    revision.article = article
    return revision
