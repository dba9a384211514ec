"""What a new text does to highlights: each gets its placement on it."""

from collections import Counter
from uuid import UUID

from annotations.anchoring.quotes import carry
from annotations.models import history
from annotations.models.placement import Placement
from annotations.models.placement_review import Origin, in_turn
from newsreader.models import Revision


def carry_over(revision, by) -> None:
    """Places every highlight of the article on its new revision, deleted ones too, since they can be restored."""
    placements = placed(revision, origins_before(revision))
    if not placements:
        return
    Placement.objects.filter(revision__article=revision.article_id, open=True).update(open=False)
    Placement.objects.bulk_create(placements)
    for project, counts in counted(placements).items():
        counts = {"revision": revision.number, **counts}
        history.record(project, "passages placed", by, project, revision.article_id, **counts)


def follow(highlight, current: int) -> Placement:
    """Places a highlight that was made on an older text on every later one, up to the current one, whose placement this is."""
    highlight.article.revision = current
    return follow_all([highlight], highlight.article, highlight.revision.number)[-1]


def follow_all(highlights: list, article, number: int) -> list[Placement]:
    """Places highlights that were made on revision `number` on every later one, the current one's placements last."""
    origins, placements = [origin_of(highlight) for highlight in highlights], []
    for revision in article.revisions.filter(number__gt=number, number__lte=article.revision).order_by("number"):
        found = placed(revision, origins)
        for placement in found:
            placement.open &= revision.number == article.revision
        placements += found
        origins = [placement.as_origin() for placement in found]
    return Placement.objects.bulk_create(placements)


@in_turn
def reopen(placement: Placement, *, by) -> str:
    """Take a decision back: the placement is computed again."""
    [again] = placed(placement.revision, [Origin(*placement.judged_against())])
    for name in ("state", "material", "start", "end", "changes", "proposals", "open"):
        setattr(placement, name, getattr(again, name))
    placement.decision, placement.decided_by, placement.decided_at = "", None, None
    return "passage reopened"


def origins_before(revision) -> list[Origin]:
    """For each highlight of the article what the new revision is judged against."""
    last = Placement.objects.filter(revision__article=revision.article_id, revision__number=revision.number - 1)
    known = {placement.highlight_id: placement.as_origin() for placement in last}
    made = revision.article.highlights.order_by().only("article_id", "project_id", "revision_id", "start", "end")
    return [known.get(highlight.pk) or origin_of(highlight) for highlight in made]


def origin_of(highlight) -> Origin:
    return Origin(highlight.project_id, highlight.pk, highlight.revision_id, highlight.start, highlight.end)


def placed(revision, origins: list[Origin]) -> list[Placement]:
    """An unsaved placement for each origin; the texts are compared once for each revision that origins are in."""
    by_revision: dict[int, list[Origin]] = {}
    for origin in origins:
        by_revision.setdefault(origin.revision_id, []).append(origin)
    placements = []
    for key, text in Revision.objects.filter(pk__in=by_revision).values_list("pk", "text"):
        found = carry(text, revision.text, [(origin.start, origin.end) for origin in by_revision[key]])
        placements += [placement_of(revision, *pair) for pair in zip(by_revision[key], found, strict=True)]
    return placements


def placement_of(revision, origin: Origin, found) -> Placement:
    """What was found as a row; what somebody let go is not looked for any more."""
    placement = Placement(
        project_id=origin.project_id,
        highlight_id=origin.highlight_id,
        revision=revision,
        origin_id=origin.revision_id,
        origin_start=origin.start,
        origin_end=origin.end,
    )
    if origin.let_go:
        placement.rest(origin.let_go)
    else:
        placement.judge(found)
    return placement


def counted(placements: list[Placement]) -> dict[UUID, Counter]:
    """How many placements of each state each project has, by the projects' keys in their order."""
    counts: dict[UUID, Counter] = {}
    for placement in placements:
        counts.setdefault(placement.project_id, Counter())[str(placement.state)] += 1
    return dict(sorted(counts.items()))
