"""Which highlights stand within some sentences of others."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, QuerySet

from annotations.errors import TooManyPassagesError
from annotations.models.highlight import Highlight
from annotations.models.placement import Placement
from newsreader.models import Revision
from newsreader.text.language.sentences import split_sentences

MAX_HIGHLIGHTS = 20_000  # on either side
MAX_TEXTS = 1_000  # in which sentences are counted
MAX_CACHED_TEXTS = 2_000
SENTENCE_STARTS: dict[int, list[int]] = {}  # cache: where sentences begin, by the key of the revision


class Span(NamedTuple):
    """Where a highlight stands in one text, in code points."""

    key: UUID
    start: int
    end: int


def find_near(left: QuerySet[Highlight], right: QuerySet[Highlight], sentences: int) -> list[UUID]:
    """Return the keys of those `left` highlights with at most so many sentences between them and a `right` one.

    Each is taken where it stands in the current text of its article, or where it was made if it has no place there.
    Raise TooManyPassagesError where there are more than MAX_HIGHLIGHTS or MAX_TEXTS.
    """
    left_spans = load_spans(left)
    right_spans = load_spans(right.filter(article__in=left.values("article")))
    revisions = [revision for revision in left_spans if revision in right_spans]
    if len(revisions) > MAX_TEXTS:
        raise TooManyPassagesError
    starts = load_sentence_starts(revisions)
    return [
        key
        for revision in revisions
        for key in select_near(starts[revision], left_spans[revision], right_spans[revision], sentences)
    ]


def load_spans(highlights: QuerySet[Highlight]) -> dict[int, list[Span]]:
    """Return the span of each highlight, by the key of the revision in which it is looked at."""
    revisions_since = F("article__revision") - F("revision__number")
    rows = list(highlights.values_list("pk", "revision", "start", "end", revisions_since)[: MAX_HIGHLIGHTS + 1])
    if len(rows) > MAX_HIGHLIGHTS:
        raise TooManyPassagesError
    current = load_current_spans([key for key, *_, is_older in rows if is_older])
    spans = defaultdict(list)
    for key, revision, start, end, _ in rows:
        revision, start, end = current.get(key, (revision, start, end))
        spans[revision].append(Span(key, start, end))
    return spans


def load_current_spans(keys: list[UUID]) -> dict[UUID, tuple[int, int, int]]:
    """Return (revision, start, end) of those highlights that have a place in the current text of their article."""
    placements = Placement.objects.filter(highlight__in=keys, revision__number=F("highlight__article__revision"))
    rows = placements.exclude(start=None).order_by().values_list("highlight", "revision", "start", "end")
    spans = {key: (revision, start, end) for key, revision, start, end in rows if start is not None and end is not None}
    return spans


def select_near(starts: list[int], left: Iterable[Span], right: Iterable[Span], sentences: int) -> list[UUID]:
    """Return the keys of the left spans near a right one: of those that begin early enough, one must end late enough.

    `starts` are where the sentences of the text begin.
    """
    numbered = sorted((number_sentence(starts, span.start), number_sentence(starts, span.end - 1)) for span in right)
    firsts, lasts = [first for first, _ in numbered], list(accumulate((last for _, last in numbered), max))
    keys = []
    for span in left:
        early = bisect_right(firsts, number_sentence(starts, span.end - 1) + sentences)
        if early and lasts[early - 1] >= number_sentence(starts, span.start) - sentences:
            keys.append(span.key)
    return keys


def number_sentence(starts: list[int], offset: int) -> int:
    """Return the number of the sentence that has the code point at this offset."""
    return bisect_right(starts, offset)


def load_sentence_starts(revisions: list[int]) -> dict[int, list[int]]:
    """Return where the sentences of each text begin; a revision never changes, so they are found once and kept."""
    starts = {revision: SENTENCE_STARTS[revision] for revision in revisions if revision in SENTENCE_STARTS}
    unknown = Revision.objects.filter(pk__in=[revision for revision in revisions if revision not in starts])
    for revision, text in unknown.order_by().values_list("pk", "text").iterator(chunk_size=100):
        starts[revision] = [start for start, _ in split_sentences(text)]
    if len(SENTENCE_STARTS) > MAX_CACHED_TEXTS:
        SENTENCE_STARTS.clear()
    SENTENCE_STARTS.update(starts)
    return starts
