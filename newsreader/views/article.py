"""What surrounds the reading page: its neighbours in the library, and what the reader has done with it."""

from django.db.models import Q
from django.http import Http404

from newsreader.models import Article


def neighbours(article, user) -> tuple:
    """The next newer and the next older article that the user may see; None at either end."""
    known = Article.objects.visible_to(user).only("pk", "slug", "title", "language", "direction", "dated_at")
    same_moment = Q(dated_at=article.dated_at)
    newer = known.filter(Q(dated_at__gt=article.dated_at) | same_moment & Q(pk__gt=article.pk)).order_by(
        "dated_at", "pk"
    )
    older = known.filter(Q(dated_at__lt=article.dated_at) | same_moment & Q(pk__lt=article.pk)).order_by(
        "-dated_at", "-pk"
    )
    return newer.first(), older.first()


def state(request, **which):
    raise Http404
