"""What a curator does to 10,000 highlights at once, with its undo, in seconds of processor time; and the history of 100,000 events."""

import time
from collections.abc import Callable, Iterator

from django.contrib.auth import get_user_model
from django.db.models import F
from django.test import Client

from annotations.models import Event, HighlightTag, Project, Tag
from annotations.models.joining import merge_and_join
from annotations.models.retagging import retag, split_tag
from annotations.models.undoing import undo
from benchmarks import passages
from benchmarks.timing import Row, compared, interleaved

HIGHLIGHTS = 20_000  # every other one has the tag
FEW, MANY = 1_000, 100_000  # events
LIMIT = 3  # seconds
JOINING = "merging and joining a tag"
OVERLAP = 60  # code points by which each passage is longer where they are joined, so that those of a reader overlap
OFFSET = 7  # so that no project has as many highlights as one of another group, after which its articles are named


def rows(rounds: int, scale: int = 1) -> Iterator[Row]:
    """Fills projects of the database it finds, divided by `scale`."""
    reader = get_user_model().objects.create_user("retagging")
    project = passages.filled(reader, HIGHLIGHTS // scale + OFFSET)
    tags = {tag.name: tag for tag in Tag.objects.without_tree_fields().filter(project=project)}
    common, other = tags[passages.COMMON], tags["others"]
    keys = list(common.highlights.order_by().values_list("pk", flat=True))
    acts: dict[str, Callable[[], object]] = {
        "merging a tag": lambda: Tag.objects.get(pk=common.pk).merge_or_delete(by=reader, into=other),
        "replacing a tag": lambda: retag(project, project.highlights.all(), by=reader, remove=common, add=other),
        "splitting a tag": lambda: split_tag(
            common, {key: [other, tags["check later"]][n % 2] for n, key in enumerate(keys)}, by=reader
        ),
        JOINING: lambda: merge_and_join(Tag.objects.get(pk=common.pk), other, by=reader),
    }
    for name, act in acts.items():
        if name == JOINING:
            project.highlights.update(end=F("end") + OVERLAP)
        before = read_pairs(project)
        limit = 2 * LIMIT if name == JOINING else LIMIT
        yield Row(f"{name} of 10,000 highlights", timed(act), limit, unit="s")
        event = project.events.select_related("project").latest("pk")
        yield Row("its undo", timed(lambda event=event: undo(event, by=reader)), limit, unit="s")
        if read_pairs(project) != before:
            raise RuntimeError(f"the undo of {name} does not restore the tags")
    yield measure_history(reader, rounds, scale)


def timed(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return time.process_time() - begun


def read_pairs(project: Project) -> list[tuple]:
    pairs = HighlightTag.objects.filter(project=project).order_by("highlight", "position")
    places = project.highlights.order_by("pk").values_list("pk", "start", "end", "note", "deleted_at")
    return [*pairs.values_list("highlight", "tag", "position"), *places]


def measure_history(reader, rounds: int, scale: int) -> Row:
    """The first page of the history of so many events against that of few."""
    client = Client()
    client.force_login(reader)
    addresses = {number: with_events(reader, number, scale) for number in (FEW, MANY)}
    acts = {
        str(number): lambda address=address: passages.seconds(client, address, b'class="event"')
        for number, address in addresses.items()
    }
    times = interleaved(acts, rounds)
    return compared("history of 100,000 events against 1,000", times[str(MANY)], times[str(FEW)], 2)


def with_events(reader, number: int, scale: int) -> str:
    """The address of the history of a new project with so many events of 1,000 highlights."""
    project = passages.filled(reader, FEW // scale + OFFSET + (number == MANY))
    keys = list(project.highlights.values_list("pk", "article"))
    Event.objects.bulk_create(
        (
            Event(project=project, subject=key, article_id=article, actor=reader, verb="highlight moved", data={})
            for key, article in (keys[n % len(keys)] for n in range(number // scale))
        ),
        batch_size=2_000,
    )
    return f"{project.get_absolute_url()}history/"
