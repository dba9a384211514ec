"""Two people who decide about the same passages at the same moment."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections, transaction

from annotations.models import Event, Project, Role
from annotations.review.bulk import accept_all
from conftest import person
from newsreader.models import Article
from storm import SEVENTEEN, TALLY, edited, marked, placement, report

PATIENCE, LONG = 120, 0.3  # seconds; a busy machine is slow, and not wrong
SLAIN = ("people were killed", "people were slain")  # no figure, name or negation


class Session:
    """Work on a connection of its own, and whether it waits for another transaction."""

    def __init__(self, work: Callable[[], int]) -> None:
        self.work = work
        self.result: int | Exception | None = None
        self.process = 0  # of PostgreSQL
        self.sent_at: float | None = None  # when the statement was sent that is not answered yet
        self.thread = threading.Thread(target=self.run)

    def run(self) -> None:
        try:
            if connection.vendor == "postgresql":
                self.process = ask("SELECT pg_backend_pid()")
            with connection.execute_wrapper(self.note):
                self.result = self.work()
        except Exception as fault:
            self.result = fault
        finally:
            connections.close_all()

    def note(self, execute: Callable, *statement: Any) -> Any:
        self.sent_at = time.monotonic()
        try:
            return execute(*statement)
        finally:
            self.sent_at = None

    def start_and_wait_until_it_waits(self) -> None:
        """Return when it waits for the transaction of this thread; RuntimeError where it ends without waiting."""
        self.thread.start()
        until = time.monotonic() + PATIENCE
        while not self.waits():
            if not self.thread.is_alive() or time.monotonic() > until:
                raise RuntimeError(f"It did not wait: {self.result!r}")
            time.sleep(0.02)

    def waits(self) -> bool:
        """Whether another transaction is in its way; SQLite does not tell, but by then a statement takes long."""
        sent_at = self.sent_at
        if sent_at is None or connection.vendor != "postgresql":
            return sent_at is not None and time.monotonic() - sent_at > LONG
        return ask("SELECT cardinality(pg_blocking_pids(%s)) > 0", self.process)

    def end(self) -> int | Exception | None:
        self.thread.join(PATIENCE)
        return self.result


def ask(sql: str, *parameters: int) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_what_somebody_else_decides_meanwhile_is_not_kept_with_the_rest():
    alice, bob, storm = person("alice"), person("bob"), report()
    project = Project.objects.create_owned("Study", owner=alice)
    project.memberships.create(user=bob, role=Role.CURATOR)
    first, second = (marked(storm, project, alice, words) for words in ("to count what was lost", "count what was"))
    storm.revise(edited(TALLY))
    waiting = project.placements.filter(state="edited", material=False, open=True)

    bulk = Session(lambda: accept_all(waiting.all(), project=project, by=alice))
    with transaction.atomic():
        placement(first).dismiss(version=1, by=bob)
        bulk.start_and_wait_until_it_waits()
    assert bulk.end() == 1
    assert [placement(one).decision for one in (first, second)] == ["let go", "kept"]
    assert Event.objects.get(verb="passages kept").data["highlights"] == [second.pk.hex]


@pytest.mark.django_db(transaction=True)
def test_what_is_corrected_to_another_figure_meanwhile_waits_to_be_looked_at():
    alice, storm = person("alice"), report()
    project = Project.objects.create_owned("Study", owner=alice)
    made = marked(storm, project, alice, "At least 12 people were killed")
    storm.revise(edited(SLAIN))
    waiting = project.placements.filter(state="edited", material=False, open=True)
    assert waiting.count() == 1

    bulk = Session(lambda: accept_all(waiting.all(), project=project, by=alice))
    with transaction.atomic():
        Article.objects.get(pk=storm.pk).revise(edited(SLAIN, SEVENTEEN))
        bulk.start_and_wait_until_it_waits()
    assert bulk.end() == 0
    placements = made.placements.select_related("revision")
    assert {one.revision.number: (one.decision, one.open) for one in placements} == {2: ("", False), 3: ("", True)}
