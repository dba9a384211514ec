"""A large newsroom: many articles and very many highlights, put into the database in bulk; the same numbers give the same rows."""

import json
import random
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection, transaction

from annotations.models import Highlight, HighlightTag, Project, Role
from benchmarks import codebook
from newsreader.models import Article, Revision, Source
from newsreader.text.html.plaintext import locate_blocks

SOURCES, READERS = 10, 8
# Ten tags that stand alone, one of them on each highlight; forty below five others, one of them on every other highlight.
FIRST = {f"term {letter}": [] for letter in "abcdefghij"}
SECOND = {f"group {group}": [f"topic {group}{n}" for n in range(1, 8)] for group in "abcde"}
WORDS = 180  # to an article
FIRST_DAY = datetime(2025, 1, 1, 9, tzinfo=UTC)
SYLLABLES = (
    "ba be bo da de do fa fi ga go ka ke la le lo ma mi mo na ne no pa po ra re ri sa se so ta te to va vi za".split()
)


def filled(reader, articles: int, highlights: int) -> tuple[Project, float]:
    """A project of that reader with so many highlights on so many articles, and the seconds that took."""
    begun = time.perf_counter()
    name = f"Newsroom {articles} {highlights}"
    with transaction.atomic():
        project = Project.objects.create_owned(name, owner=reader)
        people = [reader, *colleagues(project)]
        tags = codebook.filled(project, FIRST | SECOND, by=reader)
        revisions = published(articles, name)
        marked(project, people, tags, revisions, highlights)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return project, time.perf_counter() - begun


def colleagues(project) -> list:
    people = [get_user_model().objects.get_or_create(username=f"reader-{n}")[0] for n in range(1, READERS)]
    for person in people:
        project.memberships.create(user=person, role=Role.CODER)
    return people


def published(number: int, name: str) -> list[tuple[int, int, str]]:
    """(article, revision, text) of so many articles by ten sources over two years."""
    sources = [Source.objects.find_or_create(f"Outlet {letter}") for letter in "ABCDEFGHIJ"]
    first = (Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    chance, vocabulary = random.Random(number), words(random.Random(1))
    texts = [text(chance, vocabulary) for _ in range(number)]
    put(Article, (article(first + n, sources[n // 7 % SOURCES].pk, n, name) for n in range(number)))
    put(Revision, (revision(first + n, text) for n, text in enumerate(texts)))
    keys = dict(Revision.objects.filter(article__gte=first).values_list("article", "pk"))
    advance(Article, Revision)
    return [(first + n, keys[first + n], text) for n, text in enumerate(texts)]


def words(chance: random.Random) -> list[str]:
    """20,000 words of two to four syllables."""
    return ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(20_000)]


def text(chance: random.Random, vocabulary: list[str]) -> str:
    """Some sentences in which a few words are frequent and most are rare."""
    picked = [vocabulary[int(len(vocabulary) * chance.random() ** 3)] for _ in range(WORDS)]
    return ". ".join(" ".join(picked[at : at + 12]) for at in range(0, WORDS, 12)) + "."


def article(key: int, source: int, n: int, name: str) -> dict:
    published = FIRST_DAY + timedelta(minutes=n * 1_000_000 % 1_051_200)
    fields = {"title": f"Article {n} of {name}", "slug": f"{key}-newsroom", "byline": f"Author {n % 50}", "url": ""}
    fields |= {
        "standfirst": "",
        "language": "en",
        "direction": "ltr",
        "status": "published",
        "revision": 1,
        "version": 1,
        "is_new": False,
        "concerns": "",
        "status_before_merge": "",
    }
    fields |= {"excerpt": "", "words": WORDS, "minutes": 1, "length": 1200, "id": key, "source_id": source}
    return fields | {"published_at": published, "added_at": published, "dated_at": published}


def revision(article: int, text: str) -> dict:
    html = f'<p id="p1">{text}</p>'
    fields = {"article_id": article, "number": 1, "html": html, "text": text, "blocks": locate_blocks(html)}
    return fields | {"digest": str(article), "reason": "imported", "gained": 0, "lost": 0, "created_at": FIRST_DAY}


def marked(project, people: list, tags: list, revisions: list[tuple], number: int) -> None:
    """So many highlights with one or two tags each, in the order of their keys."""
    first = Highlight.objects.count()
    put(Highlight, (highlight(project, people, revisions, first, n) for n in range(number)))
    put(HighlightTag, (pair(project, tags, first, n, at) for n in range(number) for at in range(1 + n % 2)))
    advance(HighlightTag)


def highlight(project, people: list, revisions: list[tuple], first: int, n: int) -> dict:
    article, revision, text = revisions[n % len(revisions)]
    start = n * 37 % (len(text) - 150)
    quote = {"start": start, "end": start + 60, "exact": text[start : start + 60], "prefix": "", "suffix": ""}
    fields = {"id": key(first + n), "project_id": project.pk, "article_id": article, "revision_id": revision}
    fields |= {"note": "", "note_html": "", "version": 1, "author_id": people[n // 3 % len(people)].pk}
    return fields | quote | {"created_at": FIRST_DAY, "updated_at": FIRST_DAY}


def key(number: int) -> UUID:
    return UUID(int=(0x01A00000 << 96) | (7 << 76) | (2 << 62) | number)


def pair(project, tags: list, first: int, n: int, at: int) -> dict:
    tag = tags[n % 10] if not at else tags[10 + n // 10 % 40]
    return {"project_id": project.pk, "highlight_id": key(first + n), "tag_id": tag.pk, "position": at}


def put(model, rows: Iterable[dict]) -> None:
    """Inserts the rows as fast as the engine takes them."""
    rows = iter(rows)
    head = next(rows)
    fields = [field for field in model._meta.concrete_fields if field.attname in head]
    table, columns = model._meta.db_table, ", ".join(f'"{field.column}"' for field in fields)
    values = prepared(fields, [head], rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
                for value in values:
                    copy.write_row(value)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', values)


def prepared(fields: list, *parts: Iterable[dict]) -> Iterator[list]:
    """The values as the database takes them."""
    plain = [field.get_internal_type() in ("TextField", "CharField", "PositiveIntegerField") for field in fields]
    for rows in parts:
        for row in rows:
            yield [
                row[field.attname] if easy else raw(field, row[field.attname])
                for field, easy in zip(fields, plain, strict=True)
            ]


def raw(field, value):
    return json.dumps(value) if field.get_internal_type() == "JSONField" else field.get_db_prep_save(value, connection)


def advance(*models) -> None:
    """Lets the engine's own numbers go on behind the keys that were given."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in models:
            table = model._meta.db_table
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
