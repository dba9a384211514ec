"""Whether the time of a page tells who reads blind that others marked the article.

One coder reads the same article in three projects. They marked the same words in each; in one of them others marked it, too.
The pages of that one and of another are asked for in turns, and a rule that is learnt from half of the pairs says of
each page of the other half whose it is. The third project stands in place of the one with others' layers, to show what
the rule finds where there is nothing to find. Then some of them while others work: before each page one of them changes a
note, in that one project or, for the others, in a fourth.

All pages are sent at steps of time. The last rows show one page without any, and with one that ends when half of its
answers are ready.
"""

import gc
import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median, quantiles
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client, override_settings

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
WHILE_OTHERS_WORK = ("what an open page asks", "passages", "charts", "history")
SLOWED = "history"  # the page whose work differs most


def rows(rounds: int, scale: int = 1) -> Iterator[Row]:
    """Fill the projects in the database it finds, with highlights divided by `scale`, and yield the rows of each page."""
    coder = get_user_model().objects.create_user("blind")
    article = store_article()
    projects = {name: filled(name, article, coder, scale) for name in (WITHOUT, WITH, AGAIN, ELSEWHERE)}
    client = Client()
    client.force_login(coder)
    for page in PAGES:
        yield from compare_times(f"blind: {page}", ask_in_turns(client, page, projects, article, rounds))
        if page in WHILE_OTHERS_WORK:
            times = ask_in_turns(client, page, projects, article, rounds, at_work=True)
            yield from compare_times(f"blind: {page} while others work", times)
    address = fill_address(PAGES[SLOWED], projects[WITHOUT], article)
    steps = {"without steps": 0.0, "at the end of a step": find_step(partial(seconds, client, address))}
    for what, step in steps.items():
        with override_settings(NEWSREADER_BLIND_STEP_MS=step):
            times = ask_in_turns(client, SLOWED, projects, article, rounds)
            yield from compare_times(f"blind: {SLOWED} {what}", times, is_limited=False)


def find_step(ask: Callable[[], float]) -> float:
    """Return the step, in milliseconds, that a page takes as long as: half of its answers come at a later one."""
    low, high = 0.0, float(settings.NEWSREADER_BLIND_STEP_MS)
    for _ in range(7):
        step = (low + high) / 2
        with override_settings(NEWSREADER_BLIND_STEP_MS=step):
            later = count_later([ask() for _ in range(8)])
        low, high = (step, high) if later > 4 else (low, step)
    return high


def ask_in_turns(
    client: Client, page: str, projects: dict[str, Project], article: Article, rounds: int, *, at_work: bool = False
) -> dict[str, list[float]]:
    """Return the seconds that a page takes in the three projects; before each of them others may work."""
    acts = {
        name: partial(
            seconds,
            client,
            fill_address(PAGES[page], projects[name], article),
            partial(change_note, projects[WITH if name == WITH else ELSEWHERE]) if at_work else None,
        )
        for name in (WITHOUT, WITH, AGAIN)
    }
    return in_turns(acts, rounds)


def compare_times(name: str, times: dict[str, list[float]], *, is_limited: bool = True) -> Iterator[Row]:
    """Yield the two rows of a page."""
    ratio, told = (RATIO, TOLD) if is_limited else (None, None)
    yield compare(f"{name}, with others’ layers against none", times[WITH], times[WITHOUT], ratio)
    yield tell_apart(f"{name}, told from none", times[WITH], times[WITHOUT], times[AGAIN], told)


def fill_address(address: str, project: Project, article: Article) -> str:
    """Return the address of a page in one of the projects."""
    where = {"project": project.get_absolute_url(), "article": article.get_absolute_url()}
    return address.format(slug=project.slug, key=article.slug, **where)


def change_note(project: Project) -> None:
    """Let one of the others change a note."""
    highlight = project.highlights.exclude(author__username="blind").order_by("?").first()
    highlight.edit(highlight.version, by=highlight.author, note=f"{highlight.version}", tags=highlight.ordered_tags())


def seconds(client: Client, address: str, work: Callable[[], None] | None = None) -> float:
    """Return the time that a page takes from the request to its last byte; others `work` before."""
    if work:
        work()
    begun = time.perf_counter()
    answer = client.get(address)
    if answer.streaming:
        list(answer.streaming_content)
    taken = time.perf_counter() - begun
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


def compare(name: str, times: list[float], bare: list[float], limit: float | None) -> Row:
    """Return the row of the ratio of the medians, with the quartiles of the pairs’ ratios, and how many came at a later step."""
    ratios = [mine / other for mine, other in zip(times, bare, strict=True)]
    low, _, high = quantiles(ratios, n=4)
    detail = f"{1000 * median(times):.2f} : {1000 * median(bare):.2f} ms"
    if settings.NEWSREADER_BLIND_STEP_MS:
        detail += f", later than the first step {count_later(times)} : {count_later(bare)} of {len(times)}"
    return Row(name, median(times) / median(bare), limit, (low, high), detail)


def count_later(times: list[float]) -> int:
    """Return how many pages were not sent at the first step."""
    return sum(1000 * time >= 2 * settings.NEWSREADER_BLIND_STEP_MS for time in times)


def tell_apart(name: str, times: list[float], bare: list[float], again: list[float], limit: float | None) -> Row:
    """Return the row of the share of pages that the rule places, and of what it finds where there is nothing to find."""
    found, by_chance = classify(times, bare), classify(again, bare)
    return Row(name, found, limit, None, f"{by_chance:.0f} % where there is nothing to tell", "%")


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
