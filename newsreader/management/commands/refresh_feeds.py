"""`manage.py refresh_feeds`: ask for the feeds that are due, as the worker does every minute."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from newsreader.feeds.refreshing import refresh_all
from newsreader.models import Feed

HOUR = 3_600


class Command(BaseCommand):
    help = (
        "Asks for the feeds that are due, and stores their new articles. No feed is asked for more than once an hour."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seconds", type=int, default=HOUR, help="the longest that it may take (default: an hour)")

    def handle(self, *, seconds: int, **options: Any) -> None:
        feeds, entries = refresh_all(seconds)
        failing = Feed.objects.active().filter(failures__gt=0)
        self.stdout.write(f"{feeds} feeds asked for, {entries} entries read, {failing.count()} feeds failing.")
        for feed in failing:
            self.stdout.write(f"{feed} ({feed.url}): {feed.why}")
