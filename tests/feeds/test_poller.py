"""How often feeds are asked for, with a clock of our own: a month of it on the policy alone, a day with the database."""

from datetime import timedelta

from cases import each
from newsreader.feeds import requests
from newsreader.feeds.headers import parse_max_age, parse_retry_after
from newsreader.feeds.policy import find_free_moment
from newsreader.feeds.requests import refresh_due_feeds
from newsreader.importing.fetching.feed_client import FeedAnswer
from newsreader.models import Feed, FeedFetch, Source
from poller import MINUTE, START, World

HOUR = timedelta(hours=1)


def check(world: World) -> None:
    """Fail where a server was asked more than it allows."""
    server = world.server
    assert set(server.unconditional.values()) == {1} and len(server.unconditional) == len(world.feeds)
    assert server.early == 0  # before Retry-After or max-age
    assert server.most_open <= 2
    assert server.closest >= timedelta(minutes=55)


def test_a_month_of_polling_asks_for_no_more_than_any_server_allows():
    world = World(feeds=200, hosts=20)
    world.run(days=30, restarts=50, workers=4)
    check(world)
    server = world.server
    assert server.most_open == 2  # so that the limit was reached
    assert server.requests > 80_000 and {0, 200, 304, 410, 429, 500, 503} == set(server.statuses)
    assert server.statuses[410] == sum(feed.is_gone for feed in world.feeds) == 2
    crowded = sum(number for number in server.per_minute.values() if number > 2)
    assert crowded < server.requests / 100  # feeds of one host are spread out
    ordinary = [server.asked[feed.number] for feed in world.feeds if feed.number % 10 == 8]
    assert min(ordinary) > 600  # nearly hourly, where nothing else is asked for


def test_a_day_of_polling_keeps_all_that_in_the_database(db, monkeypatch):
    world = World(feeds=9, hosts=3, seed=2)
    source = Source.objects.create_source("The Quay", "")
    for feed in world.feeds:
        url = f"https://{feed.host}.example/{feed.number}"
        Feed.objects.create(url=url, title=str(feed.number), source=source, due_at=START)
    answers = iter(stand_in(world))
    monkeypatch.setattr(requests, "fetch_feed", lambda url, headers, **_: next(answers)(url, headers))
    monkeypatch.setattr(requests, "read_feed_safely", lambda *_: requests.FeedContent())
    while world.now < START + timedelta(days=1):
        try:
            refresh_due_feeds(lambda: False, lambda: world.now)
        except KeyboardInterrupt:  # the worker was killed
            world.server.open.clear()
            world.now += 30 * MINUTE
        world.now += MINUTE
    check(world)
    assert world.server.requests > 100
    assert world.server.requests - FeedFetch.objects.count() == KILLS


KILLS = 10


def stand_in(world: World):
    """Yield what the network does for each request: it answers as the servers do, ten times never, as the worker is killed."""
    number = 0
    while True:
        number += 1

        def answer(url: str, headers: dict[str, str], is_killed: bool = number % 10 == 0 and number <= 10 * KILLS):
            feed = world.feeds[int(url.rpartition("/")[2])]
            world.server.begin(feed, headers, world.now)
            world.now += timedelta(seconds=5)
            if is_killed:
                raise KeyboardInterrupt
            given = world.server.end(feed, headers, world.now)
            return FeedAnswer(
                url,
                given.status,
                etag=given.etag,
                retry_after=given.retry_after,
                cache_control=given.cache_control,
            )

        yield answer


@each(
    ("value", "minutes"),
    [
        ("120", 2),
        (" 90 ", 1.5),
        ("Sun, 01 Nov 2026 00:10:00 GMT", 10),
        ("Sunday, 01-Nov-26 00:10:00 GMT", 10),
        ("999999999999", 31 * 24 * 60),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 31 * 24 * 60),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_a_pause_is_read_in_seconds_or_as_a_date(value, minutes):
    assert parse_retry_after(value, START) == (START + minutes * MINUTE if minutes else None)


@each(
    ("value", "minutes"),
    [
        ("max-age=600", 10),
        ("public, Max-Age=600, must-revalidate", 10),
        ("s-maxage=600", None),
        ("max-age=x", None),
        ("no-cache", None),
    ],
)
def test_an_age_is_found_among_other_directives(value, minutes):
    assert parse_max_age(value, START) == (START + minutes * MINUTE if minutes else None)


def test_feeds_of_one_host_are_spread_out():
    taken = []
    for _feed in range(100):
        taken.append(find_free_moment(START, taken))
    assert len(set(taken)) == 100 and max(taken) - START <= 2 * HOUR
    assert find_free_moment(START, [START + HOUR]) == START
