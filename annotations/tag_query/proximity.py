"""Which highlights stand within some sentences of others."""

from bisect import bisect_right
from collections import defaultdict
from itertools import accumulate
from uuid import UUID

from django.db.models import F

from annotations.errors import TooManyPassagesError
from annotations.models.placement import Placement
from newsreader.models import Revision
from newsreader.text.language.sentences import split_sentences

MOST = 20_000  # highlights on either side
TEXTS = 1_000  # in which sentences are counted
KEPT = 2_000
STARTS: dict[int, list[int]] = {}  # of sentences, by revision


def near(left, right, sentences: int) -> list[UUID]:
    """The keys of those `left` highlights with at most so many sentences between them and a `right` one; else TooManyPassagesError.

    Each is taken where it stands in the current text of its article, or where it was made if it has no place there.
    """
    mine, theirs = spots(left), spots(right.filter(article__in=left.values("article")))
    texts = [revision for revision in mine if revision in theirs]
    if len(texts) > TEXTS:
        raise TooManyPassagesError
    starts = starts_of(texts)
    return [key for one in texts for key in close(starts[one], mine[one], theirs[one], sentences)]


def spots(highlights) -> dict[int, list[tuple]]:
    """(key, start, end) of each highlight, by the revision in which it is looked at."""
    older = F("article__revision") - F("revision__number")
    rows = list(highlights.values_list("pk", "revision", "start", "end", older)[: MOST + 1])
    if len(rows) > MOST:
        raise TooManyPassagesError
    now = current_of([key for key, *_, older in rows if older])
    found = defaultdict(list)
    for key, revision, start, end, _ in rows:
        revision, start, end = now.get(key, (revision, start, end))
        found[revision].append((key, start, end))
    return found


def current_of(keys: list[UUID]) -> dict[UUID, tuple]:
    """(revision, start, end) of those that have a place in the current text of their article."""
    placed = Placement.objects.filter(highlight__in=keys, revision__number=F("highlight__article__revision"))
    rows = placed.exclude(start=None).order_by().values_list("highlight", "revision", "start", "end")
    return {key: tuple(place) for key, *place in rows}


def close(starts: list[int], mine: list[tuple], theirs: list[tuple], sentences: int) -> list[UUID]:
    """The keys of mine; those of theirs that begin early enough are looked up by how late they end."""
    numbered = sorted((sentence(starts, start), sentence(starts, end - 1)) for _, start, end in theirs)
    firsts, lasts = [first for first, _ in numbered], list(accumulate((last for _, last in numbered), max))
    found = []
    for key, start, end in mine:
        early = bisect_right(firsts, sentence(starts, end - 1) + sentences)
        if early and lasts[early - 1] >= sentence(starts, start) - sentences:
            found.append(key)
    return found


def sentence(starts: list[int], place: int) -> int:
    return bisect_right(starts, place)


def starts_of(revisions: list[int]) -> dict[int, list[int]]:
    """Where the sentences of each text begin; a revision never changes, so they are found once and kept."""
    known = {revision: STARTS[revision] for revision in revisions if revision in STARTS}
    unknown = Revision.objects.filter(pk__in=[revision for revision in revisions if revision not in known])
    for revision, text in unknown.order_by().values_list("pk", "text").iterator(chunk_size=100):
        known[revision] = [start for start, _ in split_sentences(text)]
    if len(STARTS) > KEPT:
        STARTS.clear()
    STARTS.update(known)
    return known
