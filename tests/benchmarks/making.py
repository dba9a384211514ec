"""Making a highlight against a bare POST that inserts the same rows."""

import random
from functools import partial

from annotations.anchoring.quotes import describe
from annotations.identifiers import uuid7
from benchmarks.browsing import Answer, Reader
from benchmarks.reading import address
from benchmarks.shelf import Shelf, remove, somewhere
from benchmarks.timing import Row, compared, interleaved

KILOBYTE = 1024


def rows(reader: Reader, shelf: Shelf, rounds: int) -> list[Row]:
    """A highlight with two tags: against bare rows, on a long article against a short one, and the answer's size."""
    chance = random.Random(1)
    typical, short, long, full = (
        shelf.revisions[size] for size in ((4_000, 100), (400, 0), (40_000, 0), (40_000, 1_000))
    )
    acts = {
        "made": partial(timed, make, reader, shelf, typical, chance),
        "bare": partial(timed, make_bare, reader, shelf, typical, chance),
        "short": partial(timed, make, reader, shelf, short, chance),
        "long": partial(timed, make, reader, shelf, long, chance),
    }
    times = interleaved(acts, rounds)
    sizes = [len(answered(make, reader, shelf, full, chance).body) for _ in range(10)]
    return [
        compared("making a highlight with two tags", times["made"], times["bare"], 2.5),
        compared("making it on 40,000 words against 400", times["long"], times["short"], 1.3),
        Row(
            "answer, 40,000 words, 1,000 highlights", max(sizes) / KILOBYTE, 20, unit="KB", detail="the largest of ten"
        ),
    ]


def timed(act, *arguments) -> float:
    return answered(act, *arguments).seconds


def answered(act, reader: Reader, shelf: Shelf, revision, chance: random.Random) -> Answer:
    """What the act was answered; its highlight is removed again."""
    id = str(uuid7())
    answer = act(reader, shelf, revision, id, *somewhere(revision, chance))
    remove(id)
    return answer


def make(reader: Reader, shelf: Shelf, revision, id: str, start: int, end: int) -> Answer:
    """Sends the form of the reading page."""
    fields = describe(revision.text, start, end)._asdict()
    names = [tag.name for tag in shelf.tags[:2]]
    whose = {"id": id, "project": shelf.project.slug, "revision": revision.number}
    return reader.post(f"{address(revision)}highlights/", {**fields, **whose, "tags": names, "note": ""})


def make_bare(reader: Reader, shelf: Shelf, revision, id: str, start: int, end: int) -> Answer:
    fields = describe(revision.text, start, end)._asdict()
    keys = {"project_id": shelf.project.pk, "article_id": revision.article_id, "revision_id": revision.pk}
    return reader.post("/bare/make/", {**fields, **keys, "id": id, "tag_id": [tag.pk for tag in shelf.tags[:2]]})
