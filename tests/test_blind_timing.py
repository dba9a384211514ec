"""Who reads blind is answered at steps of time; nobody else waits."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import connection
from django.http import FileResponse, StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.identifiers import uuid7
from annotations.models import Assignment, Highlight, Project, Role
from annotations.response_steps import MAX_PIECE, hold_back
from conftest import person, signed_in
from newsreader.compression import compress_page
from newsreader.models import Article
from newsreader.models.session import SessionStore
from responses import HTMX
from routes import fill_in, list_routes
from texts import extracted

STEP = 100  # milliseconds


class Clock:
    """A clock that stands, but for the work between two looks at it, and for sleep."""

    def __init__(self) -> None:
        self.now, self.work, self.slept = 0.0, 0.023, list[int]()

    def monotonic(self) -> float:
        now = self.now
        self.now += self.work
        return now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept.append(round(1000 * seconds))


@pytest.fixture(autouse=True)
def clock(monkeypatch, settings) -> Clock:
    settings.NEWSREADER_BLIND_STEP_MS = STEP
    clock = Clock()
    monkeypatch.setattr("annotations.response_steps.monotonic", clock.monotonic)
    monkeypatch.setattr("annotations.response_steps.sleep", clock.sleep)
    return clock


@pytest.fixture
def coder(project) -> User:
    """A coder of the project."""
    coder = person("dora")
    project.memberships.create(user=coder, role=Role.CODER)
    return coder


@pytest.fixture
def assignment(project, article, coder, alice) -> Assignment:
    """The coder's assignment, which is blind."""
    Assignment.objects.assign(project, [article.pk], [coder.pk], by=alice)
    return Assignment.objects.get(user=coder)


@pytest.fixture
def ask(clock) -> Callable:
    """A function that returns for how many milliseconds each wait of an answer lasts, to the end of its bytes."""

    def ask(client: Client, address: str, method: str = "get", **given) -> list[int]:
        clock.slept.clear()
        answer = getattr(client, method)(address, **given)
        if answer.streaming:
            b"".join(answer.streaming_content)
        return list(clock.slept)

    return ask


def reading_page(project: Project, article: Article) -> str:
    return f"{article.get_absolute_url()}?project={project.slug}"


def test_every_answer_to_who_reads_blind_is_sent_at_a_step(assignment, coder, route_parts, ask):
    client = signed_in(coder)
    addresses = [fill_in(route, route_parts) for route in dict.fromkeys(list_routes()) if "logout" not in route]
    waiting, others = set(), set()
    for address in [*addresses, "/nowhere/", "/projects/none/passages/"]:
        with CaptureQueriesContext(connection) as queries:
            waits = ask(client, address)
        knows_reader = any('FROM "newsreader_session"' in query["sql"] for query in queries)
        assert waits == ([77] if knows_reader and not address.startswith("/images/") else []), address
        (waiting if waits else others).add(address)
    assert len(waiting) > 80
    assert {"/healthz", "/searches/"} <= others  # the latter takes forms only, and leads to the page above it


def test_so_is_what_htmx_asks_for_and_what_a_form_is_answered(assignment, coder, project, article, ask):
    client, base = signed_in(coder), project.get_absolute_url()
    assert ask(client, f"{base}passages/", headers=HTMX) == [77]
    assert ask(client, f"{base}passages/", "head") == [77]
    exact = article.current().text[:5]
    for headers in ({}, HTMX):
        form = {"project": project.slug, "revision": 1, "start": 0, "end": 5, "exact": exact, "id": str(uuid7())}
        assert ask(client, f"{article.get_absolute_url()}highlights/", "post", data=form, headers=headers) == [77]
    assert Highlight.objects.filter(author=coder).exists()
    assert ask(client, f"{base}tags/add/", "post", data={"name": "x"}) == [77]  # it is refused


def test_so_is_what_an_open_page_asks_and_has_not_changed(assignment, coder, project, article, clock):
    client, address = signed_in(coder), f"{project.get_absolute_url()}updates/{article.slug}/"
    found = re.search(r"updates/[^\"]+event=(\d+)", client.get(reading_page(project, article)).text)
    etag = client.get(f"{address}?event={found[1]}&codebook=0").headers["ETag"]
    clock.slept.clear()
    assert client.get(f"{address}?event={found[1]}", headers={"If-None-Match": etag}).status_code == 304
    assert clock.slept == [77]


def test_so_is_each_export(assignment, coder, project, ask):
    client, base = signed_in(coder), project.get_absolute_url()
    asked = [f"export/?format={form}" for form in ("csv", "md", "json", "bibtex")]
    asked += ["exchange/qdpx/", "exchange/jsonld/", "tags/export/qdc/", "history/?format=csv", "agreement/?format=csv"]
    assert {address: ask(client, base + address) for address in asked} == {address: [77] for address in asked}


def test_what_takes_longer_is_sent_at_a_later_step(assignment, coder, project, article, clock, ask):
    client, waits = signed_in(coder), {}
    for work in (1, 21, 99, 130, 250):
        clock.work = work / 1000
        waits[work] = ask(client, reading_page(project, article))
    assert waits == {1: [99], 21: [79], 99: [1], 130: [70], 250: [50]}


def test_compression_is_part_of_the_work(assignment, coder, project, clock, ask, monkeypatch):
    def compress_slowly(*given) -> bytes:
        clock.now += 0.050
        return compress_page(*given)

    monkeypatch.setattr("newsreader.middleware.compress_page", compress_slowly)
    headers = {"Accept-Encoding": "gzip"}
    assert ask(signed_in(coder), f"{project.get_absolute_url()}passages/", headers=headers) == [27]


def test_it_makes_no_difference_whether_others_marked_the_article(assignment, coder, project, article, highlight, ask):
    assert highlight.author != coder
    assert ask(signed_in(coder), reading_page(project, article)) == [77]


def test_who_is_done_or_to_whom_it_was_revealed_does_not_wait(assignment, coder, project, article, alice, bob, ask):
    Assignment.objects.assign(project, [article.pk], [bob.pk], by=alice)
    page = reading_page(project, article)
    assignment.finish(by=coder)
    assert ask(signed_in(coder), page) == []
    assert ask(signed_in(bob), page) == [77]
    Assignment.objects.filter(user=bob).reveal(project, by=alice)
    assert ask(signed_in(bob), page) == []


def test_who_sees_all_does_not_wait(assignment, project, article, alice, charlie, visitor, ask):
    for client in (signed_in(alice), signed_in(charlie), visitor):
        assert ask(client, reading_page(project, article)) == []
        assert ask(client, f"{project.get_absolute_url()}passages/") == []
        assert ask(client, "/nowhere/") == []


def test_other_members_and_guests_from_whom_it_is_hidden_wait(assignment, project, article, bob, charlie, visitor, ask):
    Project.objects.filter(pk=project.pk).update(public=True)
    for client in (signed_in(bob), signed_in(charlie), visitor):
        assert ask(client, reading_page(project, article)) == [77]
        assert ask(client, f"{project.get_absolute_url()}passages/") == [77]


def test_pages_of_a_project_in_which_nothing_is_blind_do_not_wait(assignment, coder, project, article, ask):
    other = Project.objects.create_owned("Another study", owner=coder)
    client = signed_in(coder)
    assert ask(client, f"{other.get_absolute_url()}passages/") == []
    assert ask(client, f"{other.get_absolute_url()}passages/?project={project.slug}") == []
    assert ask(client, f"/?project={other.slug}&q=in:{project.slug}") == [77]
    assert ask(client, reading_page(other, article)) == [77]


def test_a_stream_is_sent_in_pieces_each_at_a_step(clock):
    begun, row = clock.monotonic(), b"x" * 1024
    answer = StreamingHttpResponse(row for _ in range(MAX_PIECE // 1024 * 2 + 1))
    hold_back(answer, begun, STEP / 1000)
    assert clock.slept == []
    pieces, moments = [], []
    for piece in answer.streaming_content:
        pieces.append(len(piece))
        moments.append(round(1000 * (clock.now - clock.work)))
    assert pieces == [MAX_PIECE, MAX_PIECE, 1024]
    assert moments == [100, 200, 300]


def test_an_empty_stream_ends_at_a_step(clock):
    answer = StreamingHttpResponse(iter([]))
    hold_back(answer, clock.monotonic(), STEP / 1000)
    assert list(answer.streaming_content) == []
    assert clock.slept == [77]


def test_a_file_is_left_to_the_server(clock):
    answer = FileResponse(ContentFile(b"ready", name="ready.txt"))
    hold_back(answer, clock.monotonic(), STEP / 1000)
    assert answer.file_to_stream is not None
    assert clock.slept == [77]


def test_nobody_waits_where_the_step_is_0(assignment, coder, project, article, settings, ask):
    settings.NEWSREADER_BLIND_STEP_MS = 0
    assert ask(signed_in(coder), reading_page(project, article)) == []


def test_nobody_pays_a_query_for_the_steps(assignment, coder, project, article, bob, visitor, settings):
    clients = [signed_in(coder), signed_in(bob), visitor]
    counted = {}
    for step in (0, 0, STEP):
        settings.NEWSREADER_BLIND_STEP_MS = step
        counted[step] = [count_queries(client, reading_page(project, article)) for client in clients]
    assert counted[STEP] == counted[0]


def count_queries(client: Client, address: str) -> int:
    """Return how many queries a page makes."""
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def test_the_session_says_what_the_projects_say(project, article, coder, alice, bob, charlie):
    """In each state of each assignment, to each role."""
    second = Article.objects.store(extracted("<p>The pier.</p>", title="The pier")).article
    people = [coder, alice, bob, charlie]
    project.memberships.create(user=charlie, role=Role.VIEWER)
    found = set()

    def agree() -> None:
        for user in people:
            said = SessionStore(signed_in(user).session.session_key)
            said.load()
            sees = bool(project.with_role_of(user).sight)
            assert said.loaded_user.reads_blind is sees
            found.add((user.username, sees))

    agree()
    for readers in ([coder], [coder, bob], [alice]):
        Assignment.objects.assign(project, [article.pk, second.pk], [user.pk for user in readers], by=alice)
        project.refresh_from_db()
        agree()
    for assignment in Assignment.objects.order_by("article", "user"):
        assignment.finish(by=assignment.user)
        project.refresh_from_db()
        agree()
    project.begin_blind_reading(by=alice)
    agree()
    project.end_blind_reading(by=alice)
    agree()
    assert len(found) == 2 * len(people)
