"""Articles of any length with any number of highlights on them."""

import random
import uuid
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client

from annotations.models import Highlight, HighlightTag, Project, Role, Tag
from annotations.models.history import record
from benchmarks import codebook
from newsreader.models import Article, Revision
from texts import extracted

WORDS = (
    "the a of to in and for on with from that said after before under troops minister agency harbour ceasefire guarantee "
    "talks border winter river quarter percent week statement officials northern allies planned mission observers agreed "
    "declined Brevik Valdora Monday principle convoy inspection budget railway hospital translation"
).split()
NOTES = ["Who *else* says so?", "Who *but* he says so?"]
SHORT_ARTICLES, OUTLETS = 40, "ABCDE"  # what else is in the library, so that its lists are full


class Shelf(NamedTuple):
    """What was put into the scratch database: one reader's project, its members, and articles by words and highlights."""

    reader: object
    people: list
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
        tags = codebook.filled(project, codebook.GROUPS, by=people[0])
        revisions = {(words, marks): article(words // scale, marks).current() for words, marks in sizes}
        for (_, count), revision in revisions.items():
            annotate(project, revision, people, tags, count // scale)
        for number in range(SHORT_ARTICLES // scale):
            annotate(project, short_article(number).current(), people, tags, 8)
    return Shelf(people[0], people, project, tags, revisions)


def add_members(project: Project, number: int) -> list:
    """So many people more who code in the project."""
    people = [get_user_model().objects.create_user(f"member-{n}") for n in range(number)]
    for person in people:
        project.memberships.create(user=person, role=Role.CODER)
    return people


def article(words: int, highlights: int) -> Article:
    """Made up of paragraphs with links, emphasis, headings and lists; the same words give the same text."""
    page = prose(words, random.Random(words))
    return Article.objects.store(
        extracted(page, title=f"{words} words {highlights}", site=f"Outlet {highlights}")
    ).article


def short_article(number: int) -> Article:
    page = prose(300, random.Random(number))
    outlet = f"Outlet {OUTLETS[number % len(OUTLETS)]}"
    return Article.objects.store(extracted(page, title=f"Short {number}", site=outlet)).article


def prose(words: int, chance: random.Random) -> str:
    blocks, written = [], 0
    while written < words:
        count = min(words - written, 75)
        blocks.append(block(len(blocks), [chance.choice(WORDS) for _ in range(count)]))
        written += count
    return "".join(blocks)


def block(number: int, words: list[str]) -> str:
    """A paragraph of three sentences, or a list of as many items."""
    parts = [sentence(words[:30]), sentence(words[30:36])[:-1], " ".join(words[36:60]) + ".", sentence(words[60:])]
    if number % 9 == 5:
        return "<ul>" + "".join(f"<li>{part}</li>" for part in parts if len(part) > 1) + "</ul>"
    head = f"<h2>{' '.join(words[:5])}</h2>" if number % 9 == 8 else ""
    return (
        f'{head}<p>{parts[0]} <em>{parts[1]}</em> {parts[2]} <a href="https://example.org/{number}">{parts[3]}</a></p>'
    )


def sentence(words: list[str]) -> str:
    return " ".join([*map(str.capitalize, words[:1]), *words[1:]]) + "."


def annotate(project, revision, people: list, tags: list[Tag], count: int) -> None:
    """So many highlights anywhere in the text, of 5 to 200 code points, with one or two of all tags and now and then a note."""
    chance = random.Random(count)
    for number in range(count):
        start, end = somewhere(revision, chance)
        Highlight.objects.make(
            project=project,
            revision=revision,
            author=people[number % 3],
            start=start,
            end=end,
            tags=dict.fromkeys([tags[number % len(tags)], *chance.sample(tags, number % 2)]),
            note=NOTES[0] if number % 3 == 0 else "",
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


def change(shelf: Shelf, revision) -> None:
    """Changes the layer on this article as people do: what one of its notes says; an event alone where it has none."""
    noted = shelf.project.highlights.filter(revision=revision).exclude(note="")
    if highlight := noted.order_by("?").first():
        note = NOTES[highlight.note == NOTES[0]]
        highlight.edit(highlight.version, by=highlight.author, note=note, tags=list(highlight.ordered_tags()))
    else:
        record(shelf.project.pk, "highlight made", shelf.reader, uuid.uuid4(), revision.article_id)


def remove(id: str) -> None:
    """Takes a highlight away for good, so that the next one finds the article as this one did."""
    HighlightTag.objects.filter(highlight_id=id).delete()
    Highlight.objects.filter(pk=id).delete()
