"""`manage.py find_stories`: find which published articles are one story, while the site runs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from newsreader.models import Article, Shingle, Story
from newsreader.stories import find_stories, remove_rows_without_article


class Command(BaseCommand):
    help = "Finds the stories of articles that are in no index yet, or of all anew; the site may run meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="forget all stories first")

    def handle(self, *, all: bool, **options: Any) -> None:
        if all:
            Article.objects.order_by().update(story=None, story_revision=None)
            Story.objects.all().delete()
            Shingle.objects.all().delete()
        found, removed = find_stories(), remove_rows_without_article()
        self.stdout.write(
            f"Articles looked at: {found:,}; rows of deleted articles removed: {removed:,}; stories: {Story.objects.count():,}."
        )
