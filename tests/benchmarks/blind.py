"""Whether the time of a page tells who reads blind that others marked the article.

One coder reads the same article in three projects. They marked the same words in each; in one of them others marked it, too.
The pages of that one and of another are asked for in turns, and a rule that is learnt from half of the pairs says of
each page of the other half whose it is. The third project stands in place of the one with others' layers, to show what
the rule finds where there is nothing to find. Then the same while others work: before each page one of them changes a
note, in that one project or, for the others, in a fourth.
"""

import gc
import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median, quantiles
from urllib.parse import quote

from django.contrib.auth import get_user_model
from django.test import Client

from annotations.models import Assignment, Highlight, Project, Reply, Role, Tag, Thread
from benchmarks import codebook
from benchmarks.timing import WARM_UP, Row
from newsreader.models import Article, Revision
from newsreader.text.html.sanitizer import clean
from texts import Extracted

WORDS, OWN, OTHERS, HIGHLIGHTS, REPLIES = 1_000, 20, 5, 40, 10  # highlights and replies of each of the others
RATIO, TOLD = 1.1, 65  # the longest that a page may take, and how many of 100 pages the rule may place
WITHOUT, WITH, AGAIN, ELSEWHERE = "one", "two", "six", "ten"  # the projects, whose names are of the same length
PAGES = {
    "reading page": "{article}?project={slug}",
    "what an open page asks": "{project}updates/{key}/?event=0&codebook=0",
    "passages": "{project}passages/",
    "search": "{project}passages/?q=word",
    "overlaps": "{project}passages/?q=" + quote("tag:minister OVERLAPPING tag:agency"),
    "tags in use": "{project}passages/tags/?names=1",
    "charts": "{project}charts/?chart=together",
    "desk": "{project}desk/?columns=article",
    "library": "/?project={slug}",
    "history": "{project}history/",
    "codebook": "{project}tags/",
    "CSV": "{project}export/?format=csv",
    "agreement": "{project}agreement/",
    "replies": "{project}notes/{key}/",
}


def rows(rounds: int, scale: int = 1) -> Iterator[Row]:
    """Fill three projects of the database it finds, with highlights divided by `scale`, and yield the rows of each page."""
    coder = get_user_model().objects.create_user("blind")
    article = store_article()
    projects = {name: filled(name, article, coder, scale) for name in (WITHOUT, WITH, AGAIN, ELSEWHERE)}
    client = Client()
    client.force_login(coder)
    for page, address in PAGES.items():
        for at_work in (False, True):
            acts = {
                name: partial(
                    seconds,
                    client,
                    fill_address(address, projects[name], article),
                    partial(change_note, projects[WITH if name == WITH else ELSEWHERE]) if at_work else None,
                )
                for name in (WITHOUT, WITH, AGAIN)
            }
            times = in_turns(acts, rounds)
            name = f"blind: {page}{' while others work' if at_work else ''}"
            yield compare(f"{name}, with others’ layers against none", times[WITH], times[WITHOUT], RATIO)
            yield tell_apart(f"{name}, told from none", times[WITH], times[WITHOUT], times[AGAIN])


def fill_address(address: str, project: Project, article: Article) -> str:
    """Return the address of a page in one of the projects."""
    where = {"project": project.get_absolute_url(), "article": article.get_absolute_url()}
    return address.format(slug=project.slug, key=article.slug, **where)


def change_note(project: Project) -> None:
    """Let one of the others change a note."""
    highlight = project.highlights.exclude(author__username="blind").order_by("?").first()
    highlight.edit(highlight.version, by=highlight.author, note=f"{highlight.version}", tags=highlight.ordered_tags())


def seconds(client: Client, address: str, work: Callable[[], None] | None = None) -> float:
    """Return the processor time that a page takes; others `work` before."""
    if work:
        work()
    begun = time.process_time()
    answer = client.get(address)
    if answer.streaming:
        list(answer.streaming_content)
    taken = time.process_time() - begun
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return taken


def in_turns(acts: dict[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Return the seconds of each act, round by round, each time in another order; the first rounds only warm up."""
    chance, times = random.Random(5), {name: list[float]() for name in acts}
    gc.collect()
    gc.disable()
    for number in range(-min(WARM_UP, rounds), rounds):
        for name in chance.sample(list(acts), len(acts)):
            taken = acts[name]()
            if number >= 0:
                times[name].append(taken)
        if number % 10 == 0:
            gc.collect()
    gc.enable()
    return times


def compare(name: str, times: list[float], bare: list[float], limit: float) -> Row:
    """Return the row of the ratio of the medians, with the quartiles of the pairs’ ratios."""
    ratios = [mine / other for mine, other in zip(times, bare, strict=True)]
    low, _, high = quantiles(ratios, n=4)
    detail = f"{1000 * median(times):.2f} : {1000 * median(bare):.2f} ms of processor time"
    return Row(name, median(times) / median(bare), limit, (low, high), detail)


def tell_apart(name: str, times: list[float], bare: list[float], again: list[float]) -> Row:
    """Return the row of the share of pages that the rule places, and of what it finds where there is nothing to find."""
    found, by_chance = classify(times, bare), classify(again, bare)
    return Row(name, found, TOLD, None, f"{by_chance:.0f} % where there is nothing to tell", "%")


def classify(times: list[float], bare: list[float]) -> float:
    """Return how many of 100 held-out pages the best threshold of the others places: 50 where it can only guess."""
    known, held_out = (list(zip(times[start::2], bare[start::2], strict=True)) for start in (0, 1))
    threshold = max((time for pair in known for time in pair), key=lambda time: place(known, time))
    return 100 * place(held_out, threshold)


def place(pairs: list[tuple[float, float]], threshold: float) -> float:
    """Return the share of pages on the right side of a threshold, which the slower project is above."""
    return sum((slow >= threshold) + (fast < threshold) for slow, fast in pairs) / (2 * len(pairs))


def store_article() -> Article:
    """Return an article of random words."""
    chance = random.Random(11)
    words = ["".join(chance.choices("abcdefghijklmnop", k=chance.randint(2, 9))) for _ in range(WORDS)]
    html = "".join(f"<p>{' '.join(words[at : at + 50])}.</p>" for at in range(0, WORDS, 50))
    return Article.objects.store(Extracted(html=clean(html), title="Read blind", site="Outlet")).article


def filled(name: str, article: Article, coder, scale: int) -> Project:
    """Return a project in which the coder reads the article blind; others marked it and replied WITH them and ELSEWHERE."""
    users = get_user_model().objects
    owner = users.get_or_create(username="blind-owner")[0]
    others = [users.get_or_create(username=f"blind-{number}")[0] for number in range(OTHERS)]
    project = Project.objects.create_owned(f"Blind reading {name}", owner=owner)
    for member in (coder, *others):
        project.memberships.create(user=member, role=Role.CODER)
    tags = codebook.filled(project, codebook.GROUPS, by=owner)
    Assignment.objects.assign(project, [article.pk], [user.pk for user in (coder, *others)], by=owner)
    chance, revision = random.Random(3), article.current()
    mark(project, revision, coder, tags, chance, OWN)
    if name in (WITH, ELSEWHERE):
        for other in others:
            mark(project, revision, other, tags, chance, max(2, HIGHLIGHTS // scale))
            for number in range(REPLIES):
                Reply.objects.make(Thread.objects.of_article(project, article), author=other, text=f"Reply {number}")
            Tag.objects.get_or_create_named(project, [f"of {other.username}"], by=other)
    return project


def mark(project: Project, revision: Revision, author, tags: list[Tag], chance: random.Random, number: int) -> None:
    """Make so many highlights with one or two tags, some of them with a note."""
    for at in range(number):
        start = chance.randrange(len(revision.text) - 90)
        place = {"start": start, "end": start + chance.randint(20, 90), "tags": chance.sample(tags, 1 + at % 2)}
        note = "" if at % 3 else "A note"
        Highlight.objects.make(project=project, revision=revision, author=author, note=note, **place)
