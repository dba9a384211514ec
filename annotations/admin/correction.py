"""What a corrected text does to highlights, before it is saved."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.auth.models import User

from annotations.models import Highlight, Placement
from annotations.models.highlight import HighlightQuerySet
from annotations.models.reanchoring import preview_placements, previous_origins
from annotations.passages.loading import load_passage_tags
from annotations.passages.passage import PassageTag
from annotations.reading.orphans import build_proposal
from annotations.review.before_after import ChangedPassage, build_sides
from newsreader.admin.correction import ArticleForm
from newsreader.models import Article, Revision

MAX_LISTED = 50  # passages that need review and are shown


class HighlightsPreview(NamedTuple):
    """What becomes of highlights: how many are in each state, how many need review, and the first of those."""

    counts: list[tuple[str, int]]
    total: int
    waiting: int
    listed: list[ChangedPassage]


class HighlightedArticleForm(ArticleForm):
    """The form of an article that previews again where a highlight was made, removed or decided about since."""

    def list_affected(self) -> Iterable[Any]:
        """Return what each highlight that the curator sees is judged against."""
        revision = Revision(article=self.instance, number=self.instance.revision + 1)
        return sorted(previous_origins(revision, select_seen(self.instance, self.curator)))


def select_seen(article: Article, curator: User) -> HighlightQuerySet:
    """Return the standing highlights of an article: all for a superuser, else those of the projects that the curator may see."""
    highlights = Highlight.objects.filter(article=article)
    return highlights.standing() if curator.is_superuser else highlights.visible_to(curator)


def preview_highlights(revision: Revision, curator: User) -> HighlightsPreview:
    """Return what an unsaved revision would do to the highlights that the curator sees; dismissed ones are not counted."""
    placements = preview_placements(revision, select_seen(revision.article, curator))
    counts = Counter(str(placement.state) for placement in placements if not placement.decision)
    waiting = sorted((one for one in placements if one.open), key=lambda one: (one.origin_start, one.origin_end))
    return HighlightsPreview(
        [(state, counts[state]) for state in Placement.State.values],
        counts.total(),
        len(waiting),
        load_previewed_passages(waiting[:MAX_LISTED], revision),
    )


def load_previewed_passages(placements: list[Placement], revision: Revision) -> list[ChangedPassage]:
    """Return what is shown of unsaved placements on a revision, in three queries whatever their number."""
    keys = [placement.highlight_id for placement in placements]
    tags = load_passage_tags(keys)
    highlights = Highlight.objects.select_related("author", "article", "project").in_bulk(keys)
    origins = Revision.objects.defer("html").in_bulk({placement.origin_id for placement in placements})
    for placement in placements:
        placement.highlight, placement.origin = highlights[placement.highlight_id], origins[placement.origin_id]
    return [build_previewed_passage(one, tags.get(one.highlight_id, []), revision) for one in placements]


def build_previewed_passage(placement: Placement, tags: list[PassageTag], revision: Revision) -> ChangedPassage:
    """Return one passage with its two sides; nobody decides about it before the text is saved."""
    old, new = build_sides(placement, placement.origin.text, revision.text)
    proposals = [build_proposal(revision, *place) for place in placement.proposals]
    return ChangedPassage(placement, tags, old, new, proposals, may_settle=False, is_current=False)
