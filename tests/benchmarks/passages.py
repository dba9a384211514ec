"""The page of 50 passages out of 100,000 highlights against the page out of 1,000."""

import random
import time
from functools import partial

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from annotations.models import Highlight, HighlightTag, Project, Role, Tag
from benchmarks import codebook
from benchmarks.shelf import prose
from benchmarks.timing import Row, compared, interleaved
from newsreader.models import Article, Revision, Source
from newsreader.text.html.sanitizer import clean

FEW, MANY = 1_000, 100_000
TO_AN_ARTICLE = 50  # highlights
COMMON, RARE = (
    "common",
    "rare",
)  # every other highlight carries the common tag, 60 of however many the rare one; all one of the rest
RARELY = 60
NAMES = {COMMON: [], "others": [], RARE: []} | dict(list(codebook.GROUPS.items())[:-1]) | {"follow up": ["check later"]}
PAGES = {"": "", "with a common tag": "?tag=common", "with a rare tag": "?tag=rare"}


def rows(rounds: int = 30, scale: int = 1) -> list[Row]:
    """Unfiltered, with a common and with a rare tag; fills two projects of the database it finds, divided by `scale`."""
    reader = get_user_model().objects.create_user("passages")
    client = Client()
    client.force_login(reader)
    projects = {number: filled(reader, number // scale) for number in (FEW, MANY)}
    acts = {
        (name, number): partial(seconds, client, reverse("passages", args=[project.slug]) + query)
        for name, query in PAGES.items()
        for number, project in projects.items()
    }
    times = interleaved(acts, rounds)
    return [
        compared(f"50 of 100,000 passages against 1,000 {name}".strip(), times[name, MANY], times[name, FEW], 2)
        for name in PAGES
    ]


def seconds(client: Client, address: str, sign: bytes = b'class="passage"') -> float:
    begun = time.perf_counter()
    answer = client.get(address)
    taken = time.perf_counter() - begun
    if answer.status_code != 200 or sign not in answer.content:
        raise RuntimeError(f"{address} answered {answer.status_code} without passages")
    return taken


def filled(reader, number: int) -> Project:
    """A project with so many highlights by three readers on articles of six sources."""
    people = [reader, *(get_user_model().objects.get_or_create(username=name)[0] for name in ("ben", "cleo"))]
    project = Project.objects.create_owned(f"Passages {number}", owner=reader)
    project.memberships.bulk_create(
        project.memberships.model(project=project, user=user, role=Role.CODER) for user in people[1:]
    )
    first, others, rare, *rest = codebook.filled(project, NAMES, by=reader)
    revisions = published(max(1, number // TO_AN_ARTICLE), f"of {number}")
    highlights = [
        highlight(project, people[n % 3], revisions[n // TO_AN_ARTICLE % len(revisions)], n) for n in range(number)
    ]
    Highlight.objects.bulk_create(highlights, batch_size=1_000)
    sparse = range(0, number, max(1, number // RARELY))
    pairs = [pair(row, [first, others][n % 2]) for n, row in enumerate(highlights)]
    pairs += [pair(row, rest[n % len(rest)], 1) for n, row in enumerate(highlights)]
    pairs += [pair(highlights[n], rare, 2) for n in sparse]
    HighlightTag.objects.bulk_create(pairs, batch_size=1_000)
    return project


def pair(highlight: Highlight, tag: Tag, position: int = 0) -> HighlightTag:
    return HighlightTag(project_id=highlight.project_id, highlight=highlight, tag=tag, position=position)


def published(number: int, name: str) -> list[Revision]:
    """So many articles, a revision each, all with the same 800 words."""
    html = clean(prose(800, random.Random(number)))
    sources = [Source.objects.find_or_create(f"Outlet {letter}") for letter in "ABCDEF"]
    articles = [Article(source=sources[n % 6], slug=f"{n}-{name}", title=f"Article {n} {name}") for n in range(number)]
    for article in articles:
        article.dated_at = article.added_at
    Article.objects.bulk_create(articles)
    model = Revision.from_html(html)
    fields = {name: getattr(model, name) for name in ("html", "text", "blocks", "digest")}
    return Revision.objects.bulk_create(Revision(article=article, number=1, **fields) for article in articles)


def highlight(project, author, revision: Revision, number: int) -> Highlight:
    start = 20 + number * 37 % (len(revision.text) - 200)
    place = quoted(revision.text, start, start + 60)
    return Highlight(project=project, article_id=revision.article_id, revision=revision, author=author, **place)


def quoted(text: str, start: int, end: int) -> dict:
    """What describes a passage, found without looking whether it is unique."""
    return {
        "start": start,
        "end": end,
        "exact": text[start:end],
        "prefix": text[max(0, start - 32) : start],
        "suffix": text[end : end + 32],
    }
