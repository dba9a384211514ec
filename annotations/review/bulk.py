"""Keeping many passages on their new words at once."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from annotations.models import history
from annotations.models.highlight import Highlight
from newsreader.models import Article


def keep_all(placements, *, project, by) -> int:
    """Keeps these edited passages of a project on their new words; how many.

    Their articles are locked first, and the query asked again: what was decided or corrected meanwhile is left out.
    """
    with transaction.atomic():
        articles = Article.objects.filter(pk__in=placements.order_by().values("highlight__article")).order_by("pk")
        list(articles.select_for_update(no_key=True).values_list("pk"))
        kept = dict(placements.values_list("highlight_id", "highlight__article_id"))
        now = {"decision": "kept", "decided_by": by, "decided_at": timezone.now(), "open": False}
        placements.model.objects.filter(pk__in=list(placements.values_list("pk", flat=True))).update(**now)
        Highlight.objects.filter(pk__in=kept).update(version=F("version") + 1)
        for article in sorted(set(kept.values())):
            keys = [key.hex for key, place in kept.items() if place == article]
            history.record(project.pk, "passages kept", by, project.pk, article, highlights=keys)
    return len(kept)
