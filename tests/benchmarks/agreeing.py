"""The agreement page of 20 articles of 1,000 words, each with 100 highlights of each of six coders: the first time, and again.

And what a worker takes for ten times as many articles.
"""

import random
import time
from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.test import Client

from annotations.agreement.tasks import run_agreement
from annotations.models import AgreementJob, Highlight, HighlightTag, Project, Role, Tag
from benchmarks import codebook
from benchmarks.timing import Row
from newsreader.models import Article
from newsreader.text.html.sanitizer import clean
from texts import Extracted

ARTICLES, WORDS, CODERS, HIGHLIGHTS = 20, 1_000, 6, 100  # of each coder on each article
MANY = 200  # articles that a worker compares
TAGS = ("position", "figure")  # groups of the codebook that are used, with their headings
FIRST, AGAIN = 3, 0.3  # seconds


def rows(rounds: int, scale: int = 1) -> Iterator[Row]:
    """Fills a project of the database it finds, with articles divided by `scale`."""
    reader = get_user_model().objects.create_user("agreeing")
    project = filled(reader, max(2, ARTICLES // scale))
    client = Client()
    client.force_login(reader)
    address = f"{project.get_absolute_url()}agreement/"
    seconds(client, address)
    times: dict[str, list[float]] = {"first": [], "again": []}
    for _ in range(rounds):
        caches["pages"].clear()
        times["first"].append(seconds(client, address))
        times["again"].append(seconds(client, address))
    for name, limit in (("first", FIRST), ("again", AGAIN)):
        label = "until its figures are kept" if name == "first" else "out of the cache"
        title = f"agreement of 12,000 highlights, {'the first time' if name == 'first' else 'asked again'}"
        yield Row(title, sorted(times[name])[rounds // 2], limit, None, label, "s")
    yield in_the_background(filled(reader, max(2, MANY // scale)), reader)


def in_the_background(project: Project, reader) -> Row:
    """What a worker takes to compare all articles of a project and to write the calculation."""
    job = AgreementJob.objects.create(project=project, made_by=reader, name="agreement.csv", total=MANY)
    begun = time.perf_counter()
    run_agreement(job)
    taken = time.perf_counter() - begun
    megabytes = f"{job.size / 1_000_000:.0f} MB of calculation"
    return Row("agreement of 120,000 highlights on 200 articles, in the background", taken, None, None, megabytes, "s")


def seconds(client: Client, address: str) -> float:
    begun = time.perf_counter()
    answer = client.get(address)
    taken = time.perf_counter() - begun
    if answer.status_code != 200 or b'class="differ"' not in answer.content:
        raise RuntimeError(f"{address} answered {answer.status_code} without disagreements")
    return taken


def filled(reader, articles: int) -> Project:
    """A project whose coders mostly, but not always, mark the same words with the same tag."""
    chance = random.Random(7)
    project, users = Project.objects.create_owned("Agreeing", owner=reader), get_user_model().objects
    coders = [reader, *(users.get_or_create(username=f"agreeing-{n}")[0] for n in range(1, CODERS))]
    for coder in coders[1:]:
        project.memberships.create(user=coder, role=Role.CODER)
    tags = codebook.filled(project, {name: codebook.GROUPS[name] for name in TAGS}, by=reader)
    for number in range(articles):
        words = ["".join(chance.choices("abcdefghijklmnop", k=chance.randint(2, 9))) for _ in range(WORDS)]
        html = "".join(f"<p>{' '.join(words[at : at + 50])}.</p>" for at in range(0, WORDS, 50))
        article = Article.objects.store(
            Extracted(html=clean(html), title=f"Agreed {project.slug} {number}", site="Outlet")
        ).article
        mark(project, article, coders, tags, chance)
    return project


def mark(project: Project, article: Article, coders: list, tags: list[Tag], chance: random.Random) -> None:
    """Gives each coder as many passages, four of five where the others have them, sometimes with another tag."""
    revision = article.current()
    places = [(chance.randrange(len(revision.text) - 90), chance.choice(tags)) for _ in range(HIGHLIGHTS)]
    highlights, pairs = [], []
    for coder in coders:
        for start, tag in places:
            if chance.random() < 0.2:
                start, tag = chance.randrange(len(revision.text) - 90), chance.choice(tags)
            end = start + chance.choice((40, 40, 40, 60))
            row = Highlight(project=project, article=article, revision=revision, author=coder, start=start, end=end)
            row.exact = revision.text[start:end]
            highlights.append(row)
            pairs.append(HighlightTag(project=project, highlight=row, tag=tag, position=0))
    Highlight.objects.bulk_create(highlights)
    HighlightTag.objects.bulk_create(pairs)
