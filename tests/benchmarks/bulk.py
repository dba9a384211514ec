"""A file of 10,000 highlights, from the upload to the last row: the preview, and what the worker does, in seconds of processor time."""

import json
import random
import re
import resource
from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotations.anchoring.quotes import describe
from annotations.exchange.json_values import ensure_list
from annotations.models import Highlight, HighlightTag, Project
from annotations.notes import render_note
from benchmarks import codebook, shelf
from benchmarks.timing import Row
from newsreader.models import Article
from texts import extracted
from working import run_queued_tasks

ARTICLES, HIGHLIGHTS, WORDS = 100, 10_000, 2_000  # words of each article
LIMIT = 5  # seconds
TICKET = re.compile(r'name="ticket" value="([^"]+)"')
FORMATS = {
    "W3C JSON-LD": ("exchange/jsonld/", "study.jsonld"),
    "REFI-QDA": ("exchange/qdpx/", "study.qdpx"),
    "CSV": ("export/?format=csv", "study.csv"),
    "Hypothesis": ("exchange/jsonld/", "study.json"),
}


def rows(scale: int = 1) -> Iterator[Row]:
    """Fills a project of the database it finds, divided by `scale`; imports it into another one from a file of each format."""
    reader = get_user_model().objects.create_user("bulk")
    client = Client()
    client.force_login(reader)
    project = filled(reader, max(ARTICLES // scale, 2), HIGHLIGHTS // scale)
    for name, (address, file_name) in FORMATS.items():
        data = b"".join(client.get(f"/projects/{project.slug}/{address}").streaming_content)
        data = as_hypothesis(json.loads(data)) if name == "Hypothesis" else data
        before, after = imported(
            client, reader, f"From {name}", SimpleUploadedFile(file_name, data), HIGHLIGHTS // scale
        )
        detail = f"preview {before:.1f} s, worker {after:.1f} s of processor time"
        yield Row(f"10,000 highlights from {name}, previewed and imported", before + after, LIMIT, None, detail, "s")


def filled(reader, articles: int, highlights: int) -> Project:
    """A project with so many highlights, spread evenly over so many articles; one in three has a note, half have two tags."""
    project = Project.objects.create_owned("Bulk", owner=reader)
    tags, chance = codebook.filled(project, codebook.GROUPS, by=reader), random.Random(articles)
    revisions = [stored(number) for number in range(articles)]
    made = [highlighted(project, reader, revisions[number % articles], number, chance) for number in range(highlights)]
    Highlight.objects.bulk_create(made)
    HighlightTag.objects.bulk_create(
        HighlightTag(project=project, highlight=highlight, tag=tag, position=position)
        for number, highlight in enumerate(made)
        for position, tag in enumerate(chance.sample(tags, 1 + number % 2))
    )
    return project


def stored(number: int):
    """The revision of a new article that has a URL."""
    page = shelf.prose(WORDS, random.Random(number))
    content = extracted(page, title=f"Bulk {number}", site="Outlet", url=f"https://outlet.example/bulk-{number}")
    return Article.objects.store(content).article.current()


def highlighted(project, reader, revision, number: int, chance: random.Random) -> Highlight:
    """A highlight that is not saved yet."""
    start, end = shelf.somewhere(revision, chance)
    note = f"Who *else* says so? “{number}”, and what does it mean?" if number % 3 == 0 else ""
    fields = describe(revision.text, start, end)._asdict() | {"note": note, "note_html": render_note(note)}
    return Highlight(project=project, article=revision.article, revision=revision, author=reader, **fields)


def as_hypothesis(collection: dict) -> bytes:
    """The same annotations as Hypothesis exports them: a quote with its context, the page's URL, tags and a note."""
    annotations = collection["first"]["items"]
    return json.dumps({"rows": [hypothesis_row(annotation) for annotation in annotations]}).encode()


def hypothesis_row(annotation: dict) -> dict:
    """One annotation, whose offsets count in the text of the whole page, as a browser has it."""
    target, bodies = annotation["target"], ensure_list(annotation["body"])
    place, quote = target["selector"]
    place = {name: place[name] + 400 for name in ("start", "end")} | {"type": "TextPositionSelector"}
    row = {"id": annotation["id"][-37:-1], "uri": target["source"], "user": "acct:dora@hypothes.is"}
    row |= {"tags": [body["value"] for body in bodies if body["purpose"] == "tagging"]}
    row |= {"text": "".join(body["value"] for body in bodies if body["purpose"] == "commenting")}
    row |= {"created": annotation["created"], "updated": annotation["modified"], "group": "__world__"}
    return row | {"target": [{"source": target["source"], "selector": [place, quote]}]}


def imported(client: Client, reader, name: str, file: SimpleUploadedFile, number: int) -> tuple[float, float]:
    """The seconds of processor time of the preview and of the worker, child processes included, for a new project."""
    project = Project.objects.create_owned(name, owner=reader)
    address, begun = f"/projects/{project.slug}/import/", spent()
    answer = client.post(address, {"file": file})
    previewed = spent()
    client.post(address, {"ticket": TICKET.search(answer.content.decode())[1]})
    run_queued_tasks()
    done = spent()
    if (made := Highlight.objects.standing().filter(project=project).count()) != number:
        raise RuntimeError(f"{made} of {number} highlights were imported: {name}")
    return previewed - begun, done - previewed


def spent() -> float:
    """The processor time that this process and those it has waited for have used."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in usage)
