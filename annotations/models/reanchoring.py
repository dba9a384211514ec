"""What a new text does to highlights: each gets its placement on it."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from annotations.anchoring.placement import Placement as Judgement
from annotations.anchoring.revisions import carry
from annotations.models import history
from annotations.models.notification import Notification
from annotations.models.placement import Placement
from annotations.models.placement_review import Origin, as_decision
from newsreader.inserts import insert_rows
from newsreader.models import Article, Revision


def reanchor_article(revision: Revision, by: User | None) -> None:
    """Place every highlight of the article on its new revision, deleted ones too, since they can be restored."""
    placements = preview_placements(revision, revision.article.highlights.all())
    if not placements:
        return
    Placement.objects.filter(revision__article=revision.article_id, open=True).update(open=False)
    insert_rows(placements)
    Notification.objects.notify_of_revision(revision)
    for project_id, counts in count_states(placements).items():
        numbers: dict[str, Any] = {"revision": revision.number, **counts}
        history.record(project_id, gettext_noop("passages placed"), by, project_id, revision.article_id, **numbers)


def preview_placements(revision: Revision, highlights: QuerySet) -> list[Placement]:
    """Return unsaved placements of these highlights of its article on a revision, which need not be saved either."""
    return place_origins(revision, previous_origins(revision, highlights))


def reanchor(highlight: Any, current: int) -> Placement:
    """Place a highlight that was made on an older text on every later one; return its placement on the one numbered `current`."""
    highlight.article.revision = current
    return reanchor_all([highlight], highlight.article, highlight.revision.number)[-1]


def reanchor_all(highlights: list[Any], article: Article, number: int) -> list[Placement]:
    """Place highlights that were made on revision `number` on every later one; the current one's placements come last."""
    return Placement.objects.bulk_create(build_placements(highlights, article, number))


def build_placements(highlights: list[Any], article: Article, number: int) -> list[Placement]:
    """Return unsaved placements of highlights that were made on revision `number` on every later one, the current one's last."""
    origins, placements = [origin_of(highlight) for highlight in highlights], []
    for revision in article.revisions.filter(number__gt=number, number__lte=article.revision).order_by("number"):
        placed = place_origins(revision, origins)
        for placement in placed:
            placement.open &= revision.number == article.revision
        placements += placed
        origins = [placement.as_origin() for placement in placed]
    return placements


@as_decision
def reopen(placement: Placement, *, by: User) -> str:
    """Take a decision back: the placement is computed again."""
    [again] = place_origins(placement.revision, [placement.own_origin()])
    for name in ("state", "material", "start", "end", "changes", "proposals", "open"):
        setattr(placement, name, getattr(again, name))
    placement.decision, placement.decided_by, placement.decided_at = "", None, None
    return gettext_noop("passage reopened")


def previous_origins(revision: Revision, highlights: QuerySet) -> list[Origin]:
    """Return for each of these highlights of the article what the new revision is judged against."""
    last = Placement.objects.filter(revision__article=revision.article_id, revision__number=revision.number - 1)
    origins = {placement.highlight_id: placement.as_origin() for placement in last}
    rows = highlights.order_by().only("article_id", "project_id", "revision_id", "start", "end")
    return [origins.get(highlight.pk) or origin_of(highlight) for highlight in rows]


def origin_of(highlight: Any) -> Origin:
    """Return the words on which a highlight was made."""
    return Origin(highlight.project_id, highlight.pk, highlight.revision_id, highlight.start, highlight.end)


def place_origins(revision: Revision, origins: list[Origin]) -> list[Placement]:
    """Return an unsaved placement for each origin; texts are compared once for each revision that origins are in."""
    by_revision: dict[int, list[Origin]] = {}
    for origin in origins:
        by_revision.setdefault(origin.revision_id, []).append(origin)
    placements = []
    for key, text in Revision.objects.filter(pk__in=by_revision).values_list("pk", "text"):
        judgements = carry(text, revision.text, [(origin.start, origin.end) for origin in by_revision[key]])
        placements += [place_origin(revision, *pair) for pair in zip(by_revision[key], judgements, strict=True)]
    return placements


def place_origin(revision: Revision, origin: Origin, judgement: Judgement) -> Placement:
    """Return what was found as an unsaved row; what somebody let go is not looked for any more."""
    placement = Placement(
        project_id=origin.project_id,
        highlight_id=origin.highlight_id,
        revision=revision,
        origin_id=origin.revision_id,
        origin_start=origin.start,
        origin_end=origin.end,
    )
    if origin.dismissal:
        placement.set_dismissed(origin.dismissal)
    else:
        placement.set_judgement(judgement)
    return placement


def count_states(placements: list[Placement]) -> dict[UUID, Counter[str]]:
    """Count the placements of each state in each project, by the projects' keys in their order."""
    counts: dict[UUID, Counter[str]] = {}
    for placement in placements:
        counts.setdefault(placement.project_id, Counter())[str(placement.state)] += 1
    return dict(sorted(counts.items()))
