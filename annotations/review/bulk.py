"""Accepting the new words of many passages at once."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from annotations.models import Highlight, Placement, Project, history
from annotations.models.placement import PlacementQuerySet
from newsreader.models import Article


def accept_all(placements: PlacementQuerySet, *, project: Project, by: User) -> int:
    """Accept the new words of these edited passages of a project; return how many they are.

    Their articles are locked first, and the query asked again: what was decided or corrected meanwhile is left out.
    """
    with transaction.atomic():
        articles = Article.objects.filter(pk__in=placements.order_by().values("highlight__article")).order_by("pk")
        list(articles.select_for_update(no_key=True).values_list("pk"))
        article_ids = dict(placements.values_list("highlight_id", "highlight__article_id"))
        decision = {"decision": "kept", "decided_by": by, "decided_at": timezone.now(), "open": False}
        Placement.objects.filter(pk__in=list(placements.values_list("pk", flat=True))).update(**decision)
        Highlight.objects.filter(pk__in=article_ids).update(version=F("version") + 1)
        for article_id in sorted(set(article_ids.values())):
            keys = [key.hex for key, highlighted_id in article_ids.items() if highlighted_id == article_id]
            history.record(project.pk, gettext_noop("passages kept"), by, project.pk, article_id, highlights=keys)
    return len(article_ids)
