"""The site as people use it: files are sent to it, and what it says is compared with what it did."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from annotations.imports import views
from annotations.models import Highlight, ImportJob, Project, Role, Tag
from annotations.models.codebook import load_codebook
from annotations.models.job import JobState
from annotations.models.project import count_waiting
from fuzzing.checks import (
    Fault,
    answering,
    count_rows,
    require,
    require_as_planned,
    require_no_crash,
    require_nothing_left,
    require_nothing_new,
    require_plain,
    require_unchanged,
    require_whole,
)
from fuzzing.files import ADDRESS
from fuzzing.forking import ForkingServer
from newsreader.importing.sandbox import process
from newsreader.models import Article
from storm import STORM
from texts import PAGE, extracted
from working import run_queued_tasks

ADD = "/articles/add/"


class Library(NamedTuple):
    """A library with a project: Alice owns it and curates, Bob codes."""

    project: Project
    alice: Client
    bob: Client
    server: ForkingServer


class Upload(NamedTuple):
    """A file on its way to the site: by whom, and whether a worker is to import it."""

    name: str
    data: bytes
    by_bob: bool = False
    by_job: bool = False
    twice: bool = True  # for articles: whether it is added again


class Outcome(NamedTuple):
    """What became of a file: "imported", "empty" (it holds nothing to import) or "refused", and what was said or made."""

    state: str
    detail: str = ""


Drive = Callable[[Library, Upload], Outcome]


@contextmanager
def open_library() -> Iterator[Library]:
    """A library of two articles, on an empty database, that starts the processes that read files by forking."""
    users = get_user_model().objects
    alice, bob = users.create_user("alice", is_staff=True, is_superuser=True), users.create_user("bob")
    project = Project.objects.create_owned("Harbour study", owner=alice)
    project.memberships.create(user=bob, role=Role.CODER)
    fill(project, alice)
    clients = [Client(), Client()]
    for client, user in zip(clients, (alice, bob), strict=True):
        client.force_login(user)
    server = ForkingServer()
    kept, process.subprocess = process.subprocess, server
    try:
        yield Library(project, *clients, server)
    finally:
        process.subprocess = kept
        server.close()


def fill(project: Project, alice) -> None:
    """Store two articles, and make a tag, a heading and a highlight."""
    content = extracted(PAGE, title="Harbour reopens", site="The Quay", url=ADDRESS)
    revision = Article.objects.store(content).article.current()
    Article.objects.store(extracted(STORM, title="Storm", site="The Quay"))
    tag = Tag.objects.get_or_create_named(project, ["military option"], by=alice)[0]
    Tag.objects.add_tag(project, "Means", by=alice, heading_only=True)
    start = revision.text.index("reopened on Monday")
    Highlight.objects.make(project=project, revision=revision, author=alice, start=start, end=start + 18, tags=[tag])


@contextmanager
def undone() -> Iterator[None]:
    """Undo all that the block does to the database, the waiting files and the caches."""
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        shutil.rmtree(Path(settings.DATA_DIR) / "imports", ignore_errors=True)
        forget()


def forget() -> None:
    """Empty what the site remembers of versions of a project, which come again with other contents."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
    load_codebook.cache_clear()
    count_waiting.cache_clear()


def import_highlights(library: Library, upload: Upload) -> Outcome:
    """Preview a file, import it, and preview it again; raise Fault where the site does not do what it says."""
    before, client = count_rows(), library.bob if upload.by_bob else library.alice
    with importing_by_job(upload.by_job):
        answer = send(library, client, upload)
    require_unchanged(before, "a preview writes")
    if answer.status_code == 422:
        require_plain(str(answer.context["error"]))
        require_no_crash(library.server.said, str(answer.context["error"]))
        return Outcome("refused", str(answer.context["error"]))
    plan = answer.context["plan"]
    for problem in plan.problems:
        require_plain(problem.reason)
    if not (plan.highlight_count or plan.new_tags or plan.new_articles):
        return Outcome("empty", "; ".join({problem.reason for problem in plan.problems}))
    said = confirm(library, client, answer.context["ticket"], upload.by_job)
    require_as_planned(library.project, plan, before, said)
    require_nothing_new(plan, send(library, client, upload).context["plan"])
    counts = (plan.highlight_count, len(plan.new_tags), len(plan.new_articles))
    return Outcome("imported", "{} highlights, {} tags, {} articles".format(*counts))


@contextmanager
def importing_by_job(wanted: bool) -> Iterator[None]:
    """Let the previews of the block be for a worker, as those of large files are."""
    kept = views.MAX_DIRECT_HIGHLIGHTS
    views.MAX_DIRECT_HIGHLIGHTS = -1 if wanted else kept
    try:
        yield
    finally:
        views.MAX_DIRECT_HIGHLIGHTS = kept


def send(library: Library, client: Client, upload: Upload):
    """The answer to a file that is to be previewed."""
    with answering("preview"):
        answer = client.post(get_address(library), {"file": SimpleUploadedFile(upload.name, upload.data)})
    require(answer.status_code in (200, 422), f"the preview answers {answer.status_code}")
    return answer


def get_address(library: Library) -> str:
    """The address at which files are imported."""
    return f"{library.project.get_absolute_url()}import/"


def confirm(library: Library, client: Client, ticket: str, by_job: bool) -> int:
    """Import what was previewed, and return how many highlights the site says that it has made."""
    before = count_rows()
    with answering("import"):
        answer = client.post(get_address(library), {"ticket": ticket})
    if answer.status_code != 302:
        require_unchanged(before, f"an import that is refused ({answer.status_code}) writes")
        raise Fault(f"the import answers {answer.status_code}", answer.context and answer.context.get("error"))
    if ImportJob.objects.exists():
        return work(before)
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    return int(re.sub(r"\D", "", said[0].partition("“")[0]))


def work(before: dict[str, int]) -> int:
    """Let a worker do the job, and return how many highlights the site says that it has made."""
    with answering("worker"):
        run_queued_tasks()
    job = ImportJob.objects.get()
    if job.state != JobState.DONE:
        require_nothing_left(before, job)
    return job.made


def import_article(library: Library, upload: Upload) -> Outcome:
    """Add an article, read it, and add it again; raise Fault where the site does not do what it says."""
    before = count_rows()
    answer = add(library, upload)
    if answer.status_code == 422:
        require_unchanged(before, "a refusal writes")
        sentences = [str(error) for field in answer.context["form"].errors.values() for error in field]
        for sentence in sentences:
            require_plain(sentence)
        require_no_crash(library.server.said, sentences[0])
        return Outcome("refused", sentences[0])
    after = count_rows()
    require(after["newsreader_article"] == before["newsreader_article"] + 1, "adding makes no article, or several")
    article = Article.objects.latest("pk")
    require_whole(article)
    if upload.twice:
        again = add(library, upload)
        require(again.status_code == 302 and again.url == answer.url, "the same file again is another article")
        require_unchanged(after, "the same file again writes", ("newsreader_article", "newsreader_revision"))
    return Outcome("imported", f"{article.title}\n{article.current().text}")


def add(library: Library, upload: Upload):
    """The answer to an article that is added."""
    with answering("adding"):
        answer = library.alice.post(ADD, {"file": SimpleUploadedFile(upload.name, upload.data)})
    require(answer.status_code in (302, 422), f"adding answers {answer.status_code}")
    return answer


def look_around(library: Library) -> None:
    """Ask for the pages and the exports that show what was imported; raise Fault where one fails."""
    root, article = library.project.get_absolute_url(), Article.objects.latest("pk").get_absolute_url()
    for address in (root, f"{root}passages/", f"{root}exchange/jsonld/", f"{root}exchange/qdpx/", article):
        with answering(f"GET {address.rstrip('/').split('/')[-1]}"):
            answer = library.alice.get(address)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        require(
            answer.status_code == 200 and content, f"a page of what was imported answers {answer.status_code}", address
        )
