"""Articles of any length with any number of highlights on them."""

import random
import uuid
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client

from annotations.models import Event, Highlight, HighlightTag, Project, Role, Tag
from newsreader.models import Article, Revision
from texts import extracted

WORDS = (
    "the a of to in and for on with from that said after before under troops minister agency harbour ceasefire guarantee "
    "talks border winter river quarter percent week statement officials northern allies planned mission observers agreed "
    "declined Brevik Valdora Monday principle convoy inspection budget railway hospital translation"
).split()
TAGS = "position,option,red line,figure,sourcing,promise,doubt,cost,law,time".split(",")


class Shelf(NamedTuple):
    """What was put into the scratch database: one reader's project, and articles by words and highlights."""

    reader: object
    project: Project
    tags: list[Tag]
    revisions: dict[tuple[int, int], Revision]


def filled(sizes: list[tuple[int, int]], scale: int = 1) -> Shelf:
    """Stores an article for each (words, highlights), both divided by `scale`; the highlights are by three readers."""
    people = [get_user_model().objects.create_user(name) for name in ("ana", "ben", "cleo")]
    with transaction.atomic():
        project = Project.objects.create_owned("Bench", owner=people[0])
        for person in people[1:]:
            project.memberships.create(user=person, role=Role.CODER)
        tags = Tag.objects.get_or_create_named(project, TAGS, by=people[0])
        revisions = {(words, marks): article(words // scale, marks).current() for words, marks in sizes}
        for (_, count), revision in revisions.items():
            annotate(project, revision, people, tags, count // scale)
    return Shelf(people[0], project, tags, revisions)


def article(words: int, highlights: int) -> Article:
    """Made up of paragraphs with links, emphasis, headings and lists; the same words give the same text."""
    page = prose(words, random.Random(words))
    return Article.objects.store(
        extracted(page, title=f"{words} words {highlights}", site=f"Outlet {highlights}")
    ).article


def prose(words: int, chance: random.Random) -> str:
    blocks, written = [], 0
    while written < words:
        count = min(words - written, 75)
        blocks.append(block(len(blocks), [chance.choice(WORDS) for _ in range(count)]))
        written += count
    return "".join(blocks)


def block(number: int, words: list[str]) -> str:
    parts = [" ".join(words[:30]), " ".join(words[30:36]), " ".join(words[36:60]), " ".join(words[60:])]
    if number % 9 == 5:
        return "<ul>" + "".join(f"<li>{part}</li>" for part in parts if part) + "</ul>"
    head = f"<h2>{' '.join(words[:5])}</h2>" if number % 9 == 8 else ""
    return (
        f'{head}<p>{parts[0]} <em>{parts[1]}</em> {parts[2]} <a href="https://example.org/{number}">{parts[3]}</a></p>'
    )


def annotate(project, revision, people: list, tags: list[Tag], count: int) -> None:
    """So many highlights anywhere in the text, of 5 to 200 code points, with one or two tags and now and then a note."""
    chance = random.Random(count)
    for number in range(count):
        start, end = somewhere(revision, chance)
        Highlight.objects.make(
            project=project,
            revision=revision,
            author=people[number % 3],
            start=start,
            end=end,
            tags=chance.sample(tags, 1 + number % 2),
            note="Who *else* says so?" if number % 3 == 0 else "",
        )


def somewhere(revision, chance: random.Random) -> tuple[int, int]:
    """A span that begins and ends at a word."""
    start = revision.text.index(" ", chance.randrange(len(revision.text) - 220)) + 1
    return start, revision.text.index(" ", start + chance.randint(5, 180))


def session_of(user) -> str:
    """The key of a session in which the user is signed in."""
    client = Client()
    client.force_login(user)
    return client.session.session_key


def touch(shelf: Shelf, revision) -> None:
    """Changes the layer on this article, so that no page made before may still be served."""
    Event.objects.create(
        project=shelf.project, article_id=revision.article_id, actor=shelf.reader, verb="bench", subject=uuid.uuid4()
    )


def remove(id: str) -> None:
    """Takes a highlight away for good, so that the next one finds the article as this one did."""
    HighlightTag.objects.filter(highlight_id=id).delete()
    Highlight.objects.filter(pk=id).delete()
