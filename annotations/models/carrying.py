"""A highlight carried to the other copies of its story: to where its words stand there, if that is certain."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from annotations.anchoring.placement import CERTAIN_STATES, Placement
from annotations.anchoring.quotes import anchor, carry
from annotations.anchoring.selectors import Selector
from annotations.identifiers import uuid7
from annotations.models.highlight import Highlight
from newsreader.models import Revision
from newsreader.models.story import find_copies

MAX_COPIES = 20  # to which a highlight is offered
MAX_COMPARED_LENGTH = 200_000  # code points


class CopyPlace(NamedTuple):
    """A copy, by its current revision with article and source, and where the words of a highlight stand in it.

    `words` are those that stand there, "" where none certainly do; `is_there` where the author has them highlighted already.
    """

    revision: Revision
    start: int
    end: int
    words: str
    is_there: bool

    @property
    def is_open(self) -> bool:
        """Whether the highlight can be carried there."""
        return bool(self.words) and not self.is_there


def find_places(highlight: Highlight) -> list[CopyPlace]:
    """Return where a highlight's words stand in the other copies of its story, the earliest copy first."""
    copies = Revision.objects.filter(article__in=find_copies(highlight.article), number=F("article__revision"))
    ordered = copies.select_related("article__source").order_by("article__dated_at", "article")[:MAX_COPIES]
    return [find_place(highlight, revision) for revision in ordered]


def find_place(highlight: Highlight, revision: Revision) -> CopyPlace:
    """Return where a highlight's words stand in the text of another article."""
    placed = anchor_in_copy(highlight, revision.text)
    if placed.state not in CERTAIN_STATES:
        return CopyPlace(revision, 0, 0, "", False)
    words = revision.text[placed.start : placed.end]
    place = CopyPlace(revision, placed.start, placed.end, words, False)
    return place._replace(is_there=is_taken(highlight, place))


def is_taken(highlight: Highlight, place: CopyPlace) -> bool:
    """Return whether its author has highlighted the same words of a copy in the same project."""
    where = {"revision": place.revision, "start": place.start, "end": place.end}
    own = Highlight.objects.standing().filter(project=highlight.project_id, author=highlight.author_id)
    return own.filter(**where).exists()


def anchor_in_copy(highlight: Highlight, text: str) -> Placement:
    """Return where a highlight stands in the text of a copy: by its words, else by what both texts have in common around it."""
    selector = Selector(highlight.exact, highlight.prefix, highlight.suffix, highlight.start, highlight.end)
    placed, read = anchor(text, selector), highlight.revision.text
    if placed.state in CERTAIN_STATES or max(len(read), len(text)) > MAX_COMPARED_LENGTH:
        return placed
    return carry(read, text, [(highlight.start, highlight.end)])[0]


def carry_highlight(highlight: Highlight, articles: Collection[str], *, by: User) -> list[Highlight]:
    """Make the highlight in these copies (slugs) too, with its tags and note, as one act; return what was made.

    Copies in which its words do not certainly stand, or are highlighted already, are left out.
    """
    wanted = [place for place in find_places(highlight) if place.is_open and place.revision.article.slug in articles]
    with transaction.atomic():
        highlight.project.lock()
        highlight.project.with_role_of(by)
        tags, batch = list(highlight.ordered_tags()), uuid7()
        return [make_carried(highlight, place, tags, batch, by) for place in wanted if not is_taken(highlight, place)]


def make_carried(highlight: Highlight, place: CopyPlace, tags: list, batch: UUID, by: User) -> Highlight:
    """Make a highlight in one copy; what has the same `batch` is undone together."""
    return Highlight.objects.make(
        project=highlight.project,
        revision=place.revision,
        author=by,
        start=place.start,
        end=place.end,
        tags=tags,
        note=highlight.note,
        carried_from=highlight.pk,
        batch=batch,
    ).highlight
