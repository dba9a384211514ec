"""Servers and workers in a time of our own: what a month of polling asks of the hosts."""

import heapq
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from newsreader.feeds import policy
from newsreader.models.host_slot import LEASE

START = datetime(2026, 11, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@dataclass
class PolledRow:
    """What the database has of a feed."""

    host: str
    number: int
    due_at: datetime = START
    etag: str = ""
    modified_since: str = ""
    first_requested_at: datetime | None = None
    requested_at: datetime | None = None
    not_before: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    is_gone: bool = False


@dataclass
class Server:
    """Answers as hosts do, and keeps account of who asked too much."""

    luck: random.Random
    last: dict[int, datetime] = field(default_factory=dict)
    promised: dict[int, datetime] = field(default_factory=dict)  # no request before that, as far as the poller knows
    requests: int = 0
    asked: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    unconditional: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    early: int = 0
    closest: timedelta = timedelta.max
    open: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    most_open: int = 0
    per_minute: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    statuses: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def begin(self, feed: PolledRow, headers: dict[str, str], now: datetime) -> None:
        """Take note of a request that comes in now."""
        self.requests += 1
        self.asked[feed.number] += 1
        self.unconditional[feed.number] += not headers
        self.early += now < self.promised.get(feed.number, now)
        if feed.number in self.last:
            self.closest = min(self.closest, now - self.last[feed.number])
        self.last[feed.number] = now
        self.open[feed.host] += 1
        self.most_open = max(self.most_open, self.open[feed.host])
        self.per_minute[feed.host, int((now - START) / MINUTE)] += 1

    def end(self, feed: PolledRow, headers: dict[str, str], now: datetime) -> policy.Answer:
        """Return the answer that the poller has now."""
        self.open[feed.host] -= 1
        answer = self.choose(feed, headers, now)
        self.statuses[answer.status] += 1
        return answer

    def choose(self, feed: PolledRow, headers: dict[str, str], now: datetime) -> policy.Answer:
        """Return an answer as this feed gives it."""
        kind, chance = feed.number % 10, self.luck.random()
        if chance < 0.02:
            return policy.Answer(0, False)  # none came
        if kind == 1 and chance < 0.2:
            return self.promise(feed, now, policy.Answer(429, False, retry_after=str(self.luck.randrange(60, 40_000))))
        if kind == 2 and chance < 0.3:
            until = now.replace(microsecond=0) + timedelta(seconds=self.luck.randrange(60, 90_000))
            return self.promise(feed, now, policy.Answer(503, False, retry_after=format_datetime(until, usegmt=True)))
        if kind == 3 and chance < 0.5:
            return policy.Answer(500, False)
        if kind == 4 and now - START > timedelta(days=20) and feed.number % 100 == 4:
            return policy.Answer(410, False)
        fresh = f"public, max-age={self.luck.randrange(600, 30_000)}" if kind in (5, 6) else ""
        etag = "" if kind == 7 else f'"{feed.number}-{self.luck.randrange(30)}"'
        status = 304 if headers.get("If-None-Match") and self.luck.random() < 0.9 else 200
        return self.promise(feed, now, policy.Answer(status, True, etag=etag, cache_control=fresh))

    def promise(self, feed: PolledRow, now: datetime, answer: policy.Answer) -> policy.Answer:
        """Keep until when this answer wants no other request."""
        for asked in (answer.retry_after, answer.cache_control.partition("max-age=")[2]):
            if asked.isdigit():
                self.promised[feed.number] = now + timedelta(seconds=int(asked))
            elif asked:
                self.promised[feed.number] = datetime.strptime(asked, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
        return answer


class World:
    """Feeds, as the database has them, slots of hosts, and a clock."""

    def __init__(self, feeds: int, hosts: int, seed: int = 1) -> None:
        self.luck = random.Random(seed)
        self.server = Server(self.luck)
        self.now = START
        self.feeds = [PolledRow(f"host-{number % hosts}", number) for number in range(feeds)]
        self.by_host = defaultdict(list)
        for feed in self.feeds:
            self.by_host[feed.host].append(feed)
        self.queue = [(feed.due_at, feed.number) for feed in self.feeds]
        self.slots: dict[tuple[str, int], datetime] = {}

    def list_due(self) -> Iterator[PolledRow]:
        """Yield the feeds that are due, the longest due first."""
        found = []
        while self.queue and self.queue[0][0] <= self.now:
            due_at, number = heapq.heappop(self.queue)
            if self.feeds[number].due_at == due_at and not self.feeds[number].is_gone:
                found.append((due_at, number))
        for entry in found:
            heapq.heappush(self.queue, entry)
        return (self.feeds[number] for _due, number in found)

    def take_slot(self, host: str) -> tuple[str, int] | None:
        """Take a slot as HostSlot does."""
        for place in range(policy.HOST_REQUESTS):
            if self.slots.get((host, place), START) <= self.now:
                self.slots[host, place] = self.now + LEASE
                return host, place
        return None

    def work(self) -> Iterator[timedelta]:
        """Work as a worker does, one pass a minute; yield how long each step takes."""
        while True:
            for feed in policy.take_turns(self.list_due()):
                slot = self.take_slot(feed.host)
                if slot and feed.due_at <= self.now:
                    yield from self.ask(feed)
                if slot:
                    self.slots[slot] = self.now
            yield MINUTE

    def ask(self, feed: PolledRow) -> Iterator[timedelta]:
        """Ask for one feed and write down what comes."""
        headers = policy.build_validators(feed)
        policy.record_request(feed, self.now)
        heapq.heappush(self.queue, (feed.due_at, feed.number))
        self.server.begin(feed, headers, self.now)
        yield timedelta(seconds=self.luck.choice([0.1, 0.3, 0.3, 0.5, 1, 2, 20]))
        answer = self.server.end(feed, headers, self.now)
        taken = [other.due_at for other in self.by_host[feed.host] if other is not feed and other.due_at > self.now]
        policy.record_answer(feed, answer, self.now, taken)
        feed.is_gone = answer.status == policy.GONE
        heapq.heappush(self.queue, (feed.due_at, feed.number))

    def run(self, days: int, restarts: int, workers: int) -> None:
        """Let workers work for so many days; so many times all of them are killed, and start again up to hours later."""
        end = START + timedelta(days=days)
        kills = sorted(START + timedelta(days=days) * self.luck.random() for _ in range(restarts))
        for kill in [*kills, end]:
            self.run_until(kill, workers)
            self.server.open.clear()  # the connections of killed workers are closed
            self.now = kill + timedelta(minutes=self.luck.choice([0, 1, 5, 240]))

    def run_until(self, end: datetime, workers: int) -> None:
        """Let workers work until a moment."""
        steps = [(self.now + MINUTE / workers * place, place, self.work()) for place in range(workers)]
        while steps:
            self.now, place, worker = heapq.heappop(steps)
            if self.now >= end:
                return
            heapq.heappush(steps, (self.now + next(worker), place, worker))
